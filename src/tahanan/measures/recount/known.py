"""What was known on one day, row by row, and which rows are about one child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from tahanan.measures.periods import Period

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]


@dataclass
class Subject:
    """One who may be counted. `days`: the first and last possible day of what decides."""

    key: str
    days: tuple[date, date]
    member: bool = True
    answer: bool | None = True
    apart: set[str] = field(default_factory=set)
    # For a suspect: whether he was named for a child who is in the period.
    inside: bool | None = None


def lies_in(days: tuple[date, date], period: Period) -> bool:
    """All possible days lie in the period."""
    return (period.first is None or days[0] >= period.first) and (
        period.last is None or days[1] <= period.last
    )


def lies_perhaps(days: tuple[date, date], period: Period) -> bool:
    """Some possible days lie in the period, and some do not."""
    if lies_in(days, period):
        return False
    begins_after = period.last is not None and days[0] > period.last
    ends_before = period.first is not None and days[1] < period.first
    return not begins_after and not ends_before


class Known:
    """All rows as they were known at the end of one day in Manila, eight hours before UTC's."""

    def __init__(self, rows: Rows, day: date) -> None:
        self.day = day
        self.cut = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
        self.all = rows
        self.child_of = self._children()

    def of(self, table: str) -> list[Row]:
        """The versions of a table's rows that were known and not yet replaced or withdrawn."""
        return [row for row in self.all[table] if self._counts(row)]

    def standing(self, table: str) -> list[Row]:
        """Those states of them that hold on the day."""
        return [row for row in self.of(table) if holds(row, self.day)]

    def by_child(self, table: str) -> dict[str, list[Row]]:
        """Those rows by the child they are about."""
        return self._grouped(self.of(table))

    def states_by_child(self, table: str) -> dict[str, list[Row]]:
        """Those states by the child they are about."""
        return self._grouped(self.standing(table))

    def root(self, table: str, id: Any) -> str:
        """The first version of a row."""
        before = {row["id"]: row["replaces_id"] for row in self.all[table]}
        while before[id] is not None:
            id = before[id]
        return hex_of(id)

    def _counts(self, row: Row) -> bool:
        if row["known_at"] >= self.cut or row["withdrawn"]:
            return False
        return row["replaced_at"] is None or row["replaced_at"] >= self.cut

    def _grouped(self, rows: Iterable[Row]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            found[self.child_of[row["case_id"]]].append(row)
        return found

    def _children(self) -> dict[Any, str]:
        """Which child each case is about: the cases of one survivor, and of those joined."""
        groups = Groups()
        for case in self.all["case"]:
            groups.join(case["id"], case["survivor_id"])
        for row in self.of("samechild"):
            if row["word"] in ("joined", "parting"):
                groups.join(row["survivor_id"], row["same_id"])
        cases = [case["id"] for case in self.all["case"]]
        names: dict[Any, str] = {}
        for case in cases:
            group = groups.find(case)
            names[group] = min(names.get(group, hex_of(case)), hex_of(case))
        return {case: names[groups.find(case)] for case in cases}


class Groups:
    """Union-find: who has been joined to whom, directly or through others."""

    def __init__(self) -> None:
        self.parent: dict[Any, Any] = {}

    def find(self, one: Any) -> Any:
        """Who stands for the group of `one`."""
        parent = self.parent.setdefault(one, one)
        return one if parent == one else self.find(parent)

    def join(self, one: Any, other: Any) -> None:
        """Make one group of two."""
        self.parent[self.find(one)] = self.find(other)


def hex_of(id: Any) -> str:
    """An id in hexadecimal figures."""
    return str(id).replace("-", "")


def holds(row: Row, day: date) -> bool:
    """Whether a state holds on a day."""
    return row["from_on"] <= day and (row["until_on"] is None or row["until_on"] > day)
