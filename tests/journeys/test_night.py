"""The whole night on a phone: nine children of one removal, from the sign-in to nine beds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.casework.homes import rows
from tests.journeys import night_house
from tests.journeys.living import lived_in
from tests.journeys.night_house import NightHouse

from tahanan.casework import survivors
from tahanan.casework.entry import factors
from tahanan.records.models import (
    Case,
    Intake,
    IntakeChild,
    Operation,
    Removal,
    Stay,
    Survivor,
)


class Child(NamedTuple):
    """What can be said of a child at night."""

    name: str
    sex: str
    years: str = ""
    months: str = ""


# Four of one mother (the last a baby), three of another, and two who belong to nobody here.
NINE = (
    Child("Rowena", "Girl", "13"),
    Child("Dodong", "Boy", "9"),
    Child("", "Girl", "4"),
    Child("Totoy", "Boy", months="10"),
    Child("", "Boy", "7"),
    Child("Marites", "Girl", "11"),
    Child("Nilo", "Boy", "8"),
    Child("Inday", "Girl", "5"),
    Child("Jessa", "Girl", "15"),
)
FINGER = 44  # pixels
CALLED = [child.name or f"Child {at}" for at, child in enumerate(NINE, 1)]
FOUR, THREE, PAIR = CALLED[:4], CALLED[5:8], [CALLED[4], CALLED[8]]


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> NightHouse:
    found: NightHouse = snapshot("night", night_house.build)
    return found


@pytest.fixture
def site(here: NightHouse) -> Iterator[str]:
    with lived_in() as found:
        yield found


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A phone, held in one hand."""
    context = chromium.new_context(
        base_url=site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def test_nine_children_come_in_one_night_and_all_have_a_bed_before_morning(
    page: Page, here: NightHouse
) -> None:
    before = counts()
    come_in(page, here, factors.code_now(here.ana.secret))
    open_the_removal(page)
    for child in NINE[:6]:
        take_in(page, child)
    the_line_drops(page)
    for child in NINE[7:]:
        take_in(page, child)
    expect(heading(page)).to_have_text("Nine children tonight")
    expect(panes(page)).to_have_text(CALLED)
    draw(page, FOUR, "The same mother and father")
    draw(page, THREE, "Half-siblings")
    expect(page.get_by_text("Two families are drawn")).to_be_visible()
    back_to_the_children(page)
    press(page.get_by_role("button", name="Finish this intake"))
    expect(page.get_by_text("Finished today", exact=False)).to_be_visible()
    look_for_beds(page, FOUR, "Bahay Narra")
    look_for_beds(page, THREE, "Bahay Yakal")
    one_pair_comes_too_late_and_goes_to_the_next(page, here)
    press(page.get_by_role("button", name="Sign out"))
    expect(page.get_by_role("status")).to_contain_text("You are signed out.")
    in_the_morning_each_page_begins_with_the_child(page, here)
    assert {what: many - before[what] for what, many in counts().items()} == {
        "intakes": 1,
        "children on the board": 9,
        "operations": 1,
        "survivors": 9,
        "cases": 9,
        "removals": 9,
        "stays": 9 + len(here.bens),
    }
    assert families() == [3, 4]


# ── what she does ───────────────────────────────────────────────────────────────────────────


def come_in(page: Page, here: NightHouse, code: str) -> None:
    """Passphrase, then the code: by the phone's own, or a spare one off the card."""
    page.goto("/sign-in")
    page.get_by_label("Your sign-in name").fill(here.ana.name)
    page.get_by_label("Passphrase", exact=True).fill(here.ana.phrase)
    press(page.get_by_role("button", name="Continue"))
    page.get_by_label("Code from your phone").fill(code)
    press(page.get_by_role("button", name="Come in"))
    page.wait_for_url("**/home")


def open_the_removal(page: Page) -> None:
    """What is the same for all, asked once; then the empty board."""
    press(page.get_by_role("link", name="Take in a child or a family"))
    press(page.get_by_role("button", name="Begin an intake"))
    expect(heading(page)).to_have_text("When were the children brought to safety?")
    page.get_by_label("From about what hour?").fill("02:10")
    press(page.get_by_role("button", name="Save and continue"))
    page.get_by_label("Where was it?").fill("Carcar")
    press(page.get_by_role("button", name="Save and go back to the children"))
    expect(heading(page)).to_have_text("No child is on the list yet")


def take_in(page: Page, child: Child) -> None:
    """Three answers, and the thumb on *Save*: five times, for nothing seems to happen at night."""
    press(page.get_by_role("link", name=re.compile("^Add (the first|another) child")))
    three_answers(page, child)
    save = page.get_by_role("button", name="Save and go back to the children")
    within_reach(save)
    save.click(click_count=5)
    expect(panes(page).last).to_have_text(CALLED[NINE.index(child)])


def three_answers(page: Page, child: Child) -> None:
    if child.name:
        page.get_by_label("What does the child want to be called?").fill(child.name)
    else:
        page.get_by_label("No name is known yet").check()
    page.get_by_label(child.sex, exact=True).check()
    page.get_by_label("Months" if child.months else "Years").fill(child.months or child.years)


def the_line_drops(page: Page) -> None:
    """After the sixth: six stay saved, the seventh stays on the screen, and goes on from there."""
    seventh = NINE[6]
    press(page.get_by_role("link", name="Add another child"))
    three_answers(page, seventh)
    page.context.set_offline(True)
    press(page.get_by_role("button", name="Save and continue"))
    expect(page.locator("#no-line")).to_contain_text("Six children are saved.")
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    expect(page.get_by_label("What does the child want to be called?")).to_have_value(seventh.name)
    expect(page.get_by_label("Years")).to_have_value(seventh.years)
    assert tonight() == 6
    page.context.set_offline(False)
    expect(heading(page)).to_have_text(f"What does {seventh.name} need tonight?", timeout=15_000)
    expect(page.get_by_text("The line is back.", exact=True)).to_be_visible()
    assert tonight() == 7
    back_to_the_children(page)


def draw(page: Page, names: list[str], bond: str) -> None:
    """One family, by ticks and two answers."""
    if not page.url.endswith("/siblings"):
        press(page.get_by_role("link", name="Who belongs together"))
    for name in names:
        page.get_by_role("checkbox", name=re.compile(f"^{name},")).check()
    page.get_by_role("radio", name=bond).check()
    page.get_by_role("radio", name="One of the children").check()
    press(page.get_by_role("button", name="Keep them together"))
    expect(page.get_by_role("article", name=joined(names))).to_be_visible()


def look_for_beds(page: Page, names: list[str], home: str) -> None:
    ask_from_the_board(page, names)
    confirm(page, names, home)
    admit(page, names)


def ask_from_the_board(page: Page, names: list[str]) -> None:
    """One press on the board asks for those who belong together, and for nobody else."""
    said = joined(names)
    press(page.get_by_role("link", name=re.compile(f"^Find beds for .*{said}")))
    ticked = page.get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(len(names))
    press(page.get_by_role("button", name="See which homes can take them"))
    expect(heading(page)).to_have_text(f"A place for {said}")


def confirm(page: Page, names: list[str], home: str) -> None:
    press(page.get_by_role("link", name=f"Admit {joined(names)} here to {home}"))
    expect(heading(page)).to_have_text(f"Admit {joined(names)} to {home}")


def admit(page: Page, names: list[str]) -> None:
    press(page.get_by_role("button", name=f"Admit {joined(names)}"))
    expect(page.get_by_role("status")).to_contain_text(f"{joined(names)} live here now.")
    press(page.get_by_role("link", name="Tonight’s children"))


def one_pair_comes_too_late_and_goes_to_the_next(page: Page, here: NightHouse) -> None:
    """While she reads what follows, Ben takes both beds: refused in words, then the next home."""
    ask_from_the_board(page, PAIR)
    confirm(page, PAIR, "Foster household 7")
    here.ben_takes_both_beds("foster")
    press(page.get_by_role("button", name=f"Admit {joined(PAIR)}"))
    expect(page.get_by_text("All 2 licensed places are taken.")).to_be_visible()
    press(page.get_by_role("link", name="Look for places again"))
    press(page.get_by_role("button", name="See which homes can take them"))
    no = page.get_by_role("listitem").filter(has_text="Foster household 7")
    expect(no).to_contain_text("All 2 licensed places are taken.")
    confirm(page, PAIR, "Bahay Molave")
    admit(page, PAIR)


def in_the_morning_each_page_begins_with_the_child(page: Page, here: NightHouse) -> None:
    come_in(page, here, here.ana.spare[0])
    for name in CALLED:
        page.goto("/children")
        press(page.get_by_role("link", name=name, exact=True))
        expect(heading(page)).to_have_text(name)
        assert page.locator("main").inner_text().split("\n")[:2] == ["My children", name]


# ── words and numbers ───────────────────────────────────────────────────────────────────────


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def panes(page: Page) -> Locator:
    """The children on the board, each by what she goes by."""
    return page.get_by_role("list", name=re.compile("tonight$")).get_by_role("link")


def press(what: Locator) -> None:
    """With the thumb: nothing smaller than a finger is pressed on a phone."""
    within_reach(what)
    what.tap()


def within_reach(what: Locator) -> None:
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    assert box["height"] >= FINGER, what
    assert box["x"] >= 0, what
    assert box["x"] + box["width"] <= 360, what


def joined(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def back_to_the_children(page: Page) -> None:
    press(page.get_by_role("link", name="Tonight’s children"))


def tonight() -> int:
    """How many children the newest intake holds, whoever may see them."""
    return rows(lambda: IntakeChild.objects.filter(intake=Intake.objects.latest("id")).count())


def counts() -> dict[str, int]:
    tables = {
        "intakes": Intake,
        "operations": Operation,
        "children on the board": IntakeChild,
        "survivors": Survivor,
        "cases": Case,
        "removals": Removal,
        "stays": Stay,
    }
    return rows(lambda: {what: table.objects.count() for what, table in tables.items()})


def families() -> list[int]:
    """How many belong together, by the links that stand; who stands alone is no family."""
    found = rows(lambda: survivors.groups(Survivor.objects.values_list("id", flat=True)))
    return sorted(len(group) for group in found if len(group) > 1)
