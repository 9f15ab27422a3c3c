"""The real site as somebody of the cast sees it: a cookie says who holds this phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.http import HttpRequest
from playwright.sync_api import Browser, BrowserContext
from tests.cast.cast import Cast
from tests.journeys.living import lived_in

from tahanan.casework.entry import Opened
from tahanan.web import session


@contextmanager
def served(cast: Cast) -> Iterator[str]:
    """The address of the site, where nobody of the cast has to sign in; `locked` is Ana, locked.

    Who comes without the cookie is asked in earnest.
    """
    actors = {name: getattr(cast, name) for name in cast.everybody}
    actors["locked"] = cast.locked(cast.ana)
    in_earnest = session.who

    def who(request: HttpRequest) -> Opened | None:
        actor = actors.get(request.COOKIES.get("phone", ""))
        return Opened(actor, actor.person, renew=False) if actor else in_earnest(request)

    with mock.patch.object(session, "who", who), lived_in() as address:
        yield address


def phone(
    chromium: Browser, address: str, of: str, width: int = 360, **more: Any
) -> BrowserContext:
    """A fresh phone in somebody's hand."""
    context = chromium.new_context(viewport={"width": width, "height": 780}, **more)
    context.add_cookies([{"name": "phone", "value": of, "url": address}])
    return context
