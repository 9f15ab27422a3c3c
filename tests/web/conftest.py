"""The site of test pages, for tests that ask it without a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from tests.web.parts.serving import as_a_site


@pytest.fixture
def site() -> Iterator[Client]:
    """A client of the test pages, with the real middleware; English unless a test asks."""
    with as_a_site():
        yield Client(HTTP_HOST="localhost", raise_request_exception=False)
