"""Search by name in memory: one partition per team, two stages, typos in every word forgiven.

Each typed word is compared with every *word* of the partition (optimal string alignment); the word
with fewest bearers gives the rows; each row is scored by reading the similarities of its words.
There is no intersection: a wholly wrong word only costs score (algorithms.md §7). A partition sees
no other partition's words, so neither a hit nor a measured time betrays a child of another team.

Memory: 46 bytes a row and 4 for each word it bears (30 MB for 500,000), some 300 bytes a distinct
word, and while a batch is added some hundred bytes for each of its rows.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from tahanan.base.ages import PartialDate
from tahanan.base.names import LegalName
from tahanan.matching.normal import NameWords, name_words, query_words
from tahanan.matching.rows import Array, Block, Sorted, joined
from tahanan.matching.vocabulary import Similarities, Vocabulary

CLOSE = 0.66
BIRTH_YEAR = 0.15
LEAST = 0.45  # mean similarity of the typed words below which a row is no answer
ALL_ROWS_ABOVE = 150_000  # so many rows to gather cost more than reading all in order
MORE_ROWS_BELOW = 20_000  # rows of further words are gathered too, while they are this few
OVERLAY = 4_096  # additions that wait before they are sorted in; or an eighth of the partition
SEXES = ("", "f", "m")


@dataclass(frozen=True, slots=True)
class Row:
    """A case as search knows it.

    `first_year` and `last_year` bound the year of birth (0: not known); `region` is a PSGC code or
    empty; `sex` is ``f``, ``m`` or empty.
    """

    id: UUID
    words: NameWords
    first_year: int = 0
    last_year: int = 0
    region: str = ""
    sex: str = ""

    @classmethod
    def of(
        cls,
        case: UUID,
        name: LegalName,
        *,
        chosen: str = "",
        birth: PartialDate | None = None,
        region: str = "",
        sex: str = "",
    ) -> Row:
        """The row of a case from its legal name, chosen name, birth, region and sex."""
        words = name_words(name.given, name.middle, name.surname, f"{chosen} {name.nickname}")
        years = (birth.first.year, birth.last.year) if birth else (0, 0)
        return cls(case, words, *years, region, sex)


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that may be meant; `exact` counts the typed words it bears letter for letter."""

    id: UUID
    score: float
    exact: int

    def order(self) -> tuple[float, int, bytes]:
        """Best first; ties by exactness, then id."""
        return (-self.score, -self.exact, self.id.bytes)


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, best first, and how many further rows have all typed words close."""

    hits: tuple[Hit, ...] = ()
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """One search: how near each typed word is to each word of the partition, and what else.

    `strict`: a row must bear a word close to a typed one. Only if no word at all is close, rows
    with faint likeness answer.
    """

    near: Similarities
    birth_year: int | None
    limit: int

    @property
    def strict(self) -> bool:
        return bool((self.near >= CLOSE).any())


class Partition:
    """The names one team may find. Thread-safe: one lock, held for a few milliseconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start_empty()

    def __len__(self) -> int:
        return self._rows

    def __contains__(self, case: UUID) -> bool:
        with self._lock:
            return bool(self._known([case.bytes]))

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows; one whose id is already here takes its place. Rows without words are left out.

        So a catch-up that hands over the same change twice does no harm. Best in large batches.
        """
        latest = {row.id.bytes: row for row in rows}
        with self._lock:
            self._drop(list(latest))
            self._append([row for row in latest.values() if row.words != NameWords()])
            if self._waiting > max(OVERLAY, len(self._sorted.block) // 8):
                self._settle()

    def replace(self, row: Row) -> None:
        """Put the row in the place of the one with its id, if there is one."""
        self.add((row,))

    def remove(self, *cases: UUID) -> None:
        """Forget these rows and every word that only they bore. Absent ones do no harm."""
        with self._lock:
            self._drop([case.bytes for case in cases])

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._start_empty()

    def settle(self) -> None:
        """Sort waiting additions in: once, after a long warm-up."""
        with self._lock:
            self._settle()

    def search(self, text: str, birth_year: int | None = None, limit: int = 20) -> Found:
        """The rows `text` most likely means; a birth year within one adds to the score."""
        typed = query_words(text)
        if not typed or limit < 1:
            return Found()
        with self._lock:
            asked = _Asked(self._words.similar(typed), birth_year, limit)
            hits, close = self._scored(self._sorted.block, self._candidates(asked), asked)
            more, close_too = self._scored(self._overlay, np.arange(self._waiting), asked)
        best = sorted(hits + more, key=lambda pair: pair[0].order())[:limit]
        shown = sum(is_close for _, is_close in best)
        return Found(tuple(hit for hit, _ in best), close + close_too - shown)

    def rows(self, cases: Iterable[UUID]) -> list[Row]:
        """The rows of these cases as they were added, in no order; absent ones are left out."""
        with self._lock:
            return [self._row(block, at) for block, at in self._known([c.bytes for c in cases])]

    def share(self, word: str) -> float:
        """How common a normal word is among the rows, from 0 to 1, steadied for small partitions.

        Two bearers in 500 are added to what is counted [J]: in a team of sixty a name borne once
        is no proof that it is rare.
        """
        with self._lock:
            return (self._words.bearers(word) + 2) / (self._rows + 500)

    def memory(self) -> int:
        """Bytes of the arrays, without the vocabulary."""
        return self._sorted.memory() + self._overlay.memory()

    # -- under the lock --

    def _start_empty(self) -> None:
        self._words = Vocabulary()
        self._sorted = Sorted(Block.empty(0), 0)
        self._overlay = Block.empty(0)
        self._waiting = 0
        self._places: dict[bytes, int] = {}
        self._rows = 0

    def _append(self, rows: list[Row]) -> None:
        if not rows:
            return
        need = self._waiting + len(rows)
        if need > len(self._overlay):
            wider = Block.empty(max(need, 2 * len(self._overlay), 64))
            wider.put(slice(0, len(self._overlay)), self._overlay)
            self._overlay = wider
        self._overlay.put(slice(self._waiting, need), self._block(rows))
        self._places.update((row.id.bytes, self._waiting + at) for at, row in enumerate(rows))
        self._waiting = need
        self._rows += len(rows)

    def _block(self, rows: list[Row]) -> Block:
        learn = self._words.learn
        block = Block.empty(len(rows))
        block.ids[:] = [row.id.bytes for row in rows]
        block.words[:] = [[learn(word) for word in row.words.in_order()] for row in rows]
        block.first_year[:] = [row.first_year for row in rows]
        block.last_year[:] = [row.last_year for row in rows]
        block.region[:] = [int(row.region[:2] or 0) for row in rows]
        block.sex[:] = [SEXES.index(row.sex) for row in rows]
        return block

    def _known(self, keys: list[bytes]) -> list[tuple[Block, int]]:
        """The block and position of each living row with one of these ids."""
        settled = [(self._sorted.block, int(at)) for at in self._sorted.positions(keys)]
        waiting = [(self._overlay, self._places[key]) for key in keys if key in self._places]
        return [(block, at) for block, at in settled + waiting if (block.words[at] >= 0).any()]

    def _drop(self, keys: list[bytes]) -> None:
        for block, at in self._known(keys):
            for number in block.words[at]:
                if number >= 0:
                    self._words.forget(int(number))
            block.words[at] = -1
            self._rows -= 1
        for key in keys:
            self._places.pop(key, None)

    def _settle(self) -> None:
        overlay = self._overlay.take(np.arange(self._waiting))
        block = joined(
            self._sorted.block.take(self._sorted.block.living()), overlay.take(overlay.living())
        )
        block.words[:] = self._words.pack()[block.words]
        self._sorted = Sorted(block, len(self._words))
        self._overlay, self._waiting, self._places = Block.empty(0), 0, {}

    def _candidates(self, asked: _Asked) -> Array:
        """Positions in the sorted block worth scoring: those bearing a word close to a rare one."""
        everything = np.arange(len(self._sorted.block))
        if not asked.strict:
            return everything
        sizes = self._sorted.sizes
        close = [np.flatnonzero(row >= CLOSE) for row in asked.near[:, : len(sizes)]]
        sized = sorted((int(sizes[c].sum()), at) for at, c in enumerate(close))
        sized = [(size, at) for size, at in sized if size]
        if not sized:
            return everything[:0]
        if sized[0][0] > ALL_ROWS_ABOVE:
            return everything
        chosen: list[Array] = []
        total = 0
        for size, at in sized:
            total += size
            if chosen and total > MORE_ROWS_BELOW:
                break
            chosen.append(close[at])
        mask = np.zeros(len(self._sorted.block), dtype=bool)
        mask[self._sorted.bearing(np.concatenate(chosen))] = True
        return np.flatnonzero(mask)

    def _scored(self, block: Block, at: Array, asked: _Asked) -> tuple[list[tuple[Hit, bool]], int]:
        """The best of these rows, each with whether all its words are close; and how many are."""
        words = block.words[at]
        score, nearest = np.zeros((2, len(at)), dtype=np.float32)
        exact = np.zeros(len(at), dtype=np.int8)
        for similarities in asked.near:
            best = similarities[words].max(axis=1, initial=0)
            score += best
            exact += best >= 1
            np.maximum(nearest, best, out=nearest)
        close = score >= CLOSE * len(asked.near)
        answers = (score >= LEAST * len(asked.near)) & (nearest >= CLOSE * asked.strict)
        score += self._born_near(block, at, asked.birth_year)
        return self._best(block.ids[at], score, exact, close, np.flatnonzero(answers), asked.limit)

    @staticmethod
    def _best(
        ids: Array, score: Array, exact: Array, close: Array, answers: Array, limit: int
    ) -> tuple[list[tuple[Hit, bool]], int]:
        if len(answers) > limit:
            cut = -np.partition(-score[answers], limit - 1)[limit - 1]
            answers = answers[score[answers] >= cut]
        keys = ids[answers]
        order = np.lexsort((keys, -exact[answers], -score[answers]))[:limit]
        hits = [
            (
                Hit(_uuid(keys[i]), float(score[answers[i]]), int(exact[answers[i]])),
                bool(close[answers[i]]),
            )
            for i in order
        ]
        return hits, int(close.sum())

    def _born_near(self, block: Block, at: Array, birth_year: int | None) -> Array:
        if birth_year is None:
            return np.zeros(len(at), dtype=np.float32)
        first, last = block.first_year[at], block.last_year[at]
        near: Array = (first > 0) & (first <= birth_year + 1) & (last >= birth_year - 1)
        return near * np.float32(BIRTH_YEAR)

    def _row(self, block: Block, at: int) -> Row:
        region = int(block.region[at])
        return Row(
            _uuid(block.ids[at]),
            NameWords(*(self._words.word(int(number)) for number in block.words[at])),
            int(block.first_year[at]),
            int(block.last_year[at]),
            f"{region:02d}00000000" if region else "",
            SEXES[int(block.sex[at])],
        )


def together(found: Iterable[Found], limit: int = 20) -> Found:
    """The answers of several partitions as one; a case found in two of them counts once."""
    best: dict[UUID, Hit] = {}
    beyond = 0
    for one in found:
        beyond += one.beyond
        for hit in one.hits:
            if hit.id not in best or hit.order() < best[hit.id].order():
                best[hit.id] = hit
    ordered = sorted(best.values(), key=Hit.order)
    return Found(tuple(ordered[:limit]), beyond + max(0, len(ordered) - limit))


def _uuid(key: bytes) -> UUID:
    # numpy strips the zero bytes an id may end in.
    return UUID(bytes=bytes(key).ljust(16, b"\0"))
