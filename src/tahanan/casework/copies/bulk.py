"""Writing by the million: as the owner of the tables, and the disk waited for once, at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from tahanan.casework.copies.reading import refuse_real

_AT_EASE = ("synchronous = OFF", "cache_size = -1000000", "wal_autocheckpoint = 100000")
_AS_ELSE = ("synchronous = FULL", "cache_size = -32000", "wal_autocheckpoint = 1000")


@contextmanager
def by_the_million() -> Iterator[int]:
    """Write as whoever fills a database does; gives how many processes may write at once.

    PostgreSQL asks its policies nothing of the owner, and takes rows by COPY; SQLite keeps more of
    the file in memory. What a power cut leaves is built anew. Raises Refusal outside a
    demonstration.
    """
    refuse_real()
    standing = connections["default"]
    if standing.vendor == "sqlite":
        _say(_AT_EASE)
        try:
            yield 1
        finally:
            _say((*_AS_ELSE, "wal_checkpoint(TRUNCATE)"))
        return
    details = {**standing.settings_dict, **settings.DATABASE_ROLES["owner"]}
    # Said to every connection that is opened: a process of its own opens its own.
    options = details["OPTIONS"]
    said = f"{options.get('options', '')} -c synchronous_commit=off".strip()
    details["OPTIONS"] = {**options, "options": said}
    connections["default"] = owner = type(standing)(details, alias="default")
    try:
        yield min(2, os.cpu_count() or 1)
        owner.cursor().execute("ANALYZE")
    finally:
        owner.close()
        connections["default"] = standing


def let_go() -> None:
    """Hang up before another process is forked: a line to the database is one process's own."""
    connections.close_all()


def _say(pragmas: tuple[str, ...]) -> None:
    with connections["default"].cursor() as cursor:
        for each in pragmas:
            cursor.execute(f"PRAGMA {each}")
