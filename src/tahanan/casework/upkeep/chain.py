"""Whether the ledger is whole: every entry under its writer, every writer under the seals."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tahanan.access import installation, links
from tahanan.base import clock
from tahanan.casework.ledger.sealing import seals_after
from tahanan.casework.ledger.witness import Head, HeadRefused, Seal, Witness
from tahanan.casework.ledger.writing import moment
from tahanan.records.models import LedgerEntry, LedgerHead
from tahanan.vault import entries
from tahanan.vault.suites import Unopenable

_COLUMNS = ("writer", "n", "at", "verb", "case", "team", "body", "mac")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written; `at` (µs) is when, as near as can be told."""

    code: str
    at: int
    sentence: str


@dataclass
class Found:
    """What was examined, what is wrong, and what is only worth saying."""

    entries: int = 0
    seals: int = 0
    heads: int = 0
    witnessed: int = 0
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def fault(self, code: str, at: int, sentence: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(code, at, sentence))


class _Sealed:
    """Every point of one writer's chain that a seal names, in 24 bytes each."""

    __slots__ = ("mac", "macs", "ns", "seals")

    def __init__(self) -> None:
        self.ns, self.macs, self.seals = array("Q"), array("Q"), array("Q")
        self.mac = b""

    def add(self, n: int, mac: bytes, no: int) -> None:
        self.ns.append(n)
        self.macs.append(_short(mac))
        self.seals.append(no)
        self.mac = mac


@dataclass
class _Seals:
    """What the seals say: each writer's points, each seal's instant, and the hashes asked for."""

    wanted: set[int]
    writers: dict[UUID, _Sealed] = field(default_factory=dict)
    ats: array[int] = field(default_factory=lambda: array("Q"))
    hashes: dict[int, bytes] = field(default_factory=dict)

    def take(self, seal: Seal) -> None:
        """Remember one seal, the next in order."""
        for writer, n, mac in seal.moved:
            self.writers.setdefault(writer, _Sealed()).add(n, mac, seal.no)
        self.ats.append(seal.at)
        if seal.no in self.wanted:
            self.hashes[seal.no] = seal.hash

    def at(self, no: int) -> int:
        """When seal `no` was made, in microseconds."""
        return self.ats[no - 1] if 0 < no <= len(self.ats) else 0


@dataclass(frozen=True, slots=True)
class _Told:
    """What the ledger itself or a witness says was signed, and under which sealer's key."""

    who: str
    public: bytes | None
    heads: list[Head]


def examine(found: Found, public: bytes | None, witnesses: Sequence[Witness]) -> None:
    """Walk seals, entries, heads and witnesses; within one snapshot of the database."""
    own = _own_heads(public)
    found.heads = len(own.heads)
    told = [own, *_testimony(found, public, witnesses)]
    seals = _walk_seals(found, {head.no for each in told for head in each.heads})
    _walk_entries(found, seals)
    for each in told:
        _compare(found, each, seals)


def _own_heads(public: bytes | None) -> _Told:
    rows = LedgerHead.objects.filter(tenant=links.tenant()).order_by("no")
    heads = [
        Head(no, bytes(h), bytes(s)) for no, h, s in rows.values_list("no", "hash", "signature")
    ]
    return _Told("This ledger", public, heads)


def _testimony(found: Found, public: bytes | None, witnesses: Sequence[Witness]) -> Iterator[_Told]:
    for witness in witnesses:
        try:
            heads, pinned = witness.heads(), witness.public()
        except HeadRefused as refusal:
            found.fault("witness-silent", 0, refusal.sentence)
            continue
        if pinned is not None and public is not None and pinned != public:
            found.fault("witness-other", 0, f"The witness {witness.path} knows another sealer.")
            continue
        if not heads:
            found.remarks.append(f"The witness {witness.path} holds no head yet.")
        found.witnessed += len(heads)
        yield _Told(f"The witness {witness.path}", pinned, heads)


def _walk_seals(found: Found, wanted: set[int]) -> _Seals:
    seals = _Seals(wanted)
    previous = entries.NOTHING_BEFORE
    broken = False
    try:
        for seal in seals_after(0):
            found.seals += 1
            if not broken and seal.no != len(seals.ats) + 1:
                broken = True
                found.fault("seal-gone", seal.at, f"Seal {len(seals.ats) + 1} is missing.")
            elif not broken and not seal.follows(previous):
                broken = True
                found.fault("seal-changed", seal.at, f"Seal {seal.no} was changed.")
            seals.take(seal)
            previous = seal.hash
    except ValueError:
        found.fault("seal-changed", 0, f"Seal {found.seals + 1} cannot be read.")
    return seals


def _walk_entries(found: Found, seals: _Seals) -> None:
    unseen = dict(seals.writers)
    walk: _Walk | None = None
    rows = LedgerEntry.objects.filter(tenant=links.tenant()).order_by("writer", "n")
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=5000):
        found.entries += 1
        if walk is None or walk.writer != row[0]:
            if walk is not None:
                walk.end(seals)
            walk = _Walk(found, row[0], unseen.pop(row[0], _Sealed()))
        walk.step(row)
    if walk is not None:
        walk.end(seals)
    for writer, points in unseen.items():
        no = points.seals[0]
        found.fault(
            "writer-gone",
            seals.at(no),
            f"Writer {writer} is gone with all its entries, which seal {no} names.",
        )


class _Walk:
    """Along one writer's chain, to its first fault: past it, every MAC would be in doubt."""

    def __init__(self, found: Found, writer: UUID, points: _Sealed) -> None:
        self.found = found
        self.writer = writer
        self.points = points
        self.n = 0
        self.at = 0
        self.mac = entries.NOTHING_BEFORE
        self.point = 0
        self.broken = False
        root = installation.roots().ledger_root
        self.read_key, self.mac_key = entries.read_key(root), entries.mac_key(root)

    def step(self, row: tuple[Any, ...]) -> None:
        writer, n, at, verb, case, team, body, mac = row
        if self.broken:
            return
        if n != self.n + 1:
            self._stop("entry-gone", at, f"Entry {self.n + 1} of writer {writer} is missing.")
            return
        head = entries.Entry(writer, n, moment(at), verb, case, team).head()
        expected = entries.mac(self.mac_key, self.mac, head, bytes(body))
        if expected != bytes(mac) or not self._opens(bytes(body), head):
            self._stop("entry-changed", at, f"{_named(row)} was changed.")
            return
        self.n, self.at, self.mac = n, at, expected
        self._meet_seals(row)

    def _meet_seals(self, row: tuple[Any, ...]) -> None:
        points, n, at = self.points, row[1], row[2]
        while self.point < len(points.ns) and points.ns[self.point] <= n:
            if points.ns[self.point] == n and points.macs[self.point] != _short(self.mac):
                no = points.seals[self.point]
                self._stop("entry-rewritten", at, f"{_named(row)} is not the one seal {no} names.")
                return
            self.point += 1

    def end(self, seals: _Seals) -> None:
        points = self.points
        if self.broken or not points.ns:
            return
        if points.ns[-1] > self.n:
            no = points.seals[self.point]
            self.found.fault(
                "tail-gone",
                seals.at(no),
                f"Entry {self.n + 1} of writer {self.writer} and what followed it are missing: "
                f"seal {no} names entry {points.ns[self.point]}.",
            )
        elif points.ns[-1] == self.n and points.mac != self.mac:
            self._stop("entry-rewritten", self.at, f"Writer {self.writer} was rewritten.")

    def _opens(self, body: bytes, head: bytes) -> bool:
        try:
            said = json.loads(entries.open_body(self.read_key, body, head))
        except (Unopenable, ValueError):
            return False
        if "after" in said:
            self.found.remarks.append(
                f"Writer {said['after']} ended on a commit nobody saw the end of: "
                "its last entry may be there or not."
            )
        if "clock_behind" in said:
            seconds = said["clock_behind"] // 1_000_000
            self.found.remarks.append(
                f"Entry {self.n + 1} of writer {self.writer} was written while the server’s clock "
                f"stood {seconds} seconds behind."
            )
        return True

    def _stop(self, code: str, at: int, sentence: str) -> None:
        self.broken = True
        self.found.fault(code, at, sentence)


def _compare(found: Found, told: _Told, seals: _Seals) -> None:
    """Every head against the seal it names; one fault for each who tells."""
    for head in told.heads:
        if told.public is not None and not _signed(told.public, head):
            found.fault("head-forged", 0, f"{told.who} holds head {head.no} falsely signed.")
            return
        if head.no not in seals.hashes:
            found.fault(
                "seals-gone",
                0,
                f"{told.who} holds a signed head of seal {head.no}, but the seals end at "
                f"{len(seals.ats)}: the tail was cut, or an older copy was put back.",
            )
            return
        if seals.hashes[head.no] != head.hash:
            found.fault(
                "history-rewritten",
                0,
                f"{told.who} holds another seal {head.no} than stands here: history was rewritten.",
            )
            return


def _signed(public: bytes, head: Head) -> bool:
    try:
        entries.check_head(public, head.no, head.hash, head.signature)
    except Unopenable:
        return False
    return True


def _named(row: tuple[Any, ...]) -> str:
    writer, n, at, verb = row[:4]
    when = moment(at).astimezone(clock.MANILA)
    return f"Entry {n} of writer {writer} ({verb}, {when:%d %b %Y %H:%M:%S})"


def _short(mac: bytes) -> int:
    return int.from_bytes(mac[:8], "big")
