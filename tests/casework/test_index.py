"""The names a team may find are caught up whole, however many changed at once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.casework import cases, home, index, search
from tahanan.casework.cases import Card, Opening
from tahanan.casework.door import command

# So few at a time that a test meets more than one batch; an import meets the same with a thousand.
FEW = 2
NEWCOMERS = ("Tala", "Mayumi", "Ligaya", "Dalisay", "Hiraya")


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BATCH", FEW)


@command("open_case")
def _taken_in(visit, *, team: UUID, name: str) -> UUID:
    opening = Opening(team=team, region="0700000000", card=Card(chosen=name), name=None)
    return cases.open_case(visit, opening)


def _found(actor, name: str) -> bool:
    return name in [seen.card.chosen for seen in search.find(actor, words=name).cards]


def _take_in(cast: Cast) -> None:
    for name in NEWCOMERS:
        _taken_in(cast.ana, team=cast.team("casework"), name=name)


def test_more_children_than_one_batch_are_found_by_a_team_that_never_searched(cast: Cast) -> None:
    _take_in(cast)
    assert all(_found(cast.ana, name) for name in NEWCOMERS)


def test_more_children_than_one_batch_taken_in_since_the_last_search_are_found(cast: Cast) -> None:
    assert not _found(cast.ana, "Hiraya")
    _take_in(cast)
    assert all(_found(cast.ana, name) for name in NEWCOMERS)


def test_more_names_than_one_batch_changed_since_the_last_search_are_found(cast: Cast) -> None:
    _take_in(cast)
    assert _found(cast.ana, "Tala")
    listed = home.caseload(cast.ana).children
    assert len(listed) > 2 * FEW
    for child in listed:
        card = replace(child.seen.card, chosen=f"Bituin {child.seen.card.chosen}")
        cases.change_card(cast.ana, case=child.seen.case, card=card, seen=child.seen.piece)
    again = search.find(cast.ana, words="Bituin")
    assert len(again.cards) == len(listed)


def test_a_name_changed_is_not_found_by_the_old_one(cast: Cast) -> None:
    assert _found(cast.ana, "Maya")
    seen = cases.card(cast.ana, case=cast.maya)
    cases.change_card(
        cast.ana, case=cast.maya, card=replace(seen.said, chosen="Bulan"), seen=seen.piece
    )
    assert _found(cast.ana, "Bulan")
    assert not _found(cast.ana, "Maya")


def test_names_read_once_are_not_read_again_minutes_later(cast: Cast) -> None:
    _take_in(cast)
    ana = cast.ana
    with clock.frozen(clock.now() + 5 * index.OVERLAP):
        assert _found(ana, "Tala")
    with (
        clock.frozen(clock.now() + 10 * index.OVERLAP),
        CaptureQueriesContext(connection) as ran,
    ):
        search.warm(ana)
    asked = [query["sql"] for query in ran.captured_queries if "records_" in query["sql"]]
    # Which grants and which texts are new; of neither there is any.
    assert len(asked) == 2
