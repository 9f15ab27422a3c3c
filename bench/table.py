"""The table: a row for each measure, a column for each installation, beside the budgets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import EMPTY
from bench.measures import FIGURES_PAGE, FIVE_TEAMS, ONE_TEAM, SHUT

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
GROWTH = 1.2
# By hand it takes so long; what explains itself may take so many times as long, and no more.
BY_HAND = 3
SECOND, SLIGHT = 1000, 5
# Primero 2.14.5.1, 500,000 cases on PostgreSQL, one connection, p95 (handbook/peer-runs.md).
PEER = {
    "Start, until the first answer": "6600–8600",
    ONE_TEAM: "170 (20 rows)",
    "A child's page": "54 (no history)",
    "Home of a supervisor of five teams": "773",
    "Home of a director": "773",
    FIGURES_PAGE: "13474 (one report)",
    "An intake child saved": "139",
    "Name search, a typo in each of two names": "633",
    "Memory of the worker, names loaded": "280 MB (no index)",
}

Result = dict[str, Any]


def whole(results: Sequence[Result]) -> str:
    """Everything that was measured, as Markdown."""
    measured = [each for each in results if each["figures"]]
    parts = [_conditions(results), _leaks(results)]
    if measured:
        parts[1:1] = [_figures(measured), _ratios(measured), *map(_measures, measured)]
    return "\n\n".join(part for part in parts if part)


def write(results: Sequence[Result], page: Path = PAGE) -> None:
    """Put the table into the page, between its two marks."""
    text = page.read_text(encoding="utf-8")
    marks = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    page.write_text(marks.sub(f"{BEGIN}\n\n{whole(results)}\n\n{END}", text), encoding="utf-8")


def _conditions(results: Sequence[Result]) -> str:
    days = sorted({each["on"] for each in results})
    busiest = max(each["load"] for each in results)
    return (
        f"Measured on {' and '.join(days)}, {results[0]['machine']}; server, database and the "
        f"eight people on the same machine (load at the end of a run: up to {busiest:.1f})."
    )


def _figures(results: Sequence[Result]) -> str:
    names = dict.fromkeys(figure["name"] for each in results for figure in each["figures"])
    rows = [["What (p50 / p95, ms)", *map(_heading, results), "Peer (p95)", "Budget (p95)"]]
    for name in names:
        found = [_of(each, name) for each in results]
        budget = next((f["budget"] for f in found if f and f["budget"] is not None), None)
        unit = next(f["unit"] for f in found if f)
        rows.append([name, *map(_cell, found), PEER.get(name, ""), _budget(budget, unit)])
    notes = [
        f"{_heading(each)}, {figure['name'].lower()}: {figure['note']}."
        for each in results
        for figure in each["figures"]
        if figure["note"]
    ]
    return _laid(rows) + "\n\n" + "\n".join(f"- {note}" for note in notes)


def _ratios(results: Sequence[Result]) -> str:
    """What does not depend on the machine: one measure against another of the same run."""
    rows = [["Ratio of p50s", *map(_heading, results), "Budget"]]
    for name, one, other, budget in (
        ("Caseload ÷ the page that shows nothing", ONE_TEAM, EMPTY, ""),
        ("Caseload opened ÷ the same with nothing opened", ONE_TEAM, SHUT, "≤ 3"),
        ("Caseload of five teams ÷ of one", FIVE_TEAMS, ONE_TEAM, "≤ 2"),
        ("A child’s page ÷ the page that shows nothing", "A child's page", EMPTY, ""),
    ):
        cells = [_ratio(_of(each, one), _of(each, other)) for each in results]
        rows.append([name, *cells, budget])
    rows.append(["Growth of the caseload from the smaller", *_growth(results), f"≤ {GROWTH}"])
    return _laid(rows)


def _measures(result: Result) -> str:
    """Each measure on each day it was counted for, beside the same number by hand."""
    counted = result.get("measures", [])
    if not counted:
        return ""
    days = sorted({each["known_on"] for each in counted})
    heads = [f"Known on {day}: number, p50 / p95 ms, ÷ by hand" for day in days]
    rows = [[f"Measure, {_heading(result)}", *heads]]
    for code in dict.fromkeys(each["code"] for each in counted):
        of_day = {each["known_on"]: each for each in counted if each["code"] == code}
        rows.append([code, *(_counted(of_day.get(day)) for day in days)])
    budget = ["Budget", *([f"≤ {SECOND} ms, ÷ ≤ {BY_HAND}"] * len(days))]
    return _laid([*rows, budget])


def _counted(each: dict[str, Any] | None) -> str:
    if each is None:
        return ""
    number = f"{each['count']:,}" + (f" of {each['of']:,}" if each["of"] is not None else "")
    took = f"{each['p50']:.0f} / {each['p95']:.0f}"
    times = f"{_times(each):.1f}"
    took = f"**{took}**" if each["p95"] > SECOND else took
    return f"{number}; {took}; {f'**{times}**' if _slower(each) else times}"


def _times(each: dict[str, Any]) -> float:
    return float(each["p50"] / max(each["by_hand"], 0.001))


def _slower(each: dict[str, Any]) -> bool:
    """Longer than may be; a millisecond or two is not measured against less."""
    return each["p50"] > SLIGHT and _times(each) > BY_HAND


def _growth(results: Sequence[Result]) -> list[str]:
    smallest: dict[str, Result] = {}
    cells = []
    for each in results:
        first = smallest.setdefault(each["database"], each)
        same = first is each
        cells.append("" if same else _ratio(_of(each, ONE_TEAM), _of(first, ONE_TEAM)))
    return cells


def _leaks(results: Sequence[Result]) -> str:
    heard = [each for each in results if each["leaks"]]
    if not heard:
        return ""
    rows = [["What must not be told by the clock", "Where", "Difference, ms (99%)", "Told?"]]
    for each in heard:
        for told in each["leaks"]:
            what = f"{told['name']}, 2 ms planted" if told["planted"] else told["name"]
            between = f"{told['middle']:+.2f} ({told['low']:+.2f} to {told['high']:+.2f})"
            rows.append([what, _heading(each), between, "**yes**" if _tells(told) else "no"])
    return _laid(rows)


def faults(results: Sequence[Result]) -> list[str]:
    """What is not as it should be, each in a sentence: a budget passed, a leak, a leak missed."""
    found = [
        f"{_heading(each)}: {figure['name']} takes {figure['p95']:.0f} {figure['unit']} "
        f"of {figure['budget']}."
        for each in results
        for figure in each["figures"]
        if figure["budget"] is not None and figure["p95"] > figure["budget"]
    ]
    for each in results:
        for counted in each.get("measures", []):
            what = f"{_heading(each)}: {counted['code']} as known on {counted['known_on']}"
            if counted["p95"] > SECOND:
                found.append(f"{what} takes {counted['p95']:.0f} ms of {SECOND}.")
            if _slower(counted):
                found.append(f"{what} takes {_times(counted):.1f} times what it takes by hand.")
        for told in each["leaks"]:
            if _tells(told) != told["planted"]:
                how = "was not heard" if told["planted"] else "can be told by the clock"
                found.append(f"{_heading(each)}: {told['name']} {how}.")
    return found


def _tells(told: dict[str, Any]) -> bool:
    from bench.leaks import Told

    return Told(**{name: value for name, value in told.items() if name != "planted"}).tells


def _of(result: Result, name: str) -> dict[str, Any] | None:
    return next((f for f in result["figures"] if f["name"] == name), None)


def _heading(result: Result) -> str:
    return f"{NAMES[result['database']]} {result['cases']:,}"


def _cell(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return ""
    middle, high = figure["p50"], figure["p95"]
    said = f"{middle:.0f}" if middle == high else f"{middle:.0f} / {high:.0f}"
    kept = figure["budget"] is None or high <= figure["budget"]
    said += f" {figure['unit']}" if figure["unit"] not in ("ms", "") else ""
    return said if kept else f"**{said}**"


def _budget(budget: float | None, unit: str) -> str:
    return "" if budget is None else f"≤ {budget:g} {unit}".strip()


def _ratio(one: dict[str, Any] | None, other: dict[str, Any] | None) -> str:
    return f"{one['p50'] / other['p50']:.2f}" if one and other else ""


def _laid(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
