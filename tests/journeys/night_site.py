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
    """The address of the site, where nobody has to sign in."""
    actors = {name: getattr(cast, name) for name in cast.everybody}

    def who(request: HttpRequest) -> Opened | None:
        actor = actors.get(request.COOKIES.get("phone", ""))
        return Opened(actor, actor.person, renew=False) if actor else None

    with mock.patch.object(session, "who", who), lived_in() as address:
        yield address


def phone(
    chromium: Browser, address: str, of: str, width: int = 360, **more: Any
) -> BrowserContext:
    """A fresh phone in somebody's hand."""
    context = chromium.new_context(viewport={"width": width, "height": 780}, **more)
    context.add_cookies([{"name": "phone", "value": of, "url": address}])
    return context
