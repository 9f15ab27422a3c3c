"""A block copied k times is k blocks more: for every measure, all its parts, on every day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.casework.homes import rows
from tests.casework.test_copies_justice import accused, grow
from tests.cast.cast import Cast
from tests.measures import histories

from tahanan.base import clock
from tahanan.casework.door import examining
from tahanan.casework.figures import counting, series
from tahanan.measures import catalogue
from tahanan.measures.periods import ALL, Period

TIMES = 3
HALF = Period("half", date(2020, 3, 8), date(2020, 3, 24))
LAST = histories.FIRST + timedelta(days=histories.DAYS + 3)
DAYS = (LAST - timedelta(days=20), LAST)


def put_down(seed: int) -> None:
    """A random history, to stay."""
    made = histories.history(Random(seed), 140)

    def put() -> None:
        for name, model in histories.TABLES.items():
            model._default_manager.bulk_create(model(**row) for row in made.rows[name])

    rows(put)


def _all(days: tuple[date, ...]) -> dict[tuple[str, ...], int]:
    """Every number that is counted, by what it counts."""
    found: dict[tuple[str, ...], int] = {}
    with examining("test"):
        for day in days:
            for measure in catalogue.EVERY.values():
                for period in (ALL, HALF):
                    found |= _of(measure, period, day)
            found["occupancy", str(day)] = sum(series.occupancy(day, day).values())
    return found


def _of(measure: Any, period: Period, day: date) -> dict[tuple[str, ...], int]:
    at = (measure.code, period.code, str(day))
    figure = counting.count(measure, period, day)
    found = {
        (*at, "count"): figure.count, (*at, "of"): figure.of or 0,
        (*at, "unknown"): figure.unknown, (*at, "uncertain"): figure.uncertain,
        (*at, "keys"): len(counting.keys(measure, period, day)),
    }  # fmt: skip
    found |= {(*at, "apart", code): n for code, n in figure.apart.items()}
    for by in measure.splits:
        cells = counting.split(measure, period, day, by).cells
        found |= {(*at, by, cell.code): cell.count for cell in cells}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 11])
def test_every_measure_of_a_random_history_is_so_many_times_as_many(cast: Cast, seed: int) -> None:
    put_down(seed)
    before = _all(DAYS)
    grow(cast, TIMES)
    assert _all(DAYS) == {what: number * (1 + TIMES) for what, number in before.items()}
    # A history in which nothing was counted would prove nothing.
    told = {what[0] for what, number in before.items() if number and what[-1] == "count"}
    assert len(told) > len(catalogue.EVERY) // 2


@pytest.mark.slow
def test_every_measure_of_the_office_too_and_its_shares_are_as_they_were(cast: Cast) -> None:
    accused(cast)
    today = (clock.today(),)
    before = _all(today)
    with examining("test"):
        shares = [counting.count(m, ALL, today[0]).percent for m in catalogue.EVERY.values()]
    grow(cast, TIMES)
    assert _all(today) == {what: number * (1 + TIMES) for what, number in before.items()}
    with examining("test"):
        after = [counting.count(m, ALL, today[0]).percent for m in catalogue.EVERY.values()]
    assert after == shares
    assert before["persons_convicted", "all", str(today[0]), "count"] == 1
