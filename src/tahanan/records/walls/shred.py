"""Make what was deleted unreadable in the database's own files (security.md §6)."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper


class NotShredded(RuntimeError):
    """Deleted bytes may still stand in the files; the message says what to do."""


def shred(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """The last step of an erasure, after its transaction: deleted rows of `tables` leave the files.

    SQLite: `secure_delete` has zeroed them in the log; a TRUNCATE checkpoint carries that into the
    file and empties the log. PostgreSQL (as the owner): a plain VACUUM only marks their space as
    free and leaves the bytes there, so the table is written anew (VACUUM FULL: nobody reads it
    meanwhile); ANALYZE drops them from the statistics; the write-ahead log forgets when its
    segments are reused, backups when they expire. Raises NotShredded when a reader held the log.
    """
    if connection.in_atomic_block:
        raise RuntimeError("shred is called after the transaction that deleted")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                name = connection.ops.quote_name(table)
                cursor.execute(f"VACUUM (FULL, ANALYZE) {name}")
            return
        cursor.execute("PRAGMA secure_delete")
        if cursor.fetchone()[0] != 1:
            raise NotShredded("secure_delete is off, so deleted bytes were never overwritten.")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _in_log, _moved = cursor.fetchone()
        if busy:
            raise NotShredded("Somebody is reading; the log could not be emptied. Try again.")
