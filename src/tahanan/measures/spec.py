"""What a measure is: a specification, compiled to SQL elsewhere and recounted in plain Python.

Nothing here knows a table or a database. Codes are those of the records' vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from tahanan.measures.periods import Period

REMOVED, SURRENDERED, SAFEGUARDED = "removed", "surrendered", "safeguarded"
RESCUED = (REMOVED, SURRENDERED)
HOWS = (REMOVED, SURRENDERED, SAFEGUARDED)

# In the order in which one wins where two began on the same day; `none` is no status at all.
NO_STATUS, NOT_VICTIM, AT_RISK, VICTIM = "none", "not_victim", "at_risk", "victim"
STATUSES = (NO_STATUS, NOT_VICTIM, AT_RISK, VICTIM)

# What a court decided, in the order in which one wins where two stand for one level and day.
OUTCOMES = ("dismissed", "acquitted", "upheld", "reversed", "convicted")
PLEAS = ("none", "not_guilty", "guilty", "guilty_of_lesser")
SENTENCES = ("none", "prison", "suspended", "probation", "fine", "unknown")
LEVELS = ("trial", "appeal", "supreme")

# In the order in which the stronger wins; nothing is below all of them.
FINDINGS = ("not_found", "suspected", "established")
OSEC_ELEMENTS = (
    "minor", "production", "depiction", "online", "third_party_absent", "compensation"
)  # fmt: skip
CONTACT_ABUSE = "contact_abuse"

HERE = "PH"
UNKNOWN = "unknown"

CLOSE_KIN = (
    "parent", "step_parent", "parents_partner", "sibling", "grandparent", "aunt_uncle", "cousin",
    "other_relative", "guardian", "close_family_friend",
)  # fmt: skip

BONDS = ("full", "half", "not_sure")
RAISED_TOGETHER = "raised_together"

# The index of the oldest band that is 12 or younger, and of the band of adults (base.ages.BANDS).
UP_TO_12, ADULTS = 3, 6


class Which(StrEnum):
    """Which of several events of one child decides."""

    FIRST = "first"
    LAST = "last"


class StatusDay(StrEnum):
    """On which day a child's status is asked for."""

    KNOWN = "known"
    EVENT = "event"


class Who(StrEnum):
    """Which of the suspects who were named are counted."""

    NAMED = "named"
    ARRESTED = "arrested"
    JUDGED = "judged"
    CONVICTED = "convicted"


class Once(StrEnum):
    """What is counted once among convictions."""

    PERSON = "person"
    JUDGMENT = "judgment"
    DOCKET = "docket"


# ── who or what is counted ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Children:
    """Children, joined records as one, each by the one event that decides her period and her age.

    `how`: which ways to safety count; None: a child is counted from the day her support began.
    `each`: every event is counted, not every child. `through_operation`: only those that were part
    of an operation. `statuses`: which she may have; `status_on`: on which day.
    """

    how: tuple[str, ...] | None = RESCUED
    decides: Which = Which.FIRST
    each: bool = False
    through_operation: bool = False
    supported: bool = True
    statuses: tuple[str, ...] = (VICTIM,)
    status_on: StatusDay = StatusDay.KNOWN


@dataclass(frozen=True, slots=True)
class Suspects:
    """Suspects named for one of `children`: minors and whoever paid from elsewhere apart."""

    children: Children = Children()
    who: Who = Who.NAMED


@dataclass(frozen=True, slots=True)
class Arrests:
    """Suspects by their first arrest; `each`: the arrests themselves."""

    each: bool = False


@dataclass(frozen=True, slots=True)
class Operations:
    """Operations led by one of `kinds`; `acted`: with a removal or an arrest that stands."""

    kinds: tuple[str, ...] = ("law_enforcement",)
    acted: bool = True


@dataclass(frozen=True, slots=True)
class Convictions:
    """Convictions that stand: of a person, a person's charge, or a court case, each once."""

    once: Once = Once.PERSON
    abroad: bool = False
    lesser_pleas: bool = True
    suspended: bool = True


@dataclass(frozen=True, slots=True)
class Cases:
    """Supported cases whose support has not ended."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Children of `children`, once for each country from which somebody paid."""

    children: Children = Children()


Population: TypeAlias = Children | Suspects | Arrests | Operations | Convictions | Cases | Demand


# ── what is asked of each ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class AgedUpTo:
    """Both possible age bands at most `band`; both above: not; else unknown."""

    band: int = UP_TO_12


@dataclass(frozen=True, slots=True)
class AsSiblings:
    """Rescued with another child of her sibling cluster.

    `direct`: only children linked to her themselves. `same_operation`: the other in the same one.
    `others_counted`: the other must be one of those counted as well.
    """

    bonds: tuple[str, ...] = BONDS
    direct: bool = False
    same_operation: bool = True
    others_counted: bool = True


@dataclass(frozen=True, slots=True)
class Close:
    """One of `kin` to at least one of the children; unknown when nothing is known of any."""

    kin: tuple[str, ...] = CLOSE_KIN


@dataclass(frozen=True, slots=True)
class Established:
    """An element was established; not found: not; suspected or not asked: unknown."""

    element: str = CONTACT_ABUSE


@dataclass(frozen=True, slots=True)
class Classed:
    """OSEC: all six elements established. Wider OSAEC: a minor, online. Neither: one not found."""

    as_: str = "osec"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Admitted to a first stay; `until_days`: within so many days of the event that decides."""


Question: TypeAlias = AgedUpTo | AsSiblings | Close | Established | Classed | Admitted


# ── the measure ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Choice:
    """One open question: what was taken and why, and the figure under the nearest other choice."""

    question: str
    taken: str
    why: str
    other: Measure | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted and how. Sentences are English source text, translated on the page.

    `asks`: None for a plain count. `whole`: the unknown stay in the denominator. `apart`: codes of
    what is listed beside the figure, words in `APART`. `splits`: by what it may be split.
    """

    code: str
    version: int
    name: str
    sentence: str
    unit: str
    population: str
    key: str
    of: Population
    unknowns: str
    not_with: str
    asks: Question | None = None
    whole: bool = False
    numerator: str = ""
    denominator: str = ""
    apart: tuple[str, ...] = ()
    splits: tuple[str, ...] = ("year",)
    choices: tuple[Choice, ...] = field(default=(), repr=False)
