"""Home shows a supervisor what falls due among all that her teams hold, the soonest first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.homes import child, rows, take_in
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.casework import child_page, home
from tahanan.casework.legal_basis import Authority, record_basis
from tahanan.records.models import Clock
from tahanan.records.vocabulary import BasisKind, Compartment, Purpose, Sex


def _ends(cast: Cast, by: str, team: str, name: str, days: int) -> None:
    """A child taken in, whose consent ends in so many days."""
    (case,) = take_in(cast, [child(name, Sex.GIRL, 9)], by, team)
    record_basis(
        getattr(cast, by), cases=(case,), kind=BasisKind.CONSENT,
        compartments=(Compartment.CARE,), purpose=Purpose.CARE,
        authority=Authority("Lola Ising", "Grandmother", "In writing"),
        from_on=clock.today(), until_on=clock.today() + timedelta(days=days),
    )  # fmt: skip


def _due(shown: home.Home) -> list[str]:
    return [due.child.card.chosen for due in (*shown.due, *shown.coming)]


@pytest.mark.parametrize("few", [home.FEW, 0])
def test_a_supervisor_sees_what_ends_soonest_in_her_teams_and_nothing_of_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(home, "FEW", few)
    for name, days in (("Tala", 5), ("Mayumi", 2), ("Ligaya", 4)):
        _ends(cast, "ana", "casework", name, days)
    _ends(cast, "fe", "agapay", "Hiraya", 3)
    mine = {"Tala", "Mayumi", "Ligaya"}
    assert [name for name in _due(home.home(cast.ben)) if name in mine] == [
        "Mayumi", "Ligaya", "Tala",
    ]  # fmt: skip
    assert "Hiraya" not in _due(home.home(cast.ben))


@pytest.mark.sqlite
def test_where_her_teams_hold_many_what_falls_due_is_read_in_its_order(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "FEW", 0)
    ben = cast.ben
    with CaptureQueriesContext(connection) as ran:
        home.home(ben)
    (asked,) = [
        query["sql"] for query in ran if "EXISTS" in query["sql"] and "clock" in query["sql"]
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "clock_due" in plan
    assert "SCAN records_clock" not in plan.replace("SCAN records_clock USING INDEX clock_due", "")
    assert "TEMP B-TREE" not in plan


def test_the_clocks_that_are_closed_stand_in_no_list(cast: Cast) -> None:
    _ends(cast, "ana", "casework", "Tala", 5)
    assert "Tala" in _due(home.home(cast.ben))
    rows(lambda: Clock.objects.update(closed_on=clock.today()))
    assert _due(home.home(cast.ben)) == []


def test_who_opened_the_same_again_stands_once_with_the_last_time(cast: Cast) -> None:
    for part in (Compartment.CARE, Compartment.CARE, Compartment.HEALTH):
        child_page.opened(cast.ben, case=cast.maya, part=part)
    seen = [look for look in home.home(cast.ana).looked if look.who == cast.ben.name]
    assert len({(look.child.case, look.compartments) for look in seen}) == len(seen)
    assert len([look for look in seen if "care" in look.compartments]) == 1
    assert seen == sorted(seen, key=lambda look: look.at, reverse=True)
