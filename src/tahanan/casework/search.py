"""Finding a child by name: one partition per team in memory, caught up on every search.

No name leaves memory but as a hit, and every hit passes through scope again, so neither a stale
partition nor a second process can show what may no longer be seen.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import keys, scope
from tahanan.access.actor import Membership
from tahanan.access.passed import Passed
from tahanan.access.rules import Action, may
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, Refusal
from tahanan.base.names import LegalName, placeholder
from tahanan.casework import texts
from tahanan.casework.cases import CARD, IDENTITY, Card, CardSeen, cards
from tahanan.casework.door import query
from tahanan.matching.index import Found, Partition, Row, together
from tahanan.records.models import Case, Sealed
from tahanan.records.vocabulary import Compartment, Sex

# An id is made before its transaction commits: what is this much older than the newest id seen is
# asked for again, so a slow neighbour's child is not missed.
OVERLAP_MS = 120_000
BATCH = 1_000
SEARCHES_A_MINUTE = 30
LIMIT = 20
LONGEST = 120

_SEX = {Sex.GIRL: "f", Sex.BOY: "m", Sex.UNKNOWN: ""}


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits as cards, best first; how many more are near; among how many."""

    cards: tuple[CardSeen, ...]
    references: dict[UUID, str]
    beyond: int
    among: int


class TeamIndex:
    """The names one team may find, and how far in the database they were read."""

    def __init__(self) -> None:
        self.partition = Partition()
        self.lock = threading.Lock()
        self.grants_until: UUID | None = None
        self.texts_until: UUID | None = None


_indexes: dict[UUID, TeamIndex] = {}
_indexes_lock = threading.Lock()
_recent: dict[UUID, deque[float]] = {}


@query("search", always=True)
def find(visit: Visit, *, words: str, birth_year: int | None = None) -> Hits:
    """Children named near `words`, among those the actor may see. The words are not logged."""
    visit.must_be_unlocked()
    typed = " ".join(words.split())
    if not typed:
        raise Invalid({"words": _("Type at least one name to look for.")})
    if len(typed) > LONGEST:
        raise Invalid({"words": _("That is too long for a name. Type the given name and surname.")})
    _not_too_fast(visit)
    indexes = [caught_up(visit, membership) for membership in searchers(visit)]
    found = together([index.partition.search(typed, birth_year, LIMIT) for index in indexes], LIMIT)
    seen = _cards(visit, found)
    total = sum(len(index.partition) for index in indexes)
    return Hits(tuple(seen), _references(seen), found.beyond, total)


@query("warm_index")
def warm(visit: Visit) -> int:
    """Read the actor's teams' names into memory, so that the first search is quick. Gives how many.

    Called when keys are opened; the plaintext stays in this process.
    """
    visit.must_be_unlocked()
    return sum(len(caught_up(visit, membership).partition) for membership in searchers(visit))


def forget() -> None:
    """Drop every name: between tests, and when an installation is put away."""
    with _indexes_lock:
        _indexes.clear()
    _recent.clear()


def searchers(visit: Visit) -> list[Membership]:
    """Memberships through which the actor may find children by name."""
    wanted = visit.actor.memberships
    return [m for m in wanted if may(m.relation, Compartment.CARD, Action.READ).allowed]


def caught_up(visit: Visit, membership: Membership) -> TeamIndex:
    """The index of one of the actor's teams, with all that was committed until now."""
    with _indexes_lock:
        index = _indexes.setdefault(_key(membership), TeamIndex())
    with index.lock:
        _take_new_grants(visit, membership, index)
        _take_new_texts(visit, index)
    return index


def _key(membership: Membership) -> UUID:
    # Two relations in one team may find different names: identity is not the house parent's.
    return UUID(int=membership.team.int ^ hash(membership.relation) & ((1 << 64) - 1))


def _take_new_grants(visit: Visit, membership: Membership, index: TeamIndex) -> None:
    while True:
        page = scope.team_page(
            visit, membership, Compartment.CARD, _overlapped(index.grants_until), BATCH
        )
        fresh = [passed for passed in page if passed.case not in index.partition]
        index.partition.add(_rows(visit, fresh))
        if page and (index.grants_until is None or page[-1].grant > index.grants_until):
            index.grants_until = page[-1].grant
        if len(page) < BATCH or not fresh:
            return


def _take_new_texts(visit: Visit, index: TeamIndex) -> None:
    """Names changed since: their rows are made again."""
    newest = Sealed.objects.filter(kind__in=[CARD, IDENTITY]).order_by("-id")
    since, until = _overlapped(index.texts_until), newest.values_list("id", flat=True).first()
    if since is not None:
        rows = Sealed.objects.filter(id__gt=since, kind__in=[CARD, IDENTITY])
        changed = {c for c in rows.values_list("case_id", flat=True) if c in index.partition}
        for row in _rows(visit, scope.among(visit, changed).values()):
            index.partition.replace(row)
    index.texts_until = until or index.texts_until


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


def _cards(visit: Visit, found: Found) -> list[CardSeen]:
    order = [hit.id for hit in found.hits]
    opened = cards(visit, scope.among(visit, order).values())
    return [opened[case] for case in order if case in opened]


def _references(seen: list[CardSeen]) -> dict[UUID, str]:
    rows = Case.objects.filter(id__in=[card.case for card in seen])
    return dict(rows.values_list("id", "reference"))


def _overlapped(until: UUID | None) -> UUID | None:
    """The smallest UUIDv7 of a moment OVERLAP_MS before `until`."""
    if until is None:
        return None
    millis = max(0, (until.int >> 80) - OVERLAP_MS)
    return UUID(int=millis << 80)


def _not_too_fast(visit: Visit) -> None:
    """Thirty searches a minute for one person: enough for work, too few to empty a team's names."""
    now = time.monotonic()
    recent = _recent.setdefault(visit.person, deque(maxlen=SEARCHES_A_MINUTE))
    if len(recent) == SEARCHES_A_MINUTE and now - recent[0] < 60:
        raise Refusal("too-fast", _("That were many searches in one minute. Wait a little."))
    recent.append(now)
