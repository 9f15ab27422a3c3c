"""The child's page, closed or with one pane opened; the whole timeline; who looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, links
from tahanan.access.gate import View
from tahanan.access.passed import Passed
from tahanan.access.rules import WHY_NOT, Act, Action
from tahanan.access.visit import Visit
from tahanan.base.errors import Refusal
from tahanan.casework import facts, grants, joined, ledger, texts
from tahanan.casework.cases import CARD, Card, CardSeen, cards
from tahanan.casework.child_page import panes, timeline, way
from tahanan.casework.child_page.family import Family, family, lives_of, siblings
from tahanan.casework.child_page.shapes import (
    Adult,
    ChildPage,
    Due,
    Holders,
    LookShape,
    LooksPage,
    Pane,
    Updated,
    WayPage,
    What,
)
from tahanan.casework.child_page.timeline import DECIDES, NOT_TOLD, Row
from tahanan.casework.door import query
from tahanan.casework.grants import Sight
from tahanan.casework.people.steps import names_of
from tahanan.casework.texts import Piece
from tahanan.records.models import Case, Clock, Membership, Note
from tahanan.records.vocabulary import ClockKind, Compartment, Kin, Relation, TeamKind

LOOKS_AT_ONCE = 100
LOOKS_SINCE = timedelta(days=30)
_HOME_HEARS = frozenset({Relation.FACILITY_HEAD, Relation.FACILITY_SOCIAL_WORKER})


@query("see_child", always=True)
def child(visit: Visit, *, case: UUID) -> ChildPage:
    """The page with every pane closed. No relation to the case: NotFound."""
    return _page(visit, case, None, 0)


@query("open_part")
def opened(visit: Visit, *, case: UUID, part: Compartment, skip: int = 0) -> ChildPage:
    """The page with one pane opened, its notes from `skip` on. Refusal for a pane not hers."""
    return _page(visit, case, part, skip)


@query("see_way")
def whole_way(visit: Visit, *, case: UUID) -> WayPage:
    """Every entry of the timeline."""
    gate.act(visit, case, Act.SEE_WAY)
    visit.about = case
    return WayPage(_card(visit, case), timeline.entries(timeline.rows(case)))


@query("see_looks")
def looks(visit: Visit, *, case: UUID) -> LooksPage:
    """Who looked at the case in the last thirty days, lists it stood in included."""
    gate.act(visit, case, Act.SEE_LOOKS)
    visit.about = case
    since = visit.today - LOOKS_SINCE
    teams = [sight.team for sight in grants.sights(visit, case)]
    found = ledger.looks_at(visit, case, teams, since, LOOKS_AT_ONCE + 1)
    names = names_of(look.actor for look in found)
    told = [
        LookShape(
            names.get(look.actor, "") if look.actor else "",
            look.actor == visit.actor.person,
            look.verb,
            ledger.moment(look.at),
            look.outcome,
            tuple(Compartment(part) for part in look.compartments),
            look.purpose,
        )
        for look in found[:LOOKS_AT_ONCE]
    ]
    return LooksPage(_card(visit, case), tuple(told), since, len(found) > LOOKS_AT_ONCE)


def _page(visit: Visit, case: UUID, part: Compartment | None, skip: int) -> ChildPage:
    view = gate.view(visit, case)
    if not view.passed:
        raise Refusal("compartment", _(WHY_NOT[Compartment.CARD]))
    if part is not None and part not in view.passed:
        raise Refusal("compartment", _(view.rulings[part].why_not))
    visit.about = case
    sees_way = view.may(Act.SEE_WAY)
    kin = family(visit, case, with_siblings=sees_way)
    rows = timeline.rows(case) if sees_way or part else []
    secrets = keys.open_parts(visit, _wanted(view, kin, part))
    outsides = {of: secret for (of, code), secret in secrets.items() if code == Compartment.CARD}
    pieces = texts.read_many(outsides, CARD)
    seen = {of: CardSeen(of, piece.id, Card.of(piece.content)) for of, piece in pieces.items()}
    due = _due(visit, view)
    lives = lives_of(kin, case) if sees_way else {}
    sights = grants.sights_of(visit, view.grants)
    last, manager = _last_change(visit, view, rows, pieces.get(case)), _manager(view)
    names = names_of([last[1] if last else None, manager[1] if manager else None])
    return ChildPage(
        case=case,
        reference=kin.reference,
        opened_on=kin.opened_on,
        also=_also(visit, view),
        card=seen.get(case),
        updated=_updated(visit, last, names),
        way=way.steps(rows, due, visit.today) if sees_way else (),
        due=due,
        housed=case in lives,
        siblings=siblings(
            kin, seen, case, lives, own_whereabouts=Compartment.WHEREABOUTS in view.passed
        ),
        unseen=kin.unseen,
        holders=_holders(visit, manager, sights, names),
        adults=tuple(_adults(rows)) if sees_way else (),
        panes=tuple(
            Pane(each, view.rulings[each].why_not)
            for each in Compartment
            if each is not Compartment.CARD
        ),
        opened=panes.opened(visit, secrets[case, part], rows, skip) if part else None,
        sights=tuple(sights) if view.may(Act.SEE_GRANTS) else None,
        entries=timeline.entries(rows) if sees_way else (),
        acts=frozenset(act for act in Act if view.may(act)),
        writes=view.writes,
        keys_due=view.keys_due,
    )


def _also(visit: Visit, view: View) -> tuple[tuple[UUID, str], ...]:
    """Her other records and their references, where the actor opens the cards of both."""
    if Compartment.CARD not in view.passed:
        return ()
    others = joined.also_recorded(visit, [view.case]).get(view.case, ())
    if not others:
        return ()
    rows = Case.objects.filter(id__in=others).order_by("id")
    return tuple(rows.values_list("id", "reference"))


def _card(visit: Visit, case: UUID) -> CardSeen:
    proof = gate.pass_(visit, case, Compartment.CARD, Action.READ)
    return cards(visit, [proof])[case]


def _wanted(view: View, kin: Family, part: Compartment | None) -> list[Passed]:
    """The proofs of all that this page opens, each once."""
    codes = {Compartment.CARD, part or Compartment.CARD}
    own = [view.passed[code] for code in sorted(codes) if code in view.passed]
    return own + list(kin.passed.values())


def _due(visit: Visit, view: View) -> tuple[Due, ...]:
    """What falls due on the case, soonest first. A home hears of an admission, nobody else here."""
    hidden = set() if view.relations & _HOME_HEARS else {ClockKind.ADMISSION_TOLD}
    if Relation.SUPERVISOR not in view.relations:
        hidden.add(ClockKind.SIBLINGS_PARTED)
    if not (view.may(Act.SEE_WAY) or view.relations & _HOME_HEARS):
        return ()
    rows = Clock.objects.filter(case=view.case, closed_on__isnull=True).exclude(kind__in=hidden)
    ordered = rows.order_by("due_on", "id").values_list("kind", "due_on")
    return tuple(Due(ClockKind(kind), on) for kind, on in ordered)


def _last_change(
    visit: Visit, view: View, rows: Iterable[Row], card: Piece | None
) -> tuple[datetime, UUID | None] | None:
    """The last change the actor may know of: the card, a dated row, a note of a part of hers."""
    changes: list[tuple[datetime, UUID | None]] = [
        (row.recorded_at, row.recorder()) for row in rows if view.may(Act.SEE_WAY)
    ]
    if card is not None:
        changes.append((card.at, card.by))
    note = (
        Note.objects.filter(case=view.case, compartment__in=list(view.passed))
        .order_by("-recorded_at")
        .values_list("recorded_at", "id", "recorded_by")
        .first()
    )
    if note is not None:
        changes.append((note[0], facts.recorder(Note, note[1], note[2])))
    return max(changes, key=lambda change: change[0], default=None)


def _updated(
    visit: Visit, last: tuple[datetime, UUID | None] | None, names: dict[UUID, str]
) -> Updated | None:
    if last is None:
        return None
    at, by = last
    return Updated(at, names.get(by, "") if by else "", by is not None and by == visit.actor.person)


def _manager(view: View) -> tuple[UUID, UUID] | None:
    """The team that holds the case, and the person who holds it there."""
    for grant in view.grants:
        if grant.holder is not None and grant.compartment == Compartment.CARD:
            team = grants.team_behind(grant)
            return team, links.grant_person(team).open(grant.holder)
    return None


def _holders(
    visit: Visit,
    manager: tuple[UUID, UUID] | None,
    sights: list[Sight],
    names: dict[UUID, str],
) -> Holders:
    therapists = tuple(sight.name for sight in sights if sight.kind is TeamKind.THERAPY)
    if manager is None:
        return Holders("", False, (), therapists)
    team, person = manager
    places = Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=visit.today),
        team=team,
        role=Relation.SUPERVISOR,
        confirmed_on__isnull=False,
    )
    supervisors = tuple(places.order_by("person__name").values_list("person__name", flat=True))
    return Holders(names.get(person, ""), person == visit.actor.person, supervisors, therapists)


def _adults(rows: Iterable[Row]) -> Iterable[Adult]:
    for row in sorted(rows, key=lambda row: row.id):
        if row.what is What.CONTACT and row.standing and row.last is None:
            yield Adult(Kin(row.code), row.more == DECIDES, row.more != NOT_TOLD)
