"""What is shown of two records of one child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tahanan.casework.cases import CardSeen
from tahanan.records.vocabulary import Sameness

SAME = "same_child"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """One word of the history: None for the word that took the last one back for good.

    `reason` is empty where none was given, or where Care of neither record is the actor's to read.
    """

    word: Sameness | None
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Joining:
    """Two records and what is said of them, oldest word first.

    `same` is the row that stands, `word` what it says (None: taken back). `mine`: the actor said
    the last word. `others_may`: somebody else holds both and could agree.
    """

    same: UUID
    word: Sameness | None
    other: CardSeen
    reference: str
    mine: bool
    others_may: bool
    history: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Joinings:
    """A child, and every other record that is or was said to be of her, as far as both are seen."""

    child: CardSeen
    reference: str
    of: tuple[Joining, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What waits for a second person: two records that may be one child, or may be two."""

    same: UUID
    word: Sameness
    child: CardSeen
    other: CardSeen
    reference: str
    other_reference: str
    by: str
    on: date
