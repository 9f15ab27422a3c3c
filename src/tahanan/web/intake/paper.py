"""Numbered packs of blank sheets: printed before the night, found again after it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from tahanan.base.errors import Invalid
from tahanan.casework import intake
from tahanan.web.intake.begin import team_of
from tahanan.web.intake.forms import CHILD, SHARED, Sheets
from tahanan.web.intake.way import to
from tahanan.web.intake.words import SHARED_TITLES
from tahanan.web.request import Request, acting, signed_in

# Where the first question on a screen does not say what the screen asks.
_TITLES = {
    "custody": SHARED_TITLES["custody"],
    "needs": lazy("What does the child need tonight?"),
    "belongs": lazy("To whom does the child belong?"),
}


@require_http_methods(["GET", "POST"])
@signed_in
def packs(request: Request) -> HttpResponse:
    """The packs of the actor's teams, and a new one."""
    form = Sheets(request.POST) if request.method == "POST" else Sheets(initial={"sheets": 12})
    if form.is_valid():
        try:
            count = form.cleaned_data["sheets"]
            pack = intake.print_pack(acting(request), team=team_of(request), sheets=count)
        except Invalid as fault:
            form.mend(fault)
        else:
            return to("intake-sheets", pack=pack)
    shown = {"form": form, "packs": intake.packs(request.actor), "most": intake.PACKS_AT_MOST}
    return render(request, "intake/packs.jinja", shown, status=422 if form.mends else 200)


@require_GET
@signed_in
def sheets(request: Request, pack: UUID) -> HttpResponse:
    """The sheets themselves: the same questions in the same order, numbered, blank."""
    shown = {
        "pack": intake.pack(request.actor, pack=pack),
        "shared": [(_TITLES.get(step, ""), kind({})) for step, kind in SHARED.items()],
        "child": [(_TITLES.get(step, ""), kind({})) for step, kind in CHILD.items()],
    }
    return render(request, "intake/sheets.jinja", shown)
