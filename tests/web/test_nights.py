"""Who slept where, and a year day by day: on a page and as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.casework.figures.ground import build
from tests.cast.cast import Cast

from tahanan.casework import figures as counted
from tahanan.casework.figures import telling
from tahanan.casework.figures.shapes import Home, OccupancyPage, Sight
from tahanan.records.vocabulary import FacilityKind

CENTER, SHELTER, FAMILY, _SURVIVORS = FacilityKind
NIGHT = date(2020, 8, 31)
HOMES = [
    Home("Bahay Una", CENTER, 8, 4),
    Home("Bahay Dos", SHELTER, 20, 19),
    Home("Bahay Tres", SHELTER, 1200, 1100),
    Home("Pamilya Reyes", FAMILY, 3, 2),
    Home("Pamilya Cruz", FAMILY, 12, 11),
]
DAYS = "/figures/days/victims_rescued"
# Asked for the same day as each page names it in its links.
THEN = "known_on=2020-09-02"


@pytest.fixture
def cast(snapshot: Callable[..., Any]) -> Cast:
    """The cast beside a small programme."""
    found: Cast = snapshot("figures_ground", build)
    return found


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every night is the same, told as somebody may be told it."""

    def occupancy(actor: Any, **_: Any) -> OccupancyPage:
        seen = counted.figures(actor)
        rows = telling.told_homes(HOMES, seen.sight)
        days = () if seen.sight is Sight.EXACT else (NIGHT,)
        everyone = telling.together(rows)
        return OccupancyPage(
            NIGHT, NIGHT, seen.sight, days, rows, telling.told_sums(rows), everyone
        )

    monkeypatch.setattr(counted, "occupancy", occupancy)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, secure=True)
    assert answer.status_code == status, address
    return answer.content.decode()


def table(client: Client, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text(client, address))
    return found


@pytest.mark.usefixtures("night")
def test_a_worker_reads_every_home_with_its_children_and_places(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    page = text(ana, "/figures/occupancy")
    for words in ("Bahay Una", "Pamilya Reyes", "1,100", "1,200", "Foster or kin family", "1,136"):
        assert words in page
    assert "fewer than 11" not in page
    rows = table(ana, "/figures/occupancy/download/json")["homes"]
    assert [row["children"] for row in rows] == [4, 19, 1100, 2, 11]


@pytest.mark.usefixtures("night")
def test_the_director_reads_no_small_home_and_no_family_by_name(cast: Cast) -> None:
    dora = cast.client(cast.dora)
    csv = text(dora, "/figures/occupancy/download/csv")
    for body in (text(dora, "/figures/occupancy"), csv):
        assert "Bahay Una and Bahay Dos" in body
        assert "2 families" in body
        assert "Pamilya" not in body
    page = text(dora, "/figures/occupancy")
    assert "homes with fewer than 11 children are joined" in page
    found = table(dora, "/figures/occupancy/download/json")
    assert [(row["children"], row["places"]) for row in found["homes"]] == [
        (23, None), (1100, 1200), (13, None),
    ]  # fmt: skip
    assert [(row["kind"], row["children"]) for row in found["sums"]] == [
        ("Assessment center and shelter", 1123), ("Foster or kin family", 13),
    ]  # fmt: skip


def test_a_wrong_night_is_said_and_nothing_is_told(cast: Cast) -> None:
    dora, ana = cast.client(cast.dora), cast.client(cast.ana)
    for client, asked in ((dora, "?day=2020-09-02"), (ana, "?day=2999-01-01"), (ana, "?day=soon")):
        for address in ("/figures/occupancy", "/figures/occupancy/download/csv"):
            page = text(client, address + asked, 422)
            assert "Error: Who slept where" in page
            assert "<table" not in page


def test_a_year_day_by_day_says_which_question_it_answers(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    page = text(ana, f"{DAYS}?year=2020&{THEN}")
    assert "all of it as known on 2 September 2020" in page
    assert "What was known at the time is another question" in page
    assert page.count("<svg") >= 2
    assert "30 June 2020" in page
    days = table(ana, f"{DAYS}/download/json?year=2020&{THEN}")["days"]
    assert (days[0], days[-1]) == (
        {"day": "2020-01-01", "until_then": 3}, {"day": "2020-09-02", "until_then": 40},
    )  # fmt: skip
    assert "Nothing to draw" in text(ana, f"{DAYS}?year=2021&{THEN}")


def test_what_has_no_days_has_no_page_of_days(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    for measure in ("close_perpetrators", "aged_12_or_younger", "happiness"):
        text(ana, f"/figures/days/{measure}", 404)
    assert "Error: Day by day" in text(ana, f"{DAYS}?known_on=2999-01-01", 422)
    text(ana, f"{DAYS}/download/csv?known_on=2999-01-01", 422)
    text(ana, f"{DAYS}?year=soon")


def test_day_by_day_is_offered_to_those_alone_who_may_ask(cast: Cast) -> None:
    for address in ("/figures", "/figures/definitions/victims_rescued"):
        assert "/figures/days/" in text(cast.client(cast.ana), address)
        assert "/figures/days/" not in text(cast.client(cast.dora), address)
    assert "/figures/occupancy" in text(cast.client(cast.dora), "/figures")
    text(cast.client(cast.dora), DAYS, 403)
