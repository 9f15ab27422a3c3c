"""Pages of the gate: two steps in, the lock, ways out, one's own account, cards and colleagues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from http.cookies import Morsel
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from tests.casework.gatehouse import Someone, code

from tahanan.base import clock
from tahanan.casework.entry import factors
from tahanan.records.models import Account, Session
from tahanan.web.people import suggestion

Staff = dict[str, Any]
_LATE = iter(range(1, 10_000))


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """Each test stands half a minute after the one before, so that no code was used already."""
    with clock.frozen(clock.real() + timedelta(seconds=31 * next(_LATE))):
        yield


def come_in(someone: Someone, browser: Client | None = None) -> Client:
    """A browser in which somebody has signed in by the pages."""
    browser = browser or Client()
    first = browser.post(reverse("sign_in"), {"who": someone.name, "passphrase": someone.phrase})
    assert first.status_code == 302, text(first)
    second = browser.post(first["Location"], {"code": code(someone)})
    assert second.status_code == 302, text(second)
    return browser


def text(response: HttpResponse) -> str:
    """The words of a page, without markup."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words).replace("&#39;", "’").replace("&#x27;", "’")


def hidden(response: HttpResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


# In and out -------------------------------------------------------------------------------------


def test_ana_signs_in_by_the_two_pages_and_is_home(staff: Staff) -> None:
    browser = come_in(staff["ana"])

    home = browser.get(reverse("home"))
    assert home.status_code == 200
    assert "Ana Reyes" in text(home)


def test_she_arrives_at_the_page_she_asked_for(staff: Staff) -> None:
    browser = Client()
    sent = browser.get(reverse("own_account"))
    assert sent["Location"] == f"{reverse('sign_in')}?next=%2Faccount"
    page = browser.get(sent["Location"])
    who = {"who": staff["ana"].name, "passphrase": staff["ana"].phrase}
    first = browser.post(reverse("sign_in"), {**who, "next": hidden(page, "next")})
    second = browser.get(first["Location"])
    third = browser.post(
        reverse("code"), {"code": code(staff["ana"]), "next": hidden(second, "next")}
    )

    assert third["Location"] == "/account"


@pytest.mark.parametrize("elsewhere", ["https://example.test/", "//example.test", "/\\example"])
def test_nobody_is_led_elsewhere_after_signing_in(staff: Staff, elsewhere: str) -> None:
    browser = Client()
    who = {"who": staff["ana"].name, "passphrase": staff["ana"].phrase, "next": elsewhere}
    first = browser.post(reverse("sign_in"), who)

    assert first["Location"] == reverse("code")


def test_a_known_and_an_unknown_name_get_the_same_page_byte_for_byte(staff: Staff) -> None:
    pages = []
    for name, source in ((staff["ana"].name, "192.0.2.1"), ("nobody.her", "192.0.2.2")):
        typed = {"who": name, "passphrase": "six words that are not it", "run": "x"}
        page = Client(REMOTE_ADDR=source).post(reverse("sign_in"), typed)
        assert page.status_code == 422
        pages.append(_without_keys(page).replace(name, "somebody"))

    assert pages[0] == pages[1]
    assert "do not fit" in pages[0]


def _without_keys(page: HttpResponse) -> str:
    return re.sub(r'name="(csrfmiddlewaretoken|run)" value="[^"]*"', "", page.content.decode())


def test_the_passphrase_is_never_shown_back(staff: Staff) -> None:
    page = Client().post(reverse("sign_in"), {"who": "ana.reyes", "passphrase": "kept to oneself"})

    assert "kept to oneself" not in page.content.decode()


def test_too_many_tries_say_how_long_to_wait(staff: Staff) -> None:
    browser = Client()
    for _ in range(6):
        page = browser.post(reverse("sign_in"), {"who": staff["ana"].name, "passphrase": "no"})

    assert page.status_code == 429
    assert page["Retry-After"] == "600"
    assert "Wait ten minutes" in text(page)


def test_the_cookies_stay_in_this_browser_and_on_this_site(staff: Staff) -> None:
    browser = come_in(staff["ana"])
    names = (
        settings.SESSION_COOKIE_NAME,
        settings.UNLOCK_COOKIE_NAME,
        settings.DEVICE_COOKIE_NAME,
    )
    for name in names:
        cookie: Morsel[str] = browser.cookies[name]
        assert name.startswith("__Host-")
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Strict"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
    assert not browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"]


@pytest.mark.parametrize("then", ["out", "change"])
def test_signing_out_clears_this_browser(staff: Staff, then: str) -> None:
    browser = come_in(staff["ana"])
    out = browser.post(reverse("sign_out"), {"then": then})

    assert out["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert browser.cookies[settings.UNLOCK_COOKIE_NAME].value == ""
    assert not Session.objects.exists()
    assert browser.get(reverse("home")).status_code == 302


def test_quick_exit_ends_the_session(staff: Staff) -> None:
    browser = come_in(staff["ana"])
    gone = browser.post(reverse("leave"))

    assert gone["Location"] == reverse("away")
    assert not Session.objects.exists()


def test_the_next_person_at_a_shared_computer_is_herself(staff: Staff) -> None:
    browser = come_in(staff["ana"])
    browser.post(reverse("sign_out"), {"then": "change"})
    come_in(staff["ben"], browser)

    shown = text(browser.get(reverse("own_account")))
    assert "Ben Reyes" in shown
    assert "Ana Reyes" not in shown


def test_every_page_of_somebody_signed_in_is_kept_nowhere(staff: Staff) -> None:
    browser = come_in(staff["ana"])
    for name in ("home", "own_account", "new_words"):
        assert browser.get(reverse(name))["Cache-Control"] == "no-store"


# Locked -----------------------------------------------------------------------------------------


def test_an_idle_browser_is_locked_and_opens_again_with_the_words(staff: Staff) -> None:
    ana, browser = staff["ana"], come_in(staff["ana"])
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        shut = browser.get(reverse("home"))
        assert shut.status_code == 423
        assert "still locked" in text(shut)
        assert "1343" in text(shut)
        wrong = browser.post(reverse("unlock"), {"passphrase": "no", "next": "/account"})
        assert wrong.status_code == 423
        assert "do not fit" in text(wrong)
        opened = browser.post(reverse("unlock"), {"passphrase": ana.phrase, "next": "/account"})
        assert opened["Location"] == "/account"
        assert browser.get(reverse("home")).status_code == 200


def test_who_steps_away_can_lock_by_hand(staff: Staff) -> None:
    browser = come_in(staff["ana"])
    browser.post(reverse("lock"))

    assert browser.get(reverse("home")).status_code == 423
    account = browser.get(reverse("own_account"))
    assert account.status_code == 200
    assert "Unlock first" in text(account)


def test_no_page_but_the_ways_in_answers_a_stranger(staff: Staff) -> None:
    for name, parts in _addresses():
        page = Client().get(reverse(name, kwargs=parts))
        if name in _OPEN:
            assert page.status_code in (200, 302, 405), name
            continue
        assert page.status_code == 302, name
        assert page["Location"].startswith(reverse("sign_in")), name


_OPEN = {
    "sign_in", "code", "recover", "cannot_unlock", "card", "accept", "leave", "away", "language",
}  # fmt: skip


def _addresses() -> Iterator[tuple[str, dict[str, str]]]:
    made_up = "11111111-2222-4333-8444-555555555555"
    for name, found in get_resolver().reverse_dict.lists():
        if not isinstance(name, str):
            continue
        _pattern, parts = found[0][0][0]
        known = {"code": "en"}
        yield name, {part: known.get(part, made_up) for part in parts}


# The language of an account ---------------------------------------------------------------------


def test_the_language_of_an_account_is_the_same_on_every_computer(staff: Staff) -> None:
    ana, browser = staff["ana"], come_in(staff["ana"])
    assert _language(browser.get(reverse("home"))) == "en"
    assert browser.post(reverse("own_language"), {"language": "xx"}).status_code == 422
    assert browser.post(reverse("own_language"), {"language": "ceb"}).status_code == 302
    assert _language(browser.get(reverse("home"))) == "ceb"

    elsewhere = Client()
    assert _language(elsewhere.get(reverse("sign_in"))) == "en"
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        come_in(ana, elsewhere)
    assert _language(elsewhere.get(reverse("home"))) == "ceb"
    assert _language(come_in(staff["ben"]).get(reverse("home"))) == "en"


def test_the_links_at_the_foot_change_this_computer_alone(staff: Staff) -> None:
    ana, browser = staff["ana"], come_in(staff["ana"])
    browser.post(reverse("own_language"), {"language": "fil"})
    browser.get(reverse("language", kwargs={"code": "en"}))
    assert _language(browser.get(reverse("home"))) == "en"
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        assert _language(come_in(ana).get(reverse("home"))) == "fil"


def test_a_stolen_account_does_not_tell_who_reads_cebuano(staff: Staff) -> None:
    for someone, language in (("ana", "fil"), ("ben", "ceb")):
        come_in(staff[someone]).post(reverse("own_language"), {"language": language})
    chosen = Account.objects.exclude(language=None).values_list("language", flat=True)
    kept = [bytes(each) for each in chosen]
    assert len(kept) == 2

    assert len({len(each) for each in kept}) == 1
    assert not any(code in each for each in kept for code in (b"fil", b"ceb"))


def _language(page: HttpResponse) -> str:
    found = re.search(r'<html lang="(\w+)"', page.content.decode())
    assert found
    return found[1]


# One's own account ------------------------------------------------------------------------------


def test_ana_takes_new_words_and_the_old_ones_are_void(staff: Staff) -> None:
    ana, browser, elsewhere = staff["ana"], come_in(staff["ana"]), Client()
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        come_in(ana, elsewhere)
    shown = browser.post(reverse("new_words"), {"phrase": ana.phrase})
    words = re.findall(r'<b class="govuk-body-l">([a-z ]+)</b>', shown.content.decode())[0]
    kept = browser.post(reverse("keep_words"), {"token": hidden(shown, "token"), "phrase": words})

    assert kept["Location"] == reverse("own_account")
    assert browser.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).status_code == 302
    old = Client().post(reverse("sign_in"), {"who": ana.name, "passphrase": ana.phrase})
    new = Client().post(reverse("sign_in"), {"who": ana.name, "passphrase": words})
    assert old.status_code == 422
    assert new.status_code == 302


def test_words_that_were_not_typed_back_never_count(staff: Staff) -> None:
    ana, browser = staff["ana"], come_in(staff["ana"])
    shown = browser.post(reverse("new_words"), {"phrase": ana.phrase})
    token = hidden(shown, "token")
    again = browser.post(reverse("keep_words"), {"token": token, "phrase": "something else"})

    assert again.status_code == 422
    assert hidden(again, "token") == token
    old = Client().post(reverse("sign_in"), {"who": ana.name, "passphrase": ana.phrase})
    assert old.status_code == 302


def test_nobody_changes_words_on_a_page_left_open(staff: Staff) -> None:
    browser = come_in(staff["ana"])
    page = browser.post(reverse("new_words"), {"phrase": "guessed"})

    assert page.status_code == 422
    assert "token" not in page.content.decode().replace("csrfmiddlewaretoken", "")


def test_a_proposal_of_another_session_is_refused(staff: Staff) -> None:
    shown = come_in(staff["ana"]).post(reverse("new_words"), {"phrase": staff["ana"].phrase})
    words = re.findall(r'<b class="govuk-body-l">([a-z ]+)</b>', shown.content.decode())[0]
    ben = come_in(staff["ben"])
    sent = ben.post(reverse("keep_words"), {"token": hidden(shown, "token"), "phrase": words})

    assert "said=ended" in sent["Location"]


def test_who_came_by_the_recovery_code_takes_new_words_before_anything_else(staff: Staff) -> None:
    ana, browser = staff["ana"], Client()
    browser.post(reverse("recover"), {"who": ana.name, "code": ana.recovery})
    inside = browser.post(reverse("code"), {"code": code(ana)})
    assert inside["Location"] == reverse("new_words")
    assert browser.get(reverse("home"))["Location"] == reverse("new_words")

    shown = browser.post(reverse("new_words"))
    words = re.findall(r'<b class="govuk-body-l">([a-z ]+)</b>', shown.content.decode())[0]
    browser.post(reverse("keep_words"), {"token": hidden(shown, "token"), "phrase": words})

    assert browser.get(reverse("home")).status_code == 200
    used = Client().post(reverse("recover"), {"who": ana.name, "code": ana.recovery})
    assert used.status_code == 422


def test_a_new_phone_takes_over_once_it_shows_a_code(staff: Staff) -> None:
    ana, browser = staff["ana"], come_in(staff["ana"])
    shown = browser.post(reverse("new_phone"), {"phrase": ana.phrase, "label": "ana"})
    secret = re.findall(r'<b class="th-ref">([A-Z2-7]{32})</b>', shown.content.decode())[0]
    token = hidden(shown, "token")
    wrong = browser.post(reverse("keep_phone"), {"token": token, "code": "12345"})
    kept = browser.post(reverse("keep_phone"), {"token": token, "code": factors.code_now(secret)})

    assert wrong.status_code == 422
    assert "Your spare codes" in text(kept)
    assert browser.get(reverse("home")).status_code == 200
    other = Client()
    first = other.post(reverse("sign_in"), {"who": ana.name, "passphrase": ana.phrase})
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        old = other.post(first["Location"], {"code": code(ana)})
        new = other.post(first["Location"], {"code": factors.code_now(secret)})
    assert old.status_code == 422
    assert new.status_code == 302


def test_new_spare_codes_are_shown_once_and_the_old_are_void(staff: Staff) -> None:
    ana, browser = staff["ana"], come_in(staff["ana"])
    shown = browser.post(reverse("spare_codes"), {"phrase": ana.phrase})
    codes = re.findall(r'<span class="th-ref">(\d{4} \d{4})</span>', shown.content.decode())

    assert len(codes) == 10
    other = Client()
    first = other.post(reverse("sign_in"), {"who": ana.name, "passphrase": ana.phrase})
    assert other.post(first["Location"], {"code": ana.spare[5]}).status_code == 422
    assert other.post(first["Location"], {"code": codes[0]}).status_code == 302


def test_a_forgotten_device_ends_every_session_but_this_one(staff: Staff) -> None:
    ana, browser, elsewhere = staff["ana"], come_in(staff["ana"]), Client()
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        come_in(ana, elsewhere)
    page = browser.get(reverse("own_account")).content.decode()
    address = re.findall(r'action="(/account/devices/[^"]+)"', page)[0]
    browser.post(address)

    assert browser.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).status_code == 302


# Cards and colleagues ---------------------------------------------------------------------------


def test_from_invitation_to_open_cases(staff: Staff) -> None:
    ada = come_in(staff["ada"])
    place = f"{staff['team']}/case_manager"
    made = ada.post(reverse("invite"), {"name": "Cel Ramos", "title": "RSW", "place": place})
    assert made.status_code == 302, text(made)
    printed = ada.post(made["Location"] + "/card", {"sign_in_name": "cel.ramos"})
    one_time = re.findall(r">([2-9A-Y]{4}(?:-[2-9A-Y]{4}){3})<", printed.content.decode())[0]

    cel = Client()
    shown = cel.post(reverse("card"), {"who": "cel.ramos", "code": one_time.lower()})
    page = shown.content.decode()
    words = re.findall(r'<b class="govuk-body-l">([a-z ]+)</b>', page)[0]
    secret = re.findall(r'<b class="th-ref">([A-Z2-7]{32})</b>', page)[0]
    sent = {name: hidden(shown, name) for name in ("who", "card", "token")}
    phone = {"phone_code": factors.code_now(secret)}
    assert cel.post(reverse("accept"), {**sent, **phone, "phrase": "no"}).status_code == 422
    done = cel.post(reverse("accept"), {**sent, **phone, "phrase": words})
    assert "Your account is made" in text(done)
    assert cel.post(reverse("accept"), {**sent, **phone, "phrase": words}).status_code == 302

    someone = Someone(staff["ana"].person, "cel.ramos", words, "", secret, ())
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        come_in(someone, cel)
    own = text(cel.get(reverse("own_account")))
    assert "Waiting for a colleague’s yes" in own

    ana = come_in(staff["ana"])
    waiting = ana.get(reverse("newcomers"))
    assert "Cel Ramos" in text(waiting)
    for six in re.findall(r"<b>([a-z]{5}(?: [a-z]{5}){5})</b>", waiting.content.decode()):
        if six in own:
            break
    else:
        raise AssertionError("the words Ana sees are not those Cel reads")
    for address in re.findall(r'action="(/newcomers/[^"]+)"', waiting.content.decode()):
        assert ana.post(address).status_code == 302
    assert "You hold its key" in text(cel.get(reverse("own_account")))


def test_an_administrator_sees_people_and_teams(staff: Staff) -> None:
    ada = come_in(staff["ada"])
    shown = text(ada.get(reverse("people")))

    assert "Ben Reyes" in shown
    assert "waits for a colleague’s yes" in shown
    for name in ("invite", "open_team"):
        assert ada.get(reverse(name)).status_code == 200
    for name in ("colleague", "leave_organisation"):
        assert ada.get(reverse(name, kwargs={"person": staff["ben"].person})).status_code == 200


def test_a_social_worker_is_told_that_people_are_not_hers_to_manage(staff: Staff) -> None:
    page = come_in(staff["ana"]).get(reverse("people"))

    assert page.status_code == 403
    assert "administrator" in text(page)


def test_somebody_who_left_is_out_wherever_she_was(staff: Staff) -> None:
    ada, ben = come_in(staff["ada"]), come_in(staff["ben"])
    ada.post(reverse("leave_organisation", kwargs={"person": staff["ben"].person}))

    assert ben.get(reverse("home")).status_code == 302


def test_a_sign_in_name_that_is_taken_is_refused_on_the_page(staff: Staff) -> None:
    ada = come_in(staff["ada"])
    address = reverse("make_card", kwargs={"person": staff["ben"].person})
    page = ada.post(address, {"sign_in_name": "ana.reyes"})

    assert page.status_code == 422
    assert "somebody else" in text(page)


def test_a_name_that_is_not_ours_is_answered_with_nothing(staff: Staff) -> None:
    page = Client(SERVER_NAME="rebound.example").get(reverse("sign_in"))

    assert page.status_code == 400


def test_behind_a_proxy_the_source_is_what_the_proxy_says(staff: Staff) -> None:
    browser = Client(HTTP_X_FORWARDED_FOR="203.0.113.5, 198.51.100.1", REMOTE_ADDR="127.0.0.1")
    for _ in range(6):
        page = browser.post(reverse("sign_in"), {"who": staff["ana"].name, "passphrase": "no"})
    assert page.status_code == 429
    with mock.patch.object(settings, "PROXIES", 1):
        first = browser.post(
            reverse("sign_in"), {"who": staff["ana"].name, "passphrase": staff["ana"].phrase}
        )
    assert first.status_code == 302


def test_a_sign_in_name_is_suggested_in_plain_letters() -> None:
    assert suggestion("Ma. Niña de la Peña") == "ma.pena"
    assert suggestion("Cher") == "cher"
