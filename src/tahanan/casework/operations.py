"""Operations and removals: asked once, copied into each child's file, corrected without wiping."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tahanan.access import gate, keys
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base.days import PartialDate
from tahanan.base.errors import NotFound
from tahanan.casework import facts, texts
from tahanan.casework.cases import bands_at
from tahanan.casework.door import command
from tahanan.records.models import Operation, Removal
from tahanan.records.vocabulary import Compartment, HowSafe, Sex

OPERATION = "operation"


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


@command("correct_removal")
def correct_removal(visit: Visit, *, case: UUID, removal: UUID, happened: Happening) -> UUID:
    """Correct the day a child was brought to safety. What stood stays on record."""
    gate.act(visit, case, Act.ANSWER_INTAKE)
    if not Removal.objects.filter(id=removal, case=case).exists():
        raise NotFound
    return facts.correct(
        visit, Removal, removal, happened_on=happened.first, happened_until=happened.last
    )


@command("correct_operation")
def correct_operation(visit: Visit, *, case: UUID, operation: UUID, happened: Happening) -> UUID:
    """Correct the day of an operation, asked through one of its cases; each removal follows.

    Files that were asked once are mended once: every removal of the operation that the actor may
    correct is corrected with it.
    """
    gate.act(visit, case, Act.ANSWER_INTAKE)
    if not facts.standing(Removal).filter(operation=operation, case=case).exists():
        raise NotFound
    return restate(visit, operation, happened_on=happened.first, happened_until=happened.last)


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def add_operation(visit: Visit, *, happened: Happening, region: str, supported: bool) -> UUID:
    """One operation: its day and region in plain. City, unit and source go to each child's file."""
    return facts.add(
        visit,
        Operation,
        happened_on=happened.first,
        happened_until=happened.last,
        region=region,
        supported=supported,
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
    for row in facts.standing(Removal).filter(operation=operation):
        wanted = {"operation_id": stands, **changes, "how": how or row.how}
        if all(getattr(row, name) == value for name, value in wanted.items()):
            continue
        if gate.may_do(visit, row.case_id, Act.ANSWER_INTAKE):
            visit.note_subject(row.case_id)
            facts.correct(visit, Removal, row.id, **wanted)
    return stands


def copy_shared(
    visit: Visit, case: UUID, operation: UUID, shared: SharedFacts, seen: UUID | None = None
) -> UUID:
    """Seal the shared facts of an operation into one child's justice compartment."""
    passed = gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE)
    secret = keys.open(visit, passed)
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


def _shape(
    id: UUID, case: UUID, operation: UUID | None, how: str, sex: str, first: date, last: date,
    youngest: int | None, oldest: int | None, region: str, known: date, replaced: date | None,
) -> RemovalShape:  # fmt: skip
    happened = Happening(first, last)
    return RemovalShape(
        id, case, operation, HowSafe(how), Sex(sex), happened, youngest, oldest,
        region, known, replaced,
    )  # fmt: skip
