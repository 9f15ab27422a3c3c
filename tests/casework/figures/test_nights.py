"""Who slept where: told to the digit to some, so that no home is too small to the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from tests.casework import homes as built
from tests.casework.figures.histories import Counting, History
from tests.casework.homes import Homes
from tests.house import House

from tahanan.access import links
from tahanan.base import clock, ids
from tahanan.base.errors import Invalid, Locked, Refusal
from tahanan.casework.figures import occupancy, telling
from tahanan.casework.figures.shapes import FEWER_THAN, Home, Sight
from tahanan.records.fields import PersonLink
from tahanan.records.models import Case, Facility, Stay
from tahanan.records.vocabulary import FacilityKind, StayMode

CENTER, SHELTER, FAMILY, SURVIVORS = FacilityKind
NIGHT = date(2020, 8, 31)


def home(kind: FacilityKind, count: int, name: str = "Bahay") -> Home:
    return Home(name, kind, 12, count)


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    """The cast and its homes."""
    found: Homes = snapshot("homes", built.build)
    return found


def slept(
    history: History, homes: dict[str, int], kind: FacilityKind, known: date, night: date = NIGHT
) -> None:
    """Children in homes of these names, from a month before; each home stands since long."""
    with House().as_role("owner"), Counting():
        like = Facility.objects.order_by("id").first()
        assert like is not None
        for name, many in homes.items():
            place = Facility(
                id=ids.uuid4(), organisation=like.organisation, name=name, kind=kind,
                region=like.region, city=like.city, private=b"", since_on=date(2015, 1, 1),
            )  # fmt: skip
            place.save(force_insert=True)
            for _ in range(many):
                _stay(history.case(), place, known, night - timedelta(days=30))
        # Nights are offered from the first removal on.
        history.rescued(date(2020, 3, 2), known)


def _stay(case: Case, place: Facility, known: date, from_on: date) -> None:
    id, at = ids.uuid7(), datetime.combine(known, time(4), UTC)
    Stay(
        id=id, tenant=links.tenant(), case=case, kind=place.kind, line=1, mode=StayMode.ORDINARY,
        home=links.STAY_HOME.close(place.id, links.row(id)), from_on=from_on, until_on=None,
        end="", known_at=at, known_day=clock.manila_day(at), recorded_at=at,
        recorded_by=PersonLink(int=uuid4().int),
    ).save(force_insert=True)  # fmt: skip


def test_whoever_counts_exactly_is_told_every_home_by_name_on_any_night(here: Homes) -> None:
    history = History()
    slept(history, {"Bahay Munti": 3, "Bahay Laki": 14}, SHELTER, date(2020, 8, 3))
    slept(history, {"Pamilya Reyes": 1}, FAMILY, date(2020, 9, 20))
    ana = here.cast.ana
    told = occupancy(ana, day=date(2020, 8, 30))
    rows = {row.names: row.n for row in told.rows}
    assert rows["Bahay Munti",] == 3
    assert rows["Bahay Laki",] == 14
    assert (rows["Pamilya Reyes",], told.all.n, told.days) == (0, 17, ())
    later = occupancy(ana, day=NIGHT, known_on=date(2020, 9, 30))
    assert {row.names: row.n for row in later.rows}["Pamilya Reyes",] == 1
    assert [(row.kinds, row.n) for row in later.sums] == [
        ((CENTER,), 0), ((SHELTER,), 17), ((FAMILY,), 1),
    ]  # fmt: skip
    assert occupancy(ana).day == clock.today()


def test_the_director_is_told_no_small_home_and_no_family_by_name(here: Homes) -> None:
    history = History()
    slept(
        history, {"Bahay Munti": 3, "Bahay Laki": 14, "Bahay Gitna": 12}, SHELTER, date(2020, 8, 3)
    )
    slept(history, {"Pamilya Reyes": 1, "Pamilya Cruz": 11}, FAMILY, date(2020, 8, 3))
    told = occupancy(here.cast.dora, day=NIGHT)
    assert [(row.names, row.kinds, row.n) for row in told.rows] == [
        # Nobody slept at Bahay Amihan, the only assessment center.
        (("Bahay Amihan", "Bahay Gitna"), (CENTER, SHELTER), 12),
        (("Bahay Laki", "Bahay Munti"), (SHELTER,), 17),
        ((), (FAMILY,), 12),
    ]  # fmt: skip
    assert (told.all.n, told.sight) == (41, Sight.ROUNDED)
    assert "Pamilya" not in str(told)


def test_the_director_chooses_among_ends_of_months_alone(here: Homes) -> None:
    history = History()
    dora = here.cast.dora
    slept(history, {"Bahay Laki": 14}, SHELTER, date(2020, 8, 3))
    assert occupancy(dora, day=NIGHT).all.n == 14
    assert occupancy(dora).day == telling.latest(Sight.ROUNDED, clock.today())
    for asked, field in (
        ({"day": NIGHT - timedelta(days=1)}, "day"),
        ({"day": NIGHT, "known_on": date(2020, 9, 2)}, "known_on"),
    ):
        with pytest.raises(Invalid) as refused:
            occupancy(dora, **asked)
        assert set(refused.value.fields) == {field}
    with pytest.raises(Invalid) as ahead:
        occupancy(here.cast.ana, day=clock.today() + timedelta(days=1))
    assert "still ahead" in ahead.value.fields["day"]


def test_who_sees_no_figures_is_told_of_no_night(here: Homes) -> None:
    for each in (here.cast.ada, here.cast.hana, here.cast.leo, here.cast.sela):
        with pytest.raises(Refusal):
            occupancy(each)
    with pytest.raises(Locked):
        occupancy(here.cast.locked(here.cast.dora))


# ── as it is told ───────────────────────────────────────────────────────────────────────────


def test_no_row_and_no_sum_is_small_and_nothing_is_lost() -> None:
    for counts in product((0, 4, 11, 15), repeat=5):
        kinds = (CENTER, SHELTER, SHELTER, FAMILY, SURVIVORS)
        homes = [
            home(kind, n, f"Bahay {at}")
            for at, (kind, n) in enumerate(zip(kinds, counts, strict=True))
        ]
        rows = telling.told_homes(homes, Sight.ROUNDED)
        sums, everyone = telling.told_sums(rows), telling.together(rows)
        assert sum(row.homes for row in rows) == len(homes)
        if sum(counts) < FEWER_THAN:
            assert [row.n for row in (*rows, *sums, everyone)] == [None] * 3
            continue
        assert sum(row.n or 0 for row in rows) == sum(counts) == everyone.n
        for row in (*rows, *sums):
            assert row.n is not None
            assert row.n >= FEWER_THAN
            assert "Bahay 3" not in row.names
        # Kinds have no row in common between two sums: none can be had from the others.
        assert len({kind for one in sums for kind in one.kinds}) == sum(
            len(one.kinds) for one in sums
        )


def test_a_small_kind_goes_with_its_neighbour_and_so_does_its_sum() -> None:
    rows = telling.told_homes(
        [home(CENTER, 4, "Una"), home(SHELTER, 20, "Dos"), home(SHELTER, 15, "Tres")],
        Sight.ROUNDED,
    )
    assert [(row.names, row.n) for row in rows] == [(("Una", "Dos"), 24), (("Tres",), 15)]
    assert [(row.kinds, row.n) for row in telling.told_sums(rows)] == [((CENTER, SHELTER), 39)]


def test_places_of_homes_that_are_joined_are_not_told() -> None:
    rows = telling.told_homes(
        [home(SHELTER, 6, "Una"), home(SHELTER, 6, "Dos"), home(SHELTER, 12, "Tres")],
        Sight.ROUNDED,
    )
    assert [(row.names, row.n, row.places) for row in rows] == [
        (("Una", "Dos"), 12, None), (("Tres",), 12, 12),
    ]  # fmt: skip
    assert telling.together(rows).places is None


def test_a_family_alone_stands_without_its_name() -> None:
    (row,) = telling.told_homes([home(FAMILY, 12, "Pamilya Reyes")], Sight.ROUNDED)
    assert (row.names, row.n) == ((), 12)
    (row,) = telling.told_homes([home(FAMILY, 1, "Pamilya Reyes")], Sight.EXACT)
    assert (row.names, row.n) == (("Pamilya Reyes",), 1)
