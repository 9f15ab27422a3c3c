"""Sisters and brothers: who they are, and where each is, as far as the actor may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from tahanan.access import links, scope
from tahanan.access.passed import Passed
from tahanan.access.visit import Visit
from tahanan.casework import facts, survivors
from tahanan.casework.cases import CardSeen
from tahanan.casework.child_page.shapes import Sibling
from tahanan.records.models import Case, Stay
from tahanan.records.vocabulary import Compartment, FacilityKind


@dataclass(frozen=True, slots=True)
class Family:
    """The case itself, and the cases of her siblings that the actor may open."""

    reference: str
    opened_on: date
    siblings: tuple[UUID, ...]
    passed: dict[tuple[UUID, Compartment], Passed]
    unseen: int

    @property
    def placed(self) -> tuple[UUID, ...]:
        """The siblings of whom the actor may know where they live."""
        return tuple(c for c in self.siblings if (c, Compartment.WHEREABOUTS) in self.passed)


def family(visit: Visit, case: UUID, *, with_siblings: bool) -> Family:
    """The case's own row and those of her siblings, with what may be opened of each.

    A sibling with several cases stands by the newest that the actor may open.
    """
    group = survivors.group_of(case) if with_siblings else frozenset()
    rows = Case.objects.filter(Q(id=case) | Q(survivor__in=group)).order_by("-id")
    of: dict[UUID, list[UUID]] = {}
    own: tuple[UUID, str, date] | None = None
    for id, survivor, reference, opened_on in rows.values_list(
        "id", "survivor_id", "reference", "opened_on"
    ):
        of.setdefault(survivor, []).append(id)
        if id == case:
            own = (survivor, reference, opened_on)
    assert own is not None
    others = {id: survivor for survivor, ids in of.items() if survivor != own[0] for id in ids}
    passed = scope.among_parts(visit, others, Compartment.CARD, Compartment.WHEREABOUTS)
    shown: dict[UUID, UUID] = {}
    for id, survivor in others.items():
        if (id, Compartment.CARD) in passed:
            shown.setdefault(survivor, id)
    siblings = tuple(shown.values())
    kept = {part: proof for part, proof in passed.items() if part[0] in siblings}
    hidden = group - {own[0]} - set(shown)
    # Only those drawn with a child one sees: a hidden sister's own sisters are hers to tell.
    unseen = hidden & survivors.beside({own[0], *shown}) if hidden else hidden
    return Family(own[1], own[2], siblings, kept, len(unseen))


def siblings(
    of: Family,
    cards: dict[UUID, CardSeen],
    case: UUID,
    lives: dict[UUID, Life],
    *,
    own_whereabouts: bool,
) -> tuple[Sibling, ...]:
    """Each sibling, oldest first, with where she lives now where that may be known."""
    known = of.placed
    here = lives.get(case) if own_whereabouts else None
    found = []
    for sibling in of.siblings:
        there = lives.get(sibling) if sibling != case else None
        found.append(
            Sibling(
                cards[sibling],
                sibling in known,
                there.kind if there else None,
                there.since if there else None,
                there is not None and here is not None and there.home == here.home,
            )
        )
    return tuple(sorted(found, key=_eldest))


@dataclass(frozen=True, slots=True)
class Life:
    """Where somebody lives now: known to the page, told where it may be."""

    kind: FacilityKind
    since: date
    home: UUID


def lives_of(of: Family, case: UUID) -> dict[UUID, Life]:
    """Case → where she lives now: the child, and the siblings whose whereabouts were passed for."""
    rows = facts.standing(Stay).filter(case__in={*of.placed, case}, until_on__isnull=True)
    return {
        case: Life(FacilityKind(kind), since, links.STAY_HOME.open(home, links.row(id)))
        for id, case, kind, since, home in rows.values_list(
            "id", "case_id", "kind", "from_on", "home"
        )
    }


def _eldest(sibling: Sibling) -> tuple[date, UUID]:
    birth = sibling.seen.card.birth
    return (birth.first if birth else date.max, sibling.seen.case)
