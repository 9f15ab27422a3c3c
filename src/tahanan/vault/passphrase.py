"""Generated passphrases, recovery codes, and the two halves derived from either."""

from __future__ import annotations

import math
import random
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tahanan.vault.secret import Secret
from tahanan.vault.suites import KEY_BYTES, Unopenable, context, derive

LEAST_BITS = 64.0
LEAST_SALT = 16

# Words are consonant, vowel, consonant, vowel, consonant: said as written in Filipino, five keys
# each. Left out is what people mix up by ear (e and i, o and u, b and v, p and f, c and k and q)
# or by eye (l, v, j); no digits and no capitals, so a phone's first keyboard is enough.
_VOWELS = "aiu"
_OPENING = "bdghkmnprstwy"
_CLOSING = "dgkmnpst"
# A card is handed to a colleague at the first meeting: nothing on it may be coarse in Filipino,
# Cebuano or English.
_COARSE = (
    *("puta", "puki", "pusi", "titi", "pipi", "susu", "bayag", "iyut", "iyat", "tamud"),
    *("gagu", "hubad", "pisut", "rapis", "nigag", "tit", "dik"),
)


class Mistyped(Unopenable):
    """The check character does not fit: said before any key is tried, so it is no oracle."""


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """What one Argon2id guess costs: KiB of memory, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def below(self, other: Cost) -> bool:
        """Whether a guess at this cost takes less work than one at the other."""
        return self.memory_kib * self.passes < other.memory_kib * other.passes


# 188 ms of CPU measured; OWASP's floor is 19 MiB and two passes.
FULL = Cost(65536, 3, 1)

# What is below it was never meant for a real account, however far FULL is raised some day.
FLOOR = Cost(19456, 2, 1)

# FOR TESTS AND THE DEMONSTRATION'S TESTS ONLY: a thousand times weaker, protects nobody.
CHEAP = Cost(64, 1, 1)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Halves(Secret):
    """32 bytes to sign in with and 32 to open keys with; neither tells the other."""

    auth: bytes
    unlock: bytes


# Each derivation takes 64 MiB: twenty sign-ins at once, unbounded, took 1.3 GB and 7.8 s.
_turns = BoundedSemaphore(2)


def generate(words: int = 5, rng: random.Random | None = None) -> str:
    """A fresh passphrase such as ``takin-bumas-wiyat-dugam-hanup``.

    `rng` is for the demonstration world, whose passphrases are printed beside its accounts.
    Raises ValueError for fewer words than 64 bits need.
    """
    if entropy_bits(words) < LEAST_BITS:
        raise ValueError("A passphrase needs more words than that.")
    chosen = rng or secrets.SystemRandom()
    return "-".join(chosen.choice(_words()) for _ in range(words))


def entropy_bits(words: int) -> float:
    """The bits that guessing a passphrase of so many words takes, knowing how it was made."""
    return words * math.log2(len(_words()))


@cache
def _words() -> tuple[str, ...]:
    made = (
        first + vowel + middle + second + last
        for first in _OPENING
        for vowel in _VOWELS
        for middle in _OPENING
        for second in _VOWELS
        for last in _CLOSING
    )
    return tuple(word for word in made if not any(stem in word for stem in _COARSE))


def spoken(material: bytes, words: int = 6) -> str:
    """Six words (81 bits) that stand for `material`: two people read them to each other."""
    number = int.from_bytes(derive(material, b"tahanan/spoken/1"), "big")
    said = []
    for _ in range(words):
        number, at = divmod(number, len(_words()))
        said.append(_words()[at])
    return " ".join(said)


def normalise(typed: str) -> str:
    """What was meant: case, spaces, hyphens of any width and a phone's full stop forgiven."""
    folded = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def derive_halves(passphrase: str, salt: bytes, pepper: bytes, cost: Cost) -> Halves:
    """Argon2id (RFC 9106) of the passphrase, then HKDF with the pepper, into two halves.

    At most two run at once in a process; others wait. Without the pepper, which is in no
    database, a stolen table cannot be guessed at. Raises ValueError for a salt under 16 bytes or
    a pepper of another length than 32.
    """
    if len(salt) < LEAST_SALT or len(pepper) != KEY_BYTES:
        raise ValueError("A salt is at least 16 bytes and a pepper 32.")
    with _turns:
        stretched = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=cost.passes,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        ).derive(normalise(passphrase).encode())
    return _halves(stretched + pepper, "passphrase")


def stored_auth(auth: bytes) -> bytes:
    """SHA-256 of the auth half: what the database keeps to compare a sign-in with."""
    return sha256(auth).digest()


# 29 symbols, a prime, so that one check character catches every single slip and every swap of
# two. Without 0 O, 1 I L, 2 Z and U V being two things each.
_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXY"
_CODE_LENGTH = 27
_GROUP = 4


def recovery_code() -> str:
    """A fresh code of 131 bits and a check character, in seven printed groups of four."""
    drawn = [secrets.randbelow(len(_SYMBOLS)) for _ in range(_CODE_LENGTH)]
    # Weights 1 … 28 over all 28 characters sum to nought; the last weight is −1 modulo 29.
    drawn.append(_weighted(drawn) % len(_SYMBOLS))
    code = "".join(_SYMBOLS[value] for value in drawn)
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def recovery_halves(code: str, salt: bytes, pepper: bytes) -> Halves:
    """The halves of a recovery code. Raises Mistyped, an Unopenable, when it was misread.

    131 random bits need no stretching. Z is read as 2 and U as V.
    """
    if len(salt) < LEAST_SALT or len(pepper) != KEY_BYTES:
        raise ValueError("A salt is at least 16 bytes and a pepper 32.")
    typed = normalise(code).upper().translate(str.maketrans("ZU", "2V"))
    values = [_SYMBOLS.find(symbol) for symbol in typed]
    if len(values) != _CODE_LENGTH + 1 or -1 in values or _weighted(values) % len(_SYMBOLS):
        raise Mistyped
    return _halves(context(typed, salt, pepper), "recovery")


def _weighted(values: list[int]) -> int:
    return sum(weight * value for weight, value in enumerate(values, 1))


def _halves(secret: bytes, of: str) -> Halves:
    info = f"tahanan/{of}/1/".encode()
    return Halves(auth=derive(secret, info + b"auth"), unlock=derive(secret, info + b"unlock"))
