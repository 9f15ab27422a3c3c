"""A happening as it would be typed again."""

from __future__ import annotations

from tahanan.base.days import PartialDate
from tahanan.casework.operations import Happening

_MONTH, _YEAR = 31, 366


def partial(happened: Happening) -> PartialDate:
    """The days possible as a day, a month or a year."""
    days = (happened.last - happened.first).days + 1
    precision = "day" if days == 1 else "month" if days <= _MONTH else "year"
    return PartialDate(happened.first, happened.last, precision)
