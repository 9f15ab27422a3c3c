"""Names of nobody for copies: thousands of words spread by Zipf, so that a search finds some."""

from __future__ import annotations

import random
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from uuid import UUID

# fmt: off
_ONSETS = [
    "b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "h", "j", "y", "br", "tr",
]
# fmt: on
_VOWELS = ["a", "e", "i", "o", "u", "a", "i", "o"]
_ENDS = ["", "", "", "n", "s", "l", "r", "ng", "m", "t"]
GIVEN, SURNAMES = 7_000, 20_850


@dataclass(frozen=True, slots=True)
class Name:
    """A given name, the mother's surname, a surname."""

    given: str
    middle: str
    surname: str


def of(case: UUID) -> Name:
    """The name of the child of one case: always the same, drawn from the random bits of its id."""
    given, surnames = _words("given", GIVEN), _words("surname", SURNAMES)
    bits = case.int
    drawn = [(bits >> shift & 0xFFFFF) / 0x100000 for shift in (0, 20, 40)]
    return Name(given.at(drawn[0]), surnames.at(drawn[1]), surnames.at(drawn[2]))


@dataclass(frozen=True)
class _Words:
    words: list[str]
    shares: list[float]

    def at(self, drawn: float) -> str:
        """The word at this share of all bearers, the commonest first."""
        return self.words[bisect(self.shares, drawn * self.shares[-1])]


@cache
def _words(kind: str, count: int) -> _Words:
    drawn = random.Random(kind)  # noqa: S311  names, not secrets
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = drawn.choices((2, 3, 4), (5, 4, 1))[0]
        parts = (drawn.choice(_ONSETS) + drawn.choice(_VOWELS) for _ in range(syllables))
        found["".join(parts).capitalize() + drawn.choice(_ENDS)] = None
    return _Words(list(found), list(accumulate(1 / (rank + 3) for rank in range(count))))
