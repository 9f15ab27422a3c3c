"""What is asked once for all children, one thing on each screen."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tahanan.base import clock
from tahanan.base.errors import Conflict
from tahanan.casework import intake
from tahanan.casework.intake import SharedAsked
from tahanan.web import words as said
from tahanan.web.forms import Typed
from tahanan.web.intake import spoken, words
from tahanan.web.intake.forms import SHARED, typed_on
from tahanan.web.intake.way import seen_of, to
from tahanan.web.request import Request, acting, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def shared(request: Request, removal: UUID, step: str) -> HttpResponse:
    """One screen of what is asked once."""
    if step not in SHARED:
        raise Http404
    if request.method == "POST":
        return _save(request, removal, step)
    asked = intake.shared(request.actor, intake=removal)
    wrong = [mend for mend in asked.standing.shared.mends if intake.step_of(mend.field) != step]
    after = request.GET.get("after", "")
    if after and any(intake.step_of(mend.field) == after for mend in wrong):
        return to("intake-shared", removal=removal, step=after)
    return _shown(request, asked, step, dict(asked.typed))


def _save(request: Request, removal: UUID, step: str) -> HttpResponse:
    typed = typed_on(step, request)
    if isinstance(request.POST, Typed):
        asked = intake.shared(request.actor, intake=removal)
        return _shown(request, asked, step, dict(asked.typed) | typed)
    try:
        intake.answer_shared(
            acting(request), intake=removal, step=step, typed=typed, seen=seen_of(request)
        )
    except Conflict as clash:
        asked = intake.shared(request.actor, intake=removal)
        return _shown(request, asked, step, dict(asked.typed) | typed, clash)
    if intake.wrong_on(step, typed, clock.today()):
        return to("intake-shared", removal=removal, step=step)
    following = _after(request, step)
    if following is None or request.POST.get("go") == "board":
        return to("intake-board", removal=removal)
    return to("intake-shared", after=step, removal=removal, step=following)


def _after(request: Request, step: str) -> str | None:
    steps = [each for each in SHARED if each != "known" or request.POST.get("late")]
    at = steps.index(step) + 1
    return steps[at] if at < len(steps) else None


def _shown(
    request: Request,
    asked: SharedAsked,
    step: str,
    typed: dict[str, str],
    clash: Conflict | None = None,
) -> HttpResponse:
    if step == "when" and "happened-day" not in typed and not asked.standing.late:
        typed |= _now()
    form = SHARED[step](typed, asked.standing.shared.mends)
    shown = {
        "form": form,
        "step": step,
        "standing": asked.standing,
        "lead": words.lead(asked.standing),
        "clash": clash,
        "both": spoken.both(form, clash),
        "safe": words.saved(asked.standing),
        "titles": words.SHARED_TITLES,
    }
    return render(request, "intake/shared.jinja", shown, status=409 if clash else 200)


def _now() -> dict[str, str]:
    """Tonight, as it would be typed: the worker looks at it and saves."""
    now = clock.now().astimezone(clock.MANILA)
    day, month, year = str(now.day), str(now.month), str(now.year)
    return {
        "happened-day": day,
        "happened-month": month,
        "happened-year": year,
        "hour": said.hour(now),
    }
