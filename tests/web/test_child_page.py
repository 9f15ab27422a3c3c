"""The child's page in a browser's hands: panes by POST, two who write at once, nothing lost."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.urls import reverse
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.casework import child_page
from tahanan.records.vocabulary import Compartment


def at(name: str, case: uuid.UUID, **parts: Any) -> str:
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


FORMS = (
    "change_card",
    "decide_status",
    "record_basis",
    "record_contact",
    "draw_siblings",
    "call_therapist",
)


def test_every_page_of_a_child_can_be_opened(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    for name in ("child", "child_way", "child_looks", *FORMS):
        assert ana.get(at(name, cast.maya)).status_code == 200, name
    for part in ("identity", "care", "health", "justice", "whereabouts"):
        body = ana.post(at("child", cast.maya), {"open": part})
        assert body.status_code == 200
        assert ana.get(at("write_note", cast.maya, part=part)).status_code == 200
    for name in ("set_identity", "say_what_helps"):
        assert ana.post(at(name, cast.maya)).status_code == 200
    assert ana.post(at("record_element", cast.maya, element="depiction")).status_code == 200
