"""A place for two, found, confirmed and taken in a real browser, on a phone and without script."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.casework import homes
from tests.casework.homes import Homes
from tests.journeys.night_site import phone, served

from tahanan.casework import admissions

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


@pytest.fixture
def site(here: Homes) -> Iterator[str]:
    with served(here.cast) as found:
        yield found


@contextmanager
def opened(chromium: Browser, site: str, who: str, width: int = 360, **more: Any) -> Iterator[Page]:
    context = phone(chromium, site, who, width, **more)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_ana_finds_a_place_for_two_and_admits_them_with_one_thumb(
    chromium: Browser, site: str, script: bool
) -> None:
    with opened(chromium, site, "ana", java_script_enabled=script) as page:
        page.goto(f"{site}/places")
        page.get_by_role("link", name="Look for a place for Maya and Jun-jun").click()
        page.get_by_role("button", name="See which homes can take them").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A place for Maya and Jun-jun")
        page.get_by_role("link", name="Admit Maya and Jun-jun here to Foster household 14").click()
        page.get_by_role("button", name="Admit Maya and Jun-jun").click()
        expect(page.get_by_role("status").filter(has_text="live here now")).to_be_visible()
        expect(page.get_by_text("1 Foster household 14 Road")).to_be_visible()


def _pages(here: Homes, site: str) -> list[tuple[str, str]]:
    """Every page of places, homes, arrivals and exclusions: who opens it, and its address."""
    cast = here.cast
    admissions.declare_exclusion(
        cast.sela, case=cast.nene, facility=here.of["family"], reason="Kin of a suspect."
    )
    asked = admissions.ask_for_place(cast.ana, cases=(cast.maya, cast.jun))
    alone = admissions.ask_for_place(cast.ana, cases=(cast.nene,))
    home = here.of["amihan"]
    admissions.admit_to_facility(cast.ana, request=alone, facility=home, cases=(cast.nene,))
    both = f"child={cast.maya}&child={cast.jun}"
    return [
        ("ana", "/places"),
        ("ana", f"/places/ask?{both}"),
        ("ana", f"/places/{asked}?everywhere=yes"),
        ("ana", f"/places/{asked}/{home}?{both}"),
        ("ana", f"/places/{asked}/{here.of['girls']}?child={cast.maya}"),
        ("ana", f"/places/{asked}/{here.of['plain']}?{both}&emergency=yes"),
        ("ana", f"/places/{asked}/{here.of['lapsed']}?{both}"),
        ("ana", f"/places/{alone}"),
        ("ana", f"/places/{alone}/{home}/admitted"),
        ("ana", f"/children/{cast.nene}/discharge"),
        ("ana", f"/children/{cast.nene}/stay"),
        ("ada", "/homes"),
        ("ada", "/homes/add"),
        ("cora", f"/homes/{home}"),
        ("cora", f"/homes/{home}/permit"),
        ("cora", f"/homes/{home}/places"),
        ("cora", f"/homes/{home}/out-of-use"),
        ("cora", "/arrivals"),
        ("sela", f"/children/{cast.maya}/exclusion"),
        ("sela", "/neutral-noes"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_axe_finds_nothing_on_any_of_these_pages(
    chromium: Browser, here: Homes, site: str, width: int, scheme: str
) -> None:
    for who, path in _pages(here, site):
        with opened(chromium, site, who, width, color_scheme=scheme) as page:
            answer = page.goto(site + path)
            assert answer is not None and answer.status == 200, path
            page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
            found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            told = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
            assert told == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            if folder := os.environ.get("PICTURES_FOLDER"):
                name = f"{path.strip('/').replace('/', '-')[:60]}-{width}-{scheme}.png"
                page.screenshot(path=Path(folder) / name.replace("?", "-"), full_page=True)
