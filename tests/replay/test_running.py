"""A history brought in: all or nothing, or line by line; refused where it is wrong."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.access import traces
from tests.cast.cast import Cast
from tests.house import House
from tests.replay.lines import (
    CHILD,
    OPERATION,
    STATUS,
    bring_in,
    run_of,
    source,
)

from tahanan.base import clock
from tahanan.base.errors import Locked
from tahanan.casework import cases, door, justice, upkeep
from tahanan.casework.door import query
from tahanan.casework.ledger.sealing import Sealer
from tahanan.records.models import Case
from tahanan.replay import pages, running
from tahanan.replay.format import BadLine

SUSPECT = {
    "do": "name_suspect", "as": "him", "known_at": "2019-04-05", "child": "tala", "kin": "cousin",
    "happened": "2019-04-02", "minor": "no",
}  # fmt: skip
ARREST = {
    "do": "record_arrest", "as": "arrest", "known_at": "2019-04-05", "child": "tala",
    "suspect": "him", "happened": "2019-04-02", "operation": "raid",
}  # fmt: skip
AGAIN = {"do": "correct_arrest", "known_at": "2019-05-05", "child": "tala", "arrest": "arrest",
         "happened": "2019-04-03"}  # fmt: skip


@pytest.fixture
def watch() -> Any:
    watch = traces.Watch()
    yield watch
    watch.close()


@query("reference_for_test")
def reference_of(visit: Any, *, case: UUID) -> str:
    return Case.objects.values_list("reference", flat=True).get(id=case)


def bad(cast: Cast, *lines: Any, **how: Any) -> BadLine:
    with pytest.raises(BadLine) as refused:
        bring_in(cast.ana, cast, *lines, **how)
    return refused.value


def test_the_example_of_every_command_runs(cast: Cast) -> None:
    run = bring_in(cast.ana, cast, pages.example().strip())
    assert run.done == pages.example().count("\n")
    found = justice.justice(cast.ana, case=run.names["child-1"])
    assert len(found.suspects) == 1
    (same,) = (run.names["same-1"],)
    agree = {"do": "agree_same", "child": str(run.names["child-3"]), "same": str(same)}
    with pytest.raises(BadLine):
        bring_in(cast.ana, cast, agree)
    assert bring_in(cast.ben, cast, agree).done == 1, "another person agrees, in another file"
    with House().as_role("steward"):
        Sealer().turn(whole=True)
        assert upkeep.verify().whole


def test_with_shut_keys_a_file_that_only_makes_runs(cast: Cast) -> None:
    shut = cast.locked(cast.ana)
    run = bring_in(shut, cast, OPERATION, CHILD)
    assert cases.card(cast.ana, case=run.names["tala"]).said.chosen == "Tala"
    with pytest.raises(Locked):
        bring_in(shut, cast, OPERATION, CHILD, STATUS)


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (STATUS | {"child": str(uuid4())}, "", "nothing here that you may see"),
        (STATUS | {"child": "ZZZZ-9999"}, "child", "nothing here that you may see"),
        (STATUS | {"from": "2019-04-01"}, "from", "began later"),
        (STATUS | {"known_at": "2019-04-02"}, "known_at", "known later"),
        (ARREST | {"suspect": str(uuid4())}, None, ""),
        ({"do": "part_siblings", "child": "tala", "other": "tala"}, "other", "not drawn"),
        ({"do": "record_stay", "child": "tala", "home": "Nowhere", "from": "2019-04-03",
          "until": "2019-04-04", "end": "kin"}, "home", "nothing here that you may see"),
    ],
)  # fmt: skip
def test_a_bad_line_leaves_everything_as_before(
    cast: Cast, watch: Any, line: Any, field: str | None, reason: str
) -> None:
    before = watch.tables()
    refused = bad(cast, OPERATION, CHILD, line)
    assert refused.number == 3
    assert field is None or refused.field == field
    assert reason in refused.reason
    assert watch.tables() == before
    for value in ("Tala", "Cristala", "Malikhain", "ZZZZ-9999", "Nowhere"):
        assert value not in refused.sentence


def test_another_organisations_case_is_refused_in_the_words_of_an_unknown_one(cast: Cast) -> None:
    theirs = reference_of(cast.fe, case=cast.luz)
    for known, unknown in ((theirs, "ZZZZ-9999"), (str(cast.luz), str(uuid4()))):
        one, other = (bad(cast, STATUS | {"child": said}) for said in (known, unknown))
        assert one.sentence == other.sentence


def test_a_case_that_stands_is_named_by_its_reference(cast: Cast) -> None:
    hers = reference_of(cast.ana, case=cast.maya)
    today = STATUS | {"child": hers, "from": clock.today().isoformat()}
    del today["known_at"]
    bring_in(cast.ana, cast, today)


def test_a_second_successor_of_one_row_is_refused(cast: Cast) -> None:
    lines = (OPERATION, CHILD, SUSPECT, ARREST, AGAIN | {"as": "later"})
    refused = bad(cast, *lines, AGAIN)
    assert (refused.number, "first" in refused.reason) == (6, True)
    assert bring_in(cast.ana, cast, *lines, AGAIN | {"arrest": "later"}).done == 6


def test_line_by_line_it_goes_on_where_it_stopped(cast: Cast, watch: Any) -> None:
    lines = [OPERATION, CHILD, STATUS | {"from": "2019-04-01"}, SUSPECT]
    assert bad(cast, *lines, line_by_line=True).number == 3
    mended = [OPERATION, CHILD, STATUS, SUSPECT, ARREST]
    stood = traces.standing()
    run = bring_in(cast.ana, cast, *mended, line_by_line=True)
    assert run.done == 5
    said = [each.verb for each in watch.entries_since(stood)]
    assert said == ["decide_status", "name_suspect", "record_arrest"], "the first two stood"
    before = watch.tables()
    assert bring_in(cast.ana, cast, *mended, line_by_line=True).names == run.names
    assert watch.tables() == before


def test_the_same_file_again_does_nothing_twice(cast: Cast, watch: Any) -> None:
    first = bring_in(cast.ana, cast, OPERATION, CHILD)
    before = watch.tables()
    assert bring_in(cast.ana, cast, OPERATION, CHILD).names == first.names
    assert watch.tables() == before


def test_a_stop_in_the_middle_leaves_nothing_or_what_was_done(cast: Cast, watch: Any) -> None:
    lines = (OPERATION, CHILD, STATUS)
    held = source(*lines)
    before = watch.tables()

    def stop(done: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_of(cast.ana.importing(), cast, held).all_or_nothing(held, stop)
    assert watch.tables() == before
    with pytest.raises(KeyboardInterrupt):
        run_of(cast.ana.importing(), cast, held).line_by_line(held, stop)
    assert bring_in(cast.ana, cast, *lines, line_by_line=True).done == 3


def test_a_file_that_changes_while_it_is_read_is_refused(cast: Cast, watch: Any) -> None:
    held, other = source(OPERATION, CHILD), source(OPERATION)
    run = run_of(cast.ana.importing(), cast, held)
    before = watch.tables()
    with pytest.raises(BadLine, match="changed while it was read"):
        run.all_or_nothing(other, lambda _done: None)
    assert watch.tables() == before


def test_a_court_case_is_the_same_for_every_judgment_of_its_name(cast: Cast) -> None:
    trial = {"do": "record_judgment", "child": "tala", "suspect": "him", "happened": "2020-02-01",
             "charge": "trafficking", "outcome": "convicted", "level": "trial",
             "known_at": "2020-02-03", "court_case": "one"}  # fmt: skip
    appeal = trial | {"level": "appeal", "outcome": "reversed", "known_at": "2021-02-03",
                      "happened": "2021-02-01"}  # fmt: skip
    other = trial | {"court_case": "two", "level": "supreme"}
    run = bring_in(cast.ana, cast, OPERATION, CHILD, SUSPECT, trial, appeal, other)
    (suspect,) = justice.justice(cast.ana, case=run.names["tala"]).suspects
    dockets = [each.docket for each in suspect.judgments]
    assert (len(dockets), len(set(dockets))) == (3, 2)


def test_what_a_file_holds_stands_in_no_entry(cast: Cast, monkeypatch: Any) -> None:
    heard: list[str] = []
    append = door.ledger.append

    def listen(visit: Any, outcome: str, **more: object) -> None:
        heard.append(json.dumps([visit.details, more, visit.actor.run], default=str))
        append(visit, outcome, **more)

    monkeypatch.setattr(door.ledger, "append", listen)
    bring_in(cast.ana, cast, OPERATION, CHILD, STATUS | {"decider": "Hukom Malikhain"})
    assert len(heard) >= 3
    for value in ("Tala", "tala", "Cristala", "Malikhain"):
        assert not [each for each in heard if value in each]


def test_a_database_that_refuses_says_nothing_of_a_row(cast: Cast, monkeypatch: Any) -> None:
    from django.db import IntegrityError

    def refuse(*_args: Any) -> UUID:
        raise IntegrityError("Key (name)=(Malikhain) already exists.")

    monkeypatch.setattr(running.Run, "_do", refuse)
    refused = bad(cast, OPERATION)
    assert "Malikhain" not in refused.sentence
    assert refused.__cause__ is None
    assert refused.__suppress_context__
