"""The deployed artefact (security.md §9.10): its own crawl, as a stranger and as each role.

From `/` every link is followed and no form is sent. What is offered opens: a page, or a no that
explains itself; nothing is loaded from elsewhere and nothing runs that the policy would stop.
Lorna, who sees most, follows every link there is; the others `_EACH` of every kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from tests.deployed import installed
from tests.deployed.browser import ORIGIN, REDIRECTS, SITE, Answer, Browser
from tests.deployed.installed import Served
from tests.house import House

from tahanan.casework.entry import factors
from tahanan.world import accounts

_EACH = 2
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_LANGUAGE = f"{ORIGIN}/language/"
_OF_THE_INSIDE = ("Traceback (most recent", "site-packages", "DEBUG = True", "TahananError", "{{",
                  "{%", "UUID(", "&lt;function", "object at 0x", "None</")  # fmt: skip
_LOADED = re.compile(r"""url\(["']?([^"')]+)["']?\)|@import\s+["']([^"']+)""")


class Crawl:
    """One crawl by one browser: what it saw, and what is wrong with it."""

    def __init__(self, browser: Browser, each: int) -> None:
        self.browser = browser
        self.each = each
        self.kinds: Counter[str] = Counter()
        self.seen: dict[str, int] = {}
        self.loads: set[str] = set()
        self.faults: list[str] = []

    def run(self) -> Crawl:
        """From the first page to the last link."""
        waiting = [(f"{ORIGIN}/", "the beginning")]
        while waiting:
            address, on = waiting.pop()
            if not self._wanted(address):
                continue
            answer = self.browser.get(address)
            self.seen[address] = answer.status
            if answer.status in REDIRECTS:
                onward = urljoin(address, answer.header("location"))
                waiting.append((onward, address))
            else:
                waiting += [(link, address) for link in self._looked_over(answer, on)]
        for address in sorted(self.loads):
            self._loaded(address)
        return self

    def _wanted(self, address: str) -> bool:
        """Not seen yet, and not one more of a kind that was seen often enough."""
        if address in self.seen or address.startswith(_LANGUAGE):
            return False
        parts = urlsplit(address)
        asked = ",".join(sorted(name for name, _value in parse_qsl(parts.query)))
        kind = f"{_ID.sub('*', parts.path)}?{asked}"
        self.kinds[kind] += 1
        # A figure is counted anew for every measure and day: a few of each kind, for her too.
        most = _EACH if parts.path.startswith("/figures") else self.each
        return self.kinds[kind] <= most

    def _looked_over(self, answer: Answer, on: str) -> Iterator[str]:
        """Complain of what is wrong with a page; give its links."""
        where, page = f"{answer.address} (from {on})", answer.page
        if answer.status != 200 and not (
            answer.status == 403 and 'class="th-refusal"' in answer.text
        ):
            self.faults.append(f"{where} answered {answer.status}")
        if answer.header("content-disposition").startswith("attachment"):
            self.faults += self._file(answer, where)
            return
        if not answer.header("content-type").startswith("text/html"):
            self.faults.append(f"{where} is no page: {answer.header('content-type')}")
        if answer.header("cache-control") != "no-store":
            self.faults.append(f"{where} may be kept by the browser")
        if page.headings != 1 and urlsplit(answer.address).path != "/away":
            self.faults.append(f"{where} has {page.headings} main headings")
        self.faults += [f"{where} would run {each}" for each in page.inline]
        self.faults += [f"{where} shows {w}" for w in _OF_THE_INSIDE if w in answer.text]
        self.loads |= set(page.loads)
        for address in (*page.links, *page.loads, *(form.action for form in page.forms)):
            parts = urlsplit(address)
            if parts.scheme in ("tel", "sms"):
                continue
            if (parts.scheme, parts.netloc) != ("https", SITE):
                self.faults.append(f"{where} leads out of the site: {address}")
            elif address in page.links:
                yield urldefrag(address).url

    def _file(self, answer: Answer, where: str) -> Iterator[str]:
        """What is wrong with a file that is taken away."""
        if answer.header("cache-control") != "no-store":
            yield f"{where} may be kept by the browser"
        if answer.status != 200 or not answer.text:
            yield f"{where} answered {answer.status}, {len(answer.text)} characters"

    def _loaded(self, address: str) -> None:
        """What pages load is there, may be kept for ever, and loads nothing from elsewhere."""
        answer = self.browser.get(address)
        if answer.status != 200 or "immutable" not in answer.header("cache-control"):
            self.faults.append(f"{address} answered {answer.status} {answer.headers}")
        if not address.endswith((".css", ".js")):
            return
        for found in _LOADED.finditer(answer.text):
            inner = urljoin(address, found[1] or found[2])
            if inner.startswith("data:"):
                continue
            if urlsplit(inner).netloc != SITE or self.browser.get(inner).status != 200:
                self.faults.append(f"{address} loads {inner}")


@pytest.fixture
def site(world: House, tmp_path: Path) -> Iterator[Served]:
    with installed.served(world, tmp_path) as running:
        yield running


def test_every_link_that_anybody_is_offered_opens(site: Served) -> None:
    faults, pages = [], Counter[str]()
    for account in accounts():
        browser = site.browser()
        installed.sign_in(
            browser, account.sign_in, account.passphrase,
            lambda secret=account.totp_secret: factors.code_now(secret),
        )  # fmt: skip
        crawl = Crawl(browser, each=9999 if account.key == "lorna" else _EACH).run()
        pages[account.key] = len(crawl.seen)
        faults += [f"{account.key}: {fault}" for fault in crawl.faults]
        assert f"{ORIGIN}/home" in crawl.seen
    assert not faults, "\n".join(faults)
    assert pages["lorna"] > 300, pages
    assert min(pages.values()) >= 6, pages


def test_a_stranger_is_offered_the_ways_in_and_nothing_else(site: Served) -> None:
    crawl = Crawl(site.browser(), each=9999).run()
    assert not crawl.faults
    paths = {urlsplit(address).path for address in crawl.seen}
    assert paths == {"/", "/home", "/sign-in", "/sign-in/recovery", "/card", "/unlock/help"}


def test_every_page_that_is_reached_reads_in_every_language(site: Served) -> None:
    browser = site.browser()
    for code, word in (
        ("fil", "Mabilis na labas"),
        ("ceb", "Dali nga gawas"),
        ("en", "Quick exit"),
    ):
        back = browser.get(f"/language/{code}?next=/sign-in")
        assert back.header("location") == "/sign-in"
        page = browser.get("/sign-in")
        assert page.header("content-language") == code
        assert f'<html lang="{code}"' in page.text
        assert word in page.text


def test_what_runs_is_the_wheel_and_nothing_of_the_source(site: Served) -> None:
    """The folder on the path holds what the wheel holds; a crawl of the source would prove less."""
    maps = Path(f"/proc/{site.process.pid}/environ").read_bytes().decode().split("\0")
    assert f"PYTHONPATH={installed.package()}" in maps
    assert not [each for each in maps if each.startswith(("TAHANAN_TESTS", "TAHANAN_DEBUG"))]
    style = next(each for each in site.browser().visit("/sign-in").page.loads if ".css" in each)
    inside = (
        installed.package() / "tahanan/web/static/dist" / urlsplit(style).path[len("/static/") :]
    )
    assert site.browser().get(style).body == inside.read_bytes()
