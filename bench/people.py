"""Who works in the town of the bench: ten more teams of the demonstration, through the door."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from bench.cast import COLLEAGUES, FIVE, KEEPER, SEVERAL, SUPERVISOR, TEAMS, WORKERS, worker
from tahanan.access.actor import Actor, Keyring
from tahanan.base import clock
from tahanan.casework import entry, people
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.vault import passphrase
from tahanan.world.office import BUILDER, Office
from tahanan.world.people import Account, accounts

AGENCY, ADMINISTRATOR = "silungan", "nestor"


@dataclass
class Town:
    """The office of the demonstration and, beside it, the ten teams of the bench."""

    office: Office
    teams: list[UUID]
    colleagues: list[UUID]

    def everybody(self) -> Actor:
        """One who is in every team that holds a case: whoever copies sees what she copies."""
        actors = list(self.office.actors.values())
        memberships = {(m.team, m.role): m for each in actors for m in each.memberships}
        held = {t: k for each in actors if each.keys for t, k in each.keys.teams.items()}
        first = self.office.actors[KEEPER]
        assert first.keys is not None
        keys = Keyring(first.keys.private, held)
        return replace(first, memberships=tuple(memberships.values()), keys=keys)

    def of_team(self, number: int) -> Actor:
        """The keeper as a member of one team alone."""
        keeper = self.office.actors[KEEPER]
        place = next(m for m in keeper.memberships if m.team == self.teams[number])
        return replace(keeper, memberships=(place,))


def settle() -> Town:
    """Open the teams, invite who works there, and let everybody come in with the keys open."""
    office = Office({account.key: account for account in accounts()})
    administrator = office.sign_in(ADMINISTRATOR)
    teams = [
        people.open_team(administrator, name=f"Bench {number}", kind=TeamKind.CASEWORK)
        for number in range(1, TEAMS + 1)
    ]
    town = Town(office, teams, [])
    _invite(town, administrator, KEEPER, teams, Relation.CASE_MANAGER)
    keeper = _come_in(town, KEEPER)
    for number in range(WORKERS):
        _invite(town, administrator, worker(number), teams[:1], Relation.CASE_MANAGER)
    _invite(town, administrator, FIVE, teams[:SEVERAL], Relation.CASE_MANAGER)
    _invite(town, administrator, SUPERVISOR, teams[:SEVERAL], Relation.SUPERVISOR)
    for newcomer in people.newcomers(keeper):
        people.confirm_colleague(keeper, membership=newcomer.membership)
    for number in range(COLLEAGUES):
        colleague = f"Colleague {number + 1}"
        town.colleagues.append(
            people.invite(
                administrator, name=colleague, title="", team=teams[0], role=Relation.CASE_MANAGER
            )
        )
    # A phone's code is good once: the builder of the demonstration may have used this minute's.
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        for account in accounts():
            if account.key != ADMINISTRATOR:
                office.sign_in(account.key)
    return town


def ways_in(town: Town) -> dict[str, dict[str, str]]:
    """Everybody of the bench: sign-in name, passphrase and the secret of her phone."""
    own = {account.key for account in accounts()}
    return {
        key: {"phrase": account.passphrase, "totp": account.totp_secret}
        for key, account in town.office.accounts.items()
        if key not in own
    }


def _invite(
    town: Town, administrator: Actor, key: str, teams: Iterable[UUID], role: Relation
) -> None:
    first, *others = teams
    account = _account(key)
    town.office.accounts[key] = account
    person = people.invite(administrator, name=account.name, title="", team=first, role=role)
    for team in others:
        people.add_to_team(administrator, person=person, team=team, role=role)
    town.office.people[key] = person
    words = entry.NewWords(account.passphrase, passphrase.recovery_code())
    people.set_up(BUILDER, person=person, sign_in_name=key, words=words, secret=account.totp_secret)


def _come_in(town: Town, key: str) -> Actor:
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        return town.office.sign_in(key)


def _account(key: str) -> Account:
    drawn = random.Random(f"bench/{key}")
    secret = base64.b32encode(bytes(drawn.randrange(256) for _ in range(20))).decode()
    return Account(
        key,
        f"{key.capitalize()} of the bench",
        AGENCY,
        key,
        "",
        passphrase.generate(6, drawn),
        secret,
    )
