"""The demonstration's recipe: the same for the same seed, another for another, and alive."""

from __future__ import annotations

from datetime import date, datetime, time

from tahanan.base import clock, places
from tahanan.casework.entry import factors
from tahanan.vault.passphrase import normalise
from tahanan.world import accounts, latest_day
from tahanan.world import agencies as agencies_
from tahanan.world.people import PEOPLE
from tahanan.world.places import HOMES
from tahanan.world.recipe import nights


def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    assert nights(2011) == nights(2011)
    assert nights(2011) != nights(7)


def test_everybodys_way_in_is_the_same_on_every_machine() -> None:
    assert accounts(2011) == accounts(2011)
    assert {a.passphrase for a in accounts(7)} & {a.passphrase for a in accounts(2011)} == set()


def test_a_dozen_people_of_four_organisations_can_sign_in() -> None:
    everybody = accounts()
    assert len(everybody) >= 12
    assert len({account.organisation for account in everybody}) == 4
    assert len({account.sign_in for account in everybody}) == len(everybody) == len(PEOPLE)
    for account in everybody:
        assert len(normalise(account.passphrase)) > 20
        assert factors.fits(account.totp_secret, factors.code_now(account.totp_secret))
        assert account.sees


def test_it_is_told_on_a_day_whose_morning_is_over() -> None:
    day = date(2026, 3, 12)
    for hour, minute, told in ((7, 59, date(2026, 3, 11)), (8, 0, day), (23, 59, day)):
        with clock.frozen(datetime.combine(day, time(hour, minute), clock.MANILA)):
            assert latest_day() == told


def test_some_sixty_children_in_families_of_all_sizes_some_without_a_name() -> None:
    households = [house for night in nights(2011) for house in night.households]
    kids = [kid for house in households for kid in house.kids]
    assert 55 <= len(kids) <= 70
    assert {1, 2, 3, 4} <= {len(house.kids) for house in households}
    assert sum(not kid.name for kid in kids) >= 3
    named = [kid.name for kid in kids if kid.name]
    assert len(set(named)) == len(named)


def test_eight_homes_have_reasons_to_say_yes_and_no() -> None:
    assert len(HOMES) == 8
    assert any(home.licence_days < 0 for home in HOMES)
    assert any(home.paused for home in HOMES)
    assert any(home.out_of_use for home in HOMES)
    assert any(all(line[0] == "girl" for line in home.lines) for home in HOMES)


def test_before_the_office_six_agencies_worked_in_other_parts_of_the_country() -> None:
    everybody = accounts(history=True)
    assert accounts() == everybody[: len(PEOPLE)]
    agencies = {account.organisation for account in everybody[len(PEOPLE) :]}
    assert len(agencies) == 6
    assert len({account.sign_in for account in everybody}) == len(everybody)
    own = {places.city(home.city).region for home in HOMES}
    assert not {places.city(home.city).region for home in agencies_.HOMES} & own
    for agency in agencies_.AGENCIES:
        assert set(agency.homes) <= {home.key for home in agencies_.HOMES}
        assert len(agency.cities()) >= 3
