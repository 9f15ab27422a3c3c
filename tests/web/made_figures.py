"""Figures made by hand, as the counting would give them: the programme's own published ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from tahanan.casework.figures.shapes import (
    Cause,
    Defined,
    FiguresPage,
    Line,
    Moved,
    Part,
    Published,
    Shown,
    ShownCell,
    ShownSplit,
    Sight,
)
from tahanan.measures.catalogue import MEASURES
from tahanan.measures.periods import ALL, LOCKDOWN

THEN, NOW = date(2020, 9, 2), date(2026, 10, 31)
DAYS = (NOW, date(2026, 9, 30), date(2020, 9, 30), THEN, date(2020, 8, 31), date(2020, 3, 31))
PUBLISHED = Published(UUID(int=1), "deck", THEN, date(2020, 9, 5), "EndOSEC, three slides")
APART = (("adult", 47), ("status_none", None))
DECK = (
    ("victims_rescued", ALL, Shown(669, apart=APART), Shown(1204)),
    ("aged_12_or_younger", ALL, Shown(284, 657, 43, 12), Shown(520, 1180, 44, 24)),
    ("close_perpetrators", ALL, Shown(193, 301, 64, 27), Shown(330, 520, 63, 40)),
    ("rescued_as_siblings", ALL, Shown(254, 669, 38), Shown(460, 1204, 38)),
    ("persons_arrested", ALL, Shown(256), Shown(401)),
    ("operations", ALL, Shown(208), Shown(377)),
    ("persons_convicted", ALL, Shown(90), Shown(188)),
    ("rescued_or_safeguarded", LOCKDOWN, Shown(76), Shown(78)),
    ("persons_arrested", LOCKDOWN, Shown(16), Shown(16)),
    ("operations", LOCKDOWN, Shown(20), Shown(20)),
    ("persons_convicted", LOCKDOWN, Shown(None), Shown(None)),
)


def split(by: str, cells: Iterable[tuple[str, int | None]], known: int | None) -> ShownSplit:
    return ShownSplit("victims_rescued", by, tuple(_cell(*each) for each in cells), known)


def _cell(codes: str, n: int | None) -> ShownCell:
    share = None if n is None or codes == "unknown" else round(n / 6.57)
    return ShownCell(tuple(codes.split()), n, share)


YEARS = split(
    "year",
    [
        ("2011 2012 2013", 31), ("2014", 32), ("2015", 41), ("2016", 56), ("2017", 123),
        ("2018", 146), ("2019", 126), ("2020", 114),
    ],
    669,
)  # fmt: skip
AGES = split(
    "age",
    [
        ("0-2", 14), ("3-5", 47), ("6-9", 103), ("10-12", 120), ("13-15", 175), ("16-17", 151),
        ("18+", 47), ("unknown", 12),
    ],
    657,
)  # fmt: skip


def page(**other: object) -> FiguresPage:
    """The page as the director sees it for the day that was published."""
    made = FiguresPage(
        report="deck",
        known_on=THEN,
        sight=Sight.ROUNDED,
        days=DAYS,
        published=PUBLISHED,
        beside=NOW,
        lines=tuple(Line(*line) for line in DECK),
        years=YEARS,
        ages=AGES,
        may_publish=True,
    )
    return replace(made, **other)  # type: ignore[arg-type]


def nothing() -> FiguresPage:
    """The page before anybody was counted."""
    lines = tuple(Line(measure, period, Shown(0), None) for measure, period, _n, _now in DECK)
    empty = split("year", [], 0)
    return page(lines=lines, years=empty, ages=empty, beside=None, published=None)


def defined(measure: str = "victims_rescued", **other: object) -> Defined:
    """One measure and its other choices; the first of them too near to be told."""
    choices = MEASURES[measure].choices
    found: list[Shown | None] = [
        Shown(700 + at) if choice.other or choice.period else None
        for at, choice in enumerate(choices)
    ]
    found[:1] = [Shown(None, None, None, None, None)] if choices else []
    share = Shown(284, 657, 43, 12) if MEASURES[measure].asks else Shown(669)
    made = Defined(measure, ALL, THEN, Sight.ROUNDED, DAYS, share, tuple(found))
    return replace(made, **other)  # type: ignore[arg-type]


def moved(**other: object) -> Moved:
    """From one day to the other: what came, what was learned late, what was corrected."""
    made = Moved(
        measure="victims_rescued",
        period=ALL,
        before=date(2020, 3, 31),
        after=date(2020, 9, 30),
        was=612,
        now=679,
        same_events=621,
        parts=(
            Part((Cause.NEW,), 58),
            Part((Cause.LATE,), 23),
            Part((Cause.CORRECTED_IN,), 12),
            Part((Cause.CORRECTED_OUT,), -15),
            Part((Cause.JOINED, Cause.PARTED), -11),
        ),
        sight=Sight.ROUNDED,
        days=DAYS,
    )
    return replace(made, **other)  # type: ignore[arg-type]
