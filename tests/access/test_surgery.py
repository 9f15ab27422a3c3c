"""Ciphertext surgery (security.md §9.4): whatever is moved, cut or planted fails closed, alike."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from tests import thief
from tests.cast.cast import Cast

from tahanan.access import gate, installation, keys
from tahanan.access.rules import Action
from tahanan.casework import cases, grants, texts
from tahanan.casework.door import command, query
from tahanan.records.models import Grant, Sealed, Team
from tahanan.records.vocabulary import Compartment, Purpose
from tahanan.vault import pairs, suites
from tahanan.vault.suites import Unopenable


@query("read_card")
def _card(visit, *, case: UUID) -> dict:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARD, Action.READ))
    return texts.read(secret, kind=cases.CARD)[-1].content


@query("read_identity")
def _identity(visit, *, case: UUID) -> object:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.READ))
    return cases.identity(secret)


@command("share_again")
def _share(visit, *, case: UUID, team: UUID) -> UUID:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    grants.give(visit, secret, Team.objects.get(id=team), grants.Terms(Purpose.CARE))
    return case


CUTS: dict[str, Callable[[bytes], bytes]] = {
    "a flipped first bit": lambda b: bytes([b[0] ^ 1]) + b[1:],
    "a flipped bit in the middle": lambda b: b[:40] + bytes([b[40] ^ 4]) + b[41:],
    "a flipped last bit": lambda b: b[:-1] + bytes([b[-1] ^ 128]),
    "its last byte cut": lambda b: b[:-1],
    "all but its head cut": lambda b: b[:13],
    "nothing left": lambda b: b"",
    "more behind it": lambda b: b + b"\0",
}


@query("one_sealed")
def _sealed(visit, *, case: UUID, compartment: Compartment) -> Sealed:
    return Sealed.objects.filter(case=case, compartment=compartment).order_by("id")[0]


@query("own_grant")
def _grant(visit, *, case: UUID, compartment: Compartment) -> Grant:
    return Grant.objects.get(case=case, compartment=compartment, via="casework")


@pytest.mark.parametrize("cut", CUTS)
def test_a_text_that_was_cut_opens_for_nobody(cast: Cast, cut: str) -> None:
    text = _sealed(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    whole = bytes(text.ciphertext)
    thief.write("sealed", text.id, ciphertext=CUTS[cut](whole))
    with pytest.raises(Unopenable):
        _card(cast.ana, case=cast.maya)
    thief.write("sealed", text.id, ciphertext=whole)
    assert _card(cast.ana, case=cast.maya)["chosen"] == "Maya"


@pytest.mark.parametrize("cut", CUTS)
def test_a_wrapped_key_that_was_cut_opens_for_nobody(cast: Cast, cut: str) -> None:
    grant = _grant(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    thief.write("grant", grant.id, wrap=CUTS[cut](bytes(grant.wrap)))
    with pytest.raises(Unopenable):
        _card(cast.ana, case=cast.maya)


def test_a_text_moved_to_another_child_opens_in_neither_file(cast: Cast) -> None:
    maya = _sealed(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    jun = _sealed(cast.ana, case=cast.jun, compartment=Compartment.CARD)
    thief.write("sealed", maya.id, ciphertext=bytes(jun.ciphertext))
    thief.write("sealed", jun.id, ciphertext=bytes(maya.ciphertext))
    for case in (cast.maya, cast.jun):
        with pytest.raises(Unopenable):
            _card(cast.ana, case=case)


def test_a_text_moved_to_another_compartment_of_the_same_child_does_not_open(cast: Cast) -> None:
    card = _sealed(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    identity = _sealed(cast.ana, case=cast.maya, compartment=Compartment.IDENTITY)
    thief.write("sealed", card.id, ciphertext=bytes(identity.ciphertext))
    with pytest.raises(Unopenable):
        _card(cast.ana, case=cast.maya)


def test_an_older_text_put_back_after_a_new_key_does_not_open(cast: Cast) -> None:
    text = _sealed(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    before = bytes(text.ciphertext)
    _renew(cast.ana, case=cast.maya)
    assert _card(cast.ana, case=cast.maya)["chosen"] == "Maya"
    thief.write("sealed", text.id, ciphertext=before, version=1)
    with pytest.raises(Unopenable):
        _card(cast.ana, case=cast.maya)


def test_a_saved_old_wrap_opens_nothing_after_a_new_key(cast: Cast) -> None:
    grant = _grant(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    saved = {"wrap": bytes(grant.wrap), "version": grant.version}
    _renew(cast.ana, case=cast.maya)
    thief.write("grant", grant.id, **saved)
    with pytest.raises(Unopenable):
        _card(cast.ana, case=cast.maya)


@command("renew_for_test")
def _renew(visit, *, case: UUID) -> UUID:
    grants.rekey(visit, gate.pass_(visit, case, Compartment.CARD, Action.WRITE))
    return case


def test_another_childs_wrap_planted_in_a_grant_does_not_open(cast: Cast) -> None:
    maya = _grant(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    jun = _grant(cast.ana, case=cast.jun, compartment=Compartment.CARD)
    thief.write("grant", maya.id, wrap=bytes(jun.wrap))
    with pytest.raises(Unopenable):
        _card(cast.ana, case=cast.maya)


def test_a_planted_key_that_is_rightly_wrapped_is_refused_by_its_commitment(cast: Cast) -> None:
    """The thief's own key, sealed to the team's public half: AES-GCM alone would take it."""
    grant = _grant(cast.ana, case=cast.maya, compartment=Compartment.CARD)
    planted = keys.CompartmentSecret(cast.maya, Compartment.CARD, 1, suites.new_key())
    team = Team.objects.get(id=cast.team("casework"))
    thief.write("grant", grant.id, wrap=keys.seal_for_team(planted, team))
    with pytest.raises(Unopenable):
        _card(cast.ana, case=cast.maya)


def test_a_swapped_public_key_is_sealed_to_by_nobody(cast: Cast) -> None:
    """A server that hands out public keys could hand out the attacker's (security.md §1)."""
    team = cast.team("cowork")
    thief.write("team", team, public=pairs.new_pair().public)
    with pytest.raises(Unopenable):
        _share(cast.ana, case=cast.jun, team=team)


def test_a_public_key_signed_for_another_team_is_sealed_to_by_nobody(cast: Cast) -> None:
    team, other = Team.objects.get(id=cast.team("cowork")), Team.objects.get(id=cast.team("agapay"))
    thief.write(
        "team",
        team.id,
        public=bytes(other.public),
        public_signature=bytes(other.public_signature),
    )
    with pytest.raises(Unopenable):
        _share(cast.ana, case=cast.jun, team=team.id)


def test_a_registrar_planted_in_the_database_signs_nothing(cast: Cast) -> None:
    seed, pair, team = suites.new_key(), pairs.new_pair(), cast.team("cowork")
    signed = pairs.sign_public(seed, team, "team", pair.public)
    thief.write("team", team, public=signed.public, public_signature=signed.signature)
    thief.write("installation", installation.here().tenant, registrar_public=pairs.public_of(seed))
    installation.forget()
    with pytest.raises(Unopenable):
        _share(cast.ana, case=cast.jun, team=team)


def test_every_failure_says_the_same(cast: Cast) -> None:
    """One generic error, so that nobody learns by trying."""
    said = set()
    text = _sealed(cast.ana, case=cast.maya, compartment=Compartment.IDENTITY)
    for cut in CUTS.values():
        thief.write("sealed", text.id, ciphertext=cut(bytes(text.ciphertext)))
        with pytest.raises(Unopenable) as caught:
            _identity(cast.ana, case=cast.maya)
        said.add((type(caught.value), str(caught.value)))
    assert len(said) == 1
