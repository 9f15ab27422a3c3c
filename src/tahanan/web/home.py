"""Home, the caseload, and finding a child by name."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tahanan.access.rules import Act, Action, may, may_act
from tahanan.base import clock
from tahanan.base.errors import Invalid
from tahanan.casework import home as homes
from tahanan.casework import search as searches
from tahanan.records.vocabulary import ClockKind, Compartment, FacilityKind, StayEnd
from tahanan.web import forms, shell, words
from tahanan.web.admissions import heard_words
from tahanan.web.places import names_of
from tahanan.web.request import Request, signed_in

TODAY_AT_MOST = 5

_DUE: dict[ClockKind, Promise | str] = {
    ClockKind.EMERGENCY_REVIEW: lazy("Review the emergency stay of %(name)s"),
    ClockKind.EMERGENCY_ENDS: lazy("The emergency stay of %(name)s ends"),
    ClockKind.STAY_REVIEW: lazy("Review the stay of %(name)s"),
    ClockKind.STAY_TARGET: lazy("The stay of %(name)s reaches the home’s own target"),
    ClockKind.BASIS_EXPIRES: lazy("The legal basis for %(name)s ends"),
    ClockKind.INTAKE_UNFINISHED: lazy("Finish the intake of %(name)s"),
    ClockKind.ADMISSION_TOLD: lazy("%(name)s was admitted: say that the child came"),
    ClockKind.SIBLINGS_PARTED: lazy("%(name)s was parted from sisters or brothers: read why"),
}
_STAYS: dict[FacilityKind, Promise | str] = {
    FacilityKind.ASSESSMENT_CENTER: lazy("In an assessment center since %(day)s"),
    FacilityKind.SHELTER: lazy("In a shelter since %(day)s"),
    FacilityKind.FAMILY_HOME: lazy("With a family since %(day)s"),
    FacilityKind.SURVIVOR_CENTER: lazy("At a survivor center since %(day)s"),
}
_WENT: dict[StayEnd, Promise | str] = {
    StayEnd.REUNITED: lazy("Home with the family since %(day)s"),
    StayEnd.KIN: lazy("With relatives since %(day)s"),
    StayEnd.INDEPENDENT: lazy("Living on her or his own since %(day)s"),
}
# Late things are said as they are: a basis that ended no longer ends.
_LATE: dict[ClockKind, Promise | str] = {
    ClockKind.BASIS_EXPIRES: lazy("The legal basis for %(name)s has ended"),
    ClockKind.EMERGENCY_ENDS: lazy("The emergency stay of %(name)s is past its 72 hours"),
    ClockKind.STAY_TARGET: lazy("The stay of %(name)s is past the home’s own target"),
}
# Where each kind of stay stands on the way home, of six.
_STEP: dict[FacilityKind | None, int] = {
    None: 1,
    FacilityKind.ASSESSMENT_CENTER: 2,
    FacilityKind.SHELTER: 4,
    FacilityKind.FAMILY_HOME: 4,
    FacilityKind.SURVIVOR_CENTER: 5,
}


class FindForm(forms.Form):
    """A name to look for."""

    q = forms.Line(
        lazy("Name"),
        hint=lazy("Given name, nickname or surname."),
        missing=lazy("Type at least one name to look for."),
    )


@require_GET
@signed_in
def home(request: Request) -> HttpResponse:
    """What needs me today."""
    shown = homes.home(request.actor)
    return render(
        request,
        "home/home.jinja",
        {
            "home": shown,
            "greeting": greeting(request.actor.name),
            "today": clock.today(),
            "first": shown.due[:TODAY_AT_MOST],
            "more_due": max(0, len(shown.due) - TODAY_AT_MOST),
            "title_of": title_of,
            "step_of": step_of,
            "where": where,
            "need_sentence": need_sentence,
            "names_of": names_of,
            "heard_words": heard_words,
            "begin": _begin(request),
            "holds": "case_manager" in request.actor.relations,
            "sees": _sees_children(request),
        },
    )


@require_GET
@signed_in
def cases(request: Request) -> HttpResponse:
    """The caseload, fifty at a time: mine, or all of my teams’ for who holds no case herself."""
    holds = bool({"case_manager", "supervisor"} & set(request.actor.relations))
    mine = holds and _chosen(request) == "mine"
    shown = homes.caseload(
        request.actor,
        mine=mine,
        before=_id(request.GET.get("before", "")),
    )
    return render(request, "home/cases.jinja", {"list": shown, "where": where, "holds": holds})


@require_http_methods(["GET", "POST"])
@signed_in
def search(request: Request) -> HttpResponse:
    """Find a child by name. Always a POST: a name never stands in an address."""
    if request.method == "GET":
        return render(request, "home/search.jinja", {"form": FindForm(), "hits": None})
    joins = any(may_act(each, Act.JOIN_CHILD).allowed for each in request.actor.relations)
    form = FindForm(request.POST)
    hits = None
    if form.is_valid():
        try:
            hits = searches.find(request.actor, words=form.cleaned_data["q"])
        except Invalid as fault:
            form.mend(Invalid({"q": fault.fields["words"]}))
    shown = {"form": form, "hits": hits, "joins": joins}
    return render(request, "home/search.jinja", shown, status=422 if form.mends else 200)


def _chosen(request: Request) -> str:
    """`mine` or `teams`; unless said, what a supervisor looks after, and what a worker holds."""
    usual = "mine" if "case_manager" in request.actor.relations else "teams"
    asked = request.GET.get("of", usual)
    return asked if asked in ("mine", "teams") else usual


def _sees_children(request: Request) -> bool:
    return any(
        may(relation, Compartment.CARD, Action.READ).allowed for relation in request.actor.relations
    )


def title_of(due: homes.Due) -> str:
    """One thing due, as a heading."""
    late = _LATE.get(due.kind) if due.due_on < clock.today() else None
    return str(late or _DUE[due.kind]) % {"name": words.called(due.child.card)}


def step_of(child: homes.Child) -> int:
    """Where she stands on the way home, of six: home again is after-care, the fifth."""
    return 5 if child.went in _WENT else _STEP[child.stays_in]


def where(children: Iterable[homes.Child]) -> str:
    """Where a family stands, in one sentence: said once when all stand alike."""
    said: dict[str, list[str]] = {}
    for child in children:
        said.setdefault(_where(child), []).append(words.called(child.seen.card))
    if len(said) == 1:
        return next(iter(said))
    return "; ".join(f"{words.joined(names)}: {sentence}" for sentence, names in said.items())


def _where(child: homes.Child) -> str:
    if child.went is not None and child.since is not None:
        said = _WENT.get(child.went, lazy("Left the last home on %(day)s"))
        return str(said) % {"day": words.day(child.since)}
    if child.stays_in is None or child.since is None:
        return _("No place is on record yet")
    return str(_STAYS[child.stays_in]) % {"day": words.day(child.since)}


def greeting(name: str) -> str:
    """“Good morning, Lorna”, by the hour in Manila."""
    hour = clock.now().astimezone(clock.MANILA).hour
    first = _first_of(name)
    if hour < 4 or hour >= 18:
        return _("Good evening, %(name)s") % {"name": first}
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": first}
    return _("Good afternoon, %(name)s") % {"name": first}


def _first_of(name: str) -> str:
    """How she is greeted: “Lorna”, and with her title where she has one, “Sr. Amelia”."""
    first, *rest = name.split()
    return " ".join([first, *rest[:1]]) if first.endswith(".") else first


def need_sentence(number: int) -> str:
    """“Three things need you today.”"""
    if not number:
        return _("Nothing needs you today.")
    sentence = ngettext(
        "%(count)s thing needs you today.", "%(count)s things need you today.", number
    )
    return words.opening(sentence % {"count": words.count(number)})


def _begin(request: Request) -> list[tuple[str, str]]:
    """What this person may begin, where its page stands."""
    held = {str(relation) for relation in request.actor.relations}
    if not held & {"case_manager", "supervisor"}:
        return []
    begun = [(_("Take in a child or a family"), "intake"), (_("Look for a place"), "places")]
    return [(label, href) for label, name in begun if (href := shell.address(name))]


def front(request: HttpRequest) -> HttpResponse:
    """The bare address leads home."""
    return redirect("home")


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


urlpatterns: list[URLPattern] = [
    path("", front, name="front"),
    path("home", home, name="home"),
    path("children", cases, name="cases"),
    path("find", search, name="search"),
]
