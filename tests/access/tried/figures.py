"""Figures, which lead to no case: who sees them, and who says that they left the programme."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.access.scenes import Scene
from tests.access.tried.rows import Row

from tahanan.base import clock

# Those who hold cases, and the director. Fe holds cases too, of another organisation.
SEERS = "++x xxxxx xxxx xx+x+ Lx"
DIRECTOR = "xxx xxxxx xxxx xx+xx Lx"


def _none(_here: Scene) -> dict[str, Any]:
    return {}


def _month_end(months: int = 1) -> date:
    """The last day of a month before this one."""
    day = clock.today()
    for _ in range(months):
        day = day.replace(day=1) - timedelta(days=1)
    return day


ROWS: dict[str, Row] = {
    "figures.queries.figures": Row(
        "written", SEERS, lambda s: {"known_on": _month_end()}, keyless=True
    ),
    "figures.defining.definition": Row(
        "written", SEERS, lambda s: {"measure": "operations", "known_on": _month_end()},
        keyless=True,
    ),
    # Day by day: for those who hold cases.
    "figures.queries.year_by_day": Row(
        "written", "++x xxxxx xxxx xxxx+ Lx", lambda s: {"measure": "operations", "year": 2020},
        keyless=True,
    ),
    "figures.nights.occupancy": Row(
        "written", SEERS, lambda s: {"day": _month_end()}, keyless=True
    ),
    "figures.moved.why_it_moved": Row(
        "written", SEERS,
        lambda s: {"measure": "operations", "before": _month_end(2), "after": _month_end()},
        keyless=True,
    ),
    "figures.publishing.published": Row("written", SEERS, _none, keyless=True),
    "figures.publishing.about_to_publish": Row("written", DIRECTOR, _none, keyless=True),
    "figures.publishing.publish": Row(
        "written", DIRECTOR,
        lambda s: {"report": "deck", "known_on": date(2020, 9, 2), "title": "The deck"},
        keyless=True,
    ),
}  # fmt: skip
