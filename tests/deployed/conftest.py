"""A house with the demonstration's people in it, for tests that serve the installed program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.deployed import installed
from tests.house import House


@pytest.fixture
def world(snapshot: Callable[..., Any]) -> House:
    """The demonstration's world, on this worker's own copy."""
    snapshot(installed.WORLD, installed.build_world)
    return House()
