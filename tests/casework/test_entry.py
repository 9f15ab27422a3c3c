"""Coming in, unlocking and going out: who may, who may not, and what a thief finds in the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.casework.gatehouse import (
    ELSEWHERE,
    HERE,
    Someone,
    actor,
    code,
    first_step,
    opened,
    sign_in,
)
from tests.house import House

from tahanan.access import installation
from tahanan.access.accounts import account_of
from tahanan.base import clock
from tahanan.casework import entry, people
from tahanan.casework.entry import factors, sessions, tries
from tahanan.records.models import Account, Device, LedgerEntry, PendingUnlock, Session
from tahanan.vault import passphrase

Cast = dict[str, Any]


def _wrong(someone: Someone, where: entry.Where = HERE, phrase: str = "no") -> entry.Refused:
    said = entry.sign_in(entry.GATE, name=someone.name, phrase=phrase, where=where)
    assert isinstance(said, entry.Refused)
    return said


def _bad_code(someone: Someone) -> str:
    return next(c for c in ("000000", "111111", "222222") if not factors.fits(someone.secret, c))


# Two steps --------------------------------------------------------------------------------------


def test_ana_comes_in_with_her_words_and_the_code_from_her_phone(staff: Cast) -> None:
    who = opened(sign_in(staff["ana"]).cookies)

    assert who.actor.person == staff["ana"].person
    assert who.actor.keys is not None
    assert staff["team"] in who.actor.keys.teams
    assert not who.renew


def test_the_words_alone_open_nothing(staff: Cast) -> None:
    cookies = first_step(staff["ana"])

    assert entry.open_session(cookies) is None


def test_the_words_are_forgiven_capitals_and_hyphens_but_not_letters(staff: Cast) -> None:
    ana = staff["ana"]
    loud = ana.phrase.upper().replace("-", " ")

    said = entry.sign_in(entry.GATE, name=" ANA.reyes ", phrase=loud, where=HERE)

    assert isinstance(said, entry.Waiting)
    assert _wrong(ana, phrase=ana.phrase[:-1]).code == "wrong"


def test_a_waiting_unlock_is_used_once(staff: Cast) -> None:
    cookies = first_step(staff["ana"])
    spare = staff["ana"].spare
    first = entry.second_factor(entry.GATE, cookies=cookies, code=spare[0], where=HERE)
    again = entry.second_factor(entry.GATE, cookies=cookies, code=spare[1], where=HERE)

    assert isinstance(first, entry.SignedIn)
    assert isinstance(again, entry.Refused)
    assert again.code == "ended"


def test_both_cookies_are_new_after_the_second_step(staff: Cast) -> None:
    waiting = first_step(staff["ana"])
    done = entry.second_factor(entry.GATE, cookies=waiting, code=code(staff["ana"]), where=HERE)

    assert isinstance(done, entry.SignedIn)
    assert done.cookies.session != waiting.session
    assert done.cookies.unlock != waiting.unlock
    assert entry.open_session(waiting) is None


def test_five_wrong_codes_end_the_waiting(staff: Cast) -> None:
    ana = staff["ana"]
    cookies = first_step(ana)
    bad = _bad_code(ana)
    said = [
        entry.second_factor(entry.GATE, cookies=cookies, code=bad, where=HERE) for _ in range(5)
    ]
    after = entry.second_factor(entry.GATE, cookies=cookies, code=code(ana), where=HERE)

    codes = [one.code for one in said if isinstance(one, entry.Refused)]
    assert codes == ["wrong"] * 4 + ["ended"]
    assert isinstance(after, entry.Refused)
    assert not PendingUnlock.objects.exists()


def test_the_waiting_ends_after_five_minutes(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        cookies = first_step(staff["ana"])
    with clock.frozen(start + timedelta(minutes=5)):
        said = entry.second_factor(entry.GATE, cookies=cookies, code=code(staff["ana"]), where=HERE)

    assert isinstance(said, entry.Refused)
    assert not PendingUnlock.objects.exists()


def test_a_code_from_the_phone_is_good_once(staff: Cast) -> None:
    with clock.frozen(clock.real()):
        shown = code(staff["ana"])
        first = entry.second_factor(
            entry.GATE, cookies=first_step(staff["ana"]), code=shown, where=HERE
        )
        again = entry.second_factor(
            entry.GATE, cookies=first_step(staff["ana"]), code=shown, where=HERE
        )

    assert isinstance(first, entry.SignedIn)
    assert isinstance(again, entry.Refused)


def test_a_code_read_over_the_shoulder_is_void_once_a_later_one_was_used(staff: Cast) -> None:
    now = clock.real()
    with clock.frozen(now - timedelta(seconds=30)):
        seen = code(staff["ana"])
    with clock.frozen(now):
        sign_in(staff["ana"])
        said = entry.second_factor(
            entry.GATE, cookies=first_step(staff["ana"]), code=seen, where=HERE
        )

    assert isinstance(said, entry.Refused)


def test_a_spare_code_stands_in_for_the_phone_once(staff: Cast) -> None:
    spare = staff["ana"].spare[3]
    first = entry.second_factor(
        entry.GATE, cookies=first_step(staff["ana"]), code=spare, where=HERE
    )
    again = entry.second_factor(
        entry.GATE, cookies=first_step(staff["ana"]), code=spare, where=HERE
    )

    assert isinstance(first, entry.SignedIn)
    assert isinstance(again, entry.Refused)


def test_who_forgot_her_words_comes_in_by_the_printed_code_and_owes_new_words(staff: Cast) -> None:
    ana = staff["ana"]
    said = entry.recover(entry.GATE, name=ana.name, code=ana.recovery.lower(), where=HERE)
    assert isinstance(said, entry.Waiting)
    done = entry.second_factor(entry.GATE, cookies=said.cookies, code=code(ana), where=HERE)

    assert isinstance(done, entry.SignedIn)
    assert done.renew
    who = opened(done.cookies)
    assert who.renew
    assert who.actor.keys is not None


# Known or unknown -------------------------------------------------------------------------------


class _Statements:
    """The texts of the statements run meanwhile, without their values."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.texts.append(sql)
        return execute(sql, *rest)


def _tried(
    name: str, by: Callable[..., Any], source: str, **typed: str
) -> tuple[list[str], object, int]:
    installation.here()  # Read once a process, whoever asks first.
    seen, calls = _Statements(), []
    derive = passphrase.Argon2id

    def counted(**options: Any) -> Any:
        calls.append(options)
        return derive(**options)

    passphrase.Argon2id = counted  # type: ignore[misc, assignment]
    try:
        with connection.execute_wrapper(seen):
            said = by(entry.GATE, name=name, where=entry.Where(source), **typed)
    finally:
        passphrase.Argon2id = derive  # type: ignore[misc]
    return seen.texts, said, len(calls)


def test_an_unknown_name_is_answered_as_a_known_one_statement_by_statement(staff: Cast) -> None:
    known = _tried(staff["ana"].name, entry.sign_in, "192.0.2.1", phrase="not her words")
    unknown = _tried("nobody.here", entry.sign_in, "192.0.2.2", phrase="not her words")

    assert known == unknown
    assert known[2] == 1
    assert len(known[0]) > 5


def test_an_unknown_name_with_a_recovery_code_is_answered_alike(staff: Cast) -> None:
    made_up = passphrase.recovery_code()
    known = _tried(staff["ana"].name, entry.recover, "192.0.2.1", code=made_up)
    unknown = _tried("nobody.here", entry.recover, "192.0.2.2", code=made_up)

    assert known == unknown


def test_a_failed_try_leaves_an_entry_of_one_size_whoever_was_named(staff: Cast) -> None:
    _wrong(staff["ana"])
    known = bytes(_last_entry().body)
    entry.sign_in(entry.GATE, name="nobody.here", phrase="no", where=HERE)

    assert len(bytes(_last_entry().body)) == len(known)


def _last_entry() -> LedgerEntry:
    with House().as_role("owner"):
        found = LedgerEntry.objects.order_by("at", "n").last()
    assert found is not None
    return found


def test_every_try_is_written_down_wrong_ones_too(staff: Cast) -> None:
    before = _entries()
    _wrong(staff["ana"])
    entry.sign_in(entry.GATE, name="nobody.here", phrase="no", where=HERE)
    done = sign_in(staff["ana"])
    entry.sign_out(entry.GATE, cookies=done.cookies)

    assert _entries() - before == 5


def _entries() -> int:
    with House().as_role("owner"):
        return LedgerEntry.objects.count()


# Locking out ------------------------------------------------------------------------------------


def test_whoever_hammers_a_name_is_kept_waiting(staff: Cast) -> None:
    for _ in range(tries.OF_ONE_NAME):
        assert _wrong(staff["ana"]).code == "wrong"
    kept = entry.sign_in(entry.GATE, name=staff["ana"].name, phrase=staff["ana"].phrase, where=HERE)

    assert isinstance(kept, entry.Refused)
    assert kept.code == "wait"


def test_hammering_anas_name_keeps_nobody_else_out(staff: Cast) -> None:
    ana = staff["ana"]
    device = sign_in(ana).device
    assert device
    with clock.frozen(clock.real() + timedelta(seconds=31)):
        for _ in range(tries.OF_ONE_NAME + 3):
            _wrong(ana)
        # Ana on her own device at the same address, Ana elsewhere, Ben at the same address.
        first_step(ana, entry.Where(HERE.source, device))
        first_step(ana, ELSEWHERE)
        first_step(staff["ben"], HERE)


def test_a_device_is_proven_for_its_own_account_only(staff: Cast) -> None:
    device = sign_in(staff["ana"]).device or ""
    for _ in range(tries.OF_ONE_NAME):
        _wrong(staff["ben"], entry.Where(HERE.source, device))

    assert _wrong(staff["ben"], entry.Where(HERE.source, device)).code == "wait"


def test_a_stolen_device_does_not_guess_for_ever(staff: Cast) -> None:
    stolen = entry.Where(HERE.source, sign_in(staff["ana"]).device or "")
    said = [_wrong(staff["ana"], stolen).code for _ in range(tries.OF_ONE_DEVICE + 6)]

    assert said[-1] == "wait"
    assert said.count("wrong") == tries.OF_ONE_DEVICE + tries.OF_ONE_NAME


def test_a_shared_computer_is_known_to_each_who_used_it(staff: Cast) -> None:
    token = sign_in(staff["ana"]).device or ""
    shared = entry.Where(HERE.source, token)
    assert sign_in(staff["ben"], shared).device is None
    for someone in ("ana", "ben"):
        for _ in range(tries.OF_ONE_NAME):
            _wrong(staff[someone], HERE)
        first_step(staff[someone], shared)
    assert Device.objects.filter(account__in=_accounts(staff)).count() == 2


def _accounts(staff: Cast) -> list[Account]:
    return [found for who in ("ana", "ben") if (found := account_of(staff[who].person))]


def test_of_two_presses_at_once_one_comes_in(staff: Cast) -> None:
    cookies, spare = first_step(staff["ana"]), staff["ana"].spare
    done = House().at_once(
        [
            lambda code=code: entry.second_factor(  # type: ignore[misc]
                entry.GATE, cookies=cookies, code=code, where=HERE
            )
            for code in spare[:4]
        ]
    )

    assert [type(one) for one in done].count(entry.SignedIn) == 1
    assert [type(one) for one in done].count(entry.Refused) == 3


def test_the_waiting_passes(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        for _ in range(tries.OF_ONE_NAME + 1):
            _wrong(staff["ana"])
    with clock.frozen(start + 2 * tries.STRETCH):
        first_step(staff["ana"])


# Idle, locked, over -----------------------------------------------------------------------------


def test_after_fifteen_idle_minutes_she_is_in_and_locked(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        cookies = sign_in(staff["ana"]).cookies
    with clock.frozen(start + sessions.IDLE - timedelta(seconds=2)):
        assert Session.objects.exclude(envelope=None).count() == 1
    with clock.frozen(start + sessions.IDLE + timedelta(seconds=1)):
        late = opened(cookies)

    assert late.actor.name == "Ana Reyes"
    assert late.actor.locked
    assert Session.objects.get().envelope is None


def test_who_keeps_working_is_not_locked(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        cookies = sign_in(staff["ana"]).cookies
    for minutes in (10, 20, 30, 40):
        with clock.frozen(start + timedelta(minutes=minutes)):
            assert not opened(cookies).actor.locked


def test_after_ten_hours_she_is_out_however_busy(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        cookies = sign_in(staff["ana"]).cookies
    for tens in range(1, 60):
        with clock.frozen(start + tens * timedelta(minutes=10)):
            assert not opened(cookies).actor.locked
    with clock.frozen(start + sessions.WHOLE):
        assert entry.open_session(cookies) is None
    assert not Session.objects.exists()


def test_last_seen_is_written_once_a_minute(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        cookies = sign_in(staff["ana"]).cookies
    before = bytes(Session.objects.get().payload)
    with clock.frozen(start + timedelta(seconds=50)):
        opened(cookies)
        assert bytes(Session.objects.get().payload) == before
    with clock.frozen(start + timedelta(seconds=70)):
        opened(cookies)
        assert bytes(Session.objects.get().payload) != before


def test_a_locked_session_opens_again_with_the_words_under_a_new_cookie(staff: Cast) -> None:
    ana, cookies = staff["ana"], sign_in(staff["ana"]).cookies
    entry.lock(entry.GATE, cookies=cookies)
    assert opened(cookies).actor.locked

    done = entry.unlock(entry.GATE, cookies=cookies, phrase=ana.phrase)

    assert isinstance(done, entry.SignedIn)
    assert not opened(done.cookies).actor.locked
    assert done.cookies.unlock != cookies.unlock
    assert opened(cookies).actor.locked


def test_pressing_unlock_twice_leaves_her_in(staff: Cast) -> None:
    cookies = sign_in(staff["ana"]).cookies
    entry.lock(entry.GATE, cookies=cookies)
    entry.unlock(entry.GATE, cookies=cookies, phrase=staff["ana"].phrase)
    done = entry.unlock(entry.GATE, cookies=cookies, phrase=staff["ana"].phrase)

    assert isinstance(done, entry.SignedIn)
    assert not opened(done.cookies).actor.locked


def test_unlocking_does_not_lengthen_the_ten_hours(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        cookies = sign_in(staff["ana"]).cookies
    with clock.frozen(start + timedelta(hours=9)):
        done = entry.unlock(entry.GATE, cookies=cookies, phrase=staff["ana"].phrase)
        assert isinstance(done, entry.SignedIn)
    with clock.frozen(start + sessions.WHOLE):
        assert entry.open_session(done.cookies) is None


def test_five_wrong_words_at_the_lock_end_the_session(staff: Cast) -> None:
    cookies = sign_in(staff["ana"]).cookies
    entry.lock(entry.GATE, cookies=cookies)
    said = [entry.unlock(entry.GATE, cookies=cookies, phrase="no") for _ in range(5)]

    assert [one.code for one in said if isinstance(one, entry.Refused)] == ["wrong"] * 4 + ["ended"]
    assert entry.open_session(cookies) is None


@pytest.mark.parametrize("out", [entry.sign_out, entry.change_person])
def test_going_out_leaves_nothing_behind(staff: Cast, out: Callable[..., None]) -> None:
    cookies = sign_in(staff["ana"]).cookies
    out(entry.GATE, cookies=cookies)

    assert entry.open_session(cookies) is None
    assert not Session.objects.exists()


def test_change_of_person_leaves_the_others_sessions(staff: Cast) -> None:
    ana, ben = sign_in(staff["ana"]).cookies, sign_in(staff["ben"]).cookies
    entry.change_person(entry.GATE, cookies=ana)

    assert opened(ben).actor.name == "Ben Reyes"


def test_who_has_left_is_out_at_her_next_step(staff: Cast) -> None:
    cookies = sign_in(staff["ben"]).cookies
    people.leave(actor(staff["ada"]), person=staff["ben"].person)

    assert entry.open_session(cookies) is None


def test_the_steward_sweeps_out_what_nobody_came_back_to(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        sign_in(staff["ana"])
        first_step(staff["ben"])
        _wrong(staff["ben"])
    with House().as_role("steward"):
        assert entry.sweep(start) == 0
        assert entry.sweep(start + timedelta(hours=12)) == 2
        assert entry.sweep(start + timedelta(days=3)) == 2
