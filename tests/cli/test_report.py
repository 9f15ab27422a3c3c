"""`tahanan report`, as the keeper of the machine runs it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as tree

import pytest
from tests.casework.figures import ground
from tests.cast.cast import Cast
from tests.cli.command_line import Ran, install, tahanan
from tests.house import House

from tahanan.records.models import Installation, LedgerEntry

DAY = "2020-09-02"


@pytest.fixture
def cast(snapshot: Callable[..., Any]) -> Cast:
    """The cast beside a small programme."""
    found: Cast = snapshot("figures_ground", ground.build)
    House().close()
    return found


def report(*more: str) -> Ran:
    """The deck, with options."""
    return tahanan("report", "deck", *more)


def entries() -> list[str]:
    """What the ledger says was done so far, in its order."""
    with House().as_role("owner"):
        return [entry.verb for entry in LedgerEntry.objects.order_by("at", "n")]


def test_it_prints_a_table_that_fits_the_screen_and_explains_itself(cast: Cast) -> None:
    ran = report("--as-of", DAY, "--beside", "2020-10-31")
    assert ran.code == 0, ran.complained
    lines = ran.said.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "As known at the end of 2 September 2020 in Manila."
    assert "Three slides" in lines[1]
    assert lines[2] == "Beside it, as known at the end of 31 October 2020."
    assert "40                    42                    Victims rescued" in lines
    assert any(line.startswith("68% (25 of 37)") for line in lines)
    said = " ".join(ran.said.split())
    assert "Supported children who were removed or surrendered to safety" in said
    assert "Not known for 3, who are left out." in said
    assert "DURING LOCKDOWN: 15 March 2020 to 2 September 2020" in said
    assert "None" not in said


def test_the_ledger_says_once_that_it_was_done(cast: Cast) -> None:
    before = entries()
    report("--as-of", DAY)
    assert entries() == [*before, "figures"]


def test_a_report_of_a_demonstration_says_that_all_in_it_is_invented(
    cast: Cast, tmp_path: Path
) -> None:
    invented = "Every person, place and record in it is invented."
    for demonstration in (True, False):
        with House().as_role("owner"):
            Installation.objects.update(demonstration=demonstration)
        report("--as-of", DAY, "--slides", str(tmp_path))
        slides = [slide.read_text("utf-8") for slide in tmp_path.glob("*.svg")]
        assert [invented in each for each in slides] == [demonstration] * 3
        assert (invented in report("--as-of", DAY).said) is demonstration


def test_without_a_day_it_is_as_known_today(cast: Cast) -> None:
    ran = report("--format", "json")
    victims = next(row for row in json.loads(ran.said) if row["measure"] == "victims_rescued")
    assert victims["n"] == 42


def test_as_csv_and_as_json_it_says_the_same_to_the_digit(cast: Cast) -> None:
    as_json = json.loads(report("--as-of", DAY, "--format", "json").said)
    as_csv = [*csv.DictReader(io.StringIO(report("--as-of", DAY, "--format", "csv").said))]
    told = {(row["period"], row["measure"], row["part"]): row for row in as_json}
    assert len(told) == len(as_json) == len(as_csv)
    assert told["all", "victims_rescued", ""]["n"] == 40
    assert told["lockdown", "persons_convicted", ""]["n"] == 3
    aged = told["all", "aged_12_or_younger", ""]
    assert (aged["n"], aged["of"], aged["percent"]) == (25, 37, 68)
    assert told["all", "victims_rescued", "year:2019"]["n"] == 3
    for row in as_csv:
        there = told[row["period"], row["measure"], row["part"]]
        assert row == {name: "" if n is None else str(n) for name, n in there.items()}


@pytest.mark.parametrize(("period", "n"), [("all", 40), ("2019", 3), ("2020", 37)])
def test_of_one_period(cast: Cast, period: str, n: int) -> None:
    rows = json.loads(report("--as-of", DAY, "--period", period, "--format", "json").said)
    assert {row["period"] for row in rows} == {period}
    victims = [row for row in rows if (row["measure"], row["part"]) == ("victims_rescued", "")]
    assert [row["n"] for row in victims] == [n]


def test_of_lockdown_the_splits_are_of_lockdown_too(cast: Cast) -> None:
    rows = json.loads(report("--as-of", DAY, "--period", "lockdown", "--format", "json").said)
    assert {row["period"] for row in rows} == {"lockdown"}
    assert [row["n"] for row in rows if row["part"] == "year:2020"] == [37]


def test_the_three_slides_are_pictures_in_the_figures_of_the_day(
    cast: Cast, tmp_path: Path
) -> None:
    ran = report("--as-of", DAY, "--slides", str(tmp_path / "slides"))
    assert ran.code == 0, ran.complained
    names = ["1-rescued.svg", "2-done.svg", "3-lockdown.svg"]
    assert sorted(path.name for path in (tmp_path / "slides").iterdir()) == names
    words = [
        " ".join("".join(tree.parse(tmp_path / "slides" / name).getroot().itertext()).split())
        for name in names
    ]
    assert "68% were 12 or younger. 25 of 37; not known for 3" in words[0]
    assert "3 Persons convicted" in words[1]
    assert "37 Rescued or safeguarded" in words[2]
    assert all("As known at the end of 2 September 2020" in said for said in words)


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("--as-of", "2020-02-30"), 2, "“2020-02-30” is not a day such as 2020-09-02"),
        (("--beside", "yesterday"), 2, "“yesterday” is not a day such as 2020-09-02"),
        (("--format", "pdf"), 2, "'table', 'csv', 'json'"),
        (("--as-of", "2100-01-01"), 1, "“As known on” is a day still ahead."),
        (("--period", "autumn"), 1, "“Period” must be all, lockdown, or a year such as 2019."),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence_and_printed_nothing_of(
    cast: Cast, asked: tuple[str, ...], code: int, said: str
) -> None:
    ran = report(*asked)
    assert ran.code == code
    assert said in ran.complained
    assert len(ran.complained.strip().splitlines()) == 1
    assert not ran.said


def test_an_unheard_of_report_is_refused_by_name(cast: Cast) -> None:
    ran = tahanan("report", "poster")
    assert (ran.code, ran.said) == (1, "")
    assert "There is one: deck." in ran.complained


def test_where_nothing_is_installed_nothing_is_counted(house: House) -> None:
    house.close()
    ran = tahanan("report", "deck")
    assert (ran.code, ran.said) == (1, "")
    assert "Run `tahanan install` first." in ran.complained


def test_before_anybody_was_counted_it_says_nothing_of_nobody(house: House) -> None:
    assert install().code == 0
    ran = report()
    assert ran.code == 0, ran.complained
    assert any(line.startswith("– (0 of 0)") for line in ran.said.splitlines())
