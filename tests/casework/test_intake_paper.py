"""A night without power: numbered sheets, entered afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.casework.night import answer, ask, board, day, file, meet, rows
from tests.cast.cast import Cast

from tahanan.access.actor import Actor
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import Invalid
from tahanan.casework import door, intake
from tahanan.records.models import Installation

# -- paper --


def test_what_stood_on_paper_was_known_when_it_was_written(cast: Cast):
    written = clock.now() - timedelta(days=3)
    with clock.frozen(written - timedelta(days=1)):
        number = printed(cast.ana, cast)
    id = intake.open_intake(cast.ana, team=cast.team("casework"), pack=number)
    on = clock.manila_day(written)
    answer(cast.ana, id, "when", **day("happened", on))
    answer(cast.ana, id, "where", city="Carcar")
    meet(cast.ana, id, "Rowena")
    assert rows(cast.ana, intake=id)["cases"] == 0, "known was not asked yet"
    answer(cast.ana, id, "known", **day("known", on), known_hour="")
    (pane,) = board(cast.ana, id).panes
    (removal,) = file(cast.ana, case=pane.case)["removals"]
    assert removal.known_on == on
    ask(cast.ana, id, pane.id, "tonight", name="Rowena", sex="girl", age_years="16")
    known = [r.known_on for r in file(cast.ana, case=pane.case)["removals"]]
    assert sorted(known) == [on, clock.today()], "a correction is known when it is made"


def test_the_ledger_says_what_was_dated_back_and_by_which_pack(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    with clock.frozen(clock.now() - timedelta(days=2)):
        number = printed(cast.ana, cast)
    said: list[dict[str, object]] = []
    append = door.ledger.append

    def listen(visit: Visit, outcome: str, **more: object) -> None:
        said.append({"verb": visit.verb, **visit.details})
        append(visit, outcome, **more)

    monkeypatch.setattr(door.ledger, "append", listen)
    on = clock.today() - timedelta(days=1)
    id = intake.open_intake(cast.ana, team=cast.team("casework"), pack=number)
    for step, typed in (("when", day("happened", on)), ("known", day("known", on))):
        answer(cast.ana, id, step, **typed)
    answer(cast.ana, id, "where", city="Carcar")
    meet(cast.ana, id, "Rowena")
    filed = next(each for each in said if each["verb"] == "add_child")
    assert filed["pack"] == number
    assert clock.manila_day(datetime.fromisoformat(str(filed["known_at"]))) == on


def test_nothing_was_known_before_the_pack_was_printed(cast: Cast):
    number = printed(cast.ana, cast)
    id = intake.open_intake(cast.ana, team=cast.team("casework"), pack=number)
    before = clock.today() - timedelta(days=2)
    answer(cast.ana, id, "when", **day("happened", before))
    answer(cast.ana, id, "known", **day("known", before))
    assert [m.problem.code for m in board(cast.ana, id).standing.shared.mends] == [
        "before-printing"
    ]


def test_nothing_is_entered_into_days_that_are_closed(cast: Cast):
    with clock.frozen(clock.now() - timedelta(days=9)):
        number = printed(cast.ana, cast)
    Installation.objects.update(closed_until=clock.today() - timedelta(days=4))
    id = intake.open_intake(cast.ana, team=cast.team("casework"), pack=number)
    before = clock.today() - timedelta(days=5)
    answer(cast.ana, id, "when", **day("happened", before))
    answer(cast.ana, id, "known", **day("known", before))
    assert [m.problem.code for m in board(cast.ana, id).standing.shared.mends] == ["closed"]


def test_a_pack_of_another_team_or_of_nobody_is_refused(cast: Cast):
    number = printed(cast.fe, cast, "agapay")
    for wrong in (number, 0):
        with pytest.raises(Invalid):
            intake.open_intake(cast.ana, team=cast.team("casework"), pack=wrong)


def test_every_pack_has_a_number_of_its_own(cast: Cast):
    numbers = [printed(cast.ana, cast) for _ in range(12)]
    assert len(set(numbers)) == 12
    assert {pack.number for pack in intake.packs(cast.ana)} == set(numbers)


def printed(actor: Actor, cast: Cast, team: str = "casework") -> int:
    pack = intake.print_pack(actor, team=cast.team(team), sheets=12)
    return intake.pack(actor, pack=pack).number
