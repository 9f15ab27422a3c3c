"""The site of test pages, for tests that ask it without a browser; and the gate's house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from tests.house import House
from tests.web.parts.serving import as_a_site


@pytest.fixture
def site(house: House) -> Iterator[Client]:
    """A client of the test pages, with the real middleware; English unless a test asks.

    A page that knows who is there marks its forms under a key of the house.
    """
    with as_a_site():
        yield Client(HTTP_HOST="localhost", raise_request_exception=False)


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> dict[str, Any]:
    """Ada, Ana and Ben, and their team."""
    from tests.casework import gatehouse

    return snapshot("gate", gatehouse.build)


@pytest.fixture(scope="session", autouse=True)
def compiled_words() -> None:
    """The drafts, compiled as the set-up does it, for who runs these tests without it."""
    locale = Path(settings.LOCALE_PATHS[0])
    for catalogue in locale.glob("*/LC_MESSAGES/django.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            with catalogue.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))
