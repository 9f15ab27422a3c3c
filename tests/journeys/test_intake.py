"""A night's intake in a real browser: a cut line, a keyboard, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.casework.night import begin, meet
from tests.cast.cast import Cast
from tests.journeys.night_site import phone, served

from tahanan.casework import intake

NAMES = ("Rowena", "Dodong", "", "Jessa", "", "Nilo")


@pytest.fixture
def address(cast: Cast) -> Iterator[str]:
    with served(cast) as found:
        yield found


def six(cast: Cast) -> UUID:
    """An intake with six children saved."""
    id = begin(cast.ana, cast.team("casework"))
    for at, name in enumerate(NAMES):
        meet(cast.ana, id, name, "boy" if at % 2 else "girl", str(4 + at))
    return id


def names(cast: Cast, id: UUID) -> list[str]:
    return [pane.name for pane in intake.board(cast.ben, intake=id).panes]


def fill(page: Page, name: str, years: str) -> None:
    page.get_by_label("What does the child want to be called?").fill(name)
    page.get_by_label("Girl", exact=True).check()
    page.get_by_label("Years").fill(years)


def test_the_line_drops_after_the_sixth_child_and_the_seventh_is_there_once(
    chromium: Browser, cast: Cast, address: str
):
    id = six(cast)
    page = phone(chromium, address, "ana").new_page()
    page.goto(f"{address}/intake/{id}")
    page.get_by_role("link", name="Add another child").click()
    fill(page, "Marites", "15")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#no-line")).to_contain_text(
        re.compile(r"No line since \d\d:\d\d\. Six children are saved\.")
    )
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert names(cast, id) == list(NAMES)
    page.context.set_offline(False)
    expect(page).to_have_url(re.compile("/needs"), timeout=15_000)
    expect(page.get_by_text("The line is back.", exact=True)).to_be_visible()
    assert names(cast, id) == [*NAMES, "Marites"]
    # A colleague's phone goes on at exactly that place.
    other = phone(chromium, address, "ben").new_page()
    other.goto(f"{address}/intake")
    other.get_by_role("link", name=re.compile("^Go on: City of Carcar")).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("What does Marites need tonight?")


def test_a_child_is_taken_in_with_the_keyboard_alone_and_without_a_script(
    chromium: Browser, cast: Cast, address: str
):
    page = phone(chromium, address, "ana", java_script_enabled=False).new_page()
    page.goto(f"{address}/intake")
    press(page, "Begin an intake")
    for typed in (None, "Carcar"):
        if typed:
            type_at(page, "Where was it?", typed)
        press(page, "Save and continue")
    press(page, "Save and go back to the children")
    press(page, "Add the first child", key="Enter")
    type_at(page, "What does the child want to be called?", "Rowena")
    type_at(page, "Years", "1o")
    press(page, "Save and continue")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Years")).to_have_value("1o")
    type_at(page, "Years", "13")
    press(page, "Save and go back to the children")
    expect(page.get_by_role("heading", level=1)).to_have_text("One child tonight")
    expect(page.get_by_text("2 of 5 questions answered")).to_be_attached()


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Tab to what is called so, and press it."""
    reach(page, name)
    page.keyboard.press(key)
    page.wait_for_load_state()


def type_at(page: Page, label: str, text: str) -> None:
    """Tab to the field and type over what stands in it."""
    reach(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def reach(page: Page, name: str) -> None:
    """Tab from the top until something of this name has the focus."""
    wanted = page.get_by_label(name, exact=True)
    wanted = wanted.or_(page.get_by_role("button", name=name, exact=True))
    wanted = wanted.or_(page.get_by_role("link", name=name, exact=True)).first
    for _tab in range(80):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"“{name}” cannot be reached by keyboard")
