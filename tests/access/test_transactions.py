"""What PostgreSQL's files tell of transactions (keyed-links.md §9, number 5).

Every row carries the number of the transaction that wrote it (`xmin`) and of the last that locked
or replaced it (`xmax`). A child's row and an office row with one number are joined without any key.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from tests import house as houses
from tests.casework import homes
from tests.casework.homes import Homes
from tests.casework.placing import settle
from tests.cast.cast import Cast

from tahanan.access import links
from tahanan.base import clock
from tahanan.casework import admissions, notes
from tahanan.casework.operations import Happening
from tahanan.records import models as tables
from tahanan.records.vocabulary import Compartment, StayEnd
from tahanan.records.walls import plan
from tahanan.records.walls.plan import Sight
from tahanan.records.walls.session import admit

pytestmark = pytest.mark.postgres

_NO_CHILD = {Sight.TENANT, Sight.LEDGER}
# Rows older than any transaction, and rows nobody locked.
_NOBODYS = {"0", "1", "2"}


def _numbers(models: list[Any]) -> dict[str, set[str]]:
    """Transaction number → the tables whose rows carry it."""
    found: dict[str, set[str]] = {}
    with closing(psycopg.connect(houses.keeper_url(houses.database_name()))) as thief:
        for model in models:
            table = model._meta.db_table
            for row in thief.execute(f'SELECT xmin::text, xmax::text FROM "{table}"').fetchall():
                for number in set(row) - _NOBODYS:
                    found.setdefault(number, set()).add(table)
    return found


def _of_children() -> dict[str, set[str]]:
    return _numbers([model for model, wall in plan.file_room() if wall.sight not in _NO_CHILD])


def _of_others() -> dict[str, set[str]]:
    return _numbers([*plan.office(), *plan.gate()])


def _shared() -> dict[str, set[str]]:
    children, others = _of_children(), _of_others()
    return {number: children[number] | others[number] for number in children.keys() & others.keys()}


def test_no_transaction_joins_a_childs_row_to_the_office_or_the_gate(
    snapshot: Callable[..., Any],
) -> None:
    here: Homes = snapshot("homes", homes.build)
    nene = here.cast.nene
    settle(here, "amihan", nene)
    notes.write_note(
        here.cast.cora, case=nene, compartment=Compartment.CARE, text="Sings.",
        happened=Happening(clock.today(), clock.today()),
    )  # fmt: skip
    admissions.discharge(
        here.cast.ana, case=nene, on=clock.today(), end=StayEnd.REUNITED, why="Her aunt was found."
    )
    children, others = _of_children(), _of_others()
    assert len(children) >= 5, "children were written"
    assert len(others) >= 5, "people, teams and homes were written"
    seen = {table for held in children.values() for table in held}
    assert {"records_case", "records_stay", "records_grant", "records_note"} <= seen
    assert _shared() == {}


def test_a_shared_transaction_would_be_seen(cast: Cast) -> None:
    with transaction.atomic():
        admit(connection, [], links.tenant())
        tables.Survivor(tenant=links.tenant()).save(force_insert=True)
        parish = tables.Organisation.objects.filter(id=cast.office.organisations["parish"])
        parish.update(name="Renamed beside a child")
    joined = {table for held in _shared().values() for table in held}
    assert joined == {"records_survivor", "records_organisation"}


def test_an_office_row_that_is_locked_for_a_child_would_be_seen(cast: Cast) -> None:
    with transaction.atomic():
        admit(connection, [], links.tenant())
        list(tables.Facility.objects.select_for_update()[:1])
        tables.Survivor(tenant=links.tenant()).save(force_insert=True)
    joined = {table for held in _shared().values() for table in held}
    assert joined == {"records_survivor", "records_facility"}
