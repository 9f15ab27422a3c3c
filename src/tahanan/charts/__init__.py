"""Charts drawn as SVG on the server, without Django: for pages, print and slides.

Each gives the text of one `<svg>`. Colours come from the style sheet by class (`bar`, `part`,
`down`, `num`, `big`, `soft`, `axis`, `link`, `level`, `line`, `wood`, `lit`, `unlit`, `hatch`);
nothing inline. A chart is never alone: the page has the same numbers as a table or in words.
"""

from __future__ import annotations

from tahanan.charts.bars import Bar, bars, bars_narrow
from tahanan.charts.bridge import Level, Step, bridge, bridge_narrow, floor_of
from tahanan.charts.hundred import hundred
from tahanan.charts.line import Point, line
from tahanan.charts.parts import Named

__all__ = [
    "Bar",
    "Level",
    "Named",
    "Point",
    "Step",
    "bars",
    "bars_narrow",
    "bridge",
    "bridge_narrow",
    "floor_of",
    "hundred",
    "line",
]
