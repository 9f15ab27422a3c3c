"""Whatever is sent wrong, the page says what is to be mended, where, and keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests.access import pages
from tests.access.test_forms import LAST, OF_THE_GATE, build
from tests.access.test_urls import walk

# The framework's own sentences name neither the field nor the mend.
BARE = re.compile(r"This field is required|Enter a |Select a valid|Ensure this")


def sheets(client: Client, named: Any) -> Iterator[pages.Sheet]:
    """Every form with fields on the pages that are answered at their address."""
    for name, parts in walk(get_resolver()):
        if name in OF_THE_GATE or name in LAST:
            continue
        page = client.get(reverse(name, kwargs=named.of(parts, name) or None), secure=True)
        if page.status_code == 200:
            for sheet in pages.read(page.content.decode()).sheets:
                if "run" in sheet.fields and typed(sheet):
                    yield sheet


def typed(sheet: pages.Sheet) -> list[pages.Field]:
    return [each for each in sheet.fields.values() if each.kind != "hidden" and each.name]


def faults(body: str) -> list[tuple[str, str]]:
    """Where each line of the summary leads, and its sentence."""
    summary = re.search(r'<div class="govuk-error-summary".*?</ul>', body, re.DOTALL)
    assert summary, "nothing says what is to be mended"
    said = re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary[0], re.DOTALL)
    return [(id, unescape(re.sub(r"<[^>]+>", "", words)).strip()) for id, words in said]


@pytest.mark.parametrize("person", ["ana", "cora", "ada", "leo"])
@pytest.mark.parametrize("wrong", ["", "31x"])
def test_every_form_says_what_to_mend_and_keeps_what_was_typed(
    snapshot: Callable[..., Any], person: str, wrong: str
) -> None:
    cast, named = snapshot("walked", build)
    client = cast.client(getattr(cast, person))
    tried = mended = 0
    for sheet in sheets(client, named):
        for each in typed(sheet):
            each.sent = [wrong] if each.kind in ("text", "textarea") and wrong else []
        answer = client.post(sheet.action, sheet.sending(sheet.buttons[0]), secure=True)
        assert answer.status_code in (302, 409, 422), (sheet.action, answer.status_code)
        tried += 1
        if answer.status_code != 422:
            continue
        mended += 1
        body = answer.content.decode()
        assert "<title>Error: " in body, sheet.action
        said = faults(body)
        assert said, sheet.action
        for id, words in said:
            assert f'id="{id}"' in body, (sheet.action, id)
            assert words, sheet.action
            assert not BARE.search(words), (sheet.action, words)
        again = [s for s in pages.read(body).sheets if s.action == sheet.action]
        kept = {n: f.sent for s in again for n, f in s.fields.items() if n in sheet.fields}
        for each in typed(sheet):
            if each.kind in ("text", "textarea") and wrong and each.name in kept:
                assert kept[each.name] == [wrong], (sheet.action, each.name)
    assert tried
    assert mended
