"""Deleted wrapped keys leave the database's own files (security.md §6), looked for as raw bytes.

Every search has its positive control: the bytes are found before, or the search is worth nothing.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests import house as houses
from tests.house import House
from tests.records import rows
from tests.records.rows import DAY, TENANT, Child, seen_by

from tahanan.records import models as tables
from tahanan.records.walls.shred import NotShredded, shred

TABLE = tables.Grant._meta.db_table


def _child_with(wrap: bytes) -> Child:
    made = rows.child(rows.team())
    with seen_by(made.team):
        assert tables.Grant.objects.filter(case=made.case).update(wrap=wrap) == 2
    return made


def _erase_grants(house: House, child: Child) -> None:
    with house.as_role("owner"), transaction.atomic():
        tables.Erasure(tenant=TENANT, case=child.case, on=DAY).save(force_insert=True)
        assert tables.Grant.objects.filter(case=child.case)._raw_delete("default") == 2


def _found(canary: bytes, files: list[Path]) -> list[str]:
    return [file.name for file in files if file.exists() and canary in file.read_bytes()]


@pytest.mark.sqlite
def test_an_erased_key_is_in_no_file_of_sqlite(house: House) -> None:
    canary = secrets.token_bytes(48)
    child, _other = _child_with(canary), _child_with(b"another child's key, which stays")
    files = [house.database_file.with_name(house.database_file.name + s) for s in ("", "-wal")]
    assert _found(canary, files) != [], "the control: the key is in the files before"
    _erase_grants(house, child)
    assert _found(canary, files) != [], "deleting alone leaves the key in the log"
    shred(connection, [TABLE])
    assert _found(canary, files) == []
    assert tables.Grant.objects.count() == 2


@pytest.mark.sqlite
def test_shredding_says_so_when_a_reader_holds_the_log(house: House) -> None:
    child = _child_with(secrets.token_bytes(48))
    reader = connection.copy()
    reader.transaction_mode = "DEFERRED"
    with reader.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM records_grant")
        _erase_grants(house, child)
        with connection.cursor() as ours:
            ours.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(NotShredded, match="Somebody is reading"):
            shred(connection, [TABLE])
        cursor.execute("ROLLBACK")
    reader.close()
    shred(connection, [TABLE])


@pytest.mark.sqlite
def test_shredding_refuses_a_database_that_never_overwrites(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
    with pytest.raises(NotShredded, match="secure_delete is off"):
        shred(connection, [TABLE])


@pytest.mark.postgres
@pytest.mark.parametrize("neighbours", [0, 40])
def test_an_erased_key_is_in_no_file_of_postgresql(house: House, neighbours: int) -> None:
    canary = secrets.token_bytes(48)
    child = _child_with(canary)
    for _ in range(neighbours):
        rows.child(rows.team())
    with house.as_role("owner") as owner:
        assert _found(canary, _heap(house)) != [], "the control: the key is in the files before"
        _erase_grants(house, child)
        assert _found(canary, _heap(house)) != [], "deleting alone leaves the key in the heap"
        if not neighbours:
            with owner.cursor() as cursor:
                cursor.execute(f"VACUUM (ANALYZE, TRUNCATE OFF) {TABLE}")
            assert _found(canary, _heap(house)) != [], "and so does a plain VACUUM"
        shred(owner, [TABLE])
        assert _found(canary, _heap(house)) == []
        assert tables.Grant.objects.count() == 2 * neighbours


@pytest.mark.postgres
def test_shredding_says_so_while_an_open_transaction_may_still_see_the_row(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr("tahanan.records.walls.shred._TRIES", 2)
    canary = secrets.token_bytes(48)
    child = _child_with(canary)
    with psycopg.connect(houses.keeper_url(houses.database_name())) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM records_organisation")
        _erase_grants(house, child)
        with house.as_role("owner") as owner:
            with pytest.raises(NotShredded, match="A transaction stayed open"):
                shred(owner, [TABLE])
            assert _found(canary, _heap(house)) != [], "the rewrite carried it along"
            reader.rollback()
            shred(owner, [TABLE])
            assert _found(canary, _heap(house)) == []


def _heap(house: House) -> list[Path]:
    """Every file of this house's database, after a checkpoint."""
    import psycopg

    with psycopg.connect(houses.keeper_url(houses.database_name()), autocommit=True) as keeper:
        keeper.execute("CHECKPOINT")
        row = keeper.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    files = [
        file
        for file in Path(houses.data_directory(), "base", str(row[0])).iterdir()
        if file.is_file()
    ]
    assert len(files) > 100
    return files
