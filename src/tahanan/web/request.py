"""A request by somebody who is signed in, typed; and the decorator that lets nobody else in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect

from tahanan.access.actor import Actor
from tahanan.base.errors import Locked
from tahanan.casework.entry import Cookies
from tahanan.web.forms import Typed, run_of

P = ParamSpec("P")


class Request(HttpRequest):
    """A request whose `actor` is signed in: unlocked too, unless the view is `even_locked`."""

    actor: Actor
    cookies: Cookies


def signed_in(
    view: Callable[Concatenate[Request, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Lets in who is signed in and unlocked; others go to sign in, or see the locked page."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return redirect("sign_in")
        if actor.locked:
            raise Locked
        return view(cast(Request, request), *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], inner)


def even_locked(
    view: Callable[Concatenate[Request, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Lets in who is signed in, keys open or not: pages that show nothing of any case."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            return redirect("sign_in")
        return view(cast(Request, request), *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], inner)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, or nothing when the page was only asked for."""
    return request.POST if request.method == "POST" else None


class NotSent(Exception):
    """A form that is only drawn again would have acted."""


def acting(request: Request) -> Actor:
    """The actor with the key of the form that was sent: the second press changes nothing."""
    if isinstance(request.POST, Typed):
        raise NotSent
    run = run_of(request)
    return request.actor.once(run) if run else request.actor
