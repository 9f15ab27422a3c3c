"""A place asked for, for a group: who needs one, what every home said, and the page of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, links, scope
from tahanan.access.rules import Act
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import facilities, stays, survivors
from tahanan.casework.admissions import answers, suitability
from tahanan.casework.admissions.shapes import Asking, HomeAnswer, Placement, Waiting
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import command, query
from tahanan.casework.facilities import FacilityShape
from tahanan.records.fields import TeamLink
from tahanan.records.models import Case, Membership, PlacementRequest, PlacementRequestCase
from tahanan.records.vocabulary import Relation, TeamKind

LISTED = 200
MOST = 30
DAYS_AHEAD = 60
DAYS_BACK = 30

# ── queries ─────────────────────────────────────────────────────────────────────────────────


@query("who_needs_a_place")
def waiting(visit: Visit) -> Waiting:
    """The actor's own children who live nowhere on record, by sibling group."""
    page = scope.page(visit, limit=LISTED, mine=True)
    proofs = {passed.case: passed for passed in page.passed}
    housed = set(stays.open_stays(proofs)) | stays.gone_home(proofs)
    opened = cards(visit, [passed for case, passed in proofs.items() if case not in housed])
    return Waiting(tuple(_by_group(opened)), page.more)


@query("asking_for_place")
def asking(visit: Visit, *, cases: tuple[UUID, ...]) -> Asking:
    """The form that asks: these children, and their sisters and brothers without a place."""
    if not cases:
        raise NotFound
    _manage(visit, cases)
    wanted = set(cases) | _without_a_place(visit, cases)
    region = Case.objects.values_list("region", flat=True).get(id=cases[0])
    return Asking(tuple(_manage(visit, wanted)), region)


@query("placement")
def placement(visit: Visit, *, request: UUID, everywhere: bool = False) -> Placement:
    """A request with its answers as they were given; nothing is worked out again.

    Homes of other regions are counted, and listed only with `everywhere`.
    """
    row = requested(visit, request)
    seen = _manage(visit, children_in(request))
    asked = answers.unseal(request, bytes(row.answers))
    homes = {shape.id: shape for shape in facilities.steps.every(visit)}
    said = [HomeAnswer(homes[x.home], x) for x in asked.answers if x.home in homes]
    near = [x for x in said if everywhere or shown(x.home, asked.region)]
    return Placement(
        request,
        row.asked_at,
        asked.from_on,
        asked.region,
        row.closed_at is None,
        tuple(seen),
        frozenset(stays.open_stays(each.case for each in seen)),
        len(_by_group({each.case: each for each in seen})) == 1,
        tuple(x for x in near if suitability.takes_all(x.said, asked.children)),
        tuple(x for x in near if 0 < len(x.said.takes) < len(asked.children)),
        tuple(sorted((x for x in near if not x.said.takes), key=lambda x: x.home.name)),
        len(said) - len(near),
        lead_of(visit),
    )


# ── commands ────────────────────────────────────────────────────────────────────────────────


@command("ask_for_place")
def ask_for_place(
    visit: Visit, *, cases: tuple[UUID, ...], from_on: date | None = None, region: str = ""
) -> UUID:
    """Ask every home for a place for these children; the answers are kept and repeated.

    The same question while nothing has changed gives the same request again.
    """
    on = from_on or visit.today
    _sound(visit, cases, on)
    return ask(visit, cases, on, region)


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def ask(visit: Visit, cases: tuple[UUID, ...], on: date, region: str = "") -> UUID:
    """The question put to every home and what it answered, kept. Gives the request."""
    seen = _manage(visit, cases)
    near = region or Case.objects.values_list("region", flat=True).get(id=cases[0])
    children = answers.children_of(visit, seen, on)
    answers.keep_excluded(visit, children)
    said = answers.compute(facilities.steps.every(visit), children, on, near)
    request = ids.uuid7()
    asked = answers.Asked(on, near, tuple(children), said)
    visit.details |= {"rules": suitability.VERSION, "answers": answers.outcomes(said)}
    before = _asked_before(visit, set(cases), asked)
    if before is not None:
        return before
    PlacementRequest(
        id=request,
        tenant=visit.tenant,
        team=links.INTAKE_TEAM.close(_team(visit)),
        asked_by=links.recorded_by("records_placementrequest").close(
            visit.person, links.row(request)
        ),
        asked_at=visit.now,
        from_on=on,
        answers=answers.seal(request, asked),
    ).save(force_insert=True)
    for case in cases:
        PlacementRequestCase(tenant=visit.tenant, request_id=request, case_id=case).save(
            force_insert=True
        )
    return request


def requested(visit: Visit, request: UUID) -> PlacementRequest:
    """A request of one of the actor's own teams. Raises NotFound."""
    visit.must_be_unlocked()
    row = PlacementRequest.objects.filter(id=request, tenant=visit.tenant).first()
    if row is None or row.team not in own_links(visit):
        raise NotFound
    return row


def own_links(visit: Visit) -> list[TeamLink]:
    """The links under which requests of the actor's teams stand."""
    return [links.INTAKE_TEAM.close(m.team) for m in visit.actor.memberships]


def children_in(request: UUID) -> tuple[UUID, ...]:
    """The cases a request is for, in the order they were opened."""
    rows = PlacementRequestCase.objects.filter(request=request).order_by("case")
    return tuple(rows.values_list("case_id", flat=True))


def shown(home: FacilityShape, region: str) -> bool:
    """Whether a home stands on the page of a request without asking for all."""
    return home.region == region and home.kind in suitability.HOMES


def lead_of(visit: Visit) -> str:
    """The name of the safeguarding lead of the actor's organisation, or nothing."""
    rows = Membership.objects.filter(
        team__organisation=visit.actor.organisation,
        team__kind=TeamKind.SAFEGUARDING,
        role=Relation.SAFEGUARDING_LEAD,
        until_on__isnull=True,
        confirmed_on__isnull=False,
    )
    return rows.order_by("person__name").values_list("person__name", flat=True).first() or ""


def _manage(visit: Visit, cases: Iterable[UUID]) -> list[CardSeen]:
    """The cards of children the actor may ask for a place for; refuses if one is not."""
    listed = sorted(set(cases))
    for case in listed:
        gate.act(visit, case, Act.ASK_FOR_PLACE)
    opened = cards(visit, scope.among(visit, listed).values())
    return [opened[case] for case in listed if case in opened]


def _without_a_place(visit: Visit, cases: Iterable[UUID]) -> set[UUID]:
    """Sisters and brothers of these children whom the actor may ask for as well."""
    whose = survivors.survivors_of(cases)
    group = {one for each in survivors.groups(whose.values()) for one in each}
    theirs = {case for all in survivors.cases_of(group).values() for case in all}
    seen = set(scope.among(visit, theirs)) - set(stays.open_stays(theirs))
    seen -= stays.gone_home(theirs)
    return {case for case in seen if gate.may_do(visit, case, Act.ASK_FOR_PLACE)}


def _by_group(opened: dict[UUID, CardSeen]) -> list[tuple[CardSeen, ...]]:
    whose = survivors.survivors_of(opened)
    group_of = {one: group for group in survivors.groups(whose.values()) for one in group}
    found: dict[object, list[CardSeen]] = {}
    for case in sorted(opened):
        found.setdefault(group_of.get(whose[case], case), []).append(opened[case])
    return [tuple(group) for group in found.values()]


def _asked_before(visit: Visit, cases: set[UUID], asked: answers.Asked) -> UUID | None:
    """The open request for just these children that was answered just so; others are closed."""
    rows = PlacementRequest.objects.filter(
        tenant=visit.tenant, team__in=own_links(visit), closed_at__isnull=True
    )
    for row in rows.filter(children__case=min(cases)).order_by("-id"):
        if set(children_in(row.id)) != cases:
            continue
        kept = answers.unseal(row.id, bytes(row.answers))
        if (kept.from_on, kept.region, kept.answers) == (
            asked.from_on,
            asked.region,
            asked.answers,
        ):
            return row.id
        row.closed_at = visit.now
        row.save(update_fields=["closed_at"])
    return None


def _sound(visit: Visit, cases: tuple[UUID, ...], on: date) -> None:
    if not cases:
        raise Invalid({"cases": _("Choose at least one child.")})
    if len(cases) > MOST:
        raise Invalid({"cases": _("Ask for at most %(most)d children at once.") % {"most": MOST}})
    if not visit.today - timedelta(DAYS_BACK) <= on <= visit.today + timedelta(DAYS_AHEAD):
        raise Invalid({"from_on": _("Give a day between a month ago and two months from now.")})


def _team(visit: Visit) -> UUID:
    """The team through which the last of the children may be asked for."""
    if visit.team is None:
        raise NotFound
    return visit.team
