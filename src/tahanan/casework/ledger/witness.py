"""A witness: a file elsewhere that keeps every signed head and refuses one that does not follow."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from tahanan.casework.ledger.writing import moment
from tahanan.vault import entries
from tahanan.vault.suites import Unopenable

_MOVE = 16 + 8 + entries.MAC_BYTES
_TITLE = "tahanan-witness-1"


class HeadRefused(Exception):
    """A witness would not take a head, or cannot be reached; `sentence` says which and why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal's number and hash, under the sealer's signature."""

    no: int
    hash: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal: its number, instant (µs), and every (writer, n, MAC) that moved; `hash` chains."""

    no: int
    at: int
    previous: bytes
    moved: tuple[tuple[UUID, int, bytes], ...]
    hash: bytes

    @classmethod
    def of(cls, no: int, at: int, previous: bytes, moved: bytes, hash: bytes) -> Seal:
        """As a row keeps it. Raises ValueError for `moved` of an odd length."""
        return cls(no, at, bytes(previous), unpack(bytes(moved)), bytes(hash))

    def follows(self, previous: bytes) -> bool:
        """Whether this seal's hash is of its content, on top of `previous`."""
        return self.previous == previous and self.hash == self.computed()

    def computed(self) -> bytes:
        """The hash its content asks for."""
        try:
            return entries.seal_hash(self.no, moment(self.at), self.previous, self.moved)
        except ValueError:
            return b""


def pack(moved: Iterable[tuple[UUID, int, bytes]]) -> bytes:
    """What moved, as a seal's row keeps it: 56 bytes for each writer, in the order of their ids."""
    ordered = sorted(moved, key=lambda move: move[0].bytes)
    return b"".join(writer.bytes + n.to_bytes(8, "big") + mac for writer, n, mac in ordered)


def unpack(moved: bytes) -> tuple[tuple[UUID, int, bytes], ...]:
    """The reverse of `pack`. Raises ValueError for an odd length."""
    if len(moved) % _MOVE:
        raise ValueError("A seal names each writer in 56 bytes.")
    parts = (moved[at : at + _MOVE] for at in range(0, len(moved), _MOVE))
    return tuple((UUID(bytes=p[:16]), int.from_bytes(p[16:24], "big"), p[24:]) for p in parts)


class Witness:
    """One file of signed heads, on another disk or machine, which this program only appends to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def heads(self) -> list[Head]:
        """Every head it took, oldest first; none for a witness not begun. Raises HeadRefused."""
        return self._read()[1]

    def public(self) -> bytes | None:
        """The sealer's public half as it was when this witness began."""
        return self._read()[0]

    def offer(self, public: bytes, head: Head, since: Callable[[int], Iterable[Seal]]) -> None:
        """Take `head`, proven to extend the last one by every seal between; else HeadRefused.

        `since(no)` gives the seals after that number. The same head offered again is let be.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.seek(0)
                pinned, taken = _parse(file.read(), self.path)
                if taken and taken[-1].no == head.no and taken[-1].hash == head.hash:
                    return
                self._must_follow(pinned or public, public, taken, head, since)
                _append(file, public if pinned is None else None, head)
        except OSError as reason:
            raise HeadRefused(
                f"The witness {self.path} cannot be written: {reason.strerror}."
            ) from None

    def _must_follow(
        self,
        pinned: bytes,
        public: bytes,
        taken: list[Head],
        head: Head,
        since: Callable[[int], Iterable[Seal]],
    ) -> None:
        if pinned != public:
            raise HeadRefused(f"The witness {self.path} was begun under another sealer’s key.")
        try:
            entries.check_head(public, head.no, head.hash, head.signature)
        except Unopenable:
            raise HeadRefused(f"The signature of head {head.no} does not fit.") from None
        no, last = (taken[-1].no, taken[-1].hash) if taken else (0, entries.NOTHING_BEFORE)
        for seal in since(no):
            if seal.no > head.no:
                break
            if seal.no != no + 1 or not seal.follows(last):
                break
            no, last = seal.no, seal.hash
        if (no, last) != (head.no, head.hash):
            told = taken[-1].no if taken else 0
            raise HeadRefused(
                f"The witness {self.path} refused head {head.no}: "
                f"it does not extend head {told}, the last one it took."
            )

    def _read(self) -> tuple[bytes | None, list[Head]]:
        try:
            return _parse(self.path.read_text(encoding="ascii"), self.path)
        except FileNotFoundError:
            return None, []
        except (OSError, UnicodeDecodeError):
            raise HeadRefused(f"The witness {self.path} cannot be read.") from None


def _parse(text: str, path: Path) -> tuple[bytes | None, list[Head]]:
    lines = text.splitlines()
    if not lines:
        return None, []
    try:
        title, public = lines[0].split()
        if title != _TITLE:
            raise ValueError(title)
        heads = []
        for line in lines[1:]:
            no, hash, signature = line.split()
            heads.append(Head(int(no), bytes.fromhex(hash), bytes.fromhex(signature)))
        return bytes.fromhex(public), heads
    except ValueError:
        raise HeadRefused(f"The witness {path} is damaged: a line of it cannot be read.") from None


def _append(file: IO[str], public: bytes | None, head: Head) -> None:
    if public is not None:
        file.write(f"{_TITLE} {public.hex()}\n")
    file.write(f"{head.no} {head.hash.hex()} {head.signature.hex()}\n")
    file.flush()
    os.fsync(file.fileno())
