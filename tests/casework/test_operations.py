"""Operations: a day asked once is mended once, with its reason; what stood stays on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast.cast import Cast

from tahanan.access.rules import Act
from tahanan.base.errors import Conflict, NotFound, Refusal
from tahanan.casework import operations
from tahanan.casework.door import query
from tahanan.casework.operations import Happening, HowKnown, RemovalShape, Why

BLOTTER = Why(HowKnown.PAPER, "Police blotter, 23:40")


@query("removals_for_test")
def removals(visit, *, case, history=False):
    return operations.removals(case, history=history)


def hers(cast: Cast, case: UUID) -> RemovalShape:
    (found,) = removals(cast.ana, case=case)
    return found


def earlier(removal: RemovalShape, days: int = 1) -> Happening:
    day = removal.happened.first - timedelta(days=days)
    return Happening(day, day)


def correct_all(cast: Cast, actor: Any, happened: Happening, seen: UUID | None = None) -> UUID:
    operation = hers(cast, cast.maya).operation
    assert operation is not None
    return operations.correct_operation(
        actor, case=cast.maya, operation=operation, happened=happened, why=BLOTTER, seen=seen
    )


def test_one_correction_mends_every_file_of_the_operation_and_keeps_what_stood(
    cast: Cast,
) -> None:
    before = hers(cast, cast.maya)
    correct_all(cast, cast.ana, earlier(before))
    for case in (cast.maya, cast.jun):
        assert hers(cast, case).happened == earlier(before)
        assert len(removals(cast.ana, case=case, history=True)) == 2
    assert hers(cast, cast.maya).operation == hers(cast, cast.jun).operation != before.operation
    assert hers(cast, cast.nene).happened != earlier(before)


def test_the_reason_stands_in_each_file_sealed_in_justice(cast: Cast) -> None:
    correct_all(cast, cast.ana, earlier(hers(cast, cast.maya)))
    for case in (cast.maya, cast.jun):
        page = operations.day_brought_to_safety(cast.ben, case=case, removal=hers(cast, case).id)
        assert page.stands.why == BLOTTER
        assert page.stands.by == "Ana Reyes"


def test_a_day_corrected_meanwhile_is_shown_beside(cast: Cast) -> None:
    before = hers(cast, cast.maya)
    operations.correct_removal(
        cast.ben, case=cast.maya, removal=before.id, happened=earlier(before), why=BLOTTER
    )
    with pytest.raises(Conflict):
        operations.correct_removal(
            cast.ana, case=cast.maya, removal=before.id, happened=earlier(before, 2)
        )
    with pytest.raises(Conflict):
        correct_all(cast, cast.ana, earlier(before, 2), seen=before.id)
    with pytest.raises(Conflict):
        operations.day_brought_to_safety(cast.ana, case=cast.maya, removal=before.id)
    both = operations.two_days(cast.ana, case=cast.maya, removal=before.id)
    assert (both.before.happened, both.theirs.happened) == (before.happened, earlier(before))
    assert (both.theirs.by, both.theirs.why) == ("Ben Torres", BLOTTER)


def test_the_age_bands_follow_the_day(cast: Cast) -> None:
    before = hers(cast, cast.maya)
    assert (before.youngest_band, before.oldest_band) == (4, 4)
    correct_all(cast, cast.ana, earlier(before, 4 * 366))
    after = hers(cast, cast.maya)
    assert (after.youngest_band, after.oldest_band) == (2, 2)


def test_who_was_brought_to_safety_together_is_named_herself_first(cast: Cast) -> None:
    found = operations.brought_together(cast.ana, case=cast.jun, what=Act.RECORD_BASIS)
    assert [each.card.chosen for each in found] == ["Jun-jun", "Maya"]
    alone = operations.brought_together(cast.ana, case=cast.nene, what=Act.RECORD_BASIS)
    assert [each.card.chosen for each in alone] == ["Nene"]


@pytest.mark.parametrize("name", ["coby", "cora", "leo", "sela", "hana"])
def test_only_those_who_hold_the_case_correct_its_days(cast: Cast, name: str) -> None:
    removal = hers(cast, cast.maya)
    with pytest.raises(Refusal) as refused:
        operations.correct_removal(
            getattr(cast, name), case=cast.maya, removal=removal.id, happened=earlier(removal)
        )
    assert refused.value.status == 403


def test_a_removal_is_not_reached_through_another_case_nor_by_a_stranger(cast: Cast) -> None:
    removal = hers(cast, cast.maya)
    for actor, case in ((cast.ana, cast.nene), (cast.fe, cast.maya)):
        with pytest.raises(NotFound):
            operations.correct_removal(
                actor, case=case, removal=removal.id, happened=earlier(removal)
            )
    assert removal.operation is not None
    with pytest.raises(NotFound):
        operations.correct_operation(
            cast.ana, case=cast.nene, operation=removal.operation, happened=earlier(removal)
        )
