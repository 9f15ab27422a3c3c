"""A person's ring of team keys: each team's key, sealed to its members' signed public halves."""

from __future__ import annotations

from uuid import UUID

from tahanan.access import installation
from tahanan.access.actor import Keyring
from tahanan.records.models import Person, TeamKeyShare
from tahanan.vault import pairs
from tahanan.vault.suites import Unopenable, context

# A rotation leaves the key before it readable until every wrap under it has been renewed.
_TURNS_KEPT = 2


def ring_of(person: UUID, private: bytes) -> Keyring:
    """The keys of every team that has been given to `person`, the current before the previous.

    A share that does not open (planted, damaged, or sealed to an earlier pair) is left out: its
    team stays shut, the others open.
    """
    teams: dict[UUID, tuple[bytes, ...]] = {}
    rows = TeamKeyShare.objects.filter(person=person).order_by("-turn")
    for team, turn, sealed in rows.values_list("team_id", "turn", "sealed"):
        held = teams.get(team, ())
        if len(held) < _TURNS_KEPT:
            try:
                key = pairs.open_with(private, person, bytes(sealed), share_context(team, turn))
            except Unopenable:
                continue
            teams[team] = (*held, key)
    return Keyring(private=private, teams=teams)


def seal_share(team: UUID, turn: int, key: bytes, person: Person) -> bytes:
    """A team's key sealed to `person`. Raises Unopenable unless the registrar signed her half."""
    return pairs.seal_to(
        installation.registrar_public(), public_of(person), key, share_context(team, turn)
    )


def public_of(person: Person) -> pairs.SignedPublic:
    """Her public half with its signature. Raises Unopenable while she has none."""
    if person.public is None or person.public_signature is None:
        raise Unopenable
    return pairs.SignedPublic(
        person.id, "person", bytes(person.public), bytes(person.public_signature)
    )


def share_context(team: UUID, turn: int) -> bytes:
    """What a share is bound to, beside the person `seal_to` names."""
    return context("team-share", team, turn)
