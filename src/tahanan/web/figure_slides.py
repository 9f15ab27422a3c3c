"""Figures on a wall: one figure, or one slide, to a screen."""

from __future__ import annotations

from dataclasses import dataclass

from tahanan.casework.figures.shapes import FiguresPage, Line
from tahanan.web import figure_charts
from tahanan.web.figure_charts import Chart
from tahanan.web.figure_words import SHARES

HERO = "victims_rescued"
COUNTS = ("persons_arrested", "operations", "persons_convicted")
TALLY = ("rescued_or_safeguarded", *COUNTS)


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen. `kind`: hero, share, tally, years or ages; `code` names what a tally is of."""

    kind: str
    lines: tuple[Line, ...] = ()
    chart: Chart | None = None
    code: str = ""


def lines_of(page: FiguresPage) -> dict[str, Line]:
    """The lines of the page's own period, by measure."""
    own = page.lines[0].period if page.lines else None
    return {line.measure: line for line in page.lines if line.period == own}


def tally_of(page: FiguresPage) -> list[Line]:
    """The lines of the lockdown, in their order."""
    named = {line.measure: line for line in page.lines if line.period.code == "lockdown"}
    return [named[each] for each in TALLY if each in named]


def counts_of(page: FiguresPage) -> list[Line]:
    """The plain counts beside the one figure: none, where the page is of the lockdown itself."""
    of = lines_of(page)
    return [line for code, line in of.items() if code not in (HERO, *SHARES)] if HERO in of else []


def slides(page: FiguresPage) -> list[Slide]:
    """What there is to show, in the order of the page."""
    of, found = lines_of(page), []
    if HERO in of:
        found.append(Slide("hero", (of[HERO],)))
        found.append(Slide("years", (of[HERO],), figure_charts.years(page)))
    found += [Slide("share", (of[each],)) for each in SHARES if each in of]
    if counts := counts_of(page):
        found.append(Slide("tally", tuple(counts), code="counts"))
        found.append(Slide("ages", (of[HERO],), figure_charts.ages(page.ages)))
    if tally := tally_of(page):
        found.append(Slide("tally", tuple(tally), code="lockdown"))
    return found
