"""The gate's house, built once a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> dict[str, Any]:
    """Ada, Ana and Ben, and their team."""
    from tests.casework import gatehouse

    return snapshot("gate", gatehouse.build)
