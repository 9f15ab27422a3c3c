"""What stands on a child's page: the child, her way home, what is due, six panes, who can see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tahanan.access.rules import Act
from tahanan.base.names import LegalName
from tahanan.casework.cases import CardSeen, Care, ElementShape
from tahanan.casework.grants import Sight
from tahanan.casework.justice import JusticeShape
from tahanan.casework.legal_basis import BasisShape, ContactShape
from tahanan.casework.notes import NoteShape
from tahanan.casework.operations import SharedFacts
from tahanan.casework.stays import HomeShape
from tahanan.records.vocabulary import ClockKind, Compartment, DecidedBy, FacilityKind, Kin, Status


class Stage(StrEnum):
    """The six stages of the way home."""

    SAFE = "safe"
    ASSESSMENT = "assessment"
    DECIDING = "deciding"
    PLACE = "place"
    AFTERCARE = "aftercare"
    HOME = "home"


class Passed(StrEnum):
    """How far a stage is: `SKIPPED` lies behind her, and nothing is recorded of it."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One stage with what is recorded of it; `first` and `last` possible day, or a stay's span.

    `day` of `of`: how long the stay goes on, and the home's own target, where it has one.
    """

    stage: Stage
    passed: Passed
    first: date | None = None
    last: date | None = None
    kind: FacilityKind | None = None
    day: int | None = None
    of: int | None = None


class What(StrEnum):
    """What an entry of the timeline is about."""

    REMOVAL = "removal"
    STATUS = "status"
    STAY = "stay"
    STAY_END = "stay_end"
    BASIS = "basis"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Version:
    """A dated row as it stood between two days of knowing. `code` and `more` are codes."""

    row: UUID
    code: str
    more: str
    first: date
    last: date | None
    known_on: date
    replaced_on: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: as it stands, what stood before, and whether it was taken back."""

    what: What
    stands: Version
    before: tuple[Version, ...]
    taken_back_on: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due."""

    kind: ClockKind
    on: date


@dataclass(frozen=True, slots=True)
class Sibling:
    """A sister or brother whose card may be opened. `stays_in` where her whereabouts may be known.

    `together`: in the same home as this child, where both may be known.
    """

    seen: CardSeen
    where_known: bool
    stays_in: FacilityKind | None
    since: date | None
    together: bool


@dataclass(frozen=True, slots=True)
class Updated:
    """The last change that the actor may know of."""

    at: datetime
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds the case; `mine` when the actor does."""

    manager: str
    mine: bool
    supervisors: tuple[str, ...]
    therapists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult of the child's in relation words only: the name stands in Identity."""

    kin: Kin
    may_decide: bool
    may_be_told: bool


@dataclass(frozen=True, slots=True)
class Pane:
    """One of the six: `why_not` is empty where it may be opened."""

    compartment: Compartment
    why_not: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What Identity holds."""

    name: LegalName | None
    contacts: tuple[ContactShape, ...]
    bases: tuple[BasisShape, ...]


@dataclass(frozen=True, slots=True)
class StatusDecided:
    """One status with who decided it, by name."""

    id: UUID
    status: Status
    decided_by: DecidedBy
    decider: str
    from_on: date
    until_on: date | None
    known_on: date


@dataclass(frozen=True, slots=True)
class CareSaid:
    """What Care holds: the summary, who wrote it when, and every status."""

    care: Care | None
    by: str
    at: datetime | None
    statuses: tuple[StatusDecided, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """One removal, to be corrected from Justice."""

    id: UUID
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Justice:
    """What Justice holds: the elements, what was asked once for all, suspects, demand, support."""

    elements: tuple[ElementShape, ...]
    shared: SharedFacts | None
    removals: tuple[Brought, ...]
    file: JusticeShape


@dataclass(frozen=True, slots=True)
class Lived:
    """One stay with its home."""

    home: HomeShape | None
    kind: FacilityKind
    mode: str
    from_on: date
    until_on: date | None
    end: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where she is now and was before, newest first."""

    stays: tuple[Lived, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The one opened pane, its notes ten at a time; `more`: older ones are left out.

    `of` is what beside the notes it holds; Health and Therapy hold notes alone.
    """

    compartment: Compartment
    at: datetime
    of: Identity | CareSaid | Justice | Whereabouts | None
    notes: tuple[NoteShape, ...]
    skipped: int
    more: bool


@dataclass(frozen=True, slots=True)
class ChildPage:
    """The whole page, as far as the actor may see it.

    `card` is None for who may not open it; `way` and `entries` are empty without SEE_WAY, `sights`
    None without SEE_GRANTS. `unseen`: siblings whose cards are not shared with the actor. `housed`:
    she has a place now, for who sees her way.
    """

    case: UUID
    reference: str
    opened_on: date
    also: tuple[tuple[UUID, str], ...]
    card: CardSeen | None
    updated: Updated | None
    way: tuple[Step, ...]
    due: tuple[Due, ...]
    housed: bool
    siblings: tuple[Sibling, ...]
    unseen: int
    holders: Holders
    adults: tuple[Adult, ...]
    panes: tuple[Pane, ...]
    opened: Opened | None
    sights: tuple[Sight, ...] | None
    entries: tuple[Entry, ...]
    acts: frozenset[Act]
    writes: frozenset[Compartment]
    keys_due: bool


@dataclass(frozen=True, slots=True)
class WayPage:
    """The timeline, whole."""

    card: CardSeen
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LookShape:
    """Somebody opened or changed something, or was refused."""

    who: str
    mine: bool
    verb: str
    at: datetime
    outcome: str
    compartments: tuple[Compartment, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class LooksPage:
    """Who looked since a day, newest first; `more`: older ones are left out."""

    card: CardSeen
    looks: tuple[LookShape, ...]
    since: date
    more: bool
