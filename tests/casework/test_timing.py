"""What only time sets off: sight that ends, what falls due, what leaves the gate; without a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.casework import gatehouse, homes
from tests.casework.homes import Homes, rows
from tests.casework.night import begin, meet
from tests.casework.placing import clocks, settle
from tests.cast.cast import Cast
from tests.house import House

from tahanan.access import gate, keys
from tahanan.access.actor import Actor, system
from tahanan.access.rules import Action
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import NotFound
from tahanan.casework import admissions, child_page, entry, grants, home, intake, upkeep
from tahanan.casework import legal_basis as bases
from tahanan.casework.door import command
from tahanan.casework.legal_basis import Authority
from tahanan.records.models import Clock, CompartmentKey, Grant, LegalBasis, Team
from tahanan.records.vocabulary import BasisKind, ClockKind, Compartment, Purpose, StayEnd

LENT = (Compartment.CARD, Compartment.CARE)
OFFICER = Authority("City social welfare officer", "Protective custody", "PC-31")
REASONS = {"emergency_reason": "Nobody else answers."}


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


@contextmanager
def later(days: int) -> Iterator[None]:
    """So many days from now."""
    with clock.frozen(clock.real() + timedelta(days=days)):
        yield


def tick() -> None:
    """The timer goes off, as the steward, who reads no ciphertext."""
    with House().as_role("steward"):
        upkeep.tick(system("tick"))


@command("share")
def lend(visit: Visit, *, case: UUID, team: UUID, days: int) -> UUID:
    """Sight for some days, as sharing will give it; the command comes with a later issue."""
    given = Team.objects.get(id=team)
    terms = grants.Terms(Purpose.CARE, until_on=visit.today + timedelta(days=days))
    for part in LENT:
        passed = gate.pass_(visit, case, part, Action.WRITE)
        grants.give(visit, keys.open(visit, passed), given, terms)
    return case


def opened(actor: Actor, case: UUID) -> str:
    """What the person's page of this child is headed with."""
    seen = child_page.child(actor, case=case).card
    assert seen is not None
    return seen.card.chosen


def standing(case: UUID, team: UUID) -> list[Grant]:
    found = Grant.objects.filter(case=case).order_by("id").defer("wrap")
    return rows(lambda: [g for g in found if g.ended_on is None and grants.team_behind(g) == team])


def waiting(case: UUID) -> set[str]:
    keys_ = CompartmentKey.objects.filter(case=case, rekey_due=True)
    return rows(lambda: set(keys_.values_list("compartment", flat=True)))


def raised(case: UUID, kind: ClockKind) -> list[tuple[object, object]]:
    found = Clock.objects.filter(case=case, kind=kind).order_by("due_on")
    return rows(lambda: list(found.values_list("due_on", "closed_on")))


def due_at_home(actor: Actor) -> set[ClockKind]:
    """What the person's home page says is due today or late."""
    return {each.kind for each in home.home(actor).due}


# ── sight ends ──────────────────────────────────────────────────────────────────────────────


def test_whoever_was_lent_sight_until_a_day_has_it_on_that_day_and_not_on_the_next(
    cast: Cast,
) -> None:
    team = cast.team("cowork")
    lend(cast.ana, case=cast.nene, team=team, days=9)
    with later(9):
        tick()
        assert opened(cast.coby, cast.nene) == "Nene"
        assert not waiting(cast.nene)
    with later(10):
        # The page is true before any timer went off.
        with pytest.raises(NotFound):
            opened(cast.coby, cast.nene)
        assert len(standing(cast.nene, team)) == len(LENT)
        tick()
        with pytest.raises(NotFound):
            opened(cast.coby, cast.nene)
        assert not standing(cast.nene, team)
        assert waiting(cast.nene) == set(LENT)
    # Not even with the clock set back: the key is gone from the row.
    with pytest.raises(NotFound):
        opened(cast.coby, cast.nene)


def test_what_an_ended_grant_opened_is_locked_anew_by_the_next_who_can(cast: Cast) -> None:
    lend(cast.ana, case=cast.nene, team=cast.team("cowork"), days=1)
    with later(2):
        kept = rows(lambda: {g.id: bytes(g.wrap) for g in Grant.objects.filter(case=cast.nene)})
        tick()
        ended = Grant.objects.filter(case=cast.nene, ended_on__isnull=False)
        assert rows(lambda: {bytes(grant.wrap) for grant in ended}) == {b""}
        grants.renew_keys(cast.ana, case=cast.nene)
        assert not waiting(cast.nene)
        now = Grant.objects.filter(case=cast.nene, compartment__in=LENT, ended_on__isnull=True)
        assert rows(lambda: all(bytes(g.wrap) != kept[g.id] for g in now))
        assert opened(cast.ana, cast.nene) == "Nene"


def test_the_timer_ends_nothing_else(cast: Cast) -> None:
    lend(cast.ana, case=cast.nene, team=cast.team("cowork"), days=1)
    before = rows(Grant.objects.filter(ended_on__isnull=True).count)
    with later(2):
        tick()
        assert rows(Grant.objects.filter(ended_on__isnull=True).count) == before - len(LENT)
        assert opened(cast.ana, cast.nene) == "Nene"
        assert opened(cast.fe, cast.luz) == "Luz"
        tick()
        assert rows(Grant.objects.filter(ended_on__isnull=True).count) == before - len(LENT)


# ── what falls due ──────────────────────────────────────────────────────────────────────────


def consent(cast: Cast, days: int) -> UUID:
    return bases.record_basis(
        cast.ana, cases=(cast.nene,), kind=BasisKind.CONSENT, compartments=(Compartment.CARE,),
        purpose=Purpose.CARE, authority=OFFICER, from_on=clock.today(),
        until_on=clock.today() + timedelta(days=days),
    )  # fmt: skip


@command("correct_basis")
def corrected(visit: Visit, *, basis: UUID, days: int) -> UUID:
    """Its last day mended, as a later issue's page will do it."""
    until = visit.today + timedelta(days=days)
    return bases.facts.correct(visit, LegalBasis, basis, until_on=until)


def test_a_corrected_last_day_is_watched_and_the_day_it_replaced_is_not(cast: Cast) -> None:
    basis, today = consent(cast, 20), clock.today()
    corrected(cast.ana, basis=basis, days=50)
    tick()
    expected = [(today + timedelta(days=20), today), (today + timedelta(days=50), None)]
    assert raised(cast.nene, ClockKind.BASIS_EXPIRES) == expected
    tick()
    assert raised(cast.nene, ClockKind.BASIS_EXPIRES) == expected
    with later(49):
        assert ClockKind.BASIS_EXPIRES not in due_at_home(cast.ana)
    with later(50):
        assert ClockKind.BASIS_EXPIRES in due_at_home(cast.ana)


def test_a_last_day_corrected_to_one_that_is_past_is_late_at_once(cast: Cast) -> None:
    basis = consent(cast, 20)
    with later(10):
        corrected(cast.ana, basis=basis, days=-3)
        tick()
        assert ClockKind.BASIS_EXPIRES in due_at_home(cast.ana)


def test_an_emergency_stay_is_reviewed_next_day_and_ends_after_three(here: Homes) -> None:
    ana, ben, nene = here.cast.ana, here.cast.ben, here.cast.nene
    settle(here, "plain", nene, **REASONS)
    said = clocks(nene)
    today = clock.today()
    assert said[ClockKind.EMERGENCY_REVIEW] == today + timedelta(days=1)
    assert said[ClockKind.EMERGENCY_ENDS] == today + timedelta(days=3)
    with later(1):
        tick()
        assert ClockKind.EMERGENCY_REVIEW in due_at_home(ben)
        assert ClockKind.EMERGENCY_ENDS not in due_at_home(ana)
    with later(3):
        tick()
        assert ClockKind.EMERGENCY_ENDS in due_at_home(ana)
    assert clocks(nene) == said


def test_what_an_emergency_stay_lacks_is_raised_and_what_was_reviewed_is_not_raised_again(
    here: Homes,
) -> None:
    nene, today = here.cast.nene, clock.today()
    settle(here, "plain", nene, **REASONS)
    forgotten(nene, ClockKind.EMERGENCY_REVIEW, ClockKind.EMERGENCY_ENDS)
    assert not clocks(nene)
    tick()
    assert clocks(nene)[ClockKind.EMERGENCY_REVIEW] == today + timedelta(days=1)
    assert clocks(nene)[ClockKind.EMERGENCY_ENDS] == today + timedelta(days=3)
    admissions.review_stay(here.cast.ben, case=nene, words="One more night.")
    tick()
    assert ClockKind.EMERGENCY_REVIEW not in clocks(nene)


def test_an_ordinary_stay_s_review_and_target_fall_due_on_the_home_s_own_days(
    here: Homes,
) -> None:
    nene, today = here.cast.nene, clock.today()
    settle(here, "girls", nene)
    said = clocks(nene)
    assert said[ClockKind.STAY_REVIEW] == today + timedelta(days=30)
    assert said[ClockKind.STAY_TARGET] == today + timedelta(days=90)
    tick()
    assert clocks(nene) == said
    with later(30):
        assert ClockKind.STAY_REVIEW in due_at_home(here.cast.ana)
        assert ClockKind.STAY_TARGET not in due_at_home(here.cast.ana)
        tick()
    with later(90):
        assert ClockKind.STAY_TARGET in due_at_home(here.cast.ana)


def test_a_stay_that_ended_sets_nothing_going(here: Homes) -> None:
    settle(here, "plain", here.cast.nene, **REASONS)
    admissions.discharge(
        here.cast.ana, case=here.cast.nene, on=clock.today(), end=StayEnd.KIN, why="Her aunt came."
    )
    forgotten(here.cast.nene, ClockKind.EMERGENCY_REVIEW, ClockKind.EMERGENCY_ENDS)
    with later(5):
        tick()
        assert not clocks(here.cast.nene)


def test_an_unfinished_intake_is_due_next_day_until_it_is_finished(cast: Cast) -> None:
    night = begin(cast.ana, cast.team("casework"))
    cases = [filed(cast.ana, night, name) for name in ("Tala", "Kiko")]
    forgotten(cases[0], ClockKind.INTAKE_UNFINISHED)
    tick()
    tick()
    tomorrow = clock.today() + timedelta(days=1)
    assert raised(cases[0], ClockKind.INTAKE_UNFINISHED) == [(tomorrow, None)]
    assert raised(cases[1], ClockKind.INTAKE_UNFINISHED) == []
    assert ClockKind.INTAKE_UNFINISHED not in due_at_home(cast.ana)
    with later(1):
        assert ClockKind.INTAKE_UNFINISHED in due_at_home(cast.ana)
        intake.finish_intake(cast.ana, intake=night)
        tick()
        assert ClockKind.INTAKE_UNFINISHED not in due_at_home(cast.ana)


def filed(actor: Actor, night: UUID, name: str) -> UUID:
    meet(actor, night, name)
    pane = next(p for p in intake.board(actor, intake=night).panes if p.name == name)
    assert pane.case is not None
    return pane.case


def forgotten(case: UUID, *kinds: ClockKind) -> None:
    """As if these clocks had never been set: a row lost, or never written by an import."""
    with House().as_role("owner") as owner, owner.cursor() as cursor:
        off, on = _trigger(cursor, owner.vendor)
        cursor.execute(off)
        Clock.objects.filter(case=case, kind__in=kinds).delete()
        cursor.execute(on)


def _trigger(cursor: Any, vendor: str) -> tuple[str, str]:
    """How the trigger that keeps clocks is taken away, and put back as it was."""
    table = Clock._meta.db_table
    if vendor == "postgresql":
        said = f'ALTER TABLE "{table}" {{}} TRIGGER wall_delete'
        return said.format("DISABLE"), said.format("ENABLE")
    name = f"{table}_wall_delete"
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
    return f'DROP TRIGGER "{name}"', str(cursor.fetchone()[0])


# ── what leaves the gate ────────────────────────────────────────────────────────────────────


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> dict[str, Any]:
    found: dict[str, Any] = snapshot("gate", gatehouse.build)
    return found


def test_a_session_that_is_over_leaves_the_gate(staff: dict[str, Any]) -> None:
    cookies = gatehouse.sign_in(staff["ana"]).cookies
    swept = {}
    for hours in (9, 12):
        with clock.frozen(clock.real() + timedelta(hours=hours)), House().as_role("steward"):
            swept[hours] = upkeep.sweep(system("tick"))
    assert swept == {9: 0, 12: 1}
    assert entry.open_session(cookies) is None


def test_nobody_but_a_part_of_the_system_sets_the_timer_off(cast: Cast) -> None:
    for act in (upkeep.tick, upkeep.sweep):
        with pytest.raises(NotFound):
            act(cast.ana)
