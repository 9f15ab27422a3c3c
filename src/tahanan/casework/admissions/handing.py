"""Keys that wait: a team of a home had no key when a child came, and has one now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from tahanan.access import gate, keys, links, scope
from tahanan.access.rules import Act, Action, compartments_of, may, may_act
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound
from tahanan.casework import facts, stays
from tahanan.casework.admissions.taking import give_to_home
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import command, query
from tahanan.records.models import Stay, Team
from tahanan.records.vocabulary import FACILITY_TEAMS, Compartment, TeamKind

LISTED = 200


@dataclass(frozen=True, slots=True)
class WaitingTeam:
    """A team of a home that has a key now, and the children there whose keys it has not."""

    team: UUID
    name: str
    home: str
    children: tuple[CardSeen, ...]


@dataclass(frozen=True, slots=True)
class WaitingKeys:
    """Every team that waits for the actor; `more`: not all of her children were looked through."""

    teams: tuple[WaitingTeam, ...]
    more: bool


@query("who_waits_for_a_key")
def waiting_for_keys(visit: Visit) -> WaitingKeys:
    """The teams of homes that the actor can hand keys to, and whose."""
    visit.must_be_unlocked()
    waiting, more = _waiting(visit)
    wanted = {case for cases in waiting.values() for case in cases}
    opened = cards(visit, scope.among(visit, wanted).values())
    # The name of a home is whereabouts: that each child's was read is noted like any other look.
    keys.open_many(visit, scope.among(visit, wanted, Compartment.WHEREABOUTS).values())
    rows = Team.objects.filter(id__in=waiting).order_by("facility__name", "name")
    return WaitingKeys(
        tuple(
            WaitingTeam(
                team, name, home, tuple(opened[case] for case in waiting[team] if case in opened)
            )
            for team, name, home in rows.values_list("id", "name", "facility__name")
        ),
        more,
    )


@command("hand_keys_over")
def hand_keys_over(visit: Visit, *, team: UUID, cases: tuple[UUID, ...]) -> UUID:
    """Give a team of a home the keys of children who live there. Gives the team.

    A child who left meanwhile, or whose keys a colleague handed over first, is passed by.
    """
    told = Team.objects.filter(id=team, kind__in=FACILITY_TEAMS, ended_on__isnull=True).first()
    if told is None or told.facility_id is None or not cases:
        raise NotFound
    for case in sorted(cases):
        gate.act(visit, case, Act.HAND_KEYS)
    # Who leaves the home waits for this, or this for her: no key is given to a home she has left.
    stays.hold_places([told.facility_id])
    wanted = sorted(compartments_of(TeamKind(told.kind)))
    living = stays.open_stays(cases)
    for case in sorted(cases):
        if case not in living or stays.home_of(living[case].id) != told.facility_id:
            continue
        secrets = {
            part: keys.open(visit, gate.pass_(visit, case, part, Action.WRITE)) for part in wanted
        }
        give_to_home(visit, case, secrets, [told])
    return team


def how_many_wait(visit: Visit) -> int:
    """How many children’s keys the actor can hand to a team of their home."""
    return len({case for cases in _waiting(visit)[0].values() for case in cases})


def _waiting(visit: Visit) -> tuple[dict[UUID, list[UUID]], bool]:
    """Team → the children whose keys it has not; and whether some children were left out."""
    living, more = _living(visit)
    teams: dict[UUID, list[Team]] = defaultdict(list)
    for team in Team.objects.filter(
        facility__in=set(living.values()), kind__in=FACILITY_TEAMS, ended_on__isnull=True
    ).exclude(public=None):
        assert team.facility_id is not None
        teams[team.facility_id].append(team)
    short = _short(visit, living, teams)
    may_give = _writes(visit, {case for cases in short.values() for case, _parts in cases})
    found = {
        team: [case for case, parts in cases if parts <= may_give[case]]
        for team, cases in short.items()
    }
    return {team: cases for team, cases in found.items() if cases}, more


def _living(visit: Visit) -> tuple[dict[UUID, UUID], bool]:
    """Case → home, of the children whose whereabouts are the actor's, and keys hers to hand on."""
    # The newest of each team, and no more: home asks this whenever it is opened.
    page = scope.page(visit, limit=LISTED, compartment=Compartment.WHEREABOUTS)
    hers = [each.case for each in page.passed if may_act(each.relation, Act.HAND_KEYS).allowed]
    rows = facts.standing(Stay).filter(until_on__isnull=True, case__in=hers)
    found = list(rows.order_by("-id").values_list("id", "case_id", "home")[: LISTED + 1])
    homes = links.STAY_HOME.open_many([(home, links.row(stay)) for stay, _case, home in found])
    pairs = [(case, home) for (_stay, case, _link), home in zip(found, homes, strict=True)]
    return dict(pairs[:LISTED]), page.more or len(found) > LISTED


def _short(
    visit: Visit, living: dict[UUID, UUID], teams: dict[UUID, list[Team]]
) -> dict[UUID, list[tuple[UUID, frozenset[Compartment]]]]:
    """Team → the children there of whom it lacks a part it may read, and which parts."""
    standing: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    rows = scope.open_grants(visit).filter(case__in=list(living), via__in=FACILITY_TEAMS)
    found = list(rows.values_list("case_id", "compartment", "team", "from_on"))
    # All in one: home asks this of two hundred children each time it is opened.
    behind = links.GRANT_HOME.open_many([(team, links.month(on)) for _c, _p, team, on in found])
    for (case, part, _link, _on), holder in zip(found, behind, strict=True):
        standing[case, holder].add(part)
    short: dict[UUID, list[tuple[UUID, frozenset[Compartment]]]] = defaultdict(list)
    for case, home in sorted(living.items()):
        for team in teams[home]:
            lacks = compartments_of(TeamKind(team.kind)) - standing[case, team.id]
            if lacks:
                short[team.id].append((case, lacks))
    return short


def _writes(visit: Visit, cases: set[UUID]) -> dict[UUID, set[Compartment]]:
    """Case → the parts the actor may write: only who may write a part hands its key on."""
    found: dict[UUID, set[Compartment]] = {case: set() for case in cases}
    rows = scope.open_grants(visit).filter(case__in=cases, team__in=visit.team_links)
    for case, part, team in rows.values_list("case_id", "compartment", "team"):
        compartment = Compartment(part)
        if may(visit.team_links[team].relation, compartment, Action.WRITE).allowed:
            found[case].add(compartment)
    return found
