"""Waiting unlocks and sessions: what stands in the gate for a browser's two cookies.

Who steals the database finds rows it cannot tell apart: the first cookie is kept as a digest, what
a session knows is sealed under it, and the private half is sealed under the second.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from tahanan.access import installation, links
from tahanan.access.accounts import PENDING_ACCOUNT, digest, key
from tahanan.base import clock, ids
from tahanan.casework.entry.shapes import Cookies
from tahanan.records.accounts import Unlock
from tahanan.records.models import Account, Invitation, PendingUnlock, Session, Tries
from tahanan.vault import envelope
from tahanan.vault.secret import Secret
from tahanan.vault.suites import Unopenable, context, derive, open_sealed, seal

PENDING = timedelta(minutes=5)
IDLE = timedelta(minutes=15)
WHOLE = timedelta(hours=10)
# Writing at every look would make every look a write.
TOUCH = timedelta(minutes=1)
WRONG_CODES = 5
WRONG_UNLOCKS = 5

_BYTES = 32
_STEP = 256


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Waited(Secret):
    """A waiting unlock, opened: whose, by which method, and the private half."""

    id: UUID
    account: Account
    method: Unlock
    private: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What a session knows of itself, sealed in its row. Instants are whole seconds."""

    epoch: int
    started: int
    seen: int
    device: str
    renew: bool


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Found(Secret):
    """A session that holds, with its private half unless it is locked."""

    id: UUID
    account: Account
    known: Known
    private: bytes | None


def begin_waiting(account: Account, method: Unlock, private: bytes, now: datetime) -> Cookies:
    """Keep the private half for five minutes, under a cookie only this browser has."""
    cookies, id, until = _fresh(), ids.uuid4(), now + PENDING
    PendingUnlock(
        id=id,
        key=_key(cookies.session),
        account=PENDING_ACCOUNT.close(account.id, links.row(id)),
        envelope=_close(method.encode().ljust(16) + private, cookies, account, id, until),
        until=_hour_after(until),
    ).save(force_insert=True)
    return cookies


def waiting(cookies: Cookies, now: datetime) -> Waited | None:
    """The unlock that waits for these cookies. None when there is none, or it is past its time."""
    row = PendingUnlock.objects.select_for_update().filter(key=_key(cookies.session)).first()
    if row is None:
        return None
    account = _account(PENDING_ACCOUNT.open(row.account, links.row(row.id)))
    opened = _open(bytes(row.envelope), cookies, account, row.id, now) if account else None
    if account is None or opened is None:
        row.delete()
        return None
    return Waited(row.id, account, Unlock(opened[:16].decode().rstrip()), opened[16:])


def wrong_code(waited: Waited) -> bool:
    """Count one wrong code. True while another may be tried; the fifth ends the waiting."""
    return _count_wrong(PendingUnlock.objects.filter(id=waited.id), WRONG_CODES)


def promote(waited: Waited, device: str, now: datetime) -> Cookies | None:
    """Turn a waiting unlock into a session under two new cookies. None if it was used before."""
    if not PendingUnlock.objects.filter(id=waited.id).delete()[0]:
        return None
    return begin(
        waited.account, waited.private, device, now, renew=waited.method is Unlock.RECOVERY
    )


def begin(
    account: Account, private: bytes, device: str, now: datetime, renew: bool, started: int = 0
) -> Cookies:
    """A session under two new cookies. `started` carries the ten hours over from an earlier one."""
    at = int(now.timestamp())
    cookies, id = _fresh(), ids.uuid4()
    known = Known(account.epoch, started or at, at, device, renew)
    Session(
        id=id,
        key=_key(cookies.session),
        account=links.SESSION_ACCOUNT.close(account.id, links.row(id)),
        payload=_sealed(known, cookies, id),
        envelope=_close(private, cookies, account, id, _idle_at(known)),
        until=_hour_after(_ends(known)),
    ).save(force_insert=True)
    return cookies


def find(cookies: Cookies, now: datetime) -> Found | None:
    """The session these cookies belong to; None when it is over.

    Over: ten hours after sign-in, or once the account's credentials have changed. Locked: fifteen
    minutes after the last request, or without the second cookie.
    """
    row = Session.objects.filter(key=_key(cookies.session)).first()
    if row is None:
        return None
    account = _account(links.SESSION_ACCOUNT.open(row.account, links.row(row.id)))
    known = _opened(bytes(row.payload), cookies, row.id)
    if account is None or known is None or known.epoch != account.epoch or now >= _ends(known):
        row.delete()
        return None
    if row.envelope is None:
        return Found(row.id, account, known, None)
    private = _open(bytes(row.envelope), cookies, account, row.id, now)
    if private is None and now >= _idle_at(known):
        # The key is gone for good: who finds this browser later finds nothing to open.
        Session.objects.filter(id=row.id).update(envelope=None)
    return Found(row.id, account, known, private)


def touch(found: Found, cookies: Cookies, now: datetime) -> None:
    """Move the fifteen minutes on, at most once a minute. A locked session is left as it is."""
    at = int(now.timestamp())
    if found.private is None or at - found.known.seen < TOUCH.total_seconds():
        return
    known = replace(found.known, seen=at)
    closed = _close(found.private, cookies, found.account, found.id, _idle_at(known))
    # Not where a lock or sign-out in another tab has emptied or removed the row meanwhile.
    Session.objects.filter(id=found.id, envelope__isnull=False).update(
        envelope=closed, payload=_sealed(known, cookies, found.id)
    )


def lock(found: Found) -> None:
    """Signed in, and nothing opens: the envelope is gone."""
    Session.objects.filter(id=found.id).update(envelope=None)


def end(id: UUID) -> None:
    """Gone, with all it held."""
    Session.objects.filter(id=id).delete()


def unlock(found: Found, private: bytes, cookies: Cookies, now: datetime) -> Cookies:
    """Put the private half back, under a new second cookie.

    The row and the first cookie stay: a second press of the button must find them.
    """
    fresh = Cookies(cookies.session, _fresh().unlock)
    known = replace(found.known, seen=int(now.timestamp()))
    closed = _close(private, fresh, found.account, found.id, _idle_at(known))
    Session.objects.filter(id=found.id).update(
        envelope=closed, payload=_sealed(known, fresh, found.id), wrong=0
    )
    return fresh


def wrong_unlock(found: Found) -> bool:
    """Count one wrong passphrase. True while another may be tried; the fifth ends the session."""
    return _count_wrong(Session.objects.filter(id=found.id), WRONG_UNLOCKS)


def _count_wrong(row: QuerySet[Any], limit: int) -> bool:
    # In one statement: two tries at once are two.
    if row.filter(wrong__lt=limit - 1).update(wrong=F("wrong") + 1):
        return True
    row.delete()
    return False


def sweep(now: datetime) -> int:
    """Delete what is past its hour or its day: rows nobody came back to. Gives how many."""
    today = clock.manila_day(now)
    past = (
        PendingUnlock.objects.filter(until__lt=now),
        Session.objects.filter(until__lt=now),
        Tries.objects.filter(on__lt=today - timedelta(days=1)),
        Invitation.objects.filter(until_on__lt=today),
    )
    return sum(rows.delete()[0] for rows in past)


def _ends(known: Known) -> datetime:
    return datetime.fromtimestamp(known.started, UTC) + WHOLE


def _idle_at(known: Known) -> datetime:
    return min(datetime.fromtimestamp(known.seen, UTC) + IDLE, _ends(known))


def _hour_after(instant: datetime) -> datetime:
    # Kept exactly, it would name the ledger entry written in the same second.
    return instant.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _fresh() -> Cookies:
    return Cookies(_text(os.urandom(_BYTES)), _text(os.urandom(_BYTES)))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    """A cookie's bytes; what a stranger made up gives something of the wrong length."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def _key(cookie: str) -> bytes:
    return digest("session", _raw(cookie))


def _account(id: UUID) -> Account | None:
    return Account.objects.filter(id=id).first()


def _sealed(known: Known, cookies: Cookies, id: UUID) -> bytes:
    said = json.dumps(
        [known.epoch, known.started, known.seen, known.device, known.renew], separators=(",", ":")
    )
    return seal(_payload_key(cookies), said.encode(), context("session", id), _STEP)


def _opened(payload: bytes, cookies: Cookies, id: UUID) -> Known | None:
    try:
        return Known(
            *json.loads(open_sealed(_payload_key(cookies), payload, context("session", id)))
        )
    except Unopenable:
        return None


def _payload_key(cookies: Cookies) -> bytes:
    return derive(_raw(cookies.session) + key("payload"), b"tahanan/session/1/payload")


def _close(
    private: bytes, cookies: Cookies, account: Account, id: UUID, not_after: datetime
) -> bytes:
    pepper = installation.roots().pepper
    second = _raw(cookies.unlock)
    return envelope.close(private, second, pepper, account.id, id, account.epoch, not_after)


def _open(
    closed: bytes, cookies: Cookies, account: Account, id: UUID, now: datetime
) -> bytes | None:
    pepper = installation.roots().pepper
    second = _raw(cookies.unlock)
    try:
        return envelope.open_envelope(closed, second, pepper, account.id, id, account.epoch, now)
    except Unopenable:
        return None
