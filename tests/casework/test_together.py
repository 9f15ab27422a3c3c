"""Several commands in one transaction: all stand or none does, and each has its entry."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.access import traces
from tests.cast.cast import Cast
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base.errors import NotFound, Refusal
from tahanan.casework import cases, door, intake, operations, upkeep
from tahanan.casework.ledger.sealing import Sealer
from tahanan.records.vocabulary import DecidedBy, Status

THEN = operations.Happening(date(2019, 4, 2), date(2019, 4, 2))


@pytest.fixture
def watch() -> Any:
    watch = traces.Watch()
    yield watch
    watch.close()


def record(actor: Actor, cast: Cast) -> UUID:
    return intake.record_operation(
        actor, team=cast.team("casework"), happened=THEN, region="0700000000"
    )


def whole() -> bool:
    """The ledger sealed and examined, as the steward does."""
    with House().as_role("steward"):
        Sealer().turn(whole=True)
        return upkeep.verify().whole


def test_each_has_its_entry_and_the_chain_is_whole(cast: Cast, watch: Any) -> None:
    stood = traces.standing()
    with door.together():
        for _each in range(3):
            record(cast.ana, cast)
    said = watch.entries_since(stood)
    assert [each.outcome for each in said] == ["change"] * 3
    assert len({each.result for each in said}) == 3
    assert whole()


def test_sealed_meanwhile_it_is_whole_still(cast: Cast) -> None:
    assert whole()
    with door.together():
        record(cast.ana, cast)
        record(cast.ben, cast)
    record(cast.ana, cast)
    assert whole()


def test_one_refusal_leaves_everything_as_before_but_its_own_entry(cast: Cast, watch: Any) -> None:
    before, stood = watch.tables(), traces.standing()
    with pytest.raises(NotFound), door.together():
        record(cast.ana, cast)
        cases.decide_status(
            cast.ana, case=cast.luz, status=Status.VICTIM, decided_by=DecidedBy.COURT, decider="",
            from_on=date(2019, 4, 2),
        )  # fmt: skip
    assert watch.tables() == before
    said = watch.entries_since(stood)
    assert [(each.outcome, each.code) for each in said] == [("refused", "not-found")]
    record(cast.ana, cast)
    assert whole(), "the chain goes on where it stood"


@pytest.mark.parametrize("ends", [ValueError, KeyboardInterrupt])
def test_any_other_end_leaves_nothing_at_all(
    cast: Cast, watch: Any, ends: type[BaseException]
) -> None:
    before, stood = watch.tables(), traces.standing()
    with pytest.raises(ends), door.together():
        record(cast.ana, cast)
        raise ends
    assert watch.tables() == before
    assert watch.entries_since(stood) == []
    record(cast.ana, cast)
    assert whole()


def test_a_look_does_not_stand_among_them(cast: Cast) -> None:
    with pytest.raises(AssertionError, match="no command"), door.together():
        cases.card(cast.ana, case=cast.maya)


def test_it_begins_inside_nothing_else(cast: Cast) -> None:
    with pytest.raises(AssertionError, match="inside"), door.together(), door.together():
        pass


def test_the_same_line_again_gives_the_same_and_writes_nothing(cast: Cast, watch: Any) -> None:
    with door.together():
        first = record(cast.ana.once("line 1"), cast)
    before = watch.tables()
    with door.together():
        again = record(cast.ana.once("line 1"), cast)
    assert (again, watch.tables()) == (first, before)


def test_people_stay_behind_their_own_walls(cast: Cast) -> None:
    with pytest.raises(Refusal), door.together():
        record(cast.ana, cast)
        cases.decide_status(
            cast.fe, case=cast.maya, status=Status.VICTIM, decided_by=DecidedBy.COURT, decider="",
            from_on=date(2019, 4, 2),
        )  # fmt: skip
