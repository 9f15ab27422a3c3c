"""People and teams for an administrator; cards; and the yes of a colleague with the key."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tahanan.base.errors import Invalid
from tahanan.casework import people
from tahanan.casework.entry import GATE, Proposal, Refused
from tahanan.casework.people import TeamRow
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.web import session
from tahanan.web.entry import CODE_MISSING, NAME_MISSING, WORDS_MISSING, begin_again
from tahanan.web.forms import Form, Line, Listed, Secret
from tahanan.web.qr import qr
from tahanan.web.request import Request, acting, posted, signed_in
from tahanan.web.session import open_to_all
from tahanan.web.shell import called

TEAM_KINDS: dict[TeamKind, str | Promise] = {
    TeamKind.CASEWORK: lazy("Casework: holds cases"),
    TeamKind.COWORK: lazy("Co-working: sees what is shared with it"),
    TeamKind.FACILITY_STAFF: lazy("A home’s head and social workers"),
    TeamKind.FACILITY_CLINIC: lazy("A home’s nurses"),
    TeamKind.FACILITY_HOUSE: lazy("A home’s house parents and guards"),
    TeamKind.THERAPY: lazy("Therapists"),
    TeamKind.LEGAL: lazy("Legal liaisons"),
    TeamKind.POLICE: lazy("Law-enforcement liaisons"),
    TeamKind.SAFEGUARDING: lazy("Safeguarding leads"),
    TeamKind.PROTECTION: lazy("Data protection officers"),
    TeamKind.DIRECTION: lazy("Programme directors"),
    TeamKind.ADMINISTRATION: lazy("Administrators"),
    TeamKind.CHURCH: lazy("Church focal persons"),
}
# A home's teams are opened with the home.
_OPENED_HERE = [kind for kind in TeamKind if not kind.startswith("facility")]


class PlaceForm(Form):
    """A team with a role in it, one choice: `team id/role`."""

    place = Listed(lazy("Team, and the part in it"), [], missing=lazy("Choose a team."))

    def offer(self, teams: tuple[TeamRow, ...]) -> None:
        """The places there are."""
        field = self.fields["place"]
        assert isinstance(field, Listed)
        places = [
            (f"{team.id}/{role.value}", f"{team.name}: {called(role)}")
            for team in teams
            for role in team.roles
        ]
        field.choices = [("", gettext("Choose one")), *places]

    @property
    def chosen(self) -> tuple[UUID, Relation]:
        """Which team, which role."""
        team, role = self.cleaned_data["place"].split("/")
        return UUID(team), Relation(role)


class InviteForm(PlaceForm):
    """A new colleague."""

    name = Line(lazy("Name"), missing=lazy("Write the name."), longest=160)
    title = Line(lazy("Title, if any"), longest=40)
    field_order = ("name", "title", "place")


class TeamForm(Form):
    """A new team."""

    name = Line(lazy("Name of the team"), missing=lazy("Write the name of the team."), longest=160)
    kind = Listed(
        lazy("What the team is for"),
        [("", lazy("Choose one")), *((kind.value, TEAM_KINDS[kind]) for kind in _OPENED_HERE)],
        missing=lazy("Choose what the team is for."),
    )


class CardForm(Form):
    """The sign-in name on a card."""

    sign_in_name = Line(
        lazy("Sign-in name"),
        hint=lazy("Short, and easy to say over the telephone. It is kept nowhere in letters."),
        missing=lazy("Write a sign-in name."),
        longest=60,
    )


class CardCodeForm(Form):
    """What stands on a card."""

    who = Line(lazy("Your sign-in name"), hint=lazy("It is on your card."), missing=NAME_MISSING)
    code = Line(
        lazy("One-time code"),
        hint=lazy("Four groups of four. Capitals do not matter."),
        missing=lazy("Type the one-time code from your card."),
    )


class AccountForm(Form):
    """The proposed words typed back, and a code of the new phone."""

    phrase = Secret(
        lazy("Type your six words, from your paper"),
        hint=lazy("If you cannot read them back, you could not come in with them either."),
        missing=WORDS_MISSING,
    )
    phone_code = Line(
        lazy("Code from your phone"),
        hint=lazy("The six digits it shows now for Tahanan."),
        missing=CODE_MISSING,
        longest=20,
    )


@require_GET
@signed_in
def everybody(request: Request) -> HttpResponse:
    """The organisation's people and teams."""
    directory = people.people_and_teams(request.actor)
    context = {"directory": directory, "called": called, "kinds": TEAM_KINDS}
    return render(request, "people/people.jinja", context)


@require_http_methods(["GET", "POST"])
@signed_in
def invite(request: Request) -> HttpResponseBase:
    """A new colleague."""
    form = InviteForm(posted(request))
    form.offer(people.people_and_teams(request.actor).teams)
    if form.is_valid():
        team, role = form.chosen
        typed = form.cleaned_data
        try:
            person = people.invite(
                acting(request), name=typed["name"], title=typed["title"], team=team, role=role
            )
            return redirect("colleague", person=person)
        except Invalid as fault:
            form.mend(fault)
    return render(request, "people/invite.jinja", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@signed_in
def open_team(request: Request) -> HttpResponseBase:
    """A new team."""
    people.about_to_open_team(request.actor)
    form = TeamForm(posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            people.open_team(acting(request), name=typed["name"], kind=TeamKind(typed["kind"]))
            return redirect("people")
        except Invalid as fault:
            form.mend(fault)
    return render(request, "people/team.jinja", {"form": form}, status=_status(form))


@require_GET
@signed_in
def colleague(request: Request, person: UUID) -> HttpResponse:
    """One person: her places, her card."""
    return _colleague_page(request, person, PlaceForm(), CardForm())


@require_POST
@signed_in
def add_to_team(request: Request, person: UUID) -> HttpResponseBase:
    """Another place in a team."""
    form = PlaceForm(request.POST)
    form.offer(people.people_and_teams(request.actor).teams)
    if form.is_valid():
        team, role = form.chosen
        try:
            people.add_to_team(acting(request), person=person, team=team, role=role)
            return redirect("colleague", person=person)
        except Invalid as fault:
            form.add_error("place", fault.sentence)
    return _colleague_page(request, person, form, CardForm())


@require_POST
@signed_in
def make_card(request: Request, person: UUID) -> HttpResponseBase:
    """A card, shown once for the printer."""
    form = CardForm(request.POST)
    if form.is_valid():
        try:
            card = people.make_card(
                request.actor, person=person, sign_in_name=form.cleaned_data["sign_in_name"]
            )
        except Invalid as fault:
            form.mend(fault)
        else:
            site = request.get_host()
            return render(request, "people/card.jinja", {"card": card, "site": site})
    return _colleague_page(request, person, PlaceForm(), form)


@require_POST
@signed_in
def end_membership(request: Request, person: UUID, membership: UUID) -> HttpResponseBase:
    """End one place."""
    people.end_membership(acting(request), membership=membership)
    return redirect("colleague", person=person)


@require_http_methods(["GET", "POST"])
@signed_in
def leave(request: Request, person: UUID) -> HttpResponseBase:
    """A colleague leaves: what follows, then the act."""
    if request.method == "POST":
        people.leave(acting(request), person=person)
        return redirect("people")
    leaver = people.about_to_leave(request.actor, person=person)
    return render(request, "people/leave.jinja", {"colleague": leaver})


@require_GET
@signed_in
def newcomers(request: Request) -> HttpResponse:
    """Those who wait for a yes in one's own teams."""
    context = {"newcomers": people.newcomers(request.actor), "called": called}
    return render(request, "people/newcomers.jinja", context)


@require_POST
@signed_in
def confirm_colleague(request: Request, membership: UUID) -> HttpResponseBase:
    """The yes: hands the team's key over."""
    people.confirm_colleague(acting(request), membership=membership)
    return redirect("newcomers")


@open_to_all
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponseBase:
    """Name and code from a card."""
    form = CardCodeForm(posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        said = people.read_card(
            GATE, name=typed["who"], code=typed["code"], where=session.where(request)
        )
        if isinstance(said, Proposal):
            return _card_page(request, said, typed["code"], AccountForm())
        form.add_error("code", said.sentence)
    return render(request, "people/card_code.jinja", {"form": form}, status=_status(form))


@open_to_all
@require_POST
def accept(request: HttpRequest) -> HttpResponseBase:
    """Make the account, once the words have been typed back and the phone shows a code."""
    name, code = request.POST.get("who", ""), request.POST.get("card", "")
    token = request.POST.get("token", "")
    form = AccountForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        said = people.accept_invitation(
            GATE,
            name=name,
            code=code,
            token=token,
            phrase=typed["phrase"],
            phone_code=typed["phone_code"],
        )
        if not isinstance(said, Refused):
            return render(request, "people/made.jinja", {"codes": said.spare_codes, "name": name})
        if said.code == "ended":
            return begin_again()
        form.add_error("phrase" if said.code == "words" else "phone_code", said.sentence)
    proposal = people.reopen_card(code, token)
    return begin_again() if proposal is None else _card_page(request, proposal, code, form)


def _colleague_page(
    request: Request, person: UUID, place: PlaceForm, card_form: CardForm
) -> HttpResponse:
    page = people.colleague(request.actor, person=person)
    place.offer(page.teams)
    faulty = place if place.errors else card_form
    context = {
        "colleague": page.colleague,
        "why_stays": page.why_stays,
        "place": place,
        "card": card_form,
        "form": faulty,
        "called": called,
        "suggested": suggestion(page.colleague.name),
    }
    return render(request, "people/colleague.jinja", context, status=_status(faulty))


def _card_page(
    request: HttpRequest, proposal: Proposal, code: str, form: AccountForm
) -> HttpResponse:
    drawn = qr(proposal.phone.address) if proposal.phone else None
    context = {"form": form, "proposal": proposal, "code": code, "qr": drawn}
    return render(request, "people/card_shown.jinja", context, status=_status(form))


def suggestion(name: str) -> str:
    """A sign-in name: first and last word of the name, in small plain letters."""
    plain = "".join(letter for letter in name.casefold() if letter.isalpha() or letter == " ")
    words = plain.replace("ñ", "n").split()
    return ".".join(dict.fromkeys((words[0], words[-1]))) if words else ""


def _status(form: Form) -> int:
    return 422 if form.errors else 200


urlpatterns: list[URLPattern] = [
    path("people", everybody, name="people"),
    path("people/invite", invite, name="invite"),
    path("people/teams/new", open_team, name="open_team"),
    path("people/<uuid:person>", colleague, name="colleague"),
    path("people/<uuid:person>/place", add_to_team, name="add_to_team"),
    path("people/<uuid:person>/card", make_card, name="make_card"),
    path("people/<uuid:person>/place/<uuid:membership>/end", end_membership, name="end_membership"),
    path("people/<uuid:person>/leave", leave, name="leave_organisation"),
    path("newcomers", newcomers, name="newcomers"),
    path("newcomers/<uuid:membership>/yes", confirm_colleague, name="confirm_colleague"),
    path("card", card, name="card"),
    path("card/account", accept, name="accept"),
]
