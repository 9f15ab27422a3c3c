"""Home: what needs me today, what is coming, my children by family, who looked; the caseload."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tahanan.access import scope
from tahanan.access.passed import Passed
from tahanan.access.rules import Act, OfficeAct, may_act, may_in_office
from tahanan.access.visit import Visit
from tahanan.casework import duplicates, facts, joined, ledger, survivors
from tahanan.casework.admissions.handing import how_many_wait
from tahanan.casework.admissions.hearing import heard
from tahanan.casework.admissions.shapes import Heard, NeutralNo
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import query
from tahanan.casework.duplicates import Doubtful
from tahanan.records.models import Case, CaseStatus, Clock, Grant, Person, Stay
from tahanan.records.vocabulary import (
    ClockKind,
    Compartment,
    FacilityKind,
    Relation,
    Status,
    StayEnd,
)

_LastStay = tuple[FacilityKind | None, StayEnd | None, date | None]

DAYS_AHEAD = 7
MINE_AT_MOST = 60
DUE_AT_MOST = 40
# So many cases of a supervisor's teams cost about what it costs to look along what falls due.
FEW = 1_000
LOOKS_AT_MOST = 12
PAGE = 50

# ── shapes ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a case: late, today, or in the days ahead."""

    clock: UUID
    kind: ClockKind
    due_on: date
    child: CardSeen
    reference: str


@dataclass(frozen=True, slots=True)
class Child:
    """One of my children as a list shows her.

    `since` is the day her stay began, or, where she left for `went`, the day she left. `twice`:
    the actor sees another record of hers as well.
    """

    seen: CardSeen
    reference: str
    status: Status | None
    stays_in: FacilityKind | None
    went: StayEnd | None
    since: date | None
    due_on: date | None
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody else opened something of a child of mine."""

    who: str
    at: datetime
    child: CardSeen
    compartments: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Home:
    """The home page. Every list says what it left out: `more_*` count or flag it."""

    due: tuple[Due, ...]
    coming: tuple[Due, ...]
    later: int
    families: tuple[tuple[Child, ...], ...]
    quiet: int
    more_children: bool
    looked: tuple[Looked, ...]
    looked_more: bool
    since: datetime
    supervises: bool
    noes: tuple[NeutralNo, ...]
    keys_wait: int
    doubtful: tuple[Doubtful, ...]


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of a list of cases; `after` is where the next page begins, if there is one."""

    children: tuple[Child, ...]
    after: UUID | None
    mine: bool


# ── queries ─────────────────────────────────────────────────────────────────────────────────


@query("home")
def home(visit: Visit, *, since: datetime | None = None) -> Home:
    """What needs the actor today. `since` is when she last left; a day ago where not known."""
    since = since or visit.now - timedelta(days=1)
    page = scope.page(visit, limit=MINE_AT_MOST, mine=True)
    wanted = {passed.case: passed for passed in page.passed}
    clocks = _clocks(visit, list(wanted))
    extra = scope.among(visit, {case for _, _, _, case in clocks} - set(wanted))
    opened = cards(visit, [*page.passed, *extra.values()])
    references = _references(opened)
    dues = [
        Due(clock, kind, on, opened[case], references[case])
        for clock, kind, on, case in clocks
        if case in opened
    ]
    ahead = visit.today + timedelta(days=DAYS_AHEAD)
    children = _children(visit, page.passed, opened, references)
    # A family is shown whole when one of its children is awake.
    families = tuple(
        family for family in _families(children) if any(_awake(child, ahead) for child in family)
    )
    looked = _looked(visit, opened, list(wanted), since)
    return Home(
        tuple(due for due in dues if due.due_on <= visit.today),
        tuple(due for due in dues if visit.today < due.due_on <= ahead),
        sum(due.due_on > ahead for due in dues),
        families,
        len(children) - sum(map(len, families)),
        page.more,
        tuple(looked[:LOOKS_AT_MOST]),
        len(looked) > LOOKS_AT_MOST,
        since,
        Relation.SUPERVISOR in visit.actor.relations,
        tuple(_noes(visit, since)),
        how_many_wait(visit) if _hands_keys(visit) else 0,
        tuple(duplicates.doubtful(visit)),
    )


@query("caseload")
def caseload(visit: Visit, *, mine: bool = True, before: UUID | None = None) -> Caseload:
    """Fifty cases with their names opened, newest first: the actor's own, or all her teams'."""
    page = scope.page(visit, limit=PAGE, mine=mine, before=before)
    opened = cards(visit, page.passed)
    children = _children(visit, page.passed, opened, _references(opened))
    twice = joined.also_recorded(visit, opened)
    children = [replace(each, twice=each.seen.case in twice) for each in children]
    after = page.passed[-1].grant if page.more else None
    return Caseload(tuple(children), after, mine)


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def _clocks(visit: Visit, mine: list[UUID]) -> list[tuple[UUID, ClockKind, date, UUID]]:
    """Open clocks of my cases; a supervisor's of all her teams' cases, a home's of its own."""
    running = Clock.objects.filter(closed_on__isnull=True)
    rows = running.filter(tenant=visit.tenant)
    horizon = visit.today + timedelta(days=120)
    # Mine without the tenant, or SQLite would look through all that falls due for my few cases.
    found = set(
        running.filter(case__in=mine, due_on__lte=horizon)
        .order_by("due_on", "id")
        .values_list("id", "kind", "due_on", "case_id")[: DUE_AT_MOST * 4]
    )
    for kinds in _watched(visit):
        # Said by what is left out: an index by kind would have to be sorted by day.
        others = [kind for kind in ClockKind if kind not in kinds]
        watched = _of_my_teams(visit, rows.filter(due_on__lte=horizon).exclude(kind__in=others))
        found |= set(
            watched.order_by("due_on", "id").values_list("id", "kind", "due_on", "case_id")[
                :DUE_AT_MOST
            ]
        )
    ordered = sorted(found, key=lambda row: (row[2], row[0]))
    hidden = _not_hers(visit)
    return [(id, ClockKind(kind), on, case) for id, kind, on, case in ordered if kind not in hidden]


def _of_my_teams(visit: Visit, rows: QuerySet[Clock]) -> QuerySet[Clock]:
    """Clocks of the cases that the actor's teams hold.

    Of few cases the clocks are asked case by case. Of many they are taken from all in the order in
    which they fall due, until there are enough: her teams hold so many that it is soon.
    """
    # Without the tenant, whose own a team's link is: SQLite would read every grant that bears it.
    held = Grant.objects.filter(
        team__in=visit.team_links, compartment=Compartment.CARD, ended_on__isnull=True
    )
    few = list(held.values_list("case_id", flat=True)[:FEW])
    if len(few) < FEW:
        return rows.filter(case__in=few)
    return rows.filter(Exists(held.filter(case=OuterRef("case"))))


def _noes(visit: Visit, since: datetime) -> list[NeutralNo]:
    """For a safeguarding lead: every neutral no since she left, at once, and all it touches."""
    if not any(may_in_office(r, OfficeAct.HEAR_NEUTRAL_NO).allowed for r in visit.actor.relations):
        return []
    return [
        each
        for each in heard(visit)
        if each.why is not Heard.SAID or (each.asked_at and each.asked_at >= since)
    ]


def _hands_keys(visit: Visit) -> bool:
    return any(may_act(relation, Act.HAND_KEYS).allowed for relation in visit.actor.relations)


def _watched(visit: Visit) -> list[list[ClockKind]]:
    relations = visit.actor.relations
    watched: list[list[ClockKind]] = []
    if Relation.SUPERVISOR in relations:
        watched.append([kind for kind in ClockKind if kind is not ClockKind.ADMISSION_TOLD])
    if Relation.FACILITY_HEAD in relations or Relation.FACILITY_SOCIAL_WORKER in relations:
        watched.append(sorted(_OF_A_HOME))
    return watched


_OF_A_HOME = frozenset(
    {
        ClockKind.ADMISSION_TOLD,
        ClockKind.EMERGENCY_ENDS,
        ClockKind.STAY_REVIEW,
        ClockKind.STAY_TARGET,
    }
)
# The home is told of an admission and the supervisor of parted siblings, not the worker herself.
_ELSEWHERE = frozenset({ClockKind.SIBLINGS_PARTED, ClockKind.ADMISSION_TOLD})


def _not_hers(visit: Visit) -> set[ClockKind]:
    shown = {kind for kinds in _watched(visit) for kind in kinds}
    return {kind for kind in _ELSEWHERE if kind not in shown}


def _children(
    visit: Visit,
    passed: Iterable[Passed],
    opened: dict[UUID, CardSeen],
    references: dict[UUID, str],
) -> list[Child]:
    cases = [proof.case for proof in passed if proof.case in opened]
    statuses = _standing_statuses(cases)
    stays = _last_stays(cases)
    dues: dict[UUID, date] = {}
    rows = Clock.objects.filter(case__in=cases, closed_on__isnull=True).exclude(
        kind__in=_not_hers(visit)
    )
    for case, on in rows.order_by("-due_on").values_list("case_id", "due_on"):
        dues[case] = on
    nowhere: _LastStay = (None, None, None)
    return [
        Child(
            opened[case],
            references[case],
            statuses.get(case),
            *stays.get(case, nowhere),
            due_on=dues.get(case),
        )
        for case in cases
    ]


def _standing_statuses(cases: list[UUID]) -> dict[UUID, Status]:
    rows = facts.standing(CaseStatus).filter(case__in=cases, until_on__isnull=True)
    return {case: Status(status) for case, status in rows.values_list("case_id", "status")}


def _last_stays(cases: list[UUID]) -> dict[UUID, _LastStay]:
    """Where each child lives, or how and when her last stay ended."""
    rows = facts.standing(Stay).filter(case__in=cases).order_by("from_on", "id")
    found: dict[UUID, _LastStay] = {}
    for case, kind, end, from_on, until in rows.values_list(
        "case_id", "kind", "end", "from_on", "until_on"
    ):
        found[case] = (
            (FacilityKind(kind), None, from_on) if until is None else (None, StayEnd(end), until)
        )
    return found


def _awake(child: Child, ahead: date) -> bool:
    """Something is due soon, or nobody has recorded where she sleeps."""
    return (child.stays_in is None and child.went is None) or (
        child.due_on is not None and child.due_on <= ahead
    )


def _families(children: list[Child]) -> tuple[tuple[Child, ...], ...]:
    """Children by sibling group, oldest first within a family; the most pressing family first."""
    survivor_of = survivors.survivors_of([child.seen.case for child in children])
    group_of = {
        survivor: group for group in survivors.groups(survivor_of.values()) for survivor in group
    }
    families: dict[frozenset[UUID], list[Child]] = {}
    for child in children:
        survivor = survivor_of[child.seen.case]
        families.setdefault(group_of.get(survivor, frozenset({survivor})), []).append(child)
    listed = [tuple(sorted(family, key=_eldest)) for family in families.values()]
    return tuple(sorted(listed, key=_most_pressing))


def _eldest(child: Child) -> tuple[date, UUID]:
    birth = child.seen.card.birth
    return (birth.first if birth else date.max, child.seen.case)


def _most_pressing(family: tuple[Child, ...]) -> tuple[bool, date, UUID]:
    due = min((child.due_on for child in family if child.due_on), default=date.max)
    housed = all(child.stays_in is not None or child.went is not None for child in family)
    return (housed, due, family[0].seen.case)


def _looked(
    visit: Visit, opened: dict[UUID, CardSeen], mine: list[UUID], since: datetime
) -> list[Looked]:
    looks = ledger.looks_since(visit, mine, since, LOOKS_AT_MOST + 1)
    names = dict(
        Person.objects.filter(id__in={look.actor for _, look in looks if look.actor}).values_list(
            "id", "name"
        )
    )
    return [
        Looked(
            names[look.actor],
            ledger.moment(look.at),
            opened[case],
            look.compartments,
            look.purpose,
        )
        for case, look in looks
        if look.actor in names and case in opened
    ]


def _references(opened: dict[UUID, CardSeen]) -> dict[UUID, str]:
    return dict(Case.objects.filter(id__in=list(opened)).values_list("id", "reference"))
