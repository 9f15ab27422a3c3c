"""How many rows of one table reach the database: by COPY where it may be used, else one by one."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import chain, repeat
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models

Cell = Any
Columns = Sequence[Sequence[Cell]]


class Ink(Protocol):
    """Makes cells of values once, and writes columns of cells as rows."""

    def id(self, block: bytes) -> Cell:
        """An id or a link, from its 16 bytes."""

    def blob(self, value: bytes) -> Cell:
        """Ciphertext."""

    def text(self, value: str) -> Cell:
        """A short text."""

    def value(self, column: Any, value: Any) -> Cell:
        """Whatever a column of a model holds."""

    def write(self, model: type[models.Model], columns: Columns) -> None:
        """Insert all rows; no id comes back."""


def here() -> Ink:
    """What this connection takes. PostgreSQL refuses COPY to whoever is behind its policies."""
    if connection.vendor != "postgresql":
        return _Plain()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active('records_case')")
        (walled,) = cursor.fetchone()
    return _Plain() if walled else _Copy()


class _Plain:
    """One prepared statement, executed for every row."""

    def id(self, block: bytes) -> Cell:
        return block.hex()

    def blob(self, value: bytes) -> Cell:
        return value

    def text(self, value: str) -> Cell:
        return value

    def value(self, column: Any, value: Any) -> Cell:
        return column.get_db_prep_save(value, connection)

    def write(self, model: type[models.Model], columns: Columns) -> None:
        marks = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {_table(model)} ({_names(model)}) VALUES ({marks})"  # noqa: S608  names from the model
        with connection.cursor() as cursor:
            cursor.executemany(statement, list(zip(*columns, strict=True)))


class _Copy:
    """PostgreSQL's own binary form of rows: each cell is its length and its bytes."""

    _HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
    _END = struct.pack("!h", -1)
    _NULL = struct.pack("!i", -1)
    _ID = struct.pack("!i", 16)

    def id(self, block: bytes) -> Cell:
        return self._ID + block

    def blob(self, value: bytes) -> Cell:
        return struct.pack("!i", len(value)) + value

    def text(self, value: str) -> Cell:
        return self.blob(value.encode())

    def value(self, column: Any, value: Any) -> Cell:
        if value is None:
            return self._NULL
        return self.blob(_BINARY[column.db_type(connection).split("(")[0]](value))

    def write(self, model: type[models.Model], columns: Columns) -> None:
        count = repeat(struct.pack("!h", len(columns)))
        rows = chain.from_iterable(zip(count, *columns, strict=False))
        statement = f"COPY {_table(model)} ({_names(model)}) FROM STDIN (FORMAT BINARY)"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(b"".join((self._HEAD, *rows, self._END)))


_FIRST_DAY, _FIRST_INSTANT = date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)


def _micros(instant: datetime) -> int:
    passed = instant - _FIRST_INSTANT
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


_BINARY: dict[str, Callable[[Any], bytes]] = {
    "uuid": lambda value: UUID(int=value.int).bytes,
    "date": lambda value: struct.pack("!i", (value - _FIRST_DAY).days),
    "timestamp with time zone": lambda value: struct.pack("!q", _micros(value)),
    "boolean": lambda value: struct.pack("!?", value),
    "smallint": lambda value: struct.pack("!h", value),
    "integer": lambda value: struct.pack("!i", value),
    "bigint": lambda value: struct.pack("!q", value),
    "varchar": lambda value: value.encode(),
    "text": lambda value: value.encode(),
    "bytea": bytes,
}


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _names(model: type[models.Model]) -> str:
    columns = model._meta.concrete_fields
    return ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
