"""axe on every page there is, at three widths, light and dark; and nothing scrolls sideways.

`TAHANAN_TEST_PICTURES=folder` keeps a picture of each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Browser, Page, Response
from tests.access.test_urls import expected, walk
from tests.journeys import page_house
from tests.journeys.night_site import served
from tests.journeys.page_house import Pages
from tests.journeys.pages import LIST, NOT_A_PAGE
from tests.journeys.sights import Sight

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})"
# Each control of the page in focus, by keyboard or by thumb: none lies under the bar at the foot.
HIDDEN = """() => {
  const bar = document.querySelector('.th-thumb');
  if (!bar) return [];
  const covered = each => {
    each.focus();
    const [its, over] = [each.getBoundingClientRect(), bar.getBoundingClientRect()];
    return document.activeElement === each
      && its.bottom > over.top + 1 && its.top < over.bottom
      && its.right > over.left && its.left < over.right;
  };
  return [...document.querySelectorAll('main :is(a, button, input, select, summary)')]
    .filter(each => !bar.contains(each) && each.checkVisibility() && covered(each))
    .map(each => each.outerHTML);
}"""
WIDTHS = (320, 360, 1280)
SCHEMES = ("light", "dark")
PHONE, TALL = 780, 6000


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Pages:
    found: Pages = snapshot("pages", page_house.build)
    return found


@pytest.fixture
def site(here: Pages) -> Iterator[str]:
    with served(here.cast) as found:
        yield found


def test_every_address_that_can_be_looked_at_is_on_the_list(here: Pages) -> None:
    only_sent = {name for name, row in expected().items() if 405 in row.values()}
    named = {name for name, _parts in walk(get_resolver())}
    listed = {name_of(here, sight) for _who, sights in LIST.values() for sight in sights}
    assert named - only_sent - set(NOT_A_PAGE) - listed == set()
    assert set(NOT_A_PAGE) & (only_sent | listed) == set()


@pytest.mark.slow
@pytest.mark.parametrize("section", LIST)
def test_axe_finds_nothing_on_any_page_and_nothing_scrolls_sideways(
    chromium: Browser, here: Pages, site: str, section: str
) -> None:
    who, sights = LIST[section]
    # Without motion: a colour on its way from light to dark is neither.
    context = chromium.new_context(base_url=site, reduced_motion="reduce")
    if who:
        context.add_cookies([{"name": "phone", "value": who, "url": site}])
    page, faults = context.new_page(), []
    for at, sight in enumerate(sights):
        told = opened(page, here, sight)
        faults += [(at, sight.address, each) for each in told or looked_at(page, section, at)]
    context.close()
    assert faults == []


def opened(page: Page, here: Pages, sight: Sight) -> list[str]:
    """Go there, do what is to be done; gives what is not as the list says."""
    answers: list[int] = []

    def note(answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.status != 302:
            answers.append(answer.status)

    page.on("response", note)
    page.goto(here.at(sight.address))
    for step in sight.steps:
        step(page, here)
    page.remove_listener("response", note)
    heading = page.locator("h1").first.inner_text()
    seen = (page.title(), heading, answers[-1], _name(page.url))
    wanted = (f"{sight.title} · Tahanan", sight.heading, sight.answer, name_of(here, sight))
    same = all(fnmatchcase(str(is_), str(was)) for is_, was in zip(seen, wanted, strict=True))
    return [] if same else [f"{seen} is not {wanted}"]


def name_of(here: Pages, sight: Sight) -> str:
    """The name of the address whose page this is; empty where there is none."""
    return sight.reaches or _name(here.at(sight.address))


def _name(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def looked_at(page: Page, section: str, at: int) -> list[str]:
    """What axe finds, what scrolls sideways and what the thumb's bar hides, at each width."""
    page.evaluate(AXE + ";0")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": PHONE})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: it scrolls sideways")
        found += [f"{width}: hidden in focus: {each}" for each in page.evaluate(HIDDEN)]
        # As tall as the page: what lies under the thumb's bar at the fold is scrolled from there.
        page.set_viewport_size({"width": width, "height": TALL})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for each in page.evaluate(RUN, RULES)["violations"]:
                nodes = [node["html"] for node in each["nodes"]]
                found += [f"{width} {scheme} {each['id']}: {html}" for html in nodes]
            picture(page, f"{section}-{at:02}-{width}-{scheme}", width)
    return found


def picture(page: Page, name: str, width: int) -> None:
    """Kept where a folder is named: what was looked at, as a phone or a desk shows it."""
    if folder := os.environ.get("TAHANAN_TEST_PICTURES"):
        page.set_viewport_size({"width": width, "height": PHONE})
        name = name.replace(", ", "-").replace(" ", "-")
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        page.set_viewport_size({"width": width, "height": TALL})
