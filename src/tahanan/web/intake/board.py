"""The removal's board: nine children and the one act on a phone's screen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tahanan.base.errors import Invalid
from tahanan.casework import intake
from tahanan.web.intake import words
from tahanan.web.intake.forms import HowMany, PackNumber
from tahanan.web.intake.way import to
from tahanan.web.request import Request, acting, signed_in


@require_GET
@signed_in
def board(request: Request, removal: UUID) -> HttpResponse:
    """Every child of the removal, and what is still needed tonight."""
    shown = intake.board(request.actor, intake=removal)
    needs = words.needs(shown)
    return render(
        request,
        "intake/board.jinja",
        {
            "board": shown,
            "standing": shown.standing,
            "title": words.title(shown),
            "lead": words.lead(shown.standing),
            "needs": needs[: words.NEEDS_AT_MOST],
            "more": max(0, len(needs) - words.NEEDS_AT_MOST),
            "waiting": sum(not pane.has_bed for pane in shown.panes),
            "saved": words.saved(shown.standing),
            "called": words.called,
            "pane_words": words.pane_words,
        },
    )


@require_GET
@signed_in
def go_on(request: Request, removal: UUID) -> HttpResponse:
    """Exactly where it was left, from whatever phone of the team."""
    resume = intake.board(request.actor, intake=removal).resume
    if resume is None:
        return to("intake-board", removal=removal)
    child, step = resume
    if child is None:
        return to("intake-shared", removal=removal, step=step)
    if step == "known":
        return to("intake-known", removal=removal, child=child)
    return to("intake-child", removal=removal, child=child, step=step)


@require_http_methods(["GET", "POST"])
@signed_in
def several(request: Request, removal: UUID) -> HttpResponse:
    """Several children at once."""
    intake.shared(request.actor, intake=removal)
    form = HowMany(request.POST) if request.method == "POST" else HowMany()
    if form.is_valid():
        try:
            many = form.cleaned_data["how_many"]
            intake.add_several(acting(request), intake=removal, how_many=many)
        except Invalid as fault:
            form.mend(fault)
        else:
            return to("intake-board", removal=removal)
    shown = {"form": form, "removal": removal}
    return render(request, "intake/several.jinja", shown, status=422 if form.mends else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def without_a_line(request: Request, removal: UUID) -> HttpResponse:
    """Go on without a line: the sheets that have these children in the same order."""
    form = PackNumber(request.POST) if request.method == "POST" else PackNumber()
    if form.is_valid():
        try:
            number = form.cleaned_data["pack"]
            intake.attach_pack(acting(request), intake=removal, pack=number)
        except Invalid as fault:
            form.mend(fault)
        else:
            return to("intake-board", removal=removal)
    shown = {"form": form, "board": intake.board(request.actor, intake=removal)}
    shown |= {"called": words.called, "sheet": words.sheet}
    return render(request, "intake/line.jinja", shown, status=422 if form.mends else 200)


@require_POST
@signed_in
def met(request: Request, removal: UUID, child: UUID) -> HttpResponse:
    """What a child needed tonight is done."""
    intake.meet_need(acting(request), intake=removal, child=child)
    return to("intake-board", removal=removal)


@require_POST
@signed_in
def remove(request: Request, removal: UUID, child: UUID) -> HttpResponse:
    """Take an empty pane off the board."""
    intake.remove_child(acting(request), intake=removal, child=child)
    return to("intake-board", removal=removal)


@require_POST
@signed_in
def finish(request: Request, removal: UUID) -> HttpResponse:
    """The night is done."""
    intake.finish_intake(acting(request), intake=removal)
    return to("intake-board", removal=removal)
