"""What was written stays as it was written, whoever asks: triggers on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.house import House
from tests.records import rows
from tests.records.rows import DAY, INSTANT, TENANT, Child

from tahanan.records import models as tables
from tahanan.records.walls import plan, triggers
from tahanan.records.walls.raising import missing, raise_walls

DATED = sorted(n for n, wall in plan.FILE_ROOM.items() if "replaced_day" in wall.once)


def _row(child: Child, table: str) -> Any:
    model = getattr(tables, table)
    return model._base_manager.filter(pk=child.id(table))


def _refused(act: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        act()


@pytest.fixture
def child(house: House) -> Child:
    """A child, and from here on the owner's connection: no policy or privilege helps a trigger."""
    return rows.child(rows.team())


@pytest.mark.parametrize("table", DATED)
def test_a_dated_row_is_replaced_once_and_never_rewritten(
    house: House, child: Child, table: str
) -> None:
    with house.as_role("owner"):
        row = _row(child, table)
        _refused(lambda: row.update(withdrawn=True), "only replaced_at")
        _refused(lambda: row.update(known_at=INSTANT - timedelta(days=9)), "only replaced_at")
        _refused(lambda: row.update(tenant=type(TENANT)(int=1)), "only replaced_at")
        later = INSTANT + timedelta(hours=1)
        assert row.update(replaced_at=later, replaced_day=DAY) == 1
        _refused(lambda: row.update(replaced_at=later + timedelta(hours=1)), "only replaced_at")
        _refused(lambda: row.update(replaced_at=None, replaced_day=None), "only replaced_at")


@pytest.mark.parametrize("table", ["Note", "Grant", "Sealed", "Stay", "CompartmentKey"])
def test_nothing_of_a_child_is_deleted_before_her_erasure_is_on_record(
    house: House, child: Child, table: str
) -> None:
    with house.as_role("owner"):
        row = _row(child, table)
        other = tables.Erasure(tenant=TENANT, case=rows.team(), on=DAY)
        other.save(force_insert=True)
        _refused(row.delete, "deleted while an erasure")
        tables.Erasure(tenant=TENANT, case=child.case, on=DAY).save(force_insert=True)
        assert row._raw_delete(row.db) == 1


def test_sealed_words_change_only_with_a_higher_key_version(house: House, child: Child) -> None:
    with house.as_role("owner"):
        row = _row(child, "Sealed")
        _refused(lambda: row.update(ciphertext=b"other words"), "only ciphertext")
        _refused(lambda: row.update(ciphertext=b"other words", version=1), "only ciphertext")
        _refused(lambda: row.update(kind="card", version=2), "only ciphertext")
        assert row.update(ciphertext=b"other words", version=2) == 1
        assert row.update(replaced_at=INSTANT) == 1
        _refused(lambda: row.update(replaced_at=None), "only ciphertext")
        # A piece that was replaced is still re-keyed, or nobody could read what stood before.
        assert row.update(ciphertext=b"once more", version=3) == 1


def test_an_ended_grant_never_opens_again(house: House, child: Child) -> None:
    with house.as_role("owner"):
        row = _row(child, "Grant")
        _refused(lambda: row.update(compartment="justice"), "may change")
        assert row.update(ended_on=DAY, wrap=b"") == 1
        _refused(lambda: row.update(ended_on=None), "may change")
        _refused(lambda: row.update(wrap=b"a key again"), "grant_ended_has_no_key")


@pytest.mark.parametrize("table", ["LedgerEntry", "Run"])
def test_the_ledger_only_grows(house: House, child: Child, table: str) -> None:
    with house.as_role("owner"):
        row = _row(child, table)
        _refused(lambda: row.update(verb="nothing_happened"), "may change")
        _refused(lambda: row._raw_delete(row.db), "deleted never")


def test_a_seal_and_an_erasure_stand_for_ever(house: House) -> None:
    with house.as_role("owner"):
        seal = rows.seal_row()
        erasure = tables.Erasure(tenant=TENANT, case=seal.pk, on=DAY)
        erasure.save(force_insert=True)
        for row in (
            tables.LedgerSeal.objects.filter(pk=seal.pk),
            tables.Erasure.objects.filter(pk=erasure.pk),
        ):
            _refused(lambda row=row: row.update(tenant=type(TENANT)(int=1)), "only nothing")
            _refused(lambda row=row: row._raw_delete(row.db), "deleted never")


def test_every_table_of_the_file_room_carries_its_walls(house: House) -> None:
    assert missing(connection) == []
    assert len(plan.file_room()) == len(plan.FILE_ROOM) >= 25


def test_a_trigger_that_fell_is_missed_and_raised_again(house: House) -> None:
    fallen = []
    with house.as_role("owner") as owner:
        for model, wall in plan.file_room():
            name = model._meta.db_table
            for trigger in triggers.names(wall):
                with owner.cursor() as cursor:
                    if owner.vendor == "sqlite":
                        cursor.execute(f'DROP TRIGGER "{name}_{trigger}"')
                    else:
                        cursor.execute(f'DROP TRIGGER {trigger} ON "{name}"')
                fallen.append(f"{name}: {trigger}")
        assert missing(owner) == sorted(fallen)
        raise_walls(owner)
        assert missing(owner) == []


def test_a_table_without_a_line_in_the_plan_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(plan.FILE_ROOM, "Note")
    with pytest.raises(plan.NoPlan, match="Note"):
        plan.file_room()


@pytest.mark.parametrize("table", sorted(plan.FILE_ROOM))
def test_the_plan_names_columns_that_are_there(table: str) -> None:
    wall = plan.FILE_ROOM[table]
    named = {*wall.changes, *wall.once, *wall.steward_reads, *wall.steward_changes}
    assert named <= set(plan.columns(getattr(tables, table)))
    assert set(wall.steward_changes) <= {*wall.changes, *wall.once}
