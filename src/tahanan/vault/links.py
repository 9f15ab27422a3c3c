"""Keyed links: an id enciphered as one AES block, so that rooms join only for who holds the key."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES256

from tahanan.vault.secret import Secret
from tahanan.vault.suites import derive

BLOCK = 16

# A scope says how widely one target shows as one link. The narrowest that its query allows.
COLUMN = bytes(BLOCK)


def month(day: date) -> bytes:
    """The scope of a calendar month: links equal within it, unlike across."""
    return b"month".ljust(10, b"\0") + (12 * day.year + day.month - 1).to_bytes(6, "big")


def row(id: UUID) -> bytes:
    """The scope of one row: no two links are alike."""
    return id.bytes


def check_value(root: bytes) -> bytes:
    """8 bytes that may be stored: a wrong root is told at start, before it writes a link."""
    return derive(root, b"tahanan/links/1/check")[:8]


def tenant_key(root: bytes, tenant: UUID) -> bytes:
    """The 32-byte links key of one tenant. A shard is given this, never the root."""
    return derive(root, b"tahanan/links/1/tenant\0" + tenant.bytes)


class _Ciphers(threading.local):
    """AES contexts kept between links, since making one costs more than the link.

    One set a thread: a context in use by one thread raises in another. ECB keeps no state
    between whole blocks, so a context serves any number of links.
    """

    def __init__(self, column_key: bytes, scope_key: bytes) -> None:
        block, mask = _cipher(column_key), _cipher(scope_key)
        self.close: CipherContext = block.encryptor()
        self.open: CipherContext = block.decryptor()
        self.mask: CipherContext = mask.encryptor()


class Column(Secret):
    """The links of one column: link = AES_k(id ⊕ m) ⊕ m with m = AES_s(scope) (XEX, one block).

    A link carries no check of its own: a link of another column or scope opens to a random id,
    which no row has.
    """

    __slots__ = ("_ciphers", "name")

    def __init__(self, tenant_key: bytes, name: str) -> None:
        self.name = name
        self._ciphers = _Ciphers(
            derive(tenant_key, b"tahanan/links/1/column\0" + name.encode()),
            derive(tenant_key, b"tahanan/links/1/scope\0" + name.encode()),
        )

    def close(self, target: UUID, scope: bytes) -> UUID:
        """The link to `target` within `scope` (16 bytes)."""
        return self._through(self._ciphers.close, target, scope)

    def open(self, link: UUID, scope: bytes) -> UUID:
        """The id that `link` leads to within `scope` (16 bytes)."""
        return self._through(self._ciphers.open, link, scope)

    def close_many(self, pairs: Iterable[tuple[UUID, bytes]]) -> list[UUID]:
        """The links to many (target, scope) pairs, in their order."""
        return self._all_through(self._ciphers.close, pairs)

    def close_blocks(self, targets: bytes, scopes: bytes) -> bytes:
        """The links to many targets, each within the scope in its place: 16 bytes each.

        For rows by the million: no id is made an object.
        """
        if len(targets) != len(scopes) or len(targets) % BLOCK:
            raise ValueError("A target and a scope are 16 bytes.")
        masks = self._ciphers.mask.update(scopes)
        return _exclusive(self._ciphers.close.update(_exclusive(targets, masks)), masks)

    def open_many(self, pairs: Iterable[tuple[UUID, bytes]]) -> list[UUID]:
        """The ids that many (link, scope) pairs lead to, in their order."""
        return self._all_through(self._ciphers.open, pairs)

    def _through(self, cipher: CipherContext, id: UUID, scope: bytes) -> UUID:
        if len(scope) != BLOCK:
            raise ValueError("A scope is 16 bytes.")
        mask = int.from_bytes(self._ciphers.mask.update(scope), "big")
        inner = cipher.update((id.int ^ mask).to_bytes(BLOCK, "big"))
        return UUID(int=int.from_bytes(inner, "big") ^ mask)

    def _all_through(
        self, cipher: CipherContext, pairs: Iterable[tuple[UUID, bytes]]
    ) -> list[UUID]:
        listed = list(pairs)
        if any(len(scope) != BLOCK for _, scope in listed):
            raise ValueError("A scope is 16 bytes.")
        masks = self._ciphers.mask.update(b"".join(scope for _, scope in listed))
        outer = _exclusive(b"".join(id.bytes for id, _ in listed), masks)
        inner = _exclusive(cipher.update(outer), masks)
        return [UUID(bytes=inner[at : at + BLOCK]) for at in range(0, len(inner), BLOCK)]


def _cipher(key: bytes) -> Cipher[modes.ECB]:
    return Cipher(AES256(key), modes.ECB())  # noqa: S305  one block a link: ECB is the block cipher itself


def _exclusive(a: bytes, b: bytes) -> bytes:
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).to_bytes(len(a), "big")
