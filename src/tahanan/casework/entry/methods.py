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
    """A secret somebody typed, already derived. `account` and `private` only if it was right.

    `stronger`: the same words at today's cost, and the digest they stand under until then.
    """

    account: Account | None
    about: Account | None
    private: bytes | None
    stronger: tuple[UnlockMethod, bytes] | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class _Derived(Secret):
    """The halves to try; and, where an account's cost is below today's, those to keep instead."""

    halves: Halves
    salt: bytes = b""
    stronger: Halves | None = None


def new_words() -> NewWords:
    """A fresh passphrase of six words and a fresh recovery code."""
    return NewWords(passphrase.generate(WORDS), passphrase.recovery_code())


def cost() -> Cost:
    """What a guess costs here: full, or cheap in tests and demonstrations that say so."""
    return passphrase.FULL if settings.ARGON_COST == "full" else passphrase.CHEAP


def is_cheap(said: str) -> bool:
    """Whether a method's `cost` is below any real one: made for a demonstration or a test."""
    return _read(said).below(passphrase.FLOOR)


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


def strengthen(tried: Tried) -> None:
    """Keep words that were right at today's cost, unless they were changed meanwhile."""
    if tried.stronger is None:
        return
    new, was = tried.stronger
    UnlockMethod.objects.filter(account=new.account_id, kind=new.kind, auth=was).update(
        salt=new.salt, cost=new.cost, auth=new.auth, wrap=new.wrap
    )


def _method(account: UUID, kind: Unlock, typed: str, private: bytes) -> UnlockMethod:
    salt = os.urandom(_SALT)
    return _sealed(account, kind, private, salt, _halves(kind, typed, salt, cost()))


def _sealed(
    account: UUID, kind: Unlock, private: bytes, salt: bytes, halves: Halves
) -> UnlockMethod:
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

    An unknown name costs the same reads and the same derivations on a salt made up for it: the
    answer and its time tell nobody which names exist.
    """
    rows = UnlockMethod.objects.filter(account__handle=handle, kind=kind)
    return _try(rows.select_related("account").first(), handle, kind, typed)


def by_account(account: Account, kind: Unlock, typed: str) -> Tried:
    """Try `typed` as the secret of a person who is signed in."""
    rows = UnlockMethod.objects.filter(account=account, kind=kind)
    return _try(rows.select_related("account").first(), account.id.bytes, kind, typed)


def _try(method: UnlockMethod | None, handle: bytes, kind: Unlock, typed: str) -> Tried:
    made_up = digest("salt", handle, kind.encode())[:_SALT]
    try:
        derived = _derive(method, made_up, kind, typed)
    except Mistyped:
        return Tried(None, method.account if method else None, None)
    stored = bytes(method.auth) if method else bytes(32)
    if not same(passphrase.stored_auth(derived.halves.auth), stored) or method is None:
        return Tried(None, method.account if method else None, None)
    account = method.account_id
    try:
        private = unwrap(derived.halves.unlock, bytes(method.wrap), _bound(account, kind))
    except Unopenable:
        return Tried(None, method.account, None)
    if derived.stronger is None:
        return Tried(method.account, method.account, private)
    stronger = _sealed(account, kind, private, derived.salt, derived.stronger)
    return Tried(method.account, method.account, private, (stronger, stored))


def _derive(method: UnlockMethod | None, made_up: bytes, kind: Unlock, typed: str) -> _Derived:
    """Derive once at every cost that anybody's words have here, whoever is asked for.

    After the cost is raised, an account from before would else answer sooner than a name nobody
    has, and tell that it exists. What an older account derives at today's cost is kept if right.
    """
    salt = bytes(method.salt) if method else made_up
    if kind is Unlock.RECOVERY:
        return _Derived(_halves(kind, typed, salt, cost()))
    own = _read(method.cost) if method else cost()
    fresh = os.urandom(_SALT)
    found = {
        at: _halves(kind, typed, salt if at == own else fresh, at)
        for at in sorted(_costs(kind) | {own})
    }
    return _Derived(found[own], fresh, found[cost()] if own.below(cost()) else None)


def _costs(kind: Unlock) -> set[Cost]:
    rows = UnlockMethod.objects.filter(kind=kind).values_list("cost", flat=True)
    return {_read(said) for said in rows.distinct()} | {cost()}


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
