"""One child: five short questions, saved as they are typed; three are enough tonight."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from tahanan.base import clock
from tahanan.base.errors import Conflict
from tahanan.casework import intake
from tahanan.casework.intake import ChildAsked
from tahanan.web import shell
from tahanan.web.forms import Typed
from tahanan.web.intake import spoken, words
from tahanan.web.intake.forms import CHILD, typed_on
from tahanan.web.intake.way import seen_of, to
from tahanan.web.request import Request, acting, signed_in

_NEXT = {"tonight": "needs", "born": "needs", "needs": "belongs", "belongs": None}


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: Request, removal: UUID) -> HttpResponse:
    """The next child. Nothing is saved before the first answer is."""
    if request.method == "GET":
        asked = intake.child(request.actor, intake=removal, child=None)
        return _shown(request, asked, "tonight", {})
    typed = typed_on("tonight", request)
    if isinstance(request.POST, Typed):
        asked = intake.child(request.actor, intake=removal, child=None)
        return _shown(request, asked, "tonight", typed)
    try:
        child = intake.add_child(acting(request), intake=removal, step="tonight", typed=typed)
    except Conflict as clash:
        asked = intake.child(request.actor, intake=removal, child=None)
        return _shown(request, asked, "tonight", typed, clash)
    return _onward(request, removal, child, "tonight", typed)


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: Request, removal: UUID, child: UUID, step: str) -> HttpResponse:
    """One screen about one child."""
    if step not in CHILD:
        raise Http404
    if request.method == "POST":
        return _save(request, removal, child, step)
    asked = intake.child(request.actor, intake=removal, child=child)
    after = request.GET.get("after", "")
    if after and any(intake.step_of(mend.field) == after for mend in asked.mends):
        return to("intake-child", removal=removal, child=child, step=after)
    if after and asked.asked_again:
        return to("intake-known", removal=removal, child=child)
    return _shown(request, asked, step, dict(asked.typed))


@require_GET
@signed_in
def check(request: Request, removal: UUID, child: UUID) -> HttpResponse:
    """All that was said of one child, each with its way back."""
    asked = intake.child(request.actor, intake=removal, child=child)
    page = shell.address("child", case=asked.case) if asked.case else ""
    shown = _common(asked) | {"rows": spoken.answers(asked), "child_page": page}
    return render(request, "intake/check.jinja", shown)


def _save(request: Request, removal: UUID, child: UUID, step: str) -> HttpResponse:
    typed = typed_on(step, request)
    if isinstance(request.POST, Typed):
        asked = intake.child(request.actor, intake=removal, child=child)
        return _shown(request, asked, step, dict(asked.typed) | typed)
    try:
        intake.answer_child(
            acting(request),
            intake=removal,
            child=child,
            step=step,
            typed=typed,
            seen=seen_of(request),
        )
    except Conflict as clash:
        asked = intake.child(request.actor, intake=removal, child=child)
        return _shown(request, asked, step, dict(asked.typed) | typed, clash)
    return _onward(request, removal, child, step, typed)


def _onward(
    request: Request, removal: UUID, child: UUID, step: str, typed: dict[str, str]
) -> HttpResponse:
    """To the same screen when something is to be mended, else where the button says."""
    go = request.POST.get("go", "")
    if intake.wrong_on(step, typed, clock.today()):
        return to("intake-child", removal=removal, child=child, step=step)
    following = "born" if go == "born" else _NEXT[step]
    if go == "board" or following is None:
        return to("intake-board", removal=removal)
    return to("intake-child", after=step, removal=removal, child=child, step=following)


def _shown(
    request: Request,
    asked: ChildAsked,
    step: str,
    typed: dict[str, str],
    clash: Conflict | None = None,
) -> HttpResponse:
    form = CHILD[step](typed, () if clash else asked.mends)
    shown = _common(asked) | {
        "form": form,
        "step": step,
        "clash": clash,
        "both": spoken.both(form, clash),
    }
    if step == "born":
        form.fields["born"].label = words.born_question(asked)
    return render(request, "intake/child.jinja", shown, status=409 if clash else 200)


def _common(asked: ChildAsked) -> dict[str, object]:
    return {
        "asked": asked,
        "standing": asked.standing,
        "name": words.called(asked.name, asked.position),
        "lead": words.lead(asked.standing),
        "siblings": [words.called(*each) for each in asked.siblings],
        "sheet": words.sheet(asked.standing, asked.position),
        "safe": words.saved(asked.standing),
    }
