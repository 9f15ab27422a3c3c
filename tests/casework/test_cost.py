"""The cost of a guess is raised: nobody's account is told by its age, and each catches up."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.gatehouse import HERE, first_step, opened, sign_in

from tahanan.access.accounts import handle
from tahanan.casework import entry
from tahanan.casework.entry import methods
from tahanan.records.accounts import Unlock
from tahanan.records.models import UnlockMethod
from tahanan.vault import passphrase
from tahanan.vault.passphrase import CHEAP, Cost

Staff = dict[str, Any]
RAISED = Cost(128, 2, 1)


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[Cost]:
    """The cost of every derivation since the test last cleared it."""
    found: list[Cost] = []
    real = passphrase.derive_halves

    def counted(typed: str, salt: bytes, pepper: bytes, cost: Cost) -> passphrase.Halves:
        found.append(cost)
        return real(typed, salt, pepper, cost)

    monkeypatch.setattr(passphrase, "derive_halves", counted)
    return found


@pytest.fixture
def raised(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house was built at the old cost; from now on another holds."""
    monkeypatch.setattr(methods, "cost", lambda: RAISED)


def tried(derived: list[Cost], name: str, phrase: str = "no") -> tuple[list[Cost], int]:
    """What one try of the first step derived, and how many statements it ran before the door."""
    derived.clear()
    with CaptureQueriesContext(connection) as said:
        methods.by_handle(handle(name), Unlock.WORDS, phrase)
    return list(derived), len(said)


def costs() -> dict[str, int]:
    rows = UnlockMethod.objects.filter(kind=Unlock.WORDS).values_list("cost", flat=True)
    found: dict[str, int] = {}
    for said in rows:
        found[said] = found.get(said, 0) + 1
    return found


def test_before_it_is_raised_each_try_is_one_derivation(staff: Staff, derived: list[Cost]) -> None:
    known, nobody = tried(derived, "ana.reyes"), tried(derived, "nobody.here")
    assert known == nobody
    assert known[0] == [CHEAP]


def test_an_account_from_before_costs_what_a_name_nobody_has_costs(
    staff: Staff, raised: None, derived: list[Cost]
) -> None:
    nobody = tried(derived, "nobody.here")
    assert nobody[0] == [CHEAP, RAISED]
    assert tried(derived, "ana.reyes") == nobody
    assert tried(derived, "ana.reyes", staff["ana"].phrase) == nobody


def test_whoever_comes_in_catches_up_and_meanwhile_nothing_tells_who_has(
    staff: Staff, raised: None, derived: list[Cost]
) -> None:
    sign_in(staff["ana"])
    assert costs() == {"64/1/1": 2, "128/2/1": 1}
    nobody = tried(derived, "nobody.here")
    for name in ("ana.reyes", "ben.reyes"):
        assert tried(derived, name) == nobody
    for name in ("ben", "ada"):
        first_step(staff[name])
    assert costs() == {"128/2/1": 3}
    assert tried(derived, "nobody.here")[0] == [RAISED]
    assert tried(derived, "ana.reyes")[0] == [RAISED]


def test_the_same_words_and_the_same_card_go_on_opening(staff: Staff, raised: None) -> None:
    cookies = sign_in(staff["ana"]).cookies
    before = opened(cookies).actor
    assert before.keys is not None
    first_step(staff["ana"])
    found = methods.by_handle(handle("ana.reyes"), Unlock.WORDS, staff["ana"].phrase)
    assert found.private == before.keys.private
    assert found.stronger is None
    spare = methods.by_handle(handle("ana.reyes"), Unlock.RECOVERY, staff["ana"].recovery)
    assert spare.private == before.keys.private
    # Nothing of who she is has changed: the session from before goes on.
    assert opened(cookies).actor.person == staff["ana"].person


def test_wrong_words_change_nothing(staff: Staff, raised: None) -> None:
    entry.sign_in(entry.GATE, name="ana.reyes", phrase="no", where=HERE)
    assert costs() == {"64/1/1": 3}


def test_unlocking_catches_up_too(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = sign_in(staff["ana"]).cookies
    monkeypatch.setattr(methods, "cost", lambda: RAISED)
    entry.lock(entry.GATE, cookies=cookies)
    back = entry.unlock(entry.GATE, cookies=cookies, phrase=staff["ana"].phrase)
    assert isinstance(back, entry.SignedIn)
    assert costs() == {"64/1/1": 2, "128/2/1": 1}


def test_words_that_were_changed_meanwhile_are_left_as_they_are(staff: Staff, raised: None) -> None:
    slow = methods.by_handle(handle("ana.reyes"), Unlock.WORDS, staff["ana"].phrase)
    assert slow.account is not None and slow.private is not None
    words = methods.new_words()
    methods.keep(slow.account.id, methods.prepare(slow.account.id, slow.private, words))
    methods.strengthen(slow)
    old = methods.by_handle(handle("ana.reyes"), Unlock.WORDS, staff["ana"].phrase)
    new = methods.by_handle(handle("ana.reyes"), Unlock.WORDS, words.phrase)
    assert old.account is None
    assert new.private == slow.private


def test_a_lower_cost_weakens_nobody(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(methods, "cost", lambda: Cost(32, 1, 1))
    sign_in(staff["ana"])
    assert costs() == {"64/1/1": 3}


def test_an_account_at_the_old_full_cost_was_not_made_for_a_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passphrase, "FULL", Cost(131072, 4, 1))
    assert not methods.is_cheap("65536/3/1")
    assert methods.is_cheap("64/1/1")
