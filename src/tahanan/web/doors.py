"""Small doors of every page: quick exit, the blank page behind it, the switch of language."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from tahanan.casework import entry
from tahanan.web import session
from tahanan.web.session import open_to_all

YEAR = 365 * 24 * 3600


# A stale token must not keep anybody on the page. What a foreign page could do is nothing: the
# session cookie is SameSite=Strict, so its request comes without a session to end.
@open_to_all
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: sign out, then a page with nothing on it."""
    response = redirect("away")
    held = session.cookies_of(request)
    if held.session:
        entry.sign_out(entry.GATE, cookies=held)
    session.drop(response)
    return response


@open_to_all
@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """A page with nothing on it."""
    return render(request, "away.jinja")


@open_to_all
@require_GET
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page it was chosen on."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(own_address(request.GET.get("next", "/")))
    keep_language(response, code)
    return response


def keep_language(response: HttpResponseBase, code: str) -> None:
    """Have this browser read in one language, signed in or not."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def own_address(address: str) -> str:
    """The address when it is a page of ours, else the first page: never a way to elsewhere."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and address.startswith("/") else "/"


urlpatterns: list[URLPattern] = [
    path("exit", leave, name="leave"),
    path("away", away, name="away"),
    path("language/<str:code>", language, name="language"),
]
