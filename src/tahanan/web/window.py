"""The picture of the sign-in page: a window of capiz panes, lit from one side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

_STEP_ACROSS, _STEP_DOWN = 59.2, 62.9
_ROWS, _HALF = 11, 5
_FRAME, _MIDDLE = 16, 12
# Capiz is never twice the same: the pearly tones, by place.
_PEARL = ("c3cecb", "e2e7e0", "cad3cd", "ced7d1", "d1dad4", "d7ded9", "c7d2cf", "dfe4dd")
_LAMP = ("fde199", "f7db93", "fbdf97", "f5d991", "ffe9af")
# Which pane the lamp stands behind, and how far its light reaches across and down.
_HERE, _REACH = (5.6, 6.2), (3.1, 2.9)
_UNLIT = 0.05


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane: where, its own colour, and how much of the lamp is seen through it (0 to 1)."""

    x: float
    y: float
    pearl: str
    lamp: str
    light: float


@cache
def window() -> tuple[Pane, ...]:
    """The panes of the window, column by column."""
    return tuple(_pane(column, row) for column in range(2 * _HALF) for row in range(_ROWS))


def _pane(column: int, row: int) -> Pane:
    mix = column * 7 + row * 13 + column * row
    light = _light(column, row)
    return Pane(
        round(_FRAME + (column >= _HALF) * _MIDDLE + column * _STEP_ACROSS, 1),
        round(_FRAME + row * _STEP_DOWN, 1),
        _PEARL[mix % len(_PEARL)],
        _LAMP[mix % len(_LAMP)],
        round(light, 2) if light >= _UNLIT else 0,
    )


def _light(column: int, row: int) -> float:
    across, down = (column - _HERE[0]) / _REACH[0], (row - _HERE[1]) / _REACH[1]
    return min(1.0, 1.15 * math.exp(-(across**2 + down**2) / 2))
