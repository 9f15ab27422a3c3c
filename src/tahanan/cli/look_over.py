"""`tahanan demo --check`: its pages asked for over a real server, by its people, and named."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookies import SimpleCookie
from typing import IO
from urllib.parse import urlencode

from tahanan.cli.serve import LOOPBACK
from tahanan.cli.start import Stop, command, environment

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_FIELD = re.compile(r'<input[^>]*?name="([^"]+)"', re.DOTALL)
_LINK = re.compile(r'<a [^>]*?href="([^"]+)"', re.DOTALL)
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# On a page the bar above it; in a file that leaves it, a line.
_DEMONSTRATION = ('class="th-demo"', '"demonstration": ', "demonstration,")
_HOME, _NO_PAGES = "/home", ("//", "/static/", "/language", "/away")
_TAKEN = (http.client.FOUND, http.client.SEE_OTHER)
_CODE_SECONDS = 30
_PAGES = 12
_WAIT = 30


def look_over(seed: int, *, history: bool) -> None:
    """Sign in as everybody over a real server, walk on from home, and say what was seen.

    Raises Stop at the first page that is not answered, or does not say *Demonstration*.
    """
    from tahanan.world import accounts

    seen: Counter[str] = Counter()
    with _served() as port:
        for account in accounts(seed, history=history):
            browser = _Browser(port)
            browser.sign_in(account.sign_in, account.passphrase, account.totp_secret)
            kinds = _walk(browser, account.name)
            seen += kinds
            print(f"{account.name} signed in and saw {_pages(kinds)}.", flush=True)
    print(f"{seen.total()} pages of {len(seen)} kinds were asked for over a real server.")


def _walk(browser: _Browser, name: str) -> Counter[str]:
    """From home along its links, another kind of page before one more of the same."""
    kinds: Counter[str] = Counter()
    asked = {_HOME}
    waiting = [_HOME]
    while waiting and kinds.total() < _PAGES:
        waiting.sort(key=lambda address: kinds[_kind(address)])
        address = waiting.pop(0)
        status, page = browser.get(address)
        if status in _TAKEN and page not in asked:
            asked.add(page)
            waiting.append(page)
            continue
        if status != http.client.OK:
            raise Stop(f"{name} asked for {address} and was answered {status}.")
        if not any(said in page for said in _DEMONSTRATION):
            raise Stop(f"{address} does not say that this is a demonstration.")
        kinds[_kind(address)] += 1
        fresh = dict.fromkeys(link for link in _links(page) if link not in asked)
        asked |= fresh.keys()
        waiting += fresh
    return kinds


def _links(page: str) -> Iterator[str]:
    """Where a page leads within the site: no files, no other language, no place on the page."""
    for link in _LINK.findall(page):
        address = unescape(link).partition("#")[0]
        if address.startswith("/") and not address.startswith(_NO_PAGES):
            yield address


def _kind(address: str) -> str:
    """The address without whose it is: every child’s page is one kind."""
    return _ID.sub("…", address.partition("?")[0])


def _pages(kinds: Counter[str]) -> str:
    number = kinds.total()
    named = ", ".join(f"{kind} ({n})" if n > 1 else kind for kind, n in sorted(kinds.items()))
    return f"{number} page{'' if number == 1 else 's'}: {named}"


class _Browser:
    """As much of a browser as signing in takes: cookies, and forms with their hidden parts."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def sign_in(self, name: str, phrase: str, secret: str) -> None:
        """The two pages of signing in."""
        from tahanan.casework.entry import factors

        if self._send("/sign-in", [name, phrase]) not in _TAKEN:
            raise Stop(f"The name and passphrase of {name} were not taken.")
        if self._send("/sign-in/code", [factors.code_now(secret)]) in _TAKEN:
            return
        # Each code is good once: somebody, or an earlier look, has used this one.
        print(f"The code of {name} was used already; waiting for the next.", flush=True)
        time.sleep(_CODE_SECONDS - time.time() % _CODE_SECONDS + 1)
        if self._send("/sign-in/code", [factors.code_now(secret)]) not in _TAKEN:
            raise Stop(f"The code of {name} was not taken.")

    def get(self, address: str) -> tuple[int, str]:
        """One page; where the answer leads elsewhere, that address."""
        return self._ask("GET", address, {})

    def _send(self, address: str, typed: list[str]) -> int:
        _status, page = self.get(address)
        token = _TOKEN.search(page)
        if token is None:
            raise Stop(f"{address} shows no form.")
        main = page[page.index("<main") :]
        names = [n for n in _FIELD.findall(main) if n not in ("csrfmiddlewaretoken", "run", "next")]
        form = {"csrfmiddlewaretoken": token[1], **dict(zip(names, typed, strict=False))}
        return self._ask("POST", address, form)[0]

    def _ask(self, method: str, address: str, form: dict[str, str]) -> tuple[int, str]:
        line = http.client.HTTPConnection(LOOPBACK, self.port, timeout=_WAIT)
        origin = f"http://{LOOPBACK}:{self.port}"
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": origin,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request(method, address, urlencode(form) if form else None, headers)
        answer = line.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        line.close()
        return answer.status, answer.getheader("Location") or page


@contextmanager
def _served() -> Iterator[int]:
    """A real server on a free port of loopback, ended afterwards."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    with tempfile.TemporaryFile("w+") as said:
        server = subprocess.Popen(  # noqa: S603  our own command
            command("serve", "--port", str(port), "--no-sealer"),
            env=environment(),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            _must_answer(server, port, said)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=_WAIT)


def _must_answer(server: subprocess.Popen[bytes], port: int, said: IO[str]) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.1)
    said.seek(0)
    print(said.read(), file=sys.stderr)
    raise Stop("The server did not answer; above is what it said.")
