"""The list of places and finding one by what was typed."""

from datetime import date

import pytest

from tahanan.base import places


def test_the_list_carries_its_release_day_and_the_counts_psa_states():
    assert places.release() == date(2026, 4, 13)
    kinds = [city.kind for region in places.regions() for city in places.cities_in(region.code)]
    assert len(places.regions()) == 18
    assert kinds.count("city") == 149
    assert kinds.count("municipality") == 1493
    # 82 provinces and the Special Geographic Area.
    assert sum(len(places.provinces_in(region.code)) for region in places.regions()) == 83


def test_every_city_stands_in_a_region_and_a_province_of_the_list():
    for region in places.regions():
        for city in places.cities_in(region.code):
            assert places.region(city.region) == region
            if city.province:
                assert places.province(city.province).region == region.code
                assert city.around == city.province


def test_no_barangay_and_no_district_of_manila_is_in_the_list():
    names = {city.name for city in places.cities_in("1300000000")}
    assert len(names) == 17
    assert "Ermita" not in names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("City of Cebu", "City of Cebu, Cebu"),
        ("cebu city", "City of Cebu, Cebu"),
        ("Lungsod ng Cebu", "City of Cebu, Cebu"),
        ("MANADUE", "City of Mandaue, Cebu"),
        ("lapulapu", "City of Lapu-Lapu, Cebu"),
        ("dasmarinas", "City of Dasmariñas, Cavite"),
        ("Paranaque City", "City of Parañaque, National Capital Region"),
        ("san isidro bohol", "San Isidro, Bohol"),
        ("Sta. Cruz, Laguna", "Santa Cruz, Laguna"),
        ("quezon city", "Quezon City, National Capital Region"),
        ("gensan", "City of General Santos, South Cotabato"),
        ("bacoo", "City of Bacoor, Cavite"),
        ("Isabela City Zamboanga", "City of Isabela, Zamboanga Peninsula"),
    ],
)
def test_a_place_is_found_as_people_type_it(typed, found):
    assert places.find_city(typed)[0].full() == found


def test_towns_of_one_name_are_all_offered_up_to_the_limit():
    offered = places.find_city("San Isidro", limit=20)
    assert sum(city.name == "San Isidro" for city in offered) == 9
    assert len(places.find_city("San Isidro", limit=3)) == 3


@pytest.mark.parametrize("typed", ["", "   ", "…", "xqzzwv", "bohol xqzzwv"])
def test_nothing_is_offered_for_what_names_no_place(typed):
    assert places.find_city(typed) == ()


def test_an_unknown_code_is_refused():
    assert not places.is_city("0730699999")
    with pytest.raises(KeyError):
        places.city("0730699999")


def test_regions_have_short_names():
    assert places.region("0700000000").short == "Central Visayas"
    assert places.region("1300000000").short == "National Capital Region"


def test_a_city_named_word_for_word_is_found_without_asking():
    assert only("carcar") == "City of Carcar, Cebu"
    assert only("Quezon City") == "Quezon City, National Capital Region"
    assert only("san isidro, bohol") == "San Isidro, Bohol"


def test_a_name_of_several_places_or_a_slip_of_the_finger_is_asked_about():
    assert only("Talisay") is None
    assert only("san isidro") is None
    assert only("carcarr") is None
    assert only("") is None


def only(text: str) -> str | None:
    found = places.only_city(text)
    return found.full() if found else None
