"""Records of one child as a page shows them: what is said, by whom, and what waits for a second."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Act, Action, may_act, relation_of
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound
from tahanan.casework import facts, grants, joined, survivors, texts
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import query
from tahanan.casework.duplicates.shapes import SAME, Doubtful, Joining, Joinings, Said
from tahanan.casework.people.steps import names_of
from tahanan.records.models import Case, Grant, Membership, SameChild
from tahanan.records.vocabulary import Compartment, Relation, Sameness, TeamKind

WAITING_AT_MOST = 20
_WAITS = (Sameness.PROPOSED, Sameness.PARTING)


@query("see_same")
def same_child(visit: Visit, *, case: UUID) -> Joinings:
    """Every other record said to be of this child, now or before, where the actor holds both."""
    gate.act(visit, case, Act.JOIN_CHILD)
    own = survivors.survivors_of([case])[case]
    chains = _chains(own)
    beyond = {_across(chain[-1], own) for chain in chains}
    other_of = _held(visit, beyond)
    seen = cards(visit, scope.among(visit, {case, *other_of.values()}).values())
    if case not in seen:
        raise NotFound
    reasons = _reasons(visit, case)
    references = _references(seen)
    shown = [
        _joining(visit, case, chain, seen[other], references, reasons)
        for chain in chains
        if (other := other_of.get(_across(chain[-1], own))) in seen and other is not None
    ]
    return Joinings(seen[case], references[case], tuple(shown))


@query("see_same")
def proposing(visit: Visit, *, case: UUID, other: UUID) -> tuple[CardSeen, CardSeen]:
    """The two cards side by side, for one who may join them; a Refusal before anything is typed."""
    for each in (case, other):
        gate.act(visit, each, Act.JOIN_CHILD)
    seen = cards(visit, scope.among(visit, {case, other}).values())
    return seen[case], seen[other]


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def doubtful(visit: Visit) -> list[Doubtful]:
    """What somebody else proposed and the actor may agree to, oldest first."""
    if not any(may_act(relation, Act.JOIN_CHILD).allowed for relation in visit.actor.relations):
        return []
    held = Grant.objects.filter(
        team__in=visit.team_links, compartment=Compartment.CARD, ended_on__isnull=True
    )
    rows = joined.standing().filter(
        Exists(held.filter(case=OuterRef("case"))), tenant=visit.tenant, word__in=_WAITS
    )
    asked = [
        row
        for row in rows.order_by("id")[:WAITING_AT_MOST]
        if facts.recorder(SameChild, row.id, row.recorded_by) != visit.actor.person
    ]
    if not asked:
        return []
    case_of = _held(visit, {end for row in asked for end in (row.survivor_id, row.same_id)})
    pairs = {
        row.id: (row.case_id, case_of.get(_across(row, _survivor(row))))
        for row in asked
        if gate.may_do(visit, row.case_id, Act.JOIN_CHILD)
    }
    wanted = {case for pair in pairs.values() for case in pair if case is not None}
    return _told(visit, asked, pairs, cards(visit, scope.among(visit, wanted).values()))


def _told(
    visit: Visit,
    asked: Iterable[SameChild],
    pairs: dict[UUID, tuple[UUID, UUID | None]],
    seen: dict[UUID, CardSeen],
) -> list[Doubtful]:
    references = _references(seen)
    by = {row.id: facts.recorder(SameChild, row.id, row.recorded_by) for row in asked}
    names = names_of(by.values())
    found = []
    for row in asked:
        one, other = pairs.get(row.id, (None, None))
        if one in seen and other in seen and one is not None and other is not None:
            found.append(
                Doubtful(
                    row.id, Sameness(row.word), seen[one], seen[other], references[one],
                    references[other], names.get(by[row.id], ""), row.known_day,
                )
            )  # fmt: skip
    return found


def _survivor(row: SameChild) -> UUID:
    return survivors.survivors_of([row.case_id])[row.case_id]


def _across(row: SameChild, own: UUID) -> UUID:
    return row.same_id if row.survivor_id == own else row.survivor_id


def _chains(own: UUID) -> list[list[SameChild]]:
    """Every saying about this survivor, from its first word to its last; newest saying last."""
    rows = SameChild.objects.filter(Q(survivor=own) | Q(same=own)).order_by("id")
    chain_of: dict[UUID, list[SameChild]] = {}
    chains: list[list[SameChild]] = []
    for row in rows:
        chain = chain_of.pop(row.replaces_id, None) if row.replaces_id else None
        if chain is None:
            chains.append(chain := [])
        chain.append(row)
        chain_of[row.id] = chain
    return chains


def _held(visit: Visit, wanted: Iterable[UUID]) -> dict[UUID, UUID]:
    """Survivor → the newest of her cases that the actor may join and part."""
    found: dict[UUID, UUID] = {}
    for survivor, theirs in survivors.cases_of(wanted).items():
        mine = [each for each in theirs if gate.may_do(visit, each, Act.JOIN_CHILD)]
        if mine:
            found[survivor] = mine[-1]
    return found


def _joining(
    visit: Visit,
    case: UUID,
    chain: list[SameChild],
    other: CardSeen,
    references: dict[UUID, str],
    reasons: dict[str, str],
) -> Joining:
    last = chain[-1]
    by = {row.id: facts.recorder(SameChild, row.id, row.recorded_by) for row in chain}
    names = names_of(by.values())
    return Joining(
        last.id,
        None if last.withdrawn else Sameness(last.word),
        other,
        references[other.case],
        by[last.id] == visit.actor.person,
        bool(_holders(visit, case) & _holders(visit, other.case) - {visit.actor.person}),
        tuple(
            Said(
                None if row.withdrawn else Sameness(row.word),
                names.get(by[row.id], ""),
                row.known_day,
                reasons.get(str(row.id), ""),
            )
            for row in chain
        ),
    )


def _holders(visit: Visit, case: UUID) -> set[UUID]:
    """Everybody who may join and part records of this case."""
    rows = scope.open_grants(visit).filter(case=case, compartment=Compartment.CARD)
    teams = {grants.team_behind(row) for row in rows}
    places = Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=visit.today),
        team__in=teams,
        confirmed_on__isnull=False,
    )
    return {
        person
        for person, role, kind in places.values_list("person_id", "role", "team__kind")
        if may_act(relation_of(TeamKind(kind), Relation(role)), Act.JOIN_CHILD).allowed
    }


def _reasons(visit: Visit, case: UUID) -> dict[str, str]:
    """Row → why it was said, as far as it stands in this record's Care."""
    if not scope.among(visit, [case], Compartment.CARE):
        return {}
    care = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.READ))
    return {piece.content["row"]: piece.content["reason"] for piece in texts.read(care, kind=SAME)}


def _references(seen: dict[UUID, CardSeen]) -> dict[UUID, str]:
    return dict(Case.objects.filter(id__in=list(seen)).values_list("id", "reference"))
