"""The site of test pages, for tests that ask it without a browser; and the gate's house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.web.parts.serving import as_a_site


@pytest.fixture
def site() -> Iterator[Client]:
    """A client of the test pages, with the real middleware; English unless a test asks."""
    with as_a_site():
        yield Client(HTTP_HOST="localhost", raise_request_exception=False)


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> dict[str, Any]:
    """Ada, Ana and Ben, and their team."""
    from tests.casework import gatehouse

    return snapshot("gate", gatehouse.build)
