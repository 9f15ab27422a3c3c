"""A browser without a screen: one kept connection, cookies, forms sent back with what they hid."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import re
import struct
import time
import uuid
from base64 import b32decode
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

_STEP, _IDLE = 30, 5


@dataclass(frozen=True)
class Page:
    """An answer: its status, its words, where it leads, and the seconds until the last byte."""

    status: int
    body: str
    leads_to: str
    seconds: float

    def hidden(self, name: str) -> str:
        """The value of a hidden field; empty where there is none."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.body)
        return unescape(found[1]) if found else ""

    def cases(self) -> list[str]:
        """The cases that the page leads to, each once, in order."""
        return list(dict.fromkeys(re.findall(r'href="[^"]*/children/([0-9a-f-]{36})"', self.body)))


class Unexpected(Exception):
    """The site answered otherwise than it does to a person; nothing was measured."""


class Browser:
    """Somebody's browser. `source` is the address it comes from, as a proxy of ours would say."""

    def __init__(
        self, address: str, cookies: Mapping[str, str] | None = None, source: str = "192.0.2.1"
    ) -> None:
        self.source = source
        self.cookies = dict(cookies or {})
        self._line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._used = 0.0

    def get(self, path: str) -> Page:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a form with the token of the page it came from."""
        return self._ask("POST", path, urlencode({**self._token(), **fields}).encode())

    def fill(self, path: str, fields: Mapping[str, str]) -> Page:
        """Open a form, then send it with what it hid: what one press of Save takes."""
        form = self.get(path)
        hid = {name: form.hidden(name) for name in ("csrfmiddlewaretoken", "run", "seen")}
        body = {name: value for name, value in hid.items() if value} | dict(fields)
        return self._ask("POST", path, urlencode(body).encode())

    def sign_in(self, name: str, phrase: str, totp: str) -> None:
        """Come in by passphrase and phone."""
        self.fill("/sign-in", {"who": name, "passphrase": phrase})
        inside = self.fill("/sign-in/code", {"code": code_now(totp)})
        if inside.status != 302 or "sign-in" in inside.leads_to:
            raise Unexpected(f"{name} could not sign in.")

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _token(self) -> dict[str, str]:
        if not hasattr(self, "_csrf"):
            self._csrf = self.get("/sign-out").hidden("csrfmiddlewaretoken")
        return {"csrfmiddlewaretoken": self._csrf}

    def _ask(self, verb: str, path: str, body: bytes | None) -> Page:
        headers = {
            "Accept-Language": "en",
            "X-Forwarded-For": self.source,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self._used > _IDLE:
            # The server hangs up on who says nothing for long; a browser would call again.
            self._line.close()
            self._line.connect()
        began = time.perf_counter()
        self._line.request(verb, path, body, headers)
        answer = self._line.getresponse()
        read = answer.read()
        seconds = time.perf_counter() - began
        self._used = time.monotonic()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Page(answer.status, read.decode(), answer.headers.get("Location", ""), seconds)


def code_now(secret: str) -> str:
    """What her phone shows now (RFC 6238)."""
    moving = struct.pack(">Q", int(time.time()) // _STEP)
    digest = hmac.digest(b32decode(secret), moving, hashlib.sha1)
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06d}"


def run() -> str:
    """The key of a form as rendered: pressed once."""
    return str(uuid.uuid4())
