"""Survivors and who belongs together: sibling links drawn after intake, dated, and splittable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tahanan.access import gate, scope
from tahanan.access.rules import Act
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid
from tahanan.casework import exclusions, facts
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import command, query
from tahanan.records.models import Case, Removal, SiblingLink
from tahanan.records.vocabulary import Bond


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases whose children belong together, and how."""

    one: UUID
    other: UUID
    bond: Bond


@dataclass(frozen=True, slots=True)
class Belonging:
    """A child, and those she may belong to: drawn already, or brought to safety with her."""

    child: CardSeen
    others: tuple[tuple[CardSeen, Bond | None], ...]


@query("about_to")
def belonging(visit: Visit, *, case: UUID) -> Belonging:
    """Whom a child may be drawn with, as far as the actor may draw them."""
    gate.act(visit, case, Act.DRAW_SIBLINGS)
    hers = facts.standing(Removal).filter(case=case, operation__isnull=False)
    near = facts.standing(Removal).filter(operation__in=hers.values("operation"))
    group = Case.objects.filter(survivor__in=group_of(case))
    wanted = {*near.values_list("case_id", flat=True), *group.values_list("id", flat=True)}
    others = [c for c in sorted(wanted - {case}) if gate.may_do(visit, c, Act.DRAW_SIBLINGS)]
    seen = cards(visit, scope.among(visit, [case, *others]).values())
    survivor_of = survivors_of([case, *others])
    drawn = bonds(set(survivor_of.values()))
    return Belonging(
        seen[case],
        tuple(
            (seen[other], drawn.get(frozenset((survivor_of[case], survivor_of[other]))))
            for other in others
            if other in seen and survivor_of[other] != survivor_of[case]
        ),
    )


@command("settle_siblings")
def settle_siblings(
    visit: Visit, *, case: UUID, others: tuple[tuple[UUID, Bond | None], ...], from_on: date
) -> UUID:
    """Say of each of `others` how she belongs to the child, or that she does not."""
    pairs = tuple(Pair(case, other, bond) for other, bond in others if bond is not None)
    for other in (other for other, bond in others if bond is None):
        part(visit, {case, other})
    if pairs:
        draw(visit, pairs, from_on)
    gate.act(visit, case, Act.DRAW_SIBLINGS)
    return case


@command("draw_siblings")
def draw_siblings(visit: Visit, *, pairs: tuple[Pair, ...], from_on: date) -> UUID:
    """Say who belongs together. A pair drawn before with another bond is corrected, not doubled.

    Gives the case of the first pair.
    """
    return draw(visit, pairs, from_on)


@command("part_siblings")
def part_siblings(visit: Visit, *, one: UUID, other: UUID) -> UUID:
    """They turned out not to be siblings: the link is withdrawn; what was known stays known."""
    if not part(visit, {one, other}):
        raise Invalid({"other": _("These two are not drawn as siblings.")})
    return one


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def draw(visit: Visit, pairs: tuple[Pair, ...], from_on: date) -> UUID:
    """Draw every pair, or correct its bond. Gives the case of the first pair."""
    if not pairs:
        raise Invalid({"pairs": _("Choose at least two children who belong together.")})
    survivors = _survivors(visit, {c for pair in pairs for c in (pair.one, pair.other)})
    for pair in pairs:
        _draw(visit, pair, survivors, from_on)
    for group in groups(survivors.values()):
        seen = scope.among(visit, {case for own in cases_of(group).values() for case in own})
        exclusions.share(seen)
    return pairs[0].one


def part(visit: Visit, cases: set[UUID], *, only: UUID | None = None) -> int:
    """Withdraw the links among these cases; with `only`, those that case has. Gives how many."""
    survivors = _survivors(visit, cases)
    among = list(survivors.values())
    rows = _standing().filter(survivor__in=among, sibling__in=among)
    if only is not None:
        rows = rows.filter(Q(survivor=survivors[only]) | Q(sibling=survivors[only]))
    found = list(rows.values_list("id", flat=True))
    for row in found:
        facts.withdraw(visit, SiblingLink, row)
    return len(found)


def groups(survivors: Iterable[UUID]) -> list[frozenset[UUID]]:
    """The sibling groups these survivors stand in, whole, across operations; singles left out.

    A group is a connected component of the links known now (algorithms.md §1.4).
    """
    return _components(_links(set(survivors), set()))


def group_of(case: UUID) -> frozenset[UUID]:
    """The sibling group of a case's survivor, herself among them; empty where she is single."""
    # No join to the other survivor: her row is hidden from one who holds no case of hers. A union
    # and no OR over the two sub-selects, for which PostgreSQL reads every link there is.
    herself = Case.objects.filter(id=case).values("survivor")
    ends = ("survivor_id", "sibling_id")
    one, other = _standing().filter(survivor__in=herself), _standing().filter(sibling__in=herself)
    first = set(one.values_list(*ends).union(other.values_list(*ends)))
    near = {end for link in first for end in link}
    return frozenset(near | {end for link in _links(near, first) for end in link})


def _links(survivors: set[UUID], links: set[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Every standing link that leads on from these survivors, `links` among them."""
    seen, fresh = set(survivors), set(survivors)
    while fresh:
        rows = _standing().filter(Q(survivor__in=fresh) | Q(sibling__in=fresh))
        links |= set(rows.values_list("survivor_id", "sibling_id"))
        ends = {end for link in links for end in link}
        fresh, seen = ends - seen, seen | ends
    return links


def bonds(survivors: Iterable[UUID]) -> dict[frozenset[UUID], Bond]:
    """How each drawn pair among these survivors belongs together."""
    wanted = list(survivors)
    rows = _standing().filter(survivor__in=wanted, sibling__in=wanted)
    return {
        frozenset((one, other)): Bond(bond)
        for one, other, bond in rows.values_list("survivor_id", "sibling_id", "bond")
    }


def cases_of(survivors: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Survivor → her cases, oldest first. Sight of each is for the caller to ask."""
    found: dict[UUID, list[UUID]] = {}
    rows = Case.objects.filter(survivor__in=list(survivors)).order_by("id")
    for case, survivor in rows.values_list("id", "survivor_id"):
        found.setdefault(survivor, []).append(case)
    return found


def survivors_of(cases: Iterable[UUID]) -> dict[UUID, UUID]:
    """Case → its survivor."""
    return dict(Case.objects.filter(id__in=list(cases)).values_list("id", "survivor_id"))


def _draw(visit: Visit, pair: Pair, survivors: dict[UUID, UUID], from_on: date) -> None:
    low, high = sorted((survivors[pair.one], survivors[pair.other]))
    if low == high:
        raise Invalid({"pairs": _("A child cannot be her own sister or brother.")})
    before = _standing().filter(survivor=low, sibling=high).first()
    if before is None:
        facts.add(
            visit,
            SiblingLink,
            case_id=pair.one,
            survivor_id=low,
            sibling_id=high,
            bond=pair.bond,
            from_on=from_on,
        )
    elif before.bond != pair.bond:
        facts.correct(visit, SiblingLink, before.id, bond=pair.bond)


def _survivors(visit: Visit, cases: set[UUID]) -> dict[UUID, UUID]:
    for case in sorted(cases):
        gate.act(visit, case, Act.DRAW_SIBLINGS)
    return survivors_of(cases)


def _standing() -> QuerySet[SiblingLink]:
    return facts.standing(SiblingLink).filter(until_on__isnull=True)


def _components(links: set[tuple[UUID, UUID]]) -> list[frozenset[UUID]]:
    group_of: dict[UUID, set[UUID]] = {}
    for one, other in links:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        for each in joined:
            group_of[each] = joined
    unique = {frozenset(group) for group in group_of.values()}
    return sorted(unique, key=lambda group: sorted(group))
