"""Finding a child by name, among those the actor may see."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from uuid import UUID

from django.db import connections
from django.utils.translation import gettext as _

from tahanan.access import gate, scope
from tahanan.access.actor import Actor
from tahanan.access.rules import Act
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, Refusal
from tahanan.casework import comparing, index, joined, survivors
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import query
from tahanan.matching.index import Found, together
from tahanan.records.models import Case
from tahanan.records.vocabulary import Relation

SEARCHES_A_MINUTE = 30
LIMIT = 20
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits as cards, best first; how many more are near; among how many.

    `twice`: those of whom the actor sees another record as well.
    """

    cards: tuple[CardSeen, ...]
    references: dict[UUID, str]
    beyond: int
    among: int
    twice: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Near:
    """Whom a child could be drawn with: hits as cards, best first, and the child herself.

    `others_hold`: how many more were found whom only those who hold their case may draw.
    """

    child: CardSeen
    cards: tuple[CardSeen, ...]
    references: dict[UUID, str]
    others_hold: int
    beyond: int


log = logging.getLogger(__name__)
_recent: dict[UUID, deque[float]] = {}
_warmed: set[tuple[UUID, Relation]] = set()
_warming = threading.Lock()
# Whose thread is under way or waits; and one reads at a time, or pages find no connection left.
_behind: set[UUID] = set()
_lane = threading.Lock()


@query("search", always=True)
def find(visit: Visit, *, words: str, birth_year: int | None = None) -> Hits:
    """Children named near `words`, among those the actor may see. The words are not logged."""
    seen, beyond, total = _found(visit, words, birth_year)
    twice = frozenset(joined.also_recorded(visit, [each.case for each in seen]))
    return Hits(tuple(seen), _references(seen), beyond, total, twice)


@query("search", always=True)
def near(visit: Visit, *, case: UUID, words: str = "") -> Near:
    """Children named near `words` who could be drawn with this child, of whatever operation.

    Without words nothing is looked for: the form as it begins.
    """
    gate.act(visit, case, Act.DRAW_SIBLINGS)
    seen, beyond, _total = _found(visit, words, None) if words else ([], 0, 0)
    group = survivors.group_of(case) | set(survivors.survivors_of([case]).values())
    whose = survivors.survivors_of([each.case for each in seen])
    others = [each for each in seen if whose[each.case] not in group]
    hers = tuple(each for each in others if gate.may_do(visit, each.case, Act.DRAW_SIBLINGS))
    herself = cards(visit, scope.among(visit, [case]).values())[case]
    return Near(herself, hers, _references(list(hers)), len(others) - len(hers), beyond)


@query("search", always=True)
def alike(visit: Visit, *, case: UUID, words: str = "") -> Near:
    """Records near `words` that may be of this child herself, for one who may join them.

    Without words nothing is looked for: the form as it begins.
    """
    gate.act(visit, case, Act.JOIN_CHILD)
    seen, beyond, _total = _found(visit, words, None) if words else ([], 0, 0)
    own = joined.one_child(survivors.survivors_of([case]).values())
    whose = survivors.survivors_of([each.case for each in seen])
    others = [each for each in seen if whose[each.case] not in own]
    hers = tuple(each for each in others if gate.may_do(visit, each.case, Act.JOIN_CHILD))
    herself = cards(visit, scope.among(visit, [case]).values())[case]
    return Near(herself, hers, _references(list(hers)), len(others) - len(hers), beyond)


@query("warm_index")
def warm(visit: Visit) -> int:
    """Read the actor's teams' names into memory, so that the first search is quick. Gives how many.

    The plaintext stays in this process.
    """
    visit.must_be_unlocked()
    return sum(map(len, index.partitions(visit)))


def warm_behind(actor: Actor) -> threading.Thread | None:
    """Warm what this process has not read yet, in a thread beside the pages. None: it has all.

    With the first page somebody opens after she came in, or after the server began anew. Who is
    new in a home is compared with the suspects of her cases in the same thread.
    """
    wanted = {(each.team, each.relation) for each in actor.memberships}
    if actor.locked or (wanted <= _warmed and not comparing.due(actor)):
        return None
    with _warming:
        if actor.person is None or actor.person in _behind:
            return None
        _behind.add(actor.person)
        fresh = wanted - _warmed
        _warmed.update(fresh)
    thread = threading.Thread(target=_warm, args=(actor, fresh), daemon=True)
    thread.start()
    return thread


def forget() -> None:
    """Drop who searched when, and what was warmed: between tests."""
    _recent.clear()
    _warmed.clear()
    _behind.clear()
    comparing.forget()


def _warm(actor: Actor, fresh: set[tuple[UUID, Relation]]) -> None:
    try:
        with _lane:
            if fresh:
                warm(actor)
            if comparing.due(actor):
                comparing.compare_homes(actor)
    except Exception as error:
        # Nobody waits for it: the first search reads what is missing, and says what is wrong.
        log.warning("Names could not be read beforehand: %s.", type(error).__name__)
        with _warming:
            _warmed.difference_update(fresh)
    finally:
        connections.close_all()
        with _warming:
            _behind.difference_update({actor.person})


def _found(visit: Visit, words: str, birth_year: int | None) -> tuple[list[CardSeen], int, int]:
    """The best hits as cards, how many more are near, and among how many."""
    visit.must_be_unlocked()
    typed = " ".join(words.split())
    if not typed:
        raise Invalid({"words": _("Type at least one name to look for.")})
    if len(typed) > LONGEST:
        raise Invalid({"words": _("That is too long for a name. Type the given name and surname.")})
    _not_too_fast(visit)
    known = index.partitions(visit)
    found = together([each.search(typed, birth_year, LIMIT) for each in known], LIMIT)
    return _cards(visit, found), found.beyond, sum(map(len, known))


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
