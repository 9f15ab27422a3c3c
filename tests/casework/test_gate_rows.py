"""What a thief of the database finds in the gate, and what he can do with what he wrote there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.casework.gatehouse import HERE, first_step, opened, sign_in

from tahanan.base import clock
from tahanan.casework import entry, people
from tahanan.casework.entry import factors
from tahanan.records.models import (
    Account,
    Device,
    Membership,
    PendingUnlock,
    Person,
    Session,
    Team,
    TeamKeyShare,
    UnlockMethod,
)
from tahanan.vault.suites import Unopenable

Cast = dict[str, Any]


def test_an_envelope_moved_to_another_session_does_not_open(staff: Cast) -> None:
    ana, ben = sign_in(staff["ana"]).cookies, sign_in(staff["ben"]).cookies
    rows = {opened(one).actor.name: opened(one).actor.session for one in (ana, ben)}
    taken = Session.objects.get(id=rows["Ana Reyes"]).envelope
    Session.objects.filter(id=rows["Ben Reyes"]).update(envelope=taken)

    assert opened(ben).actor.locked


def test_a_session_pointed_at_another_account_is_over(staff: Cast) -> None:
    ana, ben = sign_in(staff["ana"]).cookies, sign_in(staff["ben"]).cookies
    session = opened(ben).actor.session
    taken = Session.objects.get(id=opened(ana).actor.session).account
    Session.objects.filter(id=session).update(account=taken)

    assert entry.open_session(ben) is None


def test_an_older_credential_epoch_is_over(staff: Cast) -> None:
    cookies = sign_in(staff["ana"]).cookies
    waiting = first_step(staff["ana"])
    for account in Account.objects.all():
        account.epoch += 1
        account.save(update_fields=["epoch"])

    said = entry.second_factor(entry.GATE, cookies=waiting, code=staff["ana"].spare[0], where=HERE)
    assert entry.open_session(cookies) is None
    assert isinstance(said, entry.Refused)


def test_pushing_back_the_hour_in_the_row_lengthens_nothing(staff: Cast) -> None:
    start = clock.real()
    with clock.frozen(start):
        cookies = sign_in(staff["ana"]).cookies
    Session.objects.update(until=start + timedelta(days=400))

    with clock.frozen(start + timedelta(minutes=16)):
        assert opened(cookies).actor.locked
    with clock.frozen(start + timedelta(hours=11)):
        assert entry.open_session(cookies) is None


def test_the_first_cookie_without_the_second_is_locked(staff: Cast) -> None:
    cookies = sign_in(staff["ana"]).cookies

    half = entry.Cookies(cookies.session, "")
    assert opened(half).actor.locked
    assert not opened(cookies).actor.locked


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.text(max_size=60), second=st.text(max_size=60))
def test_made_up_cookies_are_nobody(staff: Cast, first: str, second: str) -> None:
    assert entry.open_session(entry.Cookies(first, second)) is None


def test_no_row_of_the_gate_holds_a_person_or_an_exact_instant(staff: Cast) -> None:
    start = clock.real().replace(minute=17, second=41)
    with clock.frozen(start):
        sign_in(staff["ana"])
        first_step(staff["ben"])
    ids = {str(staff[who].person).replace("-", "") for who in ("ada", "ana", "ben")}
    texts = _dump(Account, UnlockMethod, Device, PendingUnlock, Session)

    assert not [one for one in ids if one in texts.replace("-", "")]
    for model in (PendingUnlock, Session):
        for until in model.objects.values_list("until", flat=True):
            assert (until.minute, until.second, until.microsecond) == (0, 0, 0)
    from allauth.mfa.models import Authenticator

    for row in Authenticator.objects.all():
        assert row.last_used_at is None
        made = row.created_at.astimezone(clock.MANILA)
        assert (made.hour, made.minute, made.second, made.microsecond) == (0, 0, 0, 0)


def test_nothing_that_is_on_a_card_lies_in_the_database(staff: Cast) -> None:
    from allauth.mfa.models import Authenticator

    ana = staff["ana"]
    texts = _dump(Account, UnlockMethod, Device, PendingUnlock, Session, Authenticator)

    for secret in (ana.name, ana.phrase, ana.recovery, ana.secret, *ana.spare):
        assert secret not in texts
        assert secret.encode().hex() not in texts


def _dump(*models: Any) -> str:
    rows = []
    for model in models:
        for row in model.objects.values_list():
            rows += [v.hex() if isinstance(v, bytes | memoryview) else str(v) for v in row]
    return " ".join(rows)


def test_coming_in_unlocking_and_looking_change_no_row_of_the_office(staff: Cast) -> None:
    before = _office()
    done = sign_in(staff["ana"])
    entry.lock(entry.GATE, cookies=done.cookies)
    again = entry.unlock(entry.GATE, cookies=done.cookies, phrase=staff["ana"].phrase)
    assert isinstance(again, entry.SignedIn)
    people.newcomers(opened(again.cookies).actor)
    entry.sign_out(entry.GATE, cookies=again.cookies)

    assert _office() == before


def _office() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for model in (Person, Team, Membership, TeamKeyShare):
        for row in model.objects.order_by("id").values_list():
            rows.append(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row))
    return rows


def test_a_share_sealed_to_another_opens_for_nobody_else(staff: Cast) -> None:
    share = TeamKeyShare.objects.get(team=staff["team"])
    TeamKeyShare(team=share.team, person_id=staff["ben"].person, sealed=share.sealed).save()

    who = opened(sign_in(staff["ben"]).cookies)

    assert who.actor.keys is not None
    assert staff["team"] not in who.actor.keys.teams


def test_the_adapter_refuses_a_secret_that_was_changed(staff: Cast) -> None:
    closed = factors.SealingAdapter().encrypt("words")
    assert factors.SealingAdapter().decrypt(closed) == "words"
    with pytest.raises(Unopenable):
        factors.SealingAdapter().decrypt("A" * 8 + closed[8:])
