"""Philippine places by PSGC code: regions, provinces, cities and municipalities, and finding one.

The list and its release day are in ``places.csv`` (docs/how-to/refresh-places.md says how it is
made). No barangays: they would lead too close to a home. It is read at the first question, in a
few milliseconds, and kept.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tahanan.base.names import fold

_SHORT_FORMS = {
    "sto": "santo",
    "sta": "santa",
    "st": "saint",
    "gen": "general",
    "pres": "president",
    "sen": "senator",
    "dr": "doctor",
    "gov": "governor",
    "mt": "mount",
}
# "City of Cebu", "Cebu City" and "Lungsod ng Cebu" are one place: these words say only its kind.
_KIND_WORDS = {"city", "of", "the", "municipality", "lungsod", "ng", "syudad", "sa", "bayan"}
_KNOWN_AS = {"gensan": "general santos", "cdo": "cagayan de oro", "qc": "quezon city"}
_CLOSE = 0.74  # one edit in a word of four letters


@dataclass(frozen=True, slots=True)
class Region:
    """A region. `code` is its ten-digit PSGC code; `island` is luzon, visayas or mindanao."""

    code: str
    name: str
    island: str

    @property
    def short(self) -> str:
        """“Central Visayas” for “Region VII (Central Visayas)”; others without the bracket."""
        numbered = re.fullmatch(r"Region \S+ \((.+)\)", self.name)
        return numbered[1] if numbered else re.sub(r" \(.+\)$", "", self.name)


@dataclass(frozen=True, slots=True)
class Province:
    """A province, or the Special Geographic Area of the Bangsamoro region."""

    code: str
    name: str

    @property
    def region(self) -> str:
        """The PSGC code of its region."""
        return _region_of(self.code)


@dataclass(frozen=True, slots=True)
class City:
    """A city or municipality.

    `province` is a PSGC code, empty for an independent city; `around` is the province people still
    name with it (Cebu for the City of Mandaue), empty in the National Capital Region.
    """

    code: str
    name: str
    kind: str
    province: str
    around: str

    @property
    def region(self) -> str:
        """The PSGC code of its region."""
        return _region_of(self.code)

    def full(self) -> str:
        """With the province around it, or its region where there is none: “Loon, Bohol”."""
        above = province(self.around).name if self.around else region(self.region).short
        return f"{self.name}, {above}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A city with the words that find it."""

    city: City
    own: tuple[str, ...]
    joined: str
    above: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Places:
    release: date
    regions: dict[str, Region]
    provinces: dict[str, Province]
    cities: dict[str, City]


def release() -> date:
    """The day of the PSGC release the list was made from."""
    return _places().release


def regions() -> tuple[Region, ...]:
    """All regions, in the order of their codes."""
    return tuple(_places().regions.values())


def region(code: str) -> Region:
    """The region with this PSGC code. Raises KeyError."""
    return _places().regions[code]


def provinces_in(region_code: str) -> tuple[Province, ...]:
    """The provinces of a region, by name. Empty for the National Capital Region."""
    found = (each for each in _places().provinces.values() if each.region == region_code)
    return tuple(sorted(found, key=lambda each: fold(each.name)))


def province(code: str) -> Province:
    """The province with this PSGC code. Raises KeyError."""
    return _places().provinces[code]


def city(code: str) -> City:
    """The city or municipality with this PSGC code. Raises KeyError."""
    return _places().cities[code]


def is_city(code: str) -> bool:
    """Whether the code is one of a city or municipality in the list."""
    return code in _places().cities


def cities_in(region_code: str) -> tuple[City, ...]:
    """The cities and municipalities of a region, by the name people look under."""
    found = (each for each in _places().cities.values() if each.region == region_code)
    return tuple(sorted(found, key=lambda each: (" ".join(_own_words(each.name)), each.code)))


# An intake asks for the same words again at each of its saves and looks.
@lru_cache(maxsize=512)
def find_city(text: str, limit: int = 8) -> tuple[City, ...]:
    """The cities and municipalities `text` most likely means, best first.

    Forgives accents, capitals, “City of X” and “X City”, Sto. and Santo, an unfinished last word
    and one slip of the finger in a word; a province or region narrows (“san isidro bohol”).
    """
    words = _words(" ".join(_KNOWN_AS.get(word, word) for word in fold(text).split()))
    asked_city = "city" in words or "lungsod" in words
    wanted = [word for word in words if word not in _KIND_WORDS] or list(words)
    if not wanted:
        return ()
    near = [_near_words(word, final=word is wanted[-1]) for word in wanted]
    scored = []
    for entry in _entries():
        score = _score(entry, near)
        if score > 0:
            kind = (0.15 if asked_city else 0.05) if entry.city.kind == "city" else 0.0
            scored.append((-score - kind, " ".join(entry.own), entry.city.code, entry.city))
    return tuple(row[3] for row in sorted(scored)[:limit])


def only_city(text: str) -> City | None:
    """The one place that `text` names word for word, whatever its kind; None for none or several.

    “Carcar” is the City of Carcar; “Talisay” is four places, and a slip of the finger is a guess.
    """
    words = _words(" ".join(_KNOWN_AS.get(word, word) for word in fold(text).split()))
    named = sorted(word for word in words if word not in _KIND_WORDS)
    exact = [each for each in find_city(text, limit=40) if named in _ways_to_name(each)]
    if "city" in words or "lungsod" in words:
        exact = [each for each in exact if each.kind == "city"] or exact
    return exact[0] if len(exact) == 1 else None


def _ways_to_name(each: City) -> tuple[list[str], list[str]]:
    above = province(each.around).name if each.around else region(each.region).short
    own = _own_words(each.name)
    return sorted(own), sorted((*own, *_own_words(above)))


def _score(entry: _Entry, near: list[dict[str, float]]) -> float:
    """How well an entry answers: every word must find its place, in the name or above it."""
    total = 0.0
    met: set[str] = set()
    for similar in near:
        if entry.joined in similar:
            met.update(entry.own)
            total += similar[entry.joined]
            continue
        best, where = max(((similar.get(own, 0.0), own) for own in entry.own), default=(0.0, ""))
        if best:
            met.add(where)
        else:
            best = 0.5 * max((similar.get(above, 0.0) for above in entry.above), default=0.0)
        if not best:
            return 0.0
        total += best
    if not met:
        return 0.0
    return total / len(near) + 0.3 * len(met) / len(set(entry.own))


def _near_words(word: str, *, final: bool) -> dict[str, float]:
    """Words of the list that `word` may mean, how surely: itself 1, begun .9, misspelt less."""
    near = {}
    for other, similarity, _ in process.extract(
        word, _vocabulary(), scorer=OSA.normalized_similarity, score_cutoff=_CLOSE, limit=40
    ):
        near[other] = 1.0 if other == word else 0.8 * similarity
    if final:
        for other in _vocabulary():
            if other.startswith(word) and other != word:
                near[other] = max(near.get(other, 0.0), 0.9)
    return near


def _words(text: str) -> tuple[str, ...]:
    found = re.findall(r"[a-z0-9]+", fold(text).replace("'", "").replace("’", ""))
    return tuple(_SHORT_FORMS.get(word, word) for word in found)


def _own_words(name: str) -> tuple[str, ...]:
    words = _words(name)
    return tuple(word for word in words if word not in _KIND_WORDS) or words


def _region_of(code: str) -> str:
    return code[:2] + "00000000"


@cache
def _places() -> _Places:
    text = files("tahanan.base").joinpath("places.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("#")]
    marked = next(line for line in head if line.startswith("# release: "))
    rows = list(csv.DictReader(lines[len(head) :]))
    cities = (
        City(row["code"], row["name"], row["level"], row["province"], row["around"])
        for row in _at(rows, "city", "municipality")
    )
    return _Places(
        release=date.fromisoformat(marked.removeprefix("# release: ")),
        regions={
            row["code"]: Region(row["code"], row["name"], row["island"])
            for row in _at(rows, "region")
        },
        provinces={
            row["code"]: Province(row["code"], row["name"]) for row in _at(rows, "province")
        },
        cities={each.code: each for each in cities},
    )


def _at(rows: Iterable[dict[str, str]], *levels: str) -> Iterable[dict[str, str]]:
    return (row for row in rows if row["level"] in levels)


@cache
def _entries() -> tuple[_Entry, ...]:
    found = []
    for each in _places().cities.values():
        own = _own_words(each.name)
        found.append(_Entry(each, own, "".join(own), _above(each)))
    return tuple(found)


def _above(each: City) -> frozenset[str]:
    words = set(_words(region(each.region).name))
    if each.around:
        words.update(_words(province(each.around).name))
    return frozenset(words)


@cache
def _vocabulary() -> tuple[str, ...]:
    words: set[str] = set()
    for entry in _entries():
        words.update(entry.own, entry.above, (entry.joined,))
    return tuple(sorted(words))
