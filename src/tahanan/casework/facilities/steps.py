"""What commands and queries about facilities share; admissions ask here as well."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tahanan.access import gate, installation
from tahanan.access.actor import Actor
from tahanan.access.rules import OfficeAct, may_in_office
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound, Refusal
from tahanan.casework import stays
from tahanan.casework.facilities.shapes import FacilityShape, LineShape, Numbers, PermitShape
from tahanan.records.models import (
    Facility,
    FacilityCapacity,
    FacilityOutOfUse,
    FacilityPause,
    FacilityPermit,
    Team,
)
from tahanan.records.vocabulary import FACILITY_TEAMS, FacilityKind, Permit, Sex
from tahanan.vault import suites


def shapes(visit: Visit, wanted: Iterable[UUID]) -> list[FacilityShape]:
    """Facilities as they stand today, by name, with how many places are taken."""
    rows = Facility.objects.filter(id__in=list(wanted)).select_related("organisation")
    permits: dict[UUID, list[PermitShape]] = defaultdict(list)
    for held in FacilityPermit.objects.filter(facility__in=rows).order_by("valid_from", "id"):
        permits[held.facility_id].append(
            PermitShape(Permit(held.kind), held.reference, held.valid_from, held.valid_until)
        )
    lines = _lines(visit, [row.id for row in rows])
    pauses = FacilityPause.objects.filter(of_today(visit.today))
    paused = set(pauses.values_list("facility_id", flat=True))
    found = [
        FacilityShape(
            row.id,
            row.organisation_id,
            row.organisation.name,
            row.name,
            FacilityKind(row.kind),
            row.region,
            row.city,
            tuple(permits[row.id]),
            tuple(lines[row.id]),
            row.id in paused,
        )
        for row in rows
    ]
    return sorted(found, key=lambda shape: shape.name)


def every(visit: Visit) -> list[FacilityShape]:
    """Every facility as it stands today, by name: a request asks them all."""
    return shapes(visit, open_facilities(visit))


def teams_of(facility: UUID) -> QuerySet[Team]:
    """The teams of a facility that can be given keys: staff, clinic, house."""
    rows = Team.objects.filter(facility=facility, kind__in=FACILITY_TEAMS, ended_on__isnull=True)
    # Its staff first.
    return rows.exclude(public=None).order_by("-kind", "name")


def seen(visit: Visit) -> list[UUID]:
    """The facilities the actor works with: who works inside homes sees those, others all."""
    gate.office(visit, OfficeAct.SEE_FACILITIES)
    own: set[UUID] = set()
    for membership in visit.actor.memberships:
        if may_in_office(membership.relation, OfficeAct.SEE_FACILITIES).allowed:
            if membership.facility is None:
                return open_facilities(visit)
            own.add(membership.facility)
    return sorted(own)


def open_facilities(visit: Visit) -> list[UUID]:
    """Every facility that has not ended."""
    rows = Facility.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=visit.today))
    return list(rows.values_list("id", flat=True))


def editing(visit: Visit, facility: UUID) -> None:
    """Refuses unless the actor keeps this facility's page: its head, or its administrator."""
    gate.office(visit, OfficeAct.EDIT_FACILITY)
    organisation = (
        Facility.objects.filter(id=facility).values_list("organisation", flat=True).first()
    )
    if organisation is None:
        raise NotFound
    if not may_edit(visit, facility, organisation):
        raise not_yours()


def may_edit(visit: Visit, facility: UUID | None, organisation: UUID) -> bool:
    """Whether the actor keeps the page of `facility`; of None, whether she may add one there."""
    return any(
        may_in_office(m.relation, OfficeAct.EDIT_FACILITY).allowed
        and (m.organisation == organisation if m.facility is None else m.facility == facility)
        for m in visit.actor.memberships
    )


def may_add(actor: Actor) -> UUID | None:
    """The organisation to which the actor may add a home: the one she is administrator of."""
    keeps = (m for m in actor.memberships if m.facility is None)
    found = (m for m in keeps if may_in_office(m.relation, OfficeAct.EDIT_FACILITY).allowed)
    return next((m.organisation for m in found), None)


def not_yours() -> Refusal:
    """The refusal of who keeps other facilities' pages."""
    return Refusal("not-your-facility", _("This is kept by the home’s own head and administrator."))


def seal(facility: UUID, address: str, numbers: Numbers) -> bytes:
    """The private field of a facility, all of one size."""
    private = {
        "address": address,
        "review_days": numbers.review_days,
        "stay_target_days": numbers.stay_target_days,
    }
    key = installation.roots().server_key
    return suites.seal(key, json.dumps(private).encode(), _context(facility))


def open_private(facility: UUID) -> tuple[str, Numbers]:
    """The address of a facility, and its numbers."""
    sealed = Facility.objects.values_list("private", flat=True).get(id=facility)
    key = installation.roots().server_key
    private = json.loads(suites.open_sealed(key, bytes(sealed), _context(facility)))
    return private["address"], Numbers(private["review_days"], private["stay_target_days"])


def capacity(facility: UUID) -> QuerySet[FacilityCapacity]:
    """Every line of places a facility has or had."""
    return FacilityCapacity.objects.filter(facility=facility)


def of_today(day: date) -> Q:
    """Rows of the office that hold on a day; their last day is the first they no longer hold."""
    return Q(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


def _context(facility: UUID) -> bytes:
    return suites.context("facility", facility)


def _lines(visit: Visit, wanted: list[UUID]) -> dict[UUID, list[LineShape]]:
    today = of_today(visit.today)
    out: dict[tuple[UUID, int], int] = defaultdict(int)
    for home, line, places in FacilityOutOfUse.objects.filter(
        today, facility__in=wanted
    ).values_list("facility_id", "line", "places"):
        out[home, line] += places
    taken = stays.taken(visit)
    found: dict[UUID, list[LineShape]] = defaultdict(list)
    for row in FacilityCapacity.objects.filter(today, facility__in=wanted).order_by("line"):
        at = (row.facility_id, row.line)
        found[row.facility_id].append(
            LineShape(
                row.line,
                Sex(row.sex),
                row.age_from,
                row.age_until,
                row.places,
                min(out[at], row.places),
                taken[at],
            )
        )
    return found
