"""Births that give the age band wanted at a removal, however well either day is known."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tahanan.base.ages import BANDS
from tahanan.world.history.shapes import Days

_OLDEST = 22
_YEAR_ONLY = 0.06


def born(drawn: random.Random, band: int | None, removed: Days) -> Days | None:
    """The days on which she may have been born; None where nothing is known of her age.

    Of no band at all: either nothing is known, or the year alone, on both sides of thirteen.
    """
    if band is None:
        if drawn.random() < 0.6:
            return None
        return _year(removed.last.year - 13)
    low, high = BANDS[band].low, BANDS[band].high or _OLDEST
    same_year = removed.first.year == removed.last.year
    if same_year and high > low and drawn.random() < _YEAR_ONLY:
        return _year(removed.last.year - drawn.randint(low + 1, high))
    # Far from her birthday on either side, so that a day mended by weeks leaves her band alone.
    years = drawn.randint(low, high)
    day = _years_before(removed.first, years) - timedelta(days=drawn.randint(50, 300))
    return Days(day, day)


def mistaken(drawn: random.Random, right: Days) -> Days:
    """What was thought before a certificate came: some years off."""
    year = right.first.year - drawn.choice((1, 2, 3))
    return _year(year)


def _year(year: int) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31))


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)
