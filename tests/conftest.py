"""Fixtures every test may use; what they stand on is in `tests/house.py`."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests import house as houses
from tests.house import House

if TYPE_CHECKING:
    from tests.cast.cast import Cast

houses.lay_ground()


def pytest_report_header() -> list[str]:
    """Said loudly: these passphrases would protect nobody."""
    return [
        f"database: {houses.backend()}",
        "PASSPHRASES ARE CHEAP HERE: Argon2id runs at a strength for tests only.",
    ]


def pytest_configure() -> None:
    import django

    django.setup()


def pytest_unconfigure() -> None:
    from django.db import connections

    connections.close_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the other database do not run here; they are deselected, never skipped."""
    other = "sqlite" if houses.backend() == "postgres" else "postgres"
    kept = [item for item in items if not item.get_closest_marker(other)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[i for i in items if i not in kept])
        items[:] = kept


@pytest.fixture
def house() -> Iterator[House]:
    """A migrated database without a row, and fresh key files."""
    house = House()
    houses.empty(house)
    yield house
    house.close()


@pytest.fixture
def snapshot() -> Iterator[Callable[..., Any]]:
    """`snapshot(name, build)`: a house as `build(house)` made it, built once a session.

    Gives what `build` returned.
    """
    house = House()

    def stand(name: str, build: Callable[[House], Any], **options: str) -> Any:
        return houses.snapshot(house, name, build, **options)

    yield stand
    house.close()


@pytest.fixture
def cast(snapshot: Callable[..., Any]) -> Cast:
    """Ana, Ben, Cora and the others, with their teams, keys and children."""
    from tests.cast import cast

    return snapshot("cast", cast.build)


@pytest.fixture
def housed(snapshot: Callable[..., Any]) -> Cast:
    """The cast, with Maya and Jun-jun admitted to Bahay Amihan."""
    from tests.cast import housed

    return snapshot("housed", housed.build)


@pytest.fixture(autouse=True, scope="session")
def nothing_leaves_this_machine() -> Iterator[None]:
    """A test that calls out fails, and says whom it called."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _here(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


def _here(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")
