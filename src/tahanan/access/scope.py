"""The rules as a query: open grants of the actor's teams, and only those the table allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from tahanan.access import links
from tahanan.access.actor import Membership
from tahanan.access.passed import Passed, stamp
from tahanan.access.rules import Action, may
from tahanan.access.visit import Visit
from tahanan.records.fields import TeamLink
from tahanan.records.models import Grant
from tahanan.records.vocabulary import FACILITY_TEAMS, Compartment

_COLUMNS = ("id", "case_id", "compartment", "team", "version", "wrap")


@dataclass(frozen=True, slots=True)
class Page:
    """A limited page of cases, newest grant first; `more` says that others were left out."""

    passed: list[Passed]
    more: bool


def open_grants(visit: Visit) -> QuerySet[Grant]:
    """Grants that stand today, whoever holds them."""
    return Grant.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=visit.today),
        tenant=visit.tenant,
        ended_on__isnull=True,
        from_on__lte=visit.today,
    )


def page(
    visit: Visit,
    *,
    limit: int,
    mine: bool = False,
    before: UUID | None = None,
    compartment: Compartment = Compartment.CARD,
) -> Page:
    """Cases whose `compartment` the actor may read: one limited query per team, merged, each once.

    `mine` keeps those the actor holds herself. `before` is the grant id the last page ended at.
    """
    visit.must_be_unlocked()
    found: dict[UUID, Passed] = {}
    for membership in visit.actor.memberships:
        if not may(membership.relation, compartment, Action.READ).allowed:
            continue
        rows = open_grants(visit).filter(_team_is(visit, membership), compartment=compartment)
        if mine:
            rows = rows.filter(holder=links.grant_person(membership.team).close(visit.person))
        if before is not None:
            rows = rows.filter(id__lt=before)
        for row in rows.order_by("-id").values_list(*_COLUMNS)[: limit + 1]:
            passed = _passed(row, membership, Action.READ)
            kept = found.get(passed.case)
            if kept is None or kept.grant < passed.grant:
                found[passed.case] = passed
    merged = sorted(found.values(), key=lambda passed: passed.grant, reverse=True)
    return Page(merged[:limit], len(merged) > limit)


def team_page(
    visit: Visit, membership: Membership, compartment: Compartment, after: UUID | None, limit: int
) -> list[Passed]:
    """One team's readable grants of one compartment, oldest first, after a grant id."""
    visit.must_be_unlocked()
    if not may(membership.relation, compartment, Action.READ).allowed:
        return []
    rows = open_grants(visit).filter(_team_is(visit, membership), compartment=compartment)
    if after is not None:
        rows = rows.filter(id__gt=after)
    ordered = rows.order_by("id").values_list(*_COLUMNS)[:limit]
    return [_passed(row, membership, Action.READ) for row in ordered]


def among(
    visit: Visit, cases: Iterable[UUID], compartment: Compartment = Compartment.CARD
) -> dict[UUID, Passed]:
    """Those of `cases` whose `compartment` the actor may read."""
    return {case: passed for (case, _), passed in among_parts(visit, cases, compartment).items()}


def among_parts(
    visit: Visit, cases: Iterable[UUID], *compartments: Compartment
) -> dict[tuple[UUID, Compartment], Passed]:
    """Of `cases`, each of the named compartments that the actor may read."""
    visit.must_be_unlocked()
    wanted = set(cases)
    if not wanted:
        return {}
    rows = open_grants(visit).filter(
        case__in=wanted, compartment__in=compartments, team__in=visit.team_links
    )
    found: dict[tuple[UUID, Compartment], Passed] = {}
    for row in rows.values_list(*_COLUMNS):
        membership, compartment = visit.team_links[row[3]], Compartment(row[2])
        if may(membership.relation, compartment, Action.READ).allowed:
            found.setdefault((row[1], compartment), _passed(row, membership, Action.READ))
    return found


def _team_is(visit: Visit, membership: Membership) -> Q:
    if membership.kind not in FACILITY_TEAMS:
        return Q(team=links.GRANT_TEAM.close(membership.team))
    return Q(team__in=[link for link, of in visit.team_links.items() if of == membership])


def _passed(
    row: tuple[UUID, UUID, str, TeamLink, int, bytes], membership: Membership, action: Action
) -> Passed:
    grant, case, compartment, _team, version, wrap = row
    return Passed(
        grant, case, Compartment(compartment), action, membership, version, bytes(wrap), stamp()
    )
