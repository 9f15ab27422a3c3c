"""Facilities: who keeps their pages, what stands on them, and what is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import cast as casts
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework import facilities
from tahanan.casework.facilities import Places
from tahanan.records.models import Facility, FacilityCapacity, Team
from tahanan.records.vocabulary import FacilityKind, Permit, Sex, TeamKind

MANDAUE = "0731300000"


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Cast:
    found: Cast = snapshot("cast", casts.build)
    return found


def add(here: Cast, **more: Any) -> Any:
    asked: dict[str, Any] = {
        "organisation": here.office.organisations["silungan"],
        "name": "Foster household 14",
        "kind": FacilityKind.FAMILY_HOME,
        "city": MANDAUE,
        "address": "27 Mabolo Street",
        "review_days": 30,
        "stay_target_days": 75,
    }
    return facilities.add_facility(here.ada, **(asked | more))


def test_an_administrator_adds_a_home_and_its_address_is_not_in_the_database(here: Cast) -> None:
    home = add(here)
    row = Facility.objects.get(id=home)
    assert row.region == "0700000000"
    assert b"Mabolo" not in bytes(row.private)
    page = facilities.facility(here.ada, facility=home)
    assert (page.address, page.numbers.stay_target_days) == ("27 Mabolo Street", 75)


def test_a_home_s_teams_are_opened_with_it_and_get_keys_with_their_first_member(here: Cast) -> None:
    kinds = (TeamKind.FACILITY_STAFF, TeamKind.FACILITY_HOUSE)
    home = add(here, teams=kinds)
    teams = Team.objects.filter(facility=home).order_by("name")
    assert [team.name for team in teams] == [
        "Foster household 14, house",
        "Foster household 14, staff",
    ]
    assert [team.public for team in teams] == [None, None]
    assert facilities.facility(here.ada, facility=home).teams == ()


def test_the_private_field_is_of_one_size_whatever_the_home_has_set(here: Cast) -> None:
    sizes = {
        len(Facility.objects.get(id=home).private)
        for home in (add(here), add(here, address="", review_days=None, stay_target_days=None))
    }
    assert len(sizes) == 1


def test_ana_sees_every_home_and_no_address(here: Cast) -> None:
    add(here)
    names = [home.name for home in facilities.facilities(here.ana)]
    assert names == ["Bahay Amihan", "Foster household 14"]
    page = facilities.facility(here.ana, facility=here.home())
    assert page.address == ""
    assert not page.may_edit


def test_cora_sees_her_own_home_with_its_address_and_no_other(here: Cast) -> None:
    other = add(here)
    assert [home.name for home in facilities.facilities(here.cora)] == ["Bahay Amihan"]
    page = facilities.facility(here.cora, facility=here.home())
    assert page.address == "14 Acacia Lane"
    assert page.may_edit
    with pytest.raises(NotFound):
        facilities.facility(here.cora, facility=other)


@pytest.mark.parametrize("who", ["ana", "sol", "nilda", "hana", "sela", "gil", "dora", "eli"])
def test_nobody_but_its_head_and_administrator_keeps_a_home(here: Cast, who: str) -> None:
    with pytest.raises(Refusal) as refused:
        facilities.pause_facility(getattr(here, who), facility=here.home())
    assert refused.value.status == 403


def test_an_administrator_of_another_organisation_keeps_nothing_here(here: Cast) -> None:
    with pytest.raises(Refusal):
        facilities.pause_facility(here.ada, facility=here.home())
    with pytest.raises(Refusal):
        add(here, organisation=here.office.organisations["amihan"])


def test_a_home_needs_a_name_and_a_city_of_the_list(here: Cast) -> None:
    with pytest.raises(Invalid) as invalid:
        add(here, name=" ", city="0799999999")
    assert set(invalid.value.fields) == {"name", "city"}


def test_of_two_licences_the_page_shows_the_one_that_is_valid(here: Cast) -> None:
    home, today = add(here), clock.today()
    for first, last in ((today - timedelta(900), today - timedelta(1)), (today, today)):
        facilities.record_permit(
            here.ada, facility=home, kind=Permit.LICENCE, valid_from=first, valid_until=last
        )
    shape = facilities.facility(here.ada, facility=home).facility
    assert shape.term(Permit.LICENCE, today).valid_until == today  # type: ignore[union-attr]
    later = shape.term(Permit.LICENCE, today + timedelta(5))
    assert later is not None and later.valid_until == today


def test_a_licence_that_ends_before_it_begins_is_not_recorded(here: Cast) -> None:
    with pytest.raises(Invalid):
        facilities.record_permit(
            here.cora,
            facility=here.home(),
            kind=Permit.LICENCE,
            valid_from=date(2024, 3, 15),
            valid_until=date(2024, 3, 14),
        )


def test_places_are_set_by_sex_and_age_and_keep_their_number_when_changed(here: Cast) -> None:
    home = here.home()
    girls, boys = Places(Sex.GIRL, 3, 17, 8, line=1), Places(Sex.BOY, 3, 12, 4)
    facilities.set_capacity(here.cora, facility=home, lines=(girls, boys))
    lines = facilities.facility(here.cora, facility=home).facility.lines
    assert [(x.line, x.sex, x.places) for x in lines] == [(1, Sex.GIRL, 8), (2, Sex.BOY, 4)]
    facilities.set_capacity(here.cora, facility=home, lines=(girls,))
    facilities.set_capacity(here.cora, facility=home, lines=(girls, boys))
    # A number once used is not used again: an old stay may still name it.
    assert {x.line for x in facilities.facility(here.cora, facility=home).facility.lines} == {1, 3}
    assert FacilityCapacity.objects.filter(facility=home).count() == 4


@pytest.mark.parametrize(
    "lines",
    [(), (Places(Sex.GIRL, 9, 8, 1),), (Places(Sex.GIRL, 0, 26, 1),), (Places(Sex.GIRL, 0, 9, 0),)],
)
def test_impossible_places_are_not_set(here: Cast, lines: tuple[Places, ...]) -> None:
    with pytest.raises(Invalid):
        facilities.set_capacity(here.cora, facility=here.home(), lines=lines)


def test_places_out_of_use_are_counted_until_they_are_put_back(here: Cast) -> None:
    home = here.home()
    row = facilities.take_out_of_use(
        here.cora, facility=home, line=1, places=2, reason="The roof leaks"
    )
    page = facilities.facility(here.cora, facility=home)
    assert (page.facility.lines[0].out_of_use, page.facility.lines[0].left) == (2, 10)
    assert page.out_of_use[0].reason == "The roof leaks"
    facilities.put_back_in_use(here.cora, facility=home, out_of_use=row)
    assert facilities.facility(here.cora, facility=home).facility.lines[0].left == 12
    with pytest.raises(NotFound):
        facilities.put_back_in_use(here.cora, facility=home, out_of_use=row)


def test_more_places_than_there_are_cannot_be_out_of_use(here: Cast) -> None:
    with pytest.raises(Invalid):
        facilities.take_out_of_use(
            here.cora, facility=here.home(), line=1, places=13, reason="Flood"
        )


def test_a_pause_is_seen_by_everyone_and_ends_when_said(here: Cast) -> None:
    home = here.home()
    facilities.pause_facility(here.cora, facility=home)
    facilities.pause_facility(here.cora, facility=home)
    assert facilities.facilities(here.ana)[0].paused
    facilities.end_pause(here.cora, facility=home)
    assert not facilities.facilities(here.ana)[0].paused
