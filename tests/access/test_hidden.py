"""A hidden child (keyed-links §9.14): for whom she is not, the world is as if she were not there.

Fe's agency takes in a child whom Ana may not see. Before and after, Ana asks for the same pages:
the same bytes come back, after the same statements and as many keys opened. How long it takes is
measured in the bench, which is where a clock can be trusted.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.cast import children
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.base.days import PartialDate
from tahanan.base.names import LegalName
from tahanan.casework import cases, operations
from tahanan.records.vocabulary import Sex
from tahanan.vault import suites

CHOSEN, SURNAME = "Rosalinda", "Catacutan"
# What is drawn anew for each page, whoever asks.
_FRESH = re.compile(r'name="(?:csrfmiddlewaretoken|run)" value="[^"]*"')


@dataclass(frozen=True)
class Asked:
    """One question as it was answered: the page, the statements behind it, the keys opened."""

    status: int
    page: str
    statements: tuple[str, ...]
    opened: int


def take_in(cast: Cast, by: str, team: str) -> uuid.UUID:
    """Rosalinda, taken in by somebody's team. Her case."""
    born = PartialDate(date(2014, 3, 9), date(2014, 3, 9), "day")
    card = cases.Card(chosen=CHOSEN, sex=Sex.GIRL, birth=born)
    operation = children.remove(
        getattr(cast, by),
        team=cast.team(team),
        children=((card, LegalName(CHOSEN, "", SURNAME)),),
        happened=operations.Happening(clock.today(), clock.today()),
    )
    (case,) = children.in_operation(getattr(cast, by), operation=operation)
    return case


@pytest.fixture
def ask(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Asked]:
    """Ana's browser, watched."""
    count = 0
    # Whatever is opened, a key or a text, is opened there.
    real = suites._open

    def counted(*args: Any) -> bytes:
        nonlocal count
        count += 1
        return real(*args)

    monkeypatch.setattr(suites, "_open", counted)

    def one(browser: Client, method: str, address: str, **typed: str) -> Asked:
        nonlocal count
        count, texts = 0, []

        def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            texts.append(re.sub(r"\s+", " ", sql))
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            answer = getattr(browser, method)(address, typed or None, secure=True)
        page = _FRESH.sub("", answer.content.decode())
        return Asked(answer.status_code, page, tuple(texts), count)

    return one


def questions(browser: Client, ask: Callable[..., Asked]) -> dict[str, Asked]:
    """What Ana may ask that a hidden child could show in."""
    asked = (f"{CHOSEN} {SURNAME}", CHOSEN, "Rosalida Catakutan", "Maya")
    found = {f"find {words}": ask(browser, "post", reverse("search"), q=words) for words in asked}
    for name in ("home", "cases", "search", "intake", "places", "newcomers"):
        found[name] = ask(browser, "get", reverse(name))
    return found


def test_to_ana_the_world_with_a_child_of_fes_is_the_world_without_her(
    cast: Cast, ask: Callable[..., Asked]
) -> None:
    with clock.frozen(clock.real()):
        browser = cast.client(cast.ana)
        questions(browser, ask)  # Her index is warm, as it is after unlocking.
        earlier, before = questions(browser, ask), questions(browser, ask)
        case = take_in(cast, "fe", "agapay")
        after = questions(browser, ask)
        for question, answer in before.items():
            # Her own looks are written down, and home opens the lines about her children anew.
            own = answer.opened - earlier[question].opened
            assert after[question] == replace(answer, opened=answer.opened + own), question
        hidden = ask(browser, "get", reverse("child", kwargs={"case": case}))
        nobody = ask(browser, "get", reverse("child", kwargs={"case": uuid.uuid4()}))
    assert hidden.status == 404
    assert re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", hidden.page) == re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}", "", nobody.page
    )
    assert (hidden.statements, hidden.opened) == (nobody.statements, nobody.opened)
    assert before["find Maya"].opened >= 2, "the key and the text of her card are counted"
    assert len(before["home"].statements) > 5, "statements are counted"


def test_a_child_of_her_own_team_would_be_seen(cast: Cast, ask: Callable[..., Asked]) -> None:
    """The control: the same child in Ana's team changes every one of these answers."""
    with clock.frozen(clock.real()):
        browser = cast.client(cast.ana)
        questions(browser, ask)
        before = questions(browser, ask)
        take_in(cast, "ana", "casework")
        after = questions(browser, ask)
    changed = {question for question, answer in before.items() if after[question] != answer}
    assert {"cases", f"find {CHOSEN}", f"find {CHOSEN} {SURNAME}"} <= changed
    assert SURNAME not in before[f"find {CHOSEN}"].page
