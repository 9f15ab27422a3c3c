"""Search before create: is this child perhaps one we know, or a sister or brother of one?

Fellegi–Sunter weights, fixed and printed with each verdict; how common a name is comes from the
partition itself (algorithms.md §3.1). Nothing is merged by it: a person looks and decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import Final
from uuid import UUID

from rapidfuzz.distance import JaroWinkler

from tahanan.base.names import N_
from tahanan.matching.index import Partition, Row
from tahanan.matching.normal import other_forms

SAME: Final = "probably-the-same"
LOOK: Final = "look"
SIBLING: Final = "maybe-sibling"
VERDICTS: Final = {
    SAME: N_("Probably the same child"),
    LOOK: N_("Look: this may be the same child"),
    SIBLING: N_("Maybe a sister or brother"),
}

SAME_FROM, LOOK_FROM = 14.0, 8.0
MOST, CLOSE_SPELLING, NEAR_SPELLING, OTHER_NAME = 12.0, 5.0, 2.0, -4.0
YEAR_SAME, YEAR_NEAR, YEAR_OTHER = 4.2, 1.5, -4.0
REGION_SAME, REGION_OTHER = 2.5, -1.0
SEX_SAME, SEX_OTHER = 0.9, -5.0
SWAPPED = -1.0
CANDIDATES = 200  # rows weighed in full, for each of two searches

REASONS: Final = {
    "given-same": N_("same given name"),
    "given-close": N_("given name spelt alike, or its nickname"),
    "given-near": N_("given name a little alike"),
    "given-other": N_("another given name"),
    "second-same": N_("same second given name"),
    "second-close": N_("second given name spelt alike"),
    "second-near": N_("second given name a little alike"),
    "second-other": N_("another second given name"),
    "surname-same": N_("same surname"),
    "surname-close": N_("surname spelt alike"),
    "surname-near": N_("surname a little alike"),
    "surname-other": N_("another surname"),
    "middle-same": N_("same middle name"),
    "middle-close": N_("middle name spelt alike"),
    "middle-near": N_("middle name a little alike"),
    "middle-other": N_("another middle name"),
    "swapped": N_("middle name and surname the other way round"),
    "year-same": N_("born in the same year"),
    "year-near": N_("born a year apart, or perhaps in the same year"),
    "year-other": N_("born in another year"),
    "region-same": N_("same region"),
    "region-other": N_("another region"),
    "sex-same": N_("same sex"),
    "sex-other": N_("another sex"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing weighed: a code of REASONS, and what it adds or takes."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """A known case beside the new child: the verdict, its weight in bits, and why."""

    id: UUID
    verdict: str
    weight: float
    reasons: tuple[Reason, ...]


def screen(partition: Partition, child: Row, limit: int = 10) -> tuple[Likeness, ...]:
    """Known rows that may be this child, surest first, then maybe siblings.

    `child` is the row the new case would have; a row of the same id is passed over. A child without
    any name word is like nobody: the answer is empty.
    """
    found = (weigh(partition, child, known) for known in _near(partition, child))
    likely = sorted(
        (one for one in found if one is not None),
        key=lambda one: (one.verdict == SIBLING, -one.weight, one.id.bytes),
    )
    return tuple(likely[:limit])


def weigh(partition: Partition, child: Row, known: Row) -> Likeness | None:
    """The verdict on one pair with its reasons, or None where they are not alike."""
    straight = _surnames(partition, child, known.words.middle, known.words.surname)
    crossed = _surnames(partition, child, known.words.surname, known.words.middle)
    if known.words.middle and _sum(crossed) + SWAPPED > _sum(straight):
        straight = [*crossed, Reason("swapped", SWAPPED)]
    reasons = [*_given(partition, child, known), *straight, *_facts(child, known)]
    weight = round(_sum(reasons), 1)
    codes = {reason.code for reason in reasons}
    if "given-other" in codes and {"surname-same", "middle-same", "region-same"} <= codes:
        verdict = SIBLING
    elif weight >= LOOK_FROM:
        verdict = SAME if weight >= SAME_FROM else LOOK
    else:
        return None
    return Likeness(known.id, verdict, weight, tuple(reasons))


def _near(partition: Partition, child: Row) -> list[Row]:
    """Rows worth weighing: those near by all its words, and by its two surnames alone."""
    words = [word for word in child.words.in_order() if word]
    surnames = [word for word in (child.words.middle, child.words.surname) if word]
    year = child.first_year or None
    ids = {
        hit.id
        for typed in (words, surnames)
        for hit in partition.search(" ".join(typed), year, CANDIDATES).hits
    }
    return partition.rows(ids - {child.id})


def _given(partition: Partition, child: Row, known: Row) -> list[Reason]:
    """The best pair among the names each goes by; then half of what the second names say."""
    ours = [child.words.given, child.words.second, child.words.called]
    theirs = [known.words.given, known.words.second, known.words.called]
    pairs = [
        (_compare(partition, "given", mine, other), i, j)
        for i, mine in enumerate(ours)
        for j, other in enumerate(theirs)
        if mine and other
    ]
    if not pairs:
        return []
    best, i, j = max(pairs, key=lambda pair: (pair[0].weight, -pair[1], -pair[2]))
    rest = [name for at, name in enumerate(ours[:2]) if at != i and name]
    others = [name for at, name in enumerate(theirs[:2]) if at != j and name]
    if best.code == "given-other" or not rest or not others:
        return [best]
    second = _compare(partition, "second", rest[0], others[0])
    return [best, Reason(second.code, second.weight / 2)]


def _surnames(partition: Partition, child: Row, middle: str, surname: str) -> list[Reason]:
    """The surname in full, the middle name by half, against these two of the known row."""
    reasons = []
    if child.words.surname and surname:
        reasons.append(_compare(partition, "surname", child.words.surname, surname))
    if child.words.middle and middle:
        half = _compare(partition, "middle", child.words.middle, middle)
        reasons.append(Reason(half.code, half.weight / 2))
    return reasons


def _compare(partition: Partition, part: str, mine: str, other: str) -> Reason:
    """One word against one: the rarer a shared word, the more it says; at most MOST."""
    if mine == other:
        return Reason(f"{part}-same", min(MOST, log2(0.75 / partition.share(mine))))
    if min(len(mine), len(other)) == 1:
        # An initial says little either way.
        return Reason(f"{part}-near", 1.0) if mine[0] == other[0] else Reason(f"{part}-other", -2.0)
    likeness = JaroWinkler.similarity(mine, other)
    if likeness >= 0.92 or other in other_forms(mine) or mine in other_forms(other):
        return Reason(f"{part}-close", CLOSE_SPELLING)
    if likeness >= 0.85:
        return Reason(f"{part}-near", NEAR_SPELLING)
    return Reason(f"{part}-other", OTHER_NAME)


def _facts(child: Row, known: Row) -> list[Reason]:
    """What the year of birth, the region and the sex say; nothing where one is not known."""
    reasons = []
    if child.first_year and known.first_year:
        reasons.append(_years(child, known))
    if child.region and known.region:
        same = child.region == known.region
        code, weight = ("region-same", REGION_SAME) if same else ("region-other", REGION_OTHER)
        reasons.append(Reason(code, weight))
    if child.sex and known.sex:
        same = child.sex == known.sex
        code, weight = ("sex-same", SEX_SAME) if same else ("sex-other", SEX_OTHER)
        reasons.append(Reason(code, weight))
    return reasons


def _years(child: Row, known: Row) -> Reason:
    """Same only if both years are certain; spans that meet or touch are near."""
    spans = (child.first_year, child.last_year), (known.first_year, known.last_year)
    if spans[0] == spans[1] and child.first_year == child.last_year:
        return Reason("year-same", YEAR_SAME)
    apart = max(spans[0][0], spans[1][0]) - min(spans[0][1], spans[1][1])
    return Reason("year-near", YEAR_NEAR) if apart <= 1 else Reason("year-other", YEAR_OTHER)


def _sum(reasons: list[Reason]) -> float:
    return sum(reason.weight for reason in reasons)
