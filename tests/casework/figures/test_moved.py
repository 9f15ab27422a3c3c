"""Why a figure moved: each one who came or went between two days as known has exactly one cause."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.casework.figures.histories import Child, History, suspect

from tahanan.casework.figures import counting
from tahanan.casework.figures.moved import causes
from tahanan.casework.figures.shapes import Cause
from tahanan.measures.catalogue import EVERY, MEASURES
from tahanan.measures.periods import ALL, LOCKDOWN, Period, year
from tahanan.records.vocabulary import CourtLevel, Outcome, Status

BEFORE, AFTER = date(2020, 3, 31), date(2020, 9, 2)
OLD, NEW, NOW = date(2020, 3, 20), date(2020, 5, 8), date(2020, 6, 1)
KNOWN = date(2020, 3, 25)


def why(
    measure: str, period: Period = ALL, before: date = BEFORE, after: date = AFTER
) -> dict[Cause, int]:
    """Each cause that moved it, and by how much."""
    return {cause: n for cause, n in causes(EVERY[measure], period, before, after).items() if n}


def test_a_child_removed_after_the_first_day_is_new(history: History) -> None:
    history.victim(NEW, NOW)
    assert why("victims_rescued") == {Cause.NEW: 1}


def test_a_child_removed_before_and_recorded_after_is_late(history: History) -> None:
    history.victim(OLD, NOW)
    assert why("victims_rescued") == {Cause.LATE: 1}


def test_a_late_decision_on_an_old_removal_is_late(history: History) -> None:
    history.decide(history.rescued(OLD, KNOWN), date(2020, 3, 28), NOW)
    assert why("victims_rescued") == {Cause.LATE: 1}


@pytest.mark.parametrize("known", [KNOWN, NOW])
def test_a_decision_that_was_made_after_the_first_day_is_new(history: History, known: date) -> None:
    """… however old the removal, and though that too was recorded late."""
    history.decide(history.rescued(OLD, known), NEW, NOW)
    assert why("victims_rescued") == {Cause.NEW: 1}


def test_a_child_found_after_all_not_to_be_a_victim_goes_by_that_decision(history: History) -> None:
    for from_on in (NEW, date(2020, 3, 28)):
        history.decide(history.victim(OLD, KNOWN), from_on, NOW, Status.NOT_VICTIM)
    assert why("victims_rescued") == {Cause.NEW: -1, Cause.LATE: -1}


def test_a_corrected_day_moves_a_child_into_the_period_or_out_of_it(history: History) -> None:
    inside, outside = date(2020, 3, 20), date(2020, 3, 10)
    for known, said, then in ((KNOWN, outside, inside), (KNOWN, outside, inside),
                              (KNOWN, inside, outside)):  # fmt: skip
        child = history.victim(said, known)
        history.correct(child.removal, NOW, happened_on=then, happened_until=then)
    assert why("victims_rescued", LOCKDOWN) == {Cause.CORRECTED_IN: 2, Cause.CORRECTED_OUT: -1}
    assert why("victims_rescued") == {}


def test_a_correction_corrected_again_moved_nobody(history: History) -> None:
    child = history.victim(OLD, KNOWN)
    early = date(2020, 3, 10)
    wrong = history.correct(child.removal, NOW, happened_on=early, happened_until=early)
    history.correct(wrong, NOW, happened_on=OLD, happened_until=OLD)
    assert why("victims_rescued", LOCKDOWN) == {}


def test_a_removal_taken_back_goes_by_a_correction(history: History) -> None:
    history.correct(history.victim(OLD, KNOWN).removal, NOW, withdrawn=True)
    assert why("victims_rescued") == {Cause.CORRECTED_OUT: -1}


def test_who_was_removed_before_as_is_learned_late_goes_for_that(history: History) -> None:
    child = history.victim(OLD, KNOWN)
    history.removal(child.case, date(2019, 7, 1), NOW)
    assert why("victims_rescued", LOCKDOWN) == {Cause.LATE: -1}


def test_a_corrected_first_arrest_is_no_new_one_though_he_was_arrested_again(
    history: History,
) -> None:
    man = suspect()
    first = history.arrest(man, date(2020, 3, 10), KNOWN)
    history.correct(first, NOW, happened_on=OLD, happened_until=OLD)
    history.arrest(man, NEW, NOW)
    assert why("persons_arrested", LOCKDOWN) == {Cause.CORRECTED_IN: 1}
    assert why("arrests", LOCKDOWN) == {Cause.CORRECTED_IN: 1, Cause.NEW: 1}


def test_two_records_that_are_one_child_are_joined_and_parted_again(history: History) -> None:
    one, other = history.victim(OLD, KNOWN), history.victim(OLD, KNOWN)
    joined = history.join(one, other, NOW)
    assert why("victims_rescued") == {Cause.JOINED: -1}
    history.correct(joined, date(2020, 10, 1), withdrawn=True)
    assert why("victims_rescued", before=AFTER, after=date(2020, 10, 31)) == {Cause.PARTED: 1}
    assert why("victims_rescued", before=BEFORE, after=date(2020, 10, 31)) == {}


def test_a_child_entered_twice_and_joined_between_the_days_moves_nothing(history: History) -> None:
    history.join(history.victim(OLD, KNOWN), history.victim(OLD, NOW), NOW)
    assert why("victims_rescued") == {}


def test_a_late_brother_makes_an_old_rescue_one_of_siblings(history: History) -> None:
    raid = history.operation(OLD, KNOWN)
    one, other = (history.victim(OLD, KNOWN, operation=raid) for _ in range(2))
    third = history.decide(history.rescued(OLD, KNOWN, operation=raid), NEW, NOW)
    history.siblings(one, other, NOW)
    history.siblings(one, third, KNOWN)
    assert why("victims_rescued") == {Cause.NEW: 1}
    # The link is learned late; the third, who was drawn before, is a victim since May.
    assert why("rescued_as_siblings") == {Cause.LATE: 2, Cause.NEW: 1}


def test_a_conviction_reversed_on_appeal_goes_by_the_appeal(history: History) -> None:
    man, docket = suspect(), uuid4()
    history.judgment(man, docket, OLD, KNOWN)
    history.judgment(man, docket, NEW, NOW, Outcome.REVERSED, CourtLevel.APPEAL)
    assert why("persons_convicted") == {Cause.NEW: -1}


# ── any history ─────────────────────────────────────────────────────────────────────────────


def a_day(rng: random.Random) -> date:
    return date(2019, 11, 1) + timedelta(days=rng.randrange(330))


def happening(rng: random.Random, history: History, children: list[Child]) -> None:
    """One more thing that happens or is learned, whatever stands."""
    known = a_day(rng)
    happened = min(known, a_day(rng))
    acts: list[Callable[[], object]] = [
        lambda: children.append(history.victim(happened, known)),
        lambda: children.append(history.rescued(happened, known)),
    ]
    if len(children) > 1:
        one, other = rng.sample(children, 2)
        acts += [
            lambda: decided(history, one, happened, known, rng),
            lambda: corrected(history, one, known, happened_on=happened, happened_until=happened),
            lambda: corrected(history, one, known, withdrawn=True),
            lambda: history.removal(one.case, happened, known),
            lambda: together(history, one, other, known, rng),
        ]
    rng.choice(acts)()


def decided(history: History, child: Child, day: date, known: date, rng: random.Random) -> None:
    """Decided anew, never before the status that stands."""
    day = max(day, child.status.from_on)
    history.decide(child, day, max(day, known, child.status.known_day), rng.choice([*Status]))


def corrected(history: History, child: Child, known: date, **how: Any) -> None:
    """Her removal corrected or taken back, while it stands."""
    if not child.removal.withdrawn:
        child.removal = history.correct(child.removal, known, **how)


def together(history: History, one: Child, other: Child, known: date, rng: random.Random) -> None:
    """Two joined, once; and parted again, perhaps."""
    if one.case.survivor_id in JOINED or other.case.survivor_id in JOINED:
        return
    JOINED.update((one.case.survivor_id, other.case.survivor_id))
    joined = history.join(one, other, known)
    if rng.random() < 0.5:
        history.correct(joined, known + timedelta(days=rng.randrange(90)), withdrawn=True)


JOINED: set[object] = set()


@pytest.mark.parametrize("seed", range(6))
def test_in_any_history_the_causes_add_up_exactly(history: History, seed: int) -> None:
    rng = random.Random(seed)
    JOINED.clear()
    children: list[Child] = []
    for _ in range(60):
        happening(rng, history, children)
    for _ in range(5):
        before, after = sorted((a_day(rng), a_day(rng) + timedelta(days=1)))
        for code in ("victims_rescued", "rescued_or_safeguarded", "rescued_as_siblings"):
            for period in (ALL, LOCKDOWN, year(2020)):
                was, now = (
                    counting.count(MEASURES[code], period, day).count for day in (before, after)
                )
                moved = causes(MEASURES[code], period, before, after)
                assert sum(moved.values()) == now - was, (seed, code, period, before, after)
                keys = (set(counting.keys(MEASURES[code], period, day)) for day in (before, after))
                assert sum(map(abs, moved.values())) <= len(set.symmetric_difference(*keys))
