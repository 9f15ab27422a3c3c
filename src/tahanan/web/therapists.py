"""A therapist called for a child: what they will see, and what nobody but they will."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.access.rules import Act
from tahanan.casework import cases, grants
from tahanan.web import child_form, words
from tahanan.web.child_form import Ask
from tahanan.web.child_page import back_to
from tahanan.web.forms import Form, One
from tahanan.web.request import Request, acting, posted, signed_in


class TherapistForm(Form):
    """Which team of therapists."""

    team = One(lazy("Which therapists?"), [], missing=lazy("Choose who is called."))


@require_http_methods(["GET", "POST"])
@signed_in
def call_therapist(request: Request, case: UUID) -> HttpResponse:
    """Give a therapy team the card, Care, and a part of its own."""
    form = TherapistForm(posted(request))
    field = form.fields["team"]
    assert isinstance(field, One)
    if request.method == "POST":
        # Saved first, looked at afterwards: the second press finds them called by the first.
        field.choices = _as_sent(request)
        if child_form.sent(form, lambda: _call(request, case, form)):
            return back_to(case, "therapist")
    teams = grants.therapists(request.actor, case=case)
    field.choices = [
        (
            str(each.id),
            _("%(team)s, of %(agency)s") % {"team": each.name, "agency": each.organisation},
        )
        for each in teams
    ]
    seen = cases.about_to(request.actor, case=case, what=Act.CALL_THERAPIST)
    name = words.called(seen.card)
    ask = Ask(
        _("Call a therapist for %(name)s") % {"name": name},
        _("Choose one team. What they write of the sessions is theirs and the child’s."),
        _("Call the therapists"),
        name,
        follows=(
            _("They can open the card and Care, from today."),
            _("Therapy opens for them alone: not for you, and not for your supervisor."),
            _("What the others need to know they write in Care."),
        ),
    )
    return child_form.show(request, case, form, ask)


def _as_sent(request: Request) -> list[tuple[str, str]]:
    """The team that was chosen; whether it can be called, the command says."""
    try:
        chosen = str(UUID(request.POST.get("team", "")))
    except ValueError:
        return []
    return [(chosen, chosen)]


def _call(request: Request, case: UUID, form: TherapistForm) -> UUID:
    return grants.call_therapist(acting(request), case=case, team=UUID(form.cleaned_data["team"]))


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/therapist", call_therapist, name="call_therapist"),
]
