"""What was typed into a form that found its sender locked or signed out.

The page that asks for the six words carries it, sealed, and sends it back with them: it stands in
no table, no session and no log, and the page shows none of it. It opens for whoever the form was
drawn for, once she is in again, and for nobody else who signs in at the same computer.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tahanan.access.accounts import digest, key
from tahanan.vault.secret import Secret
from tahanan.vault.suites import Unopenable, context, open_sealed, seal

GOOD_FOR = timedelta(days=1)
_STEP = 2048
_MARK = 18


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Held(Secret):
    """Where the form was sent, and every value in it."""

    address: str
    typed: tuple[tuple[str, str], ...]


def mark_of(person: UUID) -> str:
    """What each form drawn for this person carries: hers alone, and nothing a stranger can make."""
    return base64.urlsafe_b64encode(digest("held", person.bytes)[:_MARK]).decode()


def hold(mark: str, address: str, typed: Iterable[tuple[str, str]], now: datetime) -> str:
    """A token with the form in it; `mark` is what the form carried. Empty without one."""
    if not mark:
        return ""
    said = [int((now + GOOD_FOR).timestamp()), address, list(typed)]
    sealed = seal(key("held"), json.dumps(said).encode(), context("held", mark), _STEP)
    return base64.urlsafe_b64encode(sealed).decode()


def held(token: str, person: UUID, now: datetime) -> Held | None:
    """What `hold` put into the token, for the person whose form it was, for a day."""
    try:
        said = open_sealed(
            key("held"), base64.urlsafe_b64decode(token), context("held", mark_of(person))
        )
    except (ValueError, Unopenable):
        return None
    until, address, typed = json.loads(said)
    if now.timestamp() >= until:
        return None
    return Held(address, tuple((name, value) for name, value in typed))
