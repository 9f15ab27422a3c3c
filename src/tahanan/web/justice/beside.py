"""Where somebody paid from; whether the programme supports a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tahanan.access.rules import Act
from tahanan.base import clock
from tahanan.casework import justice
from tahanan.web import justice_words
from tahanan.web.child_form import Ask
from tahanan.web.justice import asking
from tahanan.web.justice.forms import DemandForm, EndForm, SupportForm
from tahanan.web.request import Request, acting, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def record_demand(request: Request, case: UUID) -> HttpResponse:
    """The country somebody paid from: opened by a press in Justice."""
    if request.method == "GET":
        return redirect("child", case=case)
    form = DemandForm(asking.sent(request), initial={"happened": clock.today()})
    if asking.saves(request, form, lambda: _demand(request, case, form)):
        return asking.done(case, "demand")
    before = justice.about_to(request.actor, case=case, what=Act.RECORD_DEMAND)
    ask = Ask(
        _("Where did somebody pay from?"),
        _("The country alone. Who it was is for the police there."),
        _("Record the country"),
        asking.name_of(before),
    )
    return asking.show(request, before, form, ask)


@require_POST
@signed_in
def take_back_demand(request: Request, case: UUID, demand: UUID) -> HttpResponse:
    """Nobody paid from there after all."""
    justice.withdraw_demand(acting(request), case=case, demand=demand)
    return asking.done(case, "withdrawn")


@require_http_methods(["GET", "POST"])
@signed_in
def support(request: Request, case: UUID) -> HttpResponse:
    """Since when the programme supports a case, or until when it did: opened by a press."""
    if request.method == "GET":
        return redirect("child", case=case)
    ends = "on-day" in request.POST
    sent = asking.sent(request)
    form: SupportForm | EndForm = (EndForm if ends else SupportForm)(sent)
    if asking.saves(request, form, lambda: _support(request, case, form)):
        return asking.done(case, "support")
    before = justice.about_to(request.actor, case=case, what=Act.SUPPORT_CASE)
    if sent is None:
        ends = any(each.until_on is None for each in before.file.support)
        today = clock.today()
        form = EndForm(initial={"on": today}) if ends else SupportForm(initial={"from_on": today})
    name = asking.name_of(before)
    said = (
        _("The programme supports %(name)s no more")
        if ends
        else _("The programme supports %(name)s")
    )
    ask = Ask(
        said % {"name": name},
        justice_words.support(before.file.support),
        _("End the support") if ends else _("Record the support"),
        name,
        follows=(_("The programme’s figures count the children whom it supports, or did."),),
    )
    return asking.show(request, before, form, ask)


def _demand(request: Request, case: UUID, form: DemandForm) -> UUID:
    country = form.cleaned_data["country"]
    return justice.record_demand(acting(request), case=case, country=country, happened=form.when)


def _support(request: Request, case: UUID, form: SupportForm | EndForm) -> UUID:
    given = form.cleaned_data
    if isinstance(form, EndForm):
        return justice.end_support(acting(request), case=case, on=given["on"].first)
    return justice.support_case(acting(request), case=case, from_on=given["from_on"].first)
