"""What is counted by hand is what is counted, or the bench measures nothing."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from bench.counting import Unequal, _both
from tests.cast.cast import Cast
from tests.house import House
from tests.measures import histories

from bench import by_hand
from tahanan.base import clock
from tahanan.casework.figures import counting, series
from tahanan.measures import catalogue
from tahanan.measures.periods import ALL

LAST = histories.FIRST + timedelta(days=histories.DAYS + 3)


def test_there_is_a_statement_by_hand_for_every_measure() -> None:
    assert set(by_hand.STATEMENTS) == set(catalogue.MEASURES)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_every_measure_is_the_same_by_hand(cast: Cast, seed: int) -> None:
    with histories.written(House(), histories.history(Random(seed), 120)):
        for day in (LAST - timedelta(days=20), LAST):
            for code, measure in catalogue.MEASURES.items():
                figure = counting.count(measure, ALL, day)
                assert by_hand.counted(code, day) == (figure.count, figure.of), (code, day)
            asleep = sum(series.occupancy(day, day).values())
            assert by_hand.rows(by_hand.OCCUPANCY, day) == [(asleep,)]
            told = series.known_on(catalogue.MEASURES["arrests"], histories.FIRST, day, day)
            arrests = by_hand.rows(by_hand.SERIES, day)
            assert sum(n for _on, n in arrests) == told[-1][1]


def test_two_numbers_that_differ_measure_nothing() -> None:
    with pytest.raises(Unequal):
        _both("odd", clock.today(), lambda: (1, None), lambda: (2, None), 1)
