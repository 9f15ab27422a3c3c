"""As much of a browser as a crawl takes: cookies, pages read for links and forms, a proxy in front.

It speaks to a real server as the proxy of an installation does: the name of the site, https.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import Morsel, SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

SITE = "tahanan.test"
ORIGIN = f"https://{SITE}"
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass
class Form:
    """One form of a page, with everything it would send untouched."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    multipart: bool = False


class Page(HTMLParser):
    """What a page leads to, loads, and runs."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.links: list[str] = []
        self.loads: list[str] = []
        self.forms: list[Form] = []
        self.inline: list[str] = []
        self.headings = 0
        self._in_script = self._select = ""
        self._area: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag leads to, loads, runs or sends."""
        given = {name: value or "" for name, value in attrs}
        self._look_for_inline(tag, given)
        if tag in ("a", "area") and "href" in given:
            self.links.append(urljoin(self.address, given["href"]))
        if tag == "link" and given.get("rel") != "alternate":
            self.loads.append(urljoin(self.address, given.get("href", "")))
        if tag in ("script", "img", "iframe", "source", "embed", "video", "audio", "track"):
            self.loads += [urljoin(self.address, given["src"])] if "src" in given else []
        self.headings += tag == "h1"
        if tag == "form":
            action = urljoin(self.address, given.get("action") or self.address)
            method = given.get("method", "get").upper()
            self.forms.append(Form(action, method, multipart="multipart" in str(given)))
        if self.forms and tag in ("input", "textarea", "select", "option", "button"):
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """Leave a script, a choice or a text."""
        if tag == "script":
            self._in_script = ""
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """The text inside a script or a text field."""
        if self._in_script and data.strip():
            self.inline.append(data.strip()[:60])
        if self._area is not None:
            self.forms[-1].fields[self._area] += data

    def _look_for_inline(self, tag: str, given: dict[str, str]) -> None:
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.inline += [f"{tag} style" for name in given if name == "style"]
        self.inline += [f"{tag} {v}" for v in given.values() if v.strip().startswith("javascript:")]
        if tag in ("style", "base", "object", "iframe") or (
            tag == "meta" and "http-equiv" in given
        ):
            self.inline.append(f"<{tag}>")
        self._in_script = "in" if tag == "script" and "src" not in given else ""

    def _field(self, tag: str, given: dict[str, str]) -> None:
        fields, name = self.forms[-1].fields, given.get("name", "")
        if tag == "textarea":
            self._area = name
            fields[name] = ""
            self.forms[-1].texts.append(name)
        elif tag == "select":
            self._select = name
        elif tag == "button" and name:
            self.forms[-1].choices.setdefault(name, []).append(given.get("value", ""))
        elif tag == "option" and self._select:
            self.forms[-1].choices.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given or self._select not in fields:
                fields[self._select] = given.get("value", "")
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("text", "search", "tel", "password", "email", "file"):
                self.forms[-1].texts.append(name)
            if kind in ("radio", "checkbox"):
                self.forms[-1].choices.setdefault(name, []).append(given.get("value", "on"))
                if "checked" in given:
                    fields[name] = given.get("value", "on")
            else:
                fields[name] = given.get("value", "")


@dataclass
class Answer:
    """What came back: status, headers as sent (names in small letters), bytes."""

    address: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """One header; empty where it is not there."""
        return next((value for each, value in self.headers if each == name), "")

    @property
    def text(self) -> str:
        """The body as words."""
        return self.body.decode("utf-8", "replace")

    @property
    def page(self) -> Page:
        """The page, read."""
        return Page(self.address, self.text)

    @property
    def cookies(self) -> dict[str, Morsel[str]]:
        """The cookies it sets."""
        jar: SimpleCookie = SimpleCookie()
        for name, value in self.headers:
            if name == "set-cookie":
                jar.load(value)
        return dict(jar)


class Browser:
    """One browser. It keeps the cookies it is given, and every answer's status."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, address: str, **headers: str) -> Answer:
        """One address, without following where it leads."""
        return self.ask("GET", address, headers=headers)

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def visit(self, address: str) -> Answer:
        """One address, and on to where it leads."""
        answer = self.get(address)
        for _ in range(5):
            if answer.status not in REDIRECTS:
                return answer
            answer = self.get(urljoin(answer.address, answer.header("location")))
        raise AssertionError(f"{address} leads in a circle")

    def send(self, form: Form, **typed: str) -> Answer:
        """A form as it stands, with what was typed (`a__b` stands for `a-b`), unfollowed."""
        sent = form.fields | {name.replace("__", "-"): value for name, value in typed.items()}
        body = urlencode(sent).encode()
        return self.ask("POST", form.action, body, "application/x-www-form-urlencoded")

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        kind: str = "",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One request over the line to the server, as the site's proxy hands it on."""
        address = urljoin(ORIGIN, address)
        parts = urlsplit(address)
        assert parts.netloc == SITE, f"the browser was led to {address}"
        sent = {
            "Host": SITE,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.44",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **({"Origin": ORIGIN, "Content-Type": kind} if method == "POST" else {}),
            **(headers or {}),
        }
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        self._line.request(method, path, body, sent)
        got = self._line.getresponse()
        told = [(name.lower(), value) for name, value in got.getheaders()]
        answer = Answer(address, got.status, told, got.read())
        for name, morsel in answer.cookies.items():
            if morsel["max-age"] == 0 or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
        return answer
