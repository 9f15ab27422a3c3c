"""The names a team may find, in memory: one partition per team, caught up whenever it is asked.

No name leaves memory but as a hit, and every hit passes through scope again, so neither a stale
partition nor a second process can show what may no longer be seen.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from tahanan.access import keys, scope
from tahanan.access.actor import Membership
from tahanan.access.passed import Passed
from tahanan.access.rules import Action, may
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.names import LegalName, placeholder
from tahanan.casework import texts
from tahanan.casework.cases import CARD, IDENTITY, Card
from tahanan.matching.index import Partition, Row
from tahanan.records.models import Case, Sealed
from tahanan.records.vocabulary import Compartment, Sex

# An id is made before its transaction commits: what is this much older than the last catching up
# is asked for again, so a slow neighbour's child is not missed.
OVERLAP = timedelta(minutes=2)
BATCH = 1_000

_SEX = {Sex.GIRL: "f", Sex.BOY: "m", Sex.UNKNOWN: ""}


class TeamIndex:
    """The names one team may find, and how far in the database they were read."""

    def __init__(self) -> None:
        self.partition = Partition()
        self.lock = threading.Lock()
        self.until: datetime | None = None


_indexes: dict[UUID, TeamIndex] = {}
_indexes_lock = threading.Lock()


def partitions(visit: Visit) -> list[Partition]:
    """What the actor may search in: one partition for each of her teams, caught up."""
    return [caught_up(visit, membership).partition for membership in searchers(visit)]


def forget() -> None:
    """Drop every name: between tests, and when an installation is put away."""
    with _indexes_lock:
        _indexes.clear()


def searchers(visit: Visit) -> list[Membership]:
    """Memberships through which the actor may find children by name."""
    wanted = visit.actor.memberships
    return [m for m in wanted if may(m.relation, Compartment.CARD, Action.READ).allowed]


def caught_up(visit: Visit, membership: Membership) -> TeamIndex:
    """The index of one of the actor's teams, with all that was committed until now."""
    with _indexes_lock:
        index = _indexes.setdefault(_key(membership), TeamIndex())
    with index.lock:
        since = _first_id(index.until - OVERLAP) if index.until else None
        _take_new_grants(visit, membership, index, since)
        if since is not None:
            _take_new_texts(visit, index, since)
        index.until = visit.now
    return index


def _key(membership: Membership) -> UUID:
    # Two relations in one team may find different names: identity is not the house parent's.
    return UUID(int=membership.team.int ^ hash(membership.relation) & ((1 << 64) - 1))


def _take_new_grants(
    visit: Visit, membership: Membership, index: TeamIndex, since: UUID | None
) -> None:
    while page := scope.team_page(visit, membership, Compartment.CARD, since, BATCH):
        fresh = [passed for passed in page if passed.case not in index.partition]
        index.partition.add(_rows(visit, fresh))
        since = page[-1].grant


def _take_new_texts(visit: Visit, index: TeamIndex, since: UUID) -> None:
    """Names changed since: their rows are made again."""
    rows = Sealed.objects.filter(id__gt=since, kind__in=[CARD, IDENTITY])
    changed = sorted({c for c in rows.values_list("case_id", flat=True) if c in index.partition})
    for at in range(0, len(changed), BATCH):
        seen = scope.among(visit, changed[at : at + BATCH])
        index.partition.add(_rows(visit, seen.values()))


def _rows(visit: Visit, passed: Iterable[Passed]) -> list[Row]:
    proofs = list(passed)
    if not proofs:
        return []
    cases = [proof.case for proof in proofs]
    outside = texts.read_many(keys.open_for_index(visit, proofs), CARD)
    inside = texts.read_many(
        keys.open_for_index(visit, scope.among(visit, cases, Compartment.IDENTITY).values()),
        IDENTITY,
    )
    regions = dict(Case.objects.filter(id__in=cases).values_list("id", "region"))
    found = []
    for case, piece in outside.items():
        card = Card.of(piece.content)
        name = LegalName(**inside[case].content) if case in inside else LegalName()
        if not name.full() and not card.chosen:
            name = placeholder(card.number)
        found.append(
            Row.of(
                case,
                name,
                chosen=card.chosen,
                birth=card.birth,
                region=regions.get(case, ""),
                sex=_SEX[card.sex],
            )
        )
    return found


def _first_id(moment: datetime) -> UUID:
    """The smallest UUIDv7 of a moment."""
    return UUID(int=ids.uuid7(moment).int >> 80 << 80)
