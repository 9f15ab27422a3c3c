"""Every measure counted by its statement, and once more row by row: over random histories."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.house import House
from tests.measures import histories
from tests.measures.same import assert_same

from tahanan.measures import catalogue
from tahanan.measures.periods import ALL, Period

HALF = Period("half", date(2020, 3, 8), date(2020, 3, 24))
SINCE = Period("since", date(2020, 3, 20), None)


@pytest.mark.slow
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chance=some.randoms(use_true_random=True), acts=some.integers(0, 90))
def test_each_statement_gives_what_the_recount_gives(
    here: House, chance: Random, acts: int
) -> None:
    made = histories.history(chance, acts)
    with histories.written(here, made):
        rows = histories.all_rows()
        for known_on in _days(chance):
            period = chance.choice((ALL, ALL, HALF, SINCE))
            for measure in catalogue.EVERY.values():
                assert_same(measure, rows, period, known_on)


def _days(chance: Random) -> list[date]:
    late = histories.FIRST + timedelta(days=histories.DAYS + 3)
    drawn = [histories.FIRST + timedelta(days=chance.randrange(histories.DAYS)) for _ in "ab"]
    return [*drawn, late]
