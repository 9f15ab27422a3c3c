"""A window of a hundred panes: so many of a hundred are lit, from the bottom."""

from __future__ import annotations

from tahanan.charts.parts import Named, drawn, num

SIDE, STEP, FIRST = 132, 12.5, 4.5


def hundred(percent: int, named: Named | None = None, look: str = "") -> str:
    """Ten rows of ten. Without a name it is decoration: the number stands beside it."""
    lit = min(100, max(0, percent))
    inside = [
        f'<rect class="wood" width="{SIDE}" height="{SIDE}" rx="7"/>',
        *(f'<path class="lit" d="{_panes(0, lit)}"/>' for _some in range(lit > 0)),
        *(f'<path class="unlit" d="{_panes(lit, 100)}"/>' for _some in range(lit < 100)),
    ]
    return drawn(f"th-hundred {look}".strip(), f'viewBox="0 0 {SIDE} {SIDE}"', named, inside)


def _panes(first: int, after: int) -> str:
    return "".join(
        f"M{num(FIRST + STEP * (pane % 10))} {num(FIRST + STEP * (9 - pane // 10))}h10v10h-10z"
        for pane in range(first, after)
    )
