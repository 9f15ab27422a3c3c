"""The ledger's cryptography: what each attack on a row changes, and its fixed format."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vault.breakage import assert_all_damage_refused

from tahanan.vault import entries, pairs
from tahanan.vault.entries import NOTHING_BEFORE, Entry
from tahanan.vault.suites import Unopenable

ROOT = bytes(range(32))
READ, MAC = entries.read_key(ROOT), entries.mac_key(ROOT)
AT = datetime(2020, 9, 2, 18, 4, 5, 678901, tzinfo=UTC)
LOOK = Entry(UUID(int=1), 7, AT, "open_child", UUID(int=2), UUID(int=3))

some_entry = st.builds(
    Entry,
    writer=st.uuids(),
    n=st.integers(1, 2**63),
    at=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),
    verb=st.text(max_size=40),
    case=st.one_of(st.none(), st.uuids(allow_nil=False)),
    team=st.one_of(st.none(), st.uuids(allow_nil=False)),
)


def test_the_head_keeps_its_published_form():
    assert LOOK.head().hex() == (
        "746168616e616e2f656e7472792f3100"  # tahanan/entry/1 and a zero byte
        "00000000000000000000000000000001"
        "0000000000000007"
        "0005ae58761f6b35"
        "000a6f70656e5f6368696c64"
        "00000000000000000000000000000002"
        "00000000000000000000000000000003"
    )


def test_no_case_and_no_team_leave_zeros():
    assert dataclasses.replace(LOOK, case=None, team=None).head().endswith(bytes(32))


def entry_in(head: bytes) -> Entry:
    """Read a head back: what can be read back whole cannot stand for two entries."""
    assert head[:16] == b"tahanan/entry/1\0"
    length = int.from_bytes(head[48:50], "big")
    case, team = head[50 + length : 66 + length], head[66 + length :]
    return Entry(
        writer=UUID(bytes=head[16:32]),
        n=int.from_bytes(head[32:40], "big"),
        at=datetime(1970, 1, 1, tzinfo=UTC)
        + timedelta(microseconds=int.from_bytes(head[40:48], "big")),
        verb=head[50 : 50 + length].decode(),
        case=UUID(bytes=case) if any(case) else None,
        team=UUID(bytes=team) if any(team) else None,
    )


@given(some_entry)
def test_a_head_stands_for_one_entry_only(entry):
    assert entry_in(entry.head()) == entry


@given(some_entry, st.binary(max_size=300))
def test_a_body_opens_under_its_own_head_only(entry, body):
    sealed = entries.seal_body(READ, body, entry.head())
    assert entries.open_body(READ, sealed, entry.head()) == body
    assert (len(sealed) - 29) % 64 == 0
    moved = dataclasses.replace(entry, n=entry.n + 1)
    with pytest.raises(Unopenable):
        entries.open_body(READ, sealed, moved.head())


def test_every_damaged_body_is_refused():
    sealed = entries.seal_body(READ, b"who, whom, why", LOOK.head())
    assert_all_damage_refused(sealed, lambda copy: entries.open_body(READ, copy, LOOK.head()))


def test_the_reading_key_and_the_chaining_key_are_apart():
    assert len({ROOT, READ, MAC}) == 3


def test_the_mac_keeps_its_published_form():
    assert (
        entries.mac(MAC, NOTHING_BEFORE, LOOK.head(), b"body").hex()
        == "ddb8d7d85bd8c6ee10d029945f9adb0ae6e4f77fee58904a9f3b5ee8588ddf70"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"writer": uuid4()},
        {"n": 8},
        {"at": AT + timedelta(microseconds=1)},
        {"verb": "open_children"},
        {"case": None},
        {"team": None},
    ],
)
def test_any_edit_of_an_entry_changes_its_mac(change):
    edited = dataclasses.replace(LOOK, **change)
    assert entries.mac(MAC, NOTHING_BEFORE, LOOK.head(), b"body") != entries.mac(
        MAC, NOTHING_BEFORE, edited.head(), b"body"
    )


def test_a_deleted_or_swapped_entry_breaks_the_chain_after_it():
    heads = [dataclasses.replace(LOOK, n=n).head() for n in range(1, 5)]

    def chain(order):
        last = NOTHING_BEFORE
        for head in order:
            last = entries.mac(MAC, last, head, b"body")
        return last

    whole = chain(heads)
    assert chain(heads[:1] + heads[2:]) != whole
    assert chain([heads[0], heads[2], heads[1], heads[3]]) != whole


def test_the_mac_hears_body_previous_mac_and_key():
    mac = entries.mac(MAC, NOTHING_BEFORE, LOOK.head(), b"body")
    assert mac != entries.mac(MAC, NOTHING_BEFORE, LOOK.head(), b"bodY")
    assert mac != entries.mac(MAC, bytes(31) + b"\1", LOOK.head(), b"body")
    assert mac != entries.mac(READ, NOTHING_BEFORE, LOOK.head(), b"body")


@pytest.mark.parametrize("previous", [b"", bytes(31), bytes(33)])
def test_a_mac_follows_32_bytes(previous):
    with pytest.raises(ValueError, match="32 bytes"):
        entries.mac(MAC, previous, LOOK.head(), b"body")


A, B = UUID(int=10), UUID(int=11)


def test_the_seal_keeps_its_published_form():
    moved = [(A, 3, bytes(32)), (B, 9, b"\1" * 32)]
    assert (
        entries.seal_hash(1, AT, NOTHING_BEFORE, moved).hex()
        == "9d5476f0265ad9b1bd57def82fe0da0c436485fe87fee962b0646d58aa922149"
    )


def test_a_seal_does_not_mind_the_order_its_writers_are_read_in():
    moved = [(A, 3, bytes(32)), (B, 9, b"\1" * 32)]
    assert entries.seal_hash(1, AT, NOTHING_BEFORE, moved) == entries.seal_hash(
        1, AT, NOTHING_BEFORE, moved[::-1]
    )


def test_a_seal_without_a_writer_or_with_another_last_entry_is_another_seal():
    moved = [(A, 3, bytes(32)), (B, 9, b"\1" * 32)]
    seals = [
        entries.seal_hash(1, AT, NOTHING_BEFORE, moved),
        entries.seal_hash(1, AT, NOTHING_BEFORE, moved[:1]),
        entries.seal_hash(1, AT, NOTHING_BEFORE, []),
        entries.seal_hash(1, AT, NOTHING_BEFORE, [(A, 2, bytes(32)), moved[1]]),
        entries.seal_hash(1, AT, NOTHING_BEFORE, [(A, 3, b"\2" * 32), moved[1]]),
        entries.seal_hash(2, AT, NOTHING_BEFORE, moved),
        entries.seal_hash(1, AT + timedelta(microseconds=1), NOTHING_BEFORE, moved),
        entries.seal_hash(1, AT, b"\1" * 32, moved),
    ]
    assert len(set(seals)) == len(seals)


def test_a_seal_names_each_writer_once():
    with pytest.raises(ValueError, match="once"):
        entries.seal_hash(1, AT, NOTHING_BEFORE, [(A, 3, bytes(32)), (A, 4, bytes(32))])


@pytest.mark.parametrize(
    ("previous", "last"), [(b"", bytes(32)), (NOTHING_BEFORE, b""), (NOTHING_BEFORE, bytes(33))]
)
def test_a_seal_holds_whole_hashes(previous, last):
    with pytest.raises(ValueError, match="32 bytes"):
        entries.seal_hash(1, AT, previous, [(A, 3, last)])


def test_the_witness_knows_the_sealer_by_signature():
    seed = b"\7" * 32
    signature = entries.sign_head(seed, 900, b"\1" * 32)
    entries.check_head(pairs.public_of(seed), 900, b"\1" * 32, signature)
    for no, hash, public in (
        (901, b"\1" * 32, pairs.public_of(seed)),
        (900, b"\2" * 32, pairs.public_of(seed)),
        (900, b"\1" * 32, pairs.public_of(ROOT)),
    ):
        with pytest.raises(Unopenable):
            entries.check_head(public, no, hash, signature)
