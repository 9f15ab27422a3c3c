"""Facilities: a home's page, its permits, its places, what is out of use, pauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tahanan.base import clock
from tahanan.base import places as psgc
from tahanan.base.errors import Conflict, Invalid
from tahanan.casework import facilities as homes
from tahanan.casework.door import TypedAgain
from tahanan.casework.facilities import FacilityPage, LineShape, Places
from tahanan.records.vocabulary import FacilityKind, Permit, Sex, TeamKind
from tahanan.web.forms import Day, Form, Line, Listed, Number, One, run_key
from tahanan.web.places import KINDS, beds_of, licensed, place_of
from tahanan.web.request import Request, acting, posted, signed_in

YEARS_AHEAD = 366 * 6
HOME_TEAMS = (TeamKind.FACILITY_STAFF, TeamKind.FACILITY_CLINIC, TeamKind.FACILITY_HOUSE)

PERMITS: dict[Permit, str | Promise] = {
    Permit.LICENCE: lazy("Licence"),
    Permit.ACCREDITATION: lazy("Accreditation"),
}
SEXES: dict[Sex, str | Promise] = {
    Sex.UNKNOWN: lazy("Girls and boys"),
    Sex.GIRL: lazy("Girls"),
    Sex.BOY: lazy("Boys"),
}


class AddForm(Form):
    """A new facility."""

    name = Line(lazy("Name of the home"), missing=lazy("Give the home its name."), longest=160)
    kind = Listed(
        lazy("What kind of home is it?"),
        [("", lazy("Choose one")), *((kind.value, name) for kind, name in KINDS.items())],
        missing=lazy("Choose what kind of home it is."),
    )
    city = Line(
        lazy("City or municipality"),
        hint=lazy("As it is called, like Carcar or Mandaue."),
        missing=lazy("Write the city or municipality."),
        longest=120,
    )
    address = Line(
        lazy("Address"),
        hint=lazy(
            "Sealed. Shown to those who work there, and to those who may know where a child is."
        ),
        longest=300,
    )
    review_days = Number(
        lazy("After how many days is a stay reviewed?"), min_value=1, max_value=400
    )
    stay_target_days = Number(
        lazy("Within how many days does the home mean a stay to end?"),
        min_value=1,
        max_value=4000,
    )

    def clean_city(self) -> str:
        """The PSGC code of the place that was meant."""
        typed = str(self.cleaned_data["city"])
        found = psgc.find_city(typed, limit=1)
        if not found:
            raise ValidationError(_("No such city or municipality is in the list. Mend its name."))
        return found[0].code


class PermitForm(Form):
    """A licence or an accreditation."""

    kind = One(
        lazy("Which of the two?"),
        [(kind.value, name) for kind, name in PERMITS.items()],
        missing=lazy("Choose licence or accreditation."),
    )
    reference = Line(lazy("Its number, if it has one"), longest=80)
    valid_from = Day(lazy("First day"), missing=lazy("Write its first day."), ahead=YEARS_AHEAD)
    valid_until = Day(
        lazy("Last day"),
        hint=lazy("On this day it still holds."),
        missing=lazy("Write its last day."),
        ahead=YEARS_AHEAD,
    )


class OutOfUseForm(Form):
    """Places that cannot be used."""

    line = Listed(lazy("Which places?"), [], missing=lazy("Choose which places these are."))
    places = Number(lazy("How many?"), missing=lazy("Write how many."), min_value=1)
    reason = Line(
        lazy("Why?"),
        hint=lazy("No child’s name: everybody who looks for a place could read it."),
        missing=lazy("Write why they cannot be used."),
        longest=160,
    )

    def offer(self, lines: tuple[LineShape, ...]) -> None:
        """The lines of places there are."""
        field = self.fields["line"]
        assert isinstance(field, Listed)
        field.choices = [(str(line.line), line_said(line)) for line in lines]


class PlacesForm(Form):
    """The lines of places: each as it stands, and one more that may be left empty."""

    def draw(self, lines: tuple[LineShape, ...]) -> None:
        """Four fields for each line."""
        self.numbers = [line.line for line in lines] + [0]
        for line in (*lines, None):
            at = line.line if line else 0
            self.fields[f"sex-{at}"] = One(
                lazy("For whom?"),
                [(sex.value, name) for sex, name in SEXES.items()],
                initial=line.sex.value if line else "",
            )
            for part, label, standing in (
                ("from", lazy("From which age?"), line.age_from if line else None),
                ("until", lazy("To which age? It is included."), line.age_until if line else None),
                ("places", lazy("How many places?"), line.places if line else None),
            ):
                self.fields[f"{part}-{at}"] = Number(
                    label, initial=standing, min_value=0, max_value=500
                )

    def lines(self) -> tuple[Places, ...]:
        """What was typed; a line whose places are empty is left out. Raises Invalid."""
        found = []
        for at in self.numbers:
            typed = {part: self.cleaned_data[f"{part}-{at}"] for part in _PARTS}
            if typed["places"] in (None, 0):
                continue
            missing = [part for part in _PARTS if typed[part] in (None, "")]
            if missing:
                at_fault = f"{missing[0]}-{at}"
                raise Invalid({at_fault: _("Fill in this line, or clear its places.")})
            found.append(
                Places(Sex(typed["sex"]), typed["from"], typed["until"], typed["places"], at)
            )
        return tuple(found)


_PARTS = ("sex", "from", "until", "places")


def line_said(line: LineShape) -> str:
    """“Girls, 7 to 17: 6 places”."""
    return _("%(whom)s: %(places)s places") % {"whom": licensed([line]), "places": line.places}


class HouseholdForm(Form):
    """An adult who lives in a home and does not work there."""

    name = Line(lazy("Full name"), missing=lazy("Write the name of who lives there."), longest=160)
    since_on = Day(lazy("Since which day?"), missing=lazy("Write the day."), years_back=80)


@require_GET
@signed_in
def facilities(request: Request) -> HttpResponse:
    """The homes one works with."""
    context = {
        "homes": homes.facilities(request.actor),
        "kinds": KINDS,
        "place_of": place_of,
        "beds": beds_of,
        "may_add": homes.may_add(request.actor) is not None,
    }
    return render(request, "facilities/facilities.jinja", context)


@require_GET
@signed_in
def facility(request: Request, facility: UUID) -> HttpResponse:
    """One home's page."""
    page = homes.facility(request.actor, facility=facility)
    return _page(request, "facilities/facility.jinja", page, permits=PERMITS, beds=beds_of)


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: Request) -> HttpResponseBase:
    """A new home of one's own organisation."""
    organisation = homes.about_to_add(request.actor)
    form = AddForm(posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = homes.add_facility(
                acting(request),
                organisation=organisation,
                name=typed["name"],
                kind=FacilityKind(typed["kind"]),
                city=typed["city"],
                address=typed["address"],
                review_days=typed["review_days"],
                stay_target_days=typed["stay_target_days"],
                teams=HOME_TEAMS if typed["kind"] != FacilityKind.SURVIVOR_CENTER else (),
            )
            return redirect("facility", facility=made)
        except Invalid as fault:
            form.mend(fault)
    return render(request, "facilities/add.jinja", {"form": form}, status=_status(request))


@require_http_methods(["GET", "POST"])
@signed_in
def permit(request: Request, facility: UUID) -> HttpResponseBase:
    """Record a licence or an accreditation."""
    page = homes.about_to_keep(request.actor, facility=facility)
    form = PermitForm(posted(request))

    def record(typed: dict[str, Any]) -> None:
        homes.record_permit(
            acting(request),
            facility=facility,
            kind=Permit(typed["kind"]),
            valid_from=typed["valid_from"].first,
            valid_until=typed["valid_until"].first,
            reference=typed["reference"],
        )

    return _kept(request, "facilities/permit.jinja", page, form, record)


@require_http_methods(["GET", "POST"])
@signed_in
def capacity(request: Request, facility: UUID) -> HttpResponseBase:
    """Set the lines of places."""
    page = homes.about_to_keep(request.actor, facility=facility)
    stands = homes.mark_of(line.as_set for line in page.facility.lines)
    seen = request.POST.get("seen", stands)
    form = PlacesForm(posted(request))
    form.draw(page.facility.lines)

    def set_lines(_typed: dict[str, Any]) -> None:
        homes.set_capacity(acting(request), facility=facility, lines=form.lines(), seen=seen)

    try:
        return _kept(request, "facilities/capacity.jinja", page, form, set_lines, seen=seen)
    except TypedAgain:
        raise
    except Conflict:
        return _two(request, page, stands)


def _with_lines(typed: QueryDict, page: FacilityPage) -> QueryDict:
    """What was typed; a line that somebody added meanwhile is shown as it stands, not emptied."""
    given = typed.copy()
    for line in page.facility.lines:
        if f"places-{line.line}" not in typed:
            standing = (line.sex.value, line.age_from, line.age_until, line.places)
            for part, value in zip(_PARTS, standing, strict=True):
                given[f"{part}-{line.line}"] = str(value)
    return given


def _two(request: Request, page: FacilityPage, stands: str) -> HttpResponse:
    """What stands now beside what was typed: nothing is saved, and the next press puts it after."""
    form = PlacesForm(_with_lines(request.POST, page))
    form.draw(page.facility.lines)
    now = "; ".join(line_said(line) for line in page.facility.lines)
    form.add_error(
        None,
        _(
            "Somebody changed the places while you were writing. What stands now: %(lines)s. Yours "
            "is below and not saved yet: save again to put it after theirs."
        )
        % {"lines": now},
    )
    form.run = run_key()
    template = "facilities/capacity.jinja"
    return _page(request, template, page, status=Conflict.status, form=form, seen=stands)


@require_http_methods(["GET", "POST"])
@signed_in
def out_of_use(request: Request, facility: UUID) -> HttpResponseBase:
    """Take places out of use."""
    page = homes.about_to_keep(request.actor, facility=facility)
    form = OutOfUseForm(posted(request))
    form.offer(page.facility.lines)

    def take(typed: dict[str, Any]) -> None:
        homes.take_out_of_use(
            acting(request),
            facility=facility,
            line=int(typed["line"]),
            places=typed["places"],
            reason=typed["reason"],
        )

    return _kept(request, "facilities/out_of_use.jinja", page, form, take)


@require_POST
@signed_in
def back_in_use(request: Request, facility: UUID, row: UUID) -> HttpResponseBase:
    """Those places can be used again."""
    homes.put_back_in_use(acting(request), facility=facility, out_of_use=row)
    return redirect("facility", facility=facility)


@require_http_methods(["GET", "POST"])
@signed_in
def household(request: Request, facility: UUID) -> HttpResponseBase:
    """Write down an adult who lives in the home and does not work there."""
    page = homes.about_to_keep(request.actor, facility=facility)
    form = HouseholdForm(posted(request), initial={"since_on": clock.today()})

    def add_member(typed: dict[str, Any]) -> None:
        homes.add_household_member(
            acting(request),
            facility=facility,
            name=typed["name"],
            since_on=typed["since_on"].first,
        )

    return _kept(request, "facilities/household.jinja", page, form, add_member)


@require_POST
@signed_in
def household_left(request: Request, facility: UUID, member: UUID) -> HttpResponseBase:
    """That adult lives there no more."""
    homes.household_member_left(acting(request), facility=facility, member=member)
    return redirect("facility", facility=facility)


@require_POST
@signed_in
def pause(request: Request, facility: UUID) -> HttpResponseBase:
    """Not taking children now, or taking them again."""
    change = homes.end_pause if request.POST.get("pause") == "end" else homes.pause_facility
    change(acting(request), facility=facility)
    return redirect("facility", facility=facility)


def _kept(
    request: Request,
    template: str,
    page: FacilityPage,
    form: Form,
    keep: Callable[[dict[str, Any]], None],
    seen: str = "",
) -> HttpResponseBase:
    """A form about one home: kept and back to its page, or shown again with what to mend."""
    if form.is_valid():
        try:
            keep(form.cleaned_data)
            return redirect("facility", facility=page.facility.id)
        except Invalid as fault:
            form.mend(fault)
    return _page(request, template, page, form=form, seen=seen)


def _page(
    request: Request, template: str, page: FacilityPage, status: int | None = None, **more: object
) -> HttpResponse:
    context = {
        "page": page,
        "kinds": KINDS,
        "place_of": place_of,
        "line_said": line_said,
        **more,
    }
    return render(request, template, context, status=status or _status(request))


def _status(request: Request) -> int:
    return 422 if request.method == "POST" else 200


urlpatterns: list[URLPattern] = [
    path("homes", facilities, name="facilities"),
    path("homes/add", add, name="add_facility"),
    path("homes/<uuid:facility>", facility, name="facility"),
    path("homes/<uuid:facility>/household", household, name="add_household"),
    path(
        "homes/<uuid:facility>/household/<uuid:member>/left", household_left, name="household_left"
    ),
    path("homes/<uuid:facility>/permit", permit, name="record_permit"),
    path("homes/<uuid:facility>/places", capacity, name="set_capacity"),
    path("homes/<uuid:facility>/out-of-use", out_of_use, name="out_of_use"),
    path("homes/<uuid:facility>/out-of-use/<uuid:row>", back_in_use, name="back_in_use"),
    path("homes/<uuid:facility>/pause", pause, name="pause_facility"),
]
