"""A line for a series of days: the first and the last number stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tahanan.charts.parts import Named, drawn, num, said

WIDTH, FLOOR, TOP, MARGIN = 700, 280, 36, 60


@dataclass(frozen=True, slots=True)
class Point:
    """One day: how many, None where it may not be told, and words for its foot, if it has any."""

    value: int | None
    number: str
    label: str = ""


def line(named: Named, points: Sequence[Point], look: str = "", width: int = WIDTH) -> str:
    """A line from nothing upwards; it breaks where a number may not be told."""
    top = max((point.value or 0 for point in points), default=0) or 1
    step = (width - 2 * MARGIN) / max(1, len(points) - 1)
    spots = [
        None
        if point.value is None
        else (MARGIN + step * at, FLOOR - (FLOOR - TOP) * point.value / top)
        for at, point in enumerate(points)
    ]
    inside = [f'<path class="line" d="{_path(spots)}"/>'] if any(spots) else []
    inside += _numbers(points, spots)
    for at, point in enumerate(points):
        if point.label:
            place = f'x="{num(MARGIN + step * at)}" y="{FLOOR + 24}"'
            inside.append(said(point.label, place, "", "middle"))
    inside.append(f'<line class="axis" x1="0" x2="{width}" y1="{FLOOR}" y2="{FLOOR}"/>')
    return drawn(look, f'viewBox="0 0 {width} {FLOOR + 38}"', named, inside)


def _path(spots: Sequence[tuple[float, float] | None]) -> str:
    words, pen = [], "M"
    for spot in spots:
        if spot is None:
            pen = "M"
            continue
        words.append(f"{pen}{num(spot[0])} {num(spot[1])}")
        pen = "L"
    return "".join(words)


def _numbers(points: Sequence[Point], spots: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    told = [at for at, spot in enumerate(spots) if spot is not None]
    for at in sorted({told[0], told[-1]}) if told else ():
        x, y = spots[at] or (0.0, 0.0)
        anchor = "start" if at == told[0] and len(told) > 1 else "end"
        yield said(points[at].number, f'x="{num(x)}" y="{num(y - 9)}"', "num", anchor)
