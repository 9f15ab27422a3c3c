"""Building the demonstration: the office, the history before it, then every night of the recipe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from tahanan.base import clock
from tahanan.casework import upkeep
from tahanan.world import office as offices
from tahanan.world import story
from tahanan.world.cast import accounts, cast_of
from tahanan.world.history import planner, telling
from tahanan.world.history.targets import Targets
from tahanan.world.people import SEED

_OPENED_BEFORE: Final = timedelta(days=300)
_FOUNDED: Final = date(2011, 1, 10)
# The story of a day ends at eight in its morning.
_MORNING: Final = time(8)


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
    history: bool = True,
    figures: Targets | None = None,
) -> None:
    """Fill an empty demonstration, through the door. `today`: the day it is told on.

    People, facts and passphrases are the same for the same seed and day; ids and keys are not.
    `nights`: how many removals, the latest. `history`: what was before them as well, which comes to
    `figures`, or to those of the seed.
    """
    today = today or latest_day()
    opened = today - _OPENED_BEFORE
    with upkeep.hurried():
        office = _office(progress, seed, today, opened=_FOUNDED if history else opened)
        if history:
            progress("What was before, year by year …")
            plan = planner.plan(seed, opened, figures)
            told = telling.tell(office, plan, opened, progress)
            progress(f"{told} things happened.")
        progress("Every night, and the months after …")
        told = story.tell(office, today, seed, progress, nights)
        offices.finish_homes(office)
        progress(f"{told} things happened.")


def _office(
    progress: Callable[[str], None], seed: int, today: date, *, opened: date
) -> offices.Office:
    """Everybody, in on the day it opens."""
    history = opened == _FOUNDED
    everybody = {account.key: account for account in accounts(seed, history=history)}
    office = offices.Office(everybody, cast_of(history=history))
    many = "Ten" if history else "Four"
    progress(f"{many} organisations, their teams, people and homes …")
    with clock.frozen(datetime.combine(opened, time(9), clock.MANILA)):
        offices.build(office, today)
    return office
