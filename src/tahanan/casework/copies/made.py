"""What is new in one copy, and how cells are taken out of it by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Protocol

from tahanan.casework.copies.blocks import Renamed
from tahanan.casework.copies.ink import Cell

Pick = Callable[[Sequence[Any]], Sequence[Any]]


class Holds(Protocol):
    """The columns of grants that depend on who holds the copy."""

    def team(self, made: Made) -> list[Cell]:
        """The links to the teams."""

    def holder(self, made: Made) -> list[Cell]:
        """Who holds each case."""

    def wrap(self, made: Made) -> list[Cell]:
        """The wrapped keys."""


@dataclass(frozen=True, slots=True)
class Made:
    """One copy: its ids as 16 bytes and as cells by number, its keys, and who is to hold it.

    `share`: how many shares of cases were dealt out in the copies before it.
    """

    ids: list[bytes]
    cells: list[Cell]
    keys: list[bytes] = field(repr=False)
    deal: Holds
    share: int
    renamed: Renamed | None


def pick(numbers: Sequence[int]) -> Pick:
    """What has these numbers, in this order."""
    if len(numbers) == 1:
        (only,) = numbers
        return lambda all: (all[only],)
    return itemgetter(*numbers)
