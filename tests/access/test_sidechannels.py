"""What must not be told apart derives equally often, runs the same statements, answers alike.

The clock itself is read in the bench, two hundred times by turns; here, what a clock would show.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from tests.access import addresses
from tests.access.addresses import Named
from tests.casework import homes
from tests.casework.homes import Homes, child, take_in
from tests.cast import cast as casts
from tests.cast.cast import Cast

import tahanan
from tahanan.base import clock, ids
from tahanan.casework import admissions
from tahanan.records.models import Clock
from tahanan.records.vocabulary import Sex
from tahanan.vault import suites

KIN = "The night guard is the uncle of the accused."
COURT = "Branch 12 bars contact with a girl who lives there, until the appeal is heard."
HIDDEN = ["Tala", "Mayumi", "Hiraya"]
# Where keys are derived and opened, and links closed: what costs enough to be timed.
COUNTED = tuple(
    str(Path(tahanan.__file__).parent / part) for part in ("vault", "access/keys", "access/links")
)
_ID = re.compile(rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_TOKEN = re.compile(rb'name="(?:csrfmiddlewaretoken|run)" value="[^"]*"')


@dataclass
class Seen:
    """What one act shows to whoever watches the machine, and what it answers."""

    statements: list[str] = field(default_factory=list)
    derived: Counter[str] = field(default_factory=Counter)
    answer: bytes = b""


@contextmanager
def watched(seen: Seen) -> Iterator[None]:
    """Each statement as it is sent, without its values; each call into the vault."""

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.statements.append(sql)
        return execute(sql, params, many, context)

    def call(frame: Any, event: str, _arg: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(COUNTED):
            seen.derived[frame.f_code.co_qualname] += 1

    with connection.execute_wrapper(statement):
        sys.setprofile(call)
        try:
            yield
        finally:
            sys.setprofile(None)


def watch(act: Callable[[], Any]) -> Seen:
    """Do it once unwatched, so that nothing is derived for the first time, then watch it."""
    act()
    seen = Seen()
    with watched(seen):
        response = act()
    plain = _TOKEN.sub(b"token", _ID.sub(b"id", response.content))
    seen.answer = b"%d " % response.status_code + plain
    return seen


def alike(one: Seen, other: Seen) -> None:
    assert one.statements == other.statements
    assert one.derived == other.derived
    assert one.answer == other.answer


@pytest.fixture(autouse=True)
def one_minute() -> Iterator[None]:
    """Pages say the minute at which they were shown: here it does not pass."""
    with clock.frozen(clock.real() + timedelta(minutes=5)):
        yield


# ── a case hidden or absent ─────────────────────────────────────────────────────────────────


def _about_a_case() -> list[URLPattern]:
    """Every address that names a case."""

    def below(resolver: URLResolver) -> Iterator[URLPattern]:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from below(each)
            else:
                yield each

    return [each for each in below(get_resolver()) if "case" in each.pattern.converters]


ABOUT = sorted(str(pattern.name) for pattern in _about_a_case())


def _parts(named: Named, name: str, case: UUID) -> dict[str, object]:
    pattern = next(each for each in _about_a_case() if each.name == name)
    return named.of(list(pattern.pattern.converters), name) | {"case": case}


@pytest.fixture
def named(snapshot: Callable[..., Any], cast: Cast) -> tuple[Cast, Named]:
    return snapshot("sidechannels", lambda house: _named(casts.build(house)))


def _named(cast: Cast) -> tuple[Cast, Named]:
    return cast, addresses.build(cast)


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize(
    ("who", "hidden"), [("fe", "maya"), ("ana", "luz"), ("cora", "luz"), ("dan", "luz")]
)
def test_a_case_hidden_from_her_is_as_one_that_does_not_exist(
    named: tuple[Cast, Named], who: str, hidden: str, verb: str
) -> None:
    cast, names = named
    client: Client = cast.client(getattr(cast, who))
    send = getattr(client, verb)
    sent = {"open": "care", "text": "x", "do": "change"} if verb == "post" else {}
    absent = ids.uuid7()
    looked = 0
    for name in ABOUT:
        there = reverse(name, kwargs=_parts(names, name, getattr(cast, hidden)))
        nowhere = reverse(name, kwargs=_parts(names, name, absent))
        hers, nobodys = watch(partial(send, there, sent)), watch(partial(send, nowhere, sent))
        alike(hers, nobodys)
        looked += hers.answer.startswith(b"404") and bool(hers.statements)
    # The others send her on, or ask for another verb, before they look for the case at all.
    assert looked > len(ABOUT) // 3


def test_a_name_hidden_from_her_is_searched_as_one_that_nobody_bears(cast: Cast) -> None:
    client: Client = cast.client(cast.fe)
    maya = watch(partial(client.post, reverse("search"), {"q": "Maya"}))
    nobody = watch(partial(client.post, reverse("search"), {"q": "Zyxw"}))
    maya.answer, nobody.answer = (
        each.answer.replace(b"Maya", b"").replace(b"Zyxw", b"") for each in (maya, nobody)
    )
    alike(maya, nobody)


def test_her_lists_are_as_in_a_world_without_the_hidden_children(
    snapshot: Callable[..., Any],
) -> None:
    for one, other in zip(_lists(snapshot, []), _lists(snapshot, HIDDEN), strict=True):
        alike(one, other)


def _lists(snapshot: Callable[..., Any], hidden: list[str]) -> list[Seen]:
    cast: Cast = snapshot("cast", casts.build)
    take_in(cast, [child(name, Sex.GIRL, 9) for name in hidden]) if hidden else None
    client: Client = cast.client(cast.fe)
    pages = [reverse(name) for name in ("home", "cases", "places")]
    return [watch(partial(client.get, page)) for page in [*pages, f"{pages[1]}?of=teams"]]


# ── the neutral no ──────────────────────────────────────────────────────────────────────────


def _refused(snapshot: Callable[..., Any], reason: str) -> tuple[Seen, Seen]:
    """A place asked for, and what was answered read, where one home cannot take Nene."""
    here: Homes = snapshot("homes", homes.build)
    admissions.declare_exclusion(
        here.cast.sela, case=here.cast.nene, facility=here.of["family"], reason=reason
    )
    ana = here.cast.client(here.cast.ana)
    asked = {"child": str(here.cast.nene), "region": ""}
    asking = watch(partial(ana.post, reverse("ask_for_place"), asked))
    request = admissions.ask_for_place(here.cast.ana, cases=(here.cast.nene,))
    reading = watch(partial(ana.get, reverse("placement", kwargs={"asked": request})))
    assert b"Ask the safeguarding lead" in reading.answer
    return asking, reading


def test_the_neutral_no_costs_and_says_the_same_for_one_reason_or_another(
    snapshot: Callable[..., Any],
) -> None:
    for one, other in zip(_refused(snapshot, KIN), _refused(snapshot, COURT), strict=True):
        alike(one, other)


# ── and the watch itself ────────────────────────────────────────────────────────────────────


def test_the_watch_sees_one_derivation_more(cast: Cast) -> None:
    client: Client = cast.client(cast.ana)
    page = reverse("child", kwargs={"case": cast.maya})
    one, other = (watch(partial(client.get, page)) for _turn in range(2))
    alike(one, other)
    assert one.statements

    def with_one_more() -> Any:
        suites.derive(bytes(32), b"one more")
        return client.get(page)

    with pytest.raises(AssertionError):
        alike(one, watch(with_one_more))


def test_the_watch_sees_one_statement_more(cast: Cast) -> None:
    client: Client = cast.client(cast.ana)
    maya = cast.maya
    page = reverse("child", kwargs={"case": maya})

    def with_one_more() -> Any:
        Clock.objects.filter(case=maya).exists()
        return client.get(page)

    with pytest.raises(AssertionError):
        alike(watch(partial(client.get, page)), watch(with_one_more))
