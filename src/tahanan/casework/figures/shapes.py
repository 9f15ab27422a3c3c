"""What figures are given out as: counts, never rows. A number that may not be told is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from tahanan.measures.periods import Period, percent
from tahanan.records.vocabulary import FacilityKind

# Whoever has no access to cases is told *fewer than 11* below it, and month ends alone.
FEWER_THAN = 11


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over one period, as known at the end of a day in Manila: exact, not for a page.

    `of`: the denominator, None for a plain count. `unknown`: for how many of the population the
    answer is not known; they are left out of `of`, and told. `uncertain`: how many have possible
    days on both sides of an edge of the period; they are not counted. `apart`: what is listed
    beside the figure and not in it, by code.
    """

    measure: str
    period: Period
    known_on: date
    count: int
    of: int | None = None
    unknown: int = 0
    uncertain: int = 0
    apart: Mapping[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, halves upwards; None for a plain count."""
        return None if self.of is None else percent(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of a split: its code (a year, an age band, `unknown`) and how many."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Split:
    """A measure split by one thing. The cells add up to the figure's count."""

    measure: str
    by: str
    cells: tuple[Cell, ...]


# ── as a page may tell it ───────────────────────────────────────────────────────────────────


class Sight(StrEnum):
    """How exactly somebody is told: by who she is, decided in `access.rules`."""

    EXACT = "exact"
    ROUNDED = "rounded"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it may be told: None where it is *fewer than 11*."""

    n: int | None
    of: int | None = None
    percent: int | None = None
    unknown: int | None = 0
    uncertain: int | None = 0
    apart: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownCell:
    """Neighbouring cells, joined until none is too small to be told."""

    codes: tuple[str, ...]
    n: int | None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """A split as it may be told. `known`: the sum of the cells that are not `unknown`."""

    measure: str
    by: str
    cells: tuple[ShownCell, ...]
    known: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One measure on the page, as known on the chosen day, and beside it on the latest one."""

    measure: str
    period: Period
    then: Shown
    beside: Shown | None


@dataclass(frozen=True, slots=True)
class Published:
    """A report that left the programme: as known on a day, published on another."""

    id: UUID
    report: str
    known_on: date
    published_on: date
    title: str


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The figures of one report.

    `days`: the days that may be chosen, newest first (month ends and published days); empty: any
    day may be. `published`: what was published as known on this very day. `beside`: the latest day
    that may be told, when it is another.
    """

    report: str
    known_on: date
    sight: Sight
    days: tuple[date, ...]
    published: Published | None
    beside: date | None
    lines: tuple[Line, ...]
    years: ShownSplit
    ages: ShownSplit
    may_publish: bool


class Cause(StrEnum):
    """Why a figure moved between two days as known; each key that came or went has one."""

    NEW = "new"
    LATE = "late"
    CORRECTED_IN = "corrected_in"
    CORRECTED_OUT = "corrected_out"
    JOINED = "joined"
    PARTED = "parted"


@dataclass(frozen=True, slots=True)
class Part:
    """One or more causes and by how much the figure moved for them; parts too small are joined."""

    causes: tuple[Cause, ...]
    n: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One measure as known on two days, and what lies between. The parts add up.

    `same_events`: what had happened by `before`, as known on `after`: to compare one period with
    the next. `days`: as on the figures page.
    """

    measure: str
    period: Period
    before: date
    after: date
    was: int | None
    now: int | None
    same_events: int | None
    parts: tuple[Part, ...]
    sight: Sight
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """One measure with its choices in numbers, as known on a day.

    `others`: for each choice of the definition, the figure under the nearest other choice; None
    where no other figure belongs to it. `days`: as on the figures page.
    """

    measure: str
    period: Period
    known_on: date
    sight: Sight
    days: tuple[date, ...]
    shown: Shown
    others: tuple[Shown | None, ...]


@dataclass(frozen=True, slots=True)
class DailySeries:
    """For each day of a period, how many until then: all of it as known on one day.

    The other question, how many were known at the time, is not asked here.
    """

    measure: str
    period: Period
    known_on: date
    points: tuple[tuple[date, int], ...]


# ── who slept where ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Home:
    """One home on one day: its places in use, and how many slept there. Exact, not for a page."""

    name: str
    kind: FacilityKind
    places: int
    count: int


@dataclass(frozen=True, slots=True)
class Slept:
    """One home as it may be told, or several joined until they are not too few.

    `names`: none of a foster or kin family, to whom numbers are rounded. `places`: None where
    homes are joined: a full row would give each of them.
    """

    names: tuple[str, ...]
    kinds: tuple[FacilityKind, ...]
    homes: int
    n: int | None
    places: int | None


@dataclass(frozen=True, slots=True)
class OccupancyPage:
    """How many children slept in each home on one day, as known on a day.

    `sums`: by kind; kinds with a joined row in common are one. `days`: month ends, or none where
    any day may be asked for.
    """

    day: date
    known_on: date
    sight: Sight
    days: tuple[date, ...]
    rows: tuple[Slept, ...]
    sums: tuple[Slept, ...]
    all: Slept
