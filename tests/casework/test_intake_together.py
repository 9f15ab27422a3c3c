"""Two phones on one intake; a child perhaps known; who belongs together; who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.casework import homes
from tests.casework.night import ask, begin, board, file, meet, panes, rows
from tests.cast.cast import Cast
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import admissions, intake
from tahanan.casework.door import TypedAgain
from tahanan.casework.intake import answers
from tahanan.records.models import LedgerEntry
from tahanan.records.vocabulary import Bond

# -- pressed twice, cut off, two phones --


def test_the_second_press_and_the_retried_request_take_in_one_child(cast: Cast, night: UUID):
    typed = {"name": "Rowena", "sex": "girl", "age-years": "13"}
    once = cast.ana.once("6d0f7a5e-0000-4000-8000-000000000001")
    first = intake.add_child(once, intake=night, step="tonight", typed=typed)
    assert intake.add_child(once, intake=night, step="tonight", typed=typed) == first
    assert rows(cast.ana, intake=night)["cases"] == 1


def test_back_and_typing_again_never_overwrites_in_silence(cast: Cast, night: UUID):
    once = cast.ana.once("6d0f7a5e-0000-4000-8000-000000000002")
    intake.add_child(once, intake=night, step="tonight", typed={"name": "Rowena"})
    with pytest.raises(TypedAgain):
        intake.add_child(once, intake=night, step="tonight", typed={"name": "Dodong"})


def test_it_goes_on_from_the_place_it_was_cut_off_at_on_a_colleagues_phone(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Jessa", "girl", "11")
    assert board(cast.ben, night).resume == (child, "needs")
    ask(cast.ben, night, child, "needs", nothing="on")
    assert board(cast.ana, night).resume == (child, "belongs")
    ask(cast.ana, night, child, "belongs", cannot_say="on")
    assert board(cast.ana, night).resume is None


def test_of_two_who_answer_one_question_the_second_sees_both(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Jessa", "girl", "11")
    seen = intake.child(cast.ana, intake=night, child=child).version
    typed = {"name": "Jessa", "sex": "girl", "age-years": "12"}
    intake.answer_child(cast.ana, intake=night, child=child, step="tonight", typed=typed, seen=seen)
    with pytest.raises(Conflict) as refused:
        intake.answer_child(
            cast.ben, intake=night, child=child, step="tonight",
            typed=typed | {"age-years": "10"}, seen=seen,
        )  # fmt: skip
    theirs = refused.value.standing
    assert theirs.by == "Ana Reyes"
    assert theirs.inputs["age-years"] == ("12", "10")


def test_two_who_answer_different_questions_do_not_disturb_each_other(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Jessa", "girl", "11")
    seen = intake.child(cast.ana, intake=night, child=child).version
    intake.answer_child(
        cast.ana, intake=night, child=child, step="needs", typed={"nothing": "on"}, seen=seen
    )
    intake.answer_child(
        cast.ben, intake=night, child=child, step="belongs", typed={"brought": "Aunt"}, seen=seen
    )
    assert panes(cast.ana, night)["Jessa"].answered == answers.QUESTIONS


def test_two_phones_that_add_a_child_at_once_add_two(cast: Cast):
    id = begin(cast.ana, cast.team("casework"))
    ana, ben = cast.ana, cast.ben
    done = House().at_once(
        [
            lambda: meet(ana, id, "Marites", "girl", "15"),
            lambda: meet(ben, id, "Dodong", "boy", "10"),
        ]
    )
    assert all(isinstance(each, UUID) for each in done), done
    assert sorted(pane.position for pane in board(ana, id).panes) == [1, 2]
    assert rows(ana, intake=id)["operations"] == 1


# -- search before create --


def test_a_child_who_may_be_known_gets_no_second_file_before_somebody_says(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Maya", "girl", "13")
    pane = panes(cast.ana, night)["Maya"]
    assert (pane.case, pane.asked_again) == (None, True)
    likely = intake.likenesses(cast.ana, intake=night, child=child)
    assert [like.seen.case for like in likely] == [cast.maya]
    intake.say_known(cast.ana, intake=night, child=child, same=cast.maya)
    case = panes(cast.ana, night)["Maya"].case
    assert case != cast.maya
    assert survivor_of(cast.ana, case) == survivor_of(cast.ana, cast.maya)
    assert file(cast.ana, case=case)["card"].allergies == "Peanuts"


def test_a_child_said_to_be_another_gets_a_survivor_of_her_own(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Maya", "girl", "13")
    intake.say_known(cast.ana, intake=night, child=child, same=None)
    case = panes(cast.ana, night)["Maya"].case
    assert survivor_of(cast.ana, case) != survivor_of(cast.ana, cast.maya)


def test_a_child_of_another_agency_is_never_proposed(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Luz", "girl", "12")
    assert intake.likenesses(cast.ana, intake=night, child=child) == ()
    assert panes(cast.ana, night)["Luz"].case is not None
    with pytest.raises(Refusal):
        intake.say_known(cast.ana, intake=night, child=child, same=cast.luz)


def test_two_children_of_one_night_are_not_both_the_same_known_child(cast: Cast, night: UUID):
    first = meet(cast.ana, night, "Maya", "girl", "13")
    second = meet(cast.ana, night, "Maya", "girl", "13")
    intake.say_known(cast.ana, intake=night, child=first, same=cast.maya)
    with pytest.raises(Invalid):
        intake.say_known(cast.ana, intake=night, child=second, same=cast.maya)


# -- siblings --


def test_four_and_three_of_two_mothers_are_two_families(cast: Cast, night: UUID):
    kids = [
        meet(cast.ana, night, name, "girl", str(age))
        for name, age in zip(
            ("Ab", "Bec", "Cid", "Dop", "Eng", "Fip", "Gok"), range(4, 11), strict=True
        )
    ]
    draw(cast.ana, night, *kids[:4], bond=Bond.FULL)
    draw(cast.ana, night, *kids[4:], bond=Bond.NOT_SURE)
    families = board(cast.ana, night).families
    assert [len(family.children) for family in families] == [4, 3]
    assert [family.bond for family in families] == [Bond.FULL, Bond.NOT_SURE]


def test_a_half_brother_stands_past_the_double_bar(cast: Cast, night: UUID):
    rowena, dodong = (meet(cast.ana, night, name, "girl", "13") for name in ("Rowena", "Dodong"))
    totoy = meet(cast.ana, night, "Totoy", "boy", "1")
    draw(cast.ana, night, rowena, dodong, bond=Bond.FULL)
    draw(cast.ana, night, rowena, dodong, totoy, bond=Bond.HALF, says="child")
    (family,) = board(cast.ana, night).families
    assert family.children == (rowena, dodong, totoy)
    assert (family.half, family.bond, family.says) == (frozenset({totoy}), Bond.HALF, "child")


def test_a_cousin_raised_in_the_house_is_family(cast: Cast, night: UUID):
    a, b, cousin = (meet(cast.ana, night, name, "girl", "9") for name in ("Ab", "Bec", "Cid"))
    draw(cast.ana, night, a, b, bond=Bond.FULL)
    draw(cast.ana, night, a, b, cousin, bond=Bond.RAISED_TOGETHER)
    (family,) = board(cast.ana, night).families
    assert (family.children, family.bond) == ((a, b, cousin), Bond.RAISED_TOGETHER)


def test_a_family_drawn_anew_parts_whom_it_leaves_out(cast: Cast, night: UUID):
    a, b, c = (meet(cast.ana, night, name, "girl", "9") for name in ("Ab", "Bec", "Cid"))
    draw(cast.ana, night, a, b, c, bond=Bond.NOT_SURE)
    draw(cast.ana, night, a, b, bond=Bond.FULL, anew=True)
    (family,) = board(cast.ana, night).families
    assert (family.children, family.bond) == ((a, b), Bond.FULL)
    intake.part_family(cast.ana, intake=night, children=(a, b))
    assert board(cast.ana, night).families == ()


def test_one_child_alone_is_no_family(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Rowena")
    with pytest.raises(Invalid):
        draw(cast.ana, night, child, bond=Bond.FULL)


# -- who may --


def test_a_stranger_finds_no_intake(cast: Cast, night: UUID):
    meet(cast.ana, night, "Rowena")
    for somebody in (cast.fe, cast.cora, cast.gil, cast.ada):
        with pytest.raises(Refusal) as refused:
            board(somebody, night)
        assert isinstance(refused.value, NotFound)
        with pytest.raises(Refusal):
            meet(somebody, night, "Dodong")
    assert intake.unfinished_intakes(cast.fe) == ()


def test_a_home_opens_no_intake(cast: Cast):
    with pytest.raises(Refusal):
        intake.open_intake(cast.cora, team=cast.team("staff"))
    with pytest.raises(Refusal):
        intake.open_intake(cast.ana, team=cast.team("agapay"))


def test_a_look_at_the_board_is_written_down(cast: Cast, night: UUID):
    meet(cast.ana, night, "Rowena")
    before = looks()
    board(cast.ana, night)
    assert looks() == before + 1


# -- finishing --


def test_an_intake_is_finished_when_every_child_has_a_file(cast: Cast, night: UUID):
    with pytest.raises(Refusal):
        intake.finish_intake(cast.ana, intake=night)
    child = meet(cast.ana, night, "Kiko", "boy", "x")
    with pytest.raises(Refusal):
        intake.finish_intake(cast.ana, intake=night)
    assert [(u.id, u.unfiled, u.to_mend) for u in intake.unfinished_intakes(cast.ben)] == [
        (night, 1, 1)
    ]
    ask(cast.ana, night, child, "tonight", name="Kiko", sex="boy", age_years="9")
    intake.finish_intake(cast.ana, intake=night)
    assert intake.unfinished_intakes(cast.ana) == ()
    intake.finish_intake(cast.ana, intake=night)


def test_an_empty_pane_is_taken_off_and_a_file_never(cast: Cast, night: UUID):
    intake.add_several(cast.ana, intake=night, how_many=1)
    (pane,) = board(cast.ana, night).panes
    intake.remove_child(cast.ana, intake=night, child=pane.id)
    assert board(cast.ana, night).panes == ()
    child = meet(cast.ana, night, "Rowena")
    with pytest.raises(Refusal):
        intake.remove_child(cast.ana, intake=night, child=child)


def draw(actor: Actor, id: UUID, *children: UUID, bond: Bond, **more: Any) -> None:
    intake.draw_family(actor, intake=id, children=children, bond=bond, **more)


def survivor_of(actor: Actor, case: UUID) -> UUID:
    from tahanan.access.visit import Visit
    from tahanan.casework import survivors
    from tahanan.casework.door import query

    @query("test_survivor", always=True)
    def found(visit: Visit) -> UUID:
        return survivors.survivors_of([case])[case]

    return found(actor)


def looks() -> int:
    with House().as_role("steward"):
        return LedgerEntry.objects.filter(verb="see_intake").count()


def test_a_child_who_was_admitted_has_a_bed_on_the_board(snapshot: Callable[..., Any]):
    here = snapshot("homes", homes.build)
    ana = here.cast.ana
    night = begin(ana, here.cast.team("casework"))
    meet(ana, night, "Rowena", "girl", "13")
    meet(ana, night, "Marites", "girl", "15")
    case = panes(ana, night)["Rowena"].case
    request = admissions.ask_for_place(ana, cases=(case,))
    girls = here.of["girls"]
    admissions.admit_to_facility(ana, request=request, facility=girls, cases=(case,))
    shown = panes(ana, night)
    assert (shown["Rowena"].has_bed, shown["Marites"].has_bed) == (True, False)
