"""What is recorded of suspects, their arrests and judgments, of demand and of support."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tahanan.access import gate
from tahanan.access.rules import Act
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework import facts
from tahanan.casework.door import command
from tahanan.casework.justice import sound, steps
from tahanan.casework.justice.shapes import Named, Who
from tahanan.casework.operations import Happening
from tahanan.records.models import DemandSide, Support
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)
from tahanan.records.walls import session


@command("name_suspect")
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
    """Name one suspect for one child or several at once. Gives the suspect's id.

    `suspect` is one who is named already for a child whose Justice the actor may open; where `who`
    is empty then, her file's words are taken.
    """
    return steps.name_suspect(
        visit, of=of, who=who, part=part, minor=minor, named=named, suspect=suspect
    )


@command("correct_suspicion")
def correct_suspicion(
    visit: Visit,
    *,
    case: UUID,
    suspicion: UUID,
    kin: SuspectKin | None = None,
    part: Part | None = None,
    minor: Answer | None = None,
    lives_with: Answer | None = None,
    named: Happening | None = None,
    who: Who | None = None,
) -> UUID:
    """Correct what is given; what is not stays. Conflict when somebody corrected it first.

    `who` is corrected in the file of every child he is named for that the actor may write.
    """
    if named is not None:
        sound.refuse_day(visit, named, "named")
    changes = _given(kin=kin, part=part, minor=minor, lives_with=lives_with) | _days(named)
    return steps.correct_suspicion(visit, case=case, suspicion=suspicion, who=who, **changes)


@command("withdraw_suspicion")
def withdraw_suspicion(visit: Visit, *, case: UUID, suspicion: UUID) -> UUID:
    """He was named for this child by mistake. Refused while his arrests hang on her alone."""
    return steps.withdraw_suspicion(visit, case=case, suspicion=suspicion)


@command("record_arrest")
def record_arrest(
    visit: Visit,
    *,
    case: UUID,
    suspect: UUID,
    happened: Happening,
    operation: UUID | None,
    country: str = "PH",
    supported: bool = True,
) -> UUID:
    """Record one arrest of a suspect who is named for this child. A second is a second row."""
    return steps.record_arrest(
        visit, case=case, suspect=suspect, happened=happened, operation=operation,
        country=country, supported=supported,
    )  # fmt: skip


@command("correct_arrest")
def correct_arrest(
    visit: Visit,
    *,
    case: UUID,
    arrest: UUID,
    happened: Happening | None = None,
    operation: UUID | None = None,
    country: str | None = None,
    supported: bool | None = None,
) -> UUID:
    """Correct what is given; what is not stays. `operation` NO_OPERATION: it was in none."""
    changes = _given(operation_id=operation, country=country, supported=supported)
    return steps.correct_arrest(visit, case=case, arrest=arrest, **(changes | _days(happened)))


@command("withdraw_arrest")
def withdraw_arrest(visit: Visit, *, case: UUID, arrest: UUID) -> UUID:
    """Take an arrest back: it was another's, or there was none."""
    return steps.withdraw_arrest(visit, case=case, arrest=arrest)


@command("record_judgment")
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
    country: str = "PH",
    supported: bool = True,
    court_number: str = "",
) -> UUID:
    """Record what one court decided on one charge. `docket` None: a court case not known yet.

    It may also be any judgment of the court case that is meant.

    Conflict when what this court decided on this charge is on record already.
    """
    return steps.record_judgment(
        visit, case=case, suspect=suspect, docket=docket, happened=happened, charge=charge,
        outcome=outcome, plea=plea, sentence=sentence, level=level, country=country,
        supported=supported, court_number=court_number,
    )  # fmt: skip


@command("correct_judgment")
def correct_judgment(
    visit: Visit,
    *,
    case: UUID,
    judgment: UUID,
    happened: Happening | None = None,
    charge: Charge | None = None,
    outcome: Outcome | None = None,
    plea: Plea | None = None,
    sentence: Sentence | None = None,
    level: CourtLevel | None = None,
    country: str | None = None,
    supported: bool | None = None,
    court_number: str | None = None,
) -> UUID:
    """Correct what is given; what is not stays. Conflict when somebody corrected it first."""
    changes = _given(
        charge=charge, outcome=outcome, plea=plea, sentence=sentence, level=level,
        country=country, supported=supported,
    )  # fmt: skip
    return steps.correct_judgment(
        visit, case=case, judgment=judgment, court_number=court_number,
        **(changes | _days(happened)),
    )  # fmt: skip


@command("withdraw_judgment")
def withdraw_judgment(visit: Visit, *, case: UUID, judgment: UUID) -> UUID:
    """Take a judgment back: it was another's, or there was none."""
    return steps.withdraw_judgment(visit, case=case, judgment=judgment)


@command("record_demand")
def record_demand(visit: Visit, *, case: UUID, country: str, happened: Happening) -> UUID:
    """Somebody paid from this country; known of on that day."""
    steps.gate_for(visit, case, Act.RECORD_DEMAND)
    sound.refuse(
        {
            "country": sound.country_problem(country),
            "happened": sound.day_problem(visit, happened),
        }
    )
    return facts.add(visit, DemandSide, case_id=case, country=country, **_days(happened))


@command("withdraw_demand")
def withdraw_demand(visit: Visit, *, case: UUID, demand: UUID) -> UUID:
    """Nobody paid from there after all."""
    steps.gate_for(visit, case, Act.RECORD_DEMAND)
    row = DemandSide.objects.filter(id=demand, case=case, withdrawn=False).first()
    if row is None:
        raise NotFound
    return facts.withdraw(visit, DemandSide, row.id)


@command("support_case")
def support_case(visit: Visit, *, case: UUID, from_on: date) -> UUID:
    """The programme supports this case from a day on. Refused while it does."""
    gate.act(visit, case, Act.SUPPORT_CASE)
    session.wait_for_turn(connection, [case])
    if _support(case) is not None:
        raise Invalid({"from_on": _("The programme supports this case already. End that first.")})
    return steps.support_case(visit, case=case, from_on=from_on)


@command("end_support")
def end_support(visit: Visit, *, case: UUID, on: date) -> UUID:
    """The programme supports this case no more, from a day on. What it did stays on record."""
    gate.act(visit, case, Act.SUPPORT_CASE)
    sound.refuse_future(visit, on, "on")
    session.wait_for_turn(connection, [case])
    open_row = _support(case)
    if open_row is None:
        raise Conflict("ended-before", _("The programme does not support this case now."))
    if on < open_row.from_on:
        raise Invalid({"on": _("The support began later than that day. Give a later day.")})
    return facts.correct(visit, Support, open_row.id, until_on=on)


def _support(case: UUID) -> Support | None:
    return facts.standing(Support).filter(case=case, until_on__isnull=True).first()


def _given(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _days(happened: Happening | None) -> dict[str, Any]:
    if happened is None:
        return {}
    return {"happened_on": happened.first, "happened_until": happened.last}
