"""Normal forms of names for search: small letters without accents, Ma. as maria, particles joined.

“Ma. Teresa de la Cruz” and “MARIA TERESA DELA CRUZ” give the same words: maria, teresa, delacruz.
Nothing here is kept: no cache holds a name after its row is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tahanan.base.names import fold
from tahanan.matching.nicknames import OTHER_FORMS

_WRITTEN_SHORT = {"sta": "santa", "sto": "santo"}
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
_OPENING = frozenset({"de", "del", "dela", "delas", "delos"})
_ARTICLES = frozenset({"la", "las", "los"})
_SAINTS = frozenset({"san", "santa", "santo"})
_CORE = re.compile(r"(?:dela|delas|delos|del|de|santa|santo|san)(\w{3,})")
_SIGNS = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of one name by their place; empty where there is none.

    `spare` is the first word that has no place of its own: a third given name, the second of a
    double surname. `called` is the chosen name or nickname.
    """

    given: str = ""
    second: str = ""
    middle: str = ""
    surname: str = ""
    spare: str = ""
    called: str = ""

    def in_order(self) -> tuple[str, str, str, str, str, str]:
        """All six, empty ones too."""
        return self.given, self.second, self.middle, self.surname, self.spare, self.called


def name_words(given: str, middle: str, surname: str, called: str = "") -> NameWords:
    """The normal words of a name given in its parts."""
    first = words(given)
    mothers = words(middle, is_surname=True)
    last = words(surname, is_surname=True)
    chosen = [word for word in words(called) if word not in first]
    spare = first[2:] + last[1:] + mothers[1:] + chosen[1:]
    return NameWords(
        first[0] if first else "",
        first[1] if len(first) > 1 else "",
        mothers[0] if mothers else "",
        last[0] if last else "",
        spare[0] if spare else "",
        chosen[0] if chosen else "",
    )


def words(text: str, *, is_surname: bool = False) -> list[str]:
    """The normal words of one part of a name. In a surname even a leading San is a particle."""
    plain = _plain(text)
    if len(plain) < 2:
        return plain
    found: list[str] = []
    at = 0
    while at < len(plain):
        size = _joined(plain, at, saints=is_surname or at > 0)
        found.append("".join(plain[at : at + size]))
        at += size
    return found


def query_words(text: str) -> list[str]:
    """The words of a search as typed, in any order; “Surname, Given” is understood.

    Single letters are dropped if any longer word is there: an initial finds half the town.
    """
    before, comma, after = text.partition(",")
    found = words(before, is_surname=bool(comma)) + (words(after) if comma else [])
    long = [word for word in found if len(word) > 1]
    return list(dict.fromkeys(long or found))


def other_forms(word: str) -> frozenset[str]:
    """Words that may be typed for this one: nicknames both ways, a surname without its particle."""
    forms = OTHER_FORMS.get(word, frozenset())
    core = _CORE.fullmatch(word)
    return forms | {core[1]} if core else forms


def _plain(text: str) -> list[str]:
    """Folded words without signs, suffixes and the “y” between surnames; Ma. is maria."""
    folded = fold(text).replace("’", "").replace("'", "")
    found = [_WRITTEN_SHORT.get(word, word) for word in _SIGNS.split(folded) if word]
    if len(found) > 1:
        found = ["maria" if word == "ma" else word for word in found[:-1]] + found[-1:]
        found = [word for word in found if word not in _SUFFIXES and word != "y"] or found[:1]
    elif found == ["ma"] and "." in text:
        return ["maria"]
    return found


def _joined(plain: list[str], at: int, *, saints: bool) -> int:
    """How many words from `at` are one name: particles and what follows them."""
    left = len(plain) - at
    if left > 2 and plain[at] == "de" and plain[at + 1] in _ARTICLES:
        return 3
    if left > 1 and (plain[at] in _OPENING or (saints and plain[at] in _SAINTS)):
        # “de San Jose” and “dela Santa Cruz” keep their saint.
        return 1 + _joined(plain, at + 1, saints=True) if plain[at + 1] in _SAINTS else 2
    return 1
