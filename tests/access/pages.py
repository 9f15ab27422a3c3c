"""A page as a person reads it: where links lead, which forms stand in it, how they are filled.

What stands around `main` (the menu, the languages, quick exit) is on every page and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tahanan.base import clock

Press = tuple[str, str]


@dataclass
class Field:
    """One input: its values as sent now, and what else it offers."""

    name: str
    kind: str
    sent: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """One form of a page: where it is sent, its fields by id and by name, its buttons."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    buttons: list[Press] = field(default_factory=list)

    def sending(self, button: Press) -> dict[str, list[str]]:
        """What a press on `button` sends, as the form stands."""
        sent = {each.name: each.sent for each in self.fields.values() if each.sent}
        return sent | ({button[0]: [button[1]]} if button[0] else {})

    def fill(self, id: str) -> None:
        """Answer the field that a summary names by `id`."""
        name = self.ids.get(id, id)
        each = self.fields[name]
        each.sent = [_answer(each)]
        for part in ("month", "year"):
            beside = re.sub(r"-day$", f"-{part}", name)
            if beside != name:
                self.fields[beside].sent = [_answer(self.fields[beside])]


@dataclass
class Page:
    """The links and forms of `main`, the faults its summary names, and its words."""

    links: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(body: str) -> Page:
    """The page of an answer."""
    reader = _Reader()
    start, end = body.find("<main"), body.find("</main>")
    reader.feed(body[start:end])
    return reader.page


def _answer(each: Field) -> str:
    today = clock.today()
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        if each.name.endswith(f"-{part}"):
            return str(value)
    if each.offers:
        return next(filter(None, each.offers))
    return {"city": "Carcar", "places": "1", "from": "7", "until": "12"}.get(
        each.name.partition("-")[0], "2" if each.name in _NUMBERS else "Slept well"
    )


_NUMBERS = {"how_many", "sheets", "age-years"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.sheet: Sheet | None = None
        self.inside = ""
        self.summary = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "govuk-error-summary" in given.get("class", "").split():
            self.summary = True
        if tag == "a" and "href" in given:
            self._link(given["href"])
        elif tag == "form" and given.get("method") == "post":
            self.sheet = Sheet(given["action"].partition("#")[0])
            self.page.sheets.append(self.sheet)
        elif self.sheet is not None:
            self._part(self.sheet, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.sheet = None
        elif tag in ("select", "textarea"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.sheet is not None and self.inside and data.strip():
            each = self.sheet.fields[self.inside]
            if each.kind == "textarea":
                each.sent = [data]

    def _link(self, href: str) -> None:
        if href.startswith("#"):
            if self.summary:
                self.page.faults.append(href[1:])
        elif href.startswith("/"):
            self.page.links.append(href.partition("#")[0])

    def _part(self, sheet: Sheet, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "button" and given.get("type") != "button":
            sheet.buttons.append((name, value))
        elif tag in ("input", "select", "textarea") and "disabled" not in given:
            each = sheet.fields.setdefault(name, Field(name, given.get("type", tag)))
            sheet.ids[given.get("id", name)] = name
            self.inside = name if tag != "input" else self.inside
            if each.kind in ("radio", "checkbox"):
                each.offers.append(value)
                each.sent += [value] if "checked" in given else []
            elif tag == "input" and value:
                each.sent = [value]
        elif tag == "option":
            each = sheet.fields[self.inside]
            each.offers.append(value)
            if "selected" in given or not each.sent:
                each.sent = [value]


def presses(page: Page) -> Iterator[tuple[Sheet, Press]]:
    """Every button of every form."""
    for sheet in page.sheets:
        for button in sheet.buttons:
            yield sheet, button
