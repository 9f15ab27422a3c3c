"""The sealer: each second it chains every writer's last MAC; each quarter hour it signs the head.

It runs as the steward, in a process of its own, and reads no body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from tahanan.access import links
from tahanan.base import clock, ids
from tahanan.casework.ledger.witness import Head, HeadRefused, Seal, Witness, pack
from tahanan.casework.ledger.writing import EPOCH
from tahanan.records.models import LedgerEntry, LedgerHead, LedgerSeal
from tahanan.records.walls.session import admit
from tahanan.vault import entries, pairs

# An entry's id is made before its commit; a commit later than this waits for the next whole turn.
_OVERLAP = timedelta(seconds=30)
_LOCK = 7_106_518_001
_COLUMNS = ("no", "at", "previous", "moved", "hash")
_Moved = list[tuple[UUID, int, bytes]]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of the sealer made."""

    no: int
    writers: int


@dataclass(frozen=True, slots=True)
class Signed:
    """One signed head, and each witness that would not take it, in a sentence."""

    no: int
    refusals: tuple[str, ...]


class Sealer:
    """Seals what moved since the last seal. Only one works at a time, whatever runs."""

    def __init__(self) -> None:
        self._no = 0
        self._hash = entries.NOTHING_BEFORE
        self._at = 0
        self._sealed: dict[UUID, int] = {}
        self._seen: datetime | None = None

    def turn(self, *, whole: bool = False) -> Turn | None:
        """Seal once. None when nothing moved, or when another sealer is at work just now.

        `whole` looks at every writer, not only at entries of the last seconds: at the first turn,
        and with every head.
        """
        began = clock.real()
        self._catch_up()
        moved = self._moved(None if whole or self._seen is None else self._seen - _OVERLAP)
        self._seen = began
        if not moved:
            return None
        with transaction.atomic(durable=True):
            admit(connection, (), links.tenant())
            if not _alone():
                return None
            self._catch_up()
            moved = [move for move in moved if move[1] > self._sealed.get(move[0], 0)]
            return self._seal(moved) if moved else None

    def _seal(self, moved: _Moved) -> Turn:
        at = max((clock.real() - EPOCH) // timedelta(microseconds=1), self._at)
        no = self._no + 1
        seal = Seal(no, at, self._hash, tuple(moved), b"")
        LedgerSeal(
            id=ids.uuid7(clock.real()), tenant=links.tenant(), no=no, at=at, previous=self._hash,
            moved=pack(moved), hash=seal.computed(),
        ).save(force_insert=True)  # fmt: skip
        return Turn(no, len(moved))

    def _catch_up(self) -> None:
        """Learn every seal made since: our own last one, or another sealer's."""
        for seal in seals_after(self._no):
            self._no, self._hash, self._at = seal.no, seal.hash, seal.at
            self._sealed.update((writer, n) for writer, n, _ in seal.moved)

    def _moved(self, since: datetime | None) -> _Moved:
        rows = LedgerEntry.objects.filter(tenant=links.tenant())
        if since is not None:
            floor = ids.uuid7(since).int & ~((1 << 80) - 1)
            rows = rows.filter(id__gt=UUID(int=floor))
        lasts = rows.values_list("writer").annotate(last=Max("n")).order_by()
        moved = [(w, n) for w, n in lasts if n > self._sealed.get(w, 0)]
        return [(writer, n, _mac(writer, n)) for writer, n in moved]


def sign_head(seed: bytes, witnesses: Sequence[Witness]) -> Signed | None:
    """Sign the last seal and send it to every witness. None before the first seal.

    A witness that refuses, or cannot be reached, is named and stops no other.
    """
    seal = last_seal()
    if seal is None:
        return None
    head = Head(seal.no, seal.hash, entries.sign_head(seed, seal.no, seal.hash))
    _keep(head)
    refusals = []
    for witness in witnesses:
        try:
            witness.offer(pairs.public_of(seed), head, seals_after)
        except HeadRefused as refusal:
            refusals.append(refusal.sentence)
    return Signed(head.no, tuple(refusals))


def last_seal() -> Seal | None:
    """The seal that nothing follows yet."""
    rows = LedgerSeal.objects.filter(tenant=links.tenant()).order_by("-no")
    row = rows.values_list(*_COLUMNS).first()
    return Seal.of(*row) if row else None


def seals_after(no: int) -> Iterator[Seal]:
    """Every seal after number `no`, in order."""
    rows = LedgerSeal.objects.filter(tenant=links.tenant(), no__gt=no).order_by("no")
    return _seals(rows.values_list(*_COLUMNS).iterator(chunk_size=2000))


def _seals(rows: Iterable[tuple[int, int, bytes, bytes, bytes]]) -> Iterator[Seal]:
    return (Seal.of(*row) for row in rows)


def _keep(head: Head) -> None:
    with transaction.atomic(durable=True):
        admit(connection, (), links.tenant())
        if not LedgerHead.objects.filter(tenant=links.tenant(), no=head.no).exists():
            LedgerHead(
                id=ids.uuid7(clock.real()), tenant=links.tenant(), no=head.no, hash=head.hash,
                signature=head.signature,
            ).save(force_insert=True)  # fmt: skip


def _mac(writer: UUID, n: int) -> bytes:
    rows = LedgerEntry.objects.filter(tenant=links.tenant(), writer=writer, n=n)
    return bytes(rows.values_list("mac", flat=True).get())


def _alone() -> bool:
    """One sealer among all servers. SQLite has one writer, and this transaction is it."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
