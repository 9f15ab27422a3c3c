"""Bars: upright in a wide chart, lying in a narrow one. Numbers stand on them; there is no grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tahanan.charts.parts import LETTER, LINE, NARROWEST, Named, drawn, hatch, num, said, wrapped

WIDTH, FLOOR, ROOM = 700, 280, 243.3
ROW, THICK = 38, 24
LEAST = 1.5  # px: what is not nothing is seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, how many, and the number as it is written on it.

    `value` None: it may not be told; its words stand without a bar. `part`: incomplete or unknown,
    hatched. `span`: how many years or bands were joined; the bar is as wide, and as high as their
    mean. `under`: a second, softer line under the label.
    """

    label: str
    value: int | None
    number: str
    part: bool = False
    span: int = 1
    under: str = ""

    @property
    def height(self) -> float:
        """What is drawn: the mean of what was joined."""
        return (self.value or 0) / self.span


def bars(named: Named, rows: Sequence[Bar], look: str = "") -> str:
    """Upright bars in a box of 700 px that grows with the page."""
    pattern, paint = hatch(named)
    slot = WIDTH / max(1, sum(row.span for row in rows))
    labels = [wrapped(row.label, slot * row.span, 2) for row in rows]
    feet = [len(each) + bool(row.under) for each, row in zip(labels, rows, strict=True)]
    deep = FLOOR + 14 + max(feet, default=1) * LINE
    top, at, inside = max((row.height for row in rows), default=0) or 1, 0.0, [pattern]
    for row, label in zip(rows, labels, strict=True):
        inside += _upright(row, label, at, slot, row.height * ROOM / top, paint)
        at += slot * row.span
    inside.append(f'<line class="axis" x1="0" x2="{WIDTH}" y1="{FLOOR}" y2="{FLOOR}"/>')
    return drawn(look, f'viewBox="0 0 {WIDTH} {deep}"', named, inside)


def _upright(
    row: Bar, label: list[str], at: float, slot: float, high: float, paint: str
) -> Iterator[str]:
    wide, middle = slot * row.span, at + slot * row.span / 2
    gap = min(12.0, slot * 0.2)
    if row.value:
        high = max(high, LEAST)
        place = f'x="{num(at + gap / 2)}" y="{num(FLOOR - high)}" width="{num(wide - gap)}"'
        yield _rect(row, f'{place} height="{num(high)}"', paint)
    else:
        high = 0
    number = wrapped(row.number, wide, 2)
    for back, words in enumerate(reversed(number)):
        y = FLOOR - high - 9 - back * LINE
        yield said(words, f'x="{num(middle)}" y="{num(y)}"', "num", "middle")
    for down, words in enumerate(label):
        yield said(words, f'x="{num(middle)}" y="{FLOOR + 24 + down * LINE}"', "", "middle")
    if row.under:
        y = FLOOR + 24 + len(label) * LINE
        beyond = middle + len(row.under) * LETTER / 2 > WIDTH
        x, anchor = (WIDTH, "end") if beyond else (middle, "middle")
        yield said(row.under, f'x="{num(x)}" y="{y}"', "soft", anchor)


def bars_narrow(named: Named, rows: Sequence[Bar], look: str = "") -> str:
    """Lying bars, as wide as the column: for a phone, and for lists of bands."""
    pattern, paint = hatch(named)
    longest = max((len(row.label) for row in rows), default=0)
    begin = min(45.0, max(20.0, _share(longest * LETTER + 10)))
    labels = [wrapped(row.label, NARROWEST * begin / 100, 2) for row in rows]
    high = ROW + (LINE - 8 if any(len(label) > 1 for label in labels) else 0)
    scale, inside = _scale(rows, 100 - begin), [pattern]
    for line, (row, label) in enumerate(zip(rows, labels, strict=True)):
        inside += _lying(row, label, begin, line * high + high / 2 - 1, row.height * scale, paint)
    deep = max(1, len(rows)) * high
    inside.append(f'<line class="axis" x1="{num(begin)}%" x2="{num(begin)}%" y1="0" y2="{deep}"/>')
    return drawn(look, f'width="100%" height="{deep + 4}"', named, inside)


def _lying(
    row: Bar, label: list[str], begin: float, middle: float, wide: float, paint: str
) -> Iterator[str]:
    first = middle + 5 - (len(label) - 1) * LINE / 2
    for down, words in enumerate(label):
        yield said(words, f'x="0" y="{num(first + down * LINE)}"')
    if row.value:
        wide = max(wide, 0.5)
        place = f'x="{num(begin)}%" y="{num(middle - THICK / 2)}" width="{num(wide)}%"'
        yield _rect(row, f'{place} height="{THICK}"', paint)
    yield said(row.number, f'x="{num(begin + wide)}%" dx="8" y="{num(middle + 5)}"', "num")


def _scale(rows: Sequence[Bar], room: float) -> float:
    """Per cent of width for one: no bar so long that its number finds no room beside it."""
    fits = [
        max(10.0, room - _share(len(row.number) * LETTER * 1.08 + 10)) / row.height
        for row in rows
        if row.height
    ]
    return min(fits, default=0.0)


def _share(px: float) -> float:
    return 100 * px / NARROWEST


def _rect(row: Bar, place: str, paint: str) -> str:
    return (
        f'<rect class="part" {paint} {place} rx="3"/>'
        if row.part
        else (f'<rect class="bar" {place} rx="3"/>')
    )
