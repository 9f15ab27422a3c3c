"""Synthetic people for the tests of search: seeded, of no real person, spread by Zipf."""

import random
import uuid
from dataclasses import dataclass

from tahanan.matching.index import Row
from tahanan.matching.normal import name_words

_ONSETS = [
    "b",
    "d",
    "g",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "ch",
    "h",
    "j",
    "y",
    "br",
    "tr",
]
_VOWELS = ["a", "e", "i", "o", "u", "a", "i", "o"]
_ENDS = ["", "", "", "n", "s", "l", "r", "ng", "m", "t"]
_LETTERS = "abcdefghijklmnoprstuvyz"


@dataclass(frozen=True)
class Person:
    """One synthetic person."""

    id: uuid.UUID
    given: str
    middle: str
    surname: str
    year: int
    region: str
    sex: str

    def row(self) -> Row:
        """Her row in a partition."""
        words = name_words(self.given, self.middle, self.surname)
        return Row(self.id, words, self.year, self.year, self.region, self.sex)


def people(count: int, seed: int = 7, words: int = 6_000) -> list[Person]:
    """`count` people over some `words` distinct names, the commonest borne by hundreds."""
    rng = random.Random(seed)
    given, surnames = _words(rng, words // 4), _words(rng, words * 3 // 4)
    first = rng.choices(given, _zipf(len(given)), k=2 * count)
    last = rng.choices(surnames, _zipf(len(surnames)), k=2 * count)
    return [
        Person(
            uuid.UUID(int=rng.getrandbits(128), version=4),
            first[2 * n] if rng.random() < 0.6 else f"{first[2 * n]} {first[2 * n + 1]}",
            last[2 * n] if rng.random() < 0.7 else "",
            last[2 * n + 1],
            rng.randint(2004, 2024),
            f"{rng.randint(1, 19):02d}00000000",
            rng.choice("fm"),
        )
        for n in range(count)
    ]


def one_slip(word: str, rng: random.Random) -> str:
    """The word with one letter left out, doubled, changed, put in, or two exchanged."""
    at = rng.randrange(len(word))
    other = rng.choice(_LETTERS)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + other + word[at:],
            swapped,
        ]
    )


def _words(rng: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = rng.choices((2, 3, 4), (5, 4, 1))[0]
        parts = (rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables))
        found["".join(parts) + rng.choice(_ENDS)] = None
    return list(found)


def _zipf(count: int) -> list[float]:
    return [1 / (rank + 3) for rank in range(count)]
