"""What a person does on a page before it is looked at: short words for the list of pages."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page
from tests.casework import night
from tests.journeys.page_house import Pages

from tahanan.base import clock
from tahanan.casework import admissions, justice, notes
from tahanan.casework.entry import factors
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Answer, SuspectKin

Step = Callable[[Page, Pages], None]

EMPTY = (
    "button => button.form.querySelectorAll('input:not([type=hidden]), textarea, select')"
    ".forEach(each => { each.checked = false; if (!['radio', 'checkbox'].includes(each.type)) "
    "each.value = ''; })"
)


def press(name: str) -> Step:
    """Press a button, by what it says first; the answer is awaited."""
    return lambda page, _here: _go(page, _button(page, name))


def emptied(name: str) -> Step:
    """Send a form with nothing in it."""

    def step(page: Page, _here: Pages) -> None:
        button = _button(page, name)
        button.evaluate(EMPTY)
        _go(page, button)

    return step


def fill(label: str, text: str) -> Step:
    """Type into a field."""
    return lambda page, _here: page.get_by_label(label, exact=True).first.fill(text)


def part(compartment: str) -> Step:
    """Open a pane of the record."""
    return lambda page, _here: _go(
        page, page.locator(f"button[name=open][value={compartment}]").first
    )


def words(label: str, button: str) -> Step:
    """Cel's own six words, asked for again."""

    def step(page: Page, here: Pages) -> None:
        page.get_by_label(label, exact=True).fill(here.cel.phrase)
        _go(page, _button(page, button))

    return step


def first_step(page: Page, here: Pages) -> None:
    """Name and passphrase: the page then asks for the code."""
    page.get_by_label("Your sign-in name").fill(here.cel.name)
    page.get_by_label("Passphrase", exact=True).fill(here.cel.phrase)
    _go(page, _button(page, "Continue"))


def come_in(page: Page, here: Pages) -> None:
    """Both steps, by a spare code."""
    first_step(page, here)
    page.get_by_label("Code from your phone").fill(here.cel.spare[0])
    _go(page, _button(page, "Come in"))


def show_the_card(page: Page, here: Pages) -> None:
    """What stands on the card that Tess holds."""
    page.get_by_label("Your sign-in name").fill("tess.lim")
    page.get_by_label("One-time code").fill(here.card)
    _go(page, _button(page, "Continue"))


def make_the_account(page: Page, _here: Pages) -> None:
    """The proposed words typed back, and a code of the new phone."""
    secret = page.locator("b.th-ref").last.inner_text()
    page.get_by_label("Type your six words").fill(page.locator("b.govuk-body-l").inner_text())
    page.get_by_label("Code from your phone").fill(factors.code_now(secret))
    _go(page, _button(page, "Make my account"))


def ben_changes_the_note(_page: Page, here: Pages) -> None:
    """Meanwhile, at his desk."""
    day, note = Happening(clock.today(), clock.today()), here.ids["note"]
    notes.edit_note(
        here.cast.ben, case=here.cast.maya, note=note, text="Slept until five.", happened=day
    )


def ben_corrects_the_suspect(_page: Page, here: Pages) -> None:
    """Meanwhile, at his desk: what the suspect is to Maya."""
    justice.correct_suspicion(
        here.cast.ben, case=here.cast.maya, suspicion=here.ids["suspicion"], kin=SuspectKin.COUSIN,
        lives_with=Answer.NO,
    )  # fmt: skip


def ben_answers_first(_page: Page, here: Pages) -> None:
    """Meanwhile, on his phone: the same question about the same child."""
    night.ask(here.cast.ben, here.ids["intake"], here.ids["kid"], "needs", allergies="Prawns")


def ben_takes_the_only_bed(_page: Page, here: Pages) -> None:
    """Meanwhile, at his desk: a child of the other intake goes to the home with one place."""
    cases = (here.ids["kiko"],)
    asked = admissions.ask_for_place(here.cast.ben, cases=cases)
    admissions.admit_to_facility(
        here.cast.ben, request=asked, facility=here.ids["one"], cases=cases
    )


def _button(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("button", name=name).first


def _go(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def stolen_form(page: Page, _here: Pages) -> None:
    """A form from elsewhere, without the key that ours carry."""
    page.locator("input[name=csrfmiddlewaretoken]").first.evaluate("each => each.value = 'no'")
    _go(page, page.locator("main form button").first)
