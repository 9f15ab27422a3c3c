"""The day a child was brought to safety, corrected: once for all who were asked with her."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tahanan.base import clock
from tahanan.base.errors import Conflict, NotFound
from tahanan.casework import operations
from tahanan.casework.operations import DayPage, DayVersion, Happening, HowKnown, Why
from tahanan.web import child_form, codes, words
from tahanan.web.child_form import CHOICE, MINE, THEIRS, Column, Versions
from tahanan.web.child_page import back_to
from tahanan.web.forms import Day, Form, Line, One
from tahanan.web.request import Request, acting, signed_in

TOGETHER, ALONE = "together", "alone"


class CorrectDayForm(Form):
    """The day that will stand, how it is known, and in whose files."""

    day = Day(
        lazy("What will stand"),
        hint=lazy("The day, or the first day on which it can have been."),
        missing=lazy("Write the day, the month and the year."),
    )
    until = Day(
        lazy("If not known exactly: the last day on which it can have been"),
    )
    how = One(
        lazy("How do you know?"),
        codes.choices(HowKnown),
        missing=lazy("Choose how you know."),
    )
    words = Line(lazy("In a few words"), hint=lazy("Police blotter, 23:40"), longest=200)
    whose = One(
        lazy("In whose files?"),
        [(TOGETHER, lazy("In all of them")), (ALONE, lazy("In this one alone"))],
        missing=lazy("Choose in whose files."),
    )

    def offer(self, page: DayPage) -> None:
        """The files that may be mended; no question where there is one file alone."""
        name, others = words.called(page.child.card), len(page.together) - 1
        if others < 1:
            del self.fields["whose"]
            return
        field = self.fields["whose"]
        assert isinstance(field, One)
        field.label = ngettext(
            "The same day stands in another file",
            "The same day stands in %(count)s other files",
            others,
        ) % {"count": words.count(others)}
        field.help_text = _("All were brought to safety together, and asked once.")
        field.choices = [
            (
                TOGETHER,
                _("Correct all of them: %(names)s")
                % {"names": words.joined([words.called(each.card) for each in page.together])},
            ),
            (ALONE, _("Correct %(name)s alone") % {"name": name}),
        ]

    @property
    def happened(self) -> Happening:
        """The first and last possible day."""
        first = self.cleaned_data["day"].first
        until = self.cleaned_data["until"]
        return Happening(first, until.first if until else first)

    def clean(self) -> dict[str, object]:
        """The last possible day is not before the first."""
        given = super().clean() or {}
        if given.get("day") and given.get("until") and given["until"] < given["day"]:
            self.add_error("until", _("This is before the first day. Give a later one."))
        return given


@require_http_methods(["GET", "POST"])
@signed_in
def correct_day(request: Request, case: UUID, removal: UUID) -> HttpResponse:
    """What stands beside what will stand; what follows is said before the act."""
    if request.method == "POST":
        return _correct(request, case, removal)
    page = operations.day_brought_to_safety(request.actor, case=case, removal=removal)
    form = CorrectDayForm(initial={"day": page.stands.happened.first, "whose": TOGETHER})
    form.offer(page)
    return _show(request, case, form, page)


def _correct(request: Request, case: UUID, removal: UUID) -> HttpResponse:
    """Save first, look afterwards: the second press finds the day corrected by the first."""
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept")
    standing = child_form.seen_of(request) or removal
    form = CorrectDayForm(request.POST)
    if "operation" not in request.POST:
        del form.fields["whose"]
    try:
        if child_form.saved(form, lambda: _save(request, case, standing, form)):
            return back_to(case, "day")
        page = operations.day_brought_to_safety(request.actor, case=case, removal=standing)
    except Conflict:
        return _two(request, case, standing)
    if "whose" in form.fields:
        form.offer(page)
    return _show(request, case, form, page)


def _save(request: Request, case: UUID, removal: UUID, form: CorrectDayForm) -> UUID:
    given = form.cleaned_data
    why = Why(HowKnown(given["how"]), given["words"])
    if given.get("whose") == TOGETHER:
        return operations.correct_operation(
            acting(request),
            case=case,
            operation=_operation(request),
            happened=form.happened,
            why=why,
            seen=removal,
        )
    return operations.correct_removal(
        acting(request), case=case, removal=removal, happened=form.happened, why=why
    )


def _operation(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("operation", ""))
    except ValueError:
        raise NotFound from None


def _show(request: HttpRequest, case: UUID, form: CorrectDayForm, page: DayPage) -> HttpResponse:
    stands = page.stands
    context = {
        "case": case,
        "form": form,
        "name": words.called(page.child.card),
        "stands": words.span(stands.happened.first, stands.happened.last),
        "stands_words": _known(stands),
        "known_on": clock.manila_day(stands.known_at),
        "today": clock.today(),
        "seen": stands.removal,
        "operation": page.operation if len(page.together) > 1 else None,
        "action": request.get_full_path(),
    }
    status = 422 if form.mends else 200
    return render(request, "child/correct_day.jinja", context, status=status)


def _two(request: Request, case: UUID, removal: UUID) -> HttpResponse:
    both = operations.two_days(request.actor, case=case, removal=removal)
    form = CorrectDayForm(request.POST)
    del form.fields["whose"]
    mine = form.happened if form.is_valid() else both.before.happened
    who = both.theirs.by
    columns = (
        Column(_("Before both of you"), _known(both.before), _span(both.before.happened)),
        Column(
            _("%(who)s, saved %(when)s") % {"who": who, "when": words.when(both.theirs.known_at)},
            _reason(both.theirs.why),
            _span(both.theirs.happened),
        ),
        Column(
            _("You, not saved yet"),
            form.cleaned_data.get("words", ""),
            _span(mine),
            mine=True,
        ),
    )
    choices = (
        (
            THEIRS,
            _("Keep what %(who)s wrote") % {"who": who},
            _("What you typed is not saved."),
        ),
        (
            MINE,
            _("Put mine after it"),
            _("What %(who)s wrote stays on record, with the time it stood.") % {"who": who},
        ),
    )
    title = _("%(who)s corrected the same day while you were writing") % {"who": who}
    name = words.called(both.child.card)
    # What stands by now belongs to the operation as it stands by now.
    also = {"operation": both.operation} if "operation" in request.POST else {}
    page = Versions(title, columns, both.theirs.removal, choices, name, also=also)
    return child_form.show_versions(request, case, page)


def _span(happened: Happening) -> str:
    return words.span(happened.first, happened.last)


def _known(version: DayVersion) -> str:
    said = _("Known since %(when)s. Written by %(who)s.") % {
        "when": words.when(version.known_at),
        "who": version.by,
    }
    return f"{said} {_reason(version.why)}".strip()


def _reason(why: Why | None) -> str:
    if why is None:
        return ""
    said = _("%(how)s.") % {"how": codes.words_of(why.how)}
    return f"{said} “{why.words}”" if why.words else said


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/removals/<uuid:removal>/correct", correct_day, name="correct_day"),
]
