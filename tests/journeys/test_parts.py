"""The parts of every page in a real browser: axe, the keyboard, quick exit, a lost line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.web.parts import site
from tests.web.parts.serving import served

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/parts", "/note", "/refuse/locked", "/refuse/full", "/refuse/hidden", "/fall", "/away"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the test pages are served."""
    with served() as found:
        yield found


@contextmanager
def opened(chromium: Browser, width: int = 360, **options: Any) -> Iterator[Page]:
    """A page of a fresh person's browser; what it complains of aloud fails the test."""
    context = chromium.new_context(viewport={"width": width, "height": 780}, **options)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    yield page
    context.close()
    # No complaint: a refusal’s status, a suggestion about passwords, a cleared cache.
    usual = ("Failed to load resource", "[DOM]", "Clear-Site-Data header")
    assert [each for each in complaints if not each.startswith(usual)] == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium, address, width, scheme):
    with opened(chromium, width, color_scheme=scheme) as page:
        for path in PAGES:
            page.goto(address + path)
            page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
            found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            told = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
            if path == "/away":  # a page with nothing on it has no heading and no landmark
                told = [each for each in told if each[0] != "page-has-heading-one"]
                told = [each for each in told if each[0] != "landmark-one-main"]
            assert told == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


WIDER = {
    "text at 200%": "html { font-size: 200% }",
    "spacing of one's own": "* { line-height: 1.5 !important; letter-spacing: .12em !important; "
    "word-spacing: .16em !important } p { margin-bottom: 2em !important }",
}


@pytest.mark.parametrize("how", WIDER)
def test_wider_text_scrolls_nothing_sideways(chromium, address, how):
    for width in (320, 1280):
        with opened(chromium, width, bypass_csp=True) as page:
            page.goto(address + "/parts")
            page.add_style_tag(content=WIDER[how])
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_lit_pane_has_an_edge_where_the_device_sets_the_colours(chromium, address):
    with opened(chromium, forced_colors="active") as page:
        page.goto(address + "/parts")
        edges = page.evaluate(
            "['.th-pane', '.th-pane--open'].map(e => "
            "getComputedStyle(document.querySelector(e)).borderTopWidth)"
        )
        assert edges == ["1px", "3px"]


def test_our_own_letters_are_on_the_page(chromium, address):
    with opened(chromium) as page:
        page.goto(address + "/parts")
        page.evaluate("document.fonts.ready")
        loaded = page.evaluate(
            "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
        )
        assert {name.strip('"') for name in loaded} >= {"Faustina", "Schibsted Grotesk"}


@pytest.mark.parametrize("script", [True, False])
def test_what_is_to_be_mended_is_read_first_and_leads_to_its_field(chromium, address, script):
    with opened(chromium, java_script_enabled=script) as page:
        page.goto(address + "/note")
        page.get_by_role("button", name="Keep this note").click()
        expect(page).to_have_title("Error: A note · Tahanan")
        expect(page.get_by_role("alert")).to_contain_text("One thing to mend")
        if script:
            expect(page.locator(".govuk-error-summary")).to_be_focused()
            page.get_by_role("link", name="Write what you saw, or go back").click()
            expect(page.locator("#text")).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_a_note_is_kept_with_and_without_a_script(chromium, address, script):
    site.SAVED.clear()
    with opened(chromium, java_script_enabled=script) as page:
        page.goto(address + "/note")
        page.get_by_label("What did you see?").fill("Slept well.")
        page.get_by_role("button", name="Keep this note").click()
        expect(page.locator("#count")).to_have_text("1")


def test_the_line_drops_and_nothing_typed_is_lost_or_kept_twice(chromium, address):
    site.SAVED.clear()
    with opened(chromium) as page:
        page.goto(address + "/note")
        page.get_by_label("What did you see?").fill("Asked when Tala will call.")
        page.context.set_offline(True)
        page.get_by_role("button", name="Keep this note").click()
        notice = page.locator("#no-line")
        expect(notice).to_contain_text(
            re.compile(r"No line since \d\d:\d\d\. Six children are saved\.")
        )
        expect(page.get_by_text("Not sent yet.")).to_be_visible()
        expect(page.get_by_label("What did you see?")).to_have_value("Asked when Tala will call.")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        page.context.set_offline(False)
        expect(page.locator("#count")).to_have_text("1", timeout=15_000)
        expect(page.get_by_role("status")).to_contain_text("The line is back.")


def test_an_answer_lost_on_its_way_back_is_not_done_twice(chromium, address):
    site.SAVED.clear()
    with opened(chromium) as page:
        page.goto(address + "/note")
        page.get_by_label("What did you see?").fill("Slept well.")
        lost: list[str] = []

        def lose_the_first_answer(route: Route) -> None:
            if route.request.method == "POST" and not lost:
                route.fetch(max_redirects=0)
                lost.append("it arrived")
                route.abort()
            else:
                route.continue_()

        page.route("**/note", lose_the_first_answer)
        page.get_by_role("button", name="Keep this note").click()
        expect(page.locator("#count")).to_have_text("1", timeout=15_000)
        assert lost == ["it arrived"]


def test_five_presses_send_one_form(chromium, address):
    site.SAVED.clear()
    with opened(chromium) as page:
        sent: list[str] = []
        page.on("request", lambda each: sent.append(each.method) if each.method == "POST" else None)
        page.goto(address + "/note")
        page.get_by_label("What did you see?").fill("Slept well.")
        page.evaluate(
            "for (let i = 0; i < 5; i++) document.querySelector('form[data-keep] button').click()"
        )
        expect(page.locator("#count")).to_have_text("1")
        assert sent == ["POST"]


@pytest.mark.parametrize("how", ["button", "escape", "no script"])
def test_quick_exit_leaves_a_blank_page_and_back_does_not_return(chromium, address, how):
    with opened(chromium, java_script_enabled=how != "no script") as page:
        page.goto(address + "/note")
        page.goto(address + "/parts")
        if how == "escape":
            for _ in range(3):
                page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name="Quick exit").click()
        page.wait_for_url("**/away")
        assert page.title() == "about:blank"
        assert page.locator("body").inner_text() == ""
        if how != "no script":  # the page left took its place in the history with it
            page.go_back()
            assert page.url.endswith("/note")


def test_an_opened_part_leaves_the_screen_at_its_minute(chromium, address):
    with opened(chromium, width=1280) as page:
        page.clock.install()
        page.goto(address + "/parts")
        part = page.locator("#care")
        expect(part).to_contain_text("Drawing before talking.")
        page.clock.set_system_time(site.CLOSES)
        page.clock.run_for(10_000)
        expect(part).to_contain_text("Closed by itself at 09:12.")
        expect(part).not_to_contain_text("Drawing before talking.")


def test_everything_can_be_reached_and_seen_in_focus_by_keyboard(chromium, address):
    with opened(chromium, width=1280) as page:
        page.goto(address + "/parts")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,"
            "summary')].filter(e => e.checkVisibility() && !e.disabled).length"
        )
        seen = _walk(page, wanted)
        assert seen >= wanted * 0.9  # radios of one question are one stop


def _walk(page: Page, most: int) -> int:
    """How many stops Tab makes; each must show a ring."""
    stops = 0
    for _ in range(most):
        ring = page.evaluate(
            "(() => { const e = document.activeElement; if (e === document.body) return 'end';"
            " const { outlineStyle, boxShadow } = getComputedStyle(e);"
            " return outlineStyle + boxShadow !== 'nonenone' ? 'ring' : e.outerHTML; })()"
        )
        if ring == "end":
            break
        assert ring == "ring"
        stops += 1
        page.keyboard.press("Tab")
    return stops


def test_a_printed_page_has_no_button_and_keeps_what_is_open(chromium, address):
    with opened(chromium, width=1280) as page:
        page.goto(address + "/parts")
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Quick exit")).to_be_hidden()
        expect(page.get_by_role("button", name="Save and continue")).to_be_hidden()
        expect(page.locator("#care")).to_contain_text("Drawing before talking.")
        expect(page.get_by_text("First day back at lessons.")).to_be_visible()
        expect(page.get_by_text("Every person, place and record here is invented.")).to_be_visible()
