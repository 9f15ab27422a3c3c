"""Who works in the town of the bench: ten more teams of the demonstration, through the door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bench.cast import (
    COLLEAGUES,
    DIRECTOR,
    FIVE,
    KEEPER,
    SEVERAL,
    SUPERVISOR,
    TEAMS,
    WORKERS,
    worker,
)
from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.casework import people
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.world import further
from tahanan.world.cast import accounts
from tahanan.world.office import Office


@dataclass
class Town:
    """The office of the demonstration and, beside it, the ten teams of the bench."""

    office: Office
    teams: list[UUID]
    colleagues: list[UUID]

    def everybody(self) -> Actor:
        """One who is in every team that holds a case: whoever copies sees what she copies."""
        return further.everybody(self.office)

    def of_team(self, number: int) -> Actor:
        """The keeper as a member of one team alone."""
        return further.in_team(self.office.actors[KEEPER], self.teams[number])


def settle(*, history: bool) -> Town:
    """Open the teams, invite who works there, and let everybody come in with the keys open."""
    own = accounts(history=history)
    office = Office({account.key: account for account in own})
    administrator = office.sign_in(further.ADMINISTRATOR)
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
    direction = people.open_team(
        administrator, name="Direction of the bench", kind=TeamKind.DIRECTION
    )
    _invite(town, administrator, DIRECTOR, [direction], Relation.DIRECTOR)
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
        for account in own:
            if account.key != further.ADMINISTRATOR:
                office.sign_in(account.key)
    return town


def ways_in(town: Town) -> dict[str, dict[str, str]]:
    """Everybody of the bench: sign-in name, passphrase and the secret of her phone."""
    own = {account.key for account in accounts(history=True)}
    return {
        key: {"phrase": account.passphrase, "totp": account.totp_secret}
        for key, account in town.office.accounts.items()
        if key not in own
    }


def _invite(
    town: Town, administrator: Actor, key: str, teams: Iterable[UUID], role: Relation
) -> None:
    account = further.account(key, f"{key.capitalize()} of the bench", "bench")
    further.invite(town.office, administrator, account, teams, role)


def _come_in(town: Town, key: str) -> Actor:
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        return town.office.sign_in(key)
