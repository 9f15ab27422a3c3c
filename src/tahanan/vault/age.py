"""Files closed with age (age-encryption.org): opened whole, in memory, never onto the disk."""

from __future__ import annotations

import pyrage

from tahanan.vault.suites import Unopenable

_BEGINS = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED")
HEAD = max(map(len, _BEGINS))


def is_closed(begins: bytes) -> bool:
    """Whether a file that begins so (`HEAD` bytes are enough) is closed with age."""
    return begins.startswith(_BEGINS)


def open_with_words(closed: bytes, words: str) -> bytes:
    """What a passphrase closed. Raises Unopenable."""
    try:
        return bytes(pyrage.passphrase.decrypt(closed, words))
    except (pyrage.DecryptError, ValueError):
        raise Unopenable from None


def open_with_identities(closed: bytes, text: str) -> bytes:
    """What was closed to one of the identities in an identity file. Raises Unopenable."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        identities = [
            pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"
        ]
        return bytes(pyrage.decrypt(closed, identities))
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError):
        raise Unopenable from None
