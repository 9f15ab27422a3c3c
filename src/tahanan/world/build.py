"""Building the demonstration: the office first, then every night of the recipe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from tahanan.base import clock
from tahanan.world import office as offices
from tahanan.world import story
from tahanan.world.people import SEED, accounts

_OPENED_BEFORE = timedelta(days=300)
# The story of a day ends at eight in its morning.
_MORNING = time(8)


def latest_day() -> date:
    """Today, once the morning that the story ends with is over; nothing is told ahead of time."""
    here = clock.now().astimezone(clock.MANILA)
    return here.date() if here.time() >= _MORNING else here.date() - timedelta(days=1)


def build(
    progress: Callable[[str], None],
    *,
    seed: int = SEED,
    today: date | None = None,
    nights: int | None = None,
) -> None:
    """Fill an empty demonstration, through the door. `today`: the day it is told on.

    People, facts and passphrases are the same for the same seed and day; ids and keys are not.
    `nights`: how many removals, the latest.
    """
    today = today or latest_day()
    office = offices.Office({account.key: account for account in accounts(seed)})
    opened = datetime.combine(today - _OPENED_BEFORE, time(9), clock.MANILA)
    progress("Four organisations, their teams, people and homes …")
    with clock.frozen(opened):
        offices.build(office, today)
    progress("Every night, and the months after …")
    told = story.tell(office, today, seed, progress, nights)
    offices.finish_homes(office)
    progress(f"{told} things happened.")
