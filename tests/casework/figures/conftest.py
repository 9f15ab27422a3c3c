"""An installation in which nothing is known yet, and its history to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.house import House

if TYPE_CHECKING:
    from tests.casework.figures.histories import History
    from tests.cast.cast import Cast


@pytest.fixture
def history(cast: Cast) -> Iterator[History]:
    """A history beside the cast's, written and counted as the owner in one transaction."""
    from tests.casework.figures.histories import Counting, History

    with House().as_role("owner"), Counting():
        yield History()
