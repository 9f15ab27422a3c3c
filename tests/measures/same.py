"""A measure counted by its statement must be what the recount counts."""

from __future__ import annotations

from datetime import date

from tahanan.casework.figures import counting
from tahanan.measures.periods import Period
from tahanan.measures.recount import Rows, recount
from tahanan.measures.spec import Measure


def assert_same(measure: Measure, rows: Rows, period: Period, known_on: date) -> None:
    """The figure, what is listed beside it, and the keys behind it; its splits add up."""
    told = counting.count(measure, period, known_on)
    plain = recount(measure, rows, period, known_on)
    what = f"{measure.code}, {period.code}, known on {known_on}"
    assert set(counting.keys(measure, period, known_on)) == plain.keys, what
    assert (told.count, told.of, told.unknown, told.uncertain, dict(told.apart)) == (
        plain.count, plain.of, plain.unknown, plain.uncertain, plain.apart,
    ), what  # fmt: skip
    for by in measure.splits:
        cells = counting.split(measure, period, known_on, by).cells
        assert sum(cell.count for cell in cells) == told.count, f"{what}, by {by}"
