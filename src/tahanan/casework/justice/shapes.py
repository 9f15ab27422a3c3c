"""What is said of suspects, arrests, judgments, demand and support, as it is given and as seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tahanan.casework.cases import CardSeen
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)

DOCKET = "docket"
# In a correction: the arrest was in no operation after all.
NO_OPERATION = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Who:
    """Who a suspect is: his name, what else he is called, and what is said of him. Sealed."""

    name: str = ""
    aliases: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """One child for whom a suspect is named, what he is to her, and whether he lives with her."""

    case: UUID
    kin: SuspectKin
    lives_with: Answer = Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class SuspicionShape:
    """What a suspect is to this child, as it stands."""

    id: UUID
    kin: SuspectKin
    part: Part
    minor: Answer
    lives_with: Answer
    named: Happening
    known_on: date


@dataclass(frozen=True, slots=True)
class ArrestShape:
    """One arrest, as it stands."""

    id: UUID
    suspect: UUID
    happened: Happening
    operation: UUID | None
    country: str
    supported: bool
    known_on: date


@dataclass(frozen=True, slots=True)
class JudgmentShape:
    """What one court decided on one charge, as it stands. `court_number`: of the whole docket."""

    id: UUID
    suspect: UUID
    docket: UUID
    happened: Happening
    charge: Charge
    outcome: Outcome
    plea: Plea
    sentence: Sentence
    level: CourtLevel
    country: str
    supported: bool
    court_number: str
    known_on: date


@dataclass(frozen=True, slots=True)
class SuspectShape:
    """One suspect as this child's file has him: arrests and judgments in the order of days."""

    id: UUID
    who: Who
    suspicion: SuspicionShape
    arrests: tuple[ArrestShape, ...]
    judgments: tuple[JudgmentShape, ...]


@dataclass(frozen=True, slots=True)
class DemandShape:
    """Somebody who paid from a country."""

    id: UUID
    country: str
    happened: Happening


@dataclass(frozen=True, slots=True)
class SupportShape:
    """The programme supported this case between two days, or does still."""

    id: UUID
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class JusticeShape:
    """What Justice holds beside the elements and what was asked once for all."""

    case: UUID
    suspects: tuple[SuspectShape, ...]
    demand: tuple[DemandShape, ...]
    support: tuple[SupportShape, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before somebody writes: the child, her file, and operations she was in.

    `row` is what stands by now of the row that is to be corrected, None where none was named;
    `barred` why it cannot be taken back, empty where it can.
    """

    child: CardSeen
    file: JusticeShape
    operations: tuple[tuple[UUID, Happening], ...]
    row: UUID | None
    barred: str


@dataclass(frozen=True, slots=True)
class KnownSuspect:
    """Somebody named for a sister or brother already, for which, and whether for her too."""

    id: UUID
    who: Who
    of: CardSeen
    hers: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """Before somebody is named: the child, those he may be named for too, those named for them."""

    child: CardSeen
    beside: tuple[CardSeen, ...]
    known: tuple[KnownSuspect, ...]
