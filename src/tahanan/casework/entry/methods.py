"""Unlock methods: the private half under the passphrase and under the recovery code."""

from __future__ import annotations

import os
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from tahanan.access import installation
from tahanan.access.accounts import digest
from tahanan.casework.entry.shapes import NewWords
from tahanan.records.accounts import Unlock
from tahanan.records.models import Account, UnlockMethod
from tahanan.vault import passphrase
from tahanan.vault.passphrase import Cost, Halves, Mistyped
from tahanan.vault.secret import Secret
from tahanan.vault.suites import Unopenable, context, same, unwrap, wrap

WORDS = 6
_SALT = 16


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Tried(Secret):
    """A secret somebody typed, already derived. `account` and `private` only if it was right."""

    account: Account | None
    about: Account | None
    private: bytes | None


def new_words() -> NewWords:
    """A fresh passphrase of six words and a fresh recovery code."""
    return NewWords(passphrase.generate(WORDS), passphrase.recovery_code())


def cost() -> Cost:
    """What a guess costs here: full, or cheap in tests and demonstrations that say so."""
    return passphrase.FULL if settings.ARGON_COST == "full" else passphrase.CHEAP


def is_cheap(said: str) -> bool:
    """Whether a method's `cost` is below full strength: made for a demonstration or a test."""
    return _read(said).memory_kib < passphrase.FULL.memory_kib


def prepare(account: UUID, private: bytes, words: NewWords) -> list[UnlockMethod]:
    """Put the private half under both secrets; not kept yet, since deriving takes its time."""
    return [
        _method(account, Unlock.WORDS, words.phrase, private),
        _method(account, Unlock.RECOVERY, words.recovery, private),
    ]


def keep(account: UUID, prepared: list[UnlockMethod]) -> None:
    """Keep both methods, in place of any before. There are never fewer than two."""
    if {method.kind for method in prepared} != set(Unlock):
        raise ValueError("An account has both unlock methods or none.")
    UnlockMethod.objects.filter(account=account).delete()
    for method in prepared:
        method.save(force_insert=True)


def has_both(account: UUID) -> bool:
    """Whether both ways in stand: without that nobody is given a team's key (security.md §4.3)."""
    return UnlockMethod.objects.filter(account=account).count() == len(Unlock)


def _method(account: UUID, kind: Unlock, typed: str, private: bytes) -> UnlockMethod:
    salt = os.urandom(_SALT)
    halves = _halves(kind, typed, salt, cost())
    return UnlockMethod(
        account_id=account,
        kind=kind.value,
        salt=salt,
        cost=_said(cost()),
        auth=passphrase.stored_auth(halves.auth),
        wrap=wrap(halves.unlock, private, _bound(account, kind)),
    )


def by_handle(handle: bytes, kind: Unlock, typed: str) -> Tried:
    """Try `typed` as the secret of the account with this handle.

    An unknown name costs the same read and the same derivation on a salt made up for it: the
    answer and its time tell nobody which names exist.
    """
    rows = UnlockMethod.objects.filter(account__handle=handle, kind=kind)
    return _try(rows.select_related("account").first(), handle, kind, typed)


def by_account(account: Account, kind: Unlock, typed: str) -> Tried:
    """Try `typed` as the secret of a person who is signed in."""
    rows = UnlockMethod.objects.filter(account=account, kind=kind)
    return _try(rows.select_related("account").first(), account.id.bytes, kind, typed)


def _try(method: UnlockMethod | None, handle: bytes, kind: Unlock, typed: str) -> Tried:
    salt = bytes(method.salt) if method else digest("salt", handle, kind.encode())[:_SALT]
    try:
        halves = _halves(kind, typed, salt, _read(method.cost) if method else cost())
    except Mistyped:
        return Tried(None, method.account if method else None, None)
    stored = bytes(method.auth) if method else bytes(32)
    if not same(passphrase.stored_auth(halves.auth), stored) or method is None:
        return Tried(None, method.account if method else None, None)
    try:
        private = unwrap(halves.unlock, bytes(method.wrap), _bound(method.account_id, kind))
    except Unopenable:
        return Tried(None, method.account, None)
    return Tried(method.account, method.account, private)


def _halves(kind: Unlock, typed: str, salt: bytes, at: Cost) -> Halves:
    pepper = installation.roots().pepper
    if kind is Unlock.RECOVERY:
        return passphrase.recovery_halves(typed, salt, pepper)
    return passphrase.derive_halves(typed, salt, pepper, at)


def _bound(account: UUID, kind: Unlock) -> bytes:
    return context("unlock", account, kind.value)


def _said(at: Cost) -> str:
    return f"{at.memory_kib}/{at.passes}/{at.lanes}"


def _read(said: str) -> Cost:
    memory, passes, lanes = said.split("/")
    return Cost(int(memory), int(passes), int(lanes))
