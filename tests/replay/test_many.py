"""A file of 5,000 commands loaded and counted, and refused line by line where it is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.cast.cast import Cast
from tests.house import House
from tests.replay import many
from tests.replay.lines import Said, run_of, source

from tahanan.casework import upkeep
from tahanan.casework.door import query
from tahanan.casework.figures import counting
from tahanan.casework.ledger.sealing import Sealer
from tahanan.measures.catalogue import EVERY
from tahanan.measures.periods import Period
from tahanan.records.models import Operation
from tahanan.replay.format import BadLine

# What the cast has of its own is of this year.
UNTIL = Period("until", None, date(2025, 12, 31))
LATE, EARLY = date(2026, 6, 30), date(2013, 1, 1)
CODES = (
    "victims_rescued", "aged_12_or_younger", "rescued_as_siblings", "rescued_or_safeguarded",
    "close_perpetrators", "persons_arrested", "arrests", "operations", "persons_convicted",
)  # fmt: skip


@query("count_for_test")
def counted(visit: Any, *, known_on: date) -> dict[str, tuple[int, int | None]]:
    """Measure → its count, and of how many."""
    found = {code: counting.count(EVERY[code], UNTIL, known_on) for code in CODES}
    return {code: (figure.count, figure.of) for code, figure in found.items()}


@query("operations_for_test")
def operations_here(visit: Any) -> int:
    """How many operations the actor's children came from, beside those of the cast."""
    return Operation.objects.filter(known_day__lte=UNTIL.last).count()


def wanted() -> dict[str, int]:
    """The same by the rules alone."""
    sums = many.sums()
    return {
        "victims_rescued": sums.victims, "aged_12_or_younger": sums.young,
        "rescued_as_siblings": sums.siblings, "rescued_or_safeguarded": sums.safe,
        "close_perpetrators": sums.close, "persons_arrested": sums.arrested,
        "arrests": sums.arrests, "operations": sums.operations,
        "persons_convicted": sums.convicted,
    }  # fmt: skip


# Where the file is made wrong (line → what is written there), in the order of what refuses it.
THEIRS = "child of another"
WRONG: dict[int, tuple[dict[str, Any], str, str]] = {
    60: ({"happened": "2999-01-01"}, "happened", "still ahead"),
    120: ({"born": 9}, "born", "looks like an age"),
    180: ({"child": "child-9-9"}, "child", "No earlier line"),
    240: ({"child": str(uuid4())}, "", "nothing here that you may see"),
    300: ({"child": THEIRS}, "", "nothing here that you may see"),
    360: ({"do": "correct_arrest", "child": "child-0-0", "arrest": "arrest-0",
             "happened": "2012-01-12", "known_at": "2012-05-05"}, "", "Somebody corrected"),
}  # fmt: skip


@pytest.mark.slow
def test_five_thousand_commands_are_loaded_and_counted(cast: Cast) -> None:
    held = source(*many.commands())
    run = run_of(cast.ana.importing(), cast, held)
    run.all_or_nothing(held, lambda _done: None)
    late = counted(cast.dora, known_on=LATE)
    assert {code: count for code, (count, _of) in late.items()} == wanted()
    sums = many.sums()
    assert late["aged_12_or_younger"][1] == sums.age_known
    assert late["rescued_as_siblings"][1] == sums.victims
    assert late["close_perpetrators"][1] == sums.kin_known
    early = counted(cast.dora, known_on=EARLY)
    assert 0 < early["victims_rescued"][0] < sums.victims
    with House().as_role("steward"):
        Sealer().turn(whole=True)
        assert upkeep.verify().whole


@pytest.mark.slow
def test_it_is_refused_line_by_line_where_it_is_wrong(cast: Cast) -> None:
    lines: list[Said] = list(many.commands())
    for number, (changed, _field, _reason) in sorted(WRONG.items()):
        line = dict(changed) if "do" in changed else _one_before(lines, number, changed) | changed
        lines.insert(
            number - 1, line | ({"child": str(cast.luz)} if line.get("child") == THEIRS else {})
        )
    for number, (_changed, field, reason) in WRONG.items():
        held = source(*lines)
        with pytest.raises(BadLine) as bad:
            run_of(cast.ana.importing(), cast, held).line_by_line(held, lambda _done: None)
        assert (bad.value.number, bad.value.field) == (number, field)
        assert reason in bad.value.reason
        lines[number - 1] = ""
    # The same beginning is the same file as far as it goes: what was done is not done again.
    held = source(*lines[:400])
    run = run_of(cast.ana.importing(), cast, held)
    run.line_by_line(held, lambda _done: None)
    assert run.done == 400 - len(WRONG)
    begun = sum(bool(line) and line["do"] == "record_operation" for line in lines[:400])
    assert operations_here(cast.ana) == begun


def _one_before(lines: list[Said], number: int, changed: dict[str, Any]) -> dict[str, Any]:
    """The nearest line before that says such a thing."""
    wanted = "record_child" if {"happened", "born"} & set(changed) else "decide_status"
    found = next(line for line in reversed(lines[:number]) if line and line["do"] == wanted)
    return dict(found)
