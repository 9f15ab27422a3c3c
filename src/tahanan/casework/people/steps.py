"""Steps that several acts about people share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import installation
from tahanan.access.accounts import account_of
from tahanan.access.gate import office
from tahanan.access.rings import seal_share
from tahanan.access.rules import OfficeAct, relation_of
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework.entry.methods import has_both
from tahanan.records.models import Membership, Person, Team, TeamKeyShare
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.vault import pairs, suites

if TYPE_CHECKING:
    from datetime import date

    from tahanan.access.visit import Visit


def administered(visit: Visit) -> UUID:
    """The organisation whose people and teams the actor looks after; else a Refusal."""
    return office(visit, OfficeAct.INVITE).organisation


def own_person(visit: Visit, person: UUID) -> Person:
    """A person of the administrator's own organisation who has not left; else NotFound."""
    found = Person.objects.filter(
        id=person, organisation=administered(visit), left_on__isnull=True
    ).first()
    if found is None:
        raise NotFound
    return found


def own_team(visit: Visit, team: UUID) -> Team:
    """A standing team of the administrator's own organisation; else NotFound."""
    found = Team.objects.filter(
        id=team, organisation=administered(visit), ended_on__isnull=True
    ).first()
    if found is None:
        raise NotFound
    return found


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Person → name, of colleagues past and present."""
    wanted = {person for person in people if person is not None}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def open_places(day: date) -> Q:
    """Memberships that hold on `day`, confirmed or not."""
    return Q(until_on__isnull=True) | Q(until_on__gt=day)


def roles_in(kind: TeamKind) -> tuple[Relation, ...]:
    """The roles that mean something in a team of this kind."""
    return tuple(role for role in Relation if relation_of(kind, role) is not Relation.STRANGER)


def why_stays(person: UUID, today: date) -> str:
    """Why this person's place as administrator cannot end: nobody else would be one. Else empty."""
    administrators = Membership.objects.filter(open_places(today), role=Relation.ADMINISTRATOR)
    for team in administrators.filter(person=person).values_list("team", flat=True):
        others = administrators.filter(team=team, confirmed_on__isnull=False)
        if not others.exclude(person=person).exists():
            return _("This is the last administrator. Make somebody else one first.")
    return ""


def refuse_last_administrator(person: UUID, today: date) -> None:
    """Raises a Refusal with the reason, where there is one."""
    if why := why_stays(person, today):
        raise Refusal("last-administrator", why)


def give_place(person: Person, team: Team, role: Relation, today: date) -> Membership:
    """A place in the team: at once in force for one who holds its key, or founds it; else waiting.

    Raises Invalid for a role the team does not have, or a place she already holds.
    """
    if role not in roles_in(TeamKind(team.kind)):
        raise Invalid({"role": _("This team has no such part. Choose one of those listed.")})
    held = Membership.objects.filter(open_places(today), person=person, team=team)
    if held.filter(role=role).exists():
        raise Invalid({"role": _("This colleague has this part in this team already.")})
    place = Membership(team=team, person=person, role=role, from_on=today)
    if held.filter(confirmed_on__isnull=False).exists():
        place.confirmed_on = today
    place.save(force_insert=True)
    found_key(team, person, today)
    place.refresh_from_db(fields=["confirmed_on"])
    return place


def found_key(team: Team, person: Person, today: date) -> None:
    """Make the key of a team that has none, with `person` as its first holder.

    Nothing happens while she has no account, or when the team has its key: then only a colleague
    who holds it can hand it on.
    """
    if team.public is not None or person.public is None or not ready_for_keys(person.id):
        return
    key, pair = suites.new_key(), pairs.new_pair()
    signed = pairs.sign_public(installation.roots().registrar_seed, team.id, "team", pair.public)
    team.public, team.public_signature = signed.public, signed.signature
    team.private_wrap = suites.wrap(key, pair.private, suites.context("team-private", team.id))
    # The condition makes it true once: of two newcomers at the same moment one founds the key.
    founded = Team.objects.filter(id=team.id, public__isnull=True).update(
        public=team.public,
        public_signature=team.public_signature,
        private_wrap=team.private_wrap,
    )
    if founded:
        hand_over(team.id, 1, key, person)
        confirm_places(team.id, person.id, today, by=None)


def hand_over(team: UUID, turn: int, key: bytes, person: Person) -> None:
    """Seal the team's key to `person`, in place of a share sealed to a pair she no longer has."""
    TeamKeyShare.objects.filter(team=team, person=person, turn=turn).delete()
    TeamKeyShare(
        team_id=team, person=person, turn=turn, sealed=seal_share(team, turn, key, person)
    ).save(force_insert=True)


def confirm_places(team: UUID, person: UUID, today: date, by: UUID | None) -> None:
    """Put the person's waiting places in this team in force."""
    Membership.objects.filter(
        open_places(today), team=team, person=person, confirmed_on__isnull=True
    ).update(confirmed_on=today, confirmed_by=by)


def ready_for_keys(person: UUID) -> bool:
    """Whether she has an account with two ways in (security.md §4.3)."""
    account = account_of(person)
    return account is not None and has_both(account.id)


def must_be_ready(person: Person) -> None:
    """Raises a Refusal that says what is missing."""
    if person.public is None or not ready_for_keys(person.id):
        raise Refusal("not-ready", _("There is no account yet. It is made from the card, first."))
