"""As known on a day: the vectors of the handbook, and the sweep against counting day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tahanan.base.ages import age_at, band, bands_of
from tahanan.measures.asof import at_the_time, counts, sweep
from tahanan.measures.periods import percent

DAY = date(2020, 9, 2)
CUT = datetime(2020, 9, 2, 16, tzinfo=UTC)
JANUARY = [date(2020, 1, 1) + timedelta(days=n) for n in range(60)]


def test_a_day_ends_at_midnight_in_manila() -> None:
    assert counts(CUT - timedelta(microseconds=1), None, False, DAY)
    assert not counts(CUT, None, False, DAY)


def test_what_was_replaced_counts_until_that_day() -> None:
    known = CUT - timedelta(days=9)
    assert counts(known, CUT, False, DAY)
    assert not counts(known, CUT - timedelta(microseconds=1), False, DAY)
    assert not counts(known, None, True, DAY)


def test_a_stay_is_counted_on_the_days_on_which_it_was_known() -> None:
    span = at_the_time(date(2020, 1, 1), date(2020, 1, 5), date(2020, 2, 1), date(2020, 1, 20))
    counted = [day for day, n in sweep([(span, 1)], JANUARY[0], JANUARY[-1]) if n]
    assert counted == [date(2020, 1, n) for n in range(5, 20)]


def test_ages_between_two_bounds() -> None:
    def ages(born: int) -> tuple[int, int]:
        on = date(2020, 6, 15)
        age = age_at(date(born, 1, 1), date(born, 12, 31), on, on)
        return age.youngest, age.oldest

    assert ages(2008) == (11, 12)
    assert ages(2007) == (12, 13)
    assert bands_of(*ages(2008)) == ("10-12",)
    assert bands_of(*ages(2007)) == ("10-12", "13-15")


def test_a_birthday_on_29_february() -> None:
    born = date(2008, 2, 29)
    on = (date(2020, 2, 28), date(2021, 2, 28), date(2021, 3, 1))
    assert [age_at(born, born, day, day).oldest for day in on] == [11, 12, 13]
    assert band(12) == "10-12"


def test_halves_are_rounded_upwards() -> None:
    assert [percent(1, 200), percent(1, 8), percent(99, 200), percent(0, 0)] == [1, 13, 50, None]


_SPAN = some.tuples(some.integers(0, 59), some.none() | some.integers(0, 70), some.integers(1, 4))


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(_SPAN, max_size=10), some.integers(0, 30), some.integers(0, 29))
def test_the_sweep_gives_what_counting_each_day_gives(
    drawn: list[tuple[int, int | None, int]], begin: int, more: int
) -> None:
    first = JANUARY[0]
    spans = [
        ((first + timedelta(days=a), None if b is None else first + timedelta(days=b)), n)
        for a, b, n in drawn
    ]
    days = JANUARY[begin : begin + more + 1]
    plain = [
        (day, sum(n for (a, b), n in spans if a <= day and (b is None or day < b))) for day in days
    ]
    assert list(sweep(spans, days[0], days[-1])) == plain
