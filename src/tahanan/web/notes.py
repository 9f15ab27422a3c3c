"""Notes: written, changed beside another's words, read as they stood before, taken back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.base import clock
from tahanan.base.days import PartialDate
from tahanan.base.errors import Conflict, NotFound
from tahanan.casework import notes
from tahanan.casework.door import TypedAgain
from tahanan.casework.notes import NoteShape
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Compartment
from tahanan.web import child_form, codes, words
from tahanan.web.child_form import BOTH, CHOICE, MINE, THEIRS, Ask, Column, Versions
from tahanan.web.child_page import back_to
from tahanan.web.forms import Day, Form, Passage
from tahanan.web.request import Request, acting, posted, signed_in


class NoteForm(Form):
    """One note: what happened, and on which day."""

    text = Passage(
        lazy("What happened?"),
        hint=lazy("What you saw and heard, and what was agreed. Never picture, sound or chat."),
        missing=lazy("Write what happened before you save the note."),
        longest=notes.LONGEST + 1,
    )
    happened = Day(
        lazy("When did it happen?"),
        partial=True,
        hint=lazy("If you know only the month or the year, leave the rest empty."),
        missing=lazy("Write the day it happened, or as much of it as is known."),
    )

    @property
    def when(self) -> Happening:
        """The day or days on which it can have happened."""
        day: PartialDate = self.cleaned_data["happened"]
        return Happening(day.first, day.last)


@require_http_methods(["GET", "POST"])
@signed_in
def write(request: Request, case: UUID, part: str) -> HttpResponse:
    """A new note in one part."""
    if part not in set(Compartment) - {Compartment.CARD}:
        raise NotFound
    compartment = Compartment(part)
    form = NoteForm(posted(request), initial={"happened": clock.today()})

    def save() -> None:
        notes.write_note(
            acting(request),
            case=case,
            compartment=compartment,
            text=form.cleaned_data["text"],
            happened=form.when,
        )

    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept", compartment)
    first = child_form.seen_of(request)
    if request.POST.get(CHOICE) == MINE and first is not None:
        return _change(request, case, first, compartment)
    try:
        if request.method == "POST" and child_form.saved(form, save):
            return back_to(case, "note", compartment)
    except TypedAgain as again:
        return _typed_again(request, case, form, again)
    card = notes.about_to_write(request.actor, case=case, compartment=compartment)
    ask = _ask(
        _("Write a note in %(part)s") % {"part": codes.words_of(compartment)},
        words.called(card.card) if card else _("The child’s page"),
        compartment,
    )
    return child_form.show(request, case, form, ask)


@require_http_methods(["GET", "POST"])
@signed_in
def note(request: Request, case: UUID, note: UUID) -> HttpResponse:
    """One note: opened to be changed, changed, read as it stood before, or taken back."""
    acts: dict[str, Callable[[Request, UUID, UUID], HttpResponse]] = {
        "change": _open_to_change,
        "before": _before,
        "take_back": _ask_to_take_back,
        "taken_back": _take_back,
    }
    if request.method == "GET":
        # A note is opened by a press, never by an address.
        return redirect("child", case=case)
    act = acts.get(request.POST.get("do", ""))
    return act(request, case, note) if act else _change(request, case, note, None)


def _open_to_change(request: Request, case: UUID, note: UUID) -> HttpResponse:
    stands = notes.about_to_change(request.actor, case=case, note=note)
    form = NoteForm(initial={"text": stands.text, "happened": _partial(stands.happened)})
    return _show_change(request, case, form, stands)


def _change(
    request: Request, case: UUID, note: UUID, after_write: Compartment | None
) -> HttpResponse:
    """Save the new version; when somebody's came first, show both."""
    form = NoteForm(request.POST)
    choice, seen = request.POST.get(CHOICE, ""), child_form.seen_of(request)
    standing = seen or note
    if choice == THEIRS:
        return _keep_theirs(request, case, standing, form)
    if choice == BOTH:
        return _write_together(request, case, standing, form)
    try:
        if child_form.saved(form, lambda: _put_after(request, case, standing, form)):
            return back_to(case, "edited", after_write or request.POST.get("part", ""))
    except Conflict as conflict:
        return _two(request, case, standing, form, conflict)
    return _show_change(request, case, form, notes.note(request.actor, case=case, note=standing))


def _put_after(request: Request, case: UUID, note: UUID, form: NoteForm) -> UUID:
    text = form.cleaned_data["text"]
    return notes.edit_note(acting(request), case=case, note=note, text=text, happened=form.when)


def _keep_theirs(request: Request, case: UUID, theirs: UUID, form: NoteForm) -> HttpResponse:
    """Theirs stands. What was typed is not lost: it becomes a note of its own."""
    stands = notes.note(request.actor, case=case, note=theirs)
    if form.is_valid():
        notes.write_note(
            acting(request),
            case=case,
            compartment=stands.compartment,
            text=form.cleaned_data["text"],
            happened=form.when,
        )
    return back_to(case, "kept", stands.compartment)


def _write_together(request: Request, case: UUID, theirs: UUID, form: NoteForm) -> HttpResponse:
    """The form again, with both texts in it, to be made one."""
    stands = notes.note(request.actor, case=case, note=theirs)
    both = f"{stands.text}\n\n{form.data.get('text', '')}"
    fresh = NoteForm(initial={"text": both, "happened": _partial(stands.happened)})
    return _show_change(request, case, fresh, stands)


def _two(
    request: Request, case: UUID, note: UUID, form: NoteForm, conflict: Conflict
) -> HttpResponse:
    both = notes.versions(request.actor, case=case, note=note)
    again = isinstance(conflict, TypedAgain)
    who = _("you") if again else both.theirs.by
    mine = form.cleaned_data["text"]
    title = (
        _("You saved this form before, with other words")
        if again
        else _("%(who)s changed the same note while you were writing") % {"who": both.theirs.by}
    )
    columns = (
        _column(_("Before both of you"), both.before, both.before.text),
        _column(
            _("%(who)s, saved %(when)s")
            % {"who": words.opening(who), "when": words.when(both.theirs.recorded_at)},
            both.theirs,
            both.before.text,
        ),
        Column(
            _("You, not saved yet"),
            words.span(form.when.first, form.when.last),
            text=child_form.marked(both.before.text, mine),
            mine=True,
        ),
    )
    choices = (
        (
            THEIRS,
            _("Keep what stands, and mine beside it"),
            _("Yours becomes a note of its own, with your name."),
        ),
        (
            MINE,
            _("Put mine after it"),
            _("What stands now stays in the history, with the hours it stood."),
        ),
        (BOTH, _("Make one of the two"), _("Both texts come into the form, to be made one.")),
    )
    page = Versions(title, columns, both.theirs.id, choices, _("The child’s page"))
    return child_form.show_versions(request, case, page)


def _typed_again(request: Request, case: UUID, form: NoteForm, again: TypedAgain) -> HttpResponse:
    """Back was pressed and something else typed into a form that had been saved."""
    assert isinstance(again.standing, UUID)
    first = notes.note(request.actor, case=case, note=again.standing)
    mine = form.cleaned_data["text"]
    columns = (
        _column(
            _("You, saved %(when)s") % {"when": words.when(first.recorded_at)}, first, first.text
        ),
        Column(
            _("You, typed now, not saved yet"),
            words.span(form.when.first, form.when.last),
            text=child_form.marked(first.text, mine),
            mine=True,
        ),
    )
    choices = (
        (
            "second",
            _("Save it as a second note"),
            _("Both stand: the first as it is, and this one."),
        ),
        (
            MINE,
            _("Put it in place of the first"),
            _("The first stays in the history."),
        ),
        (THEIRS, _("Keep the first alone"), _("What you typed now is not saved.")),
    )
    title = _("You saved this form before, with other words")
    page = Versions(title, columns, first.id, choices, _("The child’s page"))
    return child_form.show_versions(request, case, page)


def _before(request: Request, case: UUID, note: UUID) -> HttpResponse:
    found = notes.history(request.actor, case=case, note=note)
    context = {
        "case": case,
        "versions": [
            (version, child_form.marked(older.text if older else version.text, version.text))
            for version, older in zip(found, [*found[1:], None], strict=True)
        ],
        "part": found[0].compartment,
        "part_words": codes.words_of(found[0].compartment),
    }
    return render(request, "child/note_before.jinja", context)


def _ask_to_take_back(request: Request, case: UUID, note: UUID) -> HttpResponse:
    stands = notes.about_to_change(request.actor, case=case, note=note)
    return render(request, "child/take_back.jinja", {"case": case, "note": stands})


def _take_back(request: Request, case: UUID, note: UUID) -> HttpResponse:
    notes.take_back_note(acting(request), case=case, note=note)
    return back_to(case, "taken-back")


def _show_change(request: Request, case: UUID, form: NoteForm, stands: NoteShape) -> HttpResponse:
    ask = _ask(
        _("Change the note of %(day)s")
        % {"day": words.span(stands.happened.first, stands.happened.last)},
        _("The child’s page"),
        stands.compartment,
        carried={child_form.SEEN: stands.id, "part": stands.compartment},
    )
    return child_form.show(request, case, form, ask)


def _ask(title: str, name: str, part: Compartment, carried: dict[str, object] | None = None) -> Ask:
    lead = _("Only those who may open %(part)s can read it. Your name stands beside it.")
    return Ask(
        title,
        lead % {"part": codes.words_of(part)},
        _("Save the note"),
        name,
        looks={"text": {"rows": 10}},
        carried=carried or {},
    )


def _column(title: str, version: NoteShape, before: str) -> Column:
    return Column(
        title,
        words.span(version.happened.first, version.happened.last),
        text=child_form.marked(before, version.text),
    )


def _partial(happened: Happening) -> PartialDate:
    days = (happened.last - happened.first).days
    precision = "day" if not days else "month" if days < 31 else "year"
    return PartialDate(happened.first, happened.last, precision)


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/notes/<str:part>/write", write, name="write_note"),
    path("children/<uuid:case>/notes/<uuid:note>", note, name="note"),
]
