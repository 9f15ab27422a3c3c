"""How far a long work is: the share done, how fast it goes, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable

_EVERY = 5.0


class Progress:
    """Says a line every few seconds. `say` takes a line; `whole` is how many there are to do."""

    def __init__(self, say: Callable[[str], None], whole: int, of: str = "cases") -> None:
        self.say = say
        self.whole = whole
        self.of = of
        self.done = 0
        self._began = self._said = time.monotonic()

    def add(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        now = time.monotonic()
        if now - self._said >= _EVERY:
            self._said = now
            self.say(self.line())

    def line(self) -> str:
        """Per cent, rate, time left."""
        rate = self.done / max(time.monotonic() - self._began, 0.001)
        left = _told(max(self.whole - self.done, 0) / max(rate, 0.001))
        share = min(100, 100 * self.done // max(self.whole, 1))
        of = f"{self.done:,} of {self.whole:,} {self.of}"
        return f"{share:>3}%  {of}, {rate:,.0f} a second, {left} left"

    def ended(self, rows_each: float) -> str:
        """What it took, as a rate of rows too."""
        took = time.monotonic() - self._began
        each = 1_000_000 * took / max(self.done * rows_each, 1)
        return f"{self.done:,} {self.of} in {_told(took)}, {each:.1f} µs a row."


def _told(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
