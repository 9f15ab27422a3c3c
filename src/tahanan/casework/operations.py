"""Operations and removals: asked once, copied into each child's file, corrected without wiping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, scope
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base.days import PartialDate
from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework import facts, texts
from tahanan.casework.cases import CardSeen, bands_at, cards
from tahanan.casework.door import command, query
from tahanan.casework.people.steps import names_of
from tahanan.records.fields import PersonLink
from tahanan.records.models import Operation, Person, Removal
from tahanan.records.vocabulary import Compartment, HowSafe, OperationKind, Sex
from tahanan.records.walls import session

OPERATION, CORRECTION = "operation", "correction"
_PROBED = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """When something happened: its first and last possible day, equal when known exactly."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """What is asked once for all children of an operation; sealed in each child's file.

    `city` is a PSGC code; `unit` the lead unit; `source` who referred; `hour` is HH:MM.
    """

    city: str = ""
    unit: str = ""
    source: str = ""
    reference: str = ""
    hour: str = ""


@dataclass(frozen=True, slots=True)
class RemovalShape:
    """One removal as it stands, or as it stood (`replaced_on`)."""

    id: UUID
    case: UUID
    operation: UUID | None
    how: HowSafe
    sex: Sex
    happened: Happening
    youngest_band: int | None
    oldest_band: int | None
    region: str
    known_on: date
    replaced_on: date | None


class HowKnown(StrEnum):
    """How the one who corrects knows."""

    PAPER = "paper"
    TOLD = "told"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class Why:
    """What a correction rests on. Sealed in each file that is corrected."""

    how: HowKnown
    words: str = ""


@dataclass(frozen=True, slots=True)
class DayVersion:
    """One version of the day a child was brought to safety: by whom, and since when known."""

    removal: UUID
    happened: Happening
    known_at: datetime
    by: str
    why: Why | None


@dataclass(frozen=True, slots=True)
class DayPage:
    """What stands, and whose files have the same day from the same question.

    `together`: the children of the same operation whose files the actor may correct, herself first.
    """

    child: CardSeen
    operation: UUID | None
    stands: DayVersion
    together: tuple[CardSeen, ...]


@dataclass(frozen=True, slots=True)
class TwoDays:
    """Two people corrected one day at once: what stood before both, and theirs."""

    child: CardSeen
    operation: UUID | None
    before: DayVersion
    theirs: DayVersion
    together: tuple[CardSeen, ...]


# ── queries ─────────────────────────────────────────────────────────────────────────────────


@query("read_day")
def day_brought_to_safety(visit: Visit, *, case: UUID, removal: UUID) -> DayPage:
    """The day that stands for a removal, to be corrected. Conflict when it stands no more."""
    gate.act(visit, case, Act.ANSWER_INTAKE)
    row = _removal(case, removal)
    if row.replaced_at is not None:
        raise Conflict("corrected-before", _("Somebody corrected this first."), standing=removal)
    together = _together(visit, case, row.operation_id)
    return DayPage(together[0], row.operation_id, _day(visit, [row])[0], together)


@query("about_to")
def brought_together(visit: Visit, *, case: UUID, what: Act) -> tuple[CardSeen, ...]:
    """The child, then those brought to safety with her, for whom the actor may do `what`."""
    gate.act(visit, case, what)
    hers = facts.standing(Removal).filter(case=case, operation__isnull=False)
    rows = facts.standing(Removal).filter(operation__in=hers.values("operation")).order_by("id")
    others = dict.fromkeys(other for other in rows.values_list("case_id", flat=True))
    children = [case, *(c for c in others if c != case and gate.may_do(visit, c, what))]
    found = cards(visit, scope.among(visit, children).values())
    return tuple(found[child] for child in children if child in found)


@query("read_both")
def two_days(visit: Visit, *, case: UUID, removal: UUID) -> TwoDays:
    """The removal that was being corrected, and the one that came after it."""
    gate.act(visit, case, Act.ANSWER_INTAKE)
    before = _removal(case, removal)
    theirs = Removal.objects.filter(replaces=removal, withdrawn=False).first()
    if theirs is None:
        raise NotFound
    together = _together(visit, case, theirs.operation_id)
    first, second = _day(visit, [before, theirs])
    return TwoDays(together[0], theirs.operation_id, first, second, together)


# ── commands ────────────────────────────────────────────────────────────────────────────────


@command("correct_removal")
def correct_removal(
    visit: Visit,
    *,
    case: UUID,
    removal: UUID | None = None,
    happened: Happening,
    why: Why | None = None,
) -> UUID:
    """Correct the day one child was brought to safety. What stood stays on record.

    Without `removal`, the one that stands; Invalid where several do.
    """
    gate.act(visit, case, Act.ANSWER_INTAKE)
    row = _removal(case, removal) if removal is not None else _only_removal(case)
    changes: dict[str, Any] = {"happened_on": happened.first, "happened_until": happened.last}
    changes |= _bands(visit, [case], happened)[case]
    id = facts.correct(visit, Removal, row.id, **changes)
    _say_why(visit, case, id, why)
    return id


@command("correct_operation")
def correct_operation(
    visit: Visit,
    *,
    case: UUID,
    operation: UUID,
    happened: Happening,
    why: Why | None = None,
    seen: UUID | None = None,
) -> UUID:
    """Correct the day of an operation, asked through one of its cases; each removal follows.

    Files that were asked once are mended once: every removal of the operation that the actor may
    correct is corrected with it. `seen` is the case's removal that stood on the page: Conflict when
    another stands by now.
    """
    gate.act(visit, case, Act.ANSWER_INTAKE)
    hers = Removal.objects.filter(operation=operation, case=case, withdrawn=False)
    if not hers.exists():
        raise NotFound
    stands = hers.filter(replaced_at__isnull=True).values_list("id", flat=True).first()
    if stands is None or seen not in (None, stands):
        raise Conflict("corrected-before", _("Somebody corrected this first."), standing=seen)
    successor = restate(visit, operation, happened_on=happened.first, happened_until=happened.last)
    for row in facts.standing(Removal).filter(operation=successor):
        if gate.may_do(visit, row.case_id, Act.ANSWER_INTAKE):
            _say_why(visit, row.case_id, row.id, why)
    return successor


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def add_operation(
    visit: Visit,
    *,
    happened: Happening,
    region: str,
    supported: bool,
    kind: OperationKind = OperationKind.LAW_ENFORCEMENT,
) -> UUID:
    """One operation: its day and region in plain. City, unit and source go to each child's file."""
    return facts.add(
        visit,
        Operation,
        happened_on=happened.first,
        happened_until=happened.last,
        region=region,
        supported=supported,
        kind=kind,
    )


def add_removal(
    visit: Visit,
    *,
    case: UUID,
    operation: UUID | None,
    happened: Happening,
    region: str,
    sex: Sex,
    birth: PartialDate | None,
    how: HowSafe = HowSafe.REMOVED,
) -> UUID:
    """One child brought to safety, with her age bands then."""
    youngest, oldest = bands_at(birth, happened.first, happened.last)
    return facts.add(
        visit,
        Removal,
        case_id=case,
        operation_id=operation,
        how=how,
        sex=sex,
        happened_on=happened.first,
        happened_until=happened.last,
        youngest_band=youngest,
        oldest_band=oldest,
        region=region,
    )


def restate(visit: Visit, operation: UUID, *, how: HowSafe | None = None, **changes: Any) -> UUID:
    """Correct an operation, and every removal of it that the actor may correct follows.

    `changes` are plain columns both have (`happened_on`, `happened_until`, `region`); `how` is the
    removals' own. Gives the operation's id as it stands now.
    """
    standing = Operation.objects.get(id=operation)
    stands = operation
    if any(getattr(standing, name) != value for name, value in changes.items()):
        stands = facts.correct(visit, Operation, operation, **changes)
    rows = list(facts.standing(Removal).filter(operation=operation))
    bands = _bands_then(visit, rows, changes)
    for row in rows:
        wanted = {"operation_id": stands, **changes, "how": how or row.how}
        wanted |= bands.get(row.case_id, {})
        if all(getattr(row, name) == value for name, value in wanted.items()):
            continue
        if gate.may_do(visit, row.case_id, Act.ANSWER_INTAKE):
            visit.note_subject(row.case_id)
            facts.correct(visit, Removal, row.id, **wanted)
    return stands


def reached(visit: Visit, operation: UUID) -> UUID:
    """The operation as it stands, for who may put a child of hers into it; else NotFound.

    It is one of a child whose file her teams hold; or no child stands in it yet and somebody of her
    own organisation recorded it.
    """
    while True:
        after = Operation.objects.filter(replaces=operation).values_list("id", flat=True).first()
        if after is None:
            break
        operation = after
    within = Removal.objects.filter(operation=operation)
    cases = list(within.values_list("case_id", flat=True).distinct()[:_PROBED])
    held = scope.open_grants(visit).filter(case__in=cases, team__in=visit.team_links)
    if cases and held.exists():
        return operation
    by = session.recorder_of_childless(connection, operation)
    if by is None:
        raise NotFound
    person = facts.recorder(Operation, operation, PersonLink(int=by.int))
    if not Person.objects.filter(id=person, organisation=visit.actor.organisation).exists():
        raise NotFound
    return operation


def copy_shared(
    visit: Visit, case: UUID, operation: UUID, shared: SharedFacts, seen: UUID | None = None
) -> UUID:
    """Seal the shared facts of an operation into one child's justice compartment."""
    passed = gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE)
    return seal_shared(visit, keys.open(visit, passed), operation, shared, seen)


def seal_shared(
    visit: Visit,
    secret: CompartmentSecret,
    operation: UUID,
    shared: SharedFacts,
    seen: UUID | None = None,
) -> UUID:
    """The same, for one who holds the key of that Justice."""
    return texts.write(visit, secret, OPERATION, operation, asdict(shared), replaces=seen)


def shared_facts(secret: CompartmentSecret) -> tuple[UUID, SharedFacts] | None:
    """The shared facts in an opened justice compartment, with the id of their piece."""
    pieces = texts.read(secret, kind=OPERATION)
    return (pieces[-1].id, SharedFacts(**pieces[-1].content)) if pieces else None


def removals(case: UUID, *, history: bool = False) -> list[RemovalShape]:
    """The removals of a case, newest first; with `history`, those replaced as well."""
    rows = Removal.objects if history else facts.standing(Removal)
    columns = (
        "id", "case_id", "operation_id", "how", "sex", "happened_on", "happened_until",
        "youngest_band", "oldest_band", "region", "known_day", "replaced_day",
    )  # fmt: skip
    ordered = rows.filter(case=case).order_by("-happened_on", "-id")
    return [_shape(*row) for row in ordered.values_list(*columns)]


def _removal(case: UUID, removal: UUID) -> Removal:
    row = Removal.objects.filter(id=removal, case=case, withdrawn=False).first()
    if row is None:
        raise NotFound
    return row


def _only_removal(case: UUID) -> Removal:
    found = list(facts.standing(Removal).filter(case=case)[:2])
    if not found:
        raise NotFound
    if len(found) > 1:
        raise Invalid({"removal": _("She was brought to safety more than once. Say which time.")})
    return found[0]


def _bands_then(
    visit: Visit, rows: list[Removal], changes: dict[str, Any]
) -> dict[UUID, dict[str, Any]]:
    """The age bands on the corrected day; nothing where the day is not among the changes."""
    if "happened_on" not in changes:
        return {}
    happened = Happening(changes["happened_on"], changes["happened_until"])
    return _bands(visit, [row.case_id for row in rows], happened)


def _bands(
    visit: Visit, children: Iterable[UUID], happened: Happening
) -> dict[UUID, dict[str, Any]]:
    found = cards(visit, scope.among(visit, children).values())
    return {
        case: dict(
            zip(
                ("youngest_band", "oldest_band"),
                bands_at(seen.card.birth, happened.first, happened.last),
                strict=True,
            )
        )
        for case, seen in found.items()
    }


def _together(visit: Visit, case: UUID, operation: UUID | None) -> tuple[CardSeen, ...]:
    """The child, then the others of her operation whose files the actor may correct."""
    children = [case]
    if operation is not None:
        rows = facts.standing(Removal).filter(operation=operation).order_by("id")
        others = [other for other in rows.values_list("case_id", flat=True) if other != case]
        children += [other for other in others if gate.may_do(visit, other, Act.ANSWER_INTAKE)]
    found = cards(visit, scope.among(visit, children).values())
    return tuple(found[child] for child in children if child in found)


def _day(visit: Visit, rows: list[Removal]) -> list[DayVersion]:
    by = {row.id: facts.recorder(Removal, row.id, row.recorded_by) for row in rows}
    names = names_of(by.values())
    case = rows[0].case_id
    passed = scope.among(visit, [case], Compartment.JUSTICE)
    reasons: dict[UUID, Why] = {}
    if case in passed:
        secret = keys.open(visit, passed[case])
        for piece in texts.read(secret, kind=CORRECTION, of__in=list(by)):
            reasons[piece.of] = Why(HowKnown(piece.content["how"]), piece.content["words"])
    return [
        DayVersion(
            row.id,
            Happening(row.happened_on, row.happened_until),
            row.known_at,
            names.get(by[row.id], ""),
            reasons.get(row.id),
        )
        for row in rows
    ]


def _say_why(visit: Visit, case: UUID, removal: UUID, why: Why | None) -> None:
    if why is None:
        return
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE))
    texts.write(visit, secret, CORRECTION, removal, {"how": why.how, "words": why.words})


def _shape(
    id: UUID, case: UUID, operation: UUID | None, how: str, sex: str, first: date, last: date,
    youngest: int | None, oldest: int | None, region: str, known: date, replaced: date | None,
) -> RemovalShape:  # fmt: skip
    happened = Happening(first, last)
    return RemovalShape(
        id, case, operation, HowSafe(how), Sex(sex), happened, youngest, oldest,
        region, known, replaced,
    )  # fmt: skip
