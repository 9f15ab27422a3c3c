"""A demonstration being built does not wait for the disk; nothing else ever goes without."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings
from tests.house import House

from tahanan.casework import upkeep

FULL, OFF = 2, 0


def waits() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


@pytest.mark.sqlite
def test_a_demonstration_is_hurried_until_it_stands_or_fails(house: House) -> None:
    with override_settings(DEMONSTRATION=True):
        upkeep.install(name="Demonstration")
    with upkeep.hurried():
        assert waits() == OFF
    assert waits() == FULL
    with pytest.raises(ZeroDivisionError), upkeep.hurried():
        raise ZeroDivisionError
    assert waits() == FULL


@pytest.mark.sqlite
def test_an_installation_for_real_children_waits_for_the_disk(house: House) -> None:
    upkeep.install(name="Real")
    with upkeep.hurried():
        assert waits() == FULL
