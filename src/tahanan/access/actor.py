"""Who is at the door: a person with memberships and open keys, or a named part of the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from tahanan.access.rules import relation_of
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.vault.secret import Secret


@dataclass(frozen=True, slots=True)
class Membership:
    """A place in a team that holds today and was confirmed by a colleague with the key."""

    team: UUID
    organisation: UUID
    kind: TeamKind
    role: Relation
    facility: UUID | None = None

    @property
    def relation(self) -> Relation:
        """What this membership makes of its person, to the cases the team holds."""
        return relation_of(self.kind, self.role)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Keyring(Secret):
    """A person's private half (32 bytes), and each team's key: the current, then the previous."""

    private: bytes
    teams: Mapping[UUID, tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or `system`, asking the door. `keys` is None while signed in but locked.

    `run` is the idempotency key of one form as rendered; `purpose` is why, where a page asks.
    `imports`: she brings in a history; only then may `known_at` say that it was known before now,
    and the door asks whether she may (`Visit.known`).
    """

    person: UUID | None
    organisation: UUID | None
    name: str
    memberships: tuple[Membership, ...] = ()
    keys: Keyring | None = field(default=None, repr=False)
    run: str | None = None
    session: UUID | None = None
    system: str | None = None
    purpose: str = ""
    imports: bool = False
    known_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.known_at is not None and not self.imports:
            raise ValueError("Only who brings in a history says when it was known.")

    @property
    def locked(self) -> bool:
        """Signed in, but nothing can be opened."""
        return self.keys is None and self.system is None

    @property
    def relations(self) -> frozenset[Relation]:
        """Every relation this person has through some team."""
        return frozenset(m.relation for m in self.memberships)

    def once(self, run: str) -> Actor:
        """This actor with the idempotency key of one rendered form."""
        return replace(self, run=run)

    def importing(self, known_at: datetime | None = None) -> Actor:
        """This actor bringing in a history, of which the next was known at an aware instant."""
        return replace(self, imports=True, known_at=known_at)

    def for_purpose(self, purpose: str) -> Actor:
        """This actor, saying why."""
        return replace(self, purpose=purpose)


def system(name: str) -> Actor:
    """A named part of the system: sign-in, sealer, tick, the demonstration's builder."""
    return Actor(person=None, organisation=None, name=name, system=name)
