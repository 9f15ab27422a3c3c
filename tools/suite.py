"""Runs every test: on SQLite, on PostgreSQL, then in a real browser; says what did not run.

`python3 tools/suite.py [pytest's own words]`. Without words it is the whole suite, and where
CI=true a test that did not run is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import browser
import node
from house import PYTHON, ROOT, VAR, CannotGoOn, answers, say

REPORTS = VAR / "tests"
CI = os.environ.get("CI") == "true"


@dataclass(frozen=True)
class Stage:
    """One run of pytest over the tests that `marks` chooses, on one database."""

    name: str
    database: str
    marks: str
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of a stage: how many tests ran, which did not and why, and whether all held."""

    stage: Stage
    held: bool
    ran: int
    skipped: tuple[str, ...]
    seconds: float

    def sentence(self) -> str:
        """The stage in one line."""
        how = "all held" if self.held else "some failed"
        missed = f", {len(self.skipped)} did not run" if self.skipped else ""
        return f"{self.stage.name}: {self.ran} tests, {how}{missed}, {self.seconds:.0f} s."


def stages() -> tuple[list[Stage], list[str]]:
    """The stages that can run here, and a sentence for each that cannot."""
    given = os.environ.get("DATABASE_URL", "")
    server = {"TAHANAN_TEST_POSTGRES": given} if given.startswith("postgres") else {}
    found = [
        Stage("SQLite", "sqlite", "not browser"),
        Stage("PostgreSQL", "postgres", "not browser", server),
    ]
    missing = []
    if not server and answers([PYTHON, ROOT / "tools" / "postgres.py", "where"]) is None:
        found.pop()
        missing.append("There is no PostgreSQL here: no test ran on PostgreSQL.")
    chromium = browser.get()
    if chromium:
        # Playwright brings a Node that a bare Debian cannot start; the pages were built with ours.
        env = {"TAHANAN_TEST_CHROMIUM": str(chromium), "PLAYWRIGHT_NODEJS_PATH": str(node.node())}
        found.append(Stage("Browser", "sqlite", "browser", env))
    else:
        missing.append("There is no Chromium here: no test ran in a browser.")
    return found, missing


def run(stage: Stage, words: list[str]) -> Outcome:
    """Run one stage, showing pytest's own words as they come."""
    say(f"\n{stage.name}: running the tests.")
    report = REPORTS / f"{stage.name.lower()}.xml"
    report.unlink(missing_ok=True)
    env = {key: value for key, value in os.environ.items() if not key.endswith("DATABASE_URL")}
    began = time.monotonic()
    done = subprocess.run(
        [PYTHON, "-m", "pytest", "-m", stage.marks, "-n", "auto", f"--junit-xml={report}", *words],
        cwd=ROOT,
        env={**env, "TAHANAN_TEST_DATABASE": stage.database, **stage.env},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    nothing_chosen = done.returncode == 5 and bool(words)
    ran, skipped = read(report)
    held = done.returncode == 0 or nothing_chosen
    return Outcome(stage, held, ran, skipped, time.monotonic() - began)


def read(report: Path) -> tuple[int, tuple[str, ...]]:
    """How many tests ran, and the names of those that were skipped."""
    if not report.is_file():
        return 0, ()
    cases = list(ElementTree.parse(report).iter("testcase"))
    skipped = tuple(
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("skipped") is not None
    )
    return len(cases) - len(skipped), skipped


def owed(outcomes: list[Outcome], missing: list[str]) -> list[str]:
    """What a whole run may not lack: every stage ran tests, on both databases, and skipped none."""
    faults = list(missing)
    for outcome in outcomes:
        faults += [f"{outcome.stage.name} skipped {name}." for name in outcome.skipped]
        if not outcome.ran:
            faults.append(f"{outcome.stage.name} ran no test.")
    counts = {outcome.stage.name: outcome.ran for outcome in outcomes}
    # Each database has a few tests of its own; a run that lost its database loses far more.
    if counts.get("PostgreSQL", 0) < 0.8 * counts.get("SQLite", 0):
        faults.append("Far fewer tests ran on PostgreSQL than on SQLite.")
    return faults


def main() -> int:
    """The command line."""
    words = sys.argv[1:]
    REPORTS.mkdir(parents=True, exist_ok=True)
    try:
        found, missing = stages()
    except CannotGoOn as reason:
        say(str(reason))
        return 1
    outcomes = [run(stage, words) for stage in found]
    say("")
    for outcome in outcomes:
        say(outcome.sentence())
    faults = owed(outcomes, missing) if not words else missing
    for fault in faults:
        say(fault)
    if not all(outcome.held for outcome in outcomes):
        say("Some tests failed; pytest's words above say which.")
        return 1
    if faults and CI:
        say("Where CI=true that is a failure.")
        return 1
    whole = not faults and not words
    say("Every test ran, and every test held." if whole else "Every test that ran held.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
