"""What is asked of a figures page: the period, the day or the two days; and a report to publish.

Who is told exactly types any day; others choose among the days that may be told.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as lazy

from tahanan.base import clock
from tahanan.base.errors import Invalid
from tahanan.web import words
from tahanan.web.forms import Day, Form, Line, Listed

Words = str | Promise
YEARS_BACK = 20


class AsKnownForm(Form):
    """Over which period, and as known on which day or days."""

    period = Listed(lazy("Period"), [], required=False)

    def __init__(self, asked: QueryDict, days: tuple[date, ...], shown: dict[str, date]) -> None:
        """`days`: those that may be chosen; none: any may be typed. `shown`: what stands now."""
        super().__init__(_with(asked, days, shown))
        field = self.fields["period"]
        assert isinstance(field, Listed)
        field.choices = _periods(any_day=not days, asked=asked.get("period", ""))
        for name, standing in shown.items():
            self.fields[name] = _day_field(_LABELS[name], days, standing)


class NightForm(AsKnownForm):
    """Which night, and as known on which day."""

    def __init__(self, asked: QueryDict, days: tuple[date, ...], shown: dict[str, date]) -> None:
        super().__init__(asked, days, shown)
        del self.fields["period"]


class YearForm(AsKnownForm):
    """Which year, and as known on which day."""

    year = Listed(lazy("Year"), [])

    def __init__(
        self, asked: QueryDict, days: tuple[date, ...], shown: dict[str, date], year: int
    ) -> None:
        super().__init__(_named(asked, "year", str(year)), days, shown)
        del self.fields["period"]
        field = self.fields["year"]
        assert isinstance(field, Listed)
        this = clock.today().year
        named = {*range(this, this - YEARS_BACK, -1), year}
        field.choices = [(str(each), str(each)) for each in sorted(named, reverse=True)]


_LABELS: dict[str, Words] = {
    "day": lazy("The night of"),
    "known_on": lazy("As known on"),
    "before": lazy("Known on"),
    "after": lazy("and known on"),
}


class PublishForm(Form):
    """A report that left the programme."""

    known_on = Day(
        lazy("As known on which day?"),
        hint=lazy("A day that is over. For example, 2 9 2020."),
        missing=lazy("Write the day whose figures were published."),
    )
    title = Line(
        lazy("Under which title?"),
        hint=lazy("As it stands on the report, so that others find it."),
        missing=lazy("Write under which title it was published."),
        longest=160,
    )


def wanted(asked: QueryDict, name: str) -> date | None:
    """The day an address names, chosen or typed; None where it names none.

    Raises Invalid, with the field's own sentence, where there is no such day.
    """
    typed = tuple(asked.get(f"{name}-{part}", "").strip() for part in Day.parts)
    chosen = asked.get(name, "")
    try:
        if any(typed):
            found = Day(_LABELS[name]).clean(typed)
            return found.first if found else None
        return date.fromisoformat(chosen) if chosen else None
    except ValidationError as fault:
        raise Invalid({name: str(fault.messages[0])}) from fault
    except ValueError as fault:
        raise Invalid({name: gettext("Choose a day from the list.")}) from fault


def mended(form: AsKnownForm, fault: Invalid) -> AsKnownForm:
    """The form with the sentence of what is to be mended: its own, or the casework's."""
    form.is_valid()
    if not form.errors:
        form.mend(fault)
    return form


def query_of(period: str = "", **days: date) -> str:
    """What leads back to the same figures: days and period, as an address holds them."""
    held = QueryDict(mutable=True)
    held.update({name: on.isoformat() for name, on in days.items()})
    if period:
        held["period"] = period
    return held.urlencode()


def _periods(*, any_day: bool, asked: str) -> list[tuple[str, Words]]:
    this = clock.today().year
    years = range(this, this - YEARS_BACK, -1) if any_day or asked.isdecimal() else ()
    named: list[tuple[str, Words]] = [("", lazy("All years")), ("lockdown", lazy("Lockdown 2020"))]
    return [*named, *((str(year), str(year)) for year in years)]


def _day_field(label: Words, days: tuple[date, ...], standing: date) -> Any:
    if not days:
        return Day(label, missing=lazy("Write the day, the month and the year."))
    offered = sorted({*days, standing}, reverse=True)
    choices = [(day.isoformat(), words.day(day, year=True)) for day in offered]
    return Listed(label, choices, missing=lazy("Choose a day from the list."))


def _with(asked: QueryDict, days: tuple[date, ...], shown: dict[str, date]) -> QueryDict:
    """What was asked, completed by what is shown where nothing was; what was typed stays."""
    data = asked.copy()
    for name, standing in shown.items():
        if days:
            typed = [asked.get(f"{name}-{part}", "") for part in reversed(Day.parts)]
            if any(typed):
                data[name] = "-".join(part.zfill(2) for part in typed)
            data.setdefault(name, standing.isoformat())
        elif not any(f"{name}-{part}" in asked for part in Day.parts):
            _spread(data, name, asked.get(name, standing.isoformat()))
    return data


def _named(asked: QueryDict, name: str, value: str) -> QueryDict:
    data = asked.copy()
    data[name] = value
    return data


def _spread(data: QueryDict, name: str, iso: str) -> None:
    """A day of a link, as three fields hold it."""
    for part, typed in zip(("year", "month", "day"), iso.split("-"), strict=False):
        data[f"{name}-{part}"] = typed.lstrip("0")
