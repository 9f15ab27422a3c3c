"""The pages in Filipino and Cebuano: they stand, and no English sentence is left on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.casework import homes, night
from tests.casework.homes import Homes
from tests.web.sending import FORMS, at

LANGUAGES = ("fil", "ceb")
PLACE = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def english(code: str) -> Iterator[re.Pattern[str]]:
    """Every English message that the language says otherwise, as what may stand on a page."""
    path = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        for message in read_po(file):
            texts = [message.id] if isinstance(message.id, str) else list(message.id)
            told = [message.string] if isinstance(message.string, str) else list(message.string)
            for text in texts:
                words = PLACE.sub(" ", re.sub(r"<[^>]+>", " ", text)).split()
                if text and text not in told and (len(words) > 2 or not PLACE.search(text)):
                    parts = (re.escape(part) for part in PLACE.split(text))
                    yield re.compile(".+".join(parts))


def pieces(answer: Any) -> set[str]:
    """What stands between the marks of a page, piece by piece."""
    page = re.sub(r"<(svg|script|style)\b.*?</\1>", "\n", answer.content.decode(), flags=re.S)
    plain = unescape(re.sub(r"<[^>]+>", "\n", page))
    return {" ".join(piece.split()) for piece in plain.split("\n") if piece.strip()}


def left(code: str, answer: Any) -> list[str]:
    """The English messages on a page in another language."""
    said = pieces(answer)
    return sorted({piece for each in english(code) for piece in said if each.fullmatch(piece)})


def of_maya(here: Homes, site: Client) -> Iterator[Any]:
    case = here.cast.maya
    for name in ("child", "child_way", "child_looks", "discharge", "exclusion", *FORMS):
        yield site.get(at(name, case))
    for part in ("identity", "care", "health", "justice", "whereabouts"):
        yield site.post(at("child", case), {"open": part})
        yield site.get(at("write_note", case, part=part))
    for name in ("set_identity", "say_what_helps"):
        yield site.post(at(name, case))
    yield site.post(at("record_element", case, element="depiction"))


def of_a_night(here: Homes, site: Client) -> Iterator[Any]:
    removal = night.begin(here.cast.ana, here.cast.team("casework"))
    child = night.meet(here.cast.ana, removal, "Amihan")
    night.meet(here.cast.ana, removal, years="4")
    for name in ("board", "several", "line", "siblings", "new"):
        yield site.get(reverse(f"intake-{name}", kwargs={"removal": removal}))
    for step in ("when", "where", "who", "custody"):
        yield site.get(reverse("intake-shared", kwargs={"removal": removal, "step": step}))
    for step in ("tonight", "born", "needs", "belongs"):
        there = {"removal": removal, "child": child, "step": step}
        yield site.get(reverse("intake-child", kwargs=there))
    yield site.get(reverse("intake-check", kwargs={"removal": removal, "child": child}))
    yield site.get(reverse("intake-paper"))


def of_places(here: Homes, site: Client) -> Iterator[Any]:
    children = [str(here.cast.maya), str(here.cast.jun)]
    yield site.get(reverse("ask_for_place"), {"child": children})
    sent = {"child": children, "region": "0700000000"}
    asked = site.post(reverse("ask_for_place"), sent)["Location"]
    yield site.get(asked)
    chosen = f"?child={children[0]}&child={children[1]}"
    yield site.get(f"{asked}/{here.of['family']}{chosen}")
    yield site.get(reverse("facilities"))
    yield site.get(reverse("facility", kwargs={"facility": here.of["family"]}))


def of_every_day(here: Homes, site: Client) -> Iterator[Any]:
    for name in ("home", "cases", "search", "places", "intake", "newcomers", "sign_in", "card"):
        yield site.get(reverse(name))
    yield site.get(reverse("people"))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("pages", [of_maya, of_a_night, of_places, of_every_day])
def test_no_page_says_in_english_what_is_drafted(here: Homes, code: str, pages: Any) -> None:
    site = here.cast.client(here.cast.ana, HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=code)
    seen = 0
    for answer in pages(here, site):
        said = f"{answer.request['PATH_INFO']} in {code}"
        assert answer.status_code in {200, 302, 403}, said
        if answer.status_code == 302:
            continue
        assert f'<html lang="{code}"' in answer.content.decode(), said
        assert left(code, answer) == [], said
        seen += 1
    assert seen > 4


def test_an_english_sentence_on_a_page_is_seen(here: Homes) -> None:
    page = here.cast.client(here.cast.ana, HTTP_HOST="localhost").get(reverse("places"))
    assert "Children without a place" in left("ceb", page)
