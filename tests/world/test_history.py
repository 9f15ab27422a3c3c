"""The history of the demonstration, lived through the door: the measures count what was planned."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from tests.cli.command_line import tahanan
from tests.house import House
from tests.world import whole
from tests.world.facts import come_in
from tests.world.recount import recount

from tahanan.base import clock
from tahanan.casework import home, operations
from tahanan.measures.periods import ALL, LOCKDOWN, Period
from tahanan.records import models
from tahanan.world.cast import accounts
from tahanan.world.history.targets import CHECKPOINT_ON, DECK, DECK_ON, near

PERIODS = (ALL, LOCKDOWN, Period("2016", date(2016, 1, 1), date(2016, 12, 31)))


@pytest.fixture
def world(snapshot: Callable[..., Any]) -> None:
    """The demonstration whole."""
    snapshot(whole.WHOLE, whole.build_whole)


@pytest.mark.slow
def test_as_known_on_the_published_day_the_figures_are_the_published_ones(world: None) -> None:
    then, locked = whole.counted(DECK_ON), whole.counted(DECK_ON, LOCKDOWN)
    assert (then.victims, then.siblings) == (669, 254)
    assert then.young == (284, 657)
    assert then.close == (193, 301)
    assert then.kin_unknown == 27
    assert (then.arrested, then.operations, then.convicted) == (256, 208, 90)
    assert (locked.safe, locked.arrested, locked.operations, locked.convicted) == (76, 16, 20, 3)
    first = whole.counted(CHECKPOINT_ON)
    assert (first.operations, first.victims, first.convicted) == (44, 165, 7)
    assert first.arrested == first.arrests == 78


@pytest.mark.slow
@pytest.mark.parametrize(
    "known",
    [CHECKPOINT_ON, date(2014, 6, 30), date(2018, 12, 31), date(2020, 3, 14), DECK_ON,
     date(2022, 1, 31), whole.UNTIL - timedelta(days=1)],
)  # fmt: skip
def test_on_any_day_the_measures_count_what_the_plan_says(world: None, known: date) -> None:
    plan = whole.planned()
    for period in PERIODS:
        first, last = period.first or date.min, period.last or date.max
        assert whole.counted(known, period) == recount(plan, known, first, last), period.code


@pytest.mark.slow
def test_the_tenth_of_march_corrected_moves_lockdown_only_as_known_after(world: None) -> None:
    known, after = DECK_ON, clock.real().astimezone(clock.MANILA).date()
    before, now = whole.counted(known, LOCKDOWN), whole.counted(after, LOCKDOWN)
    _correct_the_tenth()
    assert whole.counted(known, LOCKDOWN) == before
    moved = whole.counted(after, LOCKDOWN)
    assert (moved.safe, moved.victims) == (now.safe + 1, now.victims + 1)
    assert (moved.operations, moved.arrested) == (now.operations, now.arrested)


def _correct_the_tenth() -> None:
    """The one child of 10 March 2020 was brought to safety on the 20th."""
    tenth = date(2020, 3, 10)
    with House().as_role("owner"):
        case, removal = models.Removal.objects.values_list("case", "id").get(
            happened_on=tenth, happened_until=tenth, replaced_at=None
        )
    team = next(c.team for c in whole.planned().children.values() if c.days.first == tenth)
    key = whole.manager(team)
    who = next(a for a in accounts(whole.SEED, history=True) if a.key == key)
    actor = come_in(who.sign_in, who.passphrase, who.totp_secret)
    twentieth = operations.Happening(date(2020, 3, 20), date(2020, 3, 20))
    operations.correct_removal(actor, case=case, removal=removal, happened=twentieth)


@pytest.mark.slow
def test_one_row_in_twenty_was_known_more_than_a_month_after(world: None) -> None:
    dated = (models.Operation, models.Removal, models.Arrest, models.Judgment)
    with House().as_role("owner"):
        rows = [
            pair
            for model in dated
            for pair in model._default_manager.filter(replaces=None).values_list(
                "happened_until", "known_day"
            )
        ]
    late = [1 for happened, known in rows if (known - happened).days > 31]
    assert len(late) >= 0.05 * len(rows)


@pytest.mark.slow
def test_each_agency_holds_its_own_children_and_the_office_only_its_nights(world: None) -> None:
    seen = {}
    for account in accounts(whole.SEED, history=True):
        if account.key in ("norma", "lorna", "perla", "fe"):
            actor = come_in(account.sign_in, account.passphrase, account.totp_secret)
            page = home.caseload(actor)
            seen[account.key] = {child.seen.card.chosen for child in page.children}
    planned = {
        child.given for child in whole.planned().children.values() if child.team == "tanglaw"
    }
    assert seen["norma"] <= planned
    assert "Maya" in seen["lorna"]
    assert all(len(seen[key]) < 70 for key in ("lorna", "perla", "fe"))


@pytest.mark.slow
def test_two_reports_were_published_on_the_morning_after(world: None) -> None:
    with House().as_role("owner"):
        rows = models.Publication.objects.order_by("known_on").values_list(
            "report", "known_on", "published_on"
        )
        assert list(rows) == [
            ("deck", day, day + timedelta(days=1)) for day in (CHECKPOINT_ON, DECK_ON)
        ]


@pytest.mark.slow
def test_the_command_reports_the_published_figures_to_the_digit(world: None) -> None:
    House().close()
    ran = tahanan("report", "deck", "--as-of", "2020-09-02", "--format", "json")
    assert ran.code == 0, ran.complained
    rows = {(r["measure"], r["period"]): r for r in json.loads(ran.said) if r["part"] == ""}
    counts = {
        ("victims_rescued", "all"): 669, ("persons_arrested", "all"): 256,
        ("operations", "all"): 208, ("persons_convicted", "all"): 90,
        ("rescued_or_safeguarded", "lockdown"): 76, ("persons_arrested", "lockdown"): 16,
        ("operations", "lockdown"): 20, ("persons_convicted", "lockdown"): 3,
    }  # fmt: skip
    assert {key: rows[key]["n"] for key in counts} == counts
    shares = {"aged_12_or_younger": 43, "close_perpetrators": 64, "rescued_as_siblings": 38}
    assert {code: rows[code, "all"]["percent"] for code in shares} == shares


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 5, 8, 13, 21])
def test_a_world_near_the_published_one_has_its_own_figures(house: House, seed: int) -> None:
    figures = near(DECK, seed, 0.06)
    whole.build_thin(seed, figures)
    plan = whole.planned(seed, figures)
    for known in (CHECKPOINT_ON, DECK_ON):
        for period in (ALL, LOCKDOWN):
            first, last = period.first or date.min, period.last or date.max
            assert whole.counted(known, period) == recount(plan, known, first, last)
    then = whole.counted(DECK_ON)
    assert (then.victims, then.operations) == (figures.victims, figures.operations)
    assert datetime.combine(DECK_ON, time(), clock.MANILA) < clock.real()
