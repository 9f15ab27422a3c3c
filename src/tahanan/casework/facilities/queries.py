"""Facilities as lists and pages show them."""

from __future__ import annotations

from uuid import UUID

from tahanan.access import gate
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound
from tahanan.casework.door import query
from tahanan.casework.facilities import steps
from tahanan.casework.facilities.household import living_in
from tahanan.casework.facilities.shapes import FacilityPage, FacilityShape, OutOfUse
from tahanan.records.models import FacilityOutOfUse


@query("see_facilities")
def facilities(visit: Visit) -> list[FacilityShape]:
    """The facilities the actor works with: for who works in one, that one; for others, all."""
    return steps.shapes(visit, steps.seen(visit))


@query("about_to")
def about_to_add(visit: Visit) -> UUID:
    """The organisation one may add a home to; a Refusal before anything is typed."""
    gate.office(visit, OfficeAct.EDIT_FACILITY)
    organisation = steps.may_add(visit.actor)
    if organisation is None:
        raise steps.not_yours()
    return organisation


@query("see_facility")
def facility(visit: Visit, *, facility: UUID) -> FacilityPage:
    """One facility's page."""
    return _page(visit, facility)


@query("about_to")
def about_to_keep(visit: Visit, *, facility: UUID) -> FacilityPage:
    """The same page, for one who keeps it; a Refusal before anything is typed."""
    page = _page(visit, facility)
    steps.editing(visit, facility)
    return page


def _page(visit: Visit, facility: UUID) -> FacilityPage:
    if facility not in steps.seen(visit):
        raise NotFound
    shape = steps.shapes(visit, [facility])[0]
    may_edit = steps.may_edit(visit, facility, shape.organisation)
    inside = may_edit or any(m.facility == facility for m in visit.actor.memberships)
    address, numbers = steps.open_private(facility)
    rows = FacilityOutOfUse.objects.filter(steps.of_today(visit.today), facility=facility)
    columns = ("id", "line", "places", "reason", "from_on")
    return FacilityPage(
        shape,
        numbers,
        address if inside else "",
        tuple(OutOfUse(*row) for row in rows.order_by("line", "from_on").values_list(*columns)),
        tuple(steps.teams_of(facility).values_list("name", flat=True)),
        may_edit,
        living_in(visit, facility) if may_edit else (),
    )
