"""Periods that figures are counted over, and how a share is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# The national capital's community quarantine began on 15 March 2020. The deck says *during
# lockdown* and no first day, so this is our reading; its last day is the deck's own.
LOCKDOWN_FIRST = date(2020, 3, 15)
LOCKDOWN_LAST = date(2020, 9, 2)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` until `last`, both included; None: without a bound on that side.

    An event counts when all its possible days lie inside; one that straddles an edge is
    *date uncertain*, and shown as that.
    """

    code: str
    first: date | None = None
    last: date | None = None


ALL = Period("all")
LOCKDOWN = Period("lockdown", LOCKDOWN_FIRST, LOCKDOWN_LAST)
PERIODS = {period.code: period for period in (ALL, LOCKDOWN)}


def year(number: int) -> Period:
    """A calendar year."""
    return Period(str(number), date(number, 1, 1), date(number, 12, 31))


def percent(count: int, of: int) -> int | None:
    """A share in whole per cent, halves upwards; None of nothing."""
    return (200 * count + of) // (2 * of) if of else None
