"""The figures as the director and a worker read them: on a page, on a wall, as a file."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree as tree

import pytest
from django.conf import settings
from django.test import Client
from tests.access import pages
from tests.cast.cast import Cast
from tests.web import made_figures as made
from tests.web.sending import run

from tahanan.base.errors import Invalid
from tahanan.casework import figures as counted
from tahanan.casework.figures.shapes import Cause, Line, Part, Shown, ShownCell, Sight
from tahanan.measures.catalogue import MEASURES
from tahanan.measures.periods import ALL

PAGE = "/figures?known_on=2020-09-02"
WALL = f"{PAGE}&view=projector"
WHY = "/figures/why/victims_rescued?before=2020-03-31&after=2020-09-30"
FEW = "fewer than 11"
NEVER = "There was no such day."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What the counting gives, from now on; asked for 29 February 2020 it refuses."""

    def tell(page: Any = None, moved: Any = None, defined: Any = None) -> None:
        def figures(_actor: Any, known_on: date | None = None, **_: Any) -> Any:
            if known_on == date(2020, 2, 29):
                raise Invalid({"known_on": NEVER})
            return page or made.page()

        def why(_actor: Any, before: date, **_: Any) -> Any:
            if before == date(2020, 2, 29):
                raise Invalid({"before": NEVER})
            return moved or made.moved()

        def definition(_actor: Any, measure: str, known_on: date | None = None, **_: Any) -> Any:
            if known_on == date(2020, 2, 29):
                raise Invalid({"known_on": NEVER})
            return defined or made.defined(measure)

        monkeypatch.setattr(counted, "figures", figures)
        monkeypatch.setattr(counted, "why_it_moved", why)
        monkeypatch.setattr(counted, "definition", definition)

    tell()
    return tell


@pytest.fixture
def dora(cast: Cast, told: Callable[..., None]) -> Client:
    """The director's browser."""
    return cast.client(cast.dora)


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, secure=True)
    assert answer.status_code == status, address
    return answer.content.decode()


def asked_for(body: str) -> dict[str, str]:
    """The fields of the form of days as they stand: name and value."""
    form = body[body.index('<form class="th-asof') :].split("</form>")[0]
    found = {
        name: re.search(r'value="([^"]*)"', field)
        for field, name in re.findall(r'(<input[^>]*name="([^"]+)"[^>]*>)', form)
    }
    typed = {name: value[1] if value else "" for name, value in found.items()}
    for name, options in re.findall(r'(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        typed[name] = chosen[1] if chosen else ""
    return typed


def seen(body: str) -> str:
    """What one reads in `main`, one space between words."""
    main = body[body.index("<main") : body.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<svg.*?</svg>", " ", main)).split())


def test_the_director_reads_the_published_figures_and_what_each_counts(dora: Client) -> None:
    words = seen(read(dora, PAGE))
    for each in ("669 people brought to safety", "43%", "64%", "38%", "256", "208", "90"):
        assert each in words
    assert "284 of 657 people whose age at removal is known" in words
    assert "193 of 301 perpetrators with a recorded relation" in words
    assert "Published on 5 September 2020 as “EndOSEC, three slides”" in words
    assert "Now: 1,204" in words
    assert "Now: 44%" in words
    for label in ("Counts", "Unit", "Unknown", "Not the same as"):
        assert words.count(label) >= 7, label


def test_each_figure_leads_to_how_it_is_counted_on_the_same_day(dora: Client) -> None:
    links = pages.read(read(dora, PAGE)).links
    for line in made.page().lines[:7]:
        assert f"/figures/definitions/{line.measure}?known_on=2020-09-02" in links
    assert "/figures/why/victims_rescued?before=2020-09-02&after=2026-10-31" in links


def test_every_chart_has_its_numbers_as_a_table_and_every_id_is_one(dora: Client) -> None:
    for address in (PAGE, WHY, f"{WALL}&slide=2", f"{WALL}&slide=7"):
        body = read(dora, address)
        ids = re.findall(r'\sid="([^"]+)"', body)
        assert len(ids) == len(set(ids)), address
        named = {
            each
            for known in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', body)
            for each in known.split()
        }
        assert named <= set(ids), address
        for svg in re.findall(r"(?s)<svg xmlns.*?</svg>", body):
            tree.fromstring(svg)
    words = seen(read(dora, PAGE))
    assert "2011 to 2013 31" in words
    assert "2020, to 2 September 114" in words
    assert "13 to 15 175 27%" in words


def test_a_number_that_may_not_be_told_is_words_on_every_page(
    dora: Client, told: Callable[..., None]
) -> None:
    few = Shown(None, None, None, None, None, (("adult", None),))
    lines = tuple(Line(line.measure, line.period, few, few) for line in made.page().lines)
    cells = made.split("age", [("0-2 3-5 6-9 10-12 13-15 16-17 18+ unknown", None)], None)
    years = made.split("year", [("2014", 12), ("2015 2016", None)], None)
    told(page=made.page(lines=lines, ages=cells, years=years))
    words = seen(read(dora, PAGE))
    assert "None" not in words.replace("None: ", "").replace("None known", "")
    large = re.findall(r'is-words">([^<]+)<', read(dora, PAGE))
    assert large.count("Fewer than 11") == 8, "the one, three counts, four of the lockdown"
    assert large.count("Too few to tell") == 3
    assert "fewer than 11 adults at their first removal" in words
    for slide in range(1, 10):
        assert "None" not in seen(read(dora, f"{WALL}&slide={slide}"))
    rows = json.loads(read(dora, "/figures/download/json"))["figures"]
    assert {row["n"] for row in rows} == {FEW}


def test_a_share_of_nobody_is_no_percentage(dora: Client, told: Callable[..., None]) -> None:
    line = Line("aged_12_or_younger", ALL, Shown(0, 0, None, 14), None)
    told(page=made.page(lines=(made.page().lines[0], line)))
    assert "None known" in seen(read(dora, PAGE))


def test_before_anybody_is_counted_the_page_says_so(
    dora: Client, told: Callable[..., None]
) -> None:
    told(page=made.nothing())
    words = seen(read(dora, "/figures"))
    assert "Nothing is counted yet" in words
    assert "%" not in words
    assert read(dora, WALL)


def test_the_director_chooses_among_days_and_a_worker_types_any(
    cast: Cast, dora: Client, told: Callable[..., None]
) -> None:
    body = read(dora, PAGE)
    assert asked_for(body) == {"period": "", "known_on": "2020-09-02"}
    assert '<option value="2019"' not in body, "a year alone could be had by subtraction"
    told(page=made.page(sight=Sight.EXACT, days=()))
    body = read(cast.client(cast.ana), PAGE)
    assert asked_for(body) == {
        "period": "", "known_on-day": "2", "known_on-month": "9", "known_on-year": "2020",
    }  # fmt: skip
    assert '<option value="2019"' in body


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("known_on-day=31&known_on-month=2&known_on-year=2020", "February 2020 had 29 days"),
        ("known_on-day=1&known_on-month=&known_on-year=2020", "month"),
        ("known_on-day=29&known_on-month=2&known_on-year=2020", NEVER),
    ],
)
def test_a_wrong_day_is_said_and_what_was_typed_stays(
    cast: Cast, told: Callable[..., None], typed: str, sentence: str
) -> None:
    told(
        page=made.page(sight=Sight.EXACT, days=()),
        defined=made.defined("operations", sight=Sight.EXACT, days=()),
    )
    ana = cast.client(cast.ana)
    for address in ("/figures?", "/figures/download/csv?", "/figures/definitions/operations?"):
        body = read(ana, address + typed, 422)
        page = pages.read(body)
        assert page.faults
        assert sentence in seen(body)
        assert "<title>Error: " in body
        assert asked_for(body)["known_on-day"] == typed[13:].split("&")[0]
        assert "669" not in seen(body), "no figure of another day under the wrong one"


@pytest.mark.parametrize("asked", ["known_on=2020-02-29", "known_on=soon"])
def test_a_day_that_is_not_offered_is_refused_to_the_director(dora: Client, asked: str) -> None:
    body = read(dora, f"/figures?{asked}", 422)
    assert pages.read(body).faults
    assert "Choose one of the answers" in seen(body) or "Choose a day" in seen(body)


def test_the_files_say_what_the_page_says_with_the_day_and_the_definitions(dora: Client) -> None:
    answer = dora.get("/figures/download/json?known_on=2020-09-02", secure=True)
    assert answer["Content-Disposition"] == (
        'attachment; filename="tahanan-figures-2020-09-02.json"'
    )
    assert answer["Cache-Control"] == "no-store"
    held = json.loads(answer.content)
    assert (held["known_on"], held["published_on"]) == ("2020-09-02", "2020-09-05")
    words = seen(read(dora, PAGE))
    for row in held["figures"]:
        assert f"{row['n']:,}" in words if row["n"] != FEW else FEW in words
        assert row["unit"]
        assert row["not_to_be_compared_with"] in words or row["period"] == "lockdown"
    assert [row["n"] for row in held["ages"]] == [14, 47, 103, 120, 175, 151, 47, 12]
    table = dora.get("/figures/download/csv?known_on=2020-09-02", secure=True)
    rows = list(csv.reader(table.content.decode("utf-8-sig").splitlines()))
    assert ["known_on", "2020-09-02"] in rows
    assert ["2011 to 2013", "31", "5"] in rows


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_that_leaves_a_demonstration_says_that_all_is_invented(
    dora: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    invented = "Every person, place and record here is invented."
    files = (f"/figures/download/{kind}", f"/figures/definitions/download/{kind}")
    for demonstration in (True, False):
        monkeypatch.setattr(settings, "DEMONSTRATION", demonstration)
        assert [invented in read(dora, each) for each in files] == [demonstration] * 2


def test_a_title_that_a_spreadsheet_would_run_stays_words(
    dora: Client, told: Callable[..., None]
) -> None:
    sly = type(made.PUBLISHED)(made.PUBLISHED.id, "deck", made.THEN, made.THEN, "=1+1")
    told(page=made.page(published=sly))
    assert "published_as,'=1+1" in read(dora, "/figures/download/csv")


def test_a_file_of_another_kind_there_is_none(dora: Client) -> None:
    for address in ("/figures", "/figures/definitions", "/figures/definitions/operations"):
        read(dora, f"{address}/download/exe", 404)
    read(dora, "/figures/why/no_such_measure", 404)
    read(dora, "/figures/definitions/no_such_measure", 404)


def test_why_it_moved_adds_up_in_words_and_says_which_figure_to_use(dora: Client) -> None:
    words = seen(read(dora, WHY))
    assert "Why it moved from 612 to 679" in words
    assert "Of the 67, 58 happened since, and 9 is what we now know better" in words
    parts = [int(n.replace("−", "-")) for n in re.findall(r" ([+−]\d+) ", words)]
    assert sum(parts) == 679 - 612
    for number in ("612 In anything that speaks", "679 In anything", "621 For what had happened"):
        assert number in words
    held = json.loads(read(dora, WHY.replace("?", "/download/json?")))
    assert held["before"] + sum(part["moved_by"] for part in held["parts"]) == held["after"]


def test_a_way_with_parts_too_few_is_not_drawn(dora: Client, told: Callable[..., None]) -> None:
    told(moved=made.moved(was=None, now=None, same_events=None, parts=(Part(tuple(Cause), None),)))
    body = read(dora, WHY)
    assert "Too few to draw" in seen(body)
    assert "th-bridge" not in body
    assert FEW in seen(body)
    assert json.loads(read(dora, WHY.replace("?", "/download/json?")))["before"] == FEW


def test_without_days_why_it_moved_begins_half_a_year_before(dora: Client) -> None:
    assert "Why it moved" in seen(read(dora, "/figures/why/operations"))
    body = read(dora, "/figures/why/operations?before=2020-02-29&after=2020-09-30", 422)
    assert pages.read(body).faults == ["before"]
    read(dora, "/figures/why/operations/download/csv?before=2020-02-29&after=2020-09-30", 422)


def test_on_the_wall_next_leads_through_every_slide_and_nowhere_else(dora: Client) -> None:
    address, shown = WALL, []
    while "view=projector" in address:
        body = read(dora, address)
        links = pages.read(body).links
        assert len(links) == 2, "back and next, and nothing else"
        assert "th-nav" not in body
        shown.append(seen(body))
        address = links[1]
    assert len(shown) == 8
    assert "669" in shown[0]
    assert "43%" in shown[2]
    assert "During lockdown" in shown[-1]
    assert seen(read(dora, f"{WALL}&slide=999")) == shown[-1]
    assert "669" in seen(read(dora, f"{WALL}&slide=nine"))


def test_every_measure_has_a_page_with_each_choice_and_the_figure_otherwise(dora: Client) -> None:
    body = read(dora, "/figures/definitions")
    links = pages.read(body).links
    for code, measure in MEASURES.items():
        assert f"/figures/definitions/{code}" in links
        words = seen(read(dora, f"/figures/definitions/{code}"))
        for choice in measure.choices:
            assert choice.question in words
            assert choice.why in words
    words = seen(read(dora, "/figures/definitions/victims_rescued"))
    assert "Otherwise Not told." in words, "too near to the figure"
    assert "Otherwise 702. The same, but the status is the one that held" in words


def test_the_definitions_are_files_too(dora: Client) -> None:
    held = json.loads(read(dora, "/figures/definitions/download/json"))
    assert {row["measure"] for row in held["measures"]} == set(MEASURES)
    one = json.loads(read(dora, "/figures/definitions/victims_rescued/download/json"))
    assert (one["n"], one["known_on"]) == (669, "2020-09-02")
    assert one["choices"][0]["n"] == FEW
    assert read(dora, "/figures/definitions/download/csv").count("\n") > len(MEASURES)


def sent(day: str, title: str = "EndOSEC", key: str = "") -> dict[str, str]:
    typed = dict(zip(("known_on-day", "known_on-month", "known_on-year"), day.split(), strict=True))
    return typed | {"title": title, "run": key or run()}


def test_the_director_publishes_a_day_once_after_what_follows_was_said(
    cast: Cast, dora: Client
) -> None:
    assert "What follows" in seen(read(dora, "/figures/publish"))
    answer = dora.post("/figures/publish", sent("2 9 2020"), secure=True)
    assert answer["Location"] == "/figures?known_on=2020-09-02&said=published"
    assert "It is published" in seen(read(dora, answer["Location"]))
    (only,) = counted.published(cast.dora)
    assert (only.known_on, only.title) == (date(2020, 9, 2), "EndOSEC")
    again = dora.post("/figures/publish", sent("2 9 2020", "Another"), secure=True)
    assert again.status_code == 422
    assert "published for this day before" in seen(again.content.decode())
    assert 'value="Another"' in again.content.decode()
    assert "EndOSEC" in seen(read(dora, "/figures/definitions"))


def test_two_presses_publish_once(cast: Cast, dora: Client) -> None:
    typed = sent("2 9 2020", key=run())
    places = [dora.post("/figures/publish", typed, secure=True)["Location"] for _press in "ab"]
    assert places[0] == places[1]
    assert len(counted.published(cast.dora)) == 1


def test_a_day_that_is_not_over_cannot_be_published(cast: Cast, dora: Client) -> None:
    from tahanan.base import clock

    today = clock.today()
    typed = sent(f"{today.day} {today.month} {today.year}")
    answer = dora.post("/figures/publish", typed, secure=True)
    assert answer.status_code == 422
    assert "a day that is over" in seen(answer.content.decode())
    empty = dora.post("/figures/publish", {"run": run()}, secure=True)
    assert pages.read(empty.content.decode()).faults == ["known_on-day", "title"]
    assert not counted.published(cast.dora)


def test_a_worker_reads_figures_and_publishes_none(cast: Cast, told: Callable[..., None]) -> None:
    told(page=made.page(may_publish=False))
    ana = cast.client(cast.ana)
    assert "/figures/publish" not in pages.read(read(ana, PAGE)).links
    read(ana, "/figures/publish", 403)
    assert ana.post("/figures/publish", sent("2 9 2020"), secure=True).status_code == 403


@pytest.mark.parametrize("who", ["dora", "ana", "ben"])
def test_figures_stand_in_the_menu_of_those_who_may_see_them(
    cast: Cast, told: Callable[..., None], who: str
) -> None:
    assert 'href="/figures"' in read(cast.client(getattr(cast, who)), "/home")


@pytest.mark.parametrize("who", ["gary", "hana", "gil", "ada", "dan"])
def test_figures_are_not_in_the_menu_of_others(cast: Cast, who: str) -> None:
    client = cast.client(getattr(cast, who))
    assert 'href="/figures"' not in read(client, "/home")
    files = ("/figures/definitions/download/csv", "/figures/download/json")
    for address in ("/figures/definitions", "/figures/publish", *files):
        read(client, address, 403)


def test_a_cell_of_a_joined_year_says_how_many_years_it_is(
    dora: Client, told: Callable[..., None]
) -> None:
    years = made.page().years
    cells = (ShownCell(("2011", "2012", "unknown"), 14), *years.cells[1:])
    told(page=made.page(years=type(years)("victims_rescued", "year", cells, 669)))
    body = read(dora, PAGE)
    assert "14 in 2 years" in body
    assert "2011 to 2012, or not known" in body
