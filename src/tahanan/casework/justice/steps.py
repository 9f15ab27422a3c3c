"""Steps with the verbs of the commands: each asks the gate for every child it writes about."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, links, scope
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import comparing, facts, texts
from tahanan.casework.comparing import SUSPECT
from tahanan.casework.justice import sound
from tahanan.casework.justice.shapes import (
    DOCKET,
    NO_OPERATION,
    Named,
    Who,
)
from tahanan.casework.operations import Happening
from tahanan.records.bases import DatedPoint
from tahanan.records.fields import SuspectLink
from tahanan.records.models import Arrest, Judgment, Support, Suspect, Suspicion
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    Compartment,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
)
from tahanan.records.walls import session

D = TypeVar("D", bound=DatedPoint)

# ── who is named ────────────────────────────────────────────────────────────────────────────


def name_suspect(
    visit: Visit,
    *,
    of: tuple[Named, ...],
    who: Who,
    part: Part,
    minor: Answer,
    named: Happening,
    suspect: UUID | None = None,
) -> UUID:
    """One suspect named for one child or several: a row for each, and who he is in her own file."""
    children = [each.case for each in of]
    if not children or len(set(children)) < len(children):
        raise Invalid({"of": _("Choose at least one child, and each once.")})
    sound.refuse(_who_problems(who) | {"named": sound.day_problem(visit, named)})
    secrets = {case: to_write(visit, case, Act.NAME_SUSPECT) for case in children}
    numbers: dict[UUID, str] = {}
    if suspect is None:
        suspect = _new_suspect()
    else:
        known = _as_named(visit, suspect)
        who = known[0] if who == Who() else who
        numbers = known[1]
    link = links.SUSPECT.close(suspect)
    session.wait_for_turn(connection, [suspect])
    if standing_of(link).filter(case__in=children).exists():
        raise Invalid(
            {"of": _("This suspect is named for this child already. Correct what is said there.")}
        )
    for each in of:
        row = facts.add(
            visit, Suspicion, case_id=each.case, suspect=link, kin=each.kin, part=part,
            minor=minor, lives_with=each.lives_with, **_days(named),
        )  # fmt: skip
        texts.write(visit, secrets[each.case], SUSPECT, row, asdict(who))
        for docket, number in numbers.items():
            write_number(visit, secrets[each.case], docket, number)
    comparing.compare_suspect(visit, children)
    return suspect


def correct_suspicion(
    visit: Visit, *, case: UUID, suspicion: UUID, who: Who | None = None, **changes: Any
) -> UUID:
    """What is said of a suspect here, corrected; who he is, in every file the actor may write."""
    secret = to_write(visit, case, Act.NAME_SUSPECT)
    row = named_row(case, suspicion)
    sound.refuse(_who_problems(who or Who()))
    before = _who_in(secret, row.id)
    said = who if who is not None else before
    if said == before and not _differs(row, changes):
        return row.id
    id = _put_after(visit, secret, row, said, changes)
    if said != before:
        written = [case]
        for other in standing_of(row.suspect).exclude(case=case):
            if may_write(visit, other.case_id, Act.NAME_SUSPECT):
                theirs = to_write(visit, other.case_id, Act.NAME_SUSPECT)
                _put_after(visit, theirs, other, said, {})
                written.append(other.case_id)
        comparing.compare_suspect(visit, written)
    return id


def withdraw_suspicion(visit: Visit, *, case: UUID, suspicion: UUID) -> UUID:
    """He was named for this child by mistake. Refused while only she holds his arrests."""
    to_write(visit, case, Act.NAME_SUSPECT)
    row = named_row(case, suspicion)
    if hangs := hangs_on_her(row):
        raise Refusal("still-arrested", hangs)
    return facts.withdraw(visit, Suspicion, row.id)


def hangs_on_her(row: Suspicion) -> str:
    """Why he cannot be taken back: nobody else's file would hold his arrests. Else empty."""
    if standing_of(row.suspect).exclude(case=row.case_id).exists() or not _has_more(row.suspect):
        return ""
    return _("An arrest or a judgment of this suspect stands. Take that back first.")


# ── arrests and judgments ───────────────────────────────────────────────────────────────────


def record_arrest(
    visit: Visit,
    *,
    case: UUID,
    suspect: UUID,
    happened: Happening,
    operation: UUID | None,
    country: str,
    supported: bool,
) -> UUID:
    """One arrest of a suspect who is named for this child."""
    link = suspect_of(visit, case, suspect, Act.RECORD_ARREST)
    sound.refuse(
        {
            "happened": sound.day_problem(visit, happened),
            "country": sound.country_problem(country),
            "operation": sound.operation_problem(visit, operation),
        }
    )
    return facts.add(
        visit, Arrest, suspect=link, operation_id=operation, country=country,
        supported=supported, **_days(happened),
    )  # fmt: skip


def correct_arrest(visit: Visit, *, case: UUID, arrest: UUID, **changes: Any) -> UUID:
    """An arrest corrected: what is given is set, what is not stays."""
    gate_for(visit, case, Act.RECORD_ARREST)
    row = row_of(case, Arrest, arrest)
    operation = changes.get("operation_id")
    if operation == NO_OPERATION:
        changes["operation_id"] = operation = None
    # What stands may be an operation of a sister's, whom the actor does not hold.
    named = operation if operation != row.operation_id else None
    sound.refuse(
        {
            "happened": sound.day_problem(visit, _happened(row, changes)),
            "country": sound.country_problem(changes.get("country", row.country)),
            "operation": sound.operation_problem(visit, named),
        }
    )
    return facts.correct(visit, Arrest, row.id, **changes) if _differs(row, changes) else row.id


def withdraw_arrest(visit: Visit, *, case: UUID, arrest: UUID) -> UUID:
    """An arrest taken back: it was another's, or there was none."""
    gate_for(visit, case, Act.RECORD_ARREST)
    return facts.withdraw(visit, Arrest, row_of(case, Arrest, arrest).id)


def record_judgment(
    visit: Visit,
    *,
    case: UUID,
    suspect: UUID,
    docket: UUID | None,
    happened: Happening,
    charge: Charge,
    outcome: Outcome,
    plea: Plea,
    sentence: Sentence,
    level: CourtLevel,
    country: str,
    supported: bool,
    court_number: str,
) -> UUID:
    """What one court decided on one charge; its number is sealed for each child he is named for."""
    link = suspect_of(visit, case, suspect, Act.RECORD_JUDGMENT)
    fields: dict[str, Any] = {
        "charge": charge, "outcome": outcome, "plea": plea, "sentence": sentence, "level": level,
        "country": country, "supported": supported, **_days(happened),
    }  # fmt: skip
    sound.refuse(_judgment_problems(visit, link, fields, court_number))
    session.wait_for_turn(connection, [suspect])
    docket = ids.uuid4() if docket is None else _known_docket(visit, docket)
    _refuse_second(link, docket, charge, level)
    id = facts.add(visit, Judgment, suspect=link, docket=docket, **fields)
    if court_number:
        number_docket(visit, link, docket, court_number)
    return id


def correct_judgment(
    visit: Visit, *, case: UUID, judgment: UUID, court_number: str | None = None, **changes: Any
) -> UUID:
    """A judgment corrected; the number of its court case, where that is given."""
    gate_for(visit, case, Act.RECORD_JUDGMENT)
    row = row_of(case, Judgment, judgment)
    fields = {name: getattr(row, name) for name in _JUDGMENT} | changes
    sound.refuse(_judgment_problems(visit, row.suspect, fields, court_number or ""))
    if (fields["charge"], fields["level"]) != (row.charge, row.level):
        _refuse_second(row.suspect, row.docket, fields["charge"], fields["level"])
    id = row.id
    if _differs(row, changes) or court_number is not None:
        id = facts.correct(visit, Judgment, row.id, **changes)
    if court_number is not None:
        number_docket(visit, row.suspect, row.docket, court_number)
    return id


def withdraw_judgment(visit: Visit, *, case: UUID, judgment: UUID) -> UUID:
    """A judgment taken back."""
    gate_for(visit, case, Act.RECORD_JUDGMENT)
    return facts.withdraw(visit, Judgment, row_of(case, Judgment, judgment).id)


# ── support ─────────────────────────────────────────────────────────────────────────────────


def support_case(visit: Visit, *, case: UUID, from_on: date) -> UUID:
    """The programme supports this case from a day on. The caller asks the gate."""
    sound.refuse_future(visit, from_on, "from_on")
    return facts.add(visit, Support, case_id=case, from_on=from_on)


# ── shared ──────────────────────────────────────────────────────────────────────────────────

_JUDGMENT = (
    "charge", "outcome", "plea", "sentence", "level", "country", "supported", "happened_on",
    "happened_until",
)  # fmt: skip


def gate_for(visit: Visit, case: UUID, what: Act) -> None:
    """The actor may do `what`, and write Justice of this child; its grant is locked."""
    gate.act(visit, case, what)
    gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE)


def to_write(visit: Visit, case: UUID, what: Act) -> CompartmentSecret:
    """Justice of this child, opened for one who may do `what` and write there."""
    gate.act(visit, case, what)
    return keys.open(visit, gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE))


def may_write(visit: Visit, case: UUID, what: Act) -> bool:
    """Whether `to_write` would open it."""
    if not gate.may_do(visit, case, what):
        return False
    with suppress(Refusal):
        gate.about_to_write(visit, case, Compartment.JUSTICE)
        return True
    return False


def suspect_of(visit: Visit, case: UUID, suspect: UUID, what: Act) -> SuspectLink:
    """The link of a suspect named for a child whose Justice the actor may write; else NotFound."""
    gate_for(visit, case, what)
    link = links.SUSPECT.close(suspect)
    if not standing_of(link).filter(case=case).exists():
        raise NotFound
    return link


def standing_of(link: SuspectLink) -> Any:
    """For whom a suspect is named now, as far as the database shows it."""
    # Without the tenant, whose own a suspect is: SQLite would read every row that bears it.
    return Suspicion.objects.filter(suspect=link, replaced_at__isnull=True, withdrawn=False)


def named_row(case: UUID, suspicion: UUID) -> Suspicion:
    """A suspicion of this child's that stands; NotFound for any other, Conflict when replaced."""
    return _stands(Suspicion.objects.filter(id=suspicion, case=case, withdrawn=False).first())


def row_of(case: UUID, model: type[D], id: UUID) -> D:
    """As `named_row`: an arrest or a judgment of somebody who is named for this child."""
    named = facts.standing(Suspicion).filter(case=case).values("suspect")
    rows = model._default_manager.filter(id=id, withdrawn=False, suspect__in=named)
    return _stands(rows.first())


def number_docket(visit: Visit, link: SuspectLink, docket: UUID, number: str) -> None:
    """Seal a court's number for each child he is named for whose Justice the actor may write."""
    for case in standing_of(link).order_by("case").values_list("case_id", flat=True):
        if may_write(visit, case, Act.RECORD_JUDGMENT):
            write_number(visit, to_write(visit, case, Act.RECORD_JUDGMENT), docket, number)


def write_number(visit: Visit, secret: CompartmentSecret, docket: UUID, number: str) -> None:
    """The court's number of a docket in one file, after what stood there."""
    stands = texts.read(secret, kind=DOCKET, of=docket)
    before = stands[-1] if stands else None
    if before is None or before.content["number"] != number:
        replaces = before.id if before else None
        texts.write(visit, secret, DOCKET, docket, {"number": number}, replaces=replaces)


def numbers_of(secret: CompartmentSecret, dockets: Iterable[UUID]) -> dict[UUID, str]:
    """Docket → the court's number, as this file has it."""
    found = texts.read(secret, kind=DOCKET, of__in=list(dockets))
    return {piece.of: piece.content["number"] for piece in found}


def _stands(row: D | None) -> D:
    if row is None:
        raise NotFound
    if row.replaced_at is not None:
        raise Conflict("corrected-before", _("Somebody corrected this first."), standing=row.id)
    return row


def _new_suspect() -> UUID:
    suspect = Suspect()
    suspect.save(force_insert=True)
    return suspect.id


def _as_named(visit: Visit, suspect: UUID) -> tuple[Who, dict[UUID, str]]:
    """Who a suspect is, and his courts' numbers, from a file that the actor may open."""
    link = links.SUSPECT.close(suspect)
    named = dict(standing_of(link).order_by("id").values_list("case_id", "id"))
    passed = scope.among(visit, named, Compartment.JUSTICE)
    if not passed:
        raise NotFound
    case = next(each for each in named if each in passed)
    secret = keys.open(visit, passed[case])
    dockets = facts.standing(Judgment).filter(suspect=link).values_list("docket", flat=True)
    return _who_in(secret, named[case]), numbers_of(secret, set(dockets))


def _who_in(secret: CompartmentSecret, suspicion: UUID) -> Who:
    stands = texts.read(secret, kind=SUSPECT, of=suspicion)
    return Who(**stands[-1].content) if stands else Who()


def _put_after(
    visit: Visit, secret: CompartmentSecret, row: Suspicion, who: Who, changes: dict[str, Any]
) -> UUID:
    id = facts.correct(visit, Suspicion, row.id, **changes)
    stands = texts.read(secret, kind=SUSPECT, of=row.id)
    replaces = stands[-1].id if stands else None
    texts.write(visit, secret, SUSPECT, id, asdict(who), replaces=replaces)
    return id


def _judgment_problems(
    visit: Visit, link: SuspectLink, fields: dict[str, Any], number: str
) -> dict[str, str]:
    happened = Happening(fields["happened_on"], fields["happened_until"])
    found = sound.decision_problems(
        CourtLevel(fields["level"]), Outcome(fields["outcome"]), Sentence(fields["sentence"])
    )
    found["country"] = sound.country_problem(fields["country"])
    found["court_number"] = sound.length_problem(number, sound.LONGEST_NAME)
    found["happened"] = sound.day_problem(visit, happened) or _too_early(link, happened)
    return found


def _too_early(link: SuspectLink, happened: Happening) -> str:
    """Nobody is judged before he was ever named."""
    first = standing_of(link).order_by("happened_on").values_list("happened_on", flat=True).first()
    if first is not None and happened.last < first:
        return _("The suspect was named later than that day. Give a later day.")
    return ""


def _known_docket(visit: Visit, docket: UUID) -> UUID:
    """A court case the actor knows of, by its id or by that of a judgment in it.

    It has a judgment of somebody named for a child of hers; else Invalid.
    """
    docket = Judgment.objects.filter(id=docket).values_list("docket", flat=True).first() or docket
    judged = facts.standing(Judgment).filter(docket=docket).values("suspect")
    named = Suspicion.objects.filter(suspect__in=judged).values_list("case_id", flat=True)
    if not scope.among(visit, named.distinct(), Compartment.JUSTICE):
        raise Invalid(
            {"docket": _("You see no such court case. Choose one of these, or a new one.")}
        )
    return docket


def _refuse_second(link: SuspectLink, docket: UUID, charge: Charge, level: CourtLevel) -> None:
    rows = facts.standing(Judgment).filter(suspect=link, docket=docket, charge=charge, level=level)
    stands = rows.values_list("id", flat=True).first()
    if stands is not None:
        raise Conflict(
            "judged-first",
            _("What this court decided on this charge is on record. Correct what stands."),
            standing=stands,
        )


def _has_more(link: SuspectLink) -> bool:
    arrests = facts.standing(Arrest).filter(suspect=link)
    return arrests.exists() or facts.standing(Judgment).filter(suspect=link).exists()


def _who_problems(who: Who) -> dict[str, str]:
    most = {"name": sound.LONGEST_NAME, "aliases": sound.LONGEST_NAME, "words": sound.LONGEST}
    return {field: sound.length_problem(text, most[field]) for field, text in asdict(who).items()}


def _happened(row: DatedPoint, changes: dict[str, Any]) -> Happening:
    first = changes.get("happened_on", row.happened_on)
    return Happening(first, changes.get("happened_until", row.happened_until))


def _differs(row: Any, changes: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in changes.items())


def _days(happened: Happening) -> dict[str, date]:
    return {"happened_on": happened.first, "happened_until": happened.last}
