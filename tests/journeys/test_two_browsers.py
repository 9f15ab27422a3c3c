"""Two people, two browsers, one note: the second is shown both texts, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.casework import homes
from tests.casework.homes import Homes
from tests.journeys.night_site import phone, served

from tahanan.base import clock
from tahanan.casework import notes
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Compartment


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def _care(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("button[name=open][value=care]").first.click()
    expect(page.get_by_role("heading", name="Care", exact=True).first).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_ana_and_ben_change_one_note_and_ana_sees_both_before_anything_is_saved(
    chromium: Browser, here: Homes, script: bool
) -> None:
    today = clock.today()
    notes.write_note(
        here.cast.ana, case=here.cast.maya, compartment=Compartment.CARE,
        text="Slept well.", happened=Happening(today, today),
    )  # fmt: skip
    with served(here.cast) as site:
        child = f"{site}/children/{here.cast.maya}"
        pages = {
            who: phone(chromium, site, who, java_script_enabled=script).new_page()
            for who in ("ana", "ben")
        }
        for page in pages.values():
            _care(page, child)
            page.get_by_role("button", name="Change the note").first.click()
        for who, text in (("ben", "Slept until five."), ("ana", "Slept until six, then ate.")):
            pages[who].get_by_label("What happened?", exact=True).fill(text)
            pages[who].get_by_role("button", name="Save the note").click()
        ana = pages["ana"]
        expect(ana.get_by_role("heading", level=1)).to_have_text(
            "Ben Torres changed the same note while you were writing"
        )
        for text in ("Slept well.", "Slept until five.", "Slept until six, then ate."):
            expect(ana.locator("main")).to_contain_text(text)
        ana.get_by_label("Keep what stands, and mine beside it").check()
        ana.get_by_role("button", name="Do what I chose").click()
        _care(pages["ben"], child)
        for text in ("Slept until five.", "Slept until six, then ate."):
            expect(pages["ben"].locator("main")).to_contain_text(text)
        expect(pages["ben"].locator("main")).not_to_contain_text("Slept well.")
        for page in pages.values():
            page.context.close()
