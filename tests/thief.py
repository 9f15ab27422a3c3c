"""A thief who can write the database itself: past the app, its triggers and its policies."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any
from uuid import UUID

from tests import house as houses


def write(table: str, id: UUID, **columns: Any) -> None:
    """Overwrite columns of one row of `records_<table>`, with no trigger in the way."""
    if houses.backend() == "postgres":
        changed = _on_postgres(f"records_{table}", id, columns)
    else:
        changed = _on_sqlite(f"records_{table}", id, columns)
    assert changed == 1, f"the thief found no such row in {table}"


def _on_sqlite(table: str, id: UUID, columns: dict[str, Any]) -> int:
    from django.conf import settings

    path = settings.DATABASES["default"]["NAME"]
    with closing(sqlite3.connect(path)) as line:
        rows = line.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
        ).fetchall()
        for name, _sql in rows:
            line.execute(f'DROP TRIGGER "{name}"')
        sets = ", ".join(f"{name} = ?" for name in columns)
        cursor = line.execute(
            f"UPDATE {table} SET {sets} WHERE id = ?", [*columns.values(), id.hex]
        )
        for _name, sql in rows:
            line.execute(sql)
        line.commit()
        return cursor.rowcount


def _on_postgres(table: str, id: UUID, columns: dict[str, Any]) -> int:
    import psycopg

    with psycopg.connect(houses.keeper_url(houses.database_name())) as line:
        line.execute("SET session_replication_role = replica")
        sets = ", ".join(f"{name} = %s" for name in columns)
        cursor = line.execute(f"UPDATE {table} SET {sets} WHERE id = %s", [*columns.values(), id])
        return cursor.rowcount
