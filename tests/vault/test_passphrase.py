"""Passphrases and recovery codes: strong enough, easy to say and type, bounded in memory."""

from __future__ import annotations

import random
import re
import threading
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahanan.vault import passphrase
from tahanan.vault.passphrase import CHEAP, FULL, Mistyped
from tahanan.vault.suites import Unopenable

SALT = bytes(range(16))
PEPPER = bytes(range(32))


def test_a_generated_passphrase_takes_more_than_64_bits_to_guess():
    """Counted over the words really drawn from, knowing the whole method."""
    assert passphrase.entropy_bits(5) >= 64
    assert len(set(passphrase._words())) == len(passphrase._words())


def test_every_word_can_be_drawn_and_nothing_else_is():
    class Every(random.Random):
        def choice(self, seq):
            return seq[next(turns)]

    count = len(passphrase._words())
    turns = iter(range(count - count % 5))
    drawn = set()
    for _ in range(count // 5):
        drawn.update(passphrase.generate(rng=Every()).split("-"))
    assert drawn == set(passphrase._words()[: count - count % 5])


def test_the_words_are_five_easy_keys_each():
    for word in passphrase._words():
        assert re.fullmatch("[bdghkmnprstwy][aiu][bdghkmnprstwy][aiu][dgkmnpst]", word)


def test_no_passphrase_carries_a_coarse_word():
    assert passphrase._COARSE
    for stem in passphrase._COARSE:
        assert not any(stem in word for word in passphrase._words())


def test_two_passphrases_are_never_alike():
    made = [passphrase.generate() for _ in range(300)]
    assert len(set(made)) == 300
    assert all(re.fullmatch("([a-z]{5}-){4}[a-z]{5}", phrase) for phrase in made)


def test_a_short_passphrase_is_not_generated():
    for words in (0, 1, 4):
        with pytest.raises(ValueError, match="more words"):
            passphrase.generate(words)


def test_the_demonstration_can_repeat_itself():
    again = [passphrase.generate(rng=random.Random(20200902)) for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.parametrize(
    "typed",
    [
        "takin-bumas-wiyat-dugam-hanup",
        "Takin bumas wiyat dugam hanup",
        "TAKINBUMASWIYATDUGAMHANUP",
        "  takin – bumas — wiyat‑dugam\u00adhanup. ",
        "takin\u00a0bumas\nwiyat\tdugam hanup",
        "ｔａｋｉｎ bumas wiyat dugam hanup",
    ],
)
def test_what_a_phone_makes_of_it_is_forgiven(typed):
    assert passphrase.normalise(typed) == "takinbumaswiyatdugamhanup"


def test_a_letter_wrong_is_not_forgiven():
    meant = passphrase.derive_halves("takin-bumas", SALT, PEPPER, CHEAP)
    wrong = passphrase.derive_halves("takin-bumat", SALT, PEPPER, CHEAP)
    assert meant.auth != wrong.auth
    assert meant.unlock != wrong.unlock


def test_passphrase_salt_pepper_and_cost_all_count():
    cost = passphrase.Cost(128, 1, 1)
    halves = [
        passphrase.derive_halves("takin-bumas", SALT, PEPPER, CHEAP),
        passphrase.derive_halves("takin-bumas", bytes(16), PEPPER, CHEAP),
        passphrase.derive_halves("takin-bumas", SALT, bytes(32), CHEAP),
        passphrase.derive_halves("takin-bumas", SALT, PEPPER, cost),
    ]
    for one, other in combinations(halves, 2):
        assert one.auth != other.auth
        assert one.unlock != other.unlock


def test_what_is_stored_to_sign_in_tells_neither_half():
    halves = passphrase.derive_halves("takin-bumas", SALT, PEPPER, CHEAP)
    stored = passphrase.stored_auth(halves.auth)
    assert len({halves.auth, halves.unlock, stored}) == 3
    assert len(stored) == 32


@pytest.mark.parametrize(("salt", "pepper"), [(bytes(15), PEPPER), (SALT, bytes(31)), (SALT, b"")])
def test_a_short_salt_or_pepper_is_refused(salt, pepper):
    with pytest.raises(ValueError, match="salt"):
        passphrase.derive_halves("takin-bumas", salt, pepper, CHEAP)
    with pytest.raises(ValueError, match="salt"):
        passphrase.recovery_halves(passphrase.recovery_code(), salt, pepper)


def test_full_cost_is_64_mib_three_passes_one_lane():
    assert (FULL.memory_kib, FULL.passes, FULL.lanes) == (65536, 3, 1)


def test_at_most_two_derivations_run_at_once(monkeypatch):
    """Twenty at once, unbounded, took 1.3 GB and p95 7.8 s."""
    running, most, lock = [], [], threading.Lock()
    two_inside = threading.Barrier(2, timeout=10)

    class Spy:
        def __init__(self, **settings):
            self.inner = argon2id(**settings)

        def derive(self, typed):
            with lock:
                running.append(self)
                most.append(len(running))
            two_inside.wait()
            try:
                return self.inner.derive(typed)
            finally:
                with lock:
                    running.remove(self)

    argon2id = passphrase.Argon2id
    monkeypatch.setattr(passphrase, "Argon2id", Spy)
    made = []
    threads = [
        threading.Thread(
            target=lambda: made.append(passphrase.derive_halves("takin", SALT, PEPPER, CHEAP).auth)
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert max(most) == 2


def test_a_failed_derivation_gives_its_turn_back(monkeypatch):
    def fails(**settings):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(passphrase, "Argon2id", fails)
        for _ in range(3):
            with pytest.raises(MemoryError):
                passphrase.derive_halves("takin", SALT, PEPPER, CHEAP)
    assert passphrase.derive_halves("takin", SALT, PEPPER, CHEAP)


def test_a_recovery_code_prints_in_seven_groups_of_four():
    codes = [passphrase.recovery_code() for _ in range(100)]
    assert len(set(codes)) == 100
    for code in codes:
        assert re.fullmatch("([2-9A-HJKMNP-TV-Y]{4}-){6}[2-9A-HJKMNP-TV-Y]{4}", code)


def test_a_recovery_code_holds_at_least_128_bits():
    assert len(set(passphrase._SYMBOLS)) ** passphrase._CODE_LENGTH >= 2**128


@given(st.randoms())
def test_a_recovery_code_opens_however_it_is_typed(rng):
    code = passphrase.recovery_code()
    halves = passphrase.recovery_halves(code, SALT, PEPPER)
    typed = code.lower().replace("-", rng.choice(["", " ", "—", " - "]))
    typed = typed.replace("2", rng.choice("2z")).replace("v", rng.choice("vu"))
    again = passphrase.recovery_halves(typed, SALT, PEPPER)
    assert (halves.auth, halves.unlock) == (again.auth, again.unlock)


def test_every_single_slip_and_every_swap_is_noticed():
    code = passphrase.recovery_code().replace("-", "")
    slips = {
        code[:at] + symbol + code[at + 1 :]
        for at in range(len(code))
        for symbol in passphrase._SYMBOLS
    } - {code}
    swaps = {
        code[:a] + code[b] + code[a + 1 : b] + code[a] + code[b + 1 :]
        for a, b in combinations(range(len(code)), 2)
    } - {code}
    assert len(slips) == 28 * 28
    assert swaps
    for wrong in slips | swaps:
        with pytest.raises(Mistyped):
            passphrase.recovery_halves(wrong, SALT, PEPPER)


@pytest.mark.parametrize("code", ["", "K", "!!!!", "0" * 28, "2" * 29, "é" * 28])
def test_a_code_that_is_none_is_refused_as_any_unopenable_thing(code):
    with pytest.raises(Unopenable):
        passphrase.recovery_halves(code, SALT, PEPPER)


def test_recovery_halves_hang_on_code_salt_and_pepper():
    code = passphrase.recovery_code()
    halves = [
        passphrase.recovery_halves(code, SALT, PEPPER),
        passphrase.recovery_halves(passphrase.recovery_code(), SALT, PEPPER),
        passphrase.recovery_halves(code, bytes(16), PEPPER),
        passphrase.recovery_halves(code, SALT, bytes(32)),
    ]
    for one, other in combinations(halves, 2):
        assert one.auth != other.auth
        assert one.unlock != other.unlock
