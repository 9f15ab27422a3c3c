"""What an entry is told and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.vault.secret import Secret


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Cookies(Secret):
    """The two secrets a browser holds: the first finds its row, the second opens its envelope."""

    session: str
    unlock: str


@dataclass(frozen=True, slots=True)
class Where:
    """From where somebody comes: network address, and the token of a device if she has one."""

    source: str
    device: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """Not this time. `code`: wrong, wait, ended; `sentence` is the same for every cause of one."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The passphrase was right; the code from the phone comes next."""

    cookies: Cookies


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Signed in and unlocked. `device` is a new device's token; `renew` asks for new words.

    `language` is the one her account is read in, if she chose one.
    """

    cookies: Cookies
    device: str | None
    renew: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """Who a request comes from. `renew`: came in by the recovery code, so new words are owed."""

    actor: Actor
    account: UUID
    renew: bool


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class NewWords(Secret):
    """A fresh passphrase and recovery code, to be written down before they count."""

    phrase: str
    recovery: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class NewPhone(Secret):
    """A fresh secret for the phone's codes, and the address its camera reads."""

    secret: str
    address: str
