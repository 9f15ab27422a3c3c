"""Finding a child by name, among those the actor may see."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import scope
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, Refusal
from tahanan.casework import index
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import query
from tahanan.matching.index import Found, together
from tahanan.records.models import Case

SEARCHES_A_MINUTE = 30
LIMIT = 20
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits as cards, best first; how many more are near; among how many."""

    cards: tuple[CardSeen, ...]
    references: dict[UUID, str]
    beyond: int
    among: int


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
    known = index.partitions(visit)
    found = together([each.search(typed, birth_year, LIMIT) for each in known], LIMIT)
    seen = _cards(visit, found)
    total = sum(map(len, known))
    return Hits(tuple(seen), _references(seen), found.beyond, total)


@query("warm_index")
def warm(visit: Visit) -> int:
    """Read the actor's teams' names into memory, so that the first search is quick. Gives how many.

    Called when keys are opened; the plaintext stays in this process.
    """
    visit.must_be_unlocked()
    return sum(map(len, index.partitions(visit)))


def forget() -> None:
    """Drop who searched when: between tests."""
    _recent.clear()


def _cards(visit: Visit, found: Found) -> list[CardSeen]:
    order = [hit.id for hit in found.hits]
    opened = cards(visit, scope.among(visit, order).values())
    return [opened[case] for case in order if case in opened]


def _references(seen: list[CardSeen]) -> dict[UUID, str]:
    rows = Case.objects.filter(id__in=[card.case for card in seen])
    return dict(rows.values_list("id", "reference"))


def _not_too_fast(visit: Visit) -> None:
    """Thirty searches a minute for one person: enough for work, too few to empty a team's names."""
    now = time.monotonic()
    recent = _recent.setdefault(visit.person, deque(maxlen=SEARCHES_A_MINUTE))
    if len(recent) == SEARCHES_A_MINUTE and now - recent[0] < 60:
        raise Refusal("too-fast", _("That were many searches in one minute. Wait a little."))
    recent.append(now)
