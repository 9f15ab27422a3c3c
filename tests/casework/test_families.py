"""A sibling group across operations: joined, split from a day on, and never undone unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.casework.homes import child as a_child
from tests.casework.homes import rows, take_in
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.base.ids import uuid7
from tahanan.casework import child_page, search, survivors
from tahanan.casework.door import query
from tahanan.records.models import Case, Operation, Removal, Sealed, SiblingLink
from tahanan.records.vocabulary import Bond, Sex

WHY = "The court ordered that they live with two aunts."


@query("groups_for_test")
def groups(visit, *, cases):
    survivor_of = survivors.survivors_of(cases)
    case_of = {survivor: case for case, survivor in survivor_of.items()}
    found = survivors.groups(survivor_of.values())
    return {frozenset(case_of[each] for each in group if each in case_of) for group in found}


def join(cast: Cast, other: UUID, **said: Any) -> UUID:
    given = {"case": cast.maya, "other": other, "bond": Bond.HALF, "from_on": clock.today()} | said
    return survivors.join_siblings(cast.ana, **given)


def split(cast: Cast, *others: UUID, **said: Any) -> UUID:
    given = {"case": cast.maya, "others": others, "on": clock.today(), "reason": WHY} | said
    return survivors.split_siblings(cast.ana, **given)


def named(actor: Any, case: UUID) -> set[str]:
    page = child_page.child(actor, case=case)
    return {sibling.seen.card.chosen for sibling in page.siblings}


def held_by_nobody_of_silungan(cast: Cast) -> UUID:
    """A child of Fe's agency drawn with Maya by somebody who holds a case in each of the two."""
    both = replace(
        cast.ana,
        memberships=(*cast.ana.memberships, *cast.fe.memberships),
        keys=replace(cast.ana.keys, teams={**cast.ana.keys.teams, **cast.fe.keys.teams}),
    )
    survivors.join_siblings(
        both, case=cast.maya, other=cast.luz, bond=Bond.HALF, from_on=clock.today()
    )
    return cast.luz


def test_a_child_of_another_operation_is_found_by_name_and_then_stands_on_each_page(
    cast: Cast,
) -> None:
    assert cast.operation("maya") != cast.operation("nene")
    near = search.near(cast.ana, case=cast.maya, words="Rentata Bulan")
    assert [each.card.chosen for each in near.cards] == ["Nene"]
    join(cast, cast.nene, from_on=clock.today() - timedelta(days=5))
    assert named(cast.ana, cast.maya) == {"Jun-jun", "Nene"}
    assert named(cast.ana, cast.nene) == {"Maya", "Jun-jun"}
    drawn = rows(lambda: SiblingLink.objects.get(bond=Bond.HALF))
    assert (drawn.from_on, drawn.until_on) == (clock.today() - timedelta(days=5), None)


def test_who_is_in_the_group_already_or_is_not_hers_to_see_is_not_offered(cast: Cast) -> None:
    assert search.near(cast.ana, case=cast.maya, words="Jun-jun").cards == ()
    for name in ("Luz", "Lucita Magbanua"):
        near = search.near(cast.ana, case=cast.maya, words=name)
        assert "Luz" not in {each.card.chosen for each in near.cards}
        assert near.others_hold == 0
    with pytest.raises(NotFound):
        join(cast, cast.luz)
    with pytest.raises(NotFound):
        search.near(cast.fe, case=cast.maya, words="Maya")
    with pytest.raises(Refusal):
        search.near(cast.coby, case=cast.maya, words="Maya")


def test_a_day_ahead_or_a_bond_drawn_before_is_not_taken(cast: Cast) -> None:
    with pytest.raises(Invalid):
        join(cast, cast.nene, from_on=clock.today() + timedelta(days=1))
    with pytest.raises(Conflict) as conflict:
        join(cast, cast.jun)
    assert conflict.value.standing is Bond.FULL


def test_who_may_not_see_the_sister_learns_that_one_more_belongs_and_nothing_else(
    cast: Cast,
) -> None:
    held_by_nobody_of_silungan(cast)
    page = child_page.child(cast.ben, case=cast.maya)
    assert {each.seen.card.chosen for each in page.siblings} == {"Jun-jun"}
    assert page.unseen == 1
    ours, theirs = _body(cast, cast.ben, cast.maya), _body(cast, cast.fe, cast.luz)
    for body in (ours, theirs):
        assert "1 more belongs to this family, whose card is not shared with you." in body
    assert "Luz" not in ours
    assert str(cast.luz) not in ours
    for word in ("Maya", "Jun-jun", "Villacrusis", str(cast.maya), "Silungan"):
        assert word not in theirs
    with pytest.raises(NotFound):
        child_page.child(cast.fe, case=cast.maya)


def test_a_hidden_sister_s_own_sisters_are_not_counted(cast: Cast) -> None:
    """Fe draws Luz with a child of hers: Ana's team is not told that the family grew."""
    held_by_nobody_of_silungan(cast)
    (mina,) = take_in(cast, [a_child("Mina", Sex.GIRL, 6)], "fe", "agapay")
    survivors.join_siblings(
        cast.fe, case=cast.luz, other=mina, bond=Bond.FULL, from_on=clock.today()
    )
    assert child_page.child(cast.ana, case=cast.maya).unseen == 1
    assert child_page.child(cast.fe, case=mina).unseen == 1
    assert child_page.child(cast.fe, case=cast.luz).unseen == 1


def test_where_a_sister_of_another_operation_is_shows_only_to_who_may_know(cast: Cast) -> None:
    join(cast, cast.nene)
    known = {s.seen.card.chosen: s.where_known for s in _siblings(cast.ana, cast.maya)}
    assert known == {"Jun-jun": True, "Nene": True}
    # Coby's team holds Maya's card and care alone: neither of the two is his to see.
    page = child_page.child(cast.coby, case=cast.maya)
    assert page.siblings == ()
    assert page.unseen == 2


def test_a_group_splits_from_a_day_on_with_a_reason_and_what_was_known_stays(cast: Cast) -> None:
    join(cast, cast.nene)
    split(cast, cast.nene)
    assert named(cast.ana, cast.maya) == {"Jun-jun"}
    assert named(cast.ana, cast.nene) == set()
    past = survivors.belonging(cast.ana, case=cast.maya).past
    assert [(p.child.card.chosen, p.bond, p.until_on, p.reason) for p in past] == [
        ("Nene", Bond.HALF, clock.today(), WHY)
    ]
    hers = survivors.belonging(cast.ana, case=cast.nene).past
    assert [(p.child.card.chosen, p.reason) for p in hers] == [("Maya", WHY)]
    kept = rows(lambda: list(SiblingLink.objects.filter(bond=Bond.HALF).order_by("id")))
    assert [(row.until_on, row.withdrawn) for row in kept] == [
        (None, False),
        (clock.today(), False),
    ]
    assert kept[1].replaces_id == kept[0].id


def test_who_is_left_on_one_side_stays_one_group(cast: Cast) -> None:
    """Jun is joined with Nene only through Maya: without her they are kept together."""
    join(cast, cast.nene)
    survivors.split_siblings(
        cast.ana, case=cast.jun, others=(cast.maya,), on=clock.today(), reason=WHY
    )
    everybody = [cast.maya, cast.jun, cast.nene]
    assert groups(cast.ana, cases=everybody) == {frozenset({cast.jun, cast.nene})}
    seen = survivors.belonging(cast.ana, case=cast.jun)
    assert {o.card.chosen: bond for o, bond in seen.others}["Nene"] is Bond.NOT_SURE


def test_what_a_split_asks_for_is_said(cast: Cast) -> None:
    for said in (
        {"others": ()},
        {"reason": " "},
        {"on": clock.today() + timedelta(days=1)},
        {"on": clock.today() - timedelta(days=400)},
        {"reason": "x" * 2001},
    ):
        with pytest.raises(Invalid):
            split(cast, cast.jun, **said)
    with pytest.raises(NotFound):
        split(cast, cast.nene)
    for actor, error in ((cast.fe, NotFound), (cast.coby, Refusal), (cast.cora, Refusal)):
        with pytest.raises(error):
            survivors.split_siblings(
                actor, case=cast.maya, others=(cast.jun,), on=clock.today(), reason=WHY
            )
    assert named(cast.ana, cast.maya) == {"Jun-jun"}


def test_a_group_held_together_by_another_team_s_child_is_not_split_by_one(cast: Cast) -> None:
    luz = held_by_nobody_of_silungan(cast)
    rows(lambda: _link(cast.jun, luz))
    with pytest.raises(Refusal) as refusal:
        split(cast, cast.jun)
    assert refusal.value.code == "joined-otherwise"
    assert named(cast.ana, cast.maya) == {"Jun-jun"}


def test_what_a_colleague_drew_meanwhile_is_not_undone_unseen(cast: Cast) -> None:
    saw = ((cast.jun, Bond.FULL),)
    told: dict[str, Any] = {"case": cast.maya, "from_on": clock.today(), "saw": saw}
    survivors.settle_siblings(cast.ben, others=((cast.jun, Bond.HALF),), **told)
    with pytest.raises(Conflict):
        survivors.settle_siblings(cast.ana, others=((cast.jun, None),), **told)
    assert named(cast.ana, cast.maya) == {"Jun-jun"}
    # Both say the same: no conflict.
    survivors.settle_siblings(cast.ana, others=((cast.jun, Bond.HALF),), **told)


def test_the_link_alone_joins_two_operations_in_a_stolen_database(cast: Cast) -> None:
    """Siblings are plain (keyed-links.md §5); no other value of the two files is one and the same.

    The words are sealed, and no sealed row of one child names a row of the other.
    """
    join(cast, cast.nene)
    split(cast, cast.nene)
    pieces = rows(lambda: list(Sealed.objects.filter(kind=survivors.SPLIT)))
    assert {piece.case_id for piece in pieces} == {cast.maya, cast.jun, cast.nene}
    assert all(piece.of == piece.case_id for piece in pieces)
    assert all(WHY.encode() not in bytes(piece.ciphertext) for piece in pieces)
    assert len({len(bytes(piece.ciphertext)) for piece in pieces}) == 1
    one, other = rows(lambda: [_values(case) for case in (cast.maya, cast.nene)])
    assert one & other == set()


def _values(case: UUID) -> set[UUID]:
    """Every id that the rows of one case name, but for the drawn links themselves."""
    survivor = Case.objects.values_list("survivor", flat=True).get(id=case)
    operations = Removal.objects.filter(case=case).values_list("operation", flat=True)
    found = {case, survivor, *operations, *Operation.objects.filter(id__in=operations).values_list(
        "recorded_by", flat=True
    )}  # fmt: skip
    for row in Sealed.objects.filter(case=case).values_list("id", "of", "replaces"):
        found |= set(row)
    return found - {None}


def _link(one: UUID, other: UUID) -> None:
    like = SiblingLink.objects.get(bond=Bond.HALF)
    low, high = sorted(survivors.survivors_of([one, other]).values())
    like.pk, like.survivor_id, like.sibling_id = None, low, high
    like.id = uuid7()
    like.case_id = one
    like.save(force_insert=True)


def _body(cast: Cast, actor: Any, case: UUID) -> str:
    return cast.client(actor).get(f"/children/{case}").content.decode()


def _siblings(actor: Any, case: UUID) -> Any:
    return child_page.child(actor, case=case).siblings
