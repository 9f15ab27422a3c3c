"""Drawing days: within an era, months later, and when they were learned of."""

from __future__ import annotations

import calendar
import random
from datetime import date, timedelta

from tahanan.world.history.eras import Era
from tahanan.world.history.shapes import Days

# Learned of so much later: a file that was found, an agency that told at the end of its year.
LATE_SHARE = 0.1
LATE_BY = (35, 240)
# What follows a removal must still become known in the same era.
ROOM = timedelta(days=14)


def between(drawn: random.Random, first: date, last: date) -> date:
    """A day from `first` until `last`; `first` where nothing lies between."""
    return first + timedelta(days=drawn.randint(0, max(0, (last - first).days)))


def later(drawn: random.Random, day: date, least: int, most: int, last: date) -> date:
    """A day so many days after another, and never after `last`."""
    return min(day + timedelta(days=drawn.randint(least, most)), last)


def raid_days(drawn: random.Random, era: Era) -> tuple[Days, date]:
    """When an operation of this era happened, and when it was known."""
    late = drawn.random() < LATE_SHARE
    for _try in range(2000):
        days = _spread(drawn, _day(drawn, era), era)
        low, high = LATE_BY if late else (0, 3)
        known = days.last + timedelta(days=drawn.randint(low, high))
        within = era.known.first <= known <= era.known.last - ROOM
        if within and days.last <= era.happened.last and days.first >= era.happened.first:
            return days, known
        late = late and _try < 1000
    day = max(era.known.first, era.happened.first)
    return Days(day, day), day


def _day(drawn: random.Random, era: Era) -> date:
    if not era.weights:
        return between(drawn, era.happened.first, era.happened.last)
    years, weights = list(era.weights), list(era.weights.values())
    year = drawn.choices(years, weights)[0]
    return between(drawn, date(year, 1, 1), date(year, 12, 31))


def _spread(drawn: random.Random, day: date, era: Era) -> Days:
    """Most days are known; of some nights not on which side of midnight, of some only the month."""
    which = drawn.random()
    if which < 0.04 and era.code != "lockdown":
        length = calendar.monthrange(day.year, day.month)[1]
        return Days(day.replace(day=1), day.replace(day=length))
    if which < 0.10:
        return Days(day - timedelta(days=1), day)
    return Days(day, day)
