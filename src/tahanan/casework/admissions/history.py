"""Where a child lived before: stays of an outside history, each on its own days.

A stay that is over asks no rule of today: the place she had is taken by nobody now. One that goes
on is an admission like any other, and goes the way of one.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import gate, keys
from tahanan.access.rules import Act, Action, OfficeAct
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework import facts, stays
from tahanan.casework.admissions.requests import ask
from tahanan.casework.admissions.taking import Reasons, take
from tahanan.casework.door import command
from tahanan.records.models import Facility, Stay
from tahanan.records.vocabulary import Compartment, FacilityKind, StayEnd, StayMode

_ANY_LINE = 1


@command("record_stay")
def record_stay(
    visit: Visit,
    *,
    case: UUID,
    facility: UUID,
    from_on: date,
    until_on: date | None = None,
    end: StayEnd | None = None,
    parting_reason: str = "",
) -> UUID:
    """Record where a child lived, or lives since a day. Gives the stay.

    Without `until_on` she is admitted: every home is asked, the rules of today hold, and the home
    is told.
    """
    gate.office(visit, OfficeAct.IMPORT_HISTORY)
    gate.act(visit, case, Act.ADMIT)
    _sound(visit, from_on, until_on, end)
    _refuse_elsewhere(case, from_on, until_on)
    if until_on is None or end is None:
        return _admit(visit, case, facility, from_on, parting_reason)
    columns = ("id", "name", "kind")
    home = Facility.objects.filter(id=facility).values_list(*columns).first()
    if home is None:
        raise NotFound
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.WHEREABOUTS, Action.WRITE))
    there = (home[0], home[1], FacilityKind(home[2]))
    return stays.begin(
        visit, secret, there, _ANY_LINE, StayMode.ORDINARY, from_on, ended=(until_on, end)
    )


def _admit(visit: Visit, case: UUID, facility: UUID, from_on: date, parting: str) -> UUID:
    request = ask(visit, (case,), from_on)
    try:
        return take(visit, request, facility, (case,), Reasons(parting.strip()), moving=False)
    except (NotFound, Invalid):
        raise
    except Refusal as refusal:
        # One sentence whatever the rule, and without her name: an import prints it.
        raise Refusal(
            refusal.code, _("This home cannot take this child now. Admit her on her own page.")
        ) from None


def _sound(visit: Visit, from_on: date, until_on: date | None, end: StayEnd | None) -> None:
    problems: dict[str, str] = {}
    if from_on > visit.today:
        problems["from_on"] = _("That day is still ahead. Give today or a day before.")
    if until_on is not None and until_on > visit.today:
        problems["until_on"] = _("That day is still ahead. Give today or a day before.")
    elif until_on is not None and until_on < from_on:
        problems["until_on"] = _("The last day is before the first. Give a later last day.")
    if (until_on is None) is not (end is None):
        problems["end"] = _("A stay that is over has a last day and says why it ended.")
    if problems:
        raise Invalid(problems)


def _refuse_elsewhere(case: UUID, from_on: date, until_on: date | None) -> None:
    rows = facts.standing(Stay).filter(case=case)
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=from_on))
    if until_on is not None:
        rows = rows.filter(from_on__lt=until_on)
    if rows.exists():
        raise Invalid({"from_on": _("She is recorded in another home on some of these days.")})
