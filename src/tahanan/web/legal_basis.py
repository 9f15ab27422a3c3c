"""Legal basis, for one child or all of a removal; the adults who may decide or be told."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.access.rules import Act
from tahanan.base import clock
from tahanan.base.errors import Conflict
from tahanan.casework import cases, legal_basis, operations
from tahanan.casework.cases import CardSeen
from tahanan.casework.legal_basis import Authority, ContactShape
from tahanan.records.vocabulary import BasisKind, Compartment, Kin, Purpose
from tahanan.web import child_form, codes, words
from tahanan.web.child_form import CHOICE, MINE, THEIRS, Ask, Column, Versions
from tahanan.web.child_page import back_to
from tahanan.web.forms import Day, Form, Line, Listed, One, Several
from tahanan.web.request import Request, acting, posted, signed_in

TEN_YEARS = 3653

_DECIDES, _TOLD, _SILENT = "decides", "told", "silent"
_MAY: list[tuple[str, str | Promise]] = [
    (_DECIDES, lazy("May decide and be told")),
    (_TOLD, lazy("May be told")),
    (_SILENT, lazy("Must not be told")),
]
_MAY_HINTS: dict[str, str | Promise] = {
    _SILENT: lazy("Somebody who may be part of the offence, or from whom the child is in danger.")
}


class BasisForm(Form):
    """One answer for a child or for all of a removal."""

    kind = One(
        lazy("On what does it rest?"),
        codes.choices(BasisKind),
        missing=lazy("Choose on what it rests."),
    )
    compartments = Several(
        lazy("Which parts does it cover?"),
        codes.choices(Compartment, Compartment.CARD),
        missing=lazy("Choose at least one part."),
    )
    purpose = Listed(
        lazy("For what?"),
        [("", lazy("Choose one")), *codes.choices(Purpose)],
        missing=lazy("Choose for what."),
    )
    decider = Line(lazy("Who decided?"), missing=lazy("Write who decided."))
    authority = Line(
        lazy("By what authority?"),
        hint=lazy("A law, an order, the parent’s own right."),
        missing=lazy("Write by what authority."),
    )
    reference = Line(lazy("Reference"), hint=lazy("The number of the order or report."))
    excluded = Line(lazy("Who must be left out?"))
    from_on = Day(lazy("From"), missing=lazy("Write the first day."))
    until_on = Day(lazy("Until"), hint=lazy("Empty where it has no last day."), ahead=TEN_YEARS)
    children = Several(lazy("For whom?"), [], missing=lazy("Choose at least one child."))

    def offer(self, together: tuple[CardSeen, ...]) -> None:
        """Those brought to safety together; no question where there is one child alone."""
        if len(together) < 2:
            del self.fields["children"]
            return
        field = self.fields["children"]
        assert isinstance(field, Several)
        field.choices = [(str(each.case), words.called(each.card)) for each in together]


class AdultForm(Form):
    """An adult of the child's, and what she or he may decide or be told."""

    kin = Listed(
        lazy("What is she or he to the child?"),
        [("", lazy("Choose one")), *codes.choices(Kin)],
        missing=lazy("Choose what she or he is to the child."),
    )
    name = Line(lazy("Name"), missing=lazy("Write the name."))
    phone = Line(lazy("Telephone"), longest=60)
    may = One(lazy("What may she or he?"), _MAY, hints=_MAY_HINTS, missing=lazy("Choose one."))


class MayForm(Form):
    """What an adult on the list may decide or be told from now on."""

    may = One(
        lazy("What may she or he from now on?"),
        _MAY,
        hints=_MAY_HINTS,
        missing=lazy("Choose one."),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def record_basis(request: Request, case: UUID) -> HttpResponse:
    """A legal basis: asked once, a row and a copy in each child's file."""
    together = operations.brought_together(request.actor, case=case, what=Act.RECORD_BASIS)
    everybody = [str(each.case) for each in together]
    form = BasisForm(posted(request), initial={"from_on": clock.today(), "children": everybody})
    form.offer(together)
    if request.method == "POST" and child_form.sent(form, lambda: _record(request, case, form)):
        return back_to(case, "basis", Compartment.IDENTITY)
    name = words.called(together[0].card)
    ask = Ask(
        _("Record a legal basis for %(name)s") % {"name": name},
        _("Why the parts of a record may be seen. Who decided stands in Identity alone."),
        _("Record the legal basis"),
        name,
        follows=(
            _("Each child gets her own row and copy."),
            _("Before it ends, its last day stands under What is due."),
            _("It gives nobody a key: sharing is an act of its own."),
        ),
    )
    return child_form.show(request, case, form, ask)


@require_http_methods(["GET", "POST"])
@signed_in
def record_contact(request: Request, case: UUID) -> HttpResponse:
    """Another adult on the child's list."""
    form = AdultForm(posted(request))
    if request.method == "POST" and child_form.sent(form, lambda: _add(request, case, form)):
        return back_to(case, "contact", Compartment.IDENTITY)
    seen = cases.about_to(request.actor, case=case, what=Act.RECORD_CONTACT)
    ask = Ask(
        _("An adult of %(name)s") % {"name": words.called(seen.card)},
        _("Consent, notices and visits go by this list. The name stands in Identity alone."),
        _("Put on the list"),
        words.called(seen.card),
    )
    return child_form.show(request, case, form, ask)


@require_http_methods(["GET", "POST"])
@signed_in
def change_contact(request: Request, case: UUID, contact: UUID) -> HttpResponse:
    """What an adult may decide or be told; opened by a press in Identity."""
    if request.method == "GET":
        return redirect("child", case=case)
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept", Compartment.IDENTITY)
    stood = child_form.seen_of(request) or contact
    sent = None if child_form.is_opening(request) else request.POST
    form = MayForm(sent)
    try:
        if sent is not None and child_form.sent(form, lambda: _change(request, case, stood, form)):
            return back_to(case, "contact", Compartment.IDENTITY)
    except Conflict:
        return _two(request, case, stood, form)
    adult = legal_basis.about_to_change(request.actor, case=case, contact=stood)
    ask = Ask(
        _("What %(name)s may") % {"name": adult.name or codes.words_of(adult.kin)},
        _("What stood stays on record, with the days it stood."),
        _("Change it"),
        _("The child’s page"),
        tab=_("What this adult may"),
    )
    return child_form.show(request, case, form, ask)


def _two(request: Request, case: UUID, contact: UUID, form: MayForm) -> HttpResponse:
    """What stood, what somebody chose meanwhile, and mine."""
    before, theirs = legal_basis.stands_now(request.actor, case=case, contact=contact)
    mine = dict(_MAY)[form.cleaned_data["may"]]
    page = Versions(
        _("Somebody changed what %(name)s may while you were choosing")
        % {"name": theirs.name or codes.words_of(theirs.kin)},
        (
            Column(_("Before both of you"), fact=_may_words(before)),
            Column(_("What stands now"), fact=_may_words(theirs)),
            Column(_("You, not saved yet"), fact=str(mine), mine=True),
        ),
        theirs.id,
        (
            (THEIRS, _("Keep what stands"), _("What you chose is not saved.")),
            (MINE, _("Put mine after it"), _("What stands now is kept in the history.")),
        ),
        _("The child’s page"),
    )
    return child_form.show_versions(request, case, page)


def _may_words(adult: ContactShape) -> str:
    if adult.may_decide:
        return str(dict(_MAY)[_DECIDES])
    return str(dict(_MAY)[_TOLD if adult.may_be_told else _SILENT])


def _record(request: Request, case: UUID, form: BasisForm) -> UUID:
    given = form.cleaned_data
    chosen = [UUID(each) for each in given.get("children", [])] or [case]
    # The answer is given on this child's page, so it leads back to her where she is among them.
    ordered = sorted(chosen, key=lambda each: each != case)
    return legal_basis.record_basis(
        acting(request),
        cases=tuple(ordered),
        kind=BasisKind(given["kind"]),
        compartments=tuple(Compartment(code) for code in given["compartments"]),
        purpose=Purpose(given["purpose"]),
        authority=Authority(
            given["decider"], given["authority"], given["reference"], given["excluded"]
        ),
        from_on=given["from_on"].first,
        until_on=given["until_on"].first if given["until_on"] else None,
    )


def _add(request: Request, case: UUID, form: AdultForm) -> UUID:
    given = form.cleaned_data
    return legal_basis.record_contact(
        acting(request),
        case=case,
        kin=Kin(given["kin"]),
        may_decide=given["may"] == _DECIDES,
        may_be_told=given["may"] != _SILENT,
        name=given["name"],
        phone=given["phone"],
    )


def _change(request: Request, case: UUID, contact: UUID, form: MayForm) -> UUID:
    may = form.cleaned_data["may"]
    return legal_basis.change_contact(
        acting(request),
        case=case,
        contact=contact,
        may_decide=may == _DECIDES,
        may_be_told=may != _SILENT,
    )


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/basis", record_basis, name="record_basis"),
    path("children/<uuid:case>/contacts", record_contact, name="record_contact"),
    path("children/<uuid:case>/contacts/<uuid:contact>", change_contact, name="change_contact"),
]
