"""A place for two, found, confirmed and taken in a real browser, on a phone and without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.casework import homes
from tests.casework.homes import Homes
from tests.journeys.night_site import phone, served


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
