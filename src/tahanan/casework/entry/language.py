"""The language somebody reads in, kept with her account: the same on every computer."""

from __future__ import annotations

from tahanan.access.accounts import key
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound
from tahanan.casework.door import entry
from tahanan.casework.entry import sessions
from tahanan.casework.entry.shapes import Cookies
from tahanan.records.models import Account
from tahanan.vault.suites import context, open_sealed, seal

# Every choice is of one size.
_STEP = 16


@entry("choose_language")
def choose_language(visit: Visit, *, cookies: Cookies, code: str) -> None:
    """Read in this language from now on, wherever she signs in."""
    found = sessions.find(cookies, visit.now)
    if found is None or len(code) >= _STEP:
        raise NotFound
    of = found.account.id
    sealed = seal(key("language"), code.encode(), context("language", of), _STEP)
    Account.objects.filter(id=of).update(language=sealed)


def language_of(account: Account) -> str:
    """The code of the language she chose, or nothing."""
    if account.language is None:
        return ""
    sealed = bytes(account.language)
    return open_sealed(key("language"), sealed, context("language", account.id)).decode()
