"""What an administrator does with people and teams, and a colleague's yes."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from tahanan.access.keys import team_key
from tahanan.access.rules import OfficeAct, may_in_office
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework.door import command
from tahanan.casework.people import steps
from tahanan.records.models import Membership, Organisation, Person, Team, TeamKeyShare
from tahanan.records.vocabulary import OrganisationKind, Relation, TeamKind


@command("found_organisation")
def found_organisation(
    visit: Visit, *, name: str, kind: OrganisationKind, region: str, administrator: str
) -> UUID:
    """An organisation of the programme with its first administrator; gives that person.

    Only the installation itself does this: from the command line, or building a demonstration.
    """
    if visit.actor.system is None:
        raise NotFound
    organisation = Organisation(name=name, kind=kind, region=region, since_on=visit.today)
    organisation.save(force_insert=True)
    team = Team(
        organisation=organisation,
        name=_("Administration"),
        kind=TeamKind.ADMINISTRATION,
        since_on=visit.today,
    )
    team.save(force_insert=True)
    person = Person(organisation=organisation, name=administrator, since_on=visit.today)
    person.save(force_insert=True)
    steps.give_place(person, team, Relation.ADMINISTRATOR, visit.today)
    return person.id


@command("open_team")
def open_team(visit: Visit, *, name: str, kind: TeamKind, facility: UUID | None = None) -> UUID:
    """A team of the administrator's organisation. Its key is made with its first member."""
    organisation = steps.administered(visit)
    if not name.strip():
        raise Invalid({"name": _("Write the name of the team.")})
    team = Team(
        organisation_id=organisation,
        name=name.strip(),
        kind=kind,
        facility_id=facility,
        since_on=visit.today,
    )
    team.save(force_insert=True)
    return team.id


@command("invite")
def invite(visit: Visit, *, name: str, title: str, team: UUID, role: Relation) -> UUID:
    """A new colleague with a first place in a team, waiting for her card; gives the person."""
    into = steps.own_team(visit, team)
    if not name.strip():
        raise Invalid({"name": _("Write the name.")})
    person = Person(
        organisation_id=into.organisation_id,
        name=name.strip(),
        title=title.strip(),
        since_on=visit.today,
    )
    person.save(force_insert=True)
    steps.give_place(person, into, role, visit.today)
    return person.id


@command("add_to_team")
def add_to_team(visit: Visit, *, person: UUID, team: UUID, role: Relation) -> UUID:
    """Another place for a colleague; where others hold the team's key, one of them must say yes."""
    joining = steps.own_person(visit, person)
    return steps.give_place(joining, steps.own_team(visit, team), role, visit.today).id


@command("end_membership")
def end_membership(visit: Visit, *, membership: UUID) -> UUID:
    """End a place in a team today. With the last one there, the share of the key goes too."""
    organisation = steps.administered(visit)
    place = Membership.objects.filter(
        steps.open_places(visit.today), id=membership, team__organisation=organisation
    ).first()
    if place is None:
        raise NotFound
    if place.role == Relation.ADMINISTRATOR:
        steps.refuse_last_administrator(place.person_id, visit.today)
    _end(place, visit)
    return place.id


@command("leave")
def leave(visit: Visit, *, person: UUID) -> UUID:
    """A colleague leaves the organisation: every place ends, and she can no longer come in."""
    leaver = steps.own_person(visit, person)
    steps.refuse_last_administrator(leaver.id, visit.today)
    for place in Membership.objects.filter(steps.open_places(visit.today), person=leaver):
        _end(place, visit)
    leaver.left_on = visit.today
    leaver.save(update_fields=["left_on"])
    return leaver.id


@command("confirm_colleague")
def confirm_colleague(visit: Visit, *, membership: UUID) -> UUID:
    """The yes of one who holds the key: seal the team's key to the newcomer's public half.

    She has compared the words in person. The signature is checked before the seal.
    """
    visit.must_be_unlocked()
    place = (
        Membership.objects.filter(
            steps.open_places(visit.today), id=membership, confirmed_on__isnull=True
        )
        .select_related("person", "team")
        .first()
    )
    if place is None or place.person_id == visit.person:
        raise NotFound
    _must_hold(visit, place.team_id)
    steps.must_be_ready(place.person)
    own = TeamKeyShare.objects.filter(team=place.team_id, person=visit.person)
    turn = own.aggregate(turn=Max("turn"))["turn"]
    steps.hand_over(place.team_id, turn, team_key(visit, place.team_id), place.person)
    steps.confirm_places(place.team_id, place.person_id, visit.today, by=visit.person)
    visit.team = place.team_id
    return place.id


def _must_hold(visit: Visit, team: UUID) -> None:
    own = [held for held in visit.actor.memberships if held.team == team]
    if not own:
        raise NotFound
    rulings = [may_in_office(held.relation, OfficeAct.CONFIRM_COLLEAGUE) for held in own]
    if not any(ruling.allowed for ruling in rulings):
        raise Refusal(OfficeAct.CONFIRM_COLLEAGUE, _(rulings[0].why_not))


def _end(place: Membership, visit: Visit) -> None:
    place.until_on = visit.today
    place.save(update_fields=["until_on"])
    elsewhere = Membership.objects.filter(
        steps.open_places(visit.today), person=place.person_id, team=place.team_id
    )
    if not elsewhere.exists():
        TeamKeyShare.objects.filter(team=place.team_id, person=place.person_id).delete()
