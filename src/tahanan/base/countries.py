"""Countries by their ISO 3166-1 codes of two letters, and their names."""

from __future__ import annotations

from functools import cache

from babel import Locale

# Which country is not known (ISO 3166-1 leaves this code to whoever uses it).
UNKNOWN = "ZZ"
# What the Unicode list has beside ISO's: parts of countries, unions, and codes for tests.
_NOT_ISO = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK")
)


@cache
def codes() -> frozenset[str]:
    """The code of every country, and the one for an unknown one."""
    return frozenset(names("en"))


@cache
def names(language: str) -> dict[str, str]:
    """Code → the country's name in a language that Unicode's list knows."""
    territories = Locale.parse(language).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_ISO
    }
