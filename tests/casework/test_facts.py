"""Dated rows: what was known on a day is what a replay of everything said until then would give."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.cast.cast import Cast
from tests.house import House

from tahanan.base import clock
from tahanan.base.errors import Conflict, NotFound, Refusal
from tahanan.casework import facts, ledger
from tahanan.casework.door import command, query
from tahanan.casework.ledger.sealing import Sealer, last_seal
from tahanan.records.models import Contact, Installation
from tahanan.records.vocabulary import Kin

FIRST = date(2024, 2, 27)  # the days tried run over a leap day
# (what is done, whom it concerns, on which day, at which hour in Manila)
ACTS = some.lists(
    some.tuples(
        some.sampled_from(["add", "correct", "withdraw"]),
        some.integers(0, 3),
        some.integers(0, 6),
        some.sampled_from([0, 1, 7, 12, 23]),
    ),
    max_size=12,
)


def at(day: int, hour: int) -> datetime:
    """An hour of one of the days, in Manila."""
    return datetime.combine(FIRST + timedelta(days=day), time(hour, 30), clock.MANILA)


@command("add_for_test")
def add(visit, *, case, kin):
    return facts.add(
        visit, Contact, case_id=case, kin=kin, may_decide=False, may_be_told=False, from_on=FIRST
    )


@command("correct_for_test")
def correct(visit, *, row, told):
    return facts.correct(visit, Contact, row, may_be_told=told)


@command("withdraw_for_test")
def withdraw(visit, *, row):
    return facts.withdraw(visit, Contact, row)


@query("known_for_test")
def known(visit, *, case, day):
    rows = facts.known_on(Contact, day).filter(case=case)
    return {(row.kin, row.may_be_told) for row in rows}


@query("standing_for_test")
def standing(visit, *, case):
    rows = facts.standing(Contact).filter(case=case)
    return {(row.kin, row.may_be_told) for row in rows}


class Replay:
    """The plain oracle: every statement kept with its instant, and replayed to a day."""

    def __init__(self) -> None:
        self.said: list[tuple[datetime, str, bool | None]] = []

    def until(self, day: date) -> set[tuple[str, bool]]:
        """What holds when all that was said by the end of `day` in Manila is replayed."""
        holds: dict[str, bool] = {}
        for instant, kin, told in sorted(self.said, key=lambda each: each[0]):
            if clock.manila_day(instant) > day:
                continue
            if told is None:
                holds.pop(kin, None)
            else:
                holds[kin] = told
        return set(holds.items())


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS, asked=some.lists(some.integers(-1, 8), min_size=1, max_size=4))
def test_known_on_a_day_equals_a_replay_of_everything_said(
    cast: Cast, acts: list[tuple[str, int, int, int]], asked: list[int]
) -> None:
    ana, replay = cast.ana, Replay()
    case = _fresh_case(cast)
    rows: dict[int, tuple[UUID, bool]] = {}
    for count, (what, who, day, hour) in enumerate(sorted(acts, key=lambda act: act[2:])):
        instant = at(day, hour) + timedelta(seconds=count)
        kin = list(Kin)[who]
        with clock.frozen(instant):
            if what == "add" and who not in rows:
                rows[who] = (add(ana, case=case, kin=kin), False)
                replay.said.append((instant, kin, False))
            elif what == "correct" and who in rows:
                row, told = rows[who]
                rows[who] = (correct(ana, row=row, told=not told), not told)
                replay.said.append((instant, kin, not told))
            elif what == "withdraw" and who in rows:
                withdraw(ana, row=rows.pop(who)[0])
                replay.said.append((instant, kin, None))
    for day in {*asked, 8}:
        on = FIRST + timedelta(days=day)
        assert known(ana, case=case, day=on) == replay.until(on)
    assert standing(ana, case=case) == replay.until(FIRST + timedelta(days=8))


def _fresh_case(cast: Cast) -> UUID:
    """A case of its own for every example: the rows of the last are not this one's."""
    from tests.cast.children import in_operation, remove

    from tahanan.base.names import LegalName
    from tahanan.casework.cases import Card
    from tahanan.casework.operations import Happening

    day = clock.today()
    operation = remove(
        cast.ana,
        team=cast.team("casework"),
        children=((Card(chosen="Alon"), LegalName("Alon", "", "Reyes")),),
        happened=Happening(day, day),
    )
    return in_operation(cast.ana, operation=operation)[0]


def test_a_day_ends_at_midnight_in_manila_and_not_in_london(cast: Cast) -> None:
    ana, maya = cast.ana, cast.maya
    with clock.frozen(at(0, 23)):
        add(ana, case=maya, kin=Kin.PARENT)
    with clock.frozen(at(1, 0)):
        add(ana, case=maya, kin=Kin.GUARDIAN)
    assert known(ana, case=maya, day=FIRST) == {(Kin.PARENT, False)}
    assert len(known(ana, case=maya, day=FIRST + timedelta(days=1))) == 2


def test_two_who_correct_one_row_cannot_both_follow_it(cast: Cast) -> None:
    row = add(cast.ana, case=cast.maya, kin=Kin.PARENT)
    correct(cast.ana, row=row, told=True)
    with pytest.raises(Conflict):
        correct(cast.ben, row=row, told=True)
    with pytest.raises(Conflict):
        withdraw(cast.ben, row=row)


def test_a_row_that_is_nowhere_cannot_be_corrected(cast: Cast) -> None:
    with pytest.raises(NotFound):
        correct(cast.ana, row=UUID(int=7), told=True)


def test_nothing_is_added_to_days_that_are_closed(cast: Cast) -> None:
    _close(cast, FIRST + timedelta(days=3))
    with clock.frozen(at(3, 12)), pytest.raises(Refusal) as refused:
        add(cast.ana, case=cast.maya, kin=Kin.PARENT)
    assert refused.value.code == "closed"
    with clock.frozen(at(4, 0)):
        assert add(cast.ana, case=cast.maya, kin=Kin.PARENT)


def test_when_it_was_recorded_is_always_the_server_s_own_clock(cast: Cast) -> None:
    before = clock.real()
    with clock.frozen(at(0, 7)):
        row = add(cast.ana, case=cast.maya, kin=Kin.PARENT)
    assert recorded(cast.ana, row=row) >= before


def test_a_clock_that_was_set_back_records_nothing_behind_the_last_seal(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with House().as_role("steward"):
        Sealer().turn()
        seal = last_seal()
    assert seal is not None
    real = clock.real
    monkeypatch.setattr(clock, "real", lambda: real() - timedelta(hours=3))
    row = add(cast.ana, case=cast.maya, kin=Kin.PARENT)
    again = correct(cast.ana, row=row, told=True)
    for each in (row, again):
        assert recorded(cast.ana, row=each) >= ledger.moment(seal.at)


@query("recorded_for_test")
def recorded(visit, *, row):
    return Contact.objects.values_list("recorded_at", flat=True).get(id=row)


def _close(cast: Cast, day: date) -> Any:
    return Installation.objects.update(closed_until=day)
