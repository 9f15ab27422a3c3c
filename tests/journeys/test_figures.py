"""A director and a worker read the programme's figures, in a real browser and on a wall."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.access import pages
from tests.casework.figures.histories import Counting
from tests.house import House
from tests.journeys import page_house
from tests.journeys.night_site import phone, served
from tests.journeys.page_house import NAMES, Pages

from tahanan.records.models import Case

UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# The key of a form that was not sent yet, made for this page alone.
KEY = re.compile(rb'<input type="hidden" name="run" value="[^"]+">')
CHILDREN = ("Maya", "Jun-jun", "Nene", "Luz", "Kiko", *filter(None, NAMES))
WALL = (1920, 1080)
LARGE = "e => parseFloat(getComputedStyle(e).fontSize)"
# As it is seen: the letters of a drawing grow with it.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('main :is(p, dt, dd, h1, text, a)')]
  .filter(each => each.checkVisibility() && each.textContent.trim()
    && !each.closest('.govuk-visually-hidden'))
  .map(each => {
    const drawn = each.closest('svg')?.getScreenCTM()?.a ?? 1;
    return parseFloat(getComputedStyle(each).fontSize) * drawn;
  }))"""


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Pages:
    found: Pages = snapshot("pages", page_house.build)
    return found


@pytest.fixture
def site(here: Pages) -> Iterator[str]:
    with served(here.cast) as found:
        yield found


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_director_reads_a_published_figure_why_it_moved_and_takes_it_with_her(
    chromium: Browser, site: str, width: int, tmp_path: Path
) -> None:
    page = phone(chromium, site, "dora", width, java_script_enabled=False).new_page()
    page.goto(f"{site}/home")
    page.get_by_role("link", name="Figures", exact=True).click()
    page.get_by_label("As known on").select_option(label="2 September 2020")
    page.get_by_role("button", name="Show").click()
    hero = page.locator("#rescued")
    expect(hero).to_contain_text("156")
    expect(page.locator("main")).to_contain_text("Published on")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download JSON").click()
    taken.value.save_as(tmp_path / "figures.json")
    rows = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert (rows[0]["measure"], rows[0]["n"]) == ("victims_rescued", 156)

    page.get_by_role("link", name="Why it moved since 2 September 2020").click()
    assert heading(page).startswith("Why it moved from 156 to")
    page.get_by_label("and known on").select_option(label="30 November 2020")
    page.get_by_role("button", name="Compare").click()
    assert heading(page) == "Why it moved from 156 to 172"
    expect(page.locator("main table")).to_contain_text("It happened after 2 September 2020.")
    drawn = page.locator("svg.th-bridge").locator("visible=true")
    assert drawn.count() == 1, "one drawing, for this width"
    page.get_by_role("link", name="How it is counted").click()
    assert heading(page) == "Victims rescued"
    expect(page.locator("main")).to_contain_text("Persons, or removals?")
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_worker_types_any_day_and_is_told_to_the_digit(
    chromium: Browser, site: str, width: int
) -> None:
    page = phone(chromium, site, "ana", width).new_page()
    page.goto(f"{site}/figures")
    for label, typed in (("Day", "31"), ("Month", "6"), ("Year", "2013")):
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert")).to_contain_text("30")
    expect(page.get_by_label("Day", exact=True)).to_have_value("31")
    page.get_by_label("Day", exact=True).fill("30")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#rescued")).to_contain_text("14")
    expect(page.locator("main")).not_to_contain_text("fewer than 11")
    page.context.close()


def test_on_a_wall_each_figure_fills_one_screen_and_the_keyboard_turns_it(
    chromium: Browser, site: str
) -> None:
    page = phone(chromium, site, "dora", WALL[0], java_script_enabled=True).new_page()
    page.set_viewport_size({"width": WALL[0], "height": WALL[1]})
    page.goto(f"{site}/figures?known_on=2020-09-02")
    page.get_by_role("link", name="Show it on a wall").click()
    turned = 0
    while "view=projector" in page.url:
        assert page.evaluate("document.documentElement.scrollHeight") <= WALL[1], page.url
        assert page.evaluate(SMALLEST) >= 20, page.url
        for number in page.locator(".th-slide__n").all():
            assert number.evaluate(LARGE) >= 200
        turned += 1
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.rel") != "next":
            last = page.evaluate("document.activeElement.textContent")
            if last.startswith("Next"):
                break
            page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert turned == 8
    page.context.close()


def test_nothing_leads_from_a_figure_to_a_name(here: Pages) -> None:
    """Every link of every page, as the director follows them, and every file."""
    client, found = here.cast.client(here.cast.dora), {"/figures"}
    with House().as_role("owner"), Counting():
        references = [each.encode() for each in Case.objects.values_list("reference", flat=True)]
    assert references
    waiting, shown = list(found), 0
    while waiting:
        address = waiting.pop()
        answer = client.get(address, secure=True)
        assert answer.status_code == 200, address
        body, shown = KEY.sub(b"", answer.content), shown + 1
        assert not UUID.search(body), address
        for name in (*map(str.encode, CHILDREN), *references):
            assert not re.search(rb"\b%s\b" % re.escape(name), body), (address, name)
        links = pages.read(answer.content.decode()).links if b"<main" in body else []
        assert all(link.startswith(("/figures", "#")) for link in links), (address, links)
        new = {link for link in links if urlsplit(link).path} - found
        found |= new
        waiting += new
    assert shown > 40


def test_a_name_in_a_page_of_figures_would_be_seen(here: Pages) -> None:
    body = here.cast.client(here.cast.ana).get(here.at("/children/{maya}"), secure=True).content
    assert UUID.search(KEY.sub(b"", body))
    assert any(name.encode() in body for name in CHILDREN)
