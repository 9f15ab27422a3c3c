"""Ids: UUIDv7 for rows about children, UUIDv4 elsewhere, and the reference people read aloud."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime

from tahanan.base import clock

# No I, L, O, U, 0, 1: nothing is misread over a telephone.
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def uuid7(at: datetime | None = None) -> uuid.UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits. File room only.

    Of the present instant, or of another aware one.
    """
    millis = int((at or clock.now()).timestamp() * 1000)
    return _uuid7(millis, secrets.randbits(74))


def uuid7_blocks(count: int) -> list[bytes]:
    """As many UUIDv7 of the present instant in their order, 16 bytes each: rows by the million."""
    millis = int(clock.now().timestamp() * 1000).to_bytes(6, "big")
    drawn = secrets.token_bytes(10 * count)
    version, variant = _set_bits(0x70, 0x0F), _set_bits(0x80, 0x3F)
    tails = (drawn[at : at + 10] for at in range(0, len(drawn), 10))
    return sorted(
        millis + version[tail[0]] + tail[1:2] + variant[tail[2]] + tail[3:] for tail in tails
    )


def _set_bits(mark: int, kept: int) -> list[bytes]:
    return [bytes([mark | (each & kept)]) for each in range(256)]


def _uuid7(millis: int, drawn: int) -> uuid.UUID:
    value = (millis & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= (drawn >> 62) << 64
    value |= 0b10 << 62
    value |= drawn & ((1 << 62) - 1)
    return uuid.UUID(int=value)


def uuid4() -> uuid.UUID:
    """A UUIDv4: says nothing of when. Office and gate rows."""
    return uuid.uuid4()


def reference(of: uuid.UUID) -> str:
    """A case reference such as ``K7QM-4XD2``: eight characters (39 bits) from a random id."""
    digest = int.from_bytes(hashlib.sha256(b"tahanan/reference\0" + of.bytes).digest(), "big")
    letters = []
    for _ in range(8):
        digest, index = divmod(digest, len(_ALPHABET))
        letters.append(_ALPHABET[index])
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
