"""From two cookies to `request.actor`; what is not marked as open to all asks for a sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import resolve, reverse

from tahanan.casework import entry
from tahanan.web.forms import RUN

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Answer = Callable[[HttpRequest], HttpResponseBase]

_DEVICE_DAYS = 400
# Where one who came in by the recovery code may go before she has new words.
_WHILE_RENEWING = frozenset({"new_words", "keep_words", "sign_out", "lock", "unlock"})
_CLEAR = '"cache", "storage"'


def open_to_all(view: View) -> View:
    """Mark a view that strangers may reach: the ways in and out, and nothing of a case."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


class Gate:
    """Opens the session of each request. Closed by default: a forgotten mark shuts a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say who this is, if anybody, before any view is asked."""
        # A name that is not ours, pointed at this machine, would let a stranger's page read it.
        request.get_host()
        found = who(request)
        here: Any = request
        here.actor = found.actor if found else None
        here.cookies = cookies_of(request)
        here.renew = found.renew if found else False
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Send a stranger to the sign-in page, and one who owes new words to those."""
        here: Any = request
        if getattr(view, "open_to_all", False):
            return None
        if here.actor is None:
            return _to_sign_in(request)
        match = request.resolver_match
        if here.renew and match is not None and match.url_name not in _WHILE_RENEWING:
            return redirect("new_words")
        return None


def who(request: HttpRequest) -> entry.Opened | None:
    """Whose request this is."""
    given = cookies_of(request)
    return entry.open_session(given) if given.session else None


def let_in(request: HttpRequest, cookies: entry.Cookies) -> None:
    """Go on within this request as the one whom these new cookies belong to."""
    here: Any = request
    found = entry.open_session(cookies)
    here.actor, here.cookies = found.actor if found else None, cookies


def nobody(request: HttpRequest) -> None:
    """Go on within this request as a stranger: the session has just ended."""
    here: Any = request
    here.actor = None


def cookies_of(request: HttpRequest) -> entry.Cookies:
    """The two cookies as sent; empty where one is missing."""
    return entry.Cookies(
        request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
        request.COOKIES.get(settings.UNLOCK_COOKIE_NAME, ""),
    )


def where(request: HttpRequest) -> entry.Where:
    """From where the request comes; behind proxies of ours, as the outermost of them says."""
    source = request.META.get("REMOTE_ADDR", "")
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(told) >= settings.PROXIES:
        # Counted from the right: what stands further left a stranger can write himself.
        source = told[-settings.PROXIES]
    return entry.Where(source, request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))


def keep(response: HttpResponseBase, cookies: entry.Cookies, device: str | None = None) -> None:
    """Set both cookies, which end with the browser, and a new device's token, which does not."""
    _set(response, settings.SESSION_COOKIE_NAME, cookies.session)
    _set(response, settings.UNLOCK_COOKIE_NAME, cookies.unlock)
    if device:
        _set(response, settings.DEVICE_COOKIE_NAME, device, days=_DEVICE_DAYS)


def drop(response: HttpResponseBase) -> None:
    """Take both cookies back and have the browser forget what it kept of these pages.

    The device's token stays: it opens nothing, and without it tries elsewhere could delay her.
    """
    for name in (settings.SESSION_COOKIE_NAME, settings.UNLOCK_COOKIE_NAME):
        response.delete_cookie(name, samesite="Strict")
    response.headers["Clear-Site-Data"] = _CLEAR


def _set(response: HttpResponseBase, name: str, value: str, days: int | None = None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=days * 24 * 3600 if days else None,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = reverse("sign_in")
    if request.method == "POST" and RUN in request.POST:
        # A redirect would lose what was typed: the page itself, which carries it along.
        page: HttpResponse = resolve(address).func(request)
        return page
    if request.method == "GET" and request.path != reverse("home"):
        address += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(address)
