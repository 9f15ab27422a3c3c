"""`tahanan demo`: built once, by one, through the door; the same for the same seed and day."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from tests import house as houses
from tests.cli.command_line import Ran, environment, install, tahanan
from tests.house import House
from tests.world import facts

from tahanan.base import clock
from tahanan.casework import upkeep
from tahanan.records.models import Installation, Organisation, Removal
from tahanan.world import accounts, build

SMALL = ("demo", "--nights", "1")
STANDS = "Demonstration: http://localhost:"
DAY = date(2026, 3, 12)


class Builder:
    """A `tahanan demo` under way in another process, and what it has said so far."""

    def __init__(self, house: House, *verb: str) -> None:
        self.log = house.var_dir.parent / f"said-{time.monotonic_ns()}"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tahanan.cli.app", *verb],
                env=environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def waits_for(self, words: str) -> str:
        """Until it has said so; gives all it has said."""
        for _ in range(1200):
            if words in self.log.read_text():
                return self.log.read_text()
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"never said: {words}")

    def ends(self, signed: signal.Signals | None = None) -> Ran:
        """Its code and words, once it has ended by itself, or by a signal as from a terminal."""
        if signed is not None:
            os.killpg(self.process.pid, signed)
        code = self.process.wait(timeout=180)
        return Ran(code, self.log.read_text(), "")


@contextmanager
def building(house: House, *verb: str) -> Iterator[Builder]:
    """A builder that does not outlive its test."""
    house.close()
    builder = Builder(house, *verb)
    try:
        yield builder
    finally:
        if builder.process.poll() is None:
            os.killpg(builder.process.pid, signal.SIGKILL)
            builder.process.wait()
        builder.log.unlink()


def organisations() -> int:
    with House().as_role("owner"):
        return Organisation.objects.count()


# ── one builder ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_whoever_comes_while_it_is_built_is_told_so_and_throws_nothing_away(house: House) -> None:
    ports = [("--port", str(_free_port())) for _ in range(2)]
    with building(house, *SMALL, *ports[0]) as first:
        first.waits_for("Four organisations")
        # It holds still with its lock held, however fast this machine is.
        os.killpg(first.process.pid, signal.SIGSTOP)
        for verb in (("demo", "people"), ("demo", "code", "lorna")):
            ran = tahanan(*verb)
            assert ran.code == 1
            assert f"being built just now by process {first.process.pid}." in ran.complained
            assert len(ran.complained.strip().splitlines()) == 1
        with building(house, *SMALL, *ports[1]) as second:
            said = second.waits_for("This waits until it stands.")
            assert "thrown away" not in said
            os.killpg(first.process.pid, signal.SIGCONT)
            assert "thrown away" not in first.waits_for(STANDS)
            assert "stands already" in second.waits_for(STANDS)
            for each in (first, second):
                each.ends(signal.SIGINT)
    assert organisations() == 4


@pytest.mark.slow
def test_a_build_that_was_killed_is_thrown_away_and_built_again(house: House) -> None:
    port = ("--port", str(_free_port()))
    with building(house, *SMALL, *port) as killed:
        killed.waits_for("Every night")
        assert killed.ends(signal.SIGKILL).code == -signal.SIGKILL
    assert organisations() == 4
    left = tahanan("demo", "people")
    assert left.code == 1
    assert "left half built here" in left.complained
    # Who only asks throws nothing away.
    assert organisations() == 4
    with building(house, *SMALL, *port) as again:
        assert "thrown away and built again" in again.waits_for(STANDS)
        again.ends(signal.SIGINT)
    assert organisations() == 4
    assert tahanan("demo", "people").code == 0


def test_an_installation_for_real_children_is_left_alone(house: House) -> None:
    install()
    before = facts.hashes()
    for verb in (("demo", "--check"), ("demo", "people"), ("demo", "code", "lorna")):
        ran = tahanan(*verb)
        assert ran.code == 1
        assert "no demonstration; leave it alone" in ran.complained
    emptied = tahanan("demo", "empty")
    assert emptied.code == 1
    assert "leave it alone" in emptied.complained
    assert facts.hashes() == before
    assert not Installation.objects.get().demonstration


@pytest.mark.sqlite
def test_a_database_that_does_not_answer_is_not_taken_for_an_empty_one(house: House) -> None:
    house.close()
    damaged = b"no database at all " * 400
    house.database_file.write_bytes(damaged)
    for verb in (("demo", "--check"), ("demo", "people")):
        ran = tahanan(*verb)
        assert ran.code == 1
        assert "The database did not answer as it should" in ran.complained
    assert house.database_file.read_bytes() == damaged


# ── once it stands ──────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_second_time_is_quick_and_changes_nothing(house: House) -> None:
    with building(house, *SMALL, "--check", "--day", "2026-03-12") as first:
        ran = first.ends()
    assert ran.code == 0, ran.said
    for account in accounts():
        assert f"{account.name} signed in and saw " in ran.said
    assert "  organisations" in ran.said
    before = facts.hashes()
    port = _free_port()
    with building(house, "demo", "--port", str(port)) as second:
        said = second.waits_for(f"http://localhost:{port}/")
        assert "stands already, told on 12 March 2026 with seed 2011" in said
        assert "Building" not in said
        assert "Demonstration" in _page(port)
        second.ends(signal.SIGINT)
    assert facts.hashes() == before
    for other in (("--seed", "7"), ("--day", "2026-03-13"), ("--nights", "2")):
        asked = tahanan("demo", "--check", *other)
        assert asked.code == 1
        assert "Another demonstration stands here" in asked.complained
    assert facts.hashes() == before


def test_a_day_that_has_not_come_is_refused(house: House) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    ran = tahanan("demo", "--check", "--day", tomorrow.isoformat())
    assert ran.code == 1
    assert "has not come yet" in ran.complained


def test_there_is_nothing_to_print_before_it_stands(house: House) -> None:
    assert "Run `tahanan demo`" in tahanan("demo", "people").complained


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _page(port: int) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The demonstration did not answer.")


# ── the same for the same seed and day ──────────────────────────────────────────────────────


def told(house: House, day: date) -> None:
    """An empty house, and a small world built in it."""
    houses.empty(house)
    upkeep.install(name="Demonstration")
    build(lambda _line: None, today=day, nights=3, history=False)


def removals() -> list[date]:
    with House().as_role("owner"):
        return sorted(Removal.objects.values_list("happened_on", flat=True))


def last_known() -> date:
    """The day on which the last of it was known: nothing is told ahead of its morning."""
    with House().as_role("owner"):
        known = Removal.objects.order_by("-known_at").values_list("known_at", flat=True)[0]
    return known.astimezone(clock.MANILA).date()


@pytest.mark.slow
def test_two_builds_tell_the_same_and_another_day_moves_it(house: House) -> None:
    told(house, DAY)
    rows, said, days = facts.rows(), facts.said(2011), removals()
    assert len(said) > 5
    assert last_known() <= DAY
    told(house, DAY)
    assert facts.rows() == rows
    assert facts.said(2011) == said
    week = timedelta(days=7)
    told(house, DAY + week)
    assert removals() == [day + week for day in days]
    later = facts.said(2011)
    assert later.keys() == said.keys()
    assert all(later[name] != said[name] for name in said)
