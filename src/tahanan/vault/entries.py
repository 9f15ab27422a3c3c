"""The ledger's cryptography: what an entry binds, its seals, and the signed head."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from tahanan.vault import pairs, suites

BODY_STEP = 64
MAC_BYTES = 32

# What a writer's first entry, and the first seal, follow.
NOTHING_BEFORE = bytes(MAC_BYTES)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_ID = bytes(16)


@dataclass(frozen=True, slots=True)
class Entry:
    """The open part of a ledger entry; actor, subjects and purpose are in its sealed body.

    `n` counts the writer's entries from 1; `at` is aware; `team` is a keyed link.
    """

    writer: UUID
    n: int
    at: datetime
    verb: str
    case: UUID | None
    team: UUID | None

    def head(self) -> bytes:
        """The encoding that body and MAC are bound to; every part has one place in it."""
        verb = self.verb.encode()
        return b"".join(
            (
                b"tahanan/entry/1\0",
                self.writer.bytes,
                self.n.to_bytes(8, "big"),
                _micros(self.at),
                len(verb).to_bytes(2, "big") + verb,
                self.case.bytes if self.case else _NO_ID,
                self.team.bytes if self.team else _NO_ID,
            )
        )


def read_key(root: bytes) -> bytes:
    """The 32-byte key that opens bodies, from the ledger root."""
    return suites.derive(root, b"tahanan/ledger/1/read")


def mac_key(root: bytes) -> bytes:
    """The 32-byte key that chains entries, from the ledger root."""
    return suites.derive(root, b"tahanan/ledger/1/mac")


def seal_body(read_key: bytes, body: bytes, head: bytes) -> bytes:
    """The sealed body of the entry whose head this is, padded to 64 bytes."""
    return suites.seal(read_key, body, head, BODY_STEP)


def open_body(read_key: bytes, sealed: bytes, head: bytes) -> bytes:
    """The body that `seal_body` closed. Raises Unopenable, also under another entry's head."""
    return suites.open_sealed(read_key, sealed, head)


def mac(mac_key: bytes, previous_mac: bytes, head: bytes, body: bytes) -> bytes:
    """HMAC-SHA256 over the writer's previous MAC, this head and this sealed body, 32 bytes."""
    if len(previous_mac) != MAC_BYTES:
        raise ValueError("A MAC is 32 bytes; a writer's first entry follows NOTHING_BEFORE.")
    return hmac.digest(mac_key, previous_mac + head + body, "sha256")


def seal_hash(
    no: int, at: datetime, previous_hash: bytes, moved: Sequence[tuple[UUID, int, bytes]]
) -> bytes:
    """SHA-256 of a seal: its number, instant, the hash before it, and (writer, n, MAC) that moved.

    The order of `moved` does not count; a writer named twice does not pass. Raises ValueError.
    """
    if len(previous_hash) != MAC_BYTES or any(len(last) != MAC_BYTES for _, _, last in moved):
        raise ValueError("Hashes and MACs are 32 bytes; the first seal follows NOTHING_BEFORE.")
    ordered = sorted(moved, key=lambda move: move[0].bytes)
    if len({writer for writer, _, _ in ordered}) != len(ordered):
        raise ValueError("A seal names each writer once, with its last entry.")
    digest = sha256(b"tahanan/seal/1\0" + no.to_bytes(8, "big") + _micros(at) + previous_hash)
    digest.update(len(ordered).to_bytes(4, "big"))
    for writer, n, last in ordered:
        digest.update(writer.bytes + n.to_bytes(8, "big") + last)
    return digest.digest()


def sign_head(sealer_seed: bytes, no: int, hash: bytes) -> bytes:
    """The sealer's Ed25519 signature, 64 bytes, over the last seal's number and hash."""
    return pairs.sign(sealer_seed, _head_message(no, hash))


def check_head(sealer_public: bytes, no: int, hash: bytes, signature: bytes) -> None:
    """Raises Unopenable unless the sealer signed this number with this hash."""
    pairs.verify(sealer_public, _head_message(no, hash), signature)


def _head_message(no: int, hash: bytes) -> bytes:
    return b"tahanan/head/1\0" + no.to_bytes(8, "big") + hash


def _micros(at: datetime) -> bytes:
    # Whole numbers all the way: a float of microseconds since 1970 would not come back equal.
    return ((at - _EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big")
