"""What was measured, and how a row of the table says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.browser import Page, Unexpected

EMPTY = "A page that shows nothing (baseline)"


@dataclass(frozen=True)
class Figure:
    """One measure: milliseconds at the middle and at the 95th of a hundred, or another value."""

    name: str
    p50: float
    p95: float
    unit: str = "ms"
    budget: float | None = None
    note: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        return None if self.budget is None else self.p95 <= self.budget

    def to_json(self) -> dict[str, Any]:
        """As it is kept between runs."""
        return asdict(self)


def timed(
    name: str,
    acts: Sequence[Callable[[], Page]],
    *,
    expect: int = 200,
    budget: float | None = None,
    right: Callable[[Page], bool] = lambda page: True,
) -> Figure:
    """Run every act once and time it. An answer that is not the right one measures nothing."""
    times = []
    for act in acts:
        page = act()
        if page.status != expect or not right(page):
            raise Unexpected(f"{name}: {page.status} {page.leads_to} {page.body[:400]}")
        times.append(page.seconds * 1000)
    return of(name, times, budget)


def of(name: str, milliseconds: Sequence[float], budget: float | None = None) -> Figure:
    """The figure of so many tries."""
    return Figure(name, at(milliseconds, 0.50), at(milliseconds, 0.95), budget=budget)


def at(values: Sequence[float], share: float) -> float:
    """The value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
