"""Every measure there is, its variants, and the reports that gather them."""

from __future__ import annotations

from dataclasses import dataclass

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
from tahanan.measures.spec import Measure, plain

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
    "adult": plain("adults at their first removal, who are in the figure"),
    "no_operation": plain("safe without an operation, who are in the figure"),
    "surrendered": plain("surrendered to safety, who are in the figure"),
    "status_none": plain("without a status yet"),
    "status_at_risk": plain("at risk"),
    "status_victim": plain("victims"),
    "status_not_victim": plain("found not to be victims"),
    "minor": plain("minors, who are not in the figure"),
    "demand_side": plain("who paid from elsewhere, who are not in the figure"),
    "abroad": plain("in another country, which are in the figure"),
    "lesser_plea": plain("after a plea to a lesser charge, which are in the figure"),
    "suspended": plain("with a suspended sentence, which are in the figure"),
    "before": plain("whose stay began before the removal that is recorded"),
}


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
