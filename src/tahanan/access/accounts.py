"""The gate, read: the digests that names, cookies and codes are kept under; whose an account is."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from tahanan.access import installation, links
from tahanan.records.fields import AccountLink, PersonLink
from tahanan.records.models import Account
from tahanan.vault.suites import derive, keyed_digest

PENDING_ACCOUNT = links.LinkColumn(AccountLink, "pending.account")
INVITATION_PERSON = links.LinkColumn(PersonLink, "invitation.person")


def handle(name: str) -> bytes:
    """The digest a sign-in name is kept under; case, width and outer spaces forgiven."""
    meant = unicodedata.normalize("NFKC", name).casefold().strip()
    return digest("handle", meant.encode())


def digest(of: str, *parts: bytes) -> bytes:
    """32 bytes, keyed by the server: a stolen table cannot be searched for a name or a cookie."""
    return keyed_digest(key(of), *parts)


def key(use: str) -> bytes:
    """The server's 32-byte key for one use in the gate."""
    return derive(installation.roots().server_key, f"tahanan/gate/1/{use}".encode())


def person_of(account: Account) -> UUID:
    """Whose account this is."""
    return links.ACCOUNT_PERSON.open(account.person, links.row(account.id))


def account_of(person: UUID) -> Account | None:
    """The account of a person, if there is one.

    The links are of row scope and cannot be searched for, so every account is opened: 5 µs each,
    for the rare acts of an administrator.
    """
    rows = Account.objects.only("id", "person", "epoch")
    return next((row for row in rows if person_of(row) == person), None)
