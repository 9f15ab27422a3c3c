"""How exactly figures are told, and as known on which days: the one place that decides it.

Pure: a figure goes in as it is, and comes out as somebody may be told it. What this protects from,
and what it does not, is in `docs/explanation/figures.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from tahanan.base.errors import Invalid
from tahanan.casework.figures.shapes import (
    FEWER_THAN,
    Cause,
    Cell,
    Figure,
    Home,
    Part,
    Shown,
    ShownCell,
    ShownSplit,
    Sight,
    Slept,
    Split,
)
from tahanan.measures.periods import percent
from tahanan.records.vocabulary import FacilityKind

T = TypeVar("T")

# The cell of those of whom it is not known: never mixed with the others where it can stand alone.
UNKNOWN = "unknown"


# ── numbers ─────────────────────────────────────────────────────────────────────────────────


def number(n: int, sight: Sight) -> int | None:
    """A number, or None where it is *fewer than 11* to this reader."""
    return n if sight is Sight.EXACT or abs(n) >= FEWER_THAN else None


def told(figure: Figure, sight: Sight, whole: int | None = None) -> Shown:
    """One figure as it may be told. `whole`: the same measure without a period, told beside it.

    A share loses count and per cent where the count or its complement is small; so does a count of
    which little is missing to the whole.
    """
    if sight is Sight.EXACT:
        apart = tuple(figure.apart.items())
        return Shown(
            figure.count, figure.of, figure.percent, figure.unknown, figure.uncertain, apart
        )
    missing = [other - figure.count for other in (figure.of, whole) if other is not None]
    small = any(n < FEWER_THAN for n in (figure.count, *missing))
    of, share = _told_share(figure)
    return Shown(
        None if small else figure.count,
        of,
        None if small else share,
        _beside(figure.unknown),
        _beside(figure.uncertain),
        tuple((code, number(n, sight)) for code, n in figure.apart.items()),
    )


def told_choice(other: Figure, figure: Figure, sight: Sight) -> Shown:
    """A figure under another choice: nothing where it is so near the first that the few between
    them could be had by subtraction.
    """
    pairs = [(other.count, figure.count), (other.of, figure.of)]
    near = any(a is not None and b is not None and 0 < abs(a - b) < FEWER_THAN for a, b in pairs)
    if sight is Sight.ROUNDED and near:
        return Shown(None, None, None, None, None)
    return told(other, sight)


def told_split(split: Split, sight: Sight) -> ShownSplit:
    """A split as it may be told: small cells joined with their neighbours until none is small."""
    known = sum(cell.count for cell in split.cells if cell.code != UNKNOWN)
    if sight is Sight.EXACT:
        joined: list[tuple[Cell, ...]] = [(cell,) for cell in split.cells]
        sum_told: int | None = known
    else:
        joined = _joined_cells(split.cells)
        mixed = any(_mixed(cells) for cells in joined)
        sum_told = None if mixed else number(known, sight)
    cells = tuple(_told_cell(cells, sum_told, sight) for cells in joined)
    return ShownSplit(split.measure, split.by, cells, sum_told)


def told_parts(moved: Mapping[Cause, int], sight: Sight) -> tuple[Part, ...]:
    """By how much a figure moved, cause by cause; small parts joined with their neighbours.

    To whom numbers are rounded every cause is named: one left out would say that it was nothing.
    """
    if sight is Sight.EXACT:
        return tuple(Part((cause,), moved[cause]) for cause in Cause if moved.get(cause))
    each = [(cause, moved.get(cause, 0)) for cause in Cause]
    return tuple(
        Part(tuple(cause for cause, _n in group), number(sum(n for _cause, n in group), sight))
        for group in _joined(each, lambda part: part[1])
    )


def told_homes(homes: Iterable[Home], sight: Sight) -> tuple[Slept, ...]:
    """Homes by kind; to whom numbers are rounded, joined until none is small, families all in one.

    Foster and kin homes stand on no public list, so no row names one. A kind that is small goes
    with its neighbour whole: beside its other rows it could be had from the sum.
    """
    each = [home for kind in FacilityKind for home in homes if home.kind is kind]
    if sight is Sight.EXACT:
        return tuple(_slept((home,), sight) for home in each)
    groups: list[tuple[Home, ...]] = []
    for kind in FacilityKind:
        of_kind = tuple(home for home in each if home.kind is kind)
        if kind is FacilityKind.FAMILY_HOME or _asleep(of_kind) < FEWER_THAN:
            groups += [of_kind] if of_kind else []
        else:
            groups += _joined(of_kind, lambda home: home.count)
    joined = [tuple(home for one in group for home in one) for group in _joined(groups, _asleep)]
    return tuple(_slept(group, sight) for group in joined)


def told_sums(rows: Iterable[Slept]) -> tuple[Slept, ...]:
    """The rows of each kind together, of numbers that are told already: nothing new is in them."""
    found: list[Slept] = []
    for row in rows:
        if found and set(found[-1].kinds) & set(row.kinds):
            found[-1] = together((found[-1], row))
        else:
            found.append(together((row,)))
    return tuple(found)


def together(rows: Iterable[Slept]) -> Slept:
    """Rows in one, without names."""
    each = tuple(rows)
    kinds = tuple(kind for kind in FacilityKind if any(kind in row.kinds for row in each))
    n, places = _sum(row.n for row in each), _sum(row.places for row in each)
    return Slept((), kinds, sum(row.homes for row in each), n, places)


def may_compare(parts: tuple[Part, ...], sight: Sight) -> bool:
    """Whether the same events may be told: not where the new ones are joined with another part."""
    return sight is Sight.EXACT or any(
        part.causes == (Cause.NEW,) and part.n is not None for part in parts
    )


def _slept(homes: tuple[Home, ...], sight: Sight) -> Slept:
    named = [
        home.name
        for home in homes
        if sight is Sight.EXACT or home.kind is not FacilityKind.FAMILY_HOME
    ]
    kinds = tuple(dict.fromkeys(home.kind for home in homes))
    # Of a row that is full each home could be had from its places.
    places = homes[0].places if len(homes) == 1 else None
    return Slept(tuple(named), kinds, len(homes), number(_asleep(homes), sight), places)


def _asleep(homes: Iterable[Home]) -> int:
    return sum(home.count for home in homes)


def _sum(numbers: Iterable[int | None]) -> int | None:
    each = list(numbers)
    return None if None in each else sum(n for n in each if n is not None)


def _told_share(figure: Figure) -> tuple[int | None, int | None]:
    """Denominator and per cent, but for what would give away for how few the answer is unknown."""
    if figure.of is None or figure.of < FEWER_THAN:
        return None, None
    if not _few(figure.unknown):
        return figure.of, figure.percent
    # The whole is known from elsewhere: the per cent is told only where as many as 11 unknown
    # would have given the same one.
    as_many = figure.of + figure.unknown - FEWER_THAN
    alike = as_many >= figure.count and percent(figure.count, as_many) == figure.percent
    return None, figure.percent if alike else None


def _few(n: int) -> bool:
    return 0 < n < FEWER_THAN


def _beside(n: int) -> int | None:
    # That an answer is unknown for nobody points at nobody; for one to ten it might.
    return None if _few(n) else n


def _joined_cells(cells: Iterable[Cell]) -> list[tuple[Cell, ...]]:
    """The unknown stand apart if they are many or none; else they go with the last of the others.

    Alone, they could be had by subtracting all others from the whole.
    """
    each = list(cells)
    unknown = [cell for cell in each if cell.code == UNKNOWN and cell.count]
    known = [cell for cell in each if cell.code != UNKNOWN]
    if sum(cell.count for cell in unknown) < FEWER_THAN:
        return _joined([*known, *unknown], lambda cell: cell.count)
    return [*_joined(known, lambda cell: cell.count), tuple(unknown)]


def _joined(each: Iterable[T], size: Callable[[T], int]) -> list[tuple[T, ...]]:
    """Neighbours joined from the first on, until no group is small; a small rest joins the last."""
    groups: list[tuple[T, ...]] = []
    group: tuple[T, ...] = ()
    for one in each:
        group = (*group, one)
        if abs(sum(map(size, group))) >= FEWER_THAN:
            groups.append(group)
            group = ()
    while group:
        group = (*(groups.pop() if groups else ()), *group)
        if not groups or abs(sum(map(size, group))) >= FEWER_THAN:
            groups.append(group)
            break
    return groups


def _mixed(cells: tuple[Cell, ...]) -> bool:
    codes = {cell.code for cell in cells}
    return UNKNOWN in codes and codes != {UNKNOWN}


def _told_cell(cells: tuple[Cell, ...], known: int | None, sight: Sight) -> ShownCell:
    n = sum(cell.count for cell in cells)
    codes = tuple(cell.code for cell in cells)
    shown = number(n, sight)
    shared = shown is not None and known is not None and UNKNOWN not in codes
    return ShownCell(codes, shown, percent(n, known) if shared and known else None)


# ── days ────────────────────────────────────────────────────────────────────────────────────


def month_ends(first: date, before: date) -> tuple[date, ...]:
    """The last day of every month since that of `first` that lies before `before`; newest first.

    Not `before` itself: that day is not over, and its figures still move.
    """
    found = []
    day = before.replace(day=1) - timedelta(days=1)
    while (day.year, day.month) >= (first.year, first.month):
        found.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return tuple(found)


def days(sight: Sight, first: date, today: date, published: Iterable[date]) -> tuple[date, ...]:
    """The days that may be chosen, newest first; none named where any day may be."""
    if sight is Sight.EXACT:
        return ()
    # Two ends more than there is to count, so that there is always one to compare with.
    ends = month_ends(first.replace(day=1) - timedelta(days=32), today)
    return tuple(sorted({*ends, *published}, reverse=True))


def latest(sight: Sight, today: date) -> date:
    """The latest day that may be told: today, or the last end of a month."""
    return today if sight is Sight.EXACT else today.replace(day=1) - timedelta(days=1)


def refuse_day(field: str, day: date, today: date, offered: tuple[date, ...]) -> None:
    """Refuses a day still ahead, and one that is not among those offered, where some are."""
    if day > today:
        raise Invalid({field: _("“As known on” is a day still ahead. Give today or a day before.")})
    if offered and day not in offered:
        raise Invalid(
            {
                field: _(
                    "“As known on” must be the last day of a month, or a day that was published. "
                    "Choose one from the list."
                )
            }
        )
