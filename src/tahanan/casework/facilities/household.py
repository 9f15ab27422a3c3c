"""Who lives in a home and does not work there: of a foster family, say."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework.door import command
from tahanan.casework.facilities import steps
from tahanan.casework.facilities.shapes import Householder
from tahanan.records.models import HouseholdMember

LONGEST = 160


@command("add_household_member")
def add_household_member(visit: Visit, *, facility: UUID, name: str, since_on: date) -> UUID:
    """An adult who lives in a home and does not work there. Gives the row's id.

    Whether the name is a suspect's is compared by who may open Justice, and the home hears nothing.
    """
    steps.editing(visit, facility)
    written = " ".join(name.split())
    problems: dict[str, str] = {}
    if not written:
        problems["name"] = _("Write the name of who lives there.")
    elif len(written) > LONGEST:
        problems["name"] = _("This is too long. Write it in fewer words.")
    if since_on > visit.today:
        problems["since_on"] = _("That day is still ahead. Give today or a day before.")
    if problems:
        raise Invalid(problems)
    if any(each.name == written for each in living_in(visit, facility)):
        raise Invalid({"name": _("Somebody of this name is on the list already.")})
    id = ids.uuid4()
    HouseholdMember(id=id, facility_id=facility, name=written, since_on=since_on).save(
        force_insert=True
    )
    return id


@command("household_member_left")
def household_member_left(visit: Visit, *, facility: UUID, member: UUID) -> UUID:
    """From today this adult lives there no more. What was excluded meanwhile stays excluded."""
    steps.editing(visit, facility)
    rows = HouseholdMember.objects.filter(id=member, facility=facility)
    if not rows.exists():
        raise NotFound
    if not rows.filter(left_on__isnull=True).update(left_on=visit.today):
        raise Conflict("left-before", _("Somebody wrote this before you."))
    return member


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def living_in(visit: Visit, facility: UUID) -> tuple[Householder, ...]:
    """Who lives in a home today, by name."""
    rows = HouseholdMember.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=visit.today), facility=facility
    )
    columns = ("id", "name", "since_on")
    return tuple(Householder(*row) for row in rows.order_by("name", "id").values_list(*columns))
