"""The plan of the history: for every seed it comes to its figures, with no database asked."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from tests.world.recount import Recount, recount

from tahanan.base.ages import BANDS
from tahanan.records.vocabulary import (
    Answer,
    Bond,
    CourtLevel,
    HowSafe,
    OperationKind,
    Outcome,
    Part,
    Plea,
    Sentence,
    Status,
    SuspectKin,
)
from tahanan.world.history.planner import plan
from tahanan.world.history.shapes import Child, History
from tahanan.world.history.targets import (
    CHECKPOINT_ON,
    DECK,
    DECK_ON,
    LOCKDOWN_FROM,
    Targets,
    near,
    targets,
)

UNTIL = date(2026, 1, 20)
AFTER = date(2026, 1, 19)


def deck_of(seed: int, figures: Targets | None = None) -> History:
    return plan(seed, UNTIL, figures)


def comes_to(history: History, figures: Targets) -> None:
    """The three counts that a plan is made for equal what was asked of it."""
    then = recount(history, DECK_ON)
    assert then.victims == figures.victims
    assert [then.ages.get(band.code, 0) for band in BANDS] == list(figures.ages)
    assert then.young == (sum(figures.ages[:4]), sum(figures.ages))
    assert then.siblings == figures.siblings
    assert then.close == (figures.close, figures.close + figures.not_close)
    assert then.kin_unknown == figures.kin_unknown
    assert (then.operations, then.arrested) == (figures.operations, figures.arrested)
    assert then.convicted == figures.convicted
    locked = recount(history, DECK_ON, LOCKDOWN_FROM, DECK_ON)
    assert (locked.operations, locked.safe) == (
        figures.lockdown.operations, figures.lockdown.rescued,
    )  # fmt: skip
    assert (locked.arrested, locked.convicted) == (
        figures.lockdown.arrested, figures.lockdown.convicted,
    )  # fmt: skip
    first, point = recount(history, CHECKPOINT_ON), figures.checkpoint
    assert (first.operations, first.victims) == (point.operations, point.rescued)
    assert first.arrested == first.arrests == point.arrested
    assert first.convicted == point.convicted


def test_the_published_seed_comes_to_the_published_figures() -> None:
    history = deck_of(2011)
    comes_to(history, DECK)
    then = recount(history, DECK_ON)
    assert then.victims == 669
    assert then.young == (284, 657)
    assert then.close == (193, 301)
    assert (then.arrested, then.operations, then.convicted) == (256, 208, 90)
    locked = recount(history, DECK_ON, LOCKDOWN_FROM, DECK_ON)
    assert (locked.safe, locked.arrested, locked.operations, locked.convicted) == (76, 16, 20, 3)
    first = recount(history, CHECKPOINT_ON)
    assert (first.operations, first.victims, first.arrests, first.convicted) == (44, 165, 78, 7)


@pytest.mark.parametrize("seed", range(30))
def test_any_other_seed_comes_to_figures_near_but_its_own(seed: int) -> None:
    figures = targets(seed)
    comes_to(deck_of(seed), figures)
    assert figures != DECK


@pytest.mark.parametrize("seed", range(30, 60))
def test_a_thin_world_comes_to_its_figures(seed: int) -> None:
    figures = near(DECK, seed, 0.08)
    comes_to(deck_of(seed, figures), figures)


def test_the_same_seed_gives_the_same_plan_and_another_another() -> None:
    assert repr(deck_of(2011)) == repr(deck_of(2011))
    one, other = deck_of(2011), deck_of(7)
    assert names(one) & names(other) < names(one)
    assert len(names(one) & names(other)) < len(names(one)) // 10


def test_what_was_published_is_the_same_on_whichever_day_it_is_told() -> None:
    one, other = (
        [repr(child) for child in plan(2011, until).children.values() if child.known <= DECK_ON]
        for until in (UNTIL, UNTIL + timedelta(days=90))
    )
    assert one == other


def names(history: History) -> set[tuple[str, str, str]]:
    return {(c.given, c.middle, c.surname) for c in history.children.values()}


def test_figures_between_the_two_days_grow_and_never_contradict_themselves() -> None:
    history = deck_of(2011)
    day, before = CHECKPOINT_ON, recount(history, CHECKPOINT_ON)
    while day < DECK_ON:
        day += timedelta(days=61)
        now = recount(history, day)
        consistent(now)
        assert now.victims >= before.victims - 3
        before = now
    consistent(recount(history, date(2020, 3, 14)))


def consistent(now: Recount) -> None:
    assert sum(now.ages.values()) == now.victims
    assert now.young[1] + now.ages.get("unknown", 0) >= now.victims
    assert now.siblings <= now.victims
    assert now.arrested <= now.arrests
    assert now.convicted <= now.arrested


@pytest.mark.parametrize("seed", [2011, *range(1, 12)])
def test_nothing_is_known_before_it_happened_or_before_what_it_rests_on(seed: int) -> None:
    history = deck_of(seed)
    for child in history.children.values():
        known = [verdict.known for verdict in child.verdicts]
        assert child.days.last <= child.known <= min(known, default=child.known)
        assert known == sorted(known)
        assert all(verdict.from_on <= verdict.known for verdict in child.verdicts)
        assert all(each.known >= child.known for each in (*child.moved, *child.reborn))
    for tie in history.ties:
        both = (history.children[tie.one], history.children[tie.other])
        assert tie.known >= max(child.known for child in both)
    named = {}
    for suspect in history.suspects.values():
        for naming in suspect.namings:
            assert naming.known >= history.children[naming.child].known
        named[suspect.key] = min(naming.known for naming in suspect.namings)
    for row in (*history.arrests, *history.judgments):
        assert row.known >= max(named[row.suspect], row.days.last)
    for judged in history.judgments:
        assert judged.days.last >= named[judged.suspect]


# ── what a history has in it ────────────────────────────────────────────────────────────────


def test_every_kind_of_operation_and_child_is_there() -> None:
    history = deck_of(2011)
    children = list(history.children.values())
    assert {raid.kind for raid in history.raids} == set(OperationKind)
    assert any(not raid.supported for raid in history.raids)
    brought = {child.raid for child in children}
    bare = [raid for raid in history.raids if raid.key not in brought]
    arrested_in = {arrest.raid for arrest in history.arrests}
    assert any(raid.key in arrested_in for raid in bare)
    assert any(raid.key not in arrested_in for raid in bare)
    assert len({child.region for child in children}) >= 8
    assert len({child.team for child in children}) == 6
    assert {child.how for child in children} == set(HowSafe)
    assert any(child.raid is None for child in children)
    assert any(not child.supported for child in children)
    assert any(not child.verdicts for child in children)
    decided = [[verdict.status for verdict in child.verdicts] for child in children]
    assert [Status.VICTIM, Status.NOT_VICTIM] in decided
    assert [Status.NOT_VICTIM] in decided


def test_what_is_known_in_part_or_late_or_mended_is_there() -> None:
    history = deck_of(2011)
    children = list(history.children.values())
    assert any(child.born is None for child in children)
    assert any(child.born and child.born.first.year == child.born.last.year
               and child.born.first != child.born.last for child in children)  # fmt: skip
    spans = [(child.days.last - child.days.first).days for child in children]
    assert {0, 1} < set(spans)
    assert max(spans) >= 27
    assert sum(bool(child.moved) for child in children) >= 10
    assert sum(bool(child.reborn) for child in children) >= 5
    assert any(arrest.withdrawn for arrest in history.arrests)
    assert late_share(history) >= 0.05


def late_share(history: History) -> float:
    """Rows of what happened that were known more than a month after."""
    rows = [
        *((raid.days.last, raid.known) for raid in history.raids),
        *((child.days.last, child.known) for child in history.children.values()),
        *((arrest.days.last, arrest.known) for arrest in history.arrests),
        *((judged.days.last, judged.known) for judged in history.judgments),
    ]
    return sum((known - day).days > 31 for day, known in rows) / len(rows)


def test_siblings_found_later_parted_and_raised_together_are_there() -> None:
    history = deck_of(2011)
    assert {tie.bond for tie in history.ties} == set(Bond)
    assert any(tie.parted for tie in history.ties)
    assert any(_raid(history, tie.one) != _raid(history, tie.other) for tie in history.ties)
    assert any(tie.known > DECK_ON and _child(history, tie.one).known < DECK_ON
               for tie in history.ties)  # fmt: skip
    assert [same.parted is not None for same in history.same].count(True) == 1
    assert sum(same.agreed <= DECK_ON for same in history.same) == 3
    assert any(same.agreed > DECK_ON for same in history.same)


def _child(history: History, key: str) -> Child:
    return history.children[key]


def _raid(history: History, key: str) -> str | None:
    return _child(history, key).raid


def test_suspects_of_every_kind_and_all_that_courts_do_are_there() -> None:
    history = deck_of(2011)
    suspects = list(history.suspects.values())
    assert any(each.minor is Answer.YES for each in suspects)
    assert any(each.part is Part.DEMAND_SIDE for each in suspects)
    kinds = [{naming.kin for naming in each.namings} for each in suspects]
    assert set(SuspectKin) == {kin for each in kinds for kin in each}
    assert any(len(each) > 1 and SuspectKin.UNKNOWN in each for each in kinds)
    times = Counter(arrest.suspect for arrest in history.arrests if not arrest.withdrawn)
    assert 2 in times.values()
    rows = history.judgments
    assert {each.outcome for each in rows} == set(Outcome)
    assert {Plea.GUILTY_OF_LESSER, Plea.GUILTY} < {each.plea for each in rows}
    assert Sentence.SUSPENDED in {each.sentence for each in rows}
    assert any(each.level is CourtLevel.APPEAL for each in rows)
    assert any(each.country != "PH" for each in rows)
    accused: dict[str, set[str]] = {}
    charges: Counter[tuple[str, str, CourtLevel]] = Counter()
    for each in rows:
        accused.setdefault(each.docket, set()).add(each.suspect)
        charges[each.suspect, each.docket, each.level] += 1
    assert max(len(each) for each in accused.values()) >= 2
    assert max(charges.values()) >= 2


def test_one_child_was_removed_on_the_tenth_of_march_and_lockdown_is_near_on_other_days() -> None:
    history = deck_of(2011)
    tenth = [c for c in history.children.values() if c.days.first == date(2020, 3, 10)]
    assert any(child.days.last == date(2020, 3, 10) for child in tenth)
    edge = [
        child for child in history.children.values()
        if child.days.first < LOCKDOWN_FROM <= child.days.last
    ]  # fmt: skip
    assert len(edge) == 2
    assert recount(history, AFTER).victims > 700
