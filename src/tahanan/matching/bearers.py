"""Who bears a name: staff and households against a suspect's name and aliases.

For a question that a person answers afterwards, so it says yes where the likely forms agree: the
surnames share a word, and all given names of the shorter stand in the longer, nicknames included.
*Jose Maria Reyes Jr.* and *Joey Reyes* agree; *Maria Clara Santos* and *Maria Fe Santos* do not. A
name without a surname agrees with nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tahanan.base.names import parse
from tahanan.matching.normal import other_forms, words

K = TypeVar("K")

# How aliases are written one after another: lines, commas, “alias”, “a.k.a.”.
_BETWEEN = re.compile(r"[\n,;/]|\b(?:alias|a\.?k\.?a|o kaya)(?!\w)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Name:
    given: frozenset[str]
    called: frozenset[str]
    surnames: frozenset[str]


class Bearers(Generic[K]):
    """People by their surnames, each with what a caller knows them by."""

    def __init__(self, people: Iterable[tuple[K, str]]) -> None:
        self._by_surname: dict[str, list[tuple[K, _Name]]] = defaultdict(list)
        for key, written in people:
            name = _read(written)
            for surname in name.surnames:
                self._by_surname[surname].append((key, name))

    def bearing(self, name: str, aliases: str = "") -> list[K]:
        """Everybody whose name agrees with `name`, or with one of the aliases, each once."""
        found: dict[K, None] = {}
        for form in _forms(name, aliases):
            for surname in sorted(form.surnames):
                for key, theirs in self._by_surname.get(surname, ()):
                    if _agree(form, theirs):
                        found[key] = None
        return list(found)


def _forms(name: str, aliases: str) -> list[_Name]:
    """The name itself, and every alias; one without a surname is taken with the name's own."""
    own = _read(name)
    forms = [own]
    for written in filter(None, map(str.strip, _BETWEEN.split(aliases))):
        alias = _read(written)
        known = alias.surnames or own.surnames
        forms.append(_Name(alias.given, alias.called, known))
    return forms


def _read(written: str) -> _Name:
    name = parse(written)
    surnames = words(name.surname, is_surname=True)
    return _Name(
        frozenset(words(name.given)),
        frozenset(words(name.nickname)),
        frozenset(each for word in surnames for each in (word, *other_forms(word))),
    )


def _agree(one: _Name, other: _Name) -> bool:
    return any(
        _within(a, b) or _within(b, a)
        for a in (one.given, one.called)
        for b in (other.given, other.called)
        if a and b
    )


def _within(few: frozenset[str], many: frozenset[str]) -> bool:
    """Whether each of `few` stands in `many` in one of its forms."""
    return all(word in many or other_forms(word) & many for word in few)
