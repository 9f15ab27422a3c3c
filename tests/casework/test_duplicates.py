"""The same child twice: joined by two people, parted by two, and nobody sees more for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, child, rows, take_in
from tests.cast.cast import Cast

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import admissions, duplicates, exclusions, survivors
from tahanan.casework import home as homes_page
from tahanan.casework.admissions.suitability import Rule
from tahanan.casework.survivors import Pair
from tahanan.records.models import CompartmentKey, Grant, SameChild, Sealed
from tahanan.records.vocabulary import Bond, Sameness, Sex

WHY = "The same scar, and the same grandmother in Carcar."


def say(cast: Cast, by: str = "ana", **said: Any) -> UUID:
    given = {"case": cast.maya, "other": cast.nene, "reason": WHY} | said
    return duplicates.propose_same(getattr(cast, by), **given)


def join(cast: Cast, **said: Any) -> UUID:
    row = say(cast, **said)
    return duplicates.agree_same(cast.ben, case=said.get("case", cast.maya), same=row)


def words(cast: Cast, case: UUID | None = None) -> list[Sameness | None]:
    found = duplicates.same_child(cast.ana, case=case or cast.maya).of
    return [joining.word for joining in found]


def with_fe(cast: Cast, other: Actor) -> Actor:
    """Somebody who holds cases in Ana's agency and in Fe's."""
    return replace(
        other,
        memberships=(*other.memberships, *cast.fe.memberships),
        keys=replace(other.keys, teams={**other.keys.teams, **cast.fe.keys.teams}),
    )


def test_two_people_join_two_records_and_what_each_said_is_kept(cast: Cast) -> None:
    row = say(cast)
    assert words(cast) == [Sameness.PROPOSED]
    assert words(cast, cast.nene) == [Sameness.PROPOSED]
    joined = duplicates.agree_same(cast.ben, case=cast.nene, same=row)
    (joining,) = duplicates.same_child(cast.ana, case=cast.maya).of
    assert (joining.same, joining.word, joining.mine) == (joined, Sameness.JOINED, False)
    assert joining.other.card.chosen == "Nene"
    said = [(each.word, each.by, each.on, each.reason) for each in joining.history]
    assert said == [
        (Sameness.PROPOSED, "Ana Reyes", clock.today(), WHY),
        (Sameness.JOINED, "Ben Torres", clock.today(), ""),
    ]
    # The same words stand in the other record, for those who read hers.
    (hers,) = duplicates.same_child(cast.ben, case=cast.nene).of
    assert [each.reason for each in hers.history] == [WHY, ""]


def test_one_person_alone_neither_joins_nor_parts(cast: Cast) -> None:
    row = say(cast)
    with pytest.raises(Refusal) as refusal:
        duplicates.agree_same(cast.ana, case=cast.maya, same=row)
    assert refusal.value.code == "second-person"
    joined = duplicates.agree_same(cast.ben, case=cast.maya, same=row)
    parting = duplicates.propose_parted(cast.ben, case=cast.maya, same=joined, reason="Two.")
    with pytest.raises(Refusal):
        duplicates.agree_parted(cast.ben, case=cast.maya, same=parting)
    assert words(cast) == [Sameness.PARTING]


def test_parted_by_two_they_are_two_again_and_may_be_joined_anew(cast: Cast) -> None:
    joined = join(cast)
    parting = duplicates.propose_parted(cast.ana, case=cast.nene, same=joined, reason="Two.")
    duplicates.agree_parted(cast.ben, case=cast.maya, same=parting)
    assert words(cast) == [None]
    (past,) = duplicates.same_child(cast.ana, case=cast.maya).of
    assert [each.word for each in past.history] == [
        Sameness.PROPOSED, Sameness.JOINED, Sameness.PARTING, None,
    ]  # fmt: skip
    assert [each.reason for each in past.history] == [WHY, "", "Two.", ""]
    join(cast)
    assert words(cast) == [None, Sameness.JOINED]
    kept = rows(lambda: list(SameChild.objects.order_by("id").values_list("word", "withdrawn")))
    assert kept[3] == (Sameness.PARTING, True)


def test_a_proposal_taken_back_leaves_what_stood_before(cast: Cast) -> None:
    duplicates.take_back_proposal(cast.ana, case=cast.maya, same=say(cast))
    assert words(cast) == [None]
    joined = join(cast)
    parting = duplicates.propose_parted(cast.ana, case=cast.maya, same=joined, reason="Two.")
    duplicates.take_back_proposal(cast.ben, case=cast.nene, same=parting)
    assert words(cast) == [None, Sameness.JOINED]


def test_joining_gives_nobody_a_key_and_shows_nobody_more(cast: Cast) -> None:
    both_ana, both_ben = with_fe(cast, cast.ana), with_fe(cast, cast.ben)
    before = rows(_sight)
    row = duplicates.propose_same(both_ana, case=cast.maya, other=cast.luz, reason=WHY)
    duplicates.agree_same(both_ben, case=cast.maya, same=row)
    assert rows(_sight) == before
    for actor, hers, other in ((cast.ana, cast.maya, cast.luz), (cast.fe, cast.luz, cast.maya)):
        assert duplicates.same_child(actor, case=hers).of == ()
        with pytest.raises(NotFound):
            duplicates.same_child(actor, case=other)
        with pytest.raises(NotFound):
            duplicates.propose_parted(actor, case=hers, same=_row(), reason="Two.")


def test_who_holds_one_of_the_two_neither_says_nor_agrees(cast: Cast) -> None:
    with pytest.raises(NotFound):
        say(cast, "fe")
    with pytest.raises(NotFound):
        say(cast, other=cast.luz)
    row = duplicates.propose_same(
        with_fe(cast, cast.ana), case=cast.maya, other=cast.luz, reason=WHY
    )
    for actor, case in ((cast.ben, cast.maya), (cast.fe, cast.luz)):
        for act in (duplicates.agree_same, duplicates.take_back_proposal):
            with pytest.raises(NotFound):
                act(actor, case=case, same=row)
    with pytest.raises(NotFound):
        duplicates.agree_same(cast.ben, case=cast.jun, same=row)


def test_where_nobody_else_holds_both_the_page_says_so(cast: Cast) -> None:
    say(cast)
    assert duplicates.same_child(cast.ana, case=cast.maya).of[0].others_may
    alone = with_fe(cast, cast.ana)
    duplicates.propose_same(alone, case=cast.nene, other=cast.luz, reason=WHY)
    found = {
        each.other.card.chosen: each.others_may
        for each in duplicates.same_child(alone, case=cast.nene).of
    }
    assert found == {"Maya": True, "Luz": False}


def test_herself_the_same_twice_and_full_siblings_are_refused_in_a_sentence(cast: Cast) -> None:
    for other in (cast.maya, cast.jun):
        with pytest.raises(Invalid) as wrong:
            say(cast, other=other)
        assert set(wrong.value.fields) == {"other"}
    say(cast)
    for by in ("ana", "ben"):
        with pytest.raises(Conflict):
            say(cast, by, case=cast.nene, other=cast.maya)
    for reason in (" ", "x" * 2001):
        with pytest.raises(Invalid):
            say(cast, reason=reason)


def test_full_siblings_of_a_record_that_is_hers_are_not_her_either(cast: Cast) -> None:
    join(cast)
    with pytest.raises(Invalid):
        say(cast, case=cast.nene, other=cast.jun)


def test_drawn_as_full_siblings_meanwhile_they_are_not_joined(cast: Cast) -> None:
    row = say(cast)
    drawn = (Pair(cast.maya, cast.nene, Bond.FULL),)
    survivors.draw_siblings(cast.ana, pairs=drawn, from_on=clock.today())
    with pytest.raises(Invalid):
        duplicates.agree_same(cast.ben, case=cast.maya, same=row)


def test_two_records_of_one_child_are_not_drawn_as_sisters(cast: Cast) -> None:
    join(cast)
    with pytest.raises(Invalid):
        survivors.join_siblings(
            cast.ana, case=cast.maya, other=cast.nene, bond=Bond.HALF, from_on=clock.today()
        )


def test_what_somebody_answered_meanwhile_is_not_answered_again(cast: Cast) -> None:
    row = say(cast)
    joined = duplicates.agree_same(cast.ben, case=cast.maya, same=row)
    for act in (duplicates.agree_same, duplicates.take_back_proposal):
        with pytest.raises(Conflict) as conflict:
            act(cast.ben, case=cast.maya, same=row)
        assert conflict.value.standing == joined
    with pytest.raises(Conflict):
        duplicates.agree_parted(cast.ben, case=cast.maya, same=joined)
    with pytest.raises(NotFound):
        duplicates.agree_same(cast.ben, case=cast.maya, same=uuid4())


def test_three_records_are_one_child_through_the_second(cast: Cast) -> None:
    (third,) = take_in(cast, [child("Renata", Sex.GIRL, 12)])
    join(cast)
    row = duplicates.propose_same(cast.ana, case=cast.nene, other=third, reason=WHY)
    duplicates.agree_same(cast.ben, case=cast.nene, same=row)
    with pytest.raises(Invalid):
        say(cast, other=third)


def test_the_reason_is_sealed_and_no_sealed_row_of_one_names_the_other(cast: Cast) -> None:
    join(cast)
    pieces = rows(lambda: list(Sealed.objects.filter(kind="same_child")))
    assert {piece.case_id for piece in pieces} == {cast.maya, cast.nene}
    assert all(piece.of == piece.case_id for piece in pieces)
    assert all(WHY.encode() not in bytes(piece.ciphertext) for piece in pieces)
    assert len({len(bytes(piece.ciphertext)) for piece in pieces}) == 1


def test_what_waits_for_a_second_person_stands_on_her_home_page_and_not_on_the_first_s(
    cast: Cast,
) -> None:
    say(cast)
    assert homes_page.home(cast.ana).doubtful == ()
    (asked,) = homes_page.home(cast.ben).doubtful
    assert {asked.child.card.chosen, asked.other.card.chosen} == {"Maya", "Nene"}
    assert (asked.word, asked.by) == (Sameness.PROPOSED, "Ana Reyes")
    for name in ("coby", "cora", "sela", "fe", "dan"):
        assert homes_page.home(getattr(cast, name)).doubtful == ()
    duplicates.agree_same(cast.ben, case=cast.maya, same=asked.same)
    assert homes_page.home(cast.ben).doubtful == ()


# ── what holds of a family holds of every record ────────────────────────────────────────────


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def _cannot(here: Homes, home: str, case: UUID) -> bool:
    request = admissions.ask_for_place(here.cast.ana, cases=(case,))
    page = admissions.placement(here.cast.ana, request=request)
    said = next(
        each.said
        for each in (*page.all_together, *page.some, *page.none)
        if each.home.id == here.of[home]
    )
    return Rule.CANNOT in [broken.rule for broken in said.broken]


@pytest.mark.parametrize("first", ["declared", "joined"])
def test_a_home_that_cannot_take_one_record_takes_neither_nor_a_brother(
    here: Homes, first: str
) -> None:
    cast = here.cast
    if first == "joined":
        join(cast)
    admissions.declare_exclusion(
        cast.sela, case=cast.nene, facility=here.of["family"], reason="Her uncle."
    )
    if first == "declared":
        assert not _cannot(here, "family", cast.maya)
        join(cast)
    # In the field itself, from which the lead hears, before anybody asks.
    kept = rows(lambda: exclusions.read_many([cast.maya, cast.nene, cast.jun]))
    assert set(kept.values()) == {frozenset({here.of["family"]})}
    assert all(_cannot(here, "family", case) for case in (cast.maya, cast.nene, cast.jun))


def _sight() -> list[Any]:
    return [
        *Grant.objects.order_by("id").values_list("id", "wrap", "version", "ended_on"),
        *CompartmentKey.objects.order_by("id").values_list("id", "version", "rekey_due"),
    ]


def _row() -> UUID:
    return rows(lambda: SameChild.objects.get(replaced_at=None).id)
