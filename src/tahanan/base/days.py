"""Dates known in part: reading one typed in three fields, and saying what to mend."""

from __future__ import annotations

import calendar
import unicodedata
from dataclasses import dataclass
from datetime import date

from tahanan.base.names import N_
from tahanan.base.problems import Problem

# What a partial date rests on; the stored codes.
DAY, MONTH, YEAR = "day", "month", "year"
ESTIMATED_YEARS, ESTIMATED_MONTHS = "estimated-years", "estimated-months"
PRECISIONS = (DAY, MONTH, YEAR, ESTIMATED_YEARS, ESTIMATED_MONTHS)

OLDEST_POSSIBLE = 120

MONTHS: tuple[str, ...] = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
# Months as written in Filipino and Cebuano, by their first three letters.
_BEGINNINGS = {
    letters: number
    for number, all_letters in enumerate(
        (
            *("jan ene", "feb peb", "mar", "apr abr", "may", "jun hun"),
            *("jul hul", "aug ago", "sep set", "oct okt", "nov nob", "dec dis"),
        ),
        1,
    )
    for letters in all_letters.split()
}


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day known exactly or in part: first and last possible day, and what that rests on."""

    first: date
    last: date
    precision: str

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("the first possible day is after the last")
        if self.precision not in PRECISIONS:
            raise ValueError(f"no such precision: {self.precision}")

    @property
    def exact(self) -> bool:
        """Whether it is one known day."""
        return self.first == self.last

    @property
    def estimated(self) -> bool:
        """Whether it was worked out from a guessed age."""
        return self.precision in (ESTIMATED_YEARS, ESTIMATED_MONTHS)


_NOT_NUMBER = {
    "day": N_("The day must be a number, like 27. Mend the day, or clear it."),
    "month": N_("The month must be a number from 1 to 12, or its name. Mend the month."),
    "year": N_("The year must be four digits, like 2012. Mend the year."),
}


def parse_date(
    day: str, month: str, year: str, today: date, *, years_back: int = OLDEST_POSSIBLE
) -> PartialDate | tuple[Problem, ...]:
    """A date from what was typed in three fields: year; month and year; or all three.

    Returns what is possible (a span ending at `today` at the latest), or what to mend; each
    Problem's `field` is ``day``, ``month`` or ``year``. Nothing typed is the problem ``empty``.
    Days after `today`, and years more than `years_back` before it, are refused.
    """
    typed = {"day": _clean(day), "month": _clean(month), "year": _clean(year)}
    missing = _missing(typed)
    if missing:
        return missing
    numbers = {name: _number(name, text) for name, text in typed.items() if text}
    bad = tuple(Problem(n, "not-a-number", _NOT_NUMBER[n]) for n, v in numbers.items() if v is None)
    if bad:
        return bad
    read = {name: value for name, value in numbers.items() if value is not None}
    problem = _out_of_range(read, today, years_back)
    if problem is not None:
        return (problem,)
    return _span_or_future(read, today)


def _missing(typed: dict[str, str]) -> tuple[Problem, ...]:
    if not any(typed.values()):
        text = N_("Write the date, or as much of it as is known. The year alone is enough.")
        return (Problem("year", "empty", text),)
    if not typed["year"]:
        text = N_("The year is missing. Write the year, or give an age instead.")
        return (Problem("year", "no-year", text),)
    if typed["day"] and not typed["month"]:
        text = N_("There is a day but no month. Write the month, or clear the day.")
        return (Problem("month", "no-month", text),)
    return ()


def _out_of_range(read: dict[str, int], today: date, years_back: int) -> Problem | None:
    year = read["year"]
    if year > today.year:
        text = N_("%(year)s has not come yet. Mend the year.")
        return Problem("year", "future", text, {"year": year})
    if year < today.year - years_back:
        text = N_("%(year)s is more than %(years)s years ago. Mend the year.")
        return Problem("year", "too-long-ago", text, {"year": year, "years": years_back})
    if not 1 <= (month := read.get("month", 1)) <= 12:
        text = N_("There are 12 months, so %(month)s cannot be right. Mend the month.")
        return Problem("month", "no-such-month", text, {"month": month})
    length = calendar.monthrange(year, month)[1]
    if not 1 <= (day := read.get("day", 1)) <= length:
        return _no_such_day(day, month, year, length, today)
    return None


def _no_such_day(day: int, month: int, year: int, length: int, today: date) -> Problem:
    over = (year, month) < (today.year, today.month)
    had = N_(
        "%(month)s %(year)s had %(length)s days, so %(day)s cannot be right. "
        "Mend the day, or clear it."
    )
    has = N_(
        "%(month)s %(year)s has %(length)s days, so %(day)s cannot be right. "
        "Mend the day, or clear it."
    )
    values: dict[str, int | str] = {
        "month": MONTHS[month - 1],
        "year": year,
        "length": length,
        "day": day,
    }
    return Problem("day", "no-such-day", had if over else has, values, marked=("month",))


def _span_or_future(read: dict[str, int], today: date) -> PartialDate | tuple[Problem, ...]:
    year, month, day = read["year"], read.get("month"), read.get("day")
    if month is None:
        first, last, precision = date(year, 1, 1), date(year, 12, 31), YEAR
    elif day is None:
        length = calendar.monthrange(year, month)[1]
        first, last, precision = date(year, month, 1), date(year, month, length), MONTH
    else:
        first = last = date(year, month, day)
        precision = DAY
    if first > today:
        field = "day" if day is not None and (year, month) == (today.year, today.month) else "month"
        return (_future(field, read),)
    return PartialDate(first, min(last, today), precision)


def _future(field: str, read: dict[str, int]) -> Problem:
    values: dict[str, int | str] = {"month": MONTHS[read["month"] - 1], "year": read["year"]}
    if field == "month":
        text = N_("%(month)s %(year)s has not come yet. Mend the month or the year.")
    else:
        text = N_("%(day)s %(month)s %(year)s has not come yet. Mend the day.")
        values["day"] = read["day"]
    return Problem(field, "future", text, values, marked=("month",))


def _number(field: str, text: str) -> int | None:
    """The number typed; a month may be a name. None where it is none."""
    if field == "month" and text[:3].lower() in _BEGINNINGS and text.isalpha():
        return _BEGINNINGS[text[:3].lower()]
    size = 4 if field == "year" else 2
    if not (text.isascii() and text.isdigit()):
        return None
    fits = len(text) == size if field == "year" else len(text) <= size
    return int(text) if fits else None


def _clean(text: str) -> str:
    """Without spaces around, full-width digits made plain."""
    return unicodedata.normalize("NFKC", text).strip()
