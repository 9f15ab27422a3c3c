"""What pages are given of requests, admissions and exclusions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tahanan.casework.admissions.suitability import Answer, Broken
from tahanan.casework.cases import CardSeen
from tahanan.casework.facilities import FacilityShape
from tahanan.records.vocabulary import Compartment, TeamKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """Children without a place, by sibling group; `more` says that others were left out."""

    groups: tuple[tuple[CardSeen, ...], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What a place is asked with: these children, and their siblings who have none."""

    children: tuple[CardSeen, ...]
    region: str


@dataclass(frozen=True, slots=True)
class HomeAnswer:
    """One home's answer in a request, beside the home as it stands now."""

    home: FacilityShape
    said: Answer

    @property
    def coming(self) -> int:
        """Places these children would take."""
        return len(self.said.takes)

    @property
    def left(self) -> int:
        """Places left after them."""
        said = self.said
        return max(0, said.places - said.out_of_use - said.taken - self.coming)


@dataclass(frozen=True, slots=True)
class Placement:
    """A place asked for, and every home's answer as it was then."""

    request: UUID
    asked_at: datetime
    from_on: date
    region: str
    open: bool
    children: tuple[CardSeen, ...]
    housed: frozenset[UUID]
    family: bool
    all_together: tuple[HomeAnswer, ...]
    some: tuple[HomeAnswer, ...]
    none: tuple[HomeAnswer, ...]
    elsewhere: int
    lead: str


@dataclass(frozen=True, slots=True)
class Told:
    """A team of the home, and what of each child's record it will be able to open."""

    name: str
    kind: TeamKind
    compartments: tuple[Compartment, ...]


@dataclass(frozen=True, slots=True)
class Confirming:
    """What is about to be done, and what follows from it."""

    request: UUID
    answer: HomeAnswer
    from_on: date
    children: tuple[CardSeen, ...]
    parted_from: tuple[CardSeen, ...]
    moving: tuple[tuple[CardSeen, str], ...]
    emergency: bool
    overridden: tuple[Broken, ...]
    told: tuple[Told, ...]
    review_days: int | None
    stay_target_days: int | None


@dataclass(frozen=True, slots=True)
class Admitted:
    """What is now true: who lives where, and who of the request still has no place.

    `intake` is the one of these days that took them in, where others may still need a bed.
    """

    request: UUID
    home: FacilityShape
    address: str
    children: tuple[CardSeen, ...]
    waiting: tuple[CardSeen, ...]
    emergency: bool
    intake: UUID | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A child admitted to the actor's home, not yet received."""

    child: CardSeen
    home: str
    from_on: date
    emergency: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a discharge begins from. `place` is empty where whereabouts is not the actor's."""

    child: CardSeen
    place: str
    from_on: date
    today: date
    teams: tuple[str, ...]
    says_where_to: bool


@dataclass(frozen=True, slots=True)
class Reviewing:
    """A stay to be looked at again, and what of it is due to whom."""

    child: CardSeen
    from_on: date
    emergency: bool
    due: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declaring:
    """Whom an exclusion would be for: the whole sibling group."""

    children: tuple[CardSeen, ...]
    homes: tuple[tuple[UUID, str], ...]


class Heard(StrEnum):
    """How a neutral no came to the lead; what is listed first needs her first."""

    LIVES_THERE = "lives_there"
    ASKED_BEFORE = "asked_before"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class NeutralNo:
    """A home that cannot take some children, for a reason their worker was not told.

    It was said when it was asked; or it was declared after, and the children live there, or the
    answers their worker still reads offer it. `asked_at` and `by` of a request, `since` of a stay.
    """

    why: Heard
    asked_at: datetime | None
    since: date | None
    by: str
    home: str
    children: tuple[CardSeen, ...]
