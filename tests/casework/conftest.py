"""The gate's house, built once a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from tests.cast.cast import Cast


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> dict[str, Any]:
    """Ada, Ana and Ben, and their team."""
    from tests.casework import gatehouse

    return snapshot("gate", gatehouse.build)


@pytest.fixture
def night(cast: Cast) -> UUID:
    """An intake of Ana's team with its day and city."""
    from tests.casework.night import begin

    return begin(cast.ana, cast.team("casework"))
