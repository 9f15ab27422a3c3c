"""Days, hours, ages and counts, in the words of the active language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_time
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

from tahanan.base import clock
from tahanan.base.ages import AgeWords, PartialDate
from tahanan.base.ages import words as age_words
from tahanan.base.names import CHILD_NUMBER
from tahanan.casework.cases import Card
from tahanan.records.vocabulary import Compartment

Weekday = Literal["none", "short", "long"]

# English as the Philippine agencies write it, day first. Filipino and Cebuano say “the 2nd of”.
_LOCALES = {"en": "en_GB", "fil": "fil", "ceb": "ceb"}
_PATTERNS = {"en": "d MMMM", "fil": "'ika'-d 'ng' MMMM", "ceb": "'ika'-d 'sa' MMMM"}
_DAYS = {"en": "d", "fil": "'ika'-d", "ceb": "'ika'-d"}
_WEEKDAYS = {"none": "", "short": "EEE ", "long": "EEEE "}
_MONTH = {"en": "MMMM y", "fil": "MMMM y", "ceb": "MMMM y"}

# A count before a noun. Filipino and Cebuano join it with a linker, so the sentence need not.
_COUNTS = {
    code: tuple(said.split(", "))
    for code, said in {
        "en": "no, one, two, three, four, five, six, seven, eight, nine, ten",
        "fil": "walang, isang, dalawang, tatlong, apat na, limang, anim na, pitong, walong, "
        "siyam na, sampung",
        "ceb": "walay, usa ka, duha ka, tulo ka, upat ka, lima ka, unom ka, pito ka, walo ka, "
        "siyam ka, napulo ka",
    }.items()
}
_LINKERS = {"en": "", "fil": " na", "ceb": " ka"}


def language() -> str:
    """The active language: `en`, `fil` or `ceb`."""
    active = (get_language() or "en").partition("-")[0]
    return active if active in _LOCALES else "en"


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES[code])


def day(value: date, weekday: Weekday = "none", year: bool | None = None) -> str:
    """“17 September 2020”; the year is left out when it is this year, unless `year` says."""
    code = language()
    shown = value.year != clock.today().year if year is None else year
    pattern = _WEEKDAYS[weekday] + _PATTERNS[code] + (" y" if shown else "")
    return format_date(value, pattern, locale=_locale(code))


def full_day(value: date) -> str:
    """“Wednesday 2 September 2020”, for the head of a page."""
    return day(value, "long", year=True)


def month(value: date) -> str:
    """“September 2020”."""
    code = language()
    return format_date(value, _MONTH[code], locale=_locale(code))


def hour(value: datetime) -> str:
    """“08:12”, in Manila."""
    return format_time(value.astimezone(clock.MANILA), "HH:mm", locale=_locale(language()))


def when(value: datetime) -> str:
    """“today at 08:12”, “yesterday at 17:20”, “20 August at 17:20”, in Manila."""
    on, now = clock.manila_day(value), clock.today()
    if on == now:
        return gettext("today at %(hour)s") % {"hour": hour(value)}
    if on == now - timedelta(days=1):
        return gettext("yesterday at %(hour)s") % {"hour": hour(value)}
    return gettext("%(day)s at %(hour)s") % {"day": day(on), "hour": hour(value)}


def span(first: date, last: date) -> str:
    """A day known in part: “17 September 2020”, “16 or 17 September”, “September 2020”, “2012”."""
    if first == last:
        return day(first)
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1 and first.year == last.year:
        if first.month == last.month:
            return month(first)
        if first.month == 1 and last.month == 12:
            return str(first.year)
    ends_of = {"first": _before(first, last), "last": day(last)}
    if last - first == timedelta(days=1):
        return gettext("%(first)s or %(last)s") % ends_of
    return gettext("between %(first)s and %(last)s") % ends_of


def _before(first: date, last: date) -> str:
    """The first of two days, without what the second says anyway: “16” of “16 or 17 September”."""
    if (first.year, first.month) == (last.year, last.month):
        code = language()
        return format_date(first, _DAYS[code], locale=_locale(code))
    return day(first, year=False) if first.year == last.year else day(first, year=True)


def from_to(first: date, last: date | None) -> str:
    """An interval: “18 June to 20 August 2020”, “since 18 June”; one day alone: “18 June”."""
    if last is None:
        return gettext("since %(day)s") % {"day": day(first)}
    if first == last:
        return day(first)
    return gettext("%(first)s to %(last)s") % {"first": _before(first, last), "last": day(last)}


def due(on: date) -> str:
    """“2 days late”, “today”, “tomorrow”, “in 3 days”; further off, the day itself."""
    days = (on - clock.today()).days
    if days < 0:
        late = -days
        return ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    if days < 7:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return day(on, "short")


def ends(on: date) -> str:
    """“Ends in 89 days”, “Ends today”, “Ended on 30 June”: a licence, a basis, a grant."""
    days = (on - clock.today()).days
    if days < 0:
        return gettext("Ended on %(day)s") % {"day": day(on)}
    if days == 0:
        return gettext("Ends today")
    return ngettext("Ends in %(days)s day", "Ends in %(days)s days", days) % {"days": days}


def age(value: AgeWords | PartialDate | None) -> str:
    """“13”, “8 or 9”, “10 months”, “about 4”: in a list, on a pane."""
    said = value if isinstance(value, AgeWords) else age_words(value, clock.today())
    return said.said(gettext)


def years_old(value: AgeWords | PartialDate | None) -> str:
    """“13 years old”, “10 months old”, “age not known”: in a sentence about one child."""
    said = value if isinstance(value, AgeWords) else age_words(value, clock.today())
    if said.code == "unknown":
        return said.said(gettext)
    if "month" in said.code or said.code == "newborn":
        return gettext("%(age)s old") % {"age": said.said(gettext)}
    if said.code == "years" and said.low == 1:
        return gettext("1 year old")
    return gettext("%(age)s years old") % {"age": said.said(gettext)}


def count(number: int) -> str:
    """A count before a noun: “three”, “tatlong”, “tulo ka”; from eleven on, figures."""
    code = language()
    if 0 <= number < len(_COUNTS[code]):
        return _COUNTS[code][number]
    return f"{number}{_LINKERS[code]}"


def opening(text: str) -> str:
    """The text with its first letter large, for a sentence that begins with a count or a name."""
    return text[:1].upper() + text[1:]


def joined(names: list[str] | tuple[str, ...]) -> str:
    """“Amihan, Kiko and Nene”."""
    if len(names) < 2:
        return "".join(names)
    return pgettext("the last two of a list of names", "%(others)s and %(last)s") % {
        "others": ", ".join(names[:-1]),
        "last": names[-1],
    }


def iso(value: date | datetime) -> str:
    """The machine's form, for `<time datetime>`: a day, or an instant in Manila to the minute."""
    if isinstance(value, datetime):
        return value.astimezone(clock.MANILA).isoformat(timespec="minutes")
    return value.isoformat()


def called(card: Card) -> str:
    """What a child goes by: her chosen name, else *Child 5*; never a legal name."""
    return card.chosen or gettext(CHILD_NUMBER) % {"number": card.number}


COMPARTMENTS: dict[str, Promise | str] = {
    Compartment.CARD: gettext_lazy("the card"),
    Compartment.IDENTITY: gettext_lazy("Identity"),
    Compartment.CARE: gettext_lazy("Care"),
    Compartment.HEALTH: gettext_lazy("Health"),
    Compartment.THERAPY: gettext_lazy("Therapy"),
    Compartment.JUSTICE: gettext_lazy("Justice"),
    Compartment.WHEREABOUTS: gettext_lazy("Whereabouts"),
}


def compartments(codes: Iterable[str]) -> str:
    """“Care and Health”."""
    return joined([str(COMPARTMENTS[code]) for code in codes])


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "full_day": full_day,
    "on_day": lambda value: day(value, year=True),
    "month": month,
    "hour": hour,
    "when": when,
    "due": due,
    "ends": ends,
    "age": age,
    "years_old": years_old,
    "opening": opening,
    "joined": joined,
    "iso": iso,
    "called": called,
    "compartments": compartments,
    "partly": lambda value: span(value.first, value.last),
}
