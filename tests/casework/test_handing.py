"""A home's team gets its first key after a child came: one who holds hers hands it over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests.casework import gatehouse, homes
from tests.casework.homes import Homes, child, rows, take_in
from tests.casework.placing import settle
from tests.house import House
from tests.web.sending import run

from tahanan.access import gate
from tahanan.access.actor import Actor
from tahanan.access.rules import Action
from tahanan.base import clock
from tahanan.base.errors import NotFound, Refusal
from tahanan.casework import admissions, child_page, grants, home, notes, people
from tahanan.casework.door import command
from tahanan.casework.operations import Happening
from tahanan.records.models import Grant, Team
from tahanan.records.vocabulary import Compartment, Relation, Sex, StayEnd, TeamKind


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


@command("lock_anew")
def _lock_anew(visit, *, case):
    grants.rekey(visit, gate.pass_(visit, case, Compartment.HEALTH, Action.WRITE))
    return case


def open_team(here: Homes, kind: TeamKind = TeamKind.FACILITY_CLINIC, at: str = "girls") -> UUID:
    """A team of a home of Silungan's that has nobody in it yet."""
    return people.open_team(here.cast.ada, name=f"Its {kind}", kind=kind, facility=here.of[at])


def first_member(here: Homes, team: UUID, role: Relation = Relation.NURSE) -> Actor:
    """Somebody with a card, an account and, being the first, the team's own key: signed in."""
    person = people.invite(here.cast.ada, name="Nita Cruz", title="", team=team, role=role)
    return gatehouse.actor(gatehouse.account(person, f"nita.{role}"))


def waiting(actor: Actor) -> dict[str, set[str]]:
    found = admissions.waiting_for_keys(actor)
    return {each.name: {seen.card.chosen for seen in each.children} for each in found.teams}


def hand(actor: Actor, team: UUID, *cases: UUID) -> UUID:
    return admissions.hand_keys_over(actor, team=team, cases=cases)


def test_the_nurse_whose_clinic_was_opened_later_is_given_the_keys_in_one_press(
    here: Homes,
) -> None:
    nene, team = here.cast.nene, open_team(here)
    settle(here, "girls", nene)
    assert waiting(here.cast.ana) == {}
    nurse = first_member(here, team)
    with pytest.raises(NotFound):
        child_page.child(nurse, case=nene)
    assert waiting(here.cast.ana) == {"Its facility_clinic": {"Nene"}}
    assert home.home(here.cast.ana).keys_wait == 1
    hand(here.cast.ana, team, nene)
    child_page.opened(nurse, case=nene, part=Compartment.HEALTH)
    for part in (Compartment.CARE, Compartment.IDENTITY, Compartment.JUSTICE):
        with pytest.raises(Refusal):
            child_page.opened(nurse, case=nene, part=part)
    assert waiting(here.cast.ana) == {}
    assert home.home(here.cast.ana).keys_wait == 0


def test_her_colleague_and_the_head_of_the_home_may_hand_them_over_as_well(here: Homes) -> None:
    nene = here.cast.nene
    settle(here, "amihan", nene)
    second = Team.objects.get(id=here.cast.team("clinic"))
    # A second house team at Bahay Amihan, opened and keyed while Nene lives there.
    late = rows(lambda: _like(second, TeamKind.FACILITY_HOUSE, here))
    parent = first_member(here, late, Relation.HOUSE_PARENT)
    for who in ("ben", "cora"):
        assert waiting(getattr(here.cast, who)) == {"Late house": {"Nene"}}
    hand(here.cast.cora, late, nene)
    assert child_page.child(parent, case=nene).card.card.chosen == "Nene"


@pytest.mark.parametrize("who", ["sol", "nilda", "hana", "leo", "sela", "coby", "dan", "ada", "fe"])
def test_nobody_else_is_told_or_hands_anything_over(here: Homes, who: str) -> None:
    maya, team = here.cast.maya, open_team(here, at="family")
    settle(here, "family", here.cast.maya, here.cast.jun)
    first_member(here, team)
    actor = getattr(here.cast, who)
    assert waiting(actor) == {}
    assert home.home(actor).keys_wait == 0
    with pytest.raises(Refusal):
        hand(actor, team, maya)
    # The two are of a home she was shared with before.
    assert _grants_of(maya, TeamKind.FACILITY_CLINIC) == 2


def test_no_key_goes_to_a_team_of_another_home_or_of_no_home(here: Homes) -> None:
    nene = here.cast.nene
    settle(here, "girls", nene)
    elsewhere = open_team(here, at="one")
    first_member(here, elsewhere)
    assert waiting(here.cast.ana) == {}
    hand(here.cast.ana, elsewhere, nene)
    assert _grants_of(nene, TeamKind.FACILITY_CLINIC) == 0
    for team in (here.cast.team("agapay"), here.cast.team("therapy")):
        with pytest.raises(NotFound):
            hand(here.cast.ana, team, nene)
    with pytest.raises(NotFound):
        hand(here.cast.ana, elsewhere)
    with pytest.raises(NotFound):
        hand(here.cast.ana, elsewhere, here.cast.luz)


def test_a_child_who_left_meanwhile_is_passed_by_and_what_was_handed_ends_with_the_stay(
    here: Homes,
) -> None:
    nene, team = here.cast.nene, open_team(here)
    settle(here, "girls", nene)
    nurse = first_member(here, team)
    _leave(here.cast.ana, nene)
    hand(here.cast.ana, team, nene)
    with pytest.raises(NotFound):
        child_page.child(nurse, case=nene)
    settle(here, "girls", nene)
    assert child_page.child(nurse, case=nene)
    _leave(here.cast.ana, nene)
    with pytest.raises(NotFound):
        child_page.child(nurse, case=nene)


def test_the_page_hands_over_what_stands_on_it_and_a_second_press_nothing_more(
    here: Homes,
) -> None:
    nene, team = here.cast.nene, open_team(here)
    settle(here, "girls", nene)
    nurse = first_member(here, team)
    ana = here.cast.client(here.cast.ana)
    assert "See who waits for a key" in ana.get(reverse("home")).content.decode()
    body = ana.get(reverse("waiting_keys")).content.decode()
    assert "Nene at Bahay Sampaguita." in body
    sent = {"child": [str(nene)], "run": run()}
    address = reverse("hand_keys", kwargs={"team": team})
    assert [ana.post(address, sent).status_code for _press in range(2)] == [302, 302]
    assert "Nobody waits for a key" in ana.get(reverse("waiting_keys")).content.decode()
    assert child_page.child(nurse, case=nene)
    assert ana.post(address, {"child": ["x"], "run": run()}).status_code == 404


@pytest.mark.slow
def test_two_who_hand_over_at_once_give_one_key_and_a_re_key_between_loses_none(
    here: Homes,
) -> None:
    girls = [child(f"Child {number}", Sex.GIRL, 6) for number in range(6)]
    cases, team, house = take_in(here.cast, girls), open_team(here), House()
    for case in cases:
        settle(here, "girls", case)
    nurse, day = first_member(here, team), Happening(clock.today(), clock.today())
    for case in cases:
        acts = [lambda who=who, case=case: hand(who, team, case) for who in _both(here)]
        done = house.at_once([*acts, lambda case=case: _lock_anew(here.cast.ben, case=case)])
        assert all(isinstance(each, UUID) for each in done), done
        assert _grants_of(case, TeamKind.FACILITY_CLINIC) == 2
        assert child_page.opened(nurse, case=case, part=Compartment.HEALTH)
        written = notes.write_note(
            nurse, case=case, compartment=Compartment.HEALTH, text="Well.", happened=day
        )
        assert notes.note(here.cast.ana, case=case, note=written).text == "Well."


@pytest.mark.slow
def test_no_key_stays_with_a_home_that_a_child_leaves_at_that_moment(here: Homes) -> None:
    nene, team, house = here.cast.nene, open_team(here), House()
    first_member(here, team)
    for _ in range(20):
        settle(here, "girls", nene)
        rows(lambda: _take_back(nene))
        done = house.at_once(
            [lambda: hand(here.cast.ana, team, nene), lambda: _leave(here.cast.ben, nene)]
        )
        assert isinstance(done[1], UUID), done
        assert _grants_of(nene, TeamKind.FACILITY_CLINIC) == 0


def _both(here: Homes) -> tuple[Actor, Actor]:
    return here.cast.ana, here.cast.ben


def _leave(actor: Actor, case: UUID) -> UUID:
    return admissions.discharge(
        actor, case=case, on=clock.today(), end=StayEnd.OTHER, why="Another home is better."
    )


def _grants_of(case: UUID, kind: TeamKind) -> int:
    held = Grant.objects.filter(case=case, via=kind, ended_on__isnull=True)
    return rows(held.count)


def _take_back(case: UUID) -> None:
    """As if the clinic had had no key when she came."""
    Grant.objects.filter(case=case, via=TeamKind.FACILITY_CLINIC, ended_on__isnull=True).update(
        ended_on=clock.today(), wrap=b""
    )


def _like(team: Team, kind: TeamKind, here: Homes) -> UUID:
    made = Team(
        organisation_id=here.cast.office.organisations["silungan"],
        name="Late house",
        kind=kind,
        facility_id=team.facility_id,
        since_on=clock.today(),
    )
    made.save(force_insert=True)
    return made.id
