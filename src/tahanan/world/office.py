"""The office of the demonstration, built through the door: agencies, teams, people, homes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from tahanan.access.actor import Actor, system
from tahanan.base import clock
from tahanan.casework import entry, facilities, people
from tahanan.casework.entry import factors
from tahanan.records.vocabulary import OrganisationKind, Permit, Relation, TeamKind
from tahanan.vault import passphrase
from tahanan.world.cast import OFFICE, Cast
from tahanan.world.people import Account, OrganisationPlan
from tahanan.world.places import HomePlan

BUILDER = system("demonstration")
_HERE = entry.Where("127.0.0.1")
_FACILITY_TEAM = {
    "staff": TeamKind.FACILITY_STAFF,
    "clinic": TeamKind.FACILITY_CLINIC,
    "house": TeamKind.FACILITY_HOUSE,
}


@dataclass
class Office:
    """What was built, by the recipe's short names, and everybody signed in."""

    accounts: dict[str, Account]
    cast: Cast = OFFICE
    people: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    homes: dict[str, UUID] = field(default_factory=dict)
    organisations: dict[str, UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def sign_in(self, key: str) -> Actor:
        """The person as she comes in by passphrase and phone, with her places of now."""
        account = self.accounts[key]
        waiting = entry.sign_in(
            entry.GATE, name=account.sign_in, phrase=account.passphrase, where=_HERE
        )
        if not isinstance(waiting, entry.Waiting):
            raise RuntimeError(waiting.sentence)
        code = factors.code_now(account.totp_secret)
        inside = entry.second_factor(entry.GATE, cookies=waiting.cookies, code=code, where=_HERE)
        if not isinstance(inside, entry.SignedIn):
            raise RuntimeError(inside.sentence)
        opened = entry.open_session(inside.cookies)
        if opened is None:
            raise RuntimeError("The session that was just begun is not there.")
        entry.sign_out(entry.GATE, cookies=inside.cookies)
        self.actors[key] = opened.actor
        return opened.actor


def build(office: Office, today: date) -> None:
    """The organisations with their teams, people and homes, before anything happens."""
    for plan in office.cast.organisations:
        _organisation(office, plan)
    for home in office.cast.homes:
        _home(office, home, today)
    for plan in office.cast.organisations:
        _colleagues(office, plan)
    # An hour later, or the phone would show a code that was used already.
    with clock.frozen(clock.now() + timedelta(hours=1)):
        for person in office.cast.people:
            office.sign_in(person.key)


def _organisation(office: Office, plan: OrganisationPlan) -> None:
    who = next(person for person in office.cast.people if person.key == plan.administrator)
    kind: OrganisationKind = plan.kind
    person = people.found_organisation(
        BUILDER, name=plan.name, kind=kind, region=plan.region, administrator=who.name
    )
    office.people[who.key] = person
    _account(office, who.key)
    actor = office.sign_in(who.key)
    if actor.organisation is None:
        raise RuntimeError(f"{who.name} belongs to no organisation.")
    office.organisations[plan.key] = actor.organisation
    for key, (name, team_kind) in plan.teams.items():
        office.teams[key] = people.open_team(actor, name=name, kind=team_kind)


def _home(office: Office, plan: HomePlan, today: date) -> None:
    actor = office.actors[office.cast.administrator(plan.organisation)]
    home = facilities.add_facility(
        actor,
        organisation=office.organisations[plan.organisation],
        name=plan.name,
        kind=plan.kind,
        city=plan.city,
        address=f"12 {plan.name.rsplit(' ', 1)[-1]} Street (invented)",
        review_days=plan.review_days,
        stay_target_days=plan.target_days,
    )
    office.homes[plan.key] = home
    for kind, days in (
        (Permit.LICENCE, plan.licence_days),
        (Permit.ACCREDITATION, plan.accreditation_days),
    ):
        if days is not None:
            facilities.record_permit(
                actor,
                facility=home,
                kind=kind,
                valid_from=today - timedelta(days=plan.licensed_days),
                valid_until=today + timedelta(days=days),
            )
    lines = tuple(
        facilities.Places(sex, first, last, places) for sex, first, last, places in plan.lines
    )
    facilities.set_capacity(actor, facility=home, lines=lines)
    for team in plan.teams:
        key = team if plan.key == "banaba" else f"{team}/{plan.key}"
        office.teams[key] = people.open_team(
            actor, name=f"{plan.name}, {team}", kind=_FACILITY_TEAM[team], facility=home
        )


def finish_homes(office: Office) -> None:
    """What of the homes changed lately: places out of use, a home that pauses."""
    for plan in office.cast.homes:
        actor = office.actors[office.cast.administrator(plan.organisation)]
        if plan.out_of_use:
            facilities.take_out_of_use(
                actor,
                facility=office.homes[plan.key],
                line=1,
                places=plan.out_of_use,
                reason="The roof leaks over one bed.",
            )
        if plan.paused:
            facilities.pause_facility(actor, facility=office.homes[plan.key])


def _colleagues(office: Office, plan: OrganisationPlan) -> None:
    """Places first, accounts then: a team's first member makes its key and lets others in."""
    administrator = office.actors[plan.administrator]
    for person in office.cast.people:
        if person.organisation != plan.key:
            continue
        for team, role in person.places.items():
            for key in _teams(office, team, role):
                _give_place(office, administrator, person.key, key, role)
    for person in office.cast.people:
        if person.organisation == plan.key and person.key != plan.administrator:
            _account(office, person.key)
    _say_yes(office, plan)


def _teams(office: Office, team: str, role: Relation) -> list[str]:
    leads = role in (Relation.FACILITY_HEAD, Relation.FACILITY_SOCIAL_WORKER)
    return [key for key in office.teams if key == team or (leads and key.startswith(f"{team}/"))]


def _give_place(
    office: Office, administrator: Actor, person: str, team: str, role: Relation
) -> None:
    if person in office.people:
        people.add_to_team(
            administrator, person=office.people[person], team=office.teams[team], role=role
        )
        return
    who = next(each for each in office.cast.people if each.key == person)
    office.people[person] = people.invite(
        administrator, name=who.name, title=who.title, team=office.teams[team], role=role
    )


def _account(office: Office, key: str) -> None:
    account = office.accounts[key]
    words = entry.NewWords(account.passphrase, passphrase.recovery_code())
    people.set_up(
        BUILDER,
        person=office.people[key],
        sign_in_name=account.sign_in,
        words=words,
        secret=account.totp_secret,
    )


def _say_yes(office: Office, plan: OrganisationPlan) -> None:
    """Each colleague who holds a team's key lets in those who wait for it."""
    minutes = 2
    for person in office.cast.people:
        if person.organisation != plan.key:
            continue
        with clock.frozen(clock.now() + timedelta(minutes=minutes)):
            actor = office.sign_in(person.key)
            for newcomer in people.newcomers(actor):
                people.confirm_colleague(actor, membership=newcomer.membership)
        minutes += 2
