"""`tahanan demo --check`: its pages asked for over a real server, as its people, and counted."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tahanan.cli.serve import LOOPBACK
from tahanan.cli.start import Stop, command, environment

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_FIELD = re.compile(r'<input[^>]*?name="([^"]+)"', re.DOTALL)
_WAIT = 30


def look_over(seed: int) -> None:
    """Sign in as everybody over a real server, and ask for home. Raises Stop where it fails."""
    from tahanan.world import accounts

    everybody = accounts(seed)
    with _served() as port:
        for account in everybody:
            browser = _Browser(port)
            browser.sign_in(account.sign_in, account.passphrase, account.totp_secret)
            status, _page = browser.get("/home")
            if status != http.client.OK:
                raise Stop(f"{account.name} asked for home and was answered {status}.")
    print(f"{len(everybody)} people signed in over a real server, and each saw her home.")
    print("The demonstration stands. Run `make demo` to look at it.")


class _Browser:
    """As much of a browser as signing in takes: cookies, and forms with their hidden parts."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def sign_in(self, name: str, phrase: str, secret: str) -> None:
        """The two pages of signing in."""
        from tahanan.casework.entry import factors

        self._send("/sign-in", [name, phrase])
        self._send("/sign-in/code", [factors.code_now(secret)])

    def get(self, address: str) -> tuple[int, str]:
        """One page."""
        return self._ask("GET", address, {})

    def _send(self, address: str, typed: list[str]) -> None:
        _status, page = self.get(address)
        token = _TOKEN.search(page)
        if token is None:
            raise Stop(f"{address} shows no form.")
        main = page[page.index("<main") :]
        names = [n for n in _FIELD.findall(main) if n not in ("csrfmiddlewaretoken", "run", "next")]
        form = {"csrfmiddlewaretoken": token[1], **dict(zip(names, typed, strict=False))}
        status, _page = self._ask("POST", address, form)
        if status not in (http.client.FOUND, http.client.SEE_OTHER):
            raise Stop(f"{address} did not take what was typed ({status}).")

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
        return answer.status, page


@contextmanager
def _served() -> Iterator[int]:
    """A real server on a free port of loopback, ended afterwards."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603  our own command
        command("serve", "--port", str(port), "--no-sealer"), env=environment()
    )
    try:
        until = time.monotonic() + _WAIT
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex((LOOPBACK, port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise Stop("The server did not answer.")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=_WAIT)
