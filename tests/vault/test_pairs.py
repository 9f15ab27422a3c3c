"""Key pairs: sealing to a person or team, the registrar's word, and signatures."""

from __future__ import annotations

import dataclasses
from uuid import uuid4

import pytest
from tests.vault.breakage import assert_all_damage_refused

from tahanan.vault import pairs, suites
from tahanan.vault.suites import Unopenable

REGISTRAR = bytes(range(32))
REGISTRAR_PUBLIC = pairs.public_of(REGISTRAR)
HERE = suites.context("referral", 1)
TEAM_KEY = bytes(range(100, 132))


@pytest.fixture
def luz():
    return pairs.new_pair()


@pytest.fixture
def of_luz(luz):
    return pairs.sign_public(REGISTRAR, uuid4(), "person", luz.public)


def test_luz_opens_what_was_sealed_to_her(luz, of_luz):
    sealed = pairs.seal_to(REGISTRAR_PUBLIC, of_luz, TEAM_KEY, HERE)
    assert pairs.open_with(luz.private, of_luz.subject, sealed, HERE) == TEAM_KEY
    assert len(sealed) == 81
    assert sealed[0] == pairs.HPKE_X25519


def test_nobody_else_opens_it(of_luz):
    sealed = pairs.seal_to(REGISTRAR_PUBLIC, of_luz, TEAM_KEY, HERE)
    for private in (pairs.new_pair().private, bytes(32), b"", b"short"):
        with pytest.raises(Unopenable):
            pairs.open_with(private, of_luz.subject, sealed, HERE)


def test_it_opens_for_no_other_subject_and_in_no_other_context(luz, of_luz):
    sealed = pairs.seal_to(REGISTRAR_PUBLIC, of_luz, TEAM_KEY, HERE)
    with pytest.raises(Unopenable):
        pairs.open_with(luz.private, uuid4(), sealed, HERE)
    with pytest.raises(Unopenable):
        pairs.open_with(luz.private, of_luz.subject, sealed, suites.context("referral", 2))


def test_every_damaged_seal_is_refused(luz, of_luz):
    sealed = pairs.seal_to(REGISTRAR_PUBLIC, of_luz, TEAM_KEY, HERE)
    assert_all_damage_refused(
        sealed, lambda copy: pairs.open_with(luz.private, of_luz.subject, copy, HERE)
    )


def test_the_thief_who_swaps_a_public_half_is_handed_nothing(of_luz):
    """Whoever writes to the database plants their own half under her name."""
    thief = pairs.new_pair()
    swapped = dataclasses.replace(of_luz, public=thief.public)
    own_word = pairs.sign_public(suites.new_key(), of_luz.subject, "person", thief.public)
    for planted in (swapped, own_word):
        with pytest.raises(Unopenable):
            pairs.seal_to(REGISTRAR_PUBLIC, planted, TEAM_KEY, HERE)


def test_a_signed_half_speaks_for_one_subject_of_one_kind(of_luz):
    pairs.check_public(REGISTRAR_PUBLIC, of_luz)
    for altered in (
        dataclasses.replace(of_luz, subject=uuid4()),
        dataclasses.replace(of_luz, kind="team"),
        dataclasses.replace(of_luz, signature=b""),
        dataclasses.replace(of_luz, signature=bytes(64)),
    ):
        with pytest.raises(Unopenable):
            pairs.check_public(REGISTRAR_PUBLIC, altered)


@pytest.mark.parametrize("weak", [bytes(32), b"\1" + bytes(31), b"short", b""])
def test_a_half_that_no_key_stands_behind_is_refused_even_when_signed(weak):
    """Low-order points give every sender the same shared secret."""
    signed = pairs.sign_public(REGISTRAR, uuid4(), "person", weak)
    with pytest.raises(Unopenable):
        pairs.seal_to(REGISTRAR_PUBLIC, signed, TEAM_KEY, HERE)


def test_the_signature_is_checked_before_the_key_is_touched(monkeypatch, of_luz):
    def sealed_without_looking(*args, **kwargs):
        raise AssertionError("sealed to an unchecked half")

    monkeypatch.setattr(pairs, "_HPKE", type("Spy", (), {"encrypt": sealed_without_looking})())
    with pytest.raises(Unopenable):
        pairs.seal_to(pairs.public_of(suites.new_key()), of_luz, TEAM_KEY, HERE)


def test_a_signature_holds_for_its_message_only():
    signature = pairs.sign(REGISTRAR, b"head 7")
    assert_all_damage_refused(
        signature, lambda copy: pairs.verify(REGISTRAR_PUBLIC, b"head 7", copy)
    )
    with pytest.raises(Unopenable):
        pairs.verify(REGISTRAR_PUBLIC, b"head 8", signature)
    with pytest.raises(Unopenable):
        pairs.verify(b"short", b"head 7", signature)


def test_two_pairs_are_never_alike():
    assert len({pairs.new_pair().private for _ in range(50)}) == 50
