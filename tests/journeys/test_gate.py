"""Coming in, in a real browser: by keyboard alone, without a script, from a card to open cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.casework.gatehouse import Someone
from tests.journeys.living import lived_in

from tahanan.casework.entry import factors

Staff = dict[str, Any]


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> Staff:
    """Ada, Ana and Ben, and their team."""
    from tests.casework import gatehouse

    return snapshot("gate", gatehouse.build)


@pytest.fixture
def address(staff: Staff) -> Iterator[str]:
    """Where the site is served."""
    with lived_in() as found:
        yield found


@contextmanager
def browsing(chromium: Browser, width: int = 360, **options: Any) -> Iterator[Page]:
    """A page of a fresh person's browser."""
    context = chromium.new_context(viewport={"width": width, "height": 780}, **options)
    yield context.new_page()
    context.close()


def come_in(page: Page, address: str, someone: Someone, spare: int = 0) -> None:
    """Both steps, by a spare code: a phone's code is good once, and tests are quick."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("Your sign-in name").fill(someone.name)
    page.get_by_label("Passphrase", exact=True).fill(someone.phrase)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code from your phone").fill(someone.spare[spare])
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/home")


@pytest.mark.parametrize("script", [True, False])
def test_from_a_card_to_the_yes_of_a_colleague(
    chromium: Browser, address: str, staff: Staff, script: bool
) -> None:
    with browsing(chromium, java_script_enabled=script) as page:
        come_in(page, address, staff["ada"])
        page.goto(f"{address}/people/invite")
        page.get_by_label("Name").fill("Cel Ramos")
        page.get_by_label("Team, and the part in it").select_option(
            label="Cebu casework: social worker"
        )
        page.get_by_role("button", name="Save, then make the card").click()
        page.get_by_label("Sign-in name").fill("cel.ramos")
        page.get_by_role("button", name="Make the card").click()
        expect(page.get_by_role("heading", name="A card to print")).to_be_visible()
        card = page.locator(".th-ref").nth(1).inner_text()
    with browsing(chromium, java_script_enabled=script) as cel:
        words, secret = _make_account(cel, address, card)
        cel.get_by_role("link", name="Sign in", exact=True).click()
        cel.get_by_label("Your sign-in name").fill("cel.ramos")
        cel.get_by_label("Passphrase", exact=True).fill(words)
        cel.get_by_role("button", name="Continue").click()
        cel.get_by_label("Code from your phone").fill(factors.code_now(secret))
        cel.get_by_role("button", name="Come in").click()
        cel.goto(f"{address}/account")
        expect(cel.get_by_text("Waiting for a colleague’s yes")).to_be_visible()
        six = cel.locator("#key + p b, section[aria-labelledby=key] b").first.inner_text()
        with browsing(chromium, java_script_enabled=script) as ana:
            come_in(ana, address, staff["ana"])
            ana.goto(f"{address}/newcomers")
            card_of_cel = ana.locator(".th-sheet", has_text="Cel Ramos")
            expect(card_of_cel).to_contain_text(six)
            card_of_cel.get_by_role("button", name="The words are the same: yes").click()
            expect(ana.get_by_text("Cel Ramos")).to_have_count(0)
        cel.reload()
        expect(cel.get_by_text("You hold its key")).to_be_visible()


def _make_account(page: Page, address: str, card: str) -> tuple[str, str]:
    page.goto(f"{address}/sign-in")
    page.get_by_role("link", name="I have a new card").click()
    page.get_by_label("Your sign-in name").fill("cel.ramos")
    page.get_by_label("One-time code").fill(card)
    page.get_by_role("button", name="Continue").click()
    words = page.locator("b.govuk-body-l").inner_text()
    secret = page.locator("b.th-ref").last.inner_text()
    page.get_by_label("Type your six words, from your paper").fill(words)
    page.get_by_label("Code from your phone").fill(factors.code_now(secret))
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Your account is made")).to_be_visible()
    return words, secret


def test_by_keyboard_alone_she_comes_in(chromium: Browser, address: str, staff: Staff) -> None:
    ana = staff["ana"]
    with browsing(chromium) as page:
        page.goto(f"{address}/sign-in")
        page.get_by_label("Your sign-in name").focus()
        page.keyboard.type(ana.name)
        page.keyboard.press("Tab")
        page.keyboard.type(ana.phrase)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Code from your phone")).to_be_visible()
        page.get_by_label("Code from your phone").focus()
        page.keyboard.type(factors.code_now(ana.secret))
        page.keyboard.press("Enter")
        page.wait_for_url("**/home")


def test_back_after_signing_out_shows_nothing(
    chromium: Browser, address: str, staff: Staff
) -> None:
    with browsing(chromium) as page:
        come_in(page, address, staff["ana"])
        page.goto(f"{address}/account")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Come in")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", name="My account")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_a_form_that_was_being_written_outlasts_the_lock(
    chromium: Browser, address: str, staff: Staff, script: bool
) -> None:
    with browsing(chromium, java_script_enabled=script) as page:
        come_in(page, address, staff["ada"])
        page.goto(f"{address}/people/teams/new")
        page.get_by_label("Name of the team").fill("Second team of Cebu")
        page.get_by_label("What the team is for").select_option(label="Legal liaisons")
        aside = page.context.new_page()
        aside.goto(f"{address}/account")
        aside.get_by_role("button", name="Lock my cases").click()
        expect(aside.get_by_label("Your six words")).to_be_visible()
        page.get_by_role("button", name="Open the team").click()
        expect(page.get_by_text("What you wrote is kept, sealed, in this page.")).to_be_visible()
        assert "Second team" not in page.content()
        page.get_by_label("Your six words").fill(staff["ada"].phrase)
        page.get_by_role("button", name="Unlock my cases").click()
        expect(page.get_by_label("Name of the team")).to_have_value("Second team of Cebu")
        page.get_by_role("button", name="Open the team").click()
        page.wait_for_url("**/people")
        expect(page.get_by_text("Second team of Cebu")).to_have_count(1)
