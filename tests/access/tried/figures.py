"""Figures, which lead to no case: who sees them, and who says that they left the programme."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.access.scenes import Scene
from tests.access.tried.rows import Row

# Those who hold cases, and the director. Fe holds cases too, of another organisation.
SEERS = "++x xxxxx xxxx xx+x+ Lx"
DIRECTOR = "xxx xxxxx xxxx xx+xx Lx"


def _none(_here: Scene) -> dict[str, Any]:
    return {}


ROWS: dict[str, Row] = {
    "figures.publishing.published": Row("written", SEERS, _none, keyless=True),
    "figures.publishing.publish": Row(
        "written", DIRECTOR,
        lambda s: {"report": "deck", "known_on": date(2020, 9, 2), "title": "The deck"},
        keyless=True,
    ),
}  # fmt: skip
