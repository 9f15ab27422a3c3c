"""Pages around an admission: what follows from it, what is true after it, who has arrived."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Action, OfficeAct, compartments_of
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound
from tahanan.casework import facilities, stays
from tahanan.casework.admissions import suitability
from tahanan.casework.admissions.requests import children_in, own_links, requested
from tahanan.casework.admissions.shapes import Admitted, Arrival, Confirming, HomeAnswer, Told
from tahanan.casework.admissions.taking import (
    answer_now,
    asked_for,
    cards_of,
    parted_from,
    shape_of,
)
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import query
from tahanan.records.models import Clock, Intake
from tahanan.records.vocabulary import ClockKind, Compartment, StayMode, TeamKind

ARRIVALS = 200
# So long a removal is *tonight's*: the worker goes back to the other children of it.
FRESH = timedelta(days=2)


@query("confirming_admission")
def confirming(
    visit: Visit,
    *,
    request: UUID,
    facility: UUID,
    cases: tuple[UUID, ...],
    emergency: bool = False,
) -> Confirming:
    """What would follow if these children were admitted here now."""
    on = asked_for(visit, request, cases)
    seen, home = cards_of(visit, cases), shape_of(visit, facility)
    ordinary = answer_now(visit, home, seen, on, emergency=False)
    overrides = emergency and len(ordinary.takes) < len(seen)
    said = answer_now(visit, home, seen, on, emergency=True) if overrides else ordinary
    apart = parted_from(visit, cases, facility)
    numbers = facilities.steps.open_private(facility)[1]
    return Confirming(
        request,
        HomeAnswer(home, said),
        on,
        tuple(seen),
        tuple(cards_of(visit, apart)),
        tuple(_moving(visit, seen)),
        overrides,
        _overridden(ordinary, overrides),
        _told(facility),
        numbers.review_days,
        numbers.stay_target_days,
    )


@query("admitted")
def admitted(visit: Visit, *, request: UUID, facility: UUID) -> Admitted:
    """Which children of a request live in this home now, and who still has no place."""
    requested(visit, request)
    seen = cards_of(visit, children_in(request))
    living = stays.open_stays(each.case for each in seen)
    here = []
    for each in seen:
        if each.case not in living or stays.home_of(living[each.case].id) != facility:
            continue
        # The page says where she is: that is whereabouts, and stands in the ledger as such.
        keys.open(visit, gate.pass_(visit, each.case, Compartment.WHEREABOUTS, Action.READ))
        here.append(each)
    if not here:
        raise NotFound
    return Admitted(
        request,
        shape_of(visit, facility),
        facilities.steps.open_private(facility)[0],
        tuple(here),
        tuple(each for each in seen if each.case not in living),
        any(living[each.case].mode is StayMode.EMERGENCY for each in here),
        _intake(visit, [each.case for each in here]),
    )


@query("arrivals")
def arrivals(visit: Visit) -> list[Arrival]:
    """Children admitted to the home of the actor whom nobody there has received, newest first."""
    gate.office(visit, OfficeAct.SEE_ADMISSIONS)
    own = {m.facility: m for m in visit.actor.memberships if m.facility is not None}
    proofs = {
        passed.case: passed
        for passed in scope.page(visit, limit=ARRIVALS).passed
        if passed.membership.facility is not None
    }
    told = Clock.objects.filter(
        case__in=list(proofs), kind=ClockKind.ADMISSION_TOLD, closed_on__isnull=True
    )
    new = set(told.values_list("case_id", flat=True))
    living = {
        case: stay for case, stay in stays.open_stays(new).items() if stays.home_of(stay.id) in own
    }
    opened = cards(visit, [proofs[case] for case in living])
    names = {shape.id: shape.name for shape in facilities.steps.shapes(visit, own)}
    return [
        Arrival(
            opened[case],
            names[stays.home_of(stay.id)],
            stay.from_on,
            stay.mode is StayMode.EMERGENCY,
        )
        for case, stay in sorted(living.items(), reverse=True)
        if case in opened
    ]


def _intake(visit: Visit, cases: list[UUID]) -> UUID | None:
    """The intake of the actor's own teams that took these children in, while it is fresh."""
    rows = Intake.objects.filter(
        tenant=visit.tenant,
        team__in=own_links(visit),
        children__case__in=cases,
        opened_at__gte=visit.now - FRESH,
    )
    return rows.order_by("-id").values_list("id", flat=True).first()


def _overridden(ordinary: suitability.Answer, overrides: bool) -> tuple[suitability.Broken, ...]:
    if not overrides:
        return ()
    return tuple(each for each in ordinary.broken if each.rule in suitability.OVERRIDABLE)


def _told(facility: UUID) -> tuple[Told, ...]:
    return tuple(
        Told(
            team.name,
            TeamKind(team.kind),
            tuple(part for part in Compartment if part in compartments_of(TeamKind(team.kind))),
        )
        for team in facilities.steps.teams_of(facility)
    )


def _moving(visit: Visit, seen: list[CardSeen]) -> list[tuple[CardSeen, str]]:
    """Those who live somewhere now, and where: opened as whereabouts."""
    living = stays.open_stays(each.case for each in seen)
    found = []
    for each in seen:
        if each.case in living:
            proof = gate.pass_(visit, each.case, Compartment.WHEREABOUTS, Action.READ)
            homes = stays.homes(keys.open(visit, proof))
            found.append((each, homes[living[each.case].id].name))
    return found
