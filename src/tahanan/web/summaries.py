"""A therapist's summary: what Care may know of a note that stays in Therapy."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.base import clock
from tahanan.casework import notes
from tahanan.records.vocabulary import Compartment
from tahanan.web import child_form, words
from tahanan.web.child_form import Ask
from tahanan.web.child_page import back_to
from tahanan.web.forms import Passage
from tahanan.web.notes import NoteForm
from tahanan.web.request import Request, acting, signed_in


class SummaryForm(NoteForm):
    """What those who care for the child need to know, and no more."""

    text = Passage(
        lazy("What may those who open Care know?"),
        hint=lazy("What helps, what to leave alone, what comes next. No words of the child’s own."),
        missing=lazy("Write the summary before you save it."),
        longest=notes.LONGEST + 1,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def write_summary(request: Request, case: UUID, note: UUID) -> HttpResponse:
    """A summary beside the note it is of; opened by a press in Therapy, never by an address."""
    if request.method == "GET":
        return redirect("child", case=case)
    if child_form.is_opening(request):
        form = SummaryForm(initial={"happened": clock.today()})
    else:
        form = SummaryForm(request.POST)
        if child_form.sent(form, lambda: _save(request, case, note, form)):
            return back_to(case, "summary", Compartment.CARE)
    of = notes.about_to_summarise(request.actor, case=case, note=note)
    day = words.span(of.happened.first, of.happened.last)
    ask = Ask(
        _("A summary for Care"),
        _("Everybody who may open Care can read it. Your name stands beside it."),
        _("Save the summary in Care"),
        _("The child’s page"),
        looks={"text": {"rows": 8}},
        follows=(
            _("Your note stays in Therapy, and only therapists can open it."),
            _("The summary is a note in Care: change it or take it back there."),
        ),
        beside=(_("Your note of %(day)s") % {"day": day}, of.text),
    )
    return child_form.show(request, case, form, ask)


def _save(request: Request, case: UUID, note: UUID, form: SummaryForm) -> UUID:
    return notes.write_summary(
        acting(request), case=case, note=note, text=form.cleaned_data["text"], happened=form.when
    )


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/notes/<uuid:note>/summary", write_summary, name="write_summary"),
]
