"""What stands around every page: headers, languages, ways out, and a page for each refusal."""

from __future__ import annotations

import logging
import uuid

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from tahanan.access.actor import Actor, Membership
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.web.middleware import LINE, NEXT
from tahanan.web.shell import shell_of


def test_every_page_carries_the_security_headers(site: Client):
    headers = site.get("/parts").headers
    directives = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]


def test_https_is_demanded_once_it_was_used(site: Client):
    assert "Strict-Transport-Security" not in site.get("/parts").headers
    assert "max-age=31536000" in site.get("/parts", secure=True)["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        ("hidden", 404, "Either there is no such page, or it is not shared with you."),
        ("locked", 423, "Your six words"),
        ("conflict", 409, "Ruth wrote first."),
        ("full", 403, "All 12 licensed places are taken."),
        ("invalid", 422, "Write what you saw."),
    ],
)
def test_a_refusal_says_its_sentence_and_a_way_on(site: Client, kind, status, sentence):
    answer = site.get(f"/refuse/{kind}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert page.count("<h1") == 1
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_hidden_page_and_no_page_read_the_same(site: Client):
    hidden, absent = site.get("/refuse/hidden"), site.get("/refuse/hiddem/x")
    assert absent.status_code == hidden.status_code == 404
    cut = slice(hidden.content.index(b"<main"), hidden.content.index(b"</main>"))
    assert absent.content[absent.content.index(b"<main") :].startswith(hidden.content[cut])


def test_a_failure_says_nothing_of_anybody(site: Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.CRITICAL, logger="django.request"):
        answer = site.get("/fall")
    assert answer.status_code == 500
    assert b"Something of ours failed" in answer.content
    assert b"Maya" not in answer.content
    assert b"RuntimeError" not in answer.content


def test_a_form_from_elsewhere_is_refused_with_a_sentence():
    from tests.web.parts.serving import as_a_site

    with as_a_site():
        strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
        answer = strict.post("/note", {"text": "x"})
    assert answer.status_code == 403
    assert b"Open it anew and send it again" in answer.content


def test_the_demonstration_says_so_on_every_page(site: Client):
    for address in ("/parts", "/refuse/hidden", "/parts?out"):
        assert b"Every person, place and record here is invented." in site.get(address).content


def test_the_page_is_read_in_the_language_that_was_chosen(site: Client):
    back = site.get("/language/fil?next=/parts%3Fa=1")
    assert (back.status_code, back["Location"]) == (302, "/parts?a=1")
    cookie = back.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    page = site.get("/parts").content.decode()
    assert '<html lang="fil"' in page
    assert "Mabilis na labas" in page
    assert "Quick exit" not in page


@pytest.mark.parametrize(
    ("code", "awaits"), [("fil", "Burador ang saling ito"), ("ceb", "Burador kini nga hubad")]
)
def test_a_draft_says_that_it_waits_for_a_native_reader(site: Client, code, awaits):
    assert awaits in site.get("/note", HTTP_ACCEPT_LANGUAGE=code).content.decode()
    assert "native reader" not in site.get("/note").content.decode()


def test_a_phone_that_asks_for_tagalog_gets_filipino(site: Client):
    assert site.get("/parts", HTTP_ACCEPT_LANGUAGE="tl-PH,en;q=0.5")["Content-Language"] == "fil"
    assert site.get("/parts", HTTP_ACCEPT_LANGUAGE="ceb,en;q=0.5")["Content-Language"] == "ceb"
    assert site.get("/parts", HTTP_ACCEPT_LANGUAGE="de")["Content-Language"] == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "x", "/\\evil"])
def test_the_language_switch_leads_nowhere_else(site: Client, elsewhere):
    assert site.get("/language/ceb", {"next": elsewhere})["Location"] == "/"


def test_no_such_language_is_no_page(site: Client):
    assert site.get("/language/de").status_code == 404


def test_a_script_is_told_where_to_go_instead_of_being_led_there(site: Client):
    answer = site.post("/note", {"text": "Slept well."}, headers={LINE: "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer[NEXT] == "/note"
    assert answer["Cache-Control"] == "no-store"
    assert site.post("/note", {"text": "Slept well."})["Location"] == "/note"


def test_the_next_page_says_that_the_line_is_back(site: Client):
    answer = site.post("/note", {"text": "Slept well."}, headers={LINE: "back"})
    assert answer[NEXT] == "/note?line=back"
    assert "The line is back." in site.get(answer[NEXT]).content.decode()
    assert "The line is back." not in site.get("/note").content.decode()


def test_who_is_signed_in_is_said_and_nobody_else(site: Client):
    assert b"Lorna Abad" in site.get("/note").content
    assert b"Lorna Abad" not in site.get("/note?out").content


def menu(relation: Relation, kind: TeamKind) -> list[str]:
    """The keys of the menu of somebody who is this in a team of that kind."""
    here = Membership(uuid.uuid4(), uuid.uuid4(), kind, relation)
    request = RequestFactory().get("/home")
    request.actor = Actor(uuid.uuid4(), uuid.uuid4(), "Ana", (here,))
    return [entry.key for entry in shell_of(request).nav]


@pytest.mark.parametrize(
    ("relation", "kind", "theirs"),
    [
        ("case_manager", "casework", {"home", "cases", "search", "intake", "places", "figures"}),
        ("nurse", "facility_clinic", {"home", "cases", "search"}),
        ("administrator", "administration", {"home", "facilities", "people"}),
        ("facility_head", "facility_staff", {"home", "cases", "search", "arrivals", "facilities"}),
        ("safeguarding_lead", "safeguarding", {"home", "cases", "search", "neutral_noes"}),
        ("director", "direction", {"home", "figures"}),
        ("guard", "facility_house", {"home"}),
    ],
)
def test_the_menu_offers_nobody_what_is_not_theirs(relation, kind, theirs):
    assert set(menu(Relation(relation), TeamKind(kind))) <= theirs
    assert "home" in menu(Relation(relation), TeamKind(kind))


def test_the_administrator_finds_the_homes_and_the_people_and_no_child():
    found = menu(Relation.ADMINISTRATOR, TeamKind.ADMINISTRATION)
    assert found == ["home", "facilities", "people"]
