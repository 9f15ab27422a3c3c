"""The pool that serves: connections go from one visitor to the next, and carry nothing along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connections
from tests.house import House
from tests.records import rows
from tests.records.rows import seen_by

from tahanan.cli.serve import leave_no_connection
from tahanan.records import models as tables

pytestmark = pytest.mark.postgres


@pytest.fixture
def pooled(house: House) -> Iterator[Any]:
    """This thread's connection as an installation has it: from a pool of one, so it is reused."""
    standing = connections["default"]
    details = dict(standing.settings_dict)
    details["OPTIONS"] = details["OPTIONS"] | {"pool": {"min_size": 1, "max_size": 1, "timeout": 5}}
    connections["default"] = pooled = type(standing)(details, alias="default")
    with closing(pooled):
        yield pooled
    pooled.close_pool()
    connections["default"] = standing


def test_the_next_visitor_on_a_reused_connection_sees_nothing_of_the_last(pooled: Any) -> None:
    child = rows.child(rows.team())
    with seen_by(child.team):
        assert tables.Case.objects.count() == 1
        first = pooled.connection.info.backend_pid
    pooled.close()
    assert tables.Case.objects.count() == 0
    assert pooled.connection.info.backend_pid == first, "the control: it is the same connection"


def test_a_visit_that_fails_leaves_nothing_behind_either(pooled: Any) -> None:
    child = rows.child(rows.team())
    with pytest.raises(ZeroDivisionError), seen_by(child.team):
        assert tables.Case.objects.count() == 1
        _ = 1 / 0
    assert tables.Case.objects.count() == 0
    pooled.close()
    assert tables.Case.objects.count() == 0


def test_the_worker_inherits_no_pool_which_in_it_could_never_grow(pooled: Any) -> None:
    child = rows.child(rows.team())
    before = pooled.pool
    leave_no_connection()
    assert before.closed, "its threads would be missing in a forked worker"
    with seen_by(child.team):
        assert tables.Case.objects.count() == 1, "the worker opens one of its own"
    assert pooled.pool is not before
