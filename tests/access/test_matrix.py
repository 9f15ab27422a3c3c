"""The permission matrix, written by hand: who may read and write which compartment of Maya's case.

Three runs (security.md §9.1): as it is; with every key in the world at hand (the policy alone must
refuse); with a policy that always says yes (the missing key alone must refuse).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from tests.cast.cast import Cast

from tahanan.access import gate, keys, passed, scope
from tahanan.access.actor import Actor, Keyring
from tahanan.access.rules import Action, Ruling
from tahanan.base.errors import NotFound, Refusal
from tahanan.casework import grants
from tahanan.casework.door import command, query
from tahanan.records.vocabulary import Compartment, Relation
from tahanan.vault.suites import Unopenable

# For each person of the cast: what of Maya's case she may read, and write. One letter each:
# c card, i identity, a care, h health, t therapy, j justice, w whereabouts; "-" none at all,
# "404" no relation to the case. Not generated: change it only when a rule was changed on purpose.
MATRIX: dict[str, tuple[Relation, str, str]] = {
    "ana": (Relation.CASE_MANAGER, "ciahjw", "ciahjw"),
    "ben": (Relation.SUPERVISOR, "ciahjw", "ciahjw"),
    "coby": (Relation.COWORKER, "ca", "a"),
    "cora": (Relation.FACILITY_HEAD, "cahw", "cah"),
    "sol": (Relation.FACILITY_SOCIAL_WORKER, "cahw", "cah"),
    "nilda": (Relation.NURSE, "ch", "ch"),
    "hana": (Relation.HOUSE_PARENT, "c", "-"),
    "gary": (Relation.GUARD, "-", "-"),
    "dan": (Relation.THERAPIST, "cat", "at"),
    "leo": (Relation.LEGAL_LIAISON, "cij", "j"),
    "lito": (Relation.LAW_ENFORCEMENT, "j", "-"),
    "sela": (Relation.SAFEGUARDING_LEAD, "cj", "j"),
    "eli": (Relation.CHURCH_FOCAL, "404", "404"),
    "gil": (Relation.PROTECTION_OFFICER, "404", "404"),
    "dora": (Relation.DIRECTOR, "404", "404"),
    "ada": (Relation.ADMINISTRATOR, "404", "404"),
    "fe": (Relation.CASE_MANAGER, "404", "404"),
}
LETTER = {
    Compartment.CARD: "c",
    Compartment.IDENTITY: "i",
    Compartment.CARE: "a",
    Compartment.HEALTH: "h",
    Compartment.THERAPY: "t",
    Compartment.JUSTICE: "j",
    Compartment.WHEREABOUTS: "w",
}
CELLS = [
    (name, compartment, action)
    for name in MATRIX
    for compartment in Compartment
    for action in Action
]


@query("try_reading")
def _try_reading(visit, *, case: UUID, compartment: Compartment) -> bytes:
    return keys.open(visit, gate.pass_(visit, case, compartment, Action.READ)).key


@command("try_writing")
def _try_writing(visit, *, case: UUID, compartment: Compartment) -> UUID:
    keys.open(visit, gate.pass_(visit, case, compartment, Action.WRITE))
    return case


def outcome(actor: Actor, case: UUID, compartment: Compartment, action: Action) -> str:
    """“yes”, “no” or “404” for one try."""
    try:
        trying = _try_reading if action is Action.READ else _try_writing
        trying(actor, case=case, compartment=compartment)
    except NotFound:
        return "404"
    except Refusal as refusal:
        assert refusal.sentence, "a refusal says why"
        return "no"
    return "yes"


def expected(name: str, compartment: Compartment, action: Action) -> str:
    """What the hand-written matrix says."""
    letters = MATRIX[name][1 if action is Action.READ else 2]
    if letters == "404":
        return "404"
    return "yes" if LETTER[compartment] in letters else "no"


def test_everybody_of_the_cast_stands_in_the_matrix_and_every_relation_too(cast: Cast) -> None:
    assert set(MATRIX) == set(cast.everybody)
    for name, (relation, _read, _write) in MATRIX.items():
        assert getattr(cast, name).relations == {relation}
    # A survivor has no account yet, and a stranger is Fe.
    assert {row[0] for row in MATRIX.values()} == set(Relation) - {
        Relation.SURVIVOR,
        Relation.STRANGER,
    }


def test_each_person_opens_what_the_matrix_says_and_nothing_else(cast: Cast) -> None:
    wrong = [
        (name, compartment, action, got)
        for name, compartment, action in CELLS
        if (got := outcome(getattr(cast, name), cast.maya, compartment, action))
        != expected(name, compartment, action)
    ]
    assert not wrong


def test_with_every_key_at_hand_the_policy_alone_still_refuses(cast: Cast) -> None:
    everything = {team: (key,) for team, key in cast.office.team_keys.items()}
    for name, compartment, action in CELLS:
        actor = getattr(cast, name)
        armed = replace(actor, keys=Keyring(actor.keys.private, everything))
        got = outcome(armed, cast.maya, compartment, action)
        assert got == expected(name, compartment, action), (name, compartment, action)


@pytest.fixture
def yes_to_all(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A policy that says yes to everything."""
    for module in (gate, scope):
        monkeypatch.setattr(module, "may", lambda *_: Ruling(True))
    yield


def test_with_a_policy_that_says_yes_the_missing_key_alone_still_refuses(
    cast: Cast, yes_to_all: None
) -> None:
    """Every grant row of Maya's case is put before everybody; only its own team's key opens it."""
    tried = opened = 0
    for name in MATRIX:
        actor = getattr(cast, name)
        for grant, compartment, version, team, wrap in _all_grants(cast):
            mine = actor.memberships[0]
            proof = passed.Passed(
                grant, cast.maya, compartment, Action.READ, mine, version, wrap, passed.stamp()
            )
            tried += 1
            if team == mine.team:
                _open(actor, proof=proof)
                opened += 1
            else:
                with pytest.raises(Unopenable):
                    _open(actor, proof=proof)
    assert tried > 300
    assert opened > 20


@query("open_proof")
def _open(visit, *, proof: passed.Passed) -> bytes:
    return keys.open(visit, proof).key


@query("every_grant")
def _grants_of(visit, *, case: UUID) -> list:
    rows = scope.open_grants(visit).filter(case=case)
    return [
        (
            row.id,
            Compartment(row.compartment),
            row.version,
            grants.team_of(row.id, row.via, row.team, row.from_on),
            bytes(row.wrap),
        )
        for row in rows
    ]


def _all_grants(cast: Cast) -> list:
    found = _grants_of(cast.ana, case=cast.maya)
    assert len(found) >= 20
    assert {row[1] for row in found} == set(Compartment)
    return found


def test_a_forged_proof_is_refused() -> None:
    with pytest.raises(TypeError):
        passed.Passed(UUID(int=1), UUID(int=2), Compartment.CARE, Action.READ, None, 1, b"")


def test_an_ended_grant_opens_nothing_more(cast: Cast) -> None:
    assert outcome(cast.hana, cast.maya, Compartment.CARD, Action.READ) == "yes"
    _end_all(cast.ana, case=cast.maya, team=cast.team("house"))
    assert outcome(cast.hana, cast.maya, Compartment.CARD, Action.READ) == "404"


def _end_all(actor: Actor, *, case: UUID, team: UUID) -> None:
    from tahanan.casework import grants

    @command("end_for_test")
    def end(visit, *, case: UUID) -> UUID:
        rows = scope.open_grants(visit).filter(case=case)
        grants.end(
            visit,
            [r.id for r in rows if grants.team_of(r.id, r.via, r.team, r.from_on) == team],
        )
        return case

    end(actor, case=case)
