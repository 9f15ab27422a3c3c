"""The safeguarding lead told of every neutral no, and of all that one declared late touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from tahanan.access import gate, links, scope
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.casework import exclusions, facts
from tahanan.casework.admissions import answers
from tahanan.casework.admissions.shapes import Heard, NeutralNo
from tahanan.casework.admissions.suitability import Answer, Rule
from tahanan.casework.cases import cards
from tahanan.casework.door import query
from tahanan.records.models import Facility, Person, PlacementRequest, PlacementRequestCase, Stay
from tahanan.records.vocabulary import Compartment

HEARD_DAYS = 30
HEARD_AT_MOST = 300
STAYS_AT_MOST = 2000


@query("neutral_noes")
def neutral_noes(visit: Visit) -> list[NeutralNo]:
    """What needs the lead, for children she may see; then every neutral no of the last month.

    First who lives in a home that cannot have her, or was offered it before that was known.
    """
    gate.office(visit, OfficeAct.HEAR_NEUTRAL_NO)
    return heard(visit)


def heard(visit: Visit) -> list[NeutralNo]:
    """As `neutral_noes`, for a page that shows more."""
    asked, of = _requests(visit)
    living = _living(visit)
    seen = scope.among(
        visit, {c for cases in of.values() for c in cases} | set(living), Compartment.JUSTICE
    )
    kept = exclusions.read_many(seen)
    found = _lives_there(living, kept)
    for row in asked:
        mine = sorted(case for case in of[row.id] if case in seen)
        found += _said(row, mine, kept) if mine else []
    return _named(visit, found)


_Found = tuple[Heard, UUID, list[UUID], "PlacementRequest | Stay"]


def _requests(visit: Visit) -> tuple[list[PlacementRequest], dict[UUID, list[UUID]]]:
    """The newest requests, and whom each is for."""
    since = visit.now - timedelta(days=HEARD_DAYS)
    newest = PlacementRequest.objects.filter(tenant=visit.tenant, asked_at__gte=since)
    rows = list(newest.order_by("-asked_at")[:HEARD_AT_MOST])
    of: dict[UUID, list[UUID]] = defaultdict(list)
    children = PlacementRequestCase.objects.filter(request__in=[row.id for row in rows])
    for request, case in children.values_list("request_id", "case_id"):
        of[request].append(case)
    return rows, of


def _living(visit: Visit) -> dict[UUID, Stay]:
    """Case → the stay that goes on, of children whose justice one of the actor's teams holds.

    Where each lives is compared here and told to nobody but where a home cannot have her.
    """
    held = scope.open_grants(visit).filter(
        team__in=visit.team_links, compartment=Compartment.JUSTICE
    )
    rows = facts.standing(Stay).filter(until_on__isnull=True, case__in=held.values("case_id"))
    return {row.case_id: row for row in rows.order_by("-id")[:STAYS_AT_MOST]}


def _lives_there(living: dict[UUID, Stay], kept: dict[UUID, frozenset[UUID]]) -> list[_Found]:
    mine = [stay for case, stay in living.items() if case in kept]
    homes = links.STAY_HOME.open_many([(stay.home, links.row(stay.id)) for stay in mine])
    return [
        (Heard.LIVES_THERE, home, [stay.case_id], stay)
        for stay, home in zip(mine, homes, strict=True)
        if home in kept[stay.case_id]
    ]


def _said(
    row: PlacementRequest, mine: list[UUID], kept: dict[UUID, frozenset[UUID]]
) -> list[_Found]:
    """The noes of one request; and, while it is open, the homes offered that cannot take them."""
    found: list[_Found] = []
    for said in answers.unseal(row.id, bytes(row.answers)).answers:
        if _neutral(said):
            found.append((Heard.SAID, said.home, mine, row))
        elif row.closed_at is None:
            cannot = [case for case in mine if said.home in kept[case]]
            found += [(Heard.ASKED_BEFORE, said.home, cannot, row)] if cannot else []
    return found


def _named(visit: Visit, found: list[_Found]) -> list[NeutralNo]:
    """What was found, with the names of children, homes and askers; what needs her first."""
    opened = cards(visit, scope.among(visit, {c for _, _, mine, _ in found for c in mine}).values())
    people = _askers(row for _, _, _, row in found if isinstance(row, PlacementRequest))
    homes = dict(
        Facility.objects.filter(id__in={home for _, home, _, _ in found}).values_list("id", "name")
    )
    told = []
    for why, home, mine, row in found:
        asked = row if isinstance(row, PlacementRequest) else None
        children = tuple(opened[case] for case in mine if case in opened)
        told.append(
            NeutralNo(
                why,
                asked.asked_at if asked else None,
                None if isinstance(row, PlacementRequest) else row.from_on,
                people.get(row.id, ""),
                homes.get(home, ""),
                children,
            )
        )
    return sorted(told, key=lambda each: list(Heard).index(each.why))


def _askers(rows: Iterable[PlacementRequest]) -> dict[UUID, str]:
    """Request → the name of who asked."""
    asker = links.recorded_by("records_placementrequest")
    by = {row.id: asker.open(row.asked_by, links.row(row.id)) for row in rows}
    names = dict(Person.objects.filter(id__in=by.values()).values_list("id", "name"))
    return {request: names.get(person, "") for request, person in by.items()}


def _neutral(said: Answer) -> bool:
    return any(broken.rule is Rule.CANNOT for broken in said.broken)
