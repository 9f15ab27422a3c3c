"""Daily series, by one sweep; who sleeps where, on one day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from tahanan.access import links
from tahanan.casework.figures.asking import Asking, day
from tahanan.casework.figures.compile import subjects
from tahanan.casework.figures.counting import asking
from tahanan.measures.asof import sweep
from tahanan.measures.periods import ALL, Period
from tahanan.measures.spec import Arrests, Measure, Suspects
from tahanan.records.fields import FacilityLink

Series = list[tuple[date, int]]


def known_on(measure: Measure, first: date, last: date, known: date) -> Series:
    """For each day, how many until then, all of it as known on one day.

    Raises ValueError for suspects: whether one counts depends on how far the period reaches.
    """
    if isinstance(measure.of, Suspects):
        raise ValueError(f"{measure.code} has no series: count it for each period.")
    ask = asking(Period("until", None, last), known)
    who = subjects(ask, measure)
    rows = ask.rows(
        f"SELECT {who.when.until}, count(*) FROM {who.source} WHERE {who.counted} GROUP BY 1"
    )
    return _running({day(until): n for until, n in rows}, first, last)


def at_the_time(measure: Measure, first: date, last: date) -> Series:
    """For each day, how many until then, as known on that very day.

    For arrests, each of which is one row. Raises ValueError for what is put together of several:
    those are counted for each day asked for.
    """
    if measure.of != Arrests(each=True):
        raise ValueError(f"{measure.code} has no series at the time: count it for each day.")
    return _swept(
        asking(ALL, last), "records_arrest", "t.happened_until", "NULL", "t.supported", first, last
    )


def sleeping(first: date, last: date, known: date | None) -> Series:
    """How many stays hold on each day: as known on `known`, or (None) as known on that day."""
    ask = asking(ALL, known or last)
    if known is None:
        return _swept(ask, "records_stay", "t.from_on", "t.until_on", "1 = 1", first, last)
    rows = ask.rows(
        f"SELECT {ask.day('t.from_on')}, {ask.day('t.until_on')}, count(*) FROM records_stay t "
        f"WHERE {ask.known('t')} GROUP BY 1, 2"
    )
    return _spans(rows, first, last)


def occupancy(on: date, known: date) -> dict[UUID, int]:
    """How many children slept in each facility on a day. Links of homes are opened in memory."""
    ask = asking(ALL, known)
    night = ask.bind(on if ask.postgres else on.isoformat())
    rows = ask.rows(
        f"SELECT s.id, s.home FROM records_stay s WHERE {ask.known('s')} "
        f"AND s.from_on <= {night} AND (s.until_on IS NULL OR s.until_on > {night})"
    )
    found = [(_uuid(stay), FacilityLink(int=_uuid(home).int)) for stay, home in rows]
    return Counter(links.STAY_HOME.open_many([(home, links.row(stay)) for stay, home in found]))


def _swept(
    ask: Asking, table: str, begins: str, ends: str, where: str, first: date, last: date
) -> Series:
    """A row counts from the day it was known, until it was replaced."""
    greatest, least = ("GREATEST", "LEAST") if ask.postgres else ("max", "min")
    since = f"{greatest}({begins}, t.known_day)"
    until = f"COALESCE({least}({ends}, t.replaced_day), {ends}, t.replaced_day)"
    if ends == "NULL":
        until = "t.replaced_day"
    rows = ask.rows(
        f"SELECT {ask.day(since)}, {ask.day(until)}, count(*) FROM {table} t "
        f"WHERE {ask.ours('t')} AND NOT t.withdrawn AND {where} GROUP BY 1, 2"
    )
    return _spans(rows, first, last)


def _spans(rows: list[tuple[Any, ...]], first: date, last: date) -> Series:
    spans = (((day(since), None if until is None else day(until)), n) for since, until, n in rows)
    return list(sweep(spans, first, last))


def _running(steps: dict[date, int], first: date, last: date) -> Series:
    return list(sweep((((on, None), n) for on, n in steps.items()), first, last))


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
