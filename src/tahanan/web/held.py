"""A form sent while locked or signed out comes back as it was typed, and is sent by a new press."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.middleware.csrf import get_token
from django.urls import Resolver404, resolve
from django.utils.functional import lazy
from markupsafe import Markup

from tahanan.base import clock
from tahanan.casework import entry
from tahanan.web.forms import RUN, Typed
from tahanan.web.request import NotSent
from tahanan.web.shell import actor_of

# The field of the pages that ask for the six words; and, in each form, for whom it was drawn.
HELD, BY = "held", "by"
_TOKENS = Markup(
    '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="{}" value="{}">'
)
# What is not of the form: the token against foreign pages, and the button of two versions, which
# would act again instead of showing the form.
_LEFT_OUT = ("csrfmiddlewaretoken", "choice", BY)


def tokens(request: HttpRequest) -> dict[str, object]:
    """What `csrf_input` puts into every form: that it is of ours, and for whom it was drawn."""
    actor = actor_of(request)
    if actor is None or actor.person is None:
        return {}
    mark = entry.mark_of(actor.person)
    return {"csrf_input": lazy(lambda: _TOKENS.format(get_token(request), BY, mark), Markup)()}


def of(request: HttpRequest) -> str:
    """The token for what this request sent: a form of ours, or such a token already; else empty."""
    if request.method != "POST":
        return ""
    if RUN not in request.POST:
        return request.POST.get(HELD, "")
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _LEFT_OUT
        for value in values
    ]
    return entry.hold(request.POST.get(BY, ""), request.get_full_path(), typed, clock.now())


def came_from(request: HttpRequest) -> str:
    """Where to go on afterwards: this page or, for what is only sent, the page it stood on."""
    if request.method != "POST":
        return request.get_full_path()
    told = urlsplit(request.headers.get("Referer", ""))
    return told._replace(scheme="", netloc="", fragment="").geturl() or "/"


def bring_back(request: HttpRequest, token: str) -> HttpResponseBase | None:
    """The form with what was typed in it, nothing done yet. None where there is none to show.

    The form's own view draws it, as for something to mend; nothing it could save is valid, and
    nothing may act (`request.acting`).
    """
    actor = actor_of(request)
    if not token or actor is None or actor.person is None:
        return None
    found = entry.held(token, actor.person, clock.now())
    if found is None:
        return None
    address = urlsplit(found.address)
    try:
        match = resolve(address.path)
    except Resolver404:
        return None
    _put(request, address.path, address.query, Typed.of(found.typed))
    request.resolver_match = match
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except NotSent:
        return None
    if response.status_code == 422:
        response.status_code = 200
    return response if response.status_code == 200 else None


def _put(request: HttpRequest, path: str, query: str, typed: Typed) -> None:
    here: Any = request
    here.path = here.path_info = path
    here.META["QUERY_STRING"] = query
    here.GET = QueryDict(query)
    here.POST = typed
