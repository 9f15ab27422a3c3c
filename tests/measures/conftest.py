"""An installation whose programme has hardly begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.house import House

if TYPE_CHECKING:
    from tests.cast.cast import Cast


@pytest.fixture
def here(cast: Cast) -> House:
    """An installation: what it has of its own is counted along."""
    return House()
