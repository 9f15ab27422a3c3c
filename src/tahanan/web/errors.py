"""Pages for a reasoned no and for a failure of ours: the cause, then the way on."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from tahanan.base.errors import Conflict, Locked, NotFound, Refusal
from tahanan.web import held
from tahanan.web.shell import actor_of, address
from tahanan.web.words import language

log = logging.getLogger(__name__)


def refusal(request: HttpRequest, no: Refusal) -> HttpResponse:
    """The page of a refusal: its sentence, its status, and where one can go from here."""
    if isinstance(no, Locked):
        return locked(request, held.came_from(request))
    context = {"title": _title(no), "sentence": _sentence(no), "ways": _ways(request, no)}
    return render(request, "errors/refusal.jinja", context, status=no.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address: in the same words as no relation to what is there (DESIGN §3)."""
    return refusal(request, NotFound())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A no of the framework's, without a reason of ours."""
    return refusal(request, Refusal("forbidden", gettext("This is not yours to open.")))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be read at all."""
    sentence = gettext("What was sent could not be read. Go back and send it again.")
    no = Refusal("unreadable", sentence)
    no.status = 400
    return refusal(request, no)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The form's token is not this session's: an old page, or a page that is not ours.

    An old page of hers comes back as she left it: its mark no other page could have had.
    """
    actor = actor_of(request)
    token = held.of(request)
    if token and actor is not None and actor.locked:
        return locked(request, held.came_from(request))
    if back := held.bring_back(request, token):
        return back
    sentence = gettext(
        "This page was open from before you signed in, so it was not sent. "
        "Open it anew and send it again."
    )
    return refusal(request, Refusal("stale-form", sentence))


def failed(request: HttpRequest) -> HttpResponse:
    """A failure of ours. The mark finds it in the log; the page says nothing else of it."""
    mark = secrets.token_hex(4)
    log.error("failure %s was shown to somebody", mark)
    context = {"language": language(), "mark": mark}
    try:
        return render(request, "errors/failed.jinja", context, status=500)
    except Exception:
        # The page of last resort must not fail in its turn: each layer would ask for it again.
        log.exception("the page of failure %s failed", mark)
        return HttpResponse(f"Something of ours failed. Its mark is {mark}.", status=500)


def locked(request: HttpRequest, path: str, error: str = "") -> HttpResponse:
    """Signed in, still locked: the words once more, then on to `path`. `error` stands by them.

    What a form had sent travels along, sealed.
    """
    actor = actor_of(request)
    context = {
        "name": actor.name if actor else "",
        "unlock": address("unlock"),
        "cannot": address("cannot_unlock"),
        "account": address("own_account"),
        "path": path,
        "error": error,
        "held": held.of(request),
    }
    return render(request, "errors/locked.jinja", context, status=Locked.status)


def _title(no: Refusal) -> str:
    if isinstance(no, NotFound):
        return gettext("Nothing here that you may see")
    if isinstance(no, Conflict):
        return gettext("Somebody wrote first")
    return gettext("This cannot be done")


def _sentence(no: Refusal) -> str:
    if isinstance(no, NotFound):
        return gettext(
            "Either there is no such page, or it is not shared with you. We say the same for both."
        )
    said = gettext(no.sentence)
    return said % no.details if no.details and "%(" in said else said


def _ways(request: HttpRequest, no: Refusal) -> list[tuple[str, str]]:
    ways = []
    if isinstance(no, Conflict):
        ways.append((gettext("Look at it as it stands now"), request.get_full_path()))
    ways.append((gettext("Go to the first page"), address("home") or "/"))
    if isinstance(no, NotFound) and actor_of(request) and (search := address("search")):
        ways.append((gettext("Find a child you may see"), search))
    return ways
