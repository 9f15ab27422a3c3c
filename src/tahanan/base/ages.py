"""Birth dates known in part, ages between two bounds, and how to say them.

A birth date is its first and last possible day. An age at an event is the youngest and oldest it
can be (algorithms.md §1.4). A birthday on 29 February is reached on 1 March in common years: our
convention, as is the first of the next month for a missing monthly day.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tahanan.base.days import ESTIMATED_MONTHS, ESTIMATED_YEARS, OLDEST_POSSIBLE
from tahanan.base.days import PartialDate as PartialDate
from tahanan.base.days import parse_date as parse_date
from tahanan.base.names import N_
from tahanan.base.problems import Problem

# An age in months is for a baby; from three years on one counts in years.
MONTHS_AT_MOST = 35
UNKNOWN_BAND = "unknown"


@dataclass(frozen=True, slots=True)
class Ages:
    """The youngest and oldest possible age at an event, in completed years."""

    youngest: int
    oldest: int

    @property
    def certain(self) -> bool:
        """Whether only one age is possible."""
        return self.youngest == self.oldest


def years_between(born: date, on: date) -> int:
    """Completed years of someone born on `born`, on the day `on`; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_between(born: date, on: date) -> int:
    """Completed months of someone born on `born`, on the day `on`; negative before birth."""
    return 12 * (on.year - born.year) + on.month - born.month - (on.day < born.day)


def age_at(birth_first: date, birth_last: date, event_first: date, event_last: date) -> Ages:
    """The ages possible at an event on an uncertain day, for an uncertain birth.

    Days on which the event would precede the birth are impossible and set aside. Raises ValueError
    if all are: the event is wholly before the birth.
    """
    if birth_first > event_last:
        raise ValueError("the event is before the birth")
    youngest = max(0, years_between(birth_last, event_first))
    return Ages(youngest, years_between(birth_first, event_last))


# -- bands -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Band:
    """A band of ages in completed years, both ends within; the last is open (`high` None)."""

    code: str
    low: int
    high: int | None
    words: str


BANDS: tuple[Band, ...] = (
    Band("0-2", 0, 2, N_("0 to 2")),
    Band("3-5", 3, 5, N_("3 to 5")),
    Band("6-9", 6, 9, N_("6 to 9")),
    Band("10-12", 10, 12, N_("10 to 12")),
    Band("13-15", 13, 15, N_("13 to 15")),
    Band("16-17", 16, 17, N_("16 to 17")),
    Band("18+", 18, None, N_("18 or older")),
)


def band(years: int) -> str:
    """The code of the band an age falls in, cut at 3, 6, 10, 13, 16 and 18."""
    if years < 0:
        raise ValueError("an age is never negative")
    return next(each.code for each in reversed(BANDS) if years >= each.low)


def bands_of(youngest: int, oldest: int) -> tuple[str, ...]:
    """The codes of all bands from the youngest to the oldest possible age, in order."""
    codes = [each.code for each in BANDS]
    low, high = codes.index(band(youngest)), codes.index(band(oldest))
    if low > high:
        raise ValueError("the youngest age is above the oldest")
    return tuple(codes[low : high + 1])


# -- estimates -------------------------------------------------------------------------------------


def birth_from_estimate(low: int, high: int, on: date, *, months: bool = False) -> PartialDate:
    """The days on which someone was born who, on the day `on`, was thought `low` to `high` old.

    Completed years, or completed months if `months`. Raises ValueError for an impossible span.
    """
    if not 0 <= low <= high <= OLDEST_POSSIBLE * (12 if months else 1):
        raise ValueError("an estimated age runs from a low to a high, neither negative")
    unit = 1 if months else 12
    first = _latest_birth(on, (high + 1) * unit) + timedelta(days=1)
    last = _latest_birth(on, low * unit)
    return PartialDate(first, last, ESTIMATED_MONTHS if months else ESTIMATED_YEARS)


def parse_age(years: str, months: str, on: date) -> PartialDate | tuple[Problem, ...]:
    """The days of birth of someone thought so old on the day `on`, as typed in two fields.

    Months alone, or years and months, are for a baby. Returns what to mend otherwise; each
    Problem's `field` is ``years`` or ``months``. Nothing typed is the problem ``empty``.
    """
    typed = {"years": years.strip(), "months": months.strip()}
    problems = tuple(bad for part, text in typed.items() if (bad := _not_an_age(part, text)))
    if problems:
        return problems
    if not any(typed.values()):
        text = N_("Write about how old the child is, in years or in months.")
        return (Problem("years", "empty", text),)
    full, over = int(typed["years"] or 0), int(typed["months"] or 0)
    in_months = bool(typed["months"])
    age = full * 12 + over if in_months else full
    return birth_from_estimate(age, age, on, months=in_months)


def _not_an_age(part: str, text: str) -> Problem | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        said = N_("The age must be a number, like 9. Mend it, or clear it.")
        return Problem(part, "not-a-number", said)
    most = OLDEST_POSSIBLE if part == "years" else MONTHS_AT_MOST
    # Compared by length first: a number of a thousand figures is read by nobody.
    if len(text) > 3 or int(text) > most:
        said = N_("%(age)s cannot be right. Mend the age.")
        return Problem(part, "too-old", said, {"age": text[:12]})
    return None


def _latest_birth(on: date, months: int) -> date:
    """The latest day of birth of someone who has completed `months` on the day `on`."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


# -- words -----------------------------------------------------------------------------------------

# Each code of AgeWords with its English sentence; the web layer translates.
AGE_WORDS: dict[str, str] = {
    "unknown": N_("age not known"),
    "newborn": N_("under one month"),
    "one-month": N_("1 month"),
    "months": N_("%(low)s months"),
    "months-or": N_("%(low)s or %(high)s months"),
    "months-between": N_("%(low)s to %(high)s months"),
    "about-months": N_("about %(low)s months"),
    "years": N_("%(low)s"),
    "years-or": N_("%(low)s or %(high)s"),
    "years-between": N_("%(low)s to %(high)s"),
    "about-years": N_("about %(low)s"),
}


@dataclass(frozen=True, slots=True)
class AgeWords:
    """How to say an age: a code of AGE_WORDS and its numbers (equal when there is one)."""

    code: str
    low: int = 0
    high: int = 0

    def said(self, translate: Callable[[str], str] = str) -> str:
        """“8 or 9”, “10 months”, “about 4”, in the language of `translate`."""
        return translate(AGE_WORDS[self.code]) % {"low": self.low, "high": self.high}


def words(birth: PartialDate | None, on: date) -> AgeWords:
    """How to say the age on the day `on`; in months under two years.

    A guess stays as wide as it was made: *8 or 9* becomes *9 or 10* half a year on, not *8 to 10*.
    """
    if birth is None or birth.first > on:
        return AgeWords("unknown")
    if birth.estimated:
        return _estimated_words(birth, on)
    kind, between = ("years", years_between)
    if years_between(birth.first, on) < 2:
        kind, between = ("months", months_between)
    return _span(kind, max(0, between(birth.last, on)), between(birth.first, on))


def _estimated_words(birth: PartialDate, on: date) -> AgeWords:
    in_months = birth.precision == ESTIMATED_MONTHS and months_between(birth.first, on) < 24
    days = (birth.last - birth.first).days + 1
    between, unit = (months_between, 30.44) if in_months else (years_between, 365.25)
    wide = max(1, round(days / unit))
    # The middle of the youngest slice: half a unit short of the last possible day.
    low = max(0, between(birth.last - timedelta(days=days // (2 * wide)), on))
    kind = "months" if in_months else "years"
    return AgeWords(f"about-{kind}", low, low) if wide == 1 else _span(kind, low, low + wide - 1)


def _span(kind: str, low: int, high: int) -> AgeWords:
    if low < high:
        return AgeWords(f"{kind}-or" if high - low == 1 else f"{kind}-between", low, high)
    if kind == "months" and low < 2:
        return AgeWords("one-month" if low else "newborn", low, low)
    return AgeWords(kind, low, low)
