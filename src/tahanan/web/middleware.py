"""Around every answer: its headers, its language, and a page for each refusal."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from tahanan.base.errors import Refusal
from tahanan.casework import search
from tahanan.web import errors

Answer = Callable[[HttpRequest], HttpResponseBase]

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    # Not “no-referrer”: with it a browser sends every form with “Origin: null”, and the check that
    # a form is ours would have to trust that. What other sites learn is the same: nothing.
    "Referrer-Policy": "same-origin",
    # The server would name itself here, and with it the faults known of it; empty, it does not.
    "Server": "",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
HSTS = "max-age=31536000; includeSubDomains"
# A script that sent a form asks where to go next, instead of being led there (js/line.js).
LINE, NEXT = "X-Tahanan-Line", "X-Tahanan-Next"
# The line was lost on the way: the next page says that it is back (`?line=back`, base.jinja).
BACK = "back"


class Headers:
    """The security headers of every answer (security.md §8); the CSP is django-csp's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then put each header that the view did not."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if request.headers.get(LINE) and response.status_code in (302, 303):
            return _next(response, back=request.headers[LINE] == BACK)
        return response


def _next(response: HttpResponseBase, *, back: bool) -> HttpResponseBase:
    """The redirect as a header a script can read, with the cookies it would have set."""
    address = urlsplit(response.headers["Location"])
    if back:
        address = address._replace(query="&".join(filter(None, (address.query, f"line={BACK}"))))
    told = HttpResponse(status=204, headers={NEXT: address.geturl()})
    told.cookies = response.cookies
    for name, value in response.headers.items():
        if name not in ("Location", "Content-Type", "Content-Length"):
            told.headers[name] = value
    return told


class Language:
    """The language of the answer: the one chosen, else the first of the browser's that we have."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language, and say which it is."""
        code = chosen(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def chosen(request: HttpRequest) -> str:
    """`en`, `fil` or `ceb`."""
    known = dict(settings.LANGUAGES)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in known:
        return cookie
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        code = {"tl": "fil"}.get(asked.partition("-")[0], asked.partition("-")[0])
        if code in known:
            return code
    return settings.LANGUAGE_CODE


class Warm:
    """Names are read into memory behind the first page somebody opens, before she searches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then begin; nobody waits for it."""
        response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if actor is not None:
            search.warm_behind(actor)
        return response


class Refusals:
    """A `Refusal` raised in a view becomes its page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; refusals come by `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; anything else is left to be a failure."""
        return errors.refusal(request, exception) if isinstance(exception, Refusal) else None
