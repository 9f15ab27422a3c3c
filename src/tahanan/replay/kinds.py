"""How each kind of value is written in a line: read, refused with a sentence, and described.

A sentence never repeats the value: a file holds names, and a refusal is printed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from tahanan.base import clock, places
from tahanan.base.days import DAY, MONTH, YEAR, PartialDate
from tahanan.casework.operations import Happening

LONGEST_NAME = 160
LONGEST_TEXT = 8_000
OLDEST = date(1900, 1, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_REGION = re.compile(r"\d{10}")
_COUNTRY = re.compile(r"[A-Z]{2}")
REFERENCE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")

_NO_DAY = "This is no day. Write it as text, year first: 2019-04-02."
_AHEAD = "That day is still ahead. Give today or a day before."
_LONG_AGO = "That day is before 1900. Look at the year."


class Unfit(Exception):
    """A value that cannot be taken: `sentence` says why and how it is written."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Ref:
    """What a line says of another thing: a name given by an earlier line, a reference or an id."""

    said: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of writing a value. `refers`: the kind of thing it leads to, where it is a name."""

    said: str
    schema: Mapping[str, Any]
    read: Callable[[object], Any]
    refers: str = ""


def day_of(value: object) -> date:
    """A day not ahead of today and not before 1900, written 2019-04-02."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise Unfit(_NO_DAY)
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise Unfit("There is no such day in the calendar.") from None
    return _past(found)


def happened_of(value: object) -> Happening:
    """A day; a month; or the first and the last possible day."""
    if isinstance(value, str) and _MONTH.fullmatch(value):
        first = day_of(f"{value}-01")
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return Happening(first, min(last, clock.today()))
    if isinstance(value, dict):
        if set(value) != {"from", "until"}:
            raise Unfit("Two possible days are written {“from”: …, “until”: …}, and nothing else.")
        first, last = day_of(value["from"]), day_of(value["until"])
        if last < first:
            raise Unfit("The last day is before the first. Give a later last day.")
        return Happening(first, last)
    found = day_of(value)
    return Happening(found, found)


def birth_of(value: object) -> PartialDate:
    """A day, a month or a year of birth."""
    if isinstance(value, int) and not isinstance(value, bool):
        raise Unfit(_unit(str(abs(value))))
    if not isinstance(value, str):
        raise Unfit("A birth is a year, a month or a day as text: 2009, 2009-06 or 2009-06-01.")
    if value.isdigit() and len(value) < 4:
        raise Unfit(_unit(value))
    if _YEAR.fullmatch(value):
        first = day_of(f"{value}-01-01")
        return PartialDate(first, min(date(first.year, 12, 31), clock.today()), YEAR)
    if _MONTH.fullmatch(value):
        span = happened_of(value)
        return PartialDate(span.first, span.last, MONTH)
    found = day_of(value)
    return PartialDate(found, found, DAY)


def known_of(value: object) -> datetime:
    """When it was known: a day, or an instant with its offset from UTC."""
    if isinstance(value, str) and "T" in value:
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise Unfit("This is no instant. Write 2019-04-02T14:30+08:00.") from None
        if found.tzinfo is None:
            raise Unfit("An instant says how far it is from UTC: 2019-04-02T14:30+08:00.")
        _past(clock.manila_day(found))
        if found > clock.now():
            raise Unfit(_AHEAD)
        return found
    return datetime.combine(day_of(value), time(), clock.MANILA)


def text(longest: int) -> Kind:
    """Words; outer and doubled spaces are left out of a single line."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise Unfit("This is text, in quotation marks.")
        if len(value) > longest:
            raise Unfit(f"This is longer than {longest:,} characters.")
        if "\0" in value or any("\ud800" <= each <= "\udfff" for each in value):
            raise Unfit("This holds what is no character. Save the file as UTF-8.")
        return " ".join(value.split()) if longest == LONGEST_NAME else value.strip()

    said = f"text of at most {longest:,} characters"
    return Kind(said, {"type": "string", "maxLength": longest}, read)


def code(codes: type[StrEnum], *but: StrEnum) -> Kind:
    """One of a few words."""
    allowed = [each.value for each in codes if each not in but]

    def read(value: object) -> StrEnum:
        if value not in allowed:
            raise Unfit(f"This is one of {', '.join(allowed)}.")
        return codes(value)

    said = "one of " + ", ".join(f"`{each}`" for each in allowed)
    return Kind(said, {"enum": allowed}, read)


def name_of(refers: str, said: str) -> Kind:
    """What an earlier line named with `as`, or what stands already: by reference or id."""

    def read(value: object) -> Ref:
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME:
            raise Unfit("This names another thing: text, as an earlier line gave it with `as`.")
        return Ref(value)

    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
    return Kind(said, schema, read, refers)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit("This is true or false, without quotation marks.")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 999:
        raise Unfit("This is a whole number from 0 to 999, without quotation marks.")
    return value


def _region(value: object) -> str:
    if not isinstance(value, str) or not _REGION.fullmatch(value):
        raise Unfit("A region is its ten-digit PSGC code as text: 0700000000.")
    try:
        return places.region(value).code
    except KeyError:
        raise Unfit("No region has this PSGC code.") from None


def _city(value: object) -> str:
    if not isinstance(value, str) or not places.is_city(value):
        raise Unfit("A city is its ten-digit PSGC code as text, of the list that is kept here.")
    return value


def _country(value: object) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise Unfit("A country is its two capital letters of ISO 3166-1; ZZ where not known.")
    return value


def _unit(digits: str) -> str:
    if len(digits) < 4:
        return "This looks like an age. Give the year of birth as text: 2009."
    return "A year is written as text, in quotation marks: 2009."


def _past(found: date) -> date:
    if found > clock.today():
        raise Unfit(_AHEAD)
    if found < OLDEST:
        raise Unfit(_LONG_AGO)
    return found


_ISO = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_SPAN = {
    "type": "object",
    "properties": {"from": _ISO, "until": _ISO},
    "required": ["from", "until"],
    "additionalProperties": False,
}
_ISO_MONTH = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
DAY_KIND = Kind("a day: `2019-04-02`", _ISO, day_of)
HAPPENED = Kind(
    "a day `2019-04-02`, a month `2019-04`, or the two possible days "
    '`{"from": "2019-04-02", "until": "2019-04-09"}`',
    {"anyOf": [_ISO, _ISO_MONTH, _SPAN]},
    happened_of,
)
BORN = Kind(
    "a day `2009-06-01`, a month `2009-06` or a year `2009` of birth, as text; never an age",
    {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
    birth_of,
)
KNOWN = Kind(
    "a day (from its first minute in Manila), or an instant `2019-04-02T14:30+08:00`",
    {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T.+)?$"},
    known_of,
)
YES = Kind("`true` or `false`", {"type": "boolean"}, _yes_or_no)
NUMBER = Kind("a whole number", {"type": "integer", "minimum": 0, "maximum": 999}, _number)
SHORT, LONG = text(LONGEST_NAME), text(LONGEST_TEXT)
REGION = Kind(
    "a region’s ten-digit PSGC code: `0700000000`",
    {"type": "string", "pattern": r"^\d{10}$"},
    _region,
)
CITY = Kind(
    "a city’s ten-digit PSGC code: `0731300000`", {"type": "string", "pattern": r"^\d{10}$"}, _city
)
COUNTRY = Kind(
    "a country’s two letters of ISO 3166-1, `ZZ` where not known",
    {"type": "string", "pattern": "^[A-Z]{2}$"},
    _country,
)
# A court case has no row of its own: the first judgment that names one begins it.
DOCKET = "docket"
CHILD = name_of("child", "a child: as named by `record_child`, or her case’s reference or id")
OPERATION = name_of("operation", "an operation: as named by `record_operation`, or its id")
NOTE = name_of("note", "a note: as named by `write_note`, or its id")
SAME = name_of("same", "what `propose_same` named, or its id")
HOME = name_of("home", "a home: its name as it stands here, or its id")


def is_id(said: str) -> UUID | None:
    """The id that a text is, if it is one."""
    try:
        return UUID(said)
    except ValueError:
        return None
