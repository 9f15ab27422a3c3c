"""A place for a group: who needs one, what every home says, the admission, what is then true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tahanan.base import clock
from tahanan.base import places as psgc
from tahanan.base.errors import Invalid, Locked, NotFound, Refusal
from tahanan.casework import admissions, facilities
from tahanan.casework.admissions.sentences import sentences
from tahanan.casework.admissions.shapes import Confirming, HomeAnswer, Placement
from tahanan.casework.admissions.suitability import NEEDS_ACCREDITATION, OVERRIDABLE, Broken
from tahanan.casework.cases import CardSeen
from tahanan.casework.facilities import LineShape
from tahanan.records.vocabulary import FacilityKind, Permit, Sex
from tahanan.web import words
from tahanan.web.forms import Day, Form, Listed, Passage, Several
from tahanan.web.request import Request, acting, posted, signed_in

SOON = 90
MONTHS_AHEAD = 62

KINDS: dict[FacilityKind, str | Promise] = {
    FacilityKind.ASSESSMENT_CENTER: lazy("Assessment center"),
    FacilityKind.SHELTER: lazy("Shelter"),
    FacilityKind.FAMILY_HOME: lazy("Foster or kin family"),
    FacilityKind.SURVIVOR_CENTER: lazy("Survivor center"),
}
_LICENSED: dict[Sex, str | Promise] = {
    Sex.GIRL: lazy("Girls, %(low)s to %(high)s"),
    Sex.BOY: lazy("Boys, %(low)s to %(high)s"),
    Sex.UNKNOWN: lazy("Girls and boys, %(low)s to %(high)s"),
}


class AskForm(Form):
    """Who needs a place, from when, and where to look first."""

    child = Several(lazy("For whom?"), [], missing=lazy("Choose at least one child."))
    from_on = Day(
        lazy("From when?"),
        ahead=MONTHS_AHEAD,
        hint=lazy("Leave it empty for tonight."),
        years_back=1,
    )
    region = Listed(lazy("Homes in"), [])

    def offer(self, children: Iterable[CardSeen], region: str) -> None:
        """The children, all ticked; the regions, the children's own chosen."""
        child, regions = self.fields["child"], self.fields["region"]
        assert isinstance(child, Several)
        assert isinstance(regions, Listed)
        listed = list(children)
        child.choices = [(str(each.case), words.called(each.card)) for each in listed]
        child.initial = [str(each.case) for each in listed]
        regions.choices = [(each.code, each.name) for each in psgc.regions()]
        regions.initial = region


class AdmitForm(Form):
    """Why they part, why it cannot wait, why they move: only what this admission needs."""

    moving_reason = Passage(lazy("Why do they move?"), longest=4000)
    parting_reason = Passage(
        lazy("Why can they not stay together?"),
        hint=lazy("Your supervisor reads this. It is kept in Care."),
        longest=4000,
    )
    emergency_reason = Passage(
        lazy("Why can it not wait?"),
        hint=lazy("Your supervisor reads this tomorrow. It is kept in Care."),
        longest=4000,
    )

    def ask_only(self, shown: Confirming) -> None:
        """Leave out the questions this admission does not raise."""
        for name, asked in (
            ("moving_reason", bool(shown.moving)),
            ("parting_reason", bool(shown.parted_from)),
            ("emergency_reason", shown.emergency),
        ):
            if asked:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = _("Write the reason.")
            else:
                del self.fields[name]


@require_GET
@signed_in
def places(request: Request) -> HttpResponse:
    """Which of my children need a place, and every home as it stands."""
    context = {
        "waiting": admissions.waiting(request.actor),
        "homes": facilities.facilities(request.actor),
        "kinds": KINDS,
        "place_of": place_of,
        "beds": beds_of,
        "ask": ask_address,
    }
    return render(request, "places/places.jinja", context)


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: Request) -> HttpResponseBase:
    """Ask for a place: the children, the day, the region."""
    # The address says for whom the page was opened, so that who unticks everybody is told so.
    asked = admissions.asking(request.actor, cases=_cases(request.GET) or _cases(request.POST))
    form = AskForm(posted(request))
    form.offer(asked.children, request.GET.get("region", asked.region))
    if form.is_valid():
        typed = form.cleaned_data
        on: date | None = typed["from_on"].first if typed["from_on"] else None
        try:
            made = admissions.ask_for_place(
                acting(request),
                cases=tuple(UUID(case) for case in typed["child"]),
                from_on=on,
                region=typed["region"],
            )
            return redirect("placement", asked=made)
        except Invalid as fault:
            form.mend(Invalid({_ASKED.get(k, k): v for k, v in fault.fields.items()}))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "asked": asked, "address": ask_address(asked.children)}
    return render(request, "places/ask.jinja", context, status=status)


@require_GET
@signed_in
def placement(request: Request, asked: UUID) -> HttpResponse:
    """What every home said: together first, then some of them, then why not."""
    everywhere = "everywhere" in request.GET
    shown = admissions.placement(request.actor, request=asked, everywhere=everywhere)
    context = {
        "shown": shown,
        "everywhere": everywhere,
        "names": names_of(shown.children),
        "described": described(shown),
        "since": from_said(shown.from_on),
        "near": psgc.region(shown.region).short,
        "kinds": KINDS,
        "place_of": place_of,
        "licensed": licensed,
        "permits": permits,
        "beds": beds_said,
        "why": lambda answer: why_not(shown, answer),
        "may_be_emergency": may_be_emergency,
        "admit": lambda answer, **more: admit_address(shown, answer, **more),
        "taken_names": lambda answer: names_of(
            each for each in shown.children if each.case in answer.said.takes
        ),
        "change": ask_address(shown.children, region=shown.region),
        "moving": bool(shown.housed),
    }
    return render(request, "places/placement.jinja", context)


@require_http_methods(["GET", "POST"])
@signed_in
def admit(request: Request, asked: UUID, facility: UUID) -> HttpResponseBase:
    """What follows from an admission, then the admission."""
    data = request.GET if request.method == "GET" else request.POST
    try:
        shown = _confirming(request, asked, facility, data)
    except Refusal:
        # The second press: what it asks for stands already.
        if request.method == "POST" and _stands(request, asked, facility):
            return redirect("admitted", asked=asked, facility=facility)
        raise
    form = AdmitForm(posted(request))
    form.ask_only(shown)
    refused = ""
    status = 200
    if form.is_valid():
        try:
            _admit(request, shown, form.cleaned_data)
            return redirect("admitted", asked=asked, facility=facility)
        except Invalid as fault:
            form.mend(fault)
            status = 422
        except (NotFound, Locked):
            raise
        except Refusal as no:
            # Somebody else took the place meanwhile: say so here, where another can be looked for.
            refused, status = no.sentence, no.status
            shown = _confirming(request, asked, facility, data)
    elif request.method == "POST":
        status = 422
    context = {
        "shown": shown,
        "form": form,
        "names": names_of(shown.children),
        "overridden": _said(shown, shown.overridden),
        "refused": refused or " ".join(_cannot(shown)),
        "place_of": place_of,
        "kinds": KINDS,
        "beds": beds_said,
        "again": ask_address(shown.children),
        "moving": bool(shown.moving),
        "since": from_said(shown.from_on),
    }
    return render(request, "places/admit.jinja", context, status=status)


@require_GET
@signed_in
def admitted(request: Request, asked: UUID, facility: UUID) -> HttpResponse:
    """What is now true, and who still has no place."""
    shown = admissions.admitted(request.actor, request=asked, facility=facility)
    context = {
        "shown": shown,
        "names": names_of(shown.children),
        "waiting": names_of(shown.waiting),
        "place_of": place_of,
        "again": ask_address(shown.waiting) if shown.waiting else "",
    }
    return render(request, "places/admitted.jinja", context)


# ── words ───────────────────────────────────────────────────────────────────────────────────


def names_of(children: Iterable[CardSeen]) -> str:
    """“Amihan, Kiko and Nene”."""
    return words.joined([words.called(each.card) for each in children])


def place_of(city: str) -> str:
    """A city by its PSGC code, as people say it."""
    return psgc.city(city).full()


def described(shown: Placement) -> str:
    """“A girl of 11, a boy of 8 or 9, a girl of 4.”"""
    said = [_described(each, shown.from_on) for each in shown.children]
    return words.opening(_("%(children)s.") % {"children": words.joined(said)})


def from_said(on: date) -> str:
    """“From today.”"""
    if on == clock.today():
        return _("From today.")
    return _("From %(day)s.") % {"day": words.day(on)}


def _described(seen: CardSeen, on: date) -> str:
    birth, sex = seen.card.birth, seen.card.sex
    if birth is None:
        whole = {
            Sex.GIRL: _("a girl of unknown age"),
            Sex.BOY: _("a boy of unknown age"),
            Sex.UNKNOWN: _("a child of unknown age"),
        }
        return whole[sex]
    aged = {
        Sex.GIRL: _("a girl of %(age)s"),
        Sex.BOY: _("a boy of %(age)s"),
        Sex.UNKNOWN: _("a child of %(age)s"),
    }
    return aged[sex] % {"age": words.age(birth)}


def licensed(lines: Iterable[LineShape]) -> str:
    """“Girls and boys, 3 to 17”, for each line of places."""
    said = [
        str(_LICENSED[line.sex]) % {"low": line.age_from, "high": line.age_until} for line in lines
    ]
    return "; ".join(dict.fromkeys(said))


def permits(answer: HomeAnswer, on: date) -> list[tuple[str, str, str]]:
    """For licence and accreditation: its name, until when, and “Ends in 89 days” when soon."""
    found = []
    for kind, name in ((Permit.LICENCE, _("Licence")), (Permit.ACCREDITATION, _("Accreditation"))):
        held = answer.home.term(kind, on)
        asked = kind is Permit.LICENCE or answer.home.kind in NEEDS_ACCREDITATION
        if held is None or not asked:
            continue
        soon = (held.valid_until - clock.today()).days <= SOON
        until = _("Valid to %(day)s") % {"day": words.day(held.valid_until, year=True)}
        found.append((name, until, words.ends(held.valid_until) if soon else ""))
    return found


def beds_said(answer: HomeAnswer) -> str:
    """“15 places: 9 taken, 1 out of use, 3 for these children, 2 left after.”"""
    said = answer.said
    parts = [_("%(taken)s taken") % {"taken": said.taken}]
    if said.out_of_use:
        parts.append(_("%(number)s out of use") % {"number": said.out_of_use})
    if answer.coming:
        parts.append(_("%(number)s for these children") % {"number": answer.coming})
    parts.append(_("%(number)s left after") % {"number": answer.left})
    return beds(said.places, parts)


def beds_of(lines: Iterable[LineShape]) -> str:
    """“15 places: 9 taken, 1 out of use, 5 left.”"""
    listed = list(lines)
    taken, out = sum(x.taken for x in listed), sum(x.out_of_use for x in listed)
    parts = [_("%(taken)s taken") % {"taken": taken}]
    if out:
        parts.append(_("%(number)s out of use") % {"number": out})
    parts.append(_("%(number)s left") % {"number": sum(x.left for x in listed)})
    return beds(sum(x.places for x in listed), parts)


def beds(places: int, parts: list[str]) -> str:
    """How many places there are, and how they stand."""
    said = ngettext("%(places)s place: %(parts)s.", "%(places)s places: %(parts)s.", places)
    return said % {"places": places, "parts": ", ".join(parts)}


def why_not(shown: Placement, answer: HomeAnswer) -> list[str]:
    """Every reason, as whole sentences."""
    cards = {each.case: each.card for each in shown.children}
    said = answer.said
    return sentences(said.broken, said.kind, cards, shown.from_on, _with_year)


def may_be_emergency(answer: HomeAnswer) -> bool:
    """Whether a 72-hour stay may override all that stands against this home."""
    return all(broken.rule in OVERRIDABLE for broken in answer.said.broken)


def ask_address(children: Iterable[CardSeen], **more: str) -> str:
    """Where a place is asked for, for these children."""
    chosen = [("child", str(each.case)) for each in children]
    return f"{reverse('ask_for_place')}?{urlencode([*chosen, *more.items()])}"


def admit_address(shown: Placement, answer: HomeAnswer, *, emergency: bool = False) -> str:
    """Where an admission is confirmed: of all, or (not in an emergency) of those who fit."""
    takes = answer.said.takes
    chosen = [
        ("child", str(each.case)) for each in shown.children if emergency or each.case in takes
    ]
    if emergency:
        chosen.append(("emergency", "yes"))
    there = reverse("admit", kwargs={"asked": shown.request, "facility": answer.home.id})
    return f"{there}?{urlencode(chosen)}"


_ASKED = {"cases": "child"}


def _with_year(day: date) -> str:
    return words.day(day, year=True)


def _cases(data: QueryDict) -> tuple[UUID, ...]:
    try:
        return tuple(dict.fromkeys(UUID(each) for each in data.getlist("child")))
    except ValueError:
        raise NotFound from None


def _confirming(request: Request, asked: UUID, facility: UUID, data: QueryDict) -> Confirming:
    return admissions.confirming(
        request.actor,
        request=asked,
        facility=facility,
        cases=_cases(data),
        emergency="emergency" in data,
    )


def _stands(request: Request, asked: UUID, facility: UUID) -> bool:
    """Whether this request has led to this home already."""
    try:
        admissions.admitted(request.actor, request=asked, facility=facility)
    except Refusal:
        return False
    return True


def _admit(request: Request, shown: Confirming, typed: dict[str, str]) -> None:
    actor, home = acting(request), shown.answer.home.id
    cases = tuple(each.case for each in shown.children)
    parting, emergency = typed.get("parting_reason", ""), typed.get("emergency_reason", "")
    if shown.moving:
        admissions.move_to_facility(
            actor,
            request=shown.request,
            facility=home,
            cases=cases,
            moving_reason=typed["moving_reason"],
            parting_reason=parting,
            emergency_reason=emergency,
        )
        return
    admissions.admit_to_facility(
        actor,
        request=shown.request,
        facility=home,
        cases=cases,
        parting_reason=parting,
        emergency_reason=emergency,
    )


def _cannot(shown: Confirming) -> list[str]:
    """Why these children cannot be taken here, as far as nothing may override it."""
    said = shown.answer.said
    if len(said.takes) == len(shown.children):
        return []
    return _said(shown, said.broken)


def _said(shown: Confirming, broken: tuple[Broken, ...]) -> list[str]:
    cards = {each.case: each.card for each in shown.children}
    return sentences(broken, shown.answer.home.kind, cards, shown.from_on, _with_year)


urlpatterns: list[URLPattern] = [
    path("places", places, name="places"),
    path("places/ask", ask, name="ask_for_place"),
    path("places/<uuid:asked>", placement, name="placement"),
    path("places/<uuid:asked>/<uuid:facility>", admit, name="admit"),
    path("places/<uuid:asked>/<uuid:facility>/admitted", admitted, name="admitted"),
]
