"""What a browser sends to the pages of a child, and reads from them."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.urls import reverse
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.casework import child_page, notes
from tahanan.records.vocabulary import Compartment

FORMS = (
    "change_card",
    "decide_status",
    "record_basis",
    "record_contact",
    "draw_siblings",
    "join_sibling",
    "split_siblings",
    "call_therapist",
)


def at(name: str, case: uuid.UUID, **parts: Any) -> str:
    """The address of a page about a case."""
    return reverse(name, kwargs={"case": case, **parts})


def day(prefix: str = "happened", when: Any = None) -> dict[str, str]:
    on = when or clock.today()
    return {
        f"{prefix}-day": str(on.day),
        f"{prefix}-month": str(on.month),
        f"{prefix}-year": str(on.year),
    }


def run() -> str:
    return str(uuid.uuid4())


def note(text: str, key: str | None = None, **more: str) -> dict[str, str]:
    return {"text": text, "run": key or run(), **day(), **more}


def hidden(body: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', body)
    assert found, f"no hidden {name}"
    return found[1]


def care_notes(cast: Cast, case: uuid.UUID) -> list[str]:
    page = child_page.opened(cast.ana, case=case, part=Compartment.CARE)
    assert page.opened is not None
    return [each.text for each in page.opened.notes]


def newest(cast: Cast) -> notes.NoteShape:
    """The newest note in Maya's Care."""
    page = child_page.opened(cast.ana, case=cast.maya, part=Compartment.CARE)
    assert page.opened is not None
    return page.opened.notes[0]


def carried(body: str, choice: str) -> dict[str, str]:
    """What the page of two versions sends when `choice` is made."""
    names = set(re.findall(r'<input type="hidden" name="([^"]+)"', body)) - {"csrfmiddlewaretoken"}
    return {name: hidden(body, name) for name in names} | {"choice": choice}
