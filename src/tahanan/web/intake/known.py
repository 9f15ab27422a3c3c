"""Search before create: is she a child already known? One tap decides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import intake
from tahanan.matching.screen import REASONS, VERDICTS
from tahanan.web.intake import words
from tahanan.web.intake.way import to
from tahanan.web.request import Request, acting, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def known(request: Request, removal: UUID, child: UUID) -> HttpResponse:
    """Who she may be, with the reasons; *This is her*, or *Not her*."""
    problem = ""
    if request.method == "POST":
        try:
            same = _same(request)
            intake.say_known(acting(request), intake=removal, child=child, same=same)
        except Invalid as fault:
            problem = " ".join(fault.fields.values())
        else:
            return to("intake-child", removal=removal, child=child, step="needs")
    asked = intake.child(request.actor, intake=removal, child=child)
    shown = {
        "asked": asked,
        "standing": asked.standing,
        "name": words.called(asked.name, asked.position),
        "likely": intake.likenesses(request.actor, intake=removal, child=child),
        "verdicts": {code: gettext(said) for code, said in VERDICTS.items()},
        "reasons": lambda codes: [gettext(REASONS[code]) for code in codes],
        "problem": problem,
    }
    return render(request, "intake/known.jinja", shown, status=422 if problem else 200)


def _same(request: Request) -> UUID | None:
    text = request.POST.get("same", "")
    if text == "nobody":
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
