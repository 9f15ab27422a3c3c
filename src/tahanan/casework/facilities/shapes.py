"""What is shown of facilities, and what a line of places is set to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tahanan.records.vocabulary import FacilityKind, Permit, Sex


@dataclass(frozen=True, slots=True)
class PermitShape:
    """A licence or accreditation, valid from a day until a day, both included."""

    kind: Permit
    reference: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Places:
    """A line of places as set: for one sex (`UNKNOWN`: girls and boys), between two ages.

    `line` is the number of the line this changes; 0 for a new one.
    """

    sex: Sex
    age_from: int
    age_until: int
    places: int
    line: int = 0


def mark_of(lines: Iterable[Places]) -> str:
    """Lines of places as one word that a form carries: what stood when it was opened."""
    ordered = sorted(lines, key=lambda each: each.line)
    return " ".join(
        f"{each.line}:{each.sex}:{each.age_from}-{each.age_until}:{each.places}" for each in ordered
    )


@dataclass(frozen=True, slots=True)
class LineShape:
    """A line of places as it stands today."""

    line: int
    sex: Sex
    age_from: int
    age_until: int
    places: int
    out_of_use: int
    taken: int

    @property
    def as_set(self) -> Places:
        """The line alone, without who lives on it."""
        return Places(self.sex, self.age_from, self.age_until, self.places, self.line)

    @property
    def left(self) -> int:
        """Places that nobody has; never below zero."""
        return max(0, self.places - self.out_of_use - self.taken)


@dataclass(frozen=True, slots=True)
class OutOfUse:
    """Places of one line that cannot be used, and why."""

    id: UUID
    line: int
    places: int
    reason: str
    from_on: date


@dataclass(frozen=True, slots=True)
class FacilityShape:
    """One facility as it stands today, without its address."""

    id: UUID
    organisation: UUID
    agency: str
    name: str
    kind: FacilityKind
    region: str
    city: str
    permits: tuple[PermitShape, ...]
    lines: tuple[LineShape, ...]
    paused: bool

    def term(self, kind: Permit, on: date) -> PermitShape | None:
        """The permit of `kind` that is valid on a day; else the one that ended last, if any."""
        held = [permit for permit in self.permits if permit.kind == kind]
        valid = [permit for permit in held if permit.valid_from <= on <= permit.valid_until]
        return max(valid or held, key=lambda permit: permit.valid_until, default=None)


@dataclass(frozen=True, slots=True)
class Numbers:
    """After how many days a home reviews a stay, and means it to end. None: it has set none."""

    review_days: int | None = None
    stay_target_days: int | None = None


@dataclass(frozen=True, slots=True)
class Householder:
    """An adult who lives in a home and does not work there."""

    id: UUID
    name: str
    since_on: date


@dataclass(frozen=True, slots=True)
class FacilityPage:
    """All that stands on a facility's own page. `address` is empty for who does not work there.

    `household` is for who keeps the page.
    """

    facility: FacilityShape
    numbers: Numbers
    address: str
    out_of_use: tuple[OutOfUse, ...]
    teams: tuple[str, ...]
    may_edit: bool
    household: tuple[Householder, ...]
