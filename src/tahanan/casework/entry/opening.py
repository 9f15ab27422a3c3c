"""From two cookies to the person at the door: run for every request, written down by none."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from tahanan.access.accounts import person_of
from tahanan.access.actor import Actor, Membership
from tahanan.access.rings import ring_of
from tahanan.base import clock
from tahanan.casework.entry import sessions
from tahanan.casework.entry.shapes import Cookies, Opened
from tahanan.records import people
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
    row = people.Person.objects.filter(id=person, left_on__isnull=True)
    named = row.values_list("name", "organisation_id").first()
    if named is None:
        return None
    return Actor(
        person=person,
        organisation=named[1],
        name=named[0],
        memberships=memberships_of(person),
        keys=None if private is None else ring_of(person, private),
        session=session,
    )


def memberships_of(person: UUID) -> tuple[Membership, ...]:
    """Her places that hold today and that a colleague with the key has confirmed."""
    today = clock.today()
    rows = people.Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=today),
        person=person,
        from_on__lte=today,
        confirmed_on__isnull=False,
        team__ended_on__isnull=True,
    )
    columns = ("team_id", "team__organisation_id", "team__kind", "role", "team__facility_id")
    return tuple(
        Membership(team, organisation, TeamKind(kind), Relation(role), facility)
        for team, organisation, kind, role, facility in rows.order_by("id").values_list(*columns)
    )
