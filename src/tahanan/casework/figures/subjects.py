"""Whom a measure counts: one row each, when, whether she belongs, and the answer for her."""

from __future__ import annotations

from dataclasses import dataclass, field

from tahanan.casework.figures.asking import Asking


@dataclass(frozen=True, slots=True)
class When:
    """The possible days of what decides, and how they lie to the period."""

    on: str
    until: str
    inside: str
    straddles: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """The rows a measure counts, as expressions over `source` (what follows FROM).

    `member`: belongs to the population. `answer`: 1, 0, or NULL where it is not known. `apart`:
    what is listed beside, by code. `columns`: what a split groups by.
    """

    source: str
    key: str
    when: When
    member: str = "1 = 1"
    answer: str = "1"
    apart: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def counted(self) -> str:
        """In the period, of the population, and the answer is yes."""
        return f"({self.when.inside}) AND ({self.member}) AND ({self.answer}) = 1"


def dated(ask: Asking, on: str, until: str) -> When:
    """When, for one event."""
    inside = ask.inside(on, until)
    return When(on, until, inside, f"NOT ({inside}) AND ({ask.touches(on, until)})")
