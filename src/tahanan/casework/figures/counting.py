"""Measures counted: a figure, a split, the keys behind it. Inside an open transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from tahanan.base.ages import BANDS
from tahanan.casework.figures.asking import Asking, day
from tahanan.casework.figures.compile import subjects
from tahanan.casework.figures.shapes import Cell, Figure, Split
from tahanan.measures.periods import ALL, Period
from tahanan.measures.spec import STATUSES, UNKNOWN, Measure
from tahanan.records.walls.session import open_figures

# What one count may keep in memory before it goes to the disk: sorting half a million children.
_WORK_MEM = "128MB"
WAITED = ((0, "0"), (3, "1-3"), (7, "4-7"), (30, "8-30"))


@dataclass(frozen=True, slots=True)
class Key:
    """The days of what decided for one who was counted. Never leaves the door."""

    on: date
    until: date


def count(measure: Measure, period: Period, known_on: date) -> Figure:
    """One measure over one period, as known at the end of `known_on` in Manila."""
    ask = asking(period, known_on)
    who = subjects(ask, measure)
    mine = f"({who.when.inside}) AND ({who.member})"
    wanted = [
        f"{mine} AND ({who.answer}) = 1",
        f"{mine} AND ({who.answer}) IS NOT NULL",
        mine,
        f"({who.member}) AND ({who.when.straddles})",
        *(f"({who.when.inside}) AND ({who.apart[code]})" for code in measure.apart),
    ]
    counted = ", ".join(f"count(CASE WHEN {test} THEN 1 END)" for test in wanted)
    (row,) = ask.rows(f"SELECT {counted} FROM {who.source}")
    yes, answered, all_, uncertain, *apart = row
    of = None if measure.asks is None else all_ if measure.whole else answered
    return Figure(
        measure=measure.code, period=period, known_on=known_on, count=yes, of=of,
        unknown=all_ - answered, uncertain=uncertain,
        apart=dict(zip(measure.apart, apart, strict=True)),
    )  # fmt: skip


def split(measure: Measure, period: Period, known_on: date, by: str) -> Split:
    """A figure's parts, by a year, an age band, a status and so on (`measure.splits`)."""
    if by not in measure.splits:
        raise ValueError(f"{measure.code} is not split by {by}")
    ask = asking(period, known_on)
    who = subjects(ask, measure)
    named, told, always = _SPLITS[by]
    available = {"on": who.when.on, "until": who.when.until, **who.columns}
    listed = ", ".join(f"{available[name]}" for name in named)
    groups = ", ".join(str(n + 1) for n in range(len(named)))
    rows = ask.rows(
        f"SELECT {listed}, count(*) FROM {who.source} WHERE {who.counted} GROUP BY {groups}"
    )
    found = Counter(dict.fromkeys(always, 0))
    for *values, n in rows:
        found[told(*values)] += n
    codes = [*always, *sorted(found.keys() - set(always) - {UNKNOWN})]
    cells = [Cell(code, found[code]) for code in codes if code != UNKNOWN]
    if UNKNOWN in found:
        cells.append(Cell(UNKNOWN, found[UNKNOWN]))
    return Split(measure.code, by, tuple(cells))


def keys(measure: Measure, period: Period, known_on: date) -> Mapping[str, Key]:
    """Those who are in the figure's count, by key: the least id of a child's cases, in hexadecimal
    figures, a suspect's link, the first version of a row. For *why it moved*; they never leave.
    """
    return _keys(measure, period, known_on, "counted")


def known_keys(measure: Measure, known_on: date) -> Mapping[str, Key]:
    """All whom the measure looks at, whatever the period, the population or the answer."""
    return _keys(measure, ALL, known_on, "")


def joined(known_on: date) -> Mapping[str, str]:
    """Each case of a child with several, and the key she is counted by."""
    ask = asking(ALL, known_on)
    rows = ask.rows(f"SELECT case_id, child FROM {ask.odd()}")
    return {_hex(case): _hex(child) for case, child in rows}


def _keys(measure: Measure, period: Period, known_on: date, only: str) -> Mapping[str, Key]:
    ask = asking(period, known_on)
    who = subjects(ask, measure)
    where = f" WHERE {who.counted}" if only else ""
    rows = ask.rows(f"SELECT {who.key}, {who.when.on}, {who.when.until} FROM {who.source}{where}")
    return {_hex(key): Key(day(on), day(until)) for key, on, until in rows}


def asking(period: Period, known_on: date) -> Asking:
    """The start of a statement, in a transaction that may now read what figures count."""
    open_figures(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Every count reads whole tables once: looking rows up one by one because some part was
            # thought small costs seconds and more. (No connection compiles: see the settings.)
            cursor.execute(
                "SELECT set_config('work_mem', %s, true), "
                "set_config('enable_nestloop', 'off', true), "
                "set_config('enable_mergejoin', 'off', true)",
                [_WORK_MEM],
            )
    return Asking(period, known_on)


def _hex(key: UUID | str) -> str:
    return key.hex if isinstance(key, UUID) else key


# ── splits ──────────────────────────────────────────────────────────────────────────────────


def _year(on: int, until: int) -> str:
    first, last = day(on).year, day(until).year
    return str(first) if first == last else UNKNOWN


def _age(young: int, old: int) -> str:
    return BANDS[young].code if young == old and young < len(BANDS) else UNKNOWN


def _status(place: int) -> str:
    return STATUSES[place]


def _same(code: str) -> str:
    return code


def _waited(days: int) -> str:
    return next((code for most, code in WAITED if days <= most), "31+")


_AGES = (*(band.code for band in BANDS), UNKNOWN)
_SPLITS: dict[str, tuple[tuple[str, ...], Callable[..., str], tuple[str, ...]]] = {
    "year": (("on", "until"), _year, ()),
    "age": (("young", "old"), _age, _AGES),
    "status": (("status",), _status, STATUSES[::-1]),
    "country": (("country",), _same, ()),
    "class": (("class",), _same, ("osec", "osaec", "neither", UNKNOWN)),
    "days": (("days",), _waited, (*(code for _, code in WAITED), "31+")),
}


def median(measure: Measure, period: Period, known_on: date) -> float | None:
    """The middle one of the days from removal to admission; None of nobody."""
    ask = asking(period, known_on)
    who = subjects(ask, measure)
    days: Any = who.columns["days"]
    rows = ask.rows(f"SELECT {days}, count(*) FROM {who.source} WHERE {who.counted} GROUP BY 1")
    listed: list[int] = sorted(Counter(dict(rows)).elements())
    if not listed:
        return None
    middle = len(listed) // 2
    return listed[middle] if len(listed) % 2 else (listed[middle - 1] + listed[middle]) / 2
