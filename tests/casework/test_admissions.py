"""An admission: what every rule allows, what it gives the home, what it needs a reason for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, child, rows, take_in
from tests.casework.placing import admit, ask, clocks, page, refused, settle

from tahanan.access import links
from tahanan.base import clock
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework import admissions, facilities, grants, notes
from tahanan.casework.admissions.suitability import Rule
from tahanan.casework.facilities import Places
from tahanan.casework.operations import Happening
from tahanan.records.models import (
    Stay,
)
from tahanan.records.vocabulary import (
    FACILITY_TEAMS,
    ClockKind,
    Compartment,
    FacilityKind,
    Permit,
    Sex,
    StayMode,
    TeamKind,
)

ALL_PARTS = {
    TeamKind.FACILITY_STAFF: {
        Compartment.CARD,
        Compartment.CARE,
        Compartment.HEALTH,
        Compartment.WHEREABOUTS,
    },
    TeamKind.FACILITY_CLINIC: {Compartment.CARD, Compartment.HEALTH},
    TeamKind.FACILITY_HOUSE: {Compartment.CARD},
}


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def test_an_admission_gives_the_home_what_each_of_its_teams_may_read(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene)
    sights = {
        s.kind: set(s.compartments) for s in grants.who_can_see(here.cast.ana, case=here.cast.nene)
    }
    for team, parts in ALL_PARTS.items():
        assert sights[team] == parts
    note = notes.write_note(
        here.cast.nilda,
        case=here.cast.nene,
        compartment=Compartment.HEALTH,
        text="Slept well.",
        happened=Happening(clock.today(), clock.today()),
    )
    assert notes.note(here.cast.cora, case=here.cast.nene, note=note).text == "Slept well."


def test_a_child_with_a_home_already_shared_with_gets_no_second_grant(here: Homes) -> None:
    settle(here, "amihan", here.cast.maya, parting_reason="Jun-jun is in hospital.")
    assert refused(lambda: notes.note(here.cast.fe, case=here.cast.maya, note=here.cast.maya))
    kinds = [s.kind for s in grants.who_can_see(here.cast.ana, case=here.cast.maya)]
    assert kinds.count(TeamKind.FACILITY_STAFF) == 1


def test_who_can_see_names_no_home_to_those_who_may_not_know_where_she_lives(here: Homes) -> None:
    """A home's name is whereabouts: the co-worker holds card and care alone."""
    for somebody in (here.cast.coby, here.cast.ana):
        seen = grants.who_can_see(somebody, case=here.cast.maya)
        assert {s.name for s in seen if s.kind in FACILITY_TEAMS} == {""}
        assert not any("Amihan" in s.name for s in seen)


def test_where_a_child_lives_is_a_link_of_its_own_row(here: Homes) -> None:
    settle(here, "amihan", here.cast.maya, here.cast.jun)
    stays = rows(lambda: list(Stay.objects.all()))
    assert len({stay.home for stay in stays}) == 2
    for stay in stays:
        assert links.STAY_HOME.open(stay.home, links.row(stay.id)) == here.of["amihan"]


def test_the_head_is_told_and_says_that_they_came(here: Homes) -> None:
    settle(here, "amihan", here.cast.maya, here.cast.jun)
    arrived = admissions.arrivals(here.cast.cora)
    assert {each.child.card.chosen for each in arrived} == {"Maya", "Jun-jun"}
    assert arrived[0].home == "Bahay Amihan"
    admissions.receive_admission(here.cast.sol, case=here.cast.maya)
    assert [x.child.card.chosen for x in admissions.arrivals(here.cast.cora)] == ["Jun-jun"]


@pytest.mark.parametrize("who", ["ana", "nilda", "hana", "gary", "sela", "fe"])
def test_nobody_else_hears_of_arrivals(here: Homes, who: str) -> None:
    settle(here, "amihan", here.cast.nene)
    with pytest.raises(Refusal):
        admissions.arrivals(getattr(here.cast, who))
    with pytest.raises(Refusal):
        admissions.receive_admission(getattr(here.cast, who), case=here.cast.nene)


def test_what_falls_due_is_what_the_home_has_set(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene)
    due = clocks(here.cast.nene)
    today = clock.today()
    assert due == {
        ClockKind.ADMISSION_TOLD: today,
        ClockKind.STAY_REVIEW: today + timedelta(30),
        ClockKind.STAY_TARGET: today + timedelta(90),
    }


def test_when_all_have_a_place_the_request_is_closed(here: Homes) -> None:
    request = ask(here, here.cast.maya, here.cast.jun)
    admit(here, request, "amihan", here.cast.maya, here.cast.jun)
    assert not page(here, request).open
    shown = admissions.admitted(here.cast.ana, request=request, facility=here.of["amihan"])
    assert shown.address == "14 Acacia Lane"
    assert len(shown.children) == 2
    assert not shown.waiting


def test_who_may_not_know_where_she_is_is_not_told(here: Homes) -> None:
    request = settle(here, "amihan", here.cast.nene)
    for who in ("fe", "cora", "leo", "sela"):
        with pytest.raises(Refusal):
            admissions.admitted(
                getattr(here.cast, who), request=request, facility=here.of["amihan"]
            )


def test_a_full_home_a_boy_and_a_lapsed_licence_are_each_refused_with_their_own_sentence(
    here: Homes,
) -> None:
    settle(here, "one", here.cast.nene)
    maya, jun = here.cast.maya, here.cast.jun
    request = ask(here, maya, jun)

    def said(home: str, *cases: UUID) -> str:
        return refused(lambda: admit(here, request, home, *cases, parting_reason="x")).sentence

    assert said("one", maya) == "Its only licensed place is taken."
    assert said("girls", jun) == "It is a home for girls, and Jun-jun is a boy."
    ended = clock.today() - timedelta(1)
    assert said("lapsed", maya, jun).startswith("Its licence ended on ")
    assert str(ended.year) in said("lapsed", maya, jun)
    assert said("plain", maya, jun).startswith("Its accreditation ended on ")
    four = ask(here, *take_in(here.cast, [child("Tala", Sex.GIRL, 4)]))
    tala = page(here, four).children[0].case
    young = refused(lambda: admit(here, four, "older", tala)).sentence
    assert young == "It is licensed for ages 7 to 17, and Tala is 4."


def test_a_licence_valid_to_14_march_admits_on_the_14th_and_not_on_the_15th(here: Homes) -> None:
    fourteenth = date(clock.today().year + 1, 3, 14)
    home = homes.add(
        here, "march", "Bahay Narra", FacilityKind.FAMILY_HOME, (Places(Sex.UNKNOWN, 0, 17, 9),),
        licence=(fourteenth - clock.today()).days,
    )  # fmt: skip

    def at(day: date) -> Any:
        return clock.frozen(clock.day_cut(day) - timedelta(hours=12))

    assert (
        facilities.facility(here.cast.ada, facility=home)
        .facility.term(Permit.LICENCE, fourteenth)
        .valid_until
        == fourteenth
    )  # type: ignore[union-attr]
    with at(fourteenth):
        settle(here, "march", here.cast.nene)
    with at(fourteenth + timedelta(1)):
        request = ask(here, here.cast.maya, here.cast.jun)
        found = refused(lambda: admit(here, request, "march", here.cast.maya, here.cast.jun))
    assert found.code == "licence-ended"
    assert "14" in found.sentence


def test_a_child_is_not_admitted_twice(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene)
    request = ask(here, here.cast.nene)
    found = refused(lambda: admit(here, request, "family", here.cast.nene))
    assert found.sentence == "Nene lives somewhere already. Move instead of admitting."
    assert rows(Stay.objects.count) == 1


def test_a_child_outside_the_request_is_not_admitted_with_it(here: Homes) -> None:
    request = ask(here, here.cast.maya, here.cast.jun)
    with pytest.raises(NotFound):
        admit(here, request, "amihan", here.cast.nene)


def test_the_second_press_admits_nobody_twice(here: Homes) -> None:
    request = ask(here, here.cast.nene)
    ana = here.cast.ana.once("form-1")
    asked = {"request": request, "facility": here.of["amihan"], "cases": (here.cast.nene,)}
    first = admissions.admit_to_facility(ana, **asked)
    assert admissions.admit_to_facility(ana, **asked) == first
    assert rows(Stay.objects.count) == 1


def test_a_place_asked_for_a_later_day_is_taken_on_that_day(here: Homes) -> None:
    request = ask(here, here.cast.nene, from_on=clock.today() + timedelta(2))
    assert refused(lambda: admit(here, request, "amihan", here.cast.nene)).code == "not-yet"


def test_sisters_and_brothers_part_only_with_a_written_reason_the_supervisor_reads(
    here: Homes,
) -> None:
    request = ask(here, here.cast.maya, here.cast.jun)
    with pytest.raises(Invalid) as invalid:
        admit(here, request, "girls", here.cast.maya)
    assert set(invalid.value.fields) == {"parting_reason"}
    admit(here, request, "girls", here.cast.maya, parting_reason="No home for both is near court.")
    assert ClockKind.SIBLINGS_PARTED in clocks(here.cast.maya)
    assert ClockKind.SIBLINGS_PARTED not in clocks(here.cast.jun)
    shown = admissions.reviewing(here.cast.ben, case=here.cast.maya)
    assert shown.reasons == ("No home for both is near court.",)
    assert (
        ClockKind.SIBLINGS_PARTED
        not in admissions.reviewing(here.cast.ana, case=here.cast.maya).due
    )
    admissions.review_stay(here.cast.ben, case=here.cast.maya, words="Agreed for a week.")
    assert ClockKind.SIBLINGS_PARTED not in clocks(here.cast.maya)


def test_a_brother_who_joins_his_sister_is_parted_from_nobody(here: Homes) -> None:
    settle(here, "amihan", here.cast.maya, parting_reason="He is in hospital.")
    settle(here, "amihan", here.cast.jun)
    assert ClockKind.SIBLINGS_PARTED not in clocks(here.cast.jun)


def test_an_emergency_stay_overrides_a_full_home_with_a_reason_and_is_reviewed_next_day(
    here: Homes,
) -> None:
    settle(here, "one", here.cast.nene)
    tala = take_in(here.cast, [child("Tala", Sex.GIRL, 6)])[0]
    request = ask(here, tala)
    shown = admissions.confirming(
        here.cast.ana, request=request, facility=here.of["one"], cases=(tala,), emergency=True
    )
    assert shown.emergency
    assert [broken.rule for broken in shown.overridden] == [Rule.FULL]
    admit(here, request, "one", tala, emergency_reason="Typhoon; no road to another home.")
    assert rows(lambda: Stay.objects.get(case=tala)).mode == StayMode.EMERGENCY
    due = clocks(tala)
    assert due[ClockKind.EMERGENCY_REVIEW] == clock.today() + timedelta(1)
    assert due[ClockKind.EMERGENCY_ENDS] == clock.today() + timedelta(3)
    reasons = admissions.reviewing(here.cast.ben, case=tala).reasons
    assert reasons == ("Typhoon; no road to another home.",)


def test_an_emergency_never_overrides_sex_or_licence(here: Homes) -> None:
    boy = take_in(here.cast, [child("Dodong", Sex.BOY, 10)])[0]
    request = ask(here, boy)
    for home, code in (("girls", "sex"), ("lapsed", "licence-ended")):
        found = refused(lambda home=home: admit(here, request, home, boy, emergency_reason="Now"))
        assert found.code == code


def test_an_emergency_that_is_not_needed_is_an_ordinary_stay(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene, emergency_reason="It is late.")
    assert rows(Stay.objects.get).mode == StayMode.ORDINARY


def test_a_child_of_unknown_age_is_taken_when_somebody_estimates_or_in_an_emergency(
    here: Homes,
) -> None:
    nobody = take_in(here.cast, [child("Child 5", Sex.GIRL, None)])[0]
    request = ask(here, nobody)
    found = refused(lambda: admit(here, request, "amihan", nobody))
    assert found.code == "age-unknown"
    assert "Estimate her or his age first." in found.sentence
    admit(here, request, "amihan", nobody, emergency_reason="Past two at night.")


def test_an_emergency_stay_goes_on_as_an_ordinary_one_once_every_rule_holds(here: Homes) -> None:
    settle(here, "one", here.cast.nene)
    tala = take_in(here.cast, [child("Tala", Sex.GIRL, 6)])[0]
    settle(here, "one", tala, emergency_reason="Typhoon; no road to another home.")
    found = refused(lambda: admissions.make_stay_ordinary(here.cast.ana, case=tala))
    assert found.sentence == "Its only licensed place is taken."
    lines = (Places(Sex.UNKNOWN, 0, 17, 2, line=1),)
    facilities.set_capacity(here.cast.ada, facility=here.of["one"], lines=lines)
    made = admissions.make_stay_ordinary(here.cast.ana, case=tala)
    stay = rows(lambda: Stay.objects.get(id=made))
    assert stay.mode == StayMode.ORDINARY
    assert links.STAY_HOME.open(stay.home, links.row(made)) == here.of["one"]
    assert set(clocks(tala)) == {ClockKind.STAY_REVIEW, ClockKind.STAY_TARGET}
    assert (
        refused(lambda: admissions.make_stay_ordinary(here.cast.ana, case=tala)).code == "ordinary"
    )


@pytest.mark.parametrize("who", ["cora", "sol", "hana", "sela", "coby"])
def test_who_does_not_hold_the_case_makes_no_stay_ordinary(here: Homes, who: str) -> None:
    settle(here, "amihan", here.cast.maya, here.cast.jun)
    actor = getattr(here.cast, who)
    assert refused(lambda: admissions.make_stay_ordinary(actor, case=here.cast.maya)).status == 403
