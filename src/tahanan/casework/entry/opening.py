"""From two cookies to the person at the door: run for every request, written down by none."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tahanan.access import actor as actors
from tahanan.access.accounts import person_of
from tahanan.access.actor import Actor
from tahanan.access.rings import ring_of
from tahanan.base import clock
from tahanan.casework.entry import sessions
from tahanan.casework.entry.shapes import Cookies, Opened
from tahanan.records.models import Membership, Person
from tahanan.records.vocabulary import Relation, TeamKind

# The door may ask for who this is although nobody is: the page then sends her to sign in.
NOBODY = Actor(person=None, organisation=None, name="")


def open_session(cookies: Cookies) -> Opened | None:
    """Whoever holds these cookies, her teams as they stand now, and her keys unless locked.

    None when there is no such session, when it is over, or when she has left.
    """
    now = clock.now()
    found = sessions.find(cookies, now)
    if found is None:
        return None
    person = person_of(found.account)
    actor = actor_of(person, found.private, session=found.id)
    if actor is None:
        sessions.end(found.id)
        return None
    sessions.touch(found, cookies, now)
    return Opened(actor, found.account.id, found.known.renew)


def actor_of(person: UUID, private: bytes | None, session: UUID | None = None) -> Actor | None:
    """The person with her memberships and, given her private half, her keys. None if she left."""
    named, memberships = _person(person, clock.today())
    if named is None:
        return None
    return Actor(
        person=person,
        organisation=named[1],
        name=named[0],
        memberships=memberships,
        keys=None if private is None else ring_of(person, private),
        session=session,
    )


def _person(
    person: UUID, today: date
) -> tuple[tuple[str, UUID] | None, tuple[actors.Membership, ...]]:
    """Name and organisation, unless she left; her places that hold today and were confirmed.

    One statement, sorted out here: this runs for every request, and a plain one is cheapest.
    """
    rows = list(Membership.objects.filter(person=person).values_list(*_PLACE, *_WHO))
    if not rows:
        who = Person.objects.filter(id=person).values_list("name", "organisation_id", "left_on")
        found = who.first()
        return (found[:2] if found and found[2] is None else None), ()
    if rows[0][-1] is not None:
        return None, ()
    held = (
        actors.Membership(team, organisation, TeamKind(kind), Relation(role), facility)
        for team, organisation, kind, role, facility, since, until, confirmed, ended, *_ in rows
        if confirmed is not None
        and ended is None
        and since <= today
        and (until is None or until > today)
    )
    return rows[0][-3:-1], tuple(sorted(held, key=lambda each: (each.team, each.role)))


_PLACE = (
    "team_id",
    "team__organisation_id",
    "team__kind",
    "role",
    "team__facility_id",
    "from_on",
    "until_on",
    "confirmed_on",
    "team__ended_on",
)
_WHO = ("person__name", "person__organisation_id", "person__left_on")
