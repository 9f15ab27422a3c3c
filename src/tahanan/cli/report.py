"""`tahanan report`: a report as known on a day: a table, a file, or three slides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from tahanan.cli.start import Stop, ready

if TYPE_CHECKING:
    from tahanan.casework.figures.shapes import FiguresPage, Line, Shown, ShownSplit
    from tahanan.charts.slides import Told

_WIDTH = 80
_INVENTED = "Every person, place and record in it is invented."
_FIGURE = 22
_OF_PERIOD = {"all": "All years", "lockdown": "During lockdown"}
_SPLIT = {"year": "Victims rescued, by year of the first removal", "age": "… and by age then"}


class Format(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(f"“{typed}” is not a day such as 2020-09-02") from None


def report(
    name: Annotated[str, typer.Argument(metavar="REPORT", help="Which one: deck.")],
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of", parser=_day, metavar="DAY",
            help="As known at the end of this day in Manila, such as 2020-09-02; else today.",
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", help="all, lockdown, or a year; else the report’s own."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
    slides: Annotated[
        Path | None,
        typer.Option("--slides", help="Write the three slides as SVG into this folder instead."),
    ] = None,
    beside: Annotated[
        date | None,
        typer.Option(
            "--beside", parser=_day, metavar="DAY", help="Beside it, as known on this day."
        ),
    ] = None,
) -> None:  # fmt: skip
    """Count a report from its rows and print it, to the digit. The ledger says that it was done."""
    ready("steward")
    from tahanan.access.actor import system
    from tahanan.base import clock
    from tahanan.casework import figures, upkeep
    from tahanan.casework.figures import rows

    if not upkeep.installed():
        raise Stop("Nothing is installed here. Run `tahanan install` first.")
    day = as_of or clock.today()
    page = figures.figures(
        system("report"), report=name, known_on=day, beside=beside or day,
        period=None if slides else period,
    )  # fmt: skip
    if slides is not None:
        _write_slides(page, slides)
    elif format is Format.TABLE:
        print("\n".join(_table(page)))
    else:
        write = rows.as_csv if format is Format.CSV else rows.as_json
        print(write(rows.rows_of(page)), end="")


def _invented() -> bool:
    from tahanan.access import installation

    return installation.here().demonstration


# ── the table ───────────────────────────────────────────────────────────────────────────────


def _table(page: FiguresPage) -> Iterator[str]:
    if _invented():
        yield f"DEMONSTRATION. {_INVENTED}"
    yield f"As known at the end of {_said(page.known_on)} in Manila."
    if page.published:
        yield f"Published on {_said(page.published.published_on)}: {page.published.title}."
    if page.beside:
        yield f"Beside it, as known at the end of {_said(page.beside)}."
    period = None
    for line in page.lines:
        if line.period != period:
            period = line.period
            yield from ("", _heading(line), "")
        yield from _figure(line)
    for split in (page.years, page.ages):
        yield from ("", _SPLIT[split.by], "")
        yield from _cells(split)


def _heading(line: Line) -> str:
    period = line.period
    name = _OF_PERIOD.get(period.code, period.code)
    if period.first is None or period.last is None:
        return name.upper()
    return f"{name.upper()}: {_said(period.first)} to {_said(period.last)}"


def _figure(line: Line) -> Iterator[str]:
    """The figure, what it is, how it is counted, and what it leaves out."""
    from tahanan.measures.catalogue import APART, MEASURES

    measure = MEASURES[line.measure]
    told = [_number(line.then), *([_number(line.beside)] if line.beside else [])]
    first, *more = wrap(measure.name, _WIDTH - _FIGURE * len(told))
    yield "".join(each.ljust(_FIGURE) for each in told) + first
    yield from (" " * (_FIGURE * len(told)) + each for each in more)
    sentences = [measure.sentence]
    if line.then.unknown:
        sentences.append(f"Not known for {line.then.unknown:,}, who are left out.")
    if line.then.uncertain:
        sentences.append(f"Date uncertain, so not counted: {line.then.uncertain:,}.")
    apart = [f"{n:,} {APART[code]}" for code, n in line.then.apart if n]
    if apart:
        sentences.append(f"Apart: {'; '.join(apart)}.")
    for sentence in sentences:
        yield from (" " * 6 + each for each in wrap(sentence, _WIDTH - 6))
    yield ""


def _number(shown: Shown) -> str:
    if shown.of is None:
        return f"{shown.n:,}"
    share = "–" if shown.percent is None else f"{shown.percent}%"
    return f"{share} ({shown.n:,} of {shown.of:,})"


def _cells(split: ShownSplit) -> Iterator[str]:
    for cell in split.cells:
        share = "" if cell.percent is None or split.by != "age" else f"{cell.percent:>5}%"
        code = "not known" if cell.codes == ("unknown",) else "+".join(cell.codes)
        yield f"      {code:<12}{cell.n:>8,}{share}"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# ── the slides ──────────────────────────────────────────────────────────────────────────────


def _write_slides(page: FiguresPage, folder: Path) -> None:
    from tahanan.charts.slides import slide

    foot = [f"As known at the end of {_said(page.known_on)}. Supported cases; each counted once."]
    if _invented():
        foot.append(f"Demonstration. {_INVENTED}")
    lines = {(line.measure, line.period.code): line for line in page.lines}

    def told(measure: str, period: str, name: str = "") -> Told:
        return _on_slide(lines[measure, period], name)

    rescued = [
        told("victims_rescued", "all"),
        told("aged_12_or_younger", "all", "were 12 or younger"),
        told(
            "close_perpetrators", "all",
            "of perpetrators are parents, relatives or close family friends",
        ),
        told("rescued_as_siblings", "all", "were rescued as siblings"),
    ]  # fmt: skip
    done = [told(each, "all") for each in ("persons_arrested", "operations", "persons_convicted")]
    lockdown = [line for line in page.lines if line.period.code == "lockdown"]
    days = lockdown[0].period
    assert days.first is not None
    assert days.last is not None
    during = (
        f"From {_said(days.first)} to {_said(days.last)}. "
        "Rescued or safeguarded: another unit than victims rescued."
    )
    drawn = {
        "1-rescued.svg": slide("Brought to safety", rescued, foot, first=True),
        "2-done.svg": slide("Arrests, operations, convictions", done, foot),
        "3-lockdown.svg": slide(
            "During lockdown", [_on_slide(line, "") for line in lockdown], [during, *foot]
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in drawn.items():
        (folder / name).write_text(picture, encoding="utf-8")
        print(folder / name)


def _on_slide(line: Line, name: str) -> Told:
    from tahanan.charts.slides import Told
    from tahanan.measures.catalogue import MEASURES

    measure, shown = MEASURES[line.measure], line.then
    if shown.of is None:
        counts = measure.sentence if line.measure == "victims_rescued" else ""
        return Told(f"{shown.n:,}", name or measure.name, counts)
    unknown = f"; not known for {shown.unknown:,}" if shown.unknown else ""
    number = "–" if shown.percent is None else f"{shown.percent}%"
    counts = f"{shown.n:,} of {shown.of:,}{unknown}"
    return Told(number, name or measure.name, counts, shown.percent)
