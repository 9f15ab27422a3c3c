"""What a reader without cases may be told: never a number under 11, nor one had by subtraction."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tahanan.base.errors import Invalid
from tahanan.casework.figures import telling
from tahanan.casework.figures.shapes import FEWER_THAN, Cause, Cell, Figure, Sight, Split
from tahanan.measures.periods import ALL, percent

DAY = date(2020, 9, 2)
ROUNDED, EXACT = Sight.ROUNDED, Sight.EXACT
counts = some.integers(0, 60)


def figure(count: int, of: int | None = None, unknown: int = 0, **apart: int) -> Figure:
    """A figure of nothing in particular."""
    return Figure("some", ALL, DAY, count, of, unknown, 0, apart)


def split(*counts: int, unknown: int | None = None) -> Split:
    """A split into so many parts."""
    cells = [Cell(str(2011 + n), count) for n, count in enumerate(counts)]
    if unknown is not None:
        cells.append(Cell("unknown", unknown))
    return Split("some", "year", tuple(cells))


def test_the_deck_is_told_as_it_was_published() -> None:
    aged = telling.told(figure(284, 657, 12), ROUNDED)
    assert (aged.n, aged.of, aged.percent, aged.unknown) == (284, 657, 43, 12)
    bands = split(14, 47, 103, 120, 175, 151, 47, unknown=12)
    assert telling.told_split(bands, ROUNDED) == telling.told_split(bands, EXACT)
    assert [cell.percent for cell in telling.told_split(bands, ROUNDED).cells] == [
        2, 7, 16, 18, 27, 23, 7, None,
    ]  # fmt: skip


def test_nobody_without_cases_is_told_three() -> None:
    shown = telling.told(figure(3, adults=3, none=0, many=11), ROUNDED)
    assert (shown.n, dict(shown.apart)) == (None, {"adults": None, "none": None, "many": 11})
    assert telling.told(figure(3, adults=3), EXACT).n == 3


@pytest.mark.parametrize("count", [3, 97])
def test_a_share_of_few_or_of_all_but_few_is_told_neither_as_a_number_nor_in_per_cent(
    count: int,
) -> None:
    shown = telling.told(figure(count, 100), ROUNDED)
    assert (shown.n, shown.percent, shown.of) == (None, None, 100)


def test_of_whom_it_is_not_known_is_not_had_by_subtraction() -> None:
    shown = telling.told(figure(284, 664, 5), ROUNDED)
    assert (shown.n, shown.of, shown.unknown) == (284, None, None)
    assert shown.percent == 43, "43% of 658 and of 664 alike"
    assert telling.told(figure(20, 25, 5), ROUNDED).percent is None, "80% of 20 says 25"


def test_a_period_that_leaves_few_out_of_the_whole_is_not_told() -> None:
    assert telling.told(figure(660), ROUNDED, whole=669).n is None
    assert telling.told(figure(650), ROUNDED, whole=669).n == 650
    assert telling.told(figure(660), EXACT, whole=669).n == 660


def test_another_choice_that_differs_by_few_is_not_told() -> None:
    assert telling.told_choice(figure(665), figure(669), ROUNDED).n is None
    assert telling.told_choice(figure(657), figure(669), ROUNDED).n == 657
    assert telling.told_choice(figure(665), figure(669), EXACT).n == 665


def test_years_with_few_are_joined_with_their_neighbours() -> None:
    shown = telling.told_split(split(4, 8, 19, 32, 3), ROUNDED)
    assert [(cell.codes, cell.n) for cell in shown.cells] == [
        (("2011", "2012"), 12), (("2013",), 19), (("2014", "2015"), 35),
    ]  # fmt: skip


def test_few_unknown_go_with_the_last_cell_and_the_sum_of_the_known_is_not_told() -> None:
    shown = telling.told_split(split(30, 40, unknown=5), ROUNDED)
    assert [(cell.codes, cell.n) for cell in shown.cells] == [
        (("2011",), 30), (("2012", "unknown"), 45),
    ]  # fmt: skip
    assert shown.known is None
    assert [cell.percent for cell in shown.cells] == [None, None]


def test_many_unknown_are_never_mixed_with_few_known() -> None:
    shown = telling.told_split(split(40, 5, unknown=12), ROUNDED)
    assert [(cell.codes, cell.n) for cell in shown.cells] == [
        (("2011", "2012"), 45), (("unknown",), 12),
    ]  # fmt: skip


@given(some.lists(counts, min_size=1, max_size=9), some.none() | counts)
def test_no_cell_that_is_told_is_small_and_all_add_up_to_the_whole(
    counts: list[int], unknown: int | None
) -> None:
    whole = split(*counts, unknown=unknown)
    everybody = sum(cell.count for cell in whole.cells)
    shown = telling.told_split(whole, ROUNDED)
    hidden = [cell for cell in shown.cells if cell.n is None]
    told = [cell.n for cell in shown.cells if cell.n is not None]
    assert all(n >= FEWER_THAN for n in told)
    if not hidden:
        assert sum(told) == everybody, "so nothing is had by subtraction"
        return
    # What is hidden is all there is of its kind, and small as a whole, which is told nowhere.
    for cells in hidden:
        assert everybody - sum(told) < FEWER_THAN
        assert shown.known is None or "unknown" not in cells.codes
    assert not told or unknown is not None


@given(counts, counts, counts)
def test_whoever_knows_the_whole_cannot_tell_how_few_there_are(
    count: int, rest: int, unknown: int
) -> None:
    """Every figure that would be told in the same words: some of them must not be so small."""
    of = count + rest
    shown = telling.told(figure(count, of, unknown), ROUNDED)
    whole = of + unknown

    def alike(n: int, other_of: int) -> bool:
        return (
            shown.n in (None, n)
            and shown.of in (None, other_of)
            and shown.percent in (None, percent(n, other_of))
            and (shown.unknown is not None or whole - other_of > 0)
            and shown.unknown in (None, whole - other_of)
        )

    could = [
        (n, other_of)
        for other_of in range(whole + 1)
        for n in range(other_of + 1)
        if alike(n, other_of)
    ]
    if 0 < unknown < FEWER_THAN <= whole:
        assert any(whole - other_of >= FEWER_THAN for _n, other_of in could)
    if shown.n is None:
        assert len({n for n, _of in could}) > 1 or of == 0


def test_parts_that_are_small_are_joined_with_their_neighbours_and_every_cause_is_named() -> None:
    moved = {Cause.NEW: 58, Cause.LATE: 23, Cause.CORRECTED_IN: 3, Cause.JOINED: -11}
    parts = telling.told_parts(moved, ROUNDED)
    rest = (Cause.LATE, Cause.CORRECTED_IN, Cause.CORRECTED_OUT, Cause.JOINED, Cause.PARTED)
    assert [(part.causes, part.n) for part in parts] == [((Cause.NEW,), 58), (rest, 15)]
    assert {cause for part in parts for cause in part.causes} == set(Cause)
    assert telling.may_compare(parts, ROUNDED)


@given(some.dictionaries(some.sampled_from(Cause), some.integers(-40, 40)))
def test_parts_add_up_and_none_is_small(moved: dict[Cause, int]) -> None:
    total = sum(moved.values())
    exact = telling.told_parts(moved, EXACT)
    assert sum(part.n or 0 for part in exact) == total
    parts = telling.told_parts(moved, ROUNDED)
    if all(part.n is not None for part in parts):
        assert sum(part.n or 0 for part in parts) == total
    else:
        assert len(parts) == 1
        assert abs(total) < FEWER_THAN
    assert all(part.n is None or abs(part.n) >= FEWER_THAN for part in parts)


def test_where_new_ones_are_joined_with_others_the_same_events_are_not_told() -> None:
    for new, sight, may in ((3, ROUNDED, False), (30, ROUNDED, True), (3, EXACT, True)):
        parts = telling.told_parts({Cause.NEW: new, Cause.LATE: 30}, sight)
        assert telling.may_compare(parts, sight) is may


def test_the_days_are_month_ends_that_are_over_and_days_that_were_published() -> None:
    offered = telling.days(ROUNDED, date(2020, 6, 3), date(2020, 8, 31), [DAY, date(2017, 1, 31)])
    assert offered == (
        DAY, date(2020, 7, 31), date(2020, 6, 30), date(2020, 5, 31), date(2020, 4, 30),
        date(2017, 1, 31),
    )  # fmt: skip
    assert telling.latest(ROUNDED, date(2020, 8, 31)) == date(2020, 7, 31)
    assert telling.days(EXACT, date(2020, 6, 3), date(2020, 8, 31), [DAY]) == ()
    assert telling.latest(EXACT, date(2020, 8, 31)) == date(2020, 8, 31)


def test_where_nothing_happened_yet_two_month_ends_are_offered() -> None:
    today = date(2020, 8, 5)
    assert telling.days(ROUNDED, today, today, []) == (date(2020, 7, 31), date(2020, 6, 30))


def test_any_other_day_is_refused_with_its_field_and_its_mend() -> None:
    today, offered = date(2020, 8, 5), (date(2020, 7, 31),)
    telling.refuse_day("known_on", date(2020, 7, 31), today, offered)
    telling.refuse_day("known_on", date(2020, 7, 30), today, ())
    for day, said in ((date(2020, 7, 30), "last day of a month"), (date(2020, 8, 6), "ahead")):
        with pytest.raises(Invalid) as refused:
            telling.refuse_day("known_on", day, today, offered)
        assert "“As known on”" in refused.value.fields["known_on"]
        assert said in refused.value.fields["known_on"]
