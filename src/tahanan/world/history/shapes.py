"""A history as a plan: who, what and when, and when it was known. Plain values, no ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tahanan.records.vocabulary import (
    Answer,
    Bond,
    Charge,
    CourtLevel,
    Finding,
    HowSafe,
    OperationKind,
    Outcome,
    Part,
    Plea,
    Sentence,
    Sex,
    Status,
    SuspectKin,
)


@dataclass(frozen=True, slots=True)
class Days:
    """When something happened: its first and last possible day, equal when known exactly."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Correction:
    """A day, or a birth, that turned out to be another, and when that was known."""

    days: Days
    known: date


@dataclass(slots=True)
class Raid:
    """One operation: `key` is its name in the plan. Its city stands in each child's file alone."""

    key: str
    team: str
    days: Days
    known: date
    city: str
    kind: OperationKind
    supported: bool

    @property
    def region(self) -> str:
        """The PSGC code of the region."""
        return self.city[:2] + "00000000"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status decided: from a day on, and when that was known."""

    status: Status
    from_on: date
    known: date


@dataclass(frozen=True, slots=True)
class Elements:
    """What was found of the elements of OSEC, of live images or others, and of contact abuse."""

    known: date
    osec: bool
    contact: Finding | None


@dataclass(frozen=True, slots=True)
class Living:
    """A stay: asked for and begun on one day, ended on another; `kin` or reunited, say."""

    home: str
    from_on: date
    until_on: date
    kin: bool


@dataclass(slots=True)
class Child:
    """One record of a child brought to safety. `born`: her first and last possible day of birth."""

    key: str
    family: str
    team: str
    raid: str | None
    city: str
    how: HowSafe
    days: Days
    known: date
    sex: Sex
    given: str
    middle: str
    surname: str
    born: Days | None
    supported: bool = True
    verdicts: list[Verdict] = field(default_factory=list)
    moved: list[Correction] = field(default_factory=list)
    reborn: list[Correction] = field(default_factory=list)
    paid_from: list[tuple[str, date]] = field(default_factory=list)
    elements: Elements | None = None

    @property
    def region(self) -> str:
        """The PSGC code of the region."""
        return self.city[:2] + "00000000"


@dataclass(slots=True)
class Tie:
    """Two children who belong together, since when that is known, and when it was taken back."""

    one: str
    other: str
    bond: Bond
    known: date
    parted: date | None = None


@dataclass(slots=True)
class Same:
    """Two records of one child: proposed by one, agreed by another; perhaps parted again."""

    one: str
    other: str
    proposed: date
    agreed: date
    parting: date | None = None
    parted: date | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """A suspect named for one child: what he is to her, and when that was known."""

    child: str
    kin: SuspectKin
    known: date


@dataclass(slots=True)
class Suspect:
    """Somebody suspected: each child he is named for, in the order it was known."""

    key: str
    team: str
    part: Part
    minor: Answer
    namings: list[Naming]


@dataclass(slots=True)
class Arrest:
    """One suspect arrested once; `withdrawn`: when it was known that it was somebody else."""

    suspect: str
    raid: str | None
    days: Days
    known: date
    country: str = "PH"
    supported: bool = True
    withdrawn: date | None = None


@dataclass(slots=True)
class Judgment:
    """What one court decided of one suspect on one charge. `docket`: a name in the plan."""

    suspect: str
    docket: str
    days: Days
    known: date
    charge: Charge
    outcome: Outcome
    plea: Plea
    sentence: Sentence
    level: CourtLevel
    country: str = "PH"
    supported: bool = True


@dataclass(slots=True)
class Stay:
    """One family taken into one home."""

    children: tuple[str, ...]
    team: str
    living: Living


@dataclass(slots=True)
class History:
    """The whole of it, each list in the order it was made."""

    raids: list[Raid] = field(default_factory=list)
    children: dict[str, Child] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    same: list[Same] = field(default_factory=list)
    suspects: dict[str, Suspect] = field(default_factory=dict)
    arrests: list[Arrest] = field(default_factory=list)
    judgments: list[Judgment] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
