"""Around a stay: arrivals, discharge, review; and exclusions, for those who may declare them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tahanan.base import clock
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import admissions
from tahanan.casework.admissions.shapes import Declaring, Heard, Leaving, NeutralNo
from tahanan.records.vocabulary import ClockKind, StayEnd
from tahanan.web import child_form, words
from tahanan.web.child_page import back_to
from tahanan.web.forms import Day, Form, Line, Listed, One, Passage
from tahanan.web.places import names_of
from tahanan.web.request import Request, acting, posted, signed_in

ENDS: dict[StayEnd, str | Promise] = {
    StayEnd.REUNITED: lazy("Back with her or his parents"),
    StayEnd.KIN: lazy("To kin"),
    StayEnd.INDEPENDENT: lazy("To a life of her or his own"),
    StayEnd.LEFT: lazy("Left without a plan"),
    StayEnd.OTHER: lazy("Something else"),
}
_DUE: dict[str, str | Promise] = {
    ClockKind.STAY_REVIEW: lazy("The stay is due for review."),
    ClockKind.EMERGENCY_REVIEW: lazy("The emergency stay is due for your review."),
    ClockKind.SIBLINGS_PARTED: lazy("Sisters or brothers were parted: the reason is for you."),
}


class DischargeForm(Form):
    """A stay ends."""

    on = Day(lazy("On which day?"), missing=lazy("Write the day."), years_back=20)
    end = One(
        lazy("Where does the child go?"),
        [(end.value, name) for end, name in ENDS.items()],
        missing=lazy("Choose one."),
    )
    why = Passage(
        lazy("Why does the stay end?"),
        hint=lazy("Kept in Care."),
        missing=lazy("Write why the stay ends."),
        longest=4000,
    )
    went_to = Line(lazy("Where is that?"), hint=lazy("Kept in Whereabouts."), longest=300)

    def ask_only(self, shown: Leaving) -> None:
        """Who may not write in Whereabouts is not asked for it."""
        if not shown.says_where_to:
            self.fields.pop("went_to", None)


class ReviewForm(Form):
    """What was found when a stay was looked at again."""

    found = Passage(
        lazy("What did you find?"),
        hint=lazy("Kept in Care."),
        missing=lazy("Write what you found."),
        longest=8000,
    )


class ExclusionForm(Form):
    """A home that cannot take a family."""

    home = Listed(lazy("Which home?"), [], missing=lazy("Choose a home."))
    reason = Passage(
        lazy("Why?"),
        hint=lazy("Kept as a note in Justice. Nobody else learns it, the home never."),
        missing=lazy("Write why. Only those who may open Justice read it."),
        longest=8000,
    )

    def offer(self, shown: Declaring) -> None:
        """Every home there is."""
        field = self.fields["home"]
        assert isinstance(field, Listed)
        homes = [(str(id), name) for id, name in shown.homes]
        field.choices = [("", _("Choose one")), *homes]


class LiftForm(ExclusionForm):
    """A home that can take a family after all."""


@require_GET
@signed_in
def arrivals(request: Request) -> HttpResponse:
    """Who was admitted to my home and not yet received."""
    arrived = admissions.arrivals(request.actor)
    return render(request, "admissions/arrivals.jinja", {"arrived": arrived})


@require_POST
@signed_in
def receive(request: Request, case: UUID) -> HttpResponseBase:
    """The child came."""
    admissions.receive_admission(acting(request), case=case)
    return redirect("arrivals")


@require_http_methods(["GET", "POST"])
@signed_in
def discharge(request: Request, case: UUID) -> HttpResponseBase:
    """End a stay. Saved first, looked at afterwards: the second press finds it ended."""
    form = DischargeForm(posted(request), initial={"on": clock.today()})
    asked = "went_to" in request.POST
    if request.method == "POST" and not asked:
        del form.fields["went_to"]

    def end() -> UUID:
        typed = form.cleaned_data
        return admissions.discharge(
            acting(request),
            case=case,
            on=typed["on"].first,
            end=StayEnd(typed["end"]),
            why=typed["why"],
            went_to=typed.get("went_to", ""),
        )

    if child_form.saved(form, end):
        # A head who discharged sees nothing of the child any more.
        return back_to(case, "left") if asked else redirect("arrivals")
    shown = admissions.leaving(request.actor, case=case)
    form.ask_only(shown)
    context = {"shown": shown, "form": form, "name": words.called(shown.child.card)}
    return render(request, "admissions/discharge.jinja", context, status=_status(request))


@require_http_methods(["GET", "POST"])
@signed_in
def review(request: Request, case: UUID) -> HttpResponseBase:
    """Look at a stay again."""
    shown = admissions.reviewing(request.actor, case=case)
    form = ReviewForm(posted(request))
    if form.is_valid():
        try:
            admissions.review_stay(acting(request), case=case, words=form.cleaned_data["found"])
            return back_to(case, "reviewed")
        except Invalid as fault:
            form.mend(Invalid({"found": fault.fields["words"]}))
    context = {
        "shown": shown,
        "form": form,
        "name": words.called(shown.child.card),
        "due": [_DUE[kind] for kind in shown.due],
    }
    return render(request, "admissions/review.jinja", context, status=_status(request))


@require_POST
@signed_in
def make_ordinary(request: Request, case: UUID) -> HttpResponseBase:
    """An emergency stay goes on as an ordinary one."""
    admissions.make_stay_ordinary(acting(request), case=case)
    return back_to(case, "ordinary")


@require_http_methods(["GET", "POST"])
@signed_in
def exclusion(request: Request, case: UUID) -> HttpResponseBase:
    """Declare that a home cannot take this child and hers."""
    shown = admissions.declaring(request.actor, case=case)
    form = ExclusionForm(posted(request))
    form.offer(shown)
    if form.is_valid():
        try:
            admissions.declare_exclusion(
                acting(request),
                case=case,
                facility=UUID(form.cleaned_data["home"]),
                reason=form.cleaned_data["reason"],
            )
            return back_to(case, "excluded")
        except Invalid as fault:
            form.mend(fault)
    context = {"shown": shown, "form": form, "names": names_of(shown.children), "case": case}
    return render(request, "admissions/exclusion.jinja", context, status=_status(request))


@require_http_methods(["GET", "POST"])
@signed_in
def lift(request: Request, case: UUID) -> HttpResponseBase:
    """Say that a home can take this child and hers after all."""
    shown = admissions.lifting(request.actor, case=case)
    form = LiftForm(posted(request))
    form.offer(shown)
    if form.is_valid():
        try:
            admissions.lift_exclusion(
                acting(request),
                case=case,
                facility=UUID(form.cleaned_data["home"]),
                reason=form.cleaned_data["reason"],
            )
            return back_to(case, "lifted")
        except Invalid as fault:
            form.mend(fault)
    context = {"shown": shown, "form": form, "names": names_of(shown.children), "case": case}
    return render(request, "admissions/lift.jinja", context, status=_status(request))


@require_GET
@signed_in
def neutral_noes(request: Request) -> HttpResponse:
    """Which children a home could not take, for a reason their worker was not told."""
    context = {"heard": admissions.neutral_noes(request.actor), "names_of": names_of}
    context["heard_words"] = heard_words
    return render(request, "admissions/neutral_noes.jinja", context)


def heard_words(no: NeutralNo) -> str:
    """A neutral no as the lead reads it; of one declared late, what it touches."""
    if no.since is not None:
        said = _("Lives at %(home)s since %(day)s, which cannot have this child.")
        return said % {"home": no.home, "day": words.day(no.since)}
    said = (
        _("%(home)s could not take them. %(who)s asked %(when)s.")
        if no.why is Heard.SAID
        else _(
            "%(who)s asked %(when)s, before it was said that %(home)s cannot take them, and "
            "still reads that it can. An admission there will be refused."
        )
    )
    assert no.asked_at is not None
    return said % {"home": no.home, "who": no.by, "when": words.when(no.asked_at)}


def _status(request: Request) -> int:
    return 422 if request.method == "POST" else 200


@require_GET
@signed_in
def waiting_keys(request: Request) -> HttpResponse:
    """The teams of homes that wait for keys which the actor holds."""
    waiting = admissions.waiting_for_keys(request.actor)
    return render(request, "admissions/waiting_keys.jinja", {"waiting": waiting})


@require_POST
@signed_in
def hand_keys(request: Request, team: UUID) -> HttpResponse:
    """The keys of the children that stood on the page, and of no others."""
    try:
        cases = tuple(UUID(child) for child in request.POST.getlist("child"))
    except ValueError:
        raise NotFound from None
    admissions.hand_keys_over(acting(request), team=team, cases=cases)
    return redirect("waiting_keys")


urlpatterns: list[URLPattern] = [
    path("keys", waiting_keys, name="waiting_keys"),
    path("keys/<uuid:team>", hand_keys, name="hand_keys"),
    path("arrivals", arrivals, name="arrivals"),
    path("arrivals/<uuid:case>", receive, name="receive"),
    path("children/<uuid:case>/discharge", discharge, name="discharge"),
    path("children/<uuid:case>/stay", review, name="review_stay"),
    path("children/<uuid:case>/stay/ordinary", make_ordinary, name="make_stay_ordinary"),
    path("children/<uuid:case>/exclusion", exclusion, name="exclusion"),
    path("children/<uuid:case>/exclusion/lift", lift, name="lift_exclusion"),
    path("neutral-noes", neutral_noes, name="neutral_noes"),
]
