"""Wrapping keys, sealing text, deriving and comparing: the symmetric half of the vault."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
COMMITMENT_BYTES = 16
_DIGEST_BYTES = 32

# The first byte of everything closed here. It is part of the associated data, so a blob relabelled
# as another suite does not open; and a wrapped key never opens as a text, or the reverse.
WRAP_AES_256_GCM = 0x01
SEAL_AES_256_GCM = 0x02


class Unopenable(Exception):
    """Could not be opened, unwrapped or verified. One error for every cause, so it is no oracle."""

    def __init__(self) -> None:
        super().__init__("This could not be opened.")


def new_key() -> bytes:
    """32 fresh random bytes."""
    return os.urandom(KEY_BYTES)


def derive(secret: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-SHA256 (RFC 5869) without salt: `length` bytes of `secret` for the use `info` names."""
    if length > _DIGEST_BYTES:
        return HKDF(SHA256(), length, None, info).derive(secret)
    # One block of output: extract, then expand once. A list of fifty children derives fifty.
    extracted = hmac.digest(bytes(_DIGEST_BYTES), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")[:length]


def keyed_digest(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes, over parts whose borders count: (ab, c) differs from (a, bc)."""
    return hmac.digest(key, context(*parts), "sha256")


def same(a: bytes, b: bytes) -> bool:
    """Whether two byte strings are equal, in time that does not tell where they differ."""
    return hmac.compare_digest(a, b)


def context(*parts: str | bytes | int | UUID) -> bytes:
    """An injective encoding: what a closed thing is bound to. Each part has its type and length.

    Raises TypeError for any other type; True is not 1.
    """
    return b"".join(_part(part) for part in parts)


def pattern(*parts: str | bytes | int | UUID | type[UUID]) -> bytes:
    """`context` with holes: where `UUID` itself stands, ``pattern % (id, …)`` puts its 16 bytes."""
    hole = context(UUID(int=0))[:-16].replace(b"%", b"%%") + b"%b"
    spelled = (hole if part is UUID else context(part).replace(b"%", b"%%") for part in parts)  # type: ignore[arg-type]
    return b"".join(spelled)


def _part(part: str | bytes | int | UUID) -> bytes:
    match part:
        case bytes():
            tag, encoded = b"b", part
        case str():
            tag, encoded = b"s", part.encode()
        case UUID():
            tag, encoded = b"u", part.bytes
        case int() if not isinstance(part, bool):
            tag, encoded = b"i", str(part).encode()
        case _:
            raise TypeError(f"A context holds text, bytes, whole numbers and ids, not {part!r}.")
    return tag + len(encoded).to_bytes(4, "big") + encoded


def wrap(kek: bytes, key: bytes, context: bytes) -> bytes:
    """`key` under `kek`, bound to `context`: suite ‖ nonce ‖ ciphertext ‖ tag, 61 bytes for 32."""
    return _close(WRAP_AES_256_GCM, kek, key, context)


def wrap_many(kek: bytes, keys: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    """`wrap` for many (key, context) pairs under one `kek`."""
    return _close_many(WRAP_AES_256_GCM, kek, list(keys))


def unwrap(kek: bytes, wrapped: bytes, context: bytes) -> bytes:
    """The key that `wrap` closed. Raises Unopenable."""
    return _open(WRAP_AES_256_GCM, kek, wrapped, context)


def commitment(key: bytes) -> bytes:
    """16 bytes naming `key` without telling it: AES-GCM alone would accept a planted second key."""
    return derive(key, b"commit", COMMITMENT_BYTES)


def seal(key: bytes, plaintext: bytes, context: bytes, step: int = 512) -> bytes:
    """`plaintext` under `key`, bound to `context`, its length hidden up to a multiple of `step`.

    suite ‖ nonce ‖ AES-256-GCM(u32 length ‖ plaintext ‖ zeros) ‖ tag: 29 bytes more than the
    padded text. Random 96-bit nonces: one key seals at most 2³² texts.
    """
    return _close(SEAL_AES_256_GCM, key, _padded(plaintext, step), context)


def seal_many(key: bytes, texts: Iterable[tuple[bytes, bytes]], step: int = 512) -> list[bytes]:
    """`seal` for many (plaintext, context) pairs under one `key`."""
    padded = [(_padded(plaintext, step), bound) for plaintext, bound in texts]
    return _close_many(SEAL_AES_256_GCM, key, padded)


def open_sealed(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """The text that `seal` closed. Raises Unopenable."""
    padded = _open(SEAL_AES_256_GCM, key, sealed, context)
    length = int.from_bytes(padded[:4], "big")
    if len(padded) < 4 + length or any(padded[4 + length :]):
        raise Unopenable
    return padded[4 : 4 + length]


def _padded(plaintext: bytes, step: int) -> bytes:
    framed = len(plaintext).to_bytes(4, "big") + plaintext
    return framed + bytes(-len(framed) % step)


def _close(suite: int, key: bytes, plaintext: bytes, context: bytes) -> bytes:
    return _close_many(suite, key, [(plaintext, context)])[0]


def _close_many(suite: int, key: bytes, texts: list[tuple[bytes, bytes]]) -> list[bytes]:
    if len(key) != KEY_BYTES:
        # AESGCM would quietly take 16 or 24 bytes and be a weaker cipher.
        raise ValueError("A key is 32 bytes.")
    head, encrypt = bytes((suite,)), AESGCM(key).encrypt
    drawn = os.urandom(NONCE_BYTES * len(texts))
    nonces = (drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES))
    return [
        head + nonce + encrypt(nonce, plaintext, head + context)
        for nonce, (plaintext, context) in zip(nonces, texts, strict=True)
    ]


def _open(suite: int, key: bytes, closed: bytes, context: bytes) -> bytes:
    head, nonce, ciphertext = closed[:1], closed[1 : 1 + NONCE_BYTES], closed[1 + NONCE_BYTES :]
    if len(key) != KEY_BYTES or head != bytes((suite,)) or len(ciphertext) < TAG_BYTES:
        raise Unopenable
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, head + context)
    except InvalidTag:
        raise Unopenable from None
