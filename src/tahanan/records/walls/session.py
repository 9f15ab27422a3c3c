"""What a transaction tells the database first: for whom it looks, and which homes wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from tahanan.records.fields import FacilityLink


def admit(
    connection: BaseDatabaseWrapper,
    links: Iterable[UUID],
    tenant: UUID,
) -> None:
    """Let the rest of this transaction see what these links see, and nothing else.

    `links` are all keyed links under which one of the actor's teams may stand in any column: of
    grants, intakes, placement requests and paper packs. Inside a transaction only: outside one
    PostgreSQL would forget it at once. SQLite has no second wall, so nothing happens there.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("admit is called inside a transaction")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tahanan.teams', %s, true), set_config('tahanan.tenant', %s, true)",
            [",".join(map(str, links)), str(tenant)],
        )


def open_ledger(connection: BaseDatabaseWrapper) -> None:
    """Let the rest of this transaction read ledger entries beyond those of the cases it sees.

    Called where somebody asks who looked at a child (a list names its children only inside the
    sealed body, so entries of every granted team are scanned) and by the protection officer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tahanan.ledger', 'open', true)")


def open_figures(connection: BaseDatabaseWrapper) -> None:
    """Let the rest of this transaction read the rows that figures count, whoever holds them.

    Called by `casework.figures` alone, inside a look: it reads codes and days and gives counts.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tahanan.figures', 'open', true)")


def wait_for_homes(connection: BaseDatabaseWrapper, homes: Iterable[UUID]) -> None:
    """Hold these homes' places until the transaction ends: two admissions there take turns.

    An advisory lock, not a row lock: a locked office row would carry the transaction number of the
    child's stay (keyed-links.md §2). In one order, so that two groups never wait for each other.
    On SQLite whoever writes already waits for all others.
    """
    _wait(connection, homes)


def wait_for_turn(connection: BaseDatabaseWrapper, children: Iterable[UUID]) -> None:
    """Hold these children, by case or by survivor, until the transaction ends.

    For what two could write for the first time at once, where there is no row to lock yet.
    """
    _wait(connection, children)


def _wait(connection: BaseDatabaseWrapper, ids: Iterable[UUID]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("one waits inside a transaction")
    if connection.vendor != "postgresql":
        return
    numbers = sorted({int.from_bytes(each.bytes[:8], "big", signed=True) for each in ids})
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def places_taken(
    connection: BaseDatabaseWrapper, tenant: UUID, day: date
) -> list[tuple[UUID, FacilityLink, int]]:
    """(stay, link of its home, line) of every stay that stands on `day`, in every home.

    The count-only look past the policies: it names no case. The caller opens the links (scope: the
    stay's own id) and counts.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT stay, home, line FROM walls.places_taken(%s)", [day])
            rows = cursor.fetchall()
        else:
            cursor.execute(
                "SELECT id, home, line FROM records_stay "
                "WHERE tenant = %s AND replaced_at IS NULL AND NOT withdrawn "
                "AND from_on <= %s AND (until_on IS NULL OR until_on > %s)",
                [tenant.hex, day, day],
            )
            rows = [(UUID(stay), UUID(home), line) for stay, home, line in cursor.fetchall()]
    return [(stay, FacilityLink(int=home.int), line) for stay, home, line in rows]


def recorder_of_childless(connection: BaseDatabaseWrapper, operation: UUID) -> UUID | None:
    """The link of who recorded an operation in which no child stands; None for any other.

    Past the policies, which show an operation only to who holds a child of it.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT walls.recorder_of_childless(%s)", [operation])
            return cursor.fetchone()[0]  # type: ignore[no-any-return]
        cursor.execute(
            "SELECT recorded_by FROM records_operation o WHERE id = %s AND NOT withdrawn "
            "AND NOT EXISTS (SELECT 1 FROM records_removal r WHERE r.operation_id = o.id) "
            "AND NOT EXISTS (SELECT 1 FROM records_arrest a WHERE a.operation_id = o.id)",
            [operation.hex],
        )
        row = cursor.fetchone()
    return UUID(row[0]) if row else None
