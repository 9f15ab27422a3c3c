"""What was typed outlasts a lock and a sign-out: sealed in the page, and back in its own form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from tests.access import pages
from tests.access.test_forms import OF_THE_GATE, build
from tests.access.test_urls import walk
from tests.casework import gatehouse
from tests.casework.gatehouse import code
from tests.cast.cast import Cast
from tests.web.test_entry import come_in, hidden, text

from tahanan.base import clock
from tahanan.casework import entry
from tahanan.records.models import Team

Staff = dict[str, Any]
WORDS = "Second team of Cebu"


_LATE = iter(range(1, 100))


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> Iterator[Staff]:
    """Ada, Ana and Ben, each test some minutes after the one before: no code was used already."""
    made = snapshot("gate", gatehouse.build)
    with clock.frozen(clock.real() + timedelta(minutes=5 * next(_LATE))):
        yield made


def send_late(staff: Staff, after: timedelta) -> tuple[Client, Any, Any]:
    """Ada opens a form, is called away, and sends it: her browser, the answer, the clock."""
    browser = come_in(staff["ada"])
    form = pages.read(browser.get(reverse("open_team")).content.decode()).sheets[0]
    form.fields["name"].sent, form.fields["kind"].sent = [WORDS], ["legal"]
    standing = clock.frozen(clock.now() + after)
    standing.__enter__()
    return browser, browser.post(form.action, form.sending(("", ""))), standing


def test_a_form_sent_while_locked_comes_back_as_it_was_typed_and_is_sent_once(staff: Staff) -> None:
    browser, shut, standing = send_late(staff, timedelta(minutes=16))
    assert shut.status_code == 423
    assert "What you wrote is kept" in text(shut)
    assert WORDS not in shut.content.decode()
    typed = {"passphrase": "no", "next": hidden(shut, "next"), "held": hidden(shut, "held")}
    wrong = browser.post(reverse("unlock"), typed)
    typed = {"passphrase": staff["ada"].phrase, "held": hidden(wrong, "held")}
    back = browser.post(reverse("unlock"), typed)

    assert back.status_code == 200
    assert not Team.objects.filter(name=WORDS).exists()
    form = pages.read(back.content.decode()).sheets[0]
    assert (form.fields["name"].sent, form.fields["kind"].sent) == ([WORDS], ["legal"])
    for _press in range(2):
        assert browser.post(form.action, form.sending(("", ""))).status_code == 302
    assert Team.objects.filter(name=WORDS).count() == 1
    standing.__exit__(None, None, None)


def test_a_form_sent_after_ten_hours_comes_back_once_she_has_signed_in(staff: Staff) -> None:
    browser, out, standing = send_late(staff, timedelta(hours=10, minutes=1))
    assert out.status_code == 401
    assert WORDS not in out.content.decode()
    assert "You were signed out. What you wrote is kept" in text(out)
    who = {"who": staff["ada"].name, "passphrase": staff["ada"].phrase}
    second = browser.post(reverse("sign_in"), {**who, "held": hidden(out, "held")})
    wrong = browser.post(reverse("code"), {"code": "1", "held": hidden(second, "held")})
    back = browser.post(
        reverse("code"), {"code": code(staff["ada"]), "held": hidden(wrong, "held")}
    )

    assert back.status_code == 200
    assert f'value="{WORDS}"' in back.content.decode()
    assert not Team.objects.filter(name=WORDS).exists()
    standing.__exit__(None, None, None)


def test_who_signs_in_next_at_this_browser_is_not_shown_what_another_wrote(staff: Staff) -> None:
    browser, out, standing = send_late(staff, timedelta(hours=10, minutes=1))
    token = hidden(out, "held")
    who = {"who": staff["ben"].name, "passphrase": staff["ben"].phrase, "held": token}
    browser.post(reverse("sign_in"), who)
    inside = browser.post(reverse("code"), {"code": code(staff["ben"]), "held": token})

    assert inside.status_code == 302
    later_on = browser.post(reverse("unlock"), {"held": token})
    assert later_on.status_code == 302
    standing.__exit__(None, None, None)


def test_it_opens_for_whose_form_it_was_for_a_day_and_unaltered(staff: Staff) -> None:
    now, ada, ben = clock.now(), staff["ada"].person, staff["ben"].person
    token = entry.hold(entry.mark_of(ada), "/people/teams/new", [("name", WORDS)], now)
    assert entry.held(token, ada, now).typed == (("name", WORDS),)
    for person, sent, at in (
        (ben, token, now),
        (ada, token[:-8] + "AAAAAAA=", now),
        (ada, "not a token", now),
        (ada, token, now + timedelta(days=1)),
    ):
        assert entry.held(sent, person, at) is None
    assert entry.hold("", "/people/teams/new", [("name", WORDS)], now) == ""


def test_a_page_from_before_a_new_sign_in_comes_back_and_a_foreign_one_does_not(
    staff: Staff,
) -> None:
    browser = come_in(staff["ada"], Client(enforce_csrf_checks=False))
    form = pages.read(browser.get(reverse("open_team")).content.decode()).sheets[0]
    form.fields["name"].sent = [WORDS]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    stale = form.sending(("", "")) | {"csrfmiddlewaretoken": ["a" * 64]}
    back = strict.post(form.action, stale, secure=True, HTTP_REFERER="https://testserver/")
    assert back.status_code == 200
    assert f'value="{WORDS}"' in back.content.decode()
    foreign = strict.post(
        form.action, stale | {"by": ["x"]}, secure=True, HTTP_REFERER="https://testserver/"
    )
    assert foreign.status_code == 403
    assert WORDS not in foreign.content.decode()
    assert not Team.objects.filter(name=WORDS).exists()


def test_what_was_held_stands_in_no_table(staff: Staff) -> None:
    _browser, shut, standing = send_late(staff, timedelta(minutes=16))
    assert hidden(shut, "held")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert WORDS not in str([bytes(v) if isinstance(v, memoryview) else v for v in row])
    standing.__exit__(None, None, None)


def test_every_form_of_ana_comes_back_with_what_she_typed(snapshot: Callable[..., Any]) -> None:
    cast, named = snapshot("walked", build)
    lost, back = [], 0
    for name, parts in walk(get_resolver()):
        if name in OF_THE_GATE:
            continue
        address = reverse(name, kwargs=named.of(parts, name) or None)
        page = cast.client(cast.ana).get(address, secure=True)
        if page.status_code != 200:
            continue
        for sheet in pages.read(page.content.decode()).sheets:
            written = write(sheet)
            if "run" not in sheet.fields or not written:
                continue
            answer = sent_and_unlocked(cast, sheet)
            again = [s for s in pages.read(answer).sheets if s.action == sheet.action]
            kept = {n: s.fields[n].sent for s in again for n in written if n in s.fields}
            back += 1
            if kept != {n: sheet.fields[n].sent for n in written}:
                lost.append((name, written, kept))
    assert not lost
    assert back > 12


def write(sheet: pages.Sheet) -> list[str]:
    """Type something into every line and passage; gives their names."""
    typed = [n for n, each in sheet.fields.items() if each.kind in ("text", "textarea") and n]
    for place, name in enumerate(typed):
        sheet.fields[name].sent = [f"{place}1"]
    return typed


def sent_and_unlocked(cast: Cast, sheet: pages.Sheet) -> str:
    """The page after the form was sent locked, and the words were typed."""
    sent = sheet.sending(sheet.buttons[0])
    shut = cast.client(cast.locked(cast.ana)).post(sheet.action, sent, secure=True)
    assert shut.status_code == 423
    held = {"held": hidden(shut, "held")}
    answer = cast.client(cast.ana).post(reverse("unlock"), held, secure=True)
    return answer.content.decode()
