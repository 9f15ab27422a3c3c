"""The figures as somebody may be told them: a report, and a year day by day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, Refusal
from tahanan.casework.door import query
from tahanan.casework.figures import counting, reports, series, telling
from tahanan.casework.figures.publishing import published_on
from tahanan.casework.figures.reading import reader
from tahanan.casework.figures.shapes import DailySeries, FiguresPage, Line, Shown, ShownSplit, Sight
from tahanan.measures.catalogue import Line as Asked
from tahanan.measures.periods import ALL, Period
from tahanan.measures.spec import Suspects


@query("figures", always=True)
def figures(
    visit: Visit,
    *,
    report: str = reports.DECK,
    known_on: date | None = None,
    beside: date | None = None,
    period: str | None = None,
) -> FiguresPage:
    """A report as known at the end of a day, and beside it as known on the latest (or another).

    `period`: all, lockdown or a year; without it, the report's own.
    """
    reports.refuse_report(report)
    seen = reader(visit, report)
    only = None if period is None else seen.period(period)
    day = seen.day("known_on", known_on)
    other = seen.day("beside", beside)
    visit.details |= {"report": report, "known_on": str(day)}
    # Published were the report's own lines: a year of it, say, was not.
    sight, beside_sight = (
        (seen.of_report(day), seen.of_report(other)) if only is None else (seen.sight, seen.sight)
    )
    return FiguresPage(
        report=report,
        known_on=day,
        sight=seen.sight,
        days=seen.days,
        published=published_on(seen.published, day),
        beside=other if other != day else None,
        lines=_lines(reports.lines(report, only), day, sight, other, beside_sight),
        years=_split(only, day, "year", sight),
        ages=_split(only, day, "age", sight),
        may_publish=seen.may_publish,
    )


@query("year_by_day", always=True)
def year_by_day(
    visit: Visit, *, measure: str, year: int, known_on: date | None = None
) -> DailySeries:
    """For each day of a year, how many until then, all of it as known on one day.

    For those alone who are told all exactly: two days that are near could point at one child.
    """
    seen = reader(visit, reports.DECK)
    if seen.sight is Sight.ROUNDED:
        raise Refusal(
            "day-by-day",
            _("Figures day by day are for those who hold cases. See the table by year."),
        )
    what, over = reports.measure(measure), seen.period(str(year))
    day = seen.day("known_on", known_on)
    if isinstance(what.of, Suspects):
        raise Invalid({"measure": _("This measure is counted for whole periods alone.")})
    assert over.first is not None
    assert over.last is not None
    visit.details |= {"measure": measure, "known_on": str(day)}
    points = series.known_on(what, over.first, min(over.last, day), day)
    return DailySeries(measure, over, day, tuple(points))


def _lines(
    asked: tuple[Asked, ...], day: date, sight: Sight, other: date, other_sight: Sight
) -> tuple[Line, ...]:
    then = _told(asked, day, sight)
    now: tuple[Shown | None, ...] = (None,) * len(asked)
    if other != day:
        now = _told(asked, other, other_sight)
    return tuple(
        Line(each.measure.code, each.period, shown, beside)
        for each, shown, beside in zip(asked, then, now, strict=True)
    )


def _told(asked: tuple[Asked, ...], day: date, sight: Sight) -> tuple[Shown, ...]:
    counted = [counting.count(each.measure, each.period, day) for each in asked]
    whole = {each.measure: each.count for each in counted if each.period == ALL}
    return tuple(
        telling.told(each, sight, None if each.period == ALL else whole.get(each.measure))
        for each in counted
    )


def _split(only: Period | None, day: date, by: str, sight: Sight) -> ShownSplit:
    whole = counting.split(reports.measure(reports.SPLIT), only or ALL, day, by)
    return telling.told_split(whole, sight)
