"""Wrapping, sealing, deriving: what opens, and that everything else fails closed alike."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st
from tests.vault.breakage import assert_all_damage_refused

from tahanan.vault import suites
from tahanan.vault.suites import Unopenable

KEY = bytes(range(32))
HERE = suites.context("case", UUID(int=7), "card", 1)

parts = st.one_of(st.text(), st.binary(), st.integers(), st.uuids())


@given(st.binary(min_size=1, max_size=64), st.binary(max_size=40))
def test_a_wrapped_key_comes_back(key, context):
    assert suites.unwrap(KEY, suites.wrap(KEY, key, context), context) == key


def test_a_wrapped_key_takes_61_bytes_and_says_its_suite_first():
    wrapped = suites.wrap(KEY, suites.new_key(), HERE)
    assert len(wrapped) == 61
    assert wrapped[0] == suites.WRAP_AES_256_GCM


@given(st.binary(max_size=2000), st.binary(max_size=40), st.integers(1, 600))
def test_a_sealed_text_comes_back(text, context, step):
    assert suites.open_sealed(KEY, suites.seal(KEY, text, context, step), context) == text


@given(st.binary(max_size=2000), st.integers(1, 600))
def test_a_sealed_text_shows_its_length_only_in_steps(text, step):
    sealed = suites.seal(KEY, text, HERE, step)
    assert (len(sealed) - 29) % step == 0
    assert 0 <= len(sealed) - 29 - 4 - len(text) < step


def test_a_short_note_and_a_long_note_look_alike():
    assert len(suites.seal(KEY, b"", HERE)) == len(suites.seal(KEY, b"n" * 508, HERE)) == 541


def test_every_damaged_wrap_is_refused():
    wrapped = suites.wrap(KEY, suites.new_key(), HERE)
    assert_all_damage_refused(wrapped, lambda copy: suites.unwrap(KEY, copy, HERE))


def test_every_damaged_text_is_refused():
    sealed = suites.seal(KEY, b"Tala", HERE, 16)
    assert_all_damage_refused(sealed, lambda copy: suites.open_sealed(KEY, copy, HERE))


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_a_blob_moved_to_another_context_is_refused(mine, others):
    wrapped, sealed = suites.wrap(KEY, KEY, mine), suites.seal(KEY, b"Tala", mine)
    if mine != others:
        with pytest.raises(Unopenable):
            suites.unwrap(KEY, wrapped, others)
        with pytest.raises(Unopenable):
            suites.open_sealed(KEY, sealed, others)


@pytest.mark.parametrize("key", [bytes(32), KEY[:16], KEY[:24], KEY + b"\0", b""])
def test_another_key_or_half_a_key_is_refused(key):
    with pytest.raises(Unopenable):
        suites.unwrap(key, suites.wrap(KEY, KEY, HERE), HERE)
    with pytest.raises(Unopenable):
        suites.open_sealed(key, suites.seal(KEY, b"Tala", HERE), HERE)


@pytest.mark.parametrize("key", [KEY[:16], KEY[:24], b""])
def test_a_short_key_never_closes_anything(key):
    with pytest.raises(ValueError, match="32 bytes"):
        suites.wrap(key, KEY, HERE)
    with pytest.raises(ValueError, match="32 bytes"):
        suites.seal(key, b"Tala", HERE)


def test_a_wrapped_key_never_opens_as_a_text_or_the_reverse():
    wrapped, sealed = suites.wrap(KEY, KEY, HERE), suites.seal(KEY, b"Tala", HERE)
    relabelled = bytes((suites.SEAL_AES_256_GCM,)) + wrapped[1:]
    for blob in (wrapped, relabelled):
        with pytest.raises(Unopenable):
            suites.open_sealed(KEY, blob, HERE)
    with pytest.raises(Unopenable):
        suites.unwrap(KEY, sealed, HERE)


@pytest.mark.parametrize("padded", [b"", b"\0\0\0", b"\0\0\0\5Tala", b"\0\0\0\3Tala", b"\xff" * 8])
def test_a_rightly_sealed_text_with_wrong_padding_is_refused(padded):
    blob = suites._close(suites.SEAL_AES_256_GCM, KEY, padded, HERE)
    with pytest.raises(Unopenable):
        suites.open_sealed(KEY, blob, HERE)


def test_sealing_twice_gives_two_texts():
    assert suites.seal(KEY, b"Tala", HERE) != suites.seal(KEY, b"Tala", HERE)


@given(st.lists(parts, max_size=5), st.lists(parts, max_size=5))
def test_two_contexts_are_equal_only_when_every_part_is(mine, others):
    alike = [(type(part), part) for part in mine] == [(type(part), part) for part in others]
    assert (suites.context(*mine) == suites.context(*others)) is alike


@pytest.mark.parametrize(
    ("mine", "others"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", ""), ("a",)),
        (("1",), (1,)),
        (("a",), (b"a",)),
        ((-1,), (1,)),
        ((UUID(int=5).bytes,), (UUID(int=5),)),
    ],
)
def test_contexts_that_read_alike_differ(mine, others):
    assert suites.context(*mine) != suites.context(*others)


@pytest.mark.parametrize("part", [True, None, 1.5, bytearray(b"a"), ("a",)])
def test_a_context_takes_nothing_of_unclear_meaning(part):
    with pytest.raises(TypeError):
        suites.context(part)


def test_a_planted_key_does_not_fit_the_commitment():
    key = suites.new_key()
    assert len(suites.commitment(key)) == 16
    assert suites.same(suites.commitment(key), suites.commitment(key))
    assert not suites.same(suites.commitment(key), suites.commitment(suites.new_key()))


def test_a_keyed_digest_hears_the_border_between_parts_and_the_key():
    digest = suites.keyed_digest(KEY, b"ab", b"c")
    assert len(digest) == 32
    assert digest == suites.keyed_digest(KEY, b"ab", b"c")
    assert digest != suites.keyed_digest(KEY, b"a", b"bc")
    assert digest != suites.keyed_digest(bytes(32), b"ab", b"c")


def test_derived_keys_differ_by_use_and_have_the_length_asked_for():
    assert suites.derive(KEY, b"read") != suites.derive(KEY, b"mac")
    assert len(suites.derive(KEY, b"read", 80)) == 80


def test_new_keys_are_32_bytes_and_never_the_same():
    keys = {suites.new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


def test_ids_of_the_same_value_bind_alike_however_they_were_made():
    id = uuid4()
    assert suites.context(id) == suites.context(UUID(str(id)))


@given(st.binary(min_size=16, max_size=64), st.binary(max_size=60), st.integers(1, 80))
def test_a_derived_key_is_that_of_the_library(secret, info, length):
    oracle = HKDF(SHA256(), length, None, info).derive(secret)
    assert suites.derive(secret, info, length) == oracle


@given(st.lists(st.one_of(parts, st.just(UUID)), max_size=6), st.uuids())
def test_a_pattern_filled_is_the_context_it_stands_for(spelled, id):
    filled = suites.pattern(*spelled) % tuple(id.bytes for part in spelled if part is UUID)
    assert filled == suites.context(*(id if part is UUID else part for part in spelled))


def test_many_closed_at_once_open_one_by_one_and_share_no_nonce():
    texts = [(f"text {n}".encode(), suites.context(n)) for n in range(50)]
    sealed = suites.seal_many(KEY, texts)
    for closed, (text, bound) in zip(sealed, texts, strict=True):
        assert suites.open_sealed(KEY, closed, bound) == text
    wraps = suites.wrap_many(KEY, [(bytes([n] * 32), suites.context(n)) for n in range(50)])
    for n, wrap in enumerate(wraps):
        assert suites.unwrap(KEY, wrap, suites.context(n)) == bytes([n] * 32)
    assert len({each[1:13] for each in (*sealed, *wraps)}) == 100
