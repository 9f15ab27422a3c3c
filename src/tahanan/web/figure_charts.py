"""The charts of the figures pages, each with the numbers it is drawn from as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from markupsafe import Markup

from tahanan import charts
from tahanan.casework.figures.shapes import DailySeries, FiguresPage, Moved, ShownCell, ShownSplit
from tahanan.charts import Bar, Level, Named, Point, Step
from tahanan.web import figure_words as figures
from tahanan.web import words


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table beside a chart."""

    label: str
    number: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing for a desk, one for a phone, one for any width; the same numbers as rows."""

    wide: Markup
    narrow: Markup
    list: Markup
    rows: tuple[Row, ...]
    known: str = ""
    joined: bool = False
    unfinished: bool = False


def hundred(percent: int) -> Markup:
    """The window beside a share; its number stands there, so it is not read aloud."""
    return Markup(charts.hundred(percent))  # noqa: S704 - drawn by us, its text escaped there


def years(page: FiguresPage, by: str = "years") -> Chart:
    """Rescued each year. A year that was not over on the day is hatched, and says so."""
    rows, table, cells = [], [], page.years.cells
    for cell in cells:
        part = _unfinished(cell, page.known_on)
        unknown = figures.UNKNOWN in cell.codes
        under = _until(page.known_on) if part else ""
        label = figures.label("year", cell.codes)
        number = figures.cell_number("year", cell)
        span = max(1, len([code for code in cell.codes if code != figures.UNKNOWN]))
        rows.append(Bar(label, cell.n, number, part or unknown, span, under))
        table.append(Row(f"{label}, {under}" if under else label, figures.told(cell.n)))
    unfinished = any(row.under for row in rows)
    return _drawn(by, rows, table, joined=_any_joined(cells), unfinished=unfinished)


def ages(split: ShownSplit, by: str = "ages-said") -> Chart:
    """How old they were when they were first brought to safety."""
    rows, table = [], []
    for cell in split.cells:
        unknown = figures.UNKNOWN in cell.codes
        label = figures.label("age", cell.codes)
        rows.append(Bar(label, cell.n, figures.told(cell.n), part=unknown))
        share = "–" if cell.percent is None else f"{cell.percent}%"
        table.append(Row(label, figures.told(cell.n), share))
    known = "" if split.known is None else figures.told(split.known)
    return _drawn(by, rows, table, known, joined=_any_joined(split.cells))


def bridge(moved: Moved, by: str = "bridge") -> Chart | None:
    """The way from one figure to the other; None where a part of it may not be told."""
    steps = [
        Step(figures.at_the_foot(part.causes), part.n, figures.signed(part.n))
        for part in moved.parts
        if part.n is not None
    ]
    if moved.was is None or moved.now is None or len(steps) < len(moved.parts):
        return None
    was, now = (
        Level(*_spread(n, on)) for n, on in ((moved.was, moved.before), (moved.now, moved.after))
    )
    short = [Level(f"{end.label} {end.under}", end.value, end.number) for end in (was, now)]
    stops: list[Level | Step] = [short[0], *steps, short[1]]
    desc = "; ".join(f"{each.label}: {each.number}" for each in stops)
    wide = charts.bridge(Named(by, f"{by}-wide", desc), was, steps, now, "th-only-wide")
    narrow = charts.bridge_narrow(
        Named(by, f"{by}-narrow", desc), short[0], steps, short[1], "th-only-narrow"
    )
    begins = charts.floor_of(was, steps)
    return Chart(_safe(wide), _safe(narrow), Markup(), (), known=f"{begins:,}" if begins else "")


def days(found: DailySeries, by: str = "days") -> Chart:
    """A line through the days of a year, and its table at the end of each month."""
    ends = [
        (on, n)
        for on, n in found.points
        if (on + timedelta(days=1)).day == 1 or on == found.points[-1][0]
    ]
    table = tuple(Row(words.day(on, year=True), figures.told(n)) for on, n in ends)
    desc = "; ".join(f"{row.label}: {row.number}" for row in table)
    drawn = [
        charts.line(
            Named(by, f"{by}-{look}", desc),
            [Point(n, figures.told(n), _foot(on, months)) for on, n in found.points],
            f"th-only-{look}",
            width,
        )
        for look, months, width in (("wide", (1, 4, 7, 10), 700), ("narrow", (1, 7), 340))
    ]
    return Chart(_safe(drawn[0]), _safe(drawn[1]), Markup(), table)


def _foot(on: date, months: tuple[int, ...]) -> str:
    return words.day(on, year=False) if on.day == 1 and on.month in months else ""


def _spread(n: int, on: date) -> tuple[str, int, str, str]:
    day, year = figures.day_and_year(on)
    return day, n, figures.told(n), year


def _drawn(
    by: str,
    rows: list[Bar],
    table: list[Row],
    known: str = "",
    *,
    joined: bool = False,
    unfinished: bool = False,
) -> Chart:
    desc = "; ".join(f"{row.label}: {row.number}" for row in table)
    wide = charts.bars(Named(by, f"{by}-wide", desc), rows, "th-only-wide")
    narrow = charts.bars_narrow(Named(by, f"{by}-narrow", desc), rows, "th-only-narrow")
    listed = charts.bars_narrow(Named(by, f"{by}-list", desc), rows)
    return Chart(_safe(wide), _safe(narrow), _safe(listed), tuple(table), known, joined, unfinished)


def _safe(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by us, its text escaped there


def _any_joined(cells: tuple[ShownCell, ...]) -> bool:
    return any(len(cell.codes) > 1 for cell in cells)


def _unfinished(cell: ShownCell, known_on: date) -> bool:
    return str(known_on.year) in cell.codes and (known_on.month, known_on.day) != (12, 31)


def _until(known_on: date) -> str:
    return _("to %(day)s") % {"day": words.day(known_on, year=False)}
