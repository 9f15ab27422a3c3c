"""Living a planned history through the door, every fact on the day it was known."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, timedelta

from tahanan.base import clock
from tahanan.casework.figures import publishing
from tahanan.world.history import telling_children as children
from tahanan.world.history import telling_justice as justice
from tahanan.world.history.lived import Telling
from tahanan.world.history.shapes import History
from tahanan.world.history.targets import CHECKPOINT_ON, DECK_ON
from tahanan.world.office import Office

_PUBLISHED = (
    (CHECKPOINT_ON, "Cases until January 2017 (invented)"),
    (DECK_ON, "The programme from 2011 to 2 September 2020 (invented)"),
)


def tell(office: Office, plan: History, until: date, progress: Callable[[str], None]) -> int:
    """All of the plan that was known before `until`. Gives how many things were told."""
    telling = Telling(office, plan, until)
    children.set_going(telling)
    justice.set_going(telling)
    for known_on, title in _PUBLISHED:
        telling.on(known_on + timedelta(days=1), "leave", _publish, known_on, title)
    told, half = 0, ""
    while telling.waiting:
        due = heapq.heappop(telling.waiting)
        now = f"{'first' if due.at.month < 7 else 'second'} half of {due.at.year}"
        if now != half:
            half = now
            progress(f"  {half}, {len(telling.cases)} children so far")
        with clock.frozen(due.at):
            due.act()
        told += 1
    return told


def _publish(telling: Telling, known_on: date, title: str) -> None:
    director = telling.office.actors["teresa"]
    publishing.publish(director, report="deck", known_on=known_on, title=title)
