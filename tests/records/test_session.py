"""What a transaction tells the database first: for whom it looks, and which homes wait."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests import house as houses
from tests.house import House
from tests.records import rows
from tests.records.rows import DAY, TENANT, seen_by

from tahanan.records import models as tables
from tahanan.records.walls.session import admit, places_taken, wait_for_homes


def test_outside_a_transaction_nobody_is_let_in(house: House) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        admit(connection, [rows.team()], TENANT)
    with pytest.raises(RuntimeError, match="inside a transaction"):
        wait_for_homes(connection, [uuid4()])


def test_a_place_counts_from_the_day_of_the_stay_until_its_last(house: House) -> None:
    home = uuid4()
    stay = rows.child(rows.team(), home).id("Stay")
    for day, expected in ((DAY, 1), (DAY - timedelta(days=1), 0), (DAY + timedelta(days=900), 1)):
        with seen_by():
            taken = places_taken(connection, TENANT, day)
        assert len(taken) == expected, day
    assert [(a, UUID(int=b.int), c) for a, b, c in taken] == [(stay, home, 1)]


def test_a_stay_that_was_corrected_or_taken_back_takes_no_place(house: House) -> None:
    child = rows.child(rows.team())
    with seen_by(child.team):
        tables.Stay.objects.update(replaced_at=rows.INSTANT, replaced_day=DAY)
        assert places_taken(connection, TENANT, DAY) == []


def test_two_admissions_to_one_home_take_turns_and_two_homes_do_not(house: House) -> None:
    here, elsewhere = uuid4(), uuid4()
    if connection.vendor == "sqlite":
        elsewhere = here  # SQLite has one writer: every home waits for every other.
    inside: list[str] = []
    met = threading.Event()

    def admission(name: str, home: UUID, other: UUID) -> None:
        with transaction.atomic():
            # In whatever order they are named: two groups never wait for each other.
            wait_for_homes(connection, [home, other])
            inside.append(f"{name} in")
            met.wait(0.3)
            inside.append(f"{name} out")

    started = time.monotonic()
    house.at_once(
        [lambda: admission("Ana", here, elsewhere), lambda: admission("Fe", elsewhere, here)]
    )
    assert time.monotonic() - started >= 0.6
    first = inside[0].split()[0]
    assert [word.split()[0] == first for word in inside] == [True, True, False, False]


@pytest.mark.postgres
def test_admissions_to_different_homes_do_not_wait_for_each_other(house: House) -> None:
    both = threading.Barrier(2, timeout=5)

    def admission() -> bool:
        with transaction.atomic():
            wait_for_homes(connection, [uuid4()])
            both.wait()
        return True

    assert house.at_once([admission, admission]) == [True, True]


@pytest.mark.postgres
def test_no_value_of_a_row_reaches_the_servers_log(house: House) -> None:
    """Statements that fail, that are slow and that are all logged: none carries what it was given.

    The server's own account of a failed row (its DETAIL line) is silenced for our logins too.
    """
    database = houses.database_name()
    houses.as_keeper([f'ALTER DATABASE "{database}" SET log_statement = "all"'])
    try:
        house.close()
        canary = "a-church-canary"
        church = tables.Organisation(name=canary, kind="church", region="13", since_on=DAY)
        church.save(force_insert=True)
        for again in (church, tables.Organisation(name=canary, kind=canary[:20], since_on=DAY)):
            with pytest.raises(IntegrityError) as error:
                again.save(force_insert=True)
            assert error.value is not None
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::text", ["second-canary"])
    finally:
        houses.as_keeper([f'ALTER DATABASE "{database}" RESET log_statement'])
    log = houses.data_directory().parent / "server.log"
    said = log.read_text(encoding="utf-8", errors="replace")
    assert 'INSERT INTO "records_organisation"' in said, "the control: statements are in the log"
    assert "organisation_kind_known" in said, "the control: so are failures"
    assert "canary" not in said
