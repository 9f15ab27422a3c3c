"""A place asked for: who may ask, what every home answers, what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, rows
from tests.casework.placing import ask, names, page, refused, settle

from tahanan.base.errors import NotFound
from tahanan.casework import admissions, facilities
from tahanan.casework.admissions.suitability import Rule
from tahanan.records.models import (
    PlacementRequest,
)


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def test_homes_that_can_take_both_come_first_and_a_family_before_a_center(here: Homes) -> None:
    asked = page(here, ask(here, here.cast.maya, here.cast.jun))
    assert names(asked.all_together)[:2] == ["Foster household 14", "Bahay Amihan"]
    assert names(asked.some) == ["Bahay Kamagong", "Bahay Sampaguita"]
    assert names(asked.none) == ["Bahay Ipil", "Bahay Molave"]


def test_a_survivor_center_is_left_out_and_the_page_says_how_many_are(here: Homes) -> None:
    asked = page(here, ask(here, here.cast.nene))
    everything = admissions.placement(here.cast.ana, request=asked.request, everywhere=True)
    assert asked.elsewhere == 1
    assert "Sentro ng Lakas" in names(everything.none)


def test_the_boy_is_why_a_home_for_girls_cannot_take_both(here: Homes) -> None:
    asked = page(here, ask(here, here.cast.maya, here.cast.jun))
    girls = next(each for each in asked.some if each.home.id == here.of["girls"])
    assert [(b.rule, b.case) for b in girls.said.broken] == [(Rule.SEX, here.cast.jun)]
    assert list(girls.said.takes) == [here.cast.maya]


def test_capacity_is_said_as_it_will_be_after(here: Homes) -> None:
    facilities.take_out_of_use(
        here.cast.cora, facility=here.of["amihan"], line=1, places=1, reason="Flood"
    )
    settle(here, "amihan", here.cast.nene)
    asked = page(here, ask(here, here.cast.maya, here.cast.jun))
    there = next(each for each in asked.all_together if each.home.id == here.of["amihan"])
    assert (there.said.places, there.said.taken, there.said.out_of_use) == (12, 1, 1)
    assert (there.coming, there.left) == (2, 8)


def test_answers_are_kept_and_repeated_though_the_homes_have_changed(here: Homes) -> None:
    request = ask(here, here.cast.nene)
    before = page(here, request)
    facilities.pause_facility(here.cast.cora, facility=here.of["amihan"])
    after = page(here, request)
    assert names(after.all_together) == names(before.all_together)
    again = ask(here, here.cast.nene)
    assert again != request
    assert "Bahay Amihan" in names(page(here, again).none)
    assert not page(here, request).open


def test_the_same_question_gives_the_same_request(here: Homes) -> None:
    assert ask(here, here.cast.nene) == ask(here, here.cast.nene)
    assert ask(here, here.cast.nene) == ask(here, here.cast.nene, by="ben")
    assert rows(PlacementRequest.objects.count) == 1


def test_fe_may_not_ask_for_ana_s_children_nor_see_what_ana_was_told(here: Homes) -> None:
    request = ask(here, here.cast.maya)
    with pytest.raises(NotFound):
        ask(here, here.cast.maya, by="fe")
    with pytest.raises(NotFound):
        page(here, request, by="fe")


@pytest.mark.parametrize("who", ["cora", "sol", "nilda", "hana", "dan", "leo", "sela", "coby"])
def test_who_does_not_hold_the_case_may_not_ask(here: Homes, who: str) -> None:
    found = refused(lambda: ask(here, here.cast.maya, by=who))
    assert found.status == 403


def test_the_answers_name_no_home_and_no_child_in_the_database(here: Homes) -> None:
    ask(here, here.cast.maya, here.cast.jun)
    sealed = bytes(rows(PlacementRequest.objects.get).answers)
    for planted in (here.of["amihan"].bytes, here.of["amihan"].hex.encode(), b"Amihan"):
        assert planted not in sealed


def test_ana_s_children_without_a_place_wait_by_family(here: Homes) -> None:
    waiting = admissions.waiting(here.cast.ana)
    families = [{seen.card.chosen for seen in group} for group in waiting.groups]
    assert families == [{"Maya", "Jun-jun"}, {"Nene"}]
    settle(here, "amihan", here.cast.nene)
    assert len(admissions.waiting(here.cast.ana).groups) == 1
