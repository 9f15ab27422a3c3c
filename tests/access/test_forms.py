"""Whoever is shown a form may send it, and whoever is shown a link may follow it.

Everybody walks from every address that answers, follows each link of its page and presses each
button, mending what the page asks to be mended. A refusal of right after that is a fault: the check
that refuses must leave out the button, and say why before anything is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from tests import house as houses
from tests.access import addresses, pages
from tests.access.test_urls import PEOPLE, walk
from tests.cast import housed
from tests.cast.cast import Cast
from tests.house import House

REFUSED = (403, 404, 405, 423)
# These ask for the six words or a code, of a session that this test has not: tests/web/test_entry.
OF_THE_GATE = {
    "sign_in", "code", "recover", "unlock", "cannot_unlock", "sign_out", "card", "leave", "away",
    "language", "own_account", "own_language", "new_words", "new_phone", "spare_codes",
}  # fmt: skip
# These ask for what only some have: the number of a printed pack, a part she does not hold yet; or
# for a day that is over.
MAY_STAY_UNMENDED = {"intake", "intake-line", "add_to_team", "publish_figures"}
# Pressed after all others, since they take something away that the others need.
LAST = (
    "take_back_demand", "take_back_judgment", "take_back_arrest", "take_back_suspicion",
    "back_in_use", "pause_facility", "intake-remove", "intake-finish", "change_contact",
    "end_membership", "discharge", "leave_organisation",
)  # fmt: skip


def build(house: House) -> tuple[Cast, addresses.Named]:
    """Two children who live at a home, two who do not, and everything an address can name."""
    cast: Cast = houses.snapshot(house, "housed", housed.build)
    return cast, addresses.build(cast)


class Walk:
    """One person's way through all she is shown."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seen: set[object] = set()
        self.waiting: list[str] = []
        self.forms: list[tuple[str, pages.Sheet, pages.Press]] = []
        self.wrong: list[tuple[object, ...]] = []
        self.pressed = 0

    def look(self, address: str) -> None:
        """Read a page that is answered at all: what is not, nobody was led to."""
        answer = self.client.get(address, secure=True)
        if answer.status_code == 200:
            self._read(address, answer.content.decode())

    def follow(self) -> None:
        """Every link not followed yet."""
        while self.waiting:
            address = self.waiting.pop()
            answer = self.client.get(address, secure=True)
            if answer.status_code in REFUSED:
                self.wrong.append(("link", address, answer.status_code))
            elif answer.status_code == 200:
                self._read(address, answer.content.decode())

    def press(self) -> None:
        """Every button not pressed yet, what takes away at the end."""
        while self.forms:
            self.forms.sort(key=lambda form: _turn(form[1].action), reverse=True)
            page, sheet, button = self.forms.pop()
            self._press(page, deepcopy(sheet), button)
            self.follow()

    def after(self, sheet: pages.Sheet, button: pages.Press, onward: str) -> None:
        """What else is tried with a form that was sent."""

    def _read(self, address: str, body: str) -> None:
        page = pages.read(body)
        for link in page.links:
            key = ("link", _name(link), tuple(re.findall(r"[?&](\w+)=", link)))
            if key not in self.seen and _name(link) not in OF_THE_GATE:
                self.seen.add(key)
                self.waiting.append(link)
        for sheet, button in pages.presses(page):
            key = (_name(sheet.action), frozenset(sheet.fields), button[0], _plain(button[1]))
            if key not in self.seen and _name(sheet.action) not in OF_THE_GATE:
                self.seen.add(key)
                self.forms.append((address, sheet, button))

    def _press(self, page: str, sheet: pages.Sheet, button: pages.Press) -> None:
        self.pressed += 1
        for _try in range(4):
            answer = self.client.post(sheet.action, sheet.sending(button), secure=True)
            if answer.status_code != 422:
                break
            for fault in pages.read(answer.content.decode()).faults:
                sheet.fill(fault)
        unmended = answer.status_code == 422 and _name(sheet.action) not in MAY_STAY_UNMENDED
        if answer.status_code == 302 and "run" in sheet.fields:
            self.after(sheet, button, answer["Location"])
        if answer.status_code in REFUSED or unmended:
            self.wrong.append((page, _name(sheet.action), button, answer.status_code))
        elif answer.status_code == 200:
            self._read(sheet.action, answer.content.decode())


class Twice(Walk):
    """Who presses each button a second time, before the page has gone."""

    def after(self, sheet: pages.Sheet, button: pages.Press, onward: str) -> None:
        """The same again leads to the same place, and makes nothing."""
        before = _standing()
        again = self.client.post(sheet.action, sheet.sending(button), secure=True)
        if (again.status_code, again.headers.get("Location")) != (302, onward):
            self.wrong.append(("second press", _name(sheet.action), again.status_code))
        elif _standing() != before:
            self.wrong.append(("doubled", _name(sheet.action)))


def _standing() -> dict[str, int]:
    """How many rows of each table stand, but for the ledger, where looks are written down."""
    kinds = apps.get_app_config("records").get_models()
    return {
        kind.__name__: kind._default_manager.count()
        for kind in kinds
        if not kind.__name__.startswith("Ledger")
    }


def _name(address: str) -> str:
    return resolve(address.partition("?")[0]).url_name or ""


def _turn(action: str) -> int:
    name = _name(action)
    return LAST.index(name) + 1 if name in LAST else 0


def _plain(value: str) -> str:
    """Without the ids in it: the same button for another child is the same button."""
    return re.sub(r"[0-9a-f-]{36}|\d+", "…", value)


@pytest.mark.parametrize("person", [*PEOPLE[2:], "dora"])
def test_whoever_is_shown_a_form_may_send_it(snapshot: Callable[..., Any], person: str) -> None:
    cast, named = snapshot("walked", build)
    walker = Walk(cast.client(getattr(cast, person)))
    for name, parts in walk(get_resolver()):
        if name not in OF_THE_GATE:
            walker.look(reverse(name, kwargs=named.of(parts, name) or None))
            walker.follow()
    walker.press()

    assert not walker.wrong
    assert walker.pressed


@pytest.mark.parametrize("person", ["ana", "cora", "ada", "dan"])
def test_a_second_press_of_any_form_makes_nothing_twice(
    snapshot: Callable[..., Any], person: str
) -> None:
    cast, named = snapshot("walked", build)
    walker = Twice(cast.client(getattr(cast, person)))
    for name, parts in walk(get_resolver()):
        if name not in OF_THE_GATE:
            walker.look(reverse(name, kwargs=named.of(parts, name) or None))
    walker.press()

    assert not walker.wrong
