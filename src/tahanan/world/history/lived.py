"""A planned history while it is lived: who acts, what was made so far, what is still to happen."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from itertools import count
from typing import NamedTuple
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.world.agencies import BY_TEAM
from tahanan.world.history.shapes import History
from tahanan.world.office import Office

Act = Callable[[], object]
# What becomes known on one day, in an order in which each finds what it speaks of.
_HOURS = {
    "raid": 8, "child": 9, "tie": 10, "stay": 11, "name": 12, "arrest": 13, "status": 14,
    "court": 15, "more": 16, "mend": 17, "same": 18, "leave": 19,
}  # fmt: skip


class _Due(NamedTuple):
    """Something that becomes known at an instant; `number` keeps the order of the plan."""

    at: datetime
    number: int
    act: Act


@dataclass
class Telling:
    """The plan, the office that lives it, and the ids of what was told so far."""

    office: Office
    plan: History
    until: date
    raids: dict[str, UUID] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)
    suspects: dict[str, UUID] = field(default_factory=dict)
    dockets: dict[str, UUID] = field(default_factory=dict)
    waiting: list[_Due] = field(default_factory=list)
    order: count[int] = field(default_factory=count)

    def on(self, day: date, what: str, act: Callable[..., object], *given: object) -> None:
        """Let something become known on a day, unless that is no longer history."""
        if day < self.until:
            at = datetime.combine(day, time(_HOURS[what]), clock.MANILA)
            heapq.heappush(self.waiting, _Due(at, next(self.order), partial(act, self, *given)))

    def worker(self, team: str) -> Actor:
        """The case manager of an agency."""
        return self.office.actors[BY_TEAM[team].people[0]]

    def second(self, team: str) -> Actor:
        """Her supervisor: the second word."""
        return self.office.actors[BY_TEAM[team].people[1]]
