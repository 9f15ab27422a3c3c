"""Figures as rows, one number each: what `tahanan report` prints as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from tahanan.casework.figures.shapes import FEWER_THAN, FiguresPage, Line, ShownSplit

# What stands in a file where a number is not told.
FEW = f"<{FEWER_THAN}"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One number. `part`: the cell of a split, or what is listed beside; empty: the figure itself.

    None: fewer than 11, or a share that would give such a number away.
    """

    report: str
    known_on: date
    period: str
    measure: str
    part: str
    n: int | None
    of: int | None
    percent: int | None


def rows_of(page: FiguresPage) -> tuple[FigureRow, ...]:
    """Every number of a page, in its order. What is beside is another day: ask for that day."""
    found = [row for line in page.lines for row in _of_line(page, line)]
    for split in (page.years, page.ages):
        found += _of_split(page, split)
    return tuple(found)


def as_csv(rows: Iterable[FigureRow]) -> str:
    """Comma-separated, with a heading; *<11* where a number is not told."""
    into = io.StringIO()
    writer = csv.writer(into, lineterminator="\n")
    writer.writerow(FigureRow.__slots__)
    for row in rows:
        n = FEW if row.n is None else row.n
        writer.writerow(
            [row.report, row.known_on, row.period, row.measure, row.part, n, row.of, row.percent]
        )
    return into.getvalue()


def as_json(rows: Iterable[FigureRow]) -> str:
    """A list of objects; null where a number is not told."""
    return json.dumps([asdict(row) for row in rows], default=str, indent=1) + "\n"


def _of_line(page: FiguresPage, line: Line) -> Iterator[FigureRow]:
    shown = line.then
    beside = [*shown.apart, ("unknown", shown.unknown), ("date_uncertain", shown.uncertain)]
    yield _row(page, line.period.code, line.measure, "", shown.n, shown.of, shown.percent)
    for code, n in beside:
        yield _row(page, line.period.code, line.measure, code, n)


def _of_split(page: FiguresPage, split: ShownSplit) -> Iterator[FigureRow]:
    period = page.lines[0].period.code
    for cell in split.cells:
        # Joined cells are one: all their codes, in their order.
        part = f"{split.by}:{'+'.join(cell.codes)}"
        of = split.known if cell.percent is not None else None
        yield _row(page, period, split.measure, part, cell.n, of, cell.percent)


def _row(
    page: FiguresPage,
    period: str,
    measure: str,
    part: str,
    n: int | None,
    of: int | None = None,
    percent: int | None = None,
) -> FigureRow:
    return FigureRow(page.report, page.known_on, period, measure, part, n, of, percent)
