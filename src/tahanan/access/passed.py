"""The proof that gate or scope said yes; nothing else can make one."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from tahanan.access.actor import Membership
from tahanan.access.rules import Action
from tahanan.records.vocabulary import Compartment, Relation

_STAMP = object()


@dataclass(frozen=True, slots=True)
class Passed:
    """One open grant, found and allowed for one action on one compartment of one case."""

    grant: UUID
    case: UUID
    compartment: Compartment
    action: Action
    membership: Membership
    version: int
    wrap: bytes = field(repr=False)
    stamp: object = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        # A forged proof would open a key that no rule allowed.
        if self.stamp is not _STAMP:
            raise TypeError("Passed is made by gate and scope alone.")

    @property
    def relation(self) -> Relation:
        """What the actor is to this case here."""
        return self.membership.relation


def stamp() -> object:
    """For gate and scope; a guard test sees that nobody else imports it."""
    return _STAMP
