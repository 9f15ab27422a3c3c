"""The ground itself: each test's house is its own, on either database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from tests.house import House

from tahanan.records.models import Organisation


def _church() -> Organisation:
    return Organisation.objects.create(
        name="Church of the Open Door", kind="church", region="13", since_on=date(2020, 1, 1)
    )


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_the_next_never_sees(house: House, turn: int) -> None:
    assert Organisation.objects.count() == 0
    _church()
    assert Organisation.objects.count() == 1


def test_a_snapshot_is_built_once_and_comes_back_whole(snapshot) -> None:
    built = []

    def build(house: House) -> str:
        built.append(house)
        return str(_church().pk)

    first = snapshot("ground-church", build)
    Organisation.objects.update(name="Renamed")
    again = snapshot("ground-church", build)
    assert first == again
    assert len(built) <= 1
    assert Organisation.objects.get().name == "Church of the Open Door"


def test_eight_people_write_at_once_each_on_a_connection_of_her_own(house: House) -> None:
    outcomes = house.at_once([lambda: _church().pk for _ in range(8)])
    assert len({str(pk) for pk in outcomes}) == 8
    assert Organisation.objects.count() == 8


@pytest.mark.postgres
def test_the_app_is_no_superuser_and_owns_nothing(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("tahanan_app_login", False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
