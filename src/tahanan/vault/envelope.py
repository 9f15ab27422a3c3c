"""The session envelope: a person's private key, waiting under a cookie the server does not keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tahanan.vault.suites import KEY_BYTES, Unopenable, context, derive, open_sealed, seal

STEP = 128

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def close(
    private_material: bytes,
    cookie: bytes,
    pepper: bytes,
    account: UUID,
    session: UUID,
    epoch: int,
    not_after: datetime,
) -> bytes:
    """`private_material` under the second cookie and the pepper (32 bytes each).

    Bound to account, session and credential epoch; `not_after` (aware) travels inside, where
    whoever writes to the database cannot push it back.
    """
    expiry = (not_after - _EPOCH) // timedelta(microseconds=1)
    inner = expiry.to_bytes(8, "big") + private_material
    return seal(_key(cookie, pepper), inner, _bound(account, session, epoch), STEP)


def open_envelope(
    sealed: bytes,
    cookie: bytes,
    pepper: bytes,
    account: UUID,
    session: UUID,
    epoch: int,
    now: datetime,
) -> bytes:
    """The material that `close` closed.

    Raises Unopenable when swapped from another account or session, of an older credential epoch,
    altered, or at or past its end: one error for all.
    """
    if len(cookie) != KEY_BYTES:
        # A cookie is what a stranger sends: its length is no programming error.
        raise Unopenable
    inner = open_sealed(_key(cookie, pepper), sealed, _bound(account, session, epoch))
    not_after = _EPOCH + timedelta(microseconds=int.from_bytes(inner[:8], "big"))
    if len(inner) < 8 or now >= not_after:
        raise Unopenable
    return inner[8:]


def _key(cookie: bytes, pepper: bytes) -> bytes:
    if len(cookie) != KEY_BYTES or len(pepper) != KEY_BYTES:
        raise ValueError("The cookie and the pepper are 32 bytes each.")
    return derive(cookie + pepper, b"tahanan/envelope/1/key")


def _bound(account: UUID, session: UUID, epoch: int) -> bytes:
    return context("tahanan/envelope/1", account, session, epoch)
