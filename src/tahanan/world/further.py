"""Further teams for the copies, and who works in them: opened through the door like all others."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from tahanan.access.actor import Actor, Keyring
from tahanan.casework import copies, entry, people
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.vault import passphrase
from tahanan.world.cast import accounts
from tahanan.world.multiply import Into, multiply
from tahanan.world.office import BUILDER, Office
from tahanan.world.people import SEED, Account

AGENCY, ADMINISTRATOR = "silungan", "nestor"
# Opens every further team, so that it has a key; nobody comes in as her.
KEEPER = "keeper"
# Works in the first of them: who wants to look at copies comes in as her.
FURTHER = "further"
# So many cases a further team has, or one copy.
_TEAM = 1_000


def grow(said: Callable[[int], None], cases: int, *, seed: int = SEED, history: bool = True) -> int:
    """Copy what stands until there are at least so many cases; gives how many.

    Copies go to further teams, with as many people as it takes for caseloads to stay human. Those
    who were there keep their own children.
    """
    office = come_in(seed, history=history)
    all_of_them = everybody(office)
    with copies.by_the_million() as processes:
        keys = keys_of(all_of_them)
        block = copies.read_block(all_of_them, team_keys=keys)
        count = max(0, -(-(cases - block.cases) // block.cases))
        if count:
            into = _settle(office, seed, count, block)
            casework = casework_of(all_of_them)
            said(block.cases)
            multiply(block, into, keys, casework, said=said, processes=processes)
    return (count + 1) * block.cases


def come_in(seed: int = SEED, *, history: bool = True) -> Office:
    """Everybody of the demonstration, signed in with the keys open."""
    office = Office({account.key: account for account in accounts(seed, history=history)})
    for key in list(office.accounts):
        office.sign_in(key)
    return office


def everybody(office: Office) -> Actor:
    """One who is in every team that holds a case: whoever copies sees what she copies."""
    actors = list(office.actors.values())
    memberships = {(m.team, m.role): m for each in actors for m in each.memberships}
    held = {t: k for each in actors if each.keys for t, k in each.keys.teams.items()}
    first = next(each for each in actors if each.keys is not None)
    assert first.keys is not None
    keys = Keyring(first.keys.private, held)
    return replace(first, memberships=tuple(memberships.values()), keys=keys)


def keys_of(actor: Actor) -> dict[UUID, bytes]:
    """The current key of every team of hers."""
    assert actor.keys is not None
    return {team: held[0] for team, held in actor.keys.teams.items()}


def casework_of(actor: Actor) -> list[UUID]:
    """The casework teams of hers: copies of their cases go to another."""
    return [m.team for m in actor.memberships if m.kind is TeamKind.CASEWORK]


def key_of(actor: Actor, team: UUID) -> bytes:
    """The current key of a team of hers."""
    assert actor.keys is not None
    return actor.keys.teams[team][0]


def in_team(actor: Actor, team: UUID) -> Actor:
    """The same person as a member of one team alone."""
    place = next(m for m in actor.memberships if m.team == team)
    return replace(actor, memberships=(place,))


def invite(
    office: Office, administrator: Actor, account: Account, teams: Iterable[UUID], role: Relation
) -> UUID:
    """Somebody new, with a way in, in these teams."""
    first, *others = teams
    office.accounts[account.key] = account
    person = people.invite(administrator, name=account.name, title="", team=first, role=role)
    for team in others:
        people.add_to_team(administrator, person=person, team=team, role=role)
    office.people[account.key] = person
    words = entry.NewWords(account.passphrase, passphrase.recovery_code())
    people.set_up(
        BUILDER,
        person=person,
        sign_in_name=account.sign_in,
        words=words,
        secret=account.totp_secret,
    )
    return person


def account(key: str, name: str, drawn_by: object) -> Account:
    """A way in for somebody new: the same for the same draw."""
    drawn = random.Random(f"{drawn_by}/{key}")  # noqa: S311  printed, like every other here
    secret = base64.b32encode(bytes(drawn.randrange(256) for _ in range(20))).decode()
    sees = "The copies of the first further team."
    return Account(key, name, AGENCY, key, sees, passphrase.generate(6, drawn), secret)


def looks_in(seed: int = SEED) -> Account:
    """Who wants to look at the copies comes in as her."""
    return account(FURTHER, "Luz Further", seed)


def _settle(office: Office, seed: int, count: int, block: copies.Block) -> list[Into]:
    administrator = office.actors[ADMINISTRATOR]
    each = max(1, _TEAM // block.cases)
    taken = [min(each, count - at) for at in range(0, count, each)]
    teams = [
        people.open_team(administrator, name=f"Further casework {number}", kind=TeamKind.CASEWORK)
        for number in range(1, len(taken) + 1)
    ]
    keeping = account(KEEPER, "Keeper of the copies", seed)
    invite(office, administrator, keeping, teams, Relation.CASE_MANAGER)
    looks = invite(office, administrator, looks_in(seed), teams[:1], Relation.CASE_MANAGER)
    keeper = office.sign_in(KEEPER)
    for newcomer in people.newcomers(keeper):
        people.confirm_colleague(keeper, membership=newcomer.membership)
    found = []
    for team, number in zip(teams, taken, strict=True):
        here = [looks] if team == teams[0] else []
        held = max(block.press.dealt, -(-number * block.cases // copies.CASELOAD))
        hired = range(len(here), held)
        here += [_hired(administrator, team, n) for n in hired]
        found.append(Into(team, key_of(keeper, team), in_team(keeper, team), here, number))
    return found


def _hired(administrator: Actor, team: UUID, number: int) -> UUID:
    return people.invite(
        administrator,
        name=f"Case manager {number + 1} (invented)",
        title="",
        team=team,
        role=Relation.CASE_MANAGER,
    )
