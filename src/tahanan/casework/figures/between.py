"""What would be known if only some of what was learned between two days had been learned.

One step at a time, from the first day to the second: corrections, then records parted, then
joined, then what had happened before and was recorded late, then what is new. Each step is asked by
the same statement that counts, over rows that stand in for the tables'.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from django.db import connection, models

from tahanan.base import clock
from tahanan.casework.figures.asking import JOINED, Asking
from tahanan.measures.periods import Period
from tahanan.records.models import (
    Arrest,
    CaseStatus,
    DemandSide,
    Judgment,
    Operation,
    OsecElement,
    Removal,
    SameChild,
    SiblingLink,
    Stay,
    Support,
    Suspicion,
)


class Step(IntEnum):
    """What is known beside what was known on the first day; each step knows those before it."""

    CORRECTED = 1
    PARTED = 2
    JOINED = 3
    LATE = 4


_POINTS: tuple[type[models.Model], ...] = (
    Arrest, DemandSide, Judgment, Operation, Removal, Suspicion,
)  # fmt: skip
_STATES: tuple[type[models.Model], ...] = (CaseStatus, OsecElement, SiblingLink, Stay, Support)
# Not something that happened on a day: that the programme supports a case, that two are siblings.
_OF_NO_DAY = (SiblingLink, Support)


class Between(Asking):
    """Asks as known on `after`, but knowing no more than `step` beside what was known on `before`.

    Each dated table is stood in for by a part of its name, so every measure's statement stays as it
    is. A row is *fresh* if no version of it was known on the first day.
    """

    def __init__(self, period: Period, before: date, after: date, step: Step) -> None:
        super().__init__(period, after)
        self.step = step
        self._before = self.bind(before if self.postgres else before.isoformat())
        self._then = self.bind(connection.ops.adapt_datetimefield_value(clock.day_cut(before)))
        for model in (*_POINTS, *_STATES):
            self._stand_in(model)
        self._stand_in_for_same_child()

    def how(self, name: str) -> str:
        """As always; but what stands in for a table is read as the table would be."""
        return "NOT MATERIALIZED " if name.startswith("records_") else super().how(name)

    def _stand_in(self, model: type[models.Model]) -> None:
        table, home = model._meta.db_table, self._home(model)
        versions = self.part(
            f"later_{table}",
            f"SELECT t.id FROM {home} t JOIN {home} p ON p.id = t.replaces_id "
            f"WHERE t.known_at >= {self._then} AND p.known_at < {self._then} "
            f"UNION ALL SELECT t.id FROM {home} t JOIN later_{table} l ON l.id = t.replaces_id",
        )
        state = model in _STATES
        kept = [f"t.known_at < {self._then}", f"t.id IN (SELECT id FROM {versions})"]
        if self.step is Step.LATE:
            day = "from_on" if state else "happened_on"
            kept.append("1 = 1" if model in _OF_NO_DAY else f"t.{day} <= {self._before}")
        self._part_of(model, {"until_on": self._until()} if state else {}, " OR ".join(kept))

    def _until(self) -> str:
        """When a state ended: an end learned since is undone as a row learned since is left out.

        Else a status that a new decision ended would seem corrected.
        """
        undone = f"t.until_on > {self._before}" if self.step is Step.LATE else "1 = 1"
        closed = f"t.known_at >= {self._then} AND t.replaces_id IS NOT NULL AND {undone}"
        return f"CASE WHEN {closed} THEN NULL ELSE t.until_on END"

    def _stand_in_for_same_child(self) -> None:
        """Two records were one child on the first day; and perhaps no more, or others now."""
        if self.step >= Step.JOINED:
            return
        home, words = self._home(SameChild), self.codes(JOINED)
        then = (
            f"t.known_at < {self._then} AND NOT t.withdrawn AND t.word IN {words} "
            f"AND (t.replaced_at IS NULL OR t.replaced_at >= {self._then})"
        )
        if self.step is Step.PARTED:
            then += (
                f" AND EXISTS (SELECT 1 FROM {home} n WHERE n.survivor_id = t.survivor_id "
                f"AND n.same_id = t.same_id AND n.word IN {words} AND {self.known('n')})"
            )
        self._part_of(SameChild, {"replaced_at": "NULLIF(t.replaced_at, t.replaced_at)"}, then)

    def _part_of(self, model: type[models.Model], instead: dict[str, str], where: str) -> None:
        columns = ", ".join(
            f"{instead[column]} AS {column}" if column in instead else f't."{column}"'
            for column in (field.column for field in model._meta.concrete_fields)
        )
        self.part(
            model._meta.db_table, f"SELECT {columns} FROM {self._home(model)} t WHERE {where}"
        )

    def _home(self, model: type[models.Model]) -> str:
        return f"{'public' if self.postgres else 'main'}.{model._meta.db_table}"
