"""How a measure is counted, in numbers: the figure, and what each other choice would have given."""

from __future__ import annotations

from datetime import date

from tahanan.access.visit import Visit
from tahanan.casework.door import query
from tahanan.casework.figures import counting, reports, telling
from tahanan.casework.figures.reading import reader
from tahanan.casework.figures.shapes import Defined, Figure, Shown, Sight
from tahanan.measures.periods import Period
from tahanan.measures.spec import Choice, Measure


@query("figure_definition", always=True)
def definition(
    visit: Visit, *, measure: str, known_on: date | None = None, period: str = "all"
) -> Defined:
    """One measure as known at the end of a day, and the same day under each other choice."""
    seen = reader(visit, reports.DECK)
    what, over = reports.measure(measure), seen.period(period)
    day = seen.day("known_on", known_on)
    visit.details |= {"measure": measure, "known_on": str(day)}
    figure = counting.count(what, over, day)
    public = any(
        (line.measure.code, line.period) == (measure, over) for line in reports.lines(reports.DECK)
    )
    sight = seen.of_report(day) if public else seen.sight
    return Defined(
        measure=measure,
        period=over,
        known_on=day,
        sight=seen.sight,
        days=seen.days,
        shown=telling.told(figure, sight),
        others=tuple(_other(what, choice, figure, seen.sight) for choice in what.choices),
    )


def _other(what: Measure, choice: Choice, figure: Figure, sight: Sight) -> Shown | None:
    """The figure under the other choice: of another measure, over another period, or none."""
    if choice.other is None and choice.period is None:
        return None
    period: Period = choice.period or figure.period
    other = counting.count(choice.other or what, period, figure.known_on)
    return telling.told_choice(other, figure, sight)
