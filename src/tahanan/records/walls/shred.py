"""Make what was deleted unreadable in the database's own files (security.md §6)."""

from __future__ import annotations

import re
import time
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

_TRIES, _PAUSE = 20, 0.5
# What VACUUM VERBOSE says of rows that somebody's open transaction may still have to see.
_STILL_DEAD = re.compile(r"(\d+) dead row versions")


class NotShredded(RuntimeError):
    """Deleted bytes may still stand in the files; the message says what to do."""


def shred(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """The last step of an erasure, after its transaction: deleted rows of `tables` leave the files.

    SQLite: `secure_delete` has zeroed them in the log; a TRUNCATE checkpoint carries that into the
    file and empties the log. PostgreSQL (as the owner): a plain VACUUM only marks their space as
    free and leaves the bytes there, so the table is written anew (VACUUM FULL: nobody reads it
    meanwhile); ANALYZE drops them from the statistics; the write-ahead log forgets when its
    segments are reused, backups when they expire. Raises NotShredded when somebody's transaction
    stayed open all the while: a rewrite carries along what that one may still see.
    """
    if connection.in_atomic_block:
        raise RuntimeError("shred is called after the transaction that deleted")
    if connection.vendor == "postgresql":
        for table in tables:
            _write_anew(connection, table)
    else:
        _empty_log(connection)


def _write_anew(connection: BaseDatabaseWrapper, table: str) -> None:
    connection.ensure_connection()
    driver: Any = connection.connection
    said: list[str] = []

    def listen(notice: Any) -> None:
        said.append(f"{notice.message_primary} {notice.message_detail}")

    driver.add_notice_handler(listen)
    try:
        for _ in range(_TRIES):
            said.clear()
            with connection.cursor() as cursor:
                name = connection.ops.quote_name(table)
                cursor.execute(f"VACUUM (FULL, ANALYZE, VERBOSE) {name}")
            counts = [int(count) for line in said for count in _STILL_DEAD.findall(line)]
            if counts and not any(counts):
                return
            time.sleep(_PAUSE)
    finally:
        driver.remove_notice_handler(listen)
    raise NotShredded(f"A transaction stayed open, so {table} keeps what was deleted. Try again.")


def _empty_log(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        if cursor.fetchone()[0] != 1:
            raise NotShredded("secure_delete is off, so deleted bytes were never overwritten.")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _in_log, _moved = cursor.fetchone()
        if busy:
            raise NotShredded("Somebody is reading; the log could not be emptied. Try again.")
