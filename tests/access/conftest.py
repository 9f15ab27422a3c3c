"""Where acts of the door are tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.access.traces import Watch
    from tests.access.trying import Ground


@pytest.fixture
def ground() -> Iterator[Ground]:
    """A house for the scenes of the matrix, and a watch over all its tables."""
    from tests.access.trying import Ground

    made = Ground()
    yield made
    made.watch.close()
    made.house.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """A watch over all tables of the house."""
    from tests.access.traces import Watch

    made = Watch()
    yield made
    made.close()
