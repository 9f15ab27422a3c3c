"""How many rows of one table reach the database: as whole columns, or one by one."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models
from psycopg.adapt import Dumper
from psycopg.pq import Format

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
    """What this connection takes. Whoever is behind PostgreSQL's policies is asked row by row."""
    if connection.vendor != "postgresql":
        return _Plain()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relowner = current_user::regrole FROM pg_class "
            "WHERE oid = 'records_case'::regclass"
        )
        (owner,) = cursor.fetchone()
    return _Columns() if owner else _Plain()


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


class _Columns:
    """Each column as one array in PostgreSQL's own binary form, a table in one statement.

    PostgreSQL refuses COPY into a table whose owner too is behind its policies, and the walls are
    not taken down for a demonstration.
    """

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
        return self.blob(_BINARY[_kind(column)][1](value))

    def write(self, model: type[models.Model], columns: Columns) -> None:
        kinds = [_kind(column) for column in model._meta.concrete_fields]
        arrays = ", ".join(f"%b::{kind}[]" for kind in kinds)
        statement = f"INSERT INTO {_table(model)} ({_names(model)}) SELECT * FROM unnest({arrays})"  # noqa: S608  names from the model
        with connection.cursor() as cursor:
            cursor.adapters.register_dumper(_Array, _ArrayDumper)
            given = [
                _Array(_array(_BINARY[kind][0], cells))
                for kind, cells in zip(kinds, columns, strict=True)
            ]
            cursor.execute(statement, given)


class _Array(bytes):
    """An array as it goes over the line."""


class _ArrayDumper(Dumper):
    """The statement says of what it is an array, the bytes are as they are."""

    format = Format.BINARY

    def dump(self, obj: _Array) -> bytes:
        return bytes(obj)


def _array(kind: int, cells: Sequence[Cell]) -> bytes:
    one_dimension, may_hold_null, first = 1, 1, 1
    head = struct.pack("!5i", one_dimension, may_hold_null, kind, len(cells), first)
    return head + b"".join(cells)


def _kind(column: Any) -> str:
    return str(column.db_type(connection)).split("(")[0]


_FIRST_DAY, _FIRST_INSTANT = date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)


def _micros(instant: datetime) -> int:
    passed = instant - _FIRST_INSTANT
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


# A column's type: PostgreSQL's number for it, and how one value is spelled.
_BINARY: dict[str, tuple[int, Callable[[Any], bytes]]] = {
    "uuid": (2950, lambda value: UUID(int=value.int).bytes),
    "date": (1082, lambda value: struct.pack("!i", (value - _FIRST_DAY).days)),
    "timestamp with time zone": (1184, lambda value: struct.pack("!q", _micros(value))),
    "boolean": (16, lambda value: struct.pack("!?", value)),
    "smallint": (21, lambda value: struct.pack("!h", value)),
    "integer": (23, lambda value: struct.pack("!i", value)),
    "bigint": (20, lambda value: struct.pack("!q", value)),
    "varchar": (1043, lambda value: value.encode()),
    "text": (25, lambda value: value.encode()),
    "bytea": (17, bytes),
}


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _names(model: type[models.Model]) -> str:
    columns = model._meta.concrete_fields
    return ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
