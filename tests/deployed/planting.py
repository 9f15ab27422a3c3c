"""Names entered through every form that a case manager is offered, kept or refused."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.deployed.browser import ORIGIN, REDIRECTS, Answer, Browser, Form

from tahanan.base import clock

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_numbers = itertools.count(1)
# They end the session, or change how one comes in: sent last or by a test of their own.
_LEFT_ALONE = ("/sign-out", "/exit", "/lock", "/account", "/language", "/intake/*/finish")


def canary() -> str:
    """A name that stands nowhere else, with letters that travel in many clothes."""
    return f"P{next(_numbers):04d}ípitkañaryong"


class Planter:
    """A browser that writes a name of its own into every field of every form it comes upon."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.planted: list[str] = []
        self.cases: set[str] = set()
        self.answers: Counter[tuple[str, int]] = Counter()
        self._pages: set[str] = set()
        self._forms: set[tuple[str, ...]] = set()
        self._waiting: list[str] = []

    def name(self) -> str:
        """A fresh name, remembered."""
        self.planted.append(canary())
        return self.planted[-1]

    def everywhere(self, beginning: str = f"{ORIGIN}/") -> None:
        """Follow one link of each kind, and plant in every form of each kind, until all is seen."""
        self._waiting = [beginning]
        while self._waiting:
            address = urldefrag(self._waiting.pop(0)).url
            kind = starred(address)
            if kind in self._pages or kind.startswith("/language"):
                continue
            self._pages.add(kind)
            self._read(self.browser.get(address))

    def _read(self, answer: Answer) -> None:
        """Take up a page's links, and plant in its forms."""
        if answer.status in REDIRECTS:
            self._waiting.append(urljoin(answer.address, answer.header("location")))
            return
        page = answer.page
        self._waiting += page.links
        for form in page.forms:
            if form.method == "POST" and not starred(form.action).startswith(_LEFT_ALONE):
                self._plant(form)

    def _plant(self, form: Form) -> None:
        """Once with days that cannot be, to be refused; then as well as a stranger can."""
        kind = (starred(form.action), *sorted(form.fields), *sorted(form.choices))
        if form.fields.get("open"):
            kind += (form.fields["open"],)
        if kind in self._forms:
            return
        self._forms.add(kind)
        if form.texts:
            self.send(form, day="32")
        for answer in (self.send(form), *self._by_button(form)):
            self._read(answer)

    def _by_button(self, form: Form) -> list[Answer]:
        """The panes of a child's page are opened by buttons: each one once."""
        return [self.send(form, open=part) for part in form.choices.get("open", ())]

    def send(self, form: Form, **fixed: str) -> Answer:
        """The form, filled; what is `fixed` stays so."""
        day = fixed.pop("day", str(clock.today().day))
        filled = {name: self._typed(name, day) for name in form.texts if name not in fixed}
        for name, offered in form.choices.items():
            if not form.fields.get(name) and name not in ("no_name", "age_unknown", "open"):
                filled[name] = next((each for each in offered if each), "")
        answer = self.browser.send(form, **(filled | fixed))
        if "/children/" in form.action:
            self.cases |= set(_ID.findall(form.action)[:1])
        self.answers[(starred(form.action), answer.status)] += 1
        return answer

    def _typed(self, name: str, day: str) -> str:
        today = clock.today()
        if name.startswith(("until", "born")):
            return ""
        for ending, value in (("-day", day), ("-month", str(today.month)),
                              ("-year", str(today.year)), ("-years", "9"), ("-months", ""),
                              ("hour", "02:10")):  # fmt: skip
            if name.endswith(ending):
                return value
        return self.name()


def starred(address: str) -> str:
    """The kind of an address: its path without ids."""
    return _ID.sub("*", urlsplit(address).path)
