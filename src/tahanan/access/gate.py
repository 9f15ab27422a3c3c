"""One case, one question: allowed, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from tahanan.access.actor import Membership
from tahanan.access.passed import Passed, stamp
from tahanan.access.rules import (
    WHY_NOT,
    WITHOUT_KEYS,
    Act,
    Action,
    OfficeAct,
    Ruling,
    may,
    may_act,
    may_in_office,
)
from tahanan.access.scope import open_grants
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound, Refusal
from tahanan.records.models import CompartmentKey, Grant
from tahanan.records.vocabulary import Compartment, Relation


@dataclass(frozen=True, slots=True)
class Standing:
    """An open grant of the actor's on one case."""

    grant: UUID
    compartment: Compartment
    membership: Membership
    version: int
    wrap: bytes


@dataclass(frozen=True, slots=True)
class View:
    """All that one actor may see and do of one case, from one look at its open grants.

    `grants`: every open grant, whoever holds it. `keys_due`: a compartment that the actor may write
    waits for a new key.
    """

    case: UUID
    grants: tuple[Grant, ...]
    passed: Mapping[Compartment, Passed]
    rulings: Mapping[Compartment, Ruling]
    writes: frozenset[Compartment]
    relations: frozenset[Relation]
    keys_due: bool

    def may(self, what: Act) -> bool:
        """Whether `act` would allow it."""
        return any(may_act(relation, what).allowed for relation in self.relations)


def view(visit: Visit, case: UUID) -> View:
    """What a page about `case` needs to know of sight, in one query. No grant: NotFound.

    The query asks for the actor's own grants first: a case hidden from her must cost what one that
    does not exist costs, or the time would tell that there is such a child.
    """
    visit.must_be_unlocked()
    own = open_grants(visit).filter(case=case, team__in=visit.team_links)
    waiting = CompartmentKey.objects.filter(
        case=OuterRef("case"), compartment=OuterRef("compartment"), rekey_due=True
    )
    rows = open_grants(visit).filter(case__in=own.values("case"))
    grants = tuple(rows.annotate(due=Exists(waiting)).order_by("id"))
    held = [(row, visit.team_links[row.team]) for row in grants if row.team in visit.team_links]
    if not held:
        raise NotFound
    passed: dict[Compartment, Passed] = {}
    writes: set[Compartment] = set()
    for row, membership in held:
        compartment = Compartment(row.compartment)
        if may(membership.relation, compartment, Action.READ).allowed:
            passed.setdefault(compartment, _read_proof(visit, row, membership))
        if may(membership.relation, compartment, Action.WRITE).allowed:
            writes.add(compartment)
    relations = frozenset(membership.relation for _, membership in held)
    due = any(row.due for row, _ in held if row.compartment in writes)
    rulings = {
        each: Ruling(each in passed, "" if each in passed else WHY_NOT[each])
        for each in Compartment
    }
    return View(case, grants, passed, rulings, frozenset(writes), relations, due)


def pass_(visit: Visit, case: UUID, compartment: Compartment, action: Action) -> Passed:
    """The proof that the actor may `action` this compartment now.

    No relation to the case: NotFound. Relation without this right: Refusal with the reason.
    A write locks its own grant row, so that a re-key waits for it and it for a re-key.
    """
    return _prove(visit, case, _holding(visit, case, compartment, action), action)


def about_to_write(visit: Visit, case: UUID, compartment: Compartment) -> None:
    """Refuses who may not write there: for a form, before anything is typed into it."""
    _holding(visit, case, compartment, Action.WRITE)


def _holding(visit: Visit, case: UUID, compartment: Compartment, action: Action) -> Standing:
    """The grant through which the actor may; else a Refusal, which says so to who may read it."""
    ruling = Ruling(False, WHY_NOT[compartment])
    for held in standing(visit, case):
        if held.compartment == compartment:
            ruling = may(held.membership.relation, compartment, action)
            if ruling.allowed:
                return held
    raise _refusal("compartment", ruling)


def may_open(visit: Visit, case: UUID) -> dict[Compartment, Ruling]:
    """For every compartment: would reading be allowed, or why not. For pages that draw panes."""
    held = standing(visit, case)
    rulings: dict[Compartment, Ruling] = {}
    for compartment in Compartment:
        granted = any(
            each.compartment == compartment
            and may(each.membership.relation, compartment, Action.READ).allowed
            for each in held
        )
        rulings[compartment] = Ruling(granted, "" if granted else WHY_NOT[compartment])
    return rulings


def act(visit: Visit, case: UUID, what: Act) -> Relation:
    """The relation through which the actor may do `what` on `case`; else NotFound or Refusal."""
    ruling = Ruling(False)
    for held in standing(visit, case):
        ruling = may_act(held.membership.relation, what)
        if ruling.allowed:
            visit.note_subject(case)
            visit.team = held.membership.team
            return held.membership.relation
    raise _refusal(what, ruling)


def may_do(visit: Visit, case: UUID, what: Act) -> bool:
    """Whether `act` would allow it: for a page that shows or leaves out a button."""
    try:
        return any(may_act(h.membership.relation, what).allowed for h in standing(visit, case))
    except NotFound:
        return False


def office(visit: Visit, what: OfficeAct, team: UUID | None = None) -> Membership:
    """The membership through which the actor may do `what`, which concerns no case.

    With `team`, only as a member of that team. Locked, nobody does anything at all: a session
    left open on a desk must not invite a colleague either. Only an import makes new files then.
    """
    if what not in WITHOUT_KEYS or not visit.actor.imports:
        visit.must_be_unlocked()
    ruling = Ruling(False)
    for membership in visit.actor.memberships:
        if team is not None and membership.team != team:
            continue
        ruling = may_in_office(membership.relation, what)
        if ruling.allowed:
            return membership
    raise _refusal(what, ruling if ruling.why_not else may_in_office(Relation.STRANGER, what))


def standing(visit: Visit, case: UUID) -> list[Standing]:
    """Every open grant of the actor's teams on `case`. None at all: NotFound."""
    visit.must_be_unlocked()
    rows = open_grants(visit).filter(case=case, team__in=visit.team_links)
    found = [
        Standing(grant, Compartment(of), visit.team_links[team], version, bytes(wrap))
        for grant, of, team, version, wrap in rows.order_by("id").values_list(
            "id", "compartment", "team", "version", "wrap"
        )
    ]
    if not found:
        raise NotFound
    return found


def _prove(visit: Visit, case: UUID, held: Standing, action: Action) -> Passed:
    version, wrap = held.version, held.wrap
    if action is Action.WRITE and connection.features.has_select_for_update:
        # Read again under the lock: a re-key may have committed since `standing`.
        rows = Grant.objects.select_for_update(no_key=True).filter(
            id=held.grant, ended_on__isnull=True
        )
        locked = rows.values_list("version", "wrap").first()
        if locked is None:
            raise NotFound
        version, wrap = locked[0], bytes(locked[1])
    visit.note_subject(case)
    visit.team = held.membership.team
    return Passed(
        held.grant, case, held.compartment, action, held.membership, version, wrap, stamp()
    )


def _read_proof(visit: Visit, row: Grant, membership: Membership) -> Passed:
    visit.note_subject(row.case_id)
    visit.team = membership.team
    return Passed(
        row.id,
        row.case_id,
        Compartment(row.compartment),
        Action.READ,
        membership,
        row.version,
        bytes(row.wrap),
        stamp(),
    )


def _refusal(code: str, ruling: Ruling) -> Refusal:
    return Refusal(code, gettext(ruling.why_not))
