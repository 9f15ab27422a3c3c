"""The door to intake: begin one, or go on with one that is unfinished."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import intake
from tahanan.records.vocabulary import TeamKind
from tahanan.web.intake.forms import PackNumber
from tahanan.web.intake.way import to
from tahanan.web.intake.words import span
from tahanan.web.request import Request, acting, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def intakes(request: Request) -> HttpResponse:
    """Intakes that go on; the button that begins one; the number of a pack that is entered."""
    form = PackNumber()
    if request.method == "POST":
        if request.POST.get("paper") != "1":
            id = intake.open_intake(acting(request), team=team_of(request))
            return to("intake-shared", removal=id, step="when")
        form = PackNumber(request.POST)
        if form.is_valid():
            try:
                number = form.cleaned_data["pack"]
                id = intake.open_intake(acting(request), team=team_of(request), pack=number)
            except Invalid as fault:
                form.mend(fault)
            else:
                return to("intake-shared", removal=id, step="when")
    shown = {
        "form": form,
        "going": intake.unfinished_intakes(request.actor),
        "teams": teams(request),
        "span": span,
        "most": intake.UNFINISHED_AT_MOST,
    }
    return render(request, "intake/intakes.jinja", shown, status=422 if form.mends else 200)


def teams(request: Request) -> list[UUID]:
    """The actor's casework teams."""
    return [m.team for m in request.actor.memberships if m.kind is TeamKind.CASEWORK]


def team_of(request: Request) -> UUID:
    """The team that takes the children in: the one named, else the actor's own."""
    own, named = teams(request), request.POST.get("team", "")
    found = next((team for team in own if str(team) == named), None)
    if found is None and not named and own:
        found = own[0]
    if found is None:
        raise NotFound
    return found
