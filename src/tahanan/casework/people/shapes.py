"""What pages about people, teams and cards are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.vault.secret import Secret


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a team: held, or waiting for a colleague's yes."""

    membership: UUID
    team: UUID
    team_name: str
    kind: TeamKind
    role: Relation
    since: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the organisation. `came` once she has made her account from her card."""

    id: UUID
    name: str
    title: str
    came: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team. `keyed` once its first member holds its key; `roles` may be given in it."""

    id: UUID
    name: str
    kind: TeamKind
    keyed: bool
    roles: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """The administrator's page: her organisation's people and teams, never a case."""

    organisation: str
    people: tuple[Colleague, ...]
    teams: tuple[TeamRow, ...]


@dataclass(frozen=True, slots=True)
class ColleaguePage:
    """One person and the teams she could still join.

    `why_stays`: why her place as administrator cannot end, nor she leave; else empty.
    """

    colleague: Colleague
    teams: tuple[TeamRow, ...]
    why_stays: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A colleague who waits for a yes; `words` stand for her public key."""

    membership: UUID
    name: str
    title: str
    team_name: str
    role: Relation
    words: str


@dataclass(frozen=True, slots=True)
class Card(Secret):
    """A card to print: the sign-in name and a code that is good once, until a day."""

    person: UUID
    name: str
    sign_in_name: str
    code: str
    until: date


@dataclass(frozen=True, slots=True)
class Accepted(Secret):
    """The account stands: its spare codes, shown once."""

    name: str
    spare_codes: tuple[str, ...]
