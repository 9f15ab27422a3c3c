"""A house whose ledger has something in it, and a thief who writes the database as its owner."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from tests.house import House

from tahanan.access import installation, links
from tahanan.access.actor import system
from tahanan.access.visit import Visit
from tahanan.casework import ledger
from tahanan.casework.door import command
from tahanan.casework.ledger import writing
from tahanan.casework.ledger.sealing import Sealer, sign_head
from tahanan.casework.ledger.witness import Witness
from tahanan.records.models import Installation, LedgerEntry, LedgerSeal
from tahanan.vault.links import check_value
from tahanan.vault.roots import load_sealer_seed

TABLES = ("records_ledgerentry", "records_ledgerseal", "records_ledgerhead")


@command("ring_the_bell")
def ring(visit: Visit, *, case: UUID | None = None) -> UUID:
    """A change that changes nothing: it only leaves its entry."""
    if case is not None:
        visit.note_subject(case)
    return uuid4()


class Ledger:
    """The house's ledger as those see it who write, seal, witness and attack it."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.witnesses = [Witness(folder / "first"), Witness(folder / "second" / "heads")]
        self.sealer = Sealer()

    def write(self, count: int, writer: str = "Ana") -> UUID:
        """`count` entries by one thread of the door; gives the writer's id."""
        for _ in range(count):
            ring(system(writer), case=uuid4())
        return ledger.writer.id

    def another_thread(self) -> None:
        """The door's next entry is by another thread: the one before never writes again."""
        writing.forget()

    def seal(self) -> None:
        """One turn of the sealer, as the steward."""
        with self.house.as_role("steward"):
            self.sealer.turn(whole=True)

    def sign(self) -> Any:
        """Sign the head and send it to both witnesses, as the steward."""
        with self.house.as_role("steward"):
            return sign_head(load_sealer_seed(settings.KEYS_DIR), self.witnesses)

    def filled(self) -> tuple[UUID, UUID]:
        """Two writers of six entries each, sealed in two seals, the head with both witnesses."""
        first = self.write(4)
        self.seal()
        self.write(2)
        self.another_thread()
        second = self.write(6)
        self.seal()
        self.sign()
        return first, second


def begin(house: House) -> None:
    """The installation's own row, as `install` makes it."""
    roots = installation.roots()
    Installation.objects.create(
        name="Synthetic programme",
        links_check=check_value(roots.links_root),
        registrar_public=installation.registrar_public(),
    )


@contextmanager
def thief(house: House) -> Iterator[Callable[..., int]]:
    """Whoever owns the database: no trigger and no policy stops him."""
    with house.as_role("owner") as owner, owner.cursor() as cursor:
        _lower_walls(owner.vendor, cursor)

        def run(sql: str, *values: object) -> int:
            cursor.execute(sql, [_plain(value, owner.vendor) for value in values])
            return int(cursor.rowcount)

        yield run


def _lower_walls(vendor: str, cursor: Any) -> None:
    if vendor == "postgresql":
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


def _plain(value: object, vendor: str) -> object:
    return value.hex if isinstance(value, UUID) and vendor == "sqlite" else value


def copy_of(house: House, to: Path) -> None:
    """A copy of the whole database as it stands (SQLite)."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    house.close()
    shutil.copyfile(house.database_file, to)


def put_back(house: House, copy: Path) -> None:
    """An older copy in place of what stands (SQLite)."""
    house.close()
    for leftover in house.var_dir.glob("tahanan.sqlite3*"):
        leftover.unlink()
    shutil.copyfile(copy, house.database_file)


def row_of(house: House, writer: UUID, n: int) -> LedgerEntry:
    with house.as_role("owner"):
        return LedgerEntry.objects.get(tenant=links.tenant(), writer=writer, n=n)


def seals(house: House) -> list[LedgerSeal]:
    with house.as_role("owner"):
        return list(LedgerSeal.objects.order_by("no"))
