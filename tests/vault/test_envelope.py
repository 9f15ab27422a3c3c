"""The session envelope: opened by its own cookie, session, account and epoch, before its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.vault.breakage import assert_all_damage_refused

from tahanan.vault import envelope, suites
from tahanan.vault.suites import Unopenable

PRIVATE = bytes(range(32))
NIGHT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
END = NIGHT + timedelta(hours=10)


@pytest.fixture
def bound():
    return {
        "cookie": suites.new_key(),
        "pepper": suites.new_key(),
        "account": uuid4(),
        "session": uuid4(),
        "epoch": 3,
    }


def test_the_person_who_holds_the_cookie_opens_it(bound):
    sealed = envelope.close(PRIVATE, **bound, not_after=END)
    assert envelope.open_envelope(sealed, **bound, now=NIGHT) == PRIVATE
    last = END - timedelta(microseconds=1)
    assert envelope.open_envelope(sealed, **bound, now=last) == PRIVATE


@pytest.mark.parametrize("late", [timedelta(), timedelta(microseconds=1), timedelta(days=400)])
def test_it_stays_shut_from_its_last_moment_on(bound, late):
    sealed = envelope.close(PRIVATE, **bound, not_after=END)
    with pytest.raises(Unopenable):
        envelope.open_envelope(sealed, **bound, now=END + late)


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("cookie", suites.new_key()),
        ("pepper", suites.new_key()),
        ("account", uuid4()),
        ("session", uuid4()),
        ("epoch", 2),
        ("epoch", 4),
    ],
    ids=["cookie", "pepper", "account", "session", "epoch-before", "epoch-after"],
)
def test_swapped_stolen_or_of_another_epoch_it_stays_shut(bound, what, other):
    sealed = envelope.close(PRIVATE, **bound, not_after=END)
    with pytest.raises(Unopenable):
        envelope.open_envelope(sealed, **(bound | {what: other}), now=NIGHT)


def test_it_cannot_be_altered_or_extended(bound):
    sealed = envelope.close(PRIVATE, **bound, not_after=END)
    assert_all_damage_refused(sealed, lambda copy: envelope.open_envelope(copy, **bound, now=NIGHT))


@pytest.mark.parametrize("cookie", [b"", b"short", bytes(33)])
def test_a_cookie_of_the_wrong_length_is_only_another_no(bound, cookie):
    sealed = envelope.close(PRIVATE, **bound, not_after=END)
    with pytest.raises(Unopenable):
        envelope.open_envelope(sealed, **(bound | {"cookie": cookie}), now=NIGHT)


def test_it_is_never_closed_under_a_short_cookie_or_pepper(bound):
    for short in ("cookie", "pepper"):
        with pytest.raises(ValueError, match="32 bytes"):
            envelope.close(PRIVATE, **(bound | {short: b"short"}), not_after=END)


def test_its_size_does_not_tell_how_much_it_holds(bound):
    one = envelope.close(b"k" * 32, **bound, not_after=END)
    assert len(one) == len(envelope.close(b"k" * 96, **bound, not_after=END))


def test_a_clock_without_a_zone_is_refused(bound):
    with pytest.raises(TypeError):
        envelope.close(PRIVATE, **bound, not_after=datetime(2026, 3, 14))
