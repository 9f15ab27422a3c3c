"""What a try left behind: every table but the ledger by a digest of its rows, and its entries."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from tests import house as houses

from tahanan.access import installation
from tahanan.casework.ledger import writing
from tahanan.casework.ledger.writing import moment
from tahanan.records.fields import TeamLink
from tahanan.records.models import LedgerEntry
from tahanan.vault import entries

LEDGER = LedgerEntry._meta.db_table


@dataclass(frozen=True)
class Said:
    """One entry of the ledger, opened with the installation's own key."""

    verb: str
    outcome: str
    actor: UUID | None
    system: str | None
    subjects: frozenset[UUID]
    parts: dict[UUID, frozenset[str]]
    code: str
    result: str


class Watch:
    """A line into the database past every policy, kept open from one try to the next."""

    def __init__(self) -> None:
        self._line: Any = None
        every = [model._meta.db_table for model in apps.get_models()]
        self._names = sorted(name for name in every if name != LEDGER)

    def close(self) -> None:
        """Before another house is put in place."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def tables(self) -> dict[str, str]:
        """Table → how many rows, and a digest of them all. The ledger is left out."""
        if houses.backend() == "postgres":
            return dict(self._rows(_digests(self._names)))
        found = {}
        for name in self._names:
            rows = self._rows(f'SELECT * FROM "{name}"')
            found[name] = f"{len(rows)} {hashlib.blake2b(repr(rows).encode()).hexdigest()}"
        return found

    def entries_since(self, before: tuple[UUID, int]) -> list[Said]:
        """What this thread's door wrote since `standing()` gave `before`."""
        writer, n = before
        mark = writer.hex if houses.backend() == "sqlite" else writer
        place = "?" if houses.backend() == "sqlite" else "%s"
        rows = self._rows(
            f'SELECT writer, n, at, verb, "case", team, body FROM {LEDGER} '
            f"WHERE writer = {place} AND n > {place} ORDER BY n",
            [mark, n],
        )
        return [_opened(*row) for row in rows]

    def _rows(self, asked: str, values: list[Any] | None = None) -> list[Any]:
        if self._line is None:
            self._line = _line()
        return self._line.execute(asked, values or []).fetchall()  # type: ignore[no-any-return]


def standing() -> tuple[UUID, int]:
    """Where this thread's chain stands."""
    return writing.writer.id, writing.writer.n


def _opened(writer: Any, n: int, at: int, verb: str, case: Any, team: Any, body: Any) -> Said:
    mark = TeamLink(int=_id(team).int) if team else None
    head = entries.Entry(_id(writer), n, moment(at), verb, _id(case) if case else None, mark).head()
    key = entries.read_key(installation.roots().ledger_root)
    said = json.loads(entries.open_body(key, bytes(body), head))
    packed = base64.b64decode(said["subjects"])
    subjects = [UUID(bytes=packed[i : i + 16]) for i in range(0, len(packed), 16)]
    parts = said["parts"]
    if set(parts) == {"*"}:
        opened = {subject: frozenset(parts["*"]) for subject in subjects}
    else:
        opened = {UUID(subject): frozenset(codes) for subject, codes in parts.items()}
    actor = UUID(said["actor"]) if said["actor"] else None
    return Said(
        verb, said["outcome"], actor, said["system"], frozenset(subjects), opened,
        said.get("code", ""), said.get("result", ""),
    )  # fmt: skip


def _id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _line() -> Any:
    if houses.backend() == "postgres":
        import psycopg

        return psycopg.connect(houses.keeper_url(houses.database_name()), autocommit=True)
    from django.conf import settings

    return sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)


def _digests(names: list[str]) -> str:
    digest = "coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '')"
    return " UNION ALL ".join(
        f"SELECT '{name}', count(*) || ' ' || {digest} FROM \"{name}\" t" for name in names
    )
