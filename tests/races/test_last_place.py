"""Two workers and one last place: exactly one of them gets it, every time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, child, take_in
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.base.errors import Refusal
from tahanan.casework import admissions, facilities
from tahanan.records.vocabulary import Sex, StayEnd

TRIES = 200

pytestmark = pytest.mark.slow


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def race(here: Homes, one: tuple[Actor, UUID], other: tuple[Actor, UUID], tries: int) -> list[int]:
    """For each try: how many of the two were admitted to the home with one place."""
    home, house, admitted = here.of["one"], House(), []
    asked = [
        (actor, case, admissions.ask_for_place(actor, cases=(case,)))
        for actor, case in (one, other)
    ]
    for _ in range(tries):
        took = house.at_once([_admit(actor, request, home, case) for actor, case, request in asked])
        assert all(isinstance(each, UUID | Refusal) for each in took), took
        won = [asked[n] for n, each in enumerate(took) if isinstance(each, UUID)]
        lost = [each for each in took if isinstance(each, Refusal)]
        assert {each.code for each in lost} == {"full"}
        lines = facilities.facility(here.cast.ada, facility=home).facility.lines
        assert lines[0].taken == len(won)
        admitted.append(len(won))
        for actor, case, request in won:
            admissions.discharge(
                actor, case=case, on=clock.today(), end=StayEnd.OTHER, why="The next try."
            )
            # A request closes when all its children live somewhere: the winner asks again.
            again = admissions.ask_for_place(actor, cases=(case,))
            asked[asked.index((actor, case, request))] = (actor, case, again)
    return admitted


def _admit(actor: Actor, request: UUID, home: UUID, case: UUID) -> Callable[[], UUID]:
    return lambda: admissions.admit_to_facility(
        actor, request=request, facility=home, cases=(case,)
    )


def test_of_two_workers_of_one_team_one_gets_the_last_place(here: Homes) -> None:
    tala, isang = take_in(here.cast, [child("Tala", Sex.GIRL, 6), child("Isang", Sex.GIRL, 8)])
    taken = race(here, (here.cast.ana, tala), (here.cast.ben, isang), TRIES)
    assert taken == [1] * TRIES


def test_of_two_organisations_one_gets_the_last_place(here: Homes) -> None:
    taken = race(here, (here.cast.ana, here.cast.nene), (here.cast.fe, here.cast.luz), TRIES)
    assert taken == [1] * TRIES


def test_two_places_are_enough_for_two_workers(here: Homes) -> None:
    """The races above can fail: where there is room, both get in."""
    cast = here.cast
    asked = [
        (actor, case, admissions.ask_for_place(actor, cases=(case,)))
        for actor, case in ((cast.ana, cast.nene), (cast.fe, cast.luz))
    ]
    acts = [_admit(actor, request, here.of["family"], case) for actor, case, request in asked]
    assert all(isinstance(each, UUID) for each in House().at_once(acts))
