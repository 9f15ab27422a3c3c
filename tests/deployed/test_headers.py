"""Golden headers (security.md §9.10): every header of each kind of answer, written by hand.

A header that is new, gone or changed fails here, whatever set it: the program, a library, the
server. `Date` and lengths are left to the server.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from tests import house as houses
from tests.deployed import installed
from tests.deployed.browser import SITE, Answer, Browser
from tests.deployed.installed import Served
from tests.house import House

from tahanan.casework.entry import factors
from tahanan.world import accounts

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
}
FEATURES = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
ALWAYS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": FEATURES,
    "referrer-policy": "same-origin",
    "server": "",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}
PAGE = ALWAYS | {
    "cache-control": "no-store",
    "content-language": "en",
    "content-type": "text/html; charset=utf-8",
    "vary": "Accept-Language, Cookie",
}
STATIC = ALWAYS | {
    "cache-control": "max-age=315360000, public, immutable",
    "content-type": 'text/css; charset="utf-8"',
    "vary": "Accept-Encoding",
}
# What the server counts or stamps, and the cookies, which have a test of their own.
LEFT_OUT = {"date", "content-length", "transfer-encoding", "last-modified", "etag", "set-cookie"}


@pytest.fixture
def site(world: House, tmp_path: Path) -> Iterator[Served]:
    with installed.served(world, tmp_path) as running:
        yield running


def lorna(site: Served) -> Browser:
    """A case manager's browser, signed in."""
    who = next(account for account in accounts() if account.key == "lorna")
    browser = site.browser()
    installed.sign_in(
        browser, who.sign_in, who.passphrase, lambda: factors.code_now(who.totp_secret)
    )
    return browser


def golden(answer: Answer, status: int, wanted: dict[str, str]) -> None:
    """The status, the policy, and every other header, none more and none less."""
    assert answer.status == status, answer.text
    policy = answer.header("content-security-policy")
    assert {part.strip() for part in policy.split(";")} == POLICY
    found = {
        name: ", ".join(sorted(value.split(", "))) if name == "vary" else value
        for name, value in answer.headers
        if name not in LEFT_OUT | {"content-security-policy"}
    }
    assert found == wanted
    names = [name for name, _value in answer.headers if name != "set-cookie"]
    assert len(names) == len(set(names)), "a header was sent twice"


def test_every_kind_of_answer_carries_exactly_its_headers(site: Served) -> None:
    stranger, inside = site.browser(), lorna(site)
    golden(stranger.get("/sign-in"), 200, PAGE)
    golden(stranger.get("/home"), 302, PAGE | {"location": "/sign-in"})
    golden(stranger.get("/children"), 302, PAGE | {"location": "/sign-in?next=%2Fchildren"})
    golden(stranger.get("/no-such-page"), 404, PAGE)
    golden(stranger.get("/static/no-such.css"), 404, PAGE)
    golden(inside.get("/children"), 200, PAGE)
    child = next(link for link in inside.get("/children").page.links if "/children/" in link)
    golden(inside.get(child), 200, PAGE)
    golden(inside.get("/people"), 403, PAGE)
    golden(inside.get("/exit"), 405, PAGE | {"allow": "POST"})
    style = next(each for each in inside.get("/home").page.loads if each.endswith(".css"))
    golden(stranger.get(style), 200, STATIC)
    stamp = stranger.get(style).header("etag")
    same = stranger.get(style, **{"If-None-Match": stamp})
    golden(same, 304, {k: v for k, v in STATIC.items() if k != "content-type"})
    golden(inside.get("/children", Cookie=_half(inside)), 423, PAGE)
    golden(stranger.ask("POST", "/sign-in", b"who=x", "application/x-www-form-urlencoded"), 403,
           PAGE)  # fmt: skip
    golden(stranger.get("/sign-in", Host="elsewhere.test"), 400, PAGE)


def test_without_https_nothing_promises_https(site: Served) -> None:
    plain = site.browser().get("/sign-in", **{"X-Forwarded-Proto": "http"})
    golden(plain, 200, {k: v for k, v in PAGE.items() if k != "strict-transport-security"})


def test_a_failure_of_ours_shows_a_mark_and_nothing_of_the_inside(
    site: Served, world: House
) -> None:
    inside = lorna(site)
    _break(world)
    answer = inside.get("/intake")
    golden(answer, 500, PAGE)
    for word in ("Traceback", "records_intake", "django", "Error at", "site-packages", "SELECT"):
        assert word not in answer.text
    mark = answer.text.partition("mark is")[2].strip(" .<b>")[:8]
    assert mark in site.output.read_text(), "the keeper finds the mark in what the server said"


def test_an_answer_of_the_server_itself_says_nothing_of_the_program(site: Served) -> None:
    """A request it cannot read never reaches the program, so no header of ours is on it."""
    import socket

    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(b"GET /\x00 HTTP/9.9\r\n\r\n")
        said = line.recv(4096).lower()
    assert b"400" in said.splitlines()[0]
    assert b"python" not in said
    assert b"django" not in said


def test_cookies_are_those_of_the_design(site: Served) -> None:
    browser = site.browser()
    shown = browser.get("/sign-in").cookies
    who = next(account for account in accounts() if account.key == "ofelia")
    done = installed.sign_in(
        browser, who.sign_in, who.passphrase, lambda: factors.code_now(who.totp_secret)
    )
    chosen = browser.get("/language/ceb?next=/home").cookies
    set_now = {**shown, **done.cookies, **chosen}
    assert {name: morsel["max-age"] for name, morsel in set_now.items()} == {
        "__Host-csrf": "",
        "__Host-session": "",
        "__Host-unlock": "",
        "__Host-device": str(400 * 24 * 3600),
        "__Host-language": str(365 * 24 * 3600),
    }
    for morsel in set_now.values():
        assert morsel["httponly"]
        assert morsel["secure"]
        assert morsel["samesite"] == "Strict"
        assert morsel["path"] == "/"
        assert not morsel["domain"]
        assert len(morsel.value) <= 64, "a cookie carries a token, never anything about anybody"
    for name in ("__Host-session", "__Host-unlock"):
        assert not set_now[name]["expires"]


@pytest.mark.parametrize("way", ["/sign-out", "/exit"])
def test_signing_out_clears_the_browser_and_ends_the_session(site: Served, way: str) -> None:
    browser = lorna(site)
    kept = dict(browser.cookies)
    page = browser.get("/home").page
    form = next(form for form in page.forms if form.action.endswith(way))
    out = browser.send(form, then="out")
    assert out.status == 302
    assert out.header("clear-site-data") == '"cache", "storage"'
    assert {"__Host-session", "__Host-unlock"} <= set(out.cookies)
    assert set(browser.cookies) & {"__Host-session", "__Host-unlock"} == set()
    assert browser.get("/home").status == 302
    browser.cookies = kept
    assert browser.get("/home").status == 302, "the cookies of a session that ended open nothing"


def test_a_site_without_a_proxy_believes_nobody_about_https(world: House, tmp_path: Path) -> None:
    with installed.served(world, tmp_path, TAHANAN_PROXIES="0") as running:
        told = Request(
            f"http://127.0.0.1:{running.port}/sign-in",
            headers={"X-Forwarded-Proto": "https", "Host": SITE},
        )
        with urlopen(told) as answer:
            assert answer.headers["Strict-Transport-Security"] is None


def _half(browser: Browser) -> str:
    """Her cookies without the second half: signed in, still locked."""
    return f"__Host-session={browser.cookies['__Host-session']}"


def _break(house: House) -> None:
    """A table goes missing under the running site."""
    rename = "ALTER TABLE records_intake RENAME TO records_gone"
    if house.backend == "postgres":
        houses.as_keeper([rename], houses.keeper_url(houses.database_name()))
        return
    with closing(sqlite3.connect(house.database_file)) as line:
        line.execute(rename)
