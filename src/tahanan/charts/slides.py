"""Pictures of figures to be projected: one SVG file each, which needs nothing beside it.

Colours are those of the pages in light, since a projector has no darkness of its own. Fonts are
named and not brought along: where they are missing, the next in the row stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tahanan.charts.hundred import SIDE, hundred
from tahanan.charts.parts import num, text_of

WIDTH, HEIGHT, EDGE = 1920, 1080, 120
_ROOM = WIDTH - 2 * EDGE
_STYLE = """
.ground{fill:#f1f3ee} .rule{stroke:#2a201c;stroke-width:3} .wood{fill:#6d4c3b}
.lit{fill:#f4be48} .unlit{fill:#e3e8e1}
text{fill:#2a201c;font-family:"Schibsted Grotesk","Noto Sans",system-ui,sans-serif}
.large{font-family:Faustina,"Noto Serif",Georgia,serif;font-weight:600} .soft{fill:#5b524c}
"""
# How wide a letter is at most, in shares of its size: of the widest font that may stand in.
_WIDE = {"large": 0.65, "soft": 0.6}
_DIGIT = 0.72
# Beside a number in a column of shares.
_WINDOW = 150


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of a slide: the number as it is written, what it is, and how it is counted.

    `percent`: a window of a hundred panes stands beside it.
    """

    number: str
    name: str
    counts: str = ""
    percent: int | None = None


def slide(title: str, told: Sequence[Told], foot: Sequence[str], *, first: bool = False) -> str:
    """One slide. `first`: its first figure stands above the others, as large as the room allows."""
    top = told[:1] if first else ()
    rest = told[1:] if first else told
    inside = [*_head(title)]
    inside += [part for each in top for part in _hero(each)]
    inside += _columns(rest, 520, 150) if first else _columns(rest, 340, 250)
    inside += _foot(foot)
    desc = " ".join(f"{each.number} {each.name}. {each.counts}".strip() for each in told)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="name" '
        f'aria-describedby="numbers"><title id="name">{text_of(title)}</title>'
        f'<desc id="numbers">{text_of(desc)}</desc><style>{_STYLE}</style>'
        f"{''.join(inside)}</svg>\n"
    )


def _head(title: str) -> Iterator[str]:
    yield f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>'
    yield _text(title, EDGE, 140, 60, "large")


def _hero(told: Told) -> Iterator[str]:
    size = min(300.0, _ROOM / 2 / (_DIGIT * max(1, len(told.number))))
    wide = len(told.number) * size * _DIGIT
    yield _text(told.number, EDGE, 430, size, "large")
    left, room = EDGE + wide + 48, _ROOM - wide - 48
    yield from _lines(told.name, left, 290, room, 56, "large")
    yield from _lines(told.counts, left, 355, room, 30, "soft")


def _columns(told: Sequence[Told], top: float, most: float) -> Iterator[str]:
    """Figures side by side under a rule each; no number larger than `most`."""
    gap = 64
    wide = (_ROOM - gap * (len(told) - 1)) / max(1, len(told))
    room = wide - _WINDOW - 16 if any(each.percent is not None for each in told) else wide
    longest = max((len(each.number) for each in told), default=1)
    size = min(most, room / (_DIGIT * longest))
    for place, each in enumerate(told):
        left = EDGE + place * (wide + gap)
        yield f'<path class="rule" d="M{num(left)} {num(top)}h{num(wide)}"/>'
        yield _text(each.number, left, top + most, size, "large")
        if each.percent is not None:
            yield _panes(each.percent, left + wide - _WINDOW, top + most - _WINDOW + 20)
        below = top + most + 80
        for line in _wrapped(each.name, wide, 36, "large"):
            yield _text(line, left, below, 36, "large")
            below += 44
        yield from _lines(each.counts, left, below + 4, wide, 27, "soft")


def _panes(percent: int, left: float, top: float) -> str:
    frame = f'<svg x="{num(left)}" y="{num(top)}" width="{_WINDOW}" height="{_WINDOW}"'
    return f'{frame} viewBox="0 0 {SIDE} {SIDE}">{hundred(percent)}</svg>'


def _foot(lines: Sequence[str]) -> Iterator[str]:
    first = HEIGHT - 50 - 36 * (len(lines) - 1)
    for down, words in enumerate(lines):
        yield _text(words, EDGE, first + 36 * down, 26, "soft")


def _lines(
    words: str, left: float, top: float, room: float, size: float, look: str
) -> Iterator[str]:
    for down, line in enumerate(_wrapped(words, room, size, look)):
        yield _text(line, left, top + down * size * 1.3, size, look)


def _wrapped(words: str, room: float, size: float, look: str) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * size * _WIDE[look] <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _text(words: str, left: float, top: float, size: float, look: str) -> str:
    place = f'x="{num(left)}" y="{num(top)}" font-size="{num(size)}"'
    return f'<text class="{look}" {place}>{text_of(words)}</text>'
