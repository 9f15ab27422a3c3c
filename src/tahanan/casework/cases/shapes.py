"""What is said of a case: the card, the care summary, statuses and elements as they are seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from tahanan.base.days import PartialDate
from tahanan.base.names import LegalName
from tahanan.records.vocabulary import (
    DecidedBy,
    Depiction,
    Element,
    Finding,
    Purpose,
    Sex,
    Status,
)

CARD, IDENTITY, STATUS, CARE = "card", "identity", "status", "care"


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the outside of a child's file; all that lists and the house open.

    `chosen` is the name she chose or goes by; `number` the place she was met at, for *Child 5*;
    `needs` what else whoever has her tonight must know: milk, a light left on.
    """

    chosen: str = ""
    number: int = 0
    sex: Sex = Sex.UNKNOWN
    birth: PartialDate | None = None
    language: str = ""
    school: str = ""
    own_word: str = ""
    allergies: str = ""
    medicine: str = ""
    needs: str = ""
    visitors: str = ""

    def content(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self) | {"birth": _days(self.birth), "sex": self.sex.value}

    @classmethod
    def of(cls, content: dict[str, Any]) -> Card:
        """From what `content` gave."""
        return cls(**(content | {"birth": _birth(content["birth"]), "sex": Sex(content["sex"])}))


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card with the id of the piece that holds it: what an edit says it has seen."""

    case: UUID
    piece: UUID
    card: Card


@dataclass(frozen=True, slots=True)
class Care:
    """What whoever cares for her reads first: what helps, what was asked already, the goal now."""

    helps: str = ""
    asked: str = ""
    goal: str = ""


W = TypeVar("W", Card, LegalName, Care)


@dataclass(frozen=True, slots=True)
class Seen(Generic[W]):
    """What is written in one place of a file, with the id an edit says it has seen.

    `piece` is None where nothing is written yet.
    """

    case: UUID
    piece: UUID | None
    said: W
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """Two people wrote at once: what stood before both, and theirs. Yours is still in the form."""

    before: Seen[Any]
    theirs: Seen[Any]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with. `region` is a PSGC code.

    `since` is the day its first status holds from: today where not said.
    """

    team: UUID
    region: str
    card: Card
    name: LegalName | None = None
    purpose: Purpose = Purpose.PROTECTION
    survivor: UUID | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class StatusShape:
    """One status of a case, standing or replaced."""

    id: UUID
    status: Status
    decided_by: DecidedBy
    from_on: date
    until_on: date | None
    known_on: date


@dataclass(frozen=True, slots=True)
class ElementShape:
    """One element of OSEC as it stands."""

    id: UUID
    element: Element
    finding: Finding
    depiction: Depiction | None
    from_on: date


def _days(birth: PartialDate | None) -> list[str] | None:
    if birth is None:
        return None
    return [birth.first.isoformat(), birth.last.isoformat(), birth.precision]


def _birth(days: list[str] | None) -> PartialDate | None:
    if days is None:
        return None
    return PartialDate(date.fromisoformat(days[0]), date.fromisoformat(days[1]), days[2])
