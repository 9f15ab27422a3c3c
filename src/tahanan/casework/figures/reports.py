"""Which figures stand in a report, and over which periods."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tahanan.base.errors import Invalid
from tahanan.measures.catalogue import MEASURES, REPORTS, Line
from tahanan.measures.periods import PERIODS, Period, year
from tahanan.measures.spec import Measure

DECK = "deck"
# What is split by year and by age, on the page as in the table.
SPLIT = "victims_rescued"
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def lines(report: str, period: Period | None = None) -> tuple[Line, ...]:
    """The lines of a report; of one period alone, where one is named.

    A year has all of them, each measure once.
    """
    own = REPORTS[report]
    if period is None:
        return own
    of_period = tuple(line for line in own if line.period == period)
    if of_period:
        return of_period
    return tuple(
        Line(what, period) for what in {line.measure.code: line.measure for line in own}.values()
    )


def refuse_report(report: str) -> None:
    """Refuses a report that nobody has heard of."""
    if report not in REPORTS:
        raise Invalid({"report": _("There is no report of this name. There is one: deck.")})


def measure(code: str) -> Measure:
    """A measure of the catalogue by its code. Refuses any other."""
    if code not in MEASURES:
        raise Invalid({"measure": _("There is no measure of this name. See the definitions.")})
    return MEASURES[code]


def period_of(code: str) -> Period:
    """A period by its code: all, lockdown, or a year. Refuses any other."""
    if code in PERIODS:
        return PERIODS[code]
    if code.isdecimal() and _FIRST_YEAR <= int(code) <= _LAST_YEAR:
        return year(int(code))
    raise Invalid(
        {"period": _("“Period” must be all, lockdown, or a year such as 2019. Give one of these.")}
    )
