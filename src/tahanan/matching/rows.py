"""Rows of a partition as arrays: blocks, and a sorted block with postings of its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH = 6  # given, second, middle, surname, spare, called
Positions = npt.NDArray[np.intp]
Array = npt.NDArray[Any]

# One row: 16 bytes of id, six word numbers, first and last possible year of birth, region, sex.
_LAYOUT = {
    "ids": ("S16", ()),
    "words": (np.int32, (WIDTH,)),
    "first_year": (np.int16, ()),
    "last_year": (np.int16, ()),
    "region": (np.int8, ()),
    "sex": (np.int8, ()),
}


@dataclass(slots=True)
class Block:
    """Rows side by side. A row whose words are all -1 is gone."""

    ids: Array
    words: Array
    first_year: Array
    last_year: Array
    region: Array
    sex: Array

    @classmethod
    def empty(cls, size: int) -> Block:
        """`size` rows that are all gone."""
        arrays = {name: np.zeros((size, *shape), dtype) for name, (dtype, shape) in _LAYOUT.items()}
        arrays["words"][:] = -1
        return cls(**arrays)

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, at: Array) -> Block:
        """The rows at these positions, or where this mask is true."""
        return Block(*(getattr(self, name)[at] for name in _LAYOUT))

    def put(self, at: slice, rows: Block) -> None:
        """Write rows over these positions."""
        for name in _LAYOUT:
            getattr(self, name)[at] = getattr(rows, name)

    def living(self) -> Array:
        """Mask of the rows that are not gone."""
        return np.asarray((self.words >= 0).any(axis=1))

    def memory(self) -> int:
        """Bytes of the arrays."""
        return sum(getattr(self, name).nbytes for name in _LAYOUT)


def joined(first: Block, second: Block) -> Block:
    """One block of both, in the order of their ids."""
    parts = (np.concatenate([getattr(first, n), getattr(second, n)]) for n in _LAYOUT)
    block = Block(*parts)
    halves = np.frombuffer(block.ids.tobytes(), dtype=">u8").reshape(-1, 2)
    return block.take(np.lexsort((halves[:, 1], halves[:, 0])))


class Sorted:
    """A block in the order of its ids, with postings: for each word number, the rows bearing it."""

    def __init__(self, block: Block, words: int) -> None:
        self.block = block
        borne = block.words >= 0
        at, _ = np.nonzero(borne)
        numbers = block.words[borne]
        order = np.argsort(numbers, kind="stable")
        self._rows: Array = at[order].astype(np.int32)
        self.sizes: Array = np.bincount(numbers, minlength=words)
        self._ends: Array = np.cumsum(self.sizes)

    def bearing(self, numbers: Array) -> Array:
        """Positions of the rows that bear any of these words, with repeats."""
        starts = self._ends[numbers] - self.sizes[numbers]
        pieces = [
            self._rows[start:end] for start, end in zip(starts, self._ends[numbers], strict=True)
        ]
        found: Array = np.concatenate(pieces) if pieces else np.empty(0, np.int32)
        return found

    def positions(self, keys: list[bytes]) -> Positions:
        """Where the rows with these ids stand; absent ids are left out."""
        if not len(self.block) or not keys:
            return np.empty(0, dtype=np.intp)
        wanted = np.array(keys, dtype="S16")
        at = np.minimum(np.searchsorted(self.block.ids, wanted), len(self.block) - 1)
        return np.asarray(at[self.block.ids[at] == wanted])

    def memory(self) -> int:
        """Bytes of the arrays."""
        postings = self._rows.nbytes + self.sizes.nbytes + self._ends.nbytes
        return self.block.memory() + postings
