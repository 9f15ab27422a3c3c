"""The child's page: who sees what of it, what it costs, and that each look is written down."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.casework import child_page, notes
from tahanan.casework.child_page import Passed
from tahanan.casework.door import command
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Compartment


def today() -> Happening:
    return Happening(clock.today(), clock.today())


def statements(act: Any) -> list[str]:
    """The SQL that `act` runs, without BEGIN and COMMIT."""
    with CaptureQueriesContext(connection) as caught:
        act()
    return [
        query["sql"]
        for query in caught.captured_queries
        if not query["sql"].startswith(("BEGIN", "COMMIT", "ROLLBACK"))
    ]


def test_ana_sees_the_child_first_then_her_way_and_every_pane_closed(cast: Cast) -> None:
    page = child_page.child(cast.ana, case=cast.maya)
    assert page.card is not None
    assert page.card.card.chosen == "Maya"
    assert page.holders.manager == "Ana Reyes"
    assert page.holders.mine
    assert page.holders.supervisors == ("Ben Torres",)
    assert page.opened is None
    assert [pane.compartment for pane in page.panes if not pane.why_not] == [
        Compartment.IDENTITY,
        Compartment.CARE,
        Compartment.HEALTH,
        Compartment.JUSTICE,
        Compartment.WHEREABOUTS,
    ]
    assert [step.passed for step in page.way] == [
        Passed.DONE, Passed.NOW, Passed.AHEAD, Passed.AHEAD, Passed.AHEAD, Passed.AHEAD,
    ]  # fmt: skip
    assert [sibling.seen.card.chosen for sibling in page.siblings] == ["Jun-jun"]
    assert page.updated is not None


def test_the_page_takes_few_statements_however_long_the_case(cast: Cast) -> None:
    ana, maya = cast.ana, cast.maya
    child_page.child(ana, case=maya)
    short = statements(lambda: child_page.child(ana, case=maya))
    _many_notes(ana, case=maya, count=300)
    long = statements(lambda: child_page.child(ana, case=maya))
    assert len(long) == len(short)
    assert len(long) <= 20


@command("write_notes")
def _many_notes(visit, *, case, count):
    for number in range(count):
        notes.add(visit, case, Compartment.CARE, f"Visit {number}", today())
    return case
