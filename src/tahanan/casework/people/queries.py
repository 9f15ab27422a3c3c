"""People and teams for an administrator, and newcomers for those who hold a team's key."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tahanan.access.rules import OfficeAct, may_in_office
from tahanan.access.visit import Visit
from tahanan.casework.door import query
from tahanan.casework.people import steps
from tahanan.casework.people.shapes import (
    Colleague,
    ColleaguePage,
    Directory,
    Newcomer,
    Place,
    TeamRow,
)
from tahanan.records.models import Membership, Organisation, Person, Team
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.vault.passphrase import spoken


@query("people_and_teams")
def people_and_teams(visit: Visit) -> Directory:
    """Everybody of the administrator's organisation who has not left, and its teams."""
    organisation = steps.administered(visit)
    name = Organisation.objects.values_list("name", flat=True).get(id=organisation)
    return Directory(name, _colleagues(organisation, visit.today), _teams(organisation))


@query("about_to")
def about_to_open_team(visit: Visit) -> UUID:
    """The organisation one may open a team in; a Refusal before anything is typed."""
    return steps.administered(visit)


@query("colleague")
def colleague(visit: Visit, *, person: UUID) -> ColleaguePage:
    """One person, and the teams she could be given a place in."""
    found = steps.own_person(visit, person)
    listed = _colleagues(found.organisation_id, visit.today, only=found.id)
    return ColleaguePage(
        listed[0], _teams(found.organisation_id), steps.why_stays(found.id, visit.today)
    )


@query("about_to")
def about_to_leave(visit: Visit, *, person: UUID) -> Colleague:
    """The colleague who could leave; a Refusal where nobody else would be administrator."""
    found = steps.own_person(visit, person)
    steps.refuse_last_administrator(found.id, visit.today)
    return _colleagues(found.organisation_id, visit.today, only=found.id)[0]


@query("newcomers")
def newcomers(visit: Visit) -> tuple[Newcomer, ...]:
    """Those who wait for a yes in the actor's own teams, once they have made their account."""
    visit.must_be_unlocked()
    teams = {
        held.team
        for held in visit.actor.memberships
        if may_in_office(held.relation, OfficeAct.CONFIRM_COLLEAGUE).allowed
    }
    rows = Membership.objects.filter(
        steps.open_places(visit.today),
        team__in=teams,
        confirmed_on__isnull=True,
        person__public__isnull=False,
        person__left_on__isnull=True,
    ).exclude(person=visit.actor.person)
    columns = ("id", "person__name", "person__title", "team__name", "role", "person__public")
    return tuple(
        Newcomer(id, name, title, team, Relation(role), spoken(bytes(public)))
        for id, name, title, team, role, public in rows.order_by("person__name").values_list(
            *columns
        )
    )


def _colleagues(organisation: UUID, today: date, only: UUID | None = None) -> tuple[Colleague, ...]:
    people = Person.objects.filter(organisation=organisation, left_on__isnull=True)
    if only is not None:
        people = people.filter(id=only)
    rows = list(people.order_by("name", "id").values_list("id", "name", "title", "public"))
    places = _places([row[0] for row in rows], today)
    return tuple(
        Colleague(id, name, title, public is not None, tuple(places.get(id, ())))
        for id, name, title, public in rows
    )


def _places(people: list[UUID], today: date) -> dict[UUID, list[Place]]:
    rows = Membership.objects.filter(steps.open_places(today), person__in=people)
    columns = ("person_id", "id", "team_id", "team__name", "team__kind", "role", "from_on")
    places: dict[UUID, list[Place]] = {}
    for person, id, team, name, kind, role, since, confirmed in rows.order_by(
        "team__name", "role"
    ).values_list(*columns, "confirmed_on"):
        place = Place(id, team, name, TeamKind(kind), Relation(role), since, confirmed is not None)
        places.setdefault(person, []).append(place)
    return places


def _teams(organisation: UUID) -> tuple[TeamRow, ...]:
    rows = Team.objects.filter(organisation=organisation, ended_on__isnull=True)
    columns = ("id", "name", "kind", "public")
    return tuple(
        TeamRow(id, name, TeamKind(kind), public is not None, steps.roles_in(TeamKind(kind)))
        for id, name, kind, public in rows.order_by("name", "id").values_list(*columns)
    )
