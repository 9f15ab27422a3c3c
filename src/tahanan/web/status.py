"""The legal status decided, and the findings one by one; each with what stood, kept."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.base import clock
from tahanan.base.errors import Conflict, NotFound
from tahanan.casework import cases
from tahanan.casework.cases import StatusShape
from tahanan.records.vocabulary import (
    Compartment,
    DecidedBy,
    Depiction,
    Element,
    Finding,
    Status,
)
from tahanan.web import child_form, codes, pane_words, words
from tahanan.web.child_form import CHOICE, MINE, SEEN, THEIRS, Ask, Column, Versions
from tahanan.web.child_page import back_to
from tahanan.web.forms import Day, Form, Line, Listed, One
from tahanan.web.request import Request, acting, posted, signed_in


class StatusForm(Form):
    """What is decided, by whom, and since when."""

    status = One(
        lazy("What is decided?"),
        codes.choices(Status),
        hints={
            Status.AT_RISK: lazy("Not decided yet, or no offence found against this child."),
            Status.VICTIM: lazy("In the words of the law."),
        },
        missing=lazy("Choose what is decided."),
    )
    decided_by = One(
        lazy("Who decided?"), codes.choices(DecidedBy), missing=lazy("Choose who decided.")
    )
    decider = Line(
        lazy("Name of the one who decided, or of the conference or case"),
        missing=lazy("Write the name, so that it can be asked again."),
    )
    from_on = Day(lazy("Since when?"), missing=lazy("Write the day of the decision."))


class ElementForm(Form):
    """What was found of one element."""

    finding = One(
        lazy("What was found?"), codes.choices(Finding), missing=lazy("Choose what was found.")
    )
    depiction = Listed(
        lazy("Which kind?"),
        [("", lazy("Does not apply")), *codes.choices(Depiction)],
        hint=lazy("The kind alone, never what it shows."),
    )
    from_on = Day(lazy("Since when?"), missing=lazy("Write the day on which it was found."))


@require_http_methods(["GET", "POST"])
@signed_in
def decide_status(request: Request, case: UUID) -> HttpResponse:
    """At risk, victim or not a victim: decided by a named person, from a day."""
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept", Compartment.CARE)
    form = StatusForm(posted(request), initial={"from_on": clock.today()})
    try:
        if request.method == "POST" and child_form.saved(
            form, lambda: _decide(request, case, form)
        ):
            return back_to(case, "status", Compartment.CARE)
    except Conflict:
        return _two_statuses(request, case, form)
    child, statuses = cases.about_to_decide(request.actor, case=case)
    seen = child_form.seen_of(request) or (statuses[0].id if statuses else None)
    stands = _said(statuses[0]) if statuses else _("Nothing is decided yet.")
    ask = Ask(
        _("Decide the legal status of %(name)s") % {"name": words.called(child.card)},
        _("What stands: %(status)s") % {"status": stands},
        _("Record the decision"),
        words.called(child.card),
        carried={SEEN: seen},
        follows=(
            _("The status before ends on that day, and is kept."),
            _("Figures as known up to yesterday do not change."),
            _("The name of the one who decided stands in Care alone."),
        ),
    )
    return child_form.show(request, case, form, ask)


@require_http_methods(["GET", "POST"])
@signed_in
def record_element(request: Request, case: UUID, element: str) -> HttpResponse:
    """One element: opened by a press in Justice, never by an address."""
    if element not in set(Element):
        raise NotFound
    if request.method == "GET":
        return redirect("child", case=case)
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept", Compartment.JUSTICE)
    which = Element(element)
    sent = None if child_form.is_opening(request) else request.POST
    form = ElementForm(sent, initial={"from_on": clock.today()})
    if which is not Element.DEPICTION:
        del form.fields["depiction"]
    try:
        if sent is not None and child_form.saved(form, lambda: _record(request, case, which, form)):
            return back_to(case, "element", Compartment.JUSTICE)
    except Conflict:
        return _two_findings(request, case, which, form)
    child, stands = cases.about_to_record(request.actor, case=case, element=which)
    said = pane_words.finding(stands) if stands else _("Not asked yet.")
    ask = Ask(
        codes.words_of(which),
        _("What stands: %(finding)s") % {"finding": said},
        _("Record what was found"),
        words.called(child.card),
        carried={SEEN: child_form.seen_of(request) or (stands.id if stands else None)},
    )
    return child_form.show(request, case, form, ask)


def _decide(request: Request, case: UUID, form: StatusForm) -> UUID:
    given = form.cleaned_data
    return cases.decide_status(
        acting(request),
        case=case,
        status=Status(given["status"]),
        decided_by=DecidedBy(given["decided_by"]),
        decider=given["decider"],
        from_on=given["from_on"].first,
        seen=_seen(request),
    )


def _record(request: Request, case: UUID, element: Element, form: ElementForm) -> UUID:
    given = form.cleaned_data
    depiction = given.get("depiction")
    return cases.record_element(
        acting(request),
        case=case,
        element=element,
        finding=Finding(given["finding"]),
        depiction=Depiction(depiction) if depiction else None,
        from_on=given["from_on"].first,
        seen=_seen(request),
    )


def _seen(request: Request) -> UUID | None:
    """What stood on the page; NOTHING where nothing was decided yet."""
    return cases.NOTHING if request.POST.get(SEEN) == "" else child_form.seen_of(request)


def _two_statuses(request: Request, case: UUID, form: StatusForm) -> HttpResponse:
    child, statuses = cases.about_to_decide(request.actor, case=case)
    given = form.cleaned_data
    mine = Column(
        _("You, not saved yet"),
        codes.words_of(DecidedBy(given["decided_by"])),
        codes.words_of(Status(given["status"])),
        mine=True,
    )
    columns = [_column(_("What stands now"), statuses[0]), mine]
    if len(statuses) > 1:
        columns.insert(0, _column(_("Before that"), statuses[1]))
    page = Versions(
        _("The status was decided while you were writing"),
        tuple(columns),
        statuses[0].id,
        _choices(),
        words.called(child.card),
    )
    return child_form.show_versions(request, case, page)


def _two_findings(
    request: Request, case: UUID, element: Element, form: ElementForm
) -> HttpResponse:
    child, stands = cases.about_to_record(request.actor, case=case, element=element)
    if stands is None:
        raise NotFound
    mine = codes.words_of(Finding(form.cleaned_data["finding"]))
    columns = (
        Column(_("What stands now"), fact=codes.words_of(stands.finding)),
        Column(_("You, not saved yet"), fact=mine, mine=True),
    )
    title = _("The finding was recorded while you were writing")
    page = Versions(title, columns, stands.id, _choices(), words.called(child.card))
    return child_form.show_versions(request, case, page)


def _choices() -> tuple[tuple[str, str, str], ...]:
    return (
        (THEIRS, _("Keep what stands"), _("What you chose is not saved.")),
        (MINE, _("Put mine after it"), _("What stands now is kept in the history.")),
    )


def _column(title: str, status: StatusShape) -> Column:
    span = words.opening(words.from_to(status.from_on, status.until_on))
    said = _("%(by)s. %(span)s.") % {"by": codes.words_of(status.decided_by), "span": span}
    return Column(title, said, codes.words_of(status.status))


def _said(status: StatusShape) -> str:
    return _("%(status)s, %(span)s.") % {
        "status": codes.words_of(status.status).lower(),
        "span": words.from_to(status.from_on, status.until_on),
    }


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/status", decide_status, name="decide_status"),
    path("children/<uuid:case>/elements/<str:element>", record_element, name="record_element"),
]
