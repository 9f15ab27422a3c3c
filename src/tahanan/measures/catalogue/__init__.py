"""Every measure there is, its variants, and the reports that gather them."""

from __future__ import annotations

from dataclasses import dataclass

from tahanan.base.names import N_
from tahanan.measures.catalogue.children import AGED, SAFEGUARDED, SIBLINGS, VICTIMS
from tahanan.measures.catalogue.suspects import ARRESTED, ARRESTS, CLOSE, CONVICTED
from tahanan.measures.catalogue.work import (
    ADMITTED,
    CONTACT,
    DEMAND,
    OPEN_CASES,
    OPERATIONS,
    OSAEC,
    OSEC,
    STATUS_NOW,
)
from tahanan.measures.periods import ALL, LOCKDOWN, Period
from tahanan.measures.spec import Choice, Measure

MEASURES: dict[str, Measure] = {
    each.code: each
    for each in (
        VICTIMS, AGED, CLOSE, SIBLINGS, ARRESTED, ARRESTS, OPERATIONS, CONVICTED, SAFEGUARDED,
        STATUS_NOW, OPEN_CASES, OSEC, OSAEC, CONTACT, DEMAND, ADMITTED,
    )
}  # fmt: skip
# What the nearest other choices count, by their own codes.
VARIANTS: dict[str, Measure] = {
    choice.other.code: choice.other
    for measure in MEASURES.values()
    for choice in measure.choices
    if choice.other is not None and choice.other.code not in MEASURES
}
EVERY: dict[str, Measure] = MEASURES | VARIANTS

# What is listed beside a figure. Those of a status lie outside a figure that does not count it.
APART: dict[str, str] = {
    "adult": N_("adults at their first removal, who are in the figure"),
    "no_operation": N_("safe without an operation, who are in the figure"),
    "surrendered": N_("surrendered to safety, who are in the figure"),
    "status_none": N_("without a status yet"),
    "status_at_risk": N_("at risk"),
    "status_victim": N_("victims"),
    "status_not_victim": N_("found not to be victims"),
    "minor": N_("minors, who are not in the figure"),
    "demand_side": N_("who paid from elsewhere, who are not in the figure"),
    "abroad": N_("in another country, which are in the figure"),
    "lesser_plea": N_("after a plea to a lesser charge, which are in the figure"),
    "suspended": N_("with a suspended sentence, which are in the figure"),
    "before": N_("whose stay began before the removal that is recorded"),
}


# What holds for every measure.
COMMON: tuple[Choice, ...] = (
    Choice(
        N_("Several events: which one decides the period?"),
        N_("The first, as known on the day."),
        N_("So each is in one period alone, and the periods add up."),
    ),
    Choice(
        N_("Known by the month alone, across an edge of the period?"),
        N_("Not counted, and told as “date uncertain”."),
        N_("It may have been on either side; a guess would move between reports."),
    ),
    Choice(
        N_("Halves in rounding?"),
        N_("Upwards, to whole per cent."),
        N_("It is how most people round, and the counts stand beside it."),
    ),
    Choice(
        N_("Known on a day: until when, and where?"),
        N_("Until the end of that day in Manila."),
        N_("The programme works there; a day that ended elsewhere is nobody’s day."),
    ),
    Choice(
        N_("Does taking back a correction bring back what it replaced?"),
        N_("No: the fact stands withdrawn until somebody states it anew."),
        N_("Whoever took it back has not said that what stood before was right."),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: a measure over a period."""

    measure: Measure
    period: Period


# The three slides of the deck, in their order.
REPORTS: dict[str, tuple[Line, ...]] = {
    "deck": (
        Line(VICTIMS, ALL),
        Line(AGED, ALL),
        Line(CLOSE, ALL),
        Line(SIBLINGS, ALL),
        Line(ARRESTED, ALL),
        Line(OPERATIONS, ALL),
        Line(CONVICTED, ALL),
        Line(SAFEGUARDED, LOCKDOWN),
        Line(ARRESTED, LOCKDOWN),
        Line(OPERATIONS, LOCKDOWN),
        Line(CONVICTED, LOCKDOWN),
    ),
}
