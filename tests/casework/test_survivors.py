"""Who belongs together: drawn, corrected and parted, with what was known kept."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework import facts, survivors
from tahanan.casework.door import query
from tahanan.casework.survivors import Pair
from tahanan.records.models import SiblingLink
from tahanan.records.vocabulary import Bond


@query("groups_for_test")
def groups(visit, *, cases):
    survivor_of = survivors.survivors_of(cases)
    case_of = {survivor: case for case, survivor in survivor_of.items()}
    found = survivors.groups(survivor_of.values())
    return [{case_of[each] for each in group} for group in found]


@query("links_for_test")
def links(visit, *, day=None):
    rows = facts.known_on(SiblingLink, day) if day else SiblingLink.objects.all()
    return [(row.bond, row.withdrawn) for row in rows.order_by("id")]


def draw(cast: Cast, one: UUID, other: UUID, bond: Bond = Bond.FULL) -> UUID:
    return survivors.draw_siblings(cast.ana, pairs=(Pair(one, other, bond),), from_on=clock.today())


def test_a_chain_of_links_is_one_group(cast: Cast) -> None:
    assert groups(cast.ana, cases=[cast.maya, cast.jun]) == [{cast.maya, cast.jun}]
    draw(cast, cast.nene, cast.jun)
    everybody = [cast.maya, cast.jun, cast.nene]
    assert groups(cast.ana, cases=everybody) == [set(everybody)]


def test_drawing_a_pair_again_doubles_nothing_and_another_bond_corrects_it(cast: Cast) -> None:
    draw(cast, cast.jun, cast.maya)
    assert links(cast.ana) == [(Bond.FULL, False)]
    draw(cast, cast.jun, cast.maya, Bond.HALF)
    assert links(cast.ana) == [(Bond.FULL, False), (Bond.HALF, False)]


def test_parted_they_are_no_group_and_that_they_were_stays_known(cast: Cast) -> None:
    survivors.part_siblings(cast.ana, one=cast.maya, other=cast.jun)
    assert groups(cast.ana, cases=[cast.maya, cast.jun]) == []
    assert (Bond.FULL, True) in links(cast.ana)
    with pytest.raises(Invalid):
        survivors.part_siblings(cast.ana, one=cast.maya, other=cast.jun)


def test_one_answer_for_each_child_draws_and_parts_at_once(cast: Cast) -> None:
    survivors.settle_siblings(
        cast.ana,
        case=cast.maya,
        others=((cast.jun, None), (cast.nene, Bond.NOT_SURE)),
        from_on=clock.today(),
    )
    assert groups(cast.ana, cases=[cast.maya, cast.nene]) == [{cast.maya, cast.nene}]
    found = survivors.belonging(cast.ana, case=cast.maya)
    assert {other.card.chosen: bond for other, bond in found.others} == {
        "Jun-jun": None,
        "Nene": Bond.NOT_SURE,
    }


def test_nobody_is_her_own_sister(cast: Cast) -> None:
    with pytest.raises(Invalid):
        draw(cast, cast.maya, cast.maya)


def test_a_child_whom_the_actor_may_not_draw_is_not_drawn(cast: Cast) -> None:
    with pytest.raises(NotFound):
        draw(cast, cast.maya, cast.luz)
    with pytest.raises(Refusal):
        survivors.belonging(cast.cora, case=cast.maya)
