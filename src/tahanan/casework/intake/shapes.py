"""What intake shows: frozen, holding only what the one who asks may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tahanan.base.days import PartialDate
from tahanan.casework.cases import CardSeen
from tahanan.casework.intake.answers import Mend, Shared
from tahanan.records.vocabulary import Bond, Sex


@dataclass(frozen=True, slots=True)
class Theirs:
    """Two wrote the same answers: each input's words as they stand and as you typed them."""

    by: str
    version: int
    inputs: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Pane:
    """One child on the board. `step` is the screen that is next for her, if any."""

    id: UUID
    position: int
    case: UUID | None
    name: str
    sex: Sex | None
    birth: PartialDate | None
    answered: tuple[str, ...]
    mends: tuple[Mend, ...]
    step: str | None
    has_bed: bool
    asked_again: bool
    needs: str
    need_by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Children of this intake who belong together; `half` are those past the double bar."""

    children: tuple[UUID, ...]
    bond: Bond
    half: frozenset[UUID]
    says: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the intake stands as a whole, for the head of each of its pages."""

    id: UUID
    team: UUID
    shared: Shared
    late: bool
    pack: int | None
    sheets: int
    saved_at: datetime
    opened_at: datetime
    finished_at: datetime | None
    children: int
    unfiled: int
    version: int


@dataclass(frozen=True, slots=True)
class Board:
    """The children of one removal, what is still needed, and who belongs together."""

    standing: Standing
    panes: tuple[Pane, ...]
    families: tuple[Family, ...]
    resume: tuple[UUID | None, str] | None


@dataclass(frozen=True, slots=True)
class SharedAsked:
    """The shared facts as typed, with what is to be mended."""

    standing: Standing
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChildAsked:
    """One child as typed, with what is to be mended. A child not saved yet has no id.

    `alike`: how many known children may be she, or a sister or brother; `siblings` are names with
    positions, for who has no name.
    """

    standing: Standing
    id: UUID | None
    position: int
    case: UUID | None
    name: str
    sex: Sex | None
    version: int
    typed: Mapping[str, str]
    mends: tuple[Mend, ...]
    answered: tuple[str, ...]
    asked_again: bool
    alike: int
    siblings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A child already known who may be this one; `reasons` are codes of `matching.screen`."""

    seen: CardSeen
    reference: str
    opened_on: date
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An intake that goes on, for a list: nothing in it names a child."""

    id: UUID
    opened_at: datetime
    saved_at: datetime
    happened: tuple[date, date] | None
    city: str
    children: int
    unfiled: int
    to_mend: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A numbered pack of blank sheets."""

    id: UUID
    number: int
    sheets: int
    printed_on: date
    used: bool
