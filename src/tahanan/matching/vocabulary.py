"""The words of a partition: each distinct word once, its other forms, how many rows bear it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tahanan.matching.normal import other_forms

# One edit in a word of four letters is .75, in one of three .67: a higher cut loses short names.
FAINT = 0.55
OTHER_FORM = 0.95  # what finding a word by its nickname is worth
Similarities = npt.NDArray[np.float32]
WordIds = npt.NDArray[np.int32]


class Vocabulary:
    """Distinct words numbered from 0; -1 stands for no word. Not thread-safe.

    A word no row bears any more is blanked at once, so that nothing of a removed name stays in
    memory or moves a measured time; its number is given out again by `pack`.
    """

    def __init__(self) -> None:
        self._words: list[str] = []
        self._bearers: list[int] = []
        self._numbers: dict[str, int] = {}
        self._forms: list[str] = []
        self._form_of: list[int] = []

    def __len__(self) -> int:
        return len(self._words)

    def word(self, number: int) -> str:
        """The word with this number; empty for -1."""
        return self._words[number] if number >= 0 else ""

    def bearers(self, word: str) -> int:
        """How many times the word is borne."""
        number = self._numbers.get(word)
        return 0 if number is None else self._bearers[number]

    def learn(self, word: str) -> int:
        """The number of the word, borne once more; -1 for the empty word."""
        if not word:
            return -1
        number = self._numbers.get(word)
        if number is not None:
            self._bearers[number] += 1
            return number
        number = self._numbers[word] = len(self._words)
        self._words.append(word)
        self._bearers.append(1)
        for form in sorted(other_forms(word)):
            self._forms.append(form)
            self._form_of.append(number)
        return number

    def forget(self, number: int) -> None:
        """The word is borne once less; blanked when by nobody."""
        self._bearers[number] -= 1
        if self._bearers[number]:
            return
        del self._numbers[self._words[number]]
        self._words[number] = ""
        for at, of in enumerate(self._form_of):
            if of == number:
                self._forms[at] = ""

    def similar(self, typed: list[str]) -> Similarities:
        """How near each typed word is to each word: ``[typed, words + 1]``, 0 below FAINT.

        The last column is always 0: a row's -1 (no word) reads it.
        """
        near = np.zeros((len(typed), len(self._words) + 1), dtype=np.float32)
        if not self._words:
            return near
        near[:, :-1] = _compare(typed, self._words)
        if self._forms:
            forms = _compare(typed, self._forms) * np.float32(OTHER_FORM)
            of = np.array(self._form_of, dtype=np.int32)
            for row, values in zip(near, forms, strict=True):
                hit = np.flatnonzero(values)
                np.maximum.at(row, of[hit], values[hit])
        return near

    def pack(self) -> WordIds:
        """Close the gaps of forgotten words; returns old number → new, with -1 → -1 at the end."""
        kept = [number for number, word in enumerate(self._words) if word]
        moved = np.full(len(self._words) + 1, -1, dtype=np.int32)
        moved[kept] = np.arange(len(kept), dtype=np.int32)
        forms = [(f, int(moved[o])) for f, o in zip(self._forms, self._form_of, strict=True) if f]
        self._words = _side_by_side([self._words[number] for number in kept])
        self._bearers = [self._bearers[number] for number in kept]
        self._numbers = {word: number for number, word in enumerate(self._words)}
        self._forms = [form for form, _ in forms]
        self._form_of = [of for _, of in forms]
        return moved


def _side_by_side(words: list[str]) -> list[str]:
    """The same words lying together in memory: comparing then takes less than half the time."""
    return "\0".join(words).split("\0") if words else []


def _compare(typed: list[str], words: list[str]) -> Similarities:
    found: Similarities = process.cdist(
        typed,
        words,
        scorer=OSA.normalized_similarity,
        score_cutoff=FAINT,
        dtype=np.float32,
        workers=1,
    )
    return found
