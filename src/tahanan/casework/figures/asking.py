"""The parts every counting statement is made of: values bound, days as numbers, rows as known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tahanan.access import links
from tahanan.base import clock
from tahanan.casework import joined
from tahanan.measures.periods import Period

# Days are counted from here, so that several fit into one whole number and sort as they fall.
_FIRST = date(1900, 1, 1)
# Said of two records that count as one child.
JOINED = tuple(word.value for word in joined.COUNTS)
# After every day there is: when what has not ended ends.
NEVER = 1_000_000


def number(day: date) -> int:
    """A day as a whole number."""
    return (day - _FIRST).days


def day(number: int) -> date:
    """The day a whole number stands for."""
    return _FIRST + timedelta(days=number)


class Asking:
    """One statement in the making: its named parts in order, and the values bound to it.

    Words of the statement are ours alone; whatever a measure or a caller says is bound.
    """

    def __init__(self, period: Period, known_on: date) -> None:
        self.postgres = connection.vendor == "postgresql"
        self.period = period
        self.known_on = known_on
        self.values: dict[str, Any] = {}
        self.parts: dict[str, str] = {}
        self._kept: set[str] = set()
        cut = connection.ops.adapt_datetimefield_value(clock.day_cut(known_on))
        tenant = links.tenant()
        self._cut = self.bind(cut)
        self._tenant = self.bind(tenant if self.postgres else tenant.hex)
        self.today = self.bind(known_on if self.postgres else known_on.isoformat())

    def bind(self, value: Any) -> str:
        """A place in the statement for one value."""
        for name, bound in self.values.items():
            if bound == value and type(bound) is type(value):
                return f"%({name})s"
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"

    def codes(self, values: Iterable[str]) -> str:
        """A list of codes, as IN takes it."""
        return f"({', '.join(self.bind(each) for each in values)})"

    def part(self, name: str, sql: str, *, kept: bool = False) -> str:
        """Name a part (a common table expression), once; gives its name.

        `kept`: worked out once and whole, before anything is asked of it.
        """
        self.parts.setdefault(name, sql)
        if kept:
            self._kept.add(name)
        return name

    def statement(self, select: str) -> str:
        """The whole statement: all parts, then `select`."""
        listed = ",\n".join(
            f"{name} AS {self.how(name)}({sql})" for name, sql in self.parts.items()
        )
        return f"WITH RECURSIVE {listed}\n{select}" if listed else select

    def how(self, name: str) -> str:
        """How a part is worked out, where that is not left to the database."""
        return "MATERIALIZED " if name in self._kept else ""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """What the statement gives."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement(select), self.values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    # ── rows as known ───────────────────────────────────────────────────────────────────────

    def ours(self, row: str) -> str:
        """A row of this installation."""
        # All rows here are; SQLite would take an index of tenants for a narrow one (`+`: not so).
        return f"{'' if self.postgres else '+'}{row}.tenant = {self._tenant}"

    def known(self, row: str) -> str:
        """A version of a dated row that is what was known at the end of the day asked for."""
        return (
            f"{self.ours(row)} AND {row}.known_at < {self._cut} AND NOT {row}.withdrawn "
            f"AND ({row}.replaced_at IS NULL OR {row}.replaced_at >= {self._cut})"
        )

    def stands(self, row: str) -> str:
        """A state that holds on the day asked for, as known on it."""
        return (
            f"{self.known(row)} AND {row}.from_on <= {self.today} "
            f"AND ({row}.until_on IS NULL OR {row}.until_on > {self.today})"
        )

    # ── days and ids ────────────────────────────────────────────────────────────────────────

    def day(self, column: str) -> str:
        """A column of days, as whole numbers."""
        if self.postgres:
            return f"({column} - DATE '1900-01-01')"
        return f"CAST(julianday({column}) - 2415020.5 AS INTEGER)"

    def inside(self, on: str, until: str) -> str:
        """All possible days lie in the period."""
        first, last = self.period.first, self.period.last
        tests = [f"{on} >= {number(first)}"] if first else []
        tests += [f"{until} <= {number(last)}"] if last else []
        return " AND ".join(tests) or "1 = 1"

    def touches(self, on: str, until: str) -> str:
        """Some possible day lies in the period."""
        first, last = self.period.first, self.period.last
        tests = [f"{until} >= {number(first)}"] if first else []
        tests += [f"{on} <= {number(last)}"] if last else []
        return " AND ".join(tests) or "1 = 1"

    def text(self, found: str) -> str:
        """An id that is put together, as text: SQLite looks up by a column's kind, and an
        expression has none.
        """
        return found if self.postgres else f"CAST({found} AS text)"

    def child(self, row: str, case: str = "case_id") -> str:
        """Whom a row of a case is of, beside `odd o`."""
        return self.text(f"COALESCE(o.child, {row}.{case})")

    def least(self, column: str) -> str:
        """The least id of a group: PostgreSQL 15 has no min(uuid), and few rows are asked."""
        return f"min({column}::text)::uuid" if self.postgres else f"min({column})"

    def rank(self, column: str, order: Iterable[str]) -> str:
        """A code as its place in `order`."""
        cases = " ".join(f"WHEN {self.bind(code)} THEN {n}" for n, code in enumerate(order))
        return f"CASE {column} {cases} END"

    # ── one child, one operation, however many rows ─────────────────────────────────────────

    def odd(self) -> str:
        """Cases whose child has other cases too, or is joined with another record, and that child.

        All other cases are a child of their own, so nothing is asked of the table of cases for
        them. Joined records are followed from the links, of which there are few. A child is named
        by the least id of her cases.
        """
        self.part(
            "pair",
            "SELECT s.survivor_id AS a, s.same_id AS b FROM records_samechild s "
            f"WHERE {self.known('s')} AND s.word IN {self.codes(JOINED)} "
            "UNION SELECT s.same_id, s.survivor_id FROM records_samechild s "
            f"WHERE {self.known('s')} AND s.word IN {self.codes(JOINED)}",
        )
        self.part(
            "joined",
            "SELECT a, b FROM pair "
            "UNION SELECT joined.a, pair.b FROM joined JOIN pair ON pair.a = joined.b",
        )
        self.part(
            "several",
            f"SELECT c.survivor_id AS a FROM records_case c WHERE {self.ours('c')} "
            "GROUP BY c.survivor_id HAVING count(*) > 1",
        )
        self.part(
            "one",
            f"SELECT a, {self.least('b')} AS child FROM joined GROUP BY a "
            "UNION ALL SELECT a, a FROM several WHERE a NOT IN (SELECT a FROM joined)",
        )
        within = "= ANY (ARRAY(SELECT a FROM one))" if self.postgres else "IN (SELECT a FROM one)"
        self.part(
            "theirs",
            "SELECT c.id AS case_id, one.child FROM records_case c "
            f"JOIN one ON one.a = c.survivor_id WHERE c.survivor_id {within}",
            kept=True,
        )
        self.part("called", f"SELECT child, {self.least('case_id')} AS name FROM theirs GROUP BY 1")
        return self.part(
            "odd",
            "SELECT t.case_id, called.name AS child FROM theirs t "
            "JOIN called ON called.child = t.child",
            kept=True,
        )

    def roots(self, table: str) -> str:
        """Corrected rows of a table, and the first version of each: (id, root)."""
        climb = self.part(
            f"climb_{table}",
            f"SELECT t.id, t.replaces_id AS up FROM {table} t WHERE t.replaces_id IS NOT NULL "
            f"AND {self.ours('t')} UNION ALL SELECT c.id, t.replaces_id FROM climb_{table} c "
            f"JOIN {table} t ON t.id = c.up WHERE t.replaces_id IS NOT NULL",
        )
        return self.part(
            f"root_{table}",
            f"SELECT c.id, c.up AS root FROM {climb} c JOIN {table} t ON t.id = c.up "
            "WHERE t.replaces_id IS NULL",
        )
