"""What was typed at intake, read: what it says, and what is to be mended. Touches no table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tahanan.base import places
from tahanan.base.ages import parse_age
from tahanan.base.days import PartialDate, parse_date
from tahanan.base.hours import parse_hour
from tahanan.base.names import N_, LegalName, parse, tidy
from tahanan.base.problems import Problem
from tahanan.casework.legal_basis import Authority
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import HowSafe, Sex

Typed = Mapping[str, str]

# The inputs of each screen, by the names the page sends; in the order they are asked.
SHARED_STEPS: dict[str, tuple[str, ...]] = {
    "when": ("happened-day", "happened-month", "happened-year", "hour"),
    "where": ("city", "city_code"),
    "who": ("unit", "source", "how"),
    "custody": ("decider", "authority", "reference"),
}
# Asked as well where a paper pack is entered afterwards.
LATE: dict[str, tuple[str, ...]] = {
    "known": ("known-day", "known-month", "known-year", "known_hour")
}
CHILD_STEPS: dict[str, tuple[str, ...]] = {
    "tonight": ("name", "no_name", "sex", "age-years", "age-months", "age_unknown"),
    "born": ("born-day", "born-month", "born-year", "how_known"),
    "needs": ("nothing", "allergies", "medicine", "needs", "need_by"),
    "belongs": ("brought", "belongs", "language", "full_name", "cannot_say"),
}
HOW_KNOWN = ("certificate", "told", "estimated")
# The questions on the sheet of paper, and on a child's pane: *3 of 5*.
QUESTIONS = ("called", "sex", "age", "needs", "belongs")
FULL_SIZE = len(QUESTIONS)
LONGEST = 300
YEARS_BACK_OF_A_REMOVAL = 30


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to mend: the field of the page, and what is wrong (of a part, where it has any)."""

    field: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """Nothing on paper was known before the pack was printed, nor on a day that is closed."""

    printed_on: date | None = None
    closed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What is said once for all children, as far as it can be read."""

    happened: Happening | None
    hour: str
    city: places.City | None
    unit: str
    source: str
    how: HowSafe
    authority: Authority
    known: tuple[date, str] | None
    mends: tuple[Mend, ...]

    @property
    def enough(self) -> bool:
        """Whether a child's file can be opened: the day and the city are known."""
        return self.happened is not None and self.city is not None

    @property
    def custody(self) -> bool:
        """Whether somebody is named who ordered protective custody."""
        return bool(self.authority.decider)


@dataclass(frozen=True, slots=True)
class Child:
    """What is said of one child, as far as it can be read. Empty and None: not said."""

    name: str
    no_name: bool
    sex: Sex | None
    birth: PartialDate | None
    age_unknown: bool
    how_known: str
    nothing: bool
    allergies: str
    medicine: str
    needs: str
    need_by: str
    brought: str
    belongs: str
    language: str
    full: LegalName | None
    cannot_say: bool
    mends: tuple[Mend, ...]

    @property
    def answered(self) -> tuple[str, ...]:
        """Which of the five questions have an answer; *not known* is one."""
        said = {
            "called": bool(self.name) or self.no_name,
            "sex": self.sex is not None,
            "age": self.birth is not None or self.age_unknown,
            "needs": self.nothing or bool(self.allergies or self.medicine or self.needs),
            "belongs": self.cannot_say
            or bool(self.brought or self.belongs or self.language or self.full),
        }
        return tuple(question for question in QUESTIONS if said[question])

    @property
    def fit(self) -> bool:
        """Whether who she is can be read as it stands: a file may be opened."""
        first = {"name", "sex", "age", "born"}
        return not any(mend.field in first for mend in self.mends)


def fields_of(step: str) -> tuple[str, ...]:
    """The inputs of one screen. Raises KeyError for no such screen."""
    return (SHARED_STEPS | LATE | CHILD_STEPS)[step]


def step_of(field: str) -> str:
    """The screen on which a field to be mended stands."""
    for step, fields in (SHARED_STEPS | LATE | CHILD_STEPS).items():
        if any(name == field or name.startswith(f"{field}-") for name in fields):
            return step
    raise KeyError(field)


def read_shared(typed: Typed, today: date, limits: Limits | None = None) -> Shared:
    """The shared facts out of what was typed for them; `limits` where a paper pack is entered."""
    happened, wrong_day = _day(typed, "happened", today, YEARS_BACK_OF_A_REMOVAL)
    city, wrong_city = _city(typed)
    known, wrong_known = _known(typed, today)
    if known is not None and (wrong := _known_too_early(known[0], happened, limits or Limits())):
        known, wrong_known = None, [Mend("known", wrong)]
    hour, wrong_hour = _hour(typed, "hour")
    mends = [*wrong_day, *wrong_hour, *wrong_city, *wrong_known]
    mends += _too_long(typed, ("unit", "source", "decider", "authority", "reference"))
    how = _choice(typed, "how", [code.value for code in HowSafe])
    return Shared(
        Happening(happened.first, happened.last) if happened else None,
        hour,
        city,
        _line(typed, "unit"),
        _line(typed, "source"),
        HowSafe(how) if how else HowSafe.REMOVED,
        Authority(_line(typed, "decider"), _line(typed, "authority"), _line(typed, "reference")),
        known,
        tuple(mends),
    )


def read_child(typed: Typed, today: date, on: date) -> Child:
    """One child out of what was typed of her. `on` is the day her age was guessed."""
    born, wrong_born = _day(typed, "born", today)
    aged, wrong_age = _age(typed, on)
    need_by, wrong_hour = _hour(typed, "need_by")
    mends = [*wrong_age, *wrong_born, *wrong_hour]
    lines = ("name", "allergies", "medicine", "needs", "brought", "belongs", "language")
    mends += _too_long(typed, (*lines, "full_name"))
    sex = _choice(typed, "sex", [code.value for code in Sex])
    full = tidy(typed.get("full_name", ""))
    return Child(
        tidy(_line(typed, "name")),
        _ticked(typed, "no_name"),
        Sex(sex) if sex else None,
        born or aged,
        _ticked(typed, "age_unknown"),
        _choice(typed, "how_known", HOW_KNOWN),
        _ticked(typed, "nothing"),
        _line(typed, "allergies"),
        _line(typed, "medicine"),
        _line(typed, "needs"),
        need_by,
        _line(typed, "brought"),
        _line(typed, "belongs"),
        _line(typed, "language"),
        parse(full) if full and len(full) <= LONGEST else None,
        _ticked(typed, "cannot_say"),
        tuple(mends),
    )


def wrong_on(step: str, typed: Typed, today: date) -> tuple[Mend, ...]:
    """What of one screen is to be mended, by itself: where to go after it was saved."""
    read = read_child(typed, today, today) if step in CHILD_STEPS else read_shared(typed, today)
    return tuple(mend for mend in read.mends if step_of(mend.field) == step)


def born_after(child: Child, happened: Happening) -> Mend | None:
    """A child cannot have been brought to safety before she was born."""
    if child.birth is None or child.birth.first <= happened.last:
        return None
    field = "age" if child.birth.estimated else "born"
    part = "years" if child.birth.estimated else "year"
    said = N_("That is after the day the children were brought to safety. Mend one of the two.")
    return Mend(field, Problem(part, "born-after", said))


def cities_like(text: str) -> tuple[places.City, ...]:
    """The cities and municipalities that may be meant, for choosing one."""
    return places.find_city(text)


def _city(typed: Typed) -> tuple[places.City | None, list[Mend]]:
    text, code = typed.get("city", ""), typed.get("city_code", "")
    if "city" not in typed:
        return None, []
    if not text.strip():
        said = N_("Write the city or municipality where the children were.")
        return None, [Mend("city", Problem("city", "empty", said))]
    like = places.find_city(text[:LONGEST])
    if any(each.code == code for each in like):
        return places.city(code), []
    only = places.only_city(text[:LONGEST])
    if only is not None:
        return only, []
    if like:
        said = N_("More than one place may be meant. Choose it below, or write its province too.")
        return None, [Mend("city", Problem("city", "several", said))]
    said = N_("No city or municipality of the Philippines is written so. Mend the name.")
    return None, [Mend("city", Problem("city", "no-such-city", said))]


def _known(typed: Typed, today: date) -> tuple[tuple[date, str] | None, list[Mend]]:
    if "known-day" not in typed:
        return None, []
    day, wrong_day = _day(typed, "known", today, YEARS_BACK_OF_A_REMOVAL)
    hour, wrong_hour = _hour(typed, "known_hour")
    if day is not None and not day.exact:
        said = N_("Write the day, the month and the year.")
        return None, [Mend("known", Problem("day", "not-exact", said)), *wrong_hour]
    wrong = [*wrong_day, *wrong_hour]
    return ((day.first, hour) if day and not wrong else None), wrong


def _known_too_early(known: date, happened: PartialDate | None, limits: Limits) -> Problem | None:
    if happened is not None and known < happened.first:
        said = N_("That is before the children were brought to safety. Mend one of the two.")
        return Problem("day", "before-it-happened", said)
    if limits.printed_on is not None and known < limits.printed_on:
        said = N_("The pack was printed later than that day, so nothing stood in it yet.")
        return Problem("day", "before-printing", said)
    if limits.closed_until is not None and known <= limits.closed_until:
        said = N_("The days until then are closed. Say the day on which you enter it.")
        return Problem("day", "closed", said)
    return None


def _day(
    typed: Typed, name: str, today: date, years_back: int | None = None
) -> tuple[PartialDate | None, list[Mend]]:
    """A day in three inputs. A removal's may not be left empty once it was asked; a birth's may."""
    parts = [typed.get(f"{name}-{part}", "") for part in ("day", "month", "year")]
    asked = f"{name}-day" in typed
    if not asked or (name == "born" and not any(part.strip() for part in parts)):
        return None, []
    day, month, year = parts
    options = {} if years_back is None else {"years_back": years_back}
    found = parse_date(day, month, year, today, **options)
    if isinstance(found, PartialDate):
        return found, []
    return None, [Mend(name, problem) for problem in found]


def _age(typed: Typed, on: date) -> tuple[PartialDate | None, list[Mend]]:
    years, months = typed.get("age-years", ""), typed.get("age-months", "")
    if not years.strip() and not months.strip():
        return None, []
    found = parse_age(years, months, on)
    if isinstance(found, PartialDate):
        return found, []
    return None, [Mend("age", problem) for problem in found]


def _hour(typed: Typed, name: str) -> tuple[str, list[Mend]]:
    text = typed.get(name, "")
    if not text.strip():
        return "", []
    found = parse_hour(text)
    return (found, []) if isinstance(found, str) else ("", [Mend(name, found)])


def _too_long(typed: Typed, names: tuple[str, ...]) -> Iterator[Mend]:
    for name in names:
        if len(typed.get(name, "").strip()) > LONGEST:
            said = N_("This is longer than %(limit)s letters. Shorten it.")
            yield Mend(name, Problem(name, "too-long", said, {"limit": LONGEST}))


def _line(typed: Typed, name: str) -> str:
    """One line as it may go into a file: single spaces, nothing that is too long."""
    text = " ".join(typed.get(name, "").split())
    return text if len(text) <= LONGEST else ""


def _choice(typed: Typed, name: str, codes: tuple[str, ...] | list[str]) -> str:
    chosen = typed.get(name, "")
    return chosen if chosen in codes else ""


def _ticked(typed: Typed, name: str) -> bool:
    return typed.get(name, "") == "on"
