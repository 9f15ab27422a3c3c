"""Fresh secrets shown before they count: nothing changes until they have been written down.

A line cut after the change would leave a person with words nobody ever saw. So the page carries
the proposal, sealed by the server, and the change comes with the words typed back from paper.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from tahanan.access.accounts import key
from tahanan.casework.entry import factors, methods
from tahanan.casework.entry.shapes import NewPhone, NewWords
from tahanan.vault.passphrase import normalise
from tahanan.vault.secret import Secret
from tahanan.vault.suites import Unopenable, context, open_sealed, same, seal

GOOD_FOR = timedelta(minutes=30)
_STEP = 512


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Proposal(Secret):
    """New words, a new phone, or both; `token` is what the page sends back."""

    name: str
    words: NewWords | None
    phone: NewPhone | None
    token: str

    def written_down(self, phrase: str) -> bool:
        """Was the proposed passphrase typed back?"""
        meant = normalise(self.words.phrase) if self.words else ""
        return bool(meant) and same(normalise(phrase).encode(), meant.encode())

    def phone_works(self, code: str) -> bool:
        """Does the phone show a code of the proposed secret?"""
        return self.phone is not None and factors.fits(self.phone.secret, code)


def propose(bound: bytes, name: str, now: datetime, *, words: bool, phone: bool) -> Proposal:
    """Fresh secrets for the one that `bound` names: a card, or a session."""
    made = methods.new_words() if words else None
    secret = factors.new_secret() if phone else None
    said = [
        int((now + GOOD_FOR).timestamp()),
        name,
        [made.phrase, made.recovery] if made else None,
        secret,
    ]
    sealed = seal(key("proposal"), json.dumps(said).encode(), context("proposal", bound), _STEP)
    return _proposal(name, made, secret, base64.urlsafe_b64encode(sealed).decode())


def reopen(token: str, bound: bytes, now: datetime) -> Proposal | None:
    """What `propose` made for the same `bound`, for half an hour."""
    try:
        sealed = base64.urlsafe_b64decode(token)
        said = open_sealed(key("proposal"), sealed, context("proposal", bound))
    except (ValueError, Unopenable):
        return None
    until, name, words, secret = json.loads(said)
    if now.timestamp() >= until:
        return None
    return _proposal(name, NewWords(*words) if words else None, secret, token)


def _proposal(name: str, words: NewWords | None, secret: str | None, token: str) -> Proposal:
    phone = NewPhone(secret, factors.address_of(secret, name)) if secret else None
    return Proposal(name, words, phone, token)
