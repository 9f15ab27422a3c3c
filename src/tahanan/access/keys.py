"""Compartment keys: opened only against a proof, and every opening noted (DESIGN §3 and §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from tahanan.access import installation
from tahanan.access.passed import Passed
from tahanan.access.visit import Visit
from tahanan.base.errors import Locked
from tahanan.records.models import CompartmentKey, Team
from tahanan.records.vocabulary import Compartment
from tahanan.vault import pairs, suites
from tahanan.vault.secret import Secret
from tahanan.vault.suites import Unopenable, context


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CompartmentSecret(Secret):
    """The key of one compartment of one case, at one version."""

    case: UUID
    compartment: Compartment
    version: int
    key: bytes = field(repr=False)

    def read(self, id: UUID, kind: str, of: UUID, ciphertext: bytes) -> bytes:
        """The plaintext of one `sealed` row. Raises Unopenable if anything was moved or changed."""
        return suites.open_sealed(self.key, ciphertext, self._context(id, kind, of))

    def write(self, id: UUID, kind: str, of: UUID, plaintext: bytes) -> bytes:
        """Ciphertext for one `sealed` row."""
        return suites.seal(self.key, plaintext, self._context(id, kind, of))

    def _context(self, id: UUID, kind: str, of: UUID) -> bytes:
        return context("sealed", self.case, self.compartment, self.version, id, kind, of)


def fresh(case: UUID, compartment: Compartment, version: int = 1) -> CompartmentSecret:
    """A new key for a compartment; the caller wraps it into grants and forgets it."""
    return CompartmentSecret(case, compartment, version, suites.new_key())


def open(visit: Visit, passed: Passed) -> CompartmentSecret:
    """The key that `passed` proves the actor may use. Notes the look itself.

    Raises Locked when the actor's keys are not open, Unopenable when none of them fits.
    """
    return open_many(visit, [passed])[passed.case]


def open_many(visit: Visit, passed: Iterable[Passed]) -> dict[UUID, CompartmentSecret]:
    """The keys of one compartment of many cases, each noted as a look; as `open`."""
    return {secret.case: secret for secret in open_parts(visit, passed).values()}


def open_parts(
    visit: Visit, passed: Iterable[Passed]
) -> dict[tuple[UUID, Compartment], CompartmentSecret]:
    """The keys of several compartments of several cases, each noted as a look; as `open`."""
    proofs = list(passed)
    found = _checked(visit, proofs)
    for proof in proofs:
        visit.note_look(proof.case, proof.compartment, proof.membership.team)
    return {(secret.case, secret.compartment): secret for secret in found}


def open_for_index(visit: Visit, passed: Iterable[Passed]) -> dict[UUID, CompartmentSecret]:
    """The keys of one compartment of many cases, for the search index alone.

    No plaintext leaves the door: names stay in the process, and each hit that is shown is opened
    again and noted. A guard sees that only `casework.index` calls it.
    """
    return {secret.case: secret for secret in _checked(visit, list(passed))}


def open_to_compare(visit: Visit, passed: Iterable[Passed]) -> dict[UUID, CompartmentSecret]:
    """The keys of one compartment of many cases, to compare suspects with those who run homes.

    As for the index, no plaintext leaves the door: what comes of it is whether a home cannot take a
    child. A guard sees that only `casework.comparing` calls it.
    """
    return {secret.case: secret for secret in _checked(visit, list(passed))}


def _checked(visit: Visit, proofs: list[Passed]) -> list[CompartmentSecret]:
    if not proofs:
        return []
    rows = CompartmentKey.objects.filter(
        case__in=[proof.case for proof in proofs],
        compartment__in={proof.compartment for proof in proofs},
    )
    commitments = {
        (case, compartment): bytes(commitment)
        for case, compartment, commitment in rows.values_list(
            "case_id", "compartment", "commitment"
        )
    }
    found: list[CompartmentSecret] = []
    for proof in proofs:
        secret = _unwrap(visit, proof)
        # AES-GCM does not commit to its key: a planted wrap must not open as another key.
        if not suites.same(
            suites.commitment(secret.key), commitments.get((proof.case, proof.compartment), b"")
        ):
            raise Unopenable
        found.append(secret)
    return found


def wrap_for_team(secret: CompartmentSecret, team: UUID, team_key: bytes) -> bytes:
    """The compartment key under a team's own key: by a member, for a grant row."""
    return suites.wrap(team_key, secret.key, grant_context(secret, team))


def seal_for_team(secret: CompartmentSecret, team: Team) -> bytes:
    """The compartment key sealed to another team's signed public half, checked first."""
    return pairs.seal_to(
        installation.registrar_public(), public_of(team), secret.key, grant_context(secret, team.id)
    )


def public_of(team: Team) -> pairs.SignedPublic:
    """A team's public half with its signature. A team without one cannot be given anything."""
    if team.public is None or team.public_signature is None:
        raise Unopenable
    return pairs.SignedPublic(team.id, "team", bytes(team.public), bytes(team.public_signature))


def grant_context(secret: CompartmentSecret, team: UUID) -> bytes:
    """What a wrapped compartment key is bound to."""
    return context("grant", secret.case, secret.compartment, secret.version, team)


def sealed_pattern(compartment: Compartment, version: int, kind: str) -> bytes:
    """What a `sealed` row is bound to, with holes for its case, its own id and what it is of."""
    return suites.pattern("sealed", UUID, compartment, version, UUID, kind, UUID)


def grant_pattern(compartment: Compartment, version: int, team: UUID) -> bytes:
    """What a wrapped compartment key is bound to, with a hole for its case."""
    return suites.pattern("grant", UUID, compartment, version, team)


def team_key(visit: Visit, team: UUID) -> bytes:
    """The current key of one of the actor's own teams."""
    if visit.actor.keys is None or team not in visit.actor.keys.teams:
        raise Locked
    return visit.actor.keys.teams[team][0]


def seal_for_own_team(visit: Visit, team: UUID, plaintext: bytes, bound: bytes) -> bytes:
    """What a team keeps of its own before it belongs to a case, under its current key."""
    return suites.seal(team_key(visit, team), plaintext, bound)


def open_own_team(visit: Visit, team: UUID, ciphertext: bytes, bound: bytes) -> bytes:
    """What `seal_for_own_team` sealed. Raises Locked, or Unopenable when no key fits."""
    if visit.actor.keys is None:
        raise Locked
    visit.team = team
    for key in visit.actor.keys.teams.get(team, ()):
        try:
            return suites.open_sealed(key, ciphertext, bound)
        except Unopenable:
            continue
    raise Unopenable


def _unwrap(visit: Visit, passed: Passed) -> CompartmentSecret:
    team = passed.membership.team
    if visit.actor.keys is None:
        raise Locked
    bound = context("grant", passed.case, passed.compartment, passed.version, team)
    # A wrap shows no team-key version: the current is tried, then the previous (DESIGN §5).
    for key in visit.actor.keys.teams.get(team, ()):
        try:
            opened = open_wrap(visit, key, passed.wrap, bound, team)
        except Unopenable:
            continue
        return CompartmentSecret(passed.case, passed.compartment, passed.version, opened)
    raise Unopenable


def open_wrap(visit: Visit, key: bytes, wrap: bytes, bound: bytes, team: UUID) -> bytes:
    """The compartment key in one wrap of a team, under the team's `key`. Raises Unopenable."""
    if wrap[:1] != bytes([pairs.HPKE_X25519]):
        return suites.unwrap(key, wrap, bound)
    private = suites.unwrap(key, _sealed_half(visit, team), context("team-private", team))
    return pairs.open_with(private, team, wrap, bound)


def _sealed_half(visit: Visit, team: UUID) -> bytes:
    """The team's private half as it is kept, asked for once a visit, however many wraps follow."""
    if team not in visit.sealed_halves:
        kept = Team.objects.values_list("private_wrap", flat=True).get(id=team)
        if kept is None:
            raise Unopenable
        visit.sealed_halves[team] = bytes(kept)
    return visit.sealed_halves[team]
