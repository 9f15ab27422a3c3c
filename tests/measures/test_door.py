"""Every measure against the recount, over histories made of commands through the door."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction
from tests.cast.cast import Cast
from tests.measures import histories, office
from tests.measures.office import Office
from tests.measures.same import assert_same

from tahanan.access import links
from tahanan.measures.catalogue import EVERY
from tahanan.measures.periods import ALL, Period
from tahanan.records.walls.session import admit, open_figures

HALF = Period("half", office.FIRST + timedelta(days=8), office.FIRST + timedelta(days=25))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_what_commands_leave_behind_is_counted_as_the_recount_counts_it(
    cast: Cast, seed: int
) -> None:
    of = Office(cast, Random(seed))
    of.work(110)
    with transaction.atomic():
        # On PostgreSQL no row is seen before it is said for which installation one looks.
        admit(connection, (), links.tenant())
        open_figures(connection)
        rows = histories.all_rows()
        assert sum(row["replaces_id"] is not None for row in rows["removal"]) > 3
        assert {row["word"] for row in rows["samechild"]} >= {"proposed", "joined"}
        for days in (6, 18, 31, office.DAYS + 2):
            for measure in EVERY.values():
                for period in (ALL, HALF):
                    assert_same(measure, rows, period, office.FIRST + timedelta(days=days))
