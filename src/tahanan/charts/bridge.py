"""A bridge from one figure to another: what came is filled, what went is hollow.

Its ends are levels, not bars, so nothing is cut off where the drawing does not begin at nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tahanan.charts.parts import LETTER, LINE, NARROWEST, Named, drawn, num, said, wrapped

WIDTH, HIGH, LOW, FOOT = 700, 52.5, 261.8, 318
ROW, THICK, COLUMN = 44, 26, 108


@dataclass(frozen=True, slots=True)
class Level:
    """One of the two ends: which day, and the figure, as a number and as it is written."""

    label: str
    value: int
    number: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What moved it: a short label, by how much, and that with its sign as it is written."""

    label: str
    by: int
    number: str


def floor_of(was: Level, steps: Sequence[Step]) -> int:
    """Where the drawing begins: 0, or a round number a little under all levels."""
    levels = _levels(was, steps)
    low, high = min(levels), max(levels)
    if low <= high - low:
        return 0
    unit = int(10 ** (len(str(max(1, high - low))) - 1))
    return max(0, (low - (high - low) // 8) // unit * unit)


def bridge(named: Named, was: Level, steps: Sequence[Step], now: Level, look: str = "") -> str:
    """Upright, in a box of 700 px that grows with the page."""
    levels, slot = _levels(was, steps), WIDTH / (len(steps) + 2)
    ys, half = _places(levels, floor_of(was, steps), HIGH, LOW), slot * 0.4
    inside = [*_end(was, slot / 2, ys[0], half, slot), _link(slot / 2, ys[0], half, slot)]
    for at, (step, (before, after)) in enumerate(zip(steps, pairwise(ys), strict=True), start=1):
        middle = slot * (at + 0.5)
        inside += _upright(step, middle, before, after, half)
        inside += [_link(middle, after, half, slot), *_under(step.label, middle, slot)]
    inside += _end(now, WIDTH - slot / 2, ys[-1], half, slot)
    deep = FOOT + LINE * max(
        [len(wrapped(step.label, slot - 6)) - 1 for step in steps]
        + [len(wrapped(end.label, slot - 6)) - 1 + bool(end.under) for end in (was, now)]
    )
    return drawn(f"th-bridge {look}".strip(), f'viewBox="0 0 {WIDTH} {deep + 10}"', named, inside)


def _end(end: Level, middle: float, y: float, half: float, slot: float) -> Iterator[str]:
    level = f'x1="{num(middle - half)}" x2="{num(middle + half)}" y1="{num(y)}" y2="{num(y)}"'
    yield f'<line class="level" {level}/>'
    yield said(end.number, f'x="{num(middle)}" y="{num(y - 14)}"', "big", "middle")
    yield from _under(end.label, middle, slot)
    if end.under:
        y_under = FOOT + LINE * len(wrapped(end.label, slot - 6))
        yield said(end.under, f'x="{num(middle)}" y="{y_under}"', "soft", "middle")


def _under(label: str, middle: float, slot: float) -> Iterator[str]:
    for down, words in enumerate(wrapped(label, slot - 6)):
        yield said(words, f'x="{num(middle)}" y="{FOOT + down * LINE}"', "", "middle")


def _link(middle: float, y: float, half: float, slot: float) -> str:
    ends = f'x1="{num(middle + half)}" x2="{num(middle + slot - half)}"'
    return f'<line class="link" {ends} y1="{num(y)}" y2="{num(y)}"/>'


def _upright(step: Step, middle: float, before: float, after: float, half: float) -> Iterator[str]:
    top, deep = min(before, after), max(1.5, abs(before - after))
    place = f'x="{num(middle - half)}" y="{num(top)}" width="{num(2 * half)}"'
    yield f'<rect class="{_kind(step)}" {place} height="{num(deep)}" rx="3"/>'
    yield said(step.number, f'x="{num(middle)}" y="{num(top - 9)}"', "num", "middle")


def bridge_narrow(
    named: Named, was: Level, steps: Sequence[Step], now: Level, look: str = ""
) -> str:
    """Lying, as wide as the column: for a phone."""
    levels = _levels(was, steps)
    ends: list[Level | Step] = [was, *steps, now]
    numbers = max(len(each.number) for each in ends) * LETTER * 1.08 + 14
    begin = min(75.0, 100 * (COLUMN + numbers) / NARROWEST)
    xs = _places(levels, floor_of(was, steps), 96 - 100 * numbers / NARROWEST, begin)
    if xs[0] > 99 or max(xs) < begin:
        xs = [begin for _level in xs]
    inside, line = [*_flat_end(was, xs[0], 0), _drop(xs[0], 0)], 0
    for line, (step, (before, after)) in enumerate(zip(steps, pairwise(xs), strict=True), start=1):
        inside += [*_lying(step, before, after, line), _drop(after, line)]
    inside += _flat_end(now, xs[-1], line + 1)
    size = f'width="100%" height="{ROW * (len(steps) + 2)}"'
    return drawn(f"th-bridge {look}".strip(), size, named, inside)


def _flat_end(end: Level, x: float, line: int) -> Iterator[str]:
    y = line * ROW + 4
    yield from _beside(end.label, y + 21, "num")
    level = f'x1="{num(x)}%" x2="{num(x)}%" y1="{y}" y2="{y + 30}"'
    yield f'<line class="level" {level}/>'
    yield said(end.number, f'x="{num(x)}%" dx="9" y="{y + 21}"', "num")


def _drop(x: float, line: int) -> str:
    y = line * ROW + 34
    return f'<line class="link" x1="{num(x)}%" x2="{num(x)}%" y1="{y}" y2="{y + 14}"/>'


def _lying(step: Step, before: float, after: float, line: int) -> Iterator[str]:
    left, wide, y = min(before, after), max(0.5, abs(before - after)), line * ROW + 6
    yield from _beside(step.label, y + 19)
    place = f'x="{num(left)}%" y="{y}" width="{num(wide)}%" height="{THICK}"'
    yield f'<rect class="{_kind(step)}" {place} rx="3"/>'
    yield said(step.number, f'x="{num(left)}%" dx="-7" y="{y + 19}"', "num", "end")


def _beside(label: str, y: float, look: str = "") -> Iterator[str]:
    lines = wrapped(label, COLUMN, 2)
    for down, words in enumerate(lines):
        yield said(words, f'x="0" y="{num(y + (down - (len(lines) - 1) / 2) * LINE)}"', look)


def _kind(step: Step) -> str:
    return "bar" if step.by > 0 else "down"


def _levels(was: Level, steps: Sequence[Step]) -> list[int]:
    """The figure at the start, and after each step."""
    levels = [was.value]
    for step in steps:
        levels.append(levels[-1] + step.by)
    return levels


def _places(levels: Sequence[int], floor: int, far: float, near: float) -> list[float]:
    """Each level between `near` (the floor) and `far` (the highest)."""
    room = max(levels) - floor
    return [near + (far - near) * (level - floor) / room if room else near for level in levels]
