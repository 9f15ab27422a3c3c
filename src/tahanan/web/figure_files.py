"""Figures as files: the same numbers as on the page, masked alike, with day and definitions."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tahanan.casework.figures.shapes import FiguresPage, Line, Moved, Shown, ShownSplit
from tahanan.web import figure_words as figures

Record = dict[str, Any]
KINDS = ("csv", "json")
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sent(kind: str, name: str, head: Record, tables: dict[str, list[Record]]) -> HttpResponse:
    """The file: `head` says what of, as known when; each table its rows."""
    if kind not in KINDS:
        raise Http404
    if settings.DEMONSTRATION:
        # The file leaves the page that says so.
        invented = _("Every person, place and record here is invented.")
        head = {"demonstration": invented, **head}
    if kind == "json":
        body = json.dumps(head | tables, ensure_ascii=False, indent=2) + "\n"
        kind_said = "application/json; charset=utf-8"
    else:
        body, kind_said = _csv(head, tables), "text/csv; charset=utf-8"
    response = HttpResponse(body, content_type=kind_said)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def of_page(page: FiguresPage) -> tuple[str, Record, dict[str, list[Record]]]:
    """All that stands on the figures page."""
    head: Record = {"report": page.report, "known_on": _day(page.known_on)}
    if page.published:
        head |= {
            "published_as": page.published.title,
            "published_on": _day(page.published.published_on),
        }
    if page.beside:
        head["beside_known_on"] = _day(page.beside)
    tables = {
        "figures": [_line(line) for line in page.lines],
        "years": _split(page.years),
        "ages": _split(page.ages),
    }
    return f"tahanan-figures-{page.known_on.isoformat()}", head, tables


def of_moved(moved: Moved) -> tuple[str, Record, dict[str, list[Record]]]:
    """Why one figure moved."""
    head: Record = {
        "measure": moved.measure,
        "name": figures.name(moved.measure),
        "period": figures.period(moved.period),
        "known_on_before": _day(moved.before),
        "known_on_after": _day(moved.after),
        "before": masked(moved.was),
        "after": masked(moved.now),
        "same_events": masked(moved.same_events),
        **_defined(moved.measure),
    }
    parts = [
        {
            "causes": " ".join(part.causes),
            "moved_by": masked(part.n),
            "said": figures.because(moved, part),
        }
        for part in moved.parts
    ]
    name = f"tahanan-{moved.measure}-{moved.before.isoformat()}-{moved.after.isoformat()}"
    return name, head, {"parts": parts}


def masked(n: int | None) -> int | str:
    """The number, or the words that stand on the page for it."""
    return figures.told(n) if n is None else n


def shown(found: Shown) -> Record:
    """One figure, number by number."""
    return {
        "n": masked(found.n),
        "of": found.of,
        "percent": found.percent,
        "unknown": masked(found.unknown),
        "uncertain": masked(found.uncertain),
    }


def _line(line: Line) -> Record:
    record: Record = {
        "measure": line.measure,
        "name": figures.name(line.measure),
        "period": line.period.code,
        "from": _day(line.period.first),
        "until": _day(line.period.last),
        **shown(line.then),
        "apart": "; ".join(figures.apart(line)),
    }
    if line.beside is not None:
        record |= {"beside_n": masked(line.beside.n), "beside_percent": line.beside.percent}
    return record | _defined(line.measure)


def _split(split: ShownSplit) -> list[Record]:
    return [
        {
            split.by: figures.label(split.by, cell.codes),
            "n": masked(cell.n),
            "percent_of_known": cell.percent,
        }
        for cell in split.cells
    ]


def _defined(measure: str) -> Record:
    return {
        "unit": figures.unit(measure),
        "unknowns": figures.of_unknowns(measure),
        "not_to_be_compared_with": figures.not_same(measure),
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _csv(head: Record, tables: dict[str, list[Record]]) -> str:
    """Head as two columns, then each table under its name; an empty line between."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerows((name, _cell(value)) for name, value in head.items())
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        write.writerows([[], [name], columns])
        write.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    # A mark at the start, so that spreadsheets read it as UTF-8.
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
