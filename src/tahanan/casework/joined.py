"""Records of one child, read: which survivors two people joined, and where a page may say so."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from tahanan.access import scope
from tahanan.access.visit import Visit
from tahanan.records.models import Case, SameChild
from tahanan.records.vocabulary import Sameness

COUNTS = (Sameness.JOINED, Sameness.PARTING)


def standing() -> QuerySet[SameChild]:
    """What is said now of two records, whether agreed or not."""
    # Without the tenant, whose own a survivor is: SQLite would read every row that bears it.
    return SameChild.objects.filter(replaced_at__isnull=True, withdrawn=False)


def one_child(survivors: Iterable[UUID]) -> set[UUID]:
    """These survivors, and all that are on record as one child with one of them."""
    seen: set[UUID] = set()
    fresh = set(survivors)
    while fresh:
        seen |= fresh
        fresh = {each for pair in pairs(fresh) for each in pair} - seen
    return seen


def pairs(survivors: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Every two records joined as one child of which one is among these."""
    wanted = list(survivors)
    rows = standing().filter(Q(survivor__in=wanted) | Q(same__in=wanted), word__in=COUNTS)
    return set(rows.values_list("survivor_id", "same_id"))


def also_recorded(visit: Visit, cases: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Case → the cases of her other records, where the actor may open the cards of both.

    Who sees one of them is told nothing: a record she may not open stands nowhere.
    """
    asked = Case.objects.filter(id__in=list(cases))
    herself = asked.values("survivor")
    # One statement where nobody is joined, as hardly anybody is. A union and no OR over the two
    # sub-selects, for which PostgreSQL reads every row there is.
    counted = standing().filter(word__in=COUNTS).values_list("survivor_id", "same_id")
    two = set(counted.filter(survivor__in=herself).union(counted.filter(same__in=herself)))
    if not two:
        return {}
    whose = dict(asked.values_list("id", "survivor_id"))
    group_of = {each: one_child([each]) for pair in two for each in pair}
    wanted = {each for group in group_of.values() for each in group}
    rows = Case.objects.filter(survivor__in=wanted).order_by("id")
    theirs = dict(rows.values_list("id", "survivor_id"))
    seen = scope.among(visit, theirs)
    found = {
        case: tuple(
            other
            for other, survivor in theirs.items()
            if other in seen and survivor != own and survivor in group_of.get(own, ())
        )
        for case, own in whose.items()
        if case in seen
    }
    return {case: others for case, others in found.items() if others}
