"""The plain recount: every measure counted once more, row by row, with nothing clever in it.

It is what the statements are tested against, so it shares nothing with them but the specification.
It takes all versions of all rows, as plain dictionaries by table, and is slow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tahanan.measures import spec
from tahanan.measures.periods import Period
from tahanan.measures.recount.children import all_children, children, counted
from tahanan.measures.recount.known import (
    Known,
    Row,
    Rows,
    Subject,
    hex_of,
    lies_in,
    lies_perhaps,
)
from tahanan.measures.recount.suspects import arrests, convictions, suspects
from tahanan.measures.spec import Measure

__all__ = ["Recounted", "Row", "Rows", "recount"]


@dataclass
class Recounted:
    """What was counted: the figure, what is listed beside it, and the keys behind the count."""

    count: int = 0
    of: int | None = None
    unknown: int = 0
    uncertain: int = 0
    apart: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)


def recount(measure: Measure, rows: Rows, period: Period, known_on: date) -> Recounted:
    """The figure as known at the end of `known_on`, counted one by one."""
    known = Known(rows, known_on)
    result = Recounted(apart=dict.fromkeys(measure.apart, 0))
    answered = members = 0
    for subject in _subjects(measure, known, period):
        inside, perhaps = _lies(subject, period)
        if inside:
            for code in measure.apart:
                result.apart[code] += code in subject.apart
        if not subject.member:
            continue
        if perhaps:
            result.uncertain += 1
        if not inside:
            continue
        members += 1
        if subject.answer is None:
            result.unknown += 1
            continue
        answered += 1
        if subject.answer:
            result.count += 1
            result.keys.add(subject.key)
    if measure.asks is not None:
        result.of = members if measure.whole else answered
    return result


def _lies(subject: Subject, period: Period) -> tuple[bool, bool]:
    """Whether the subject is in the period, and whether it is perhaps."""
    if subject.inside is not None:
        return subject.inside, not subject.inside
    return lies_in(subject.days, period), lies_perhaps(subject.days, period)


def _subjects(measure: Measure, known: Known, period: Period) -> list[Subject]:
    of = measure.of
    if isinstance(of, spec.Children):
        return children(measure, known, of)
    if isinstance(of, spec.Suspects):
        return suspects(measure, known, of, period)
    if isinstance(of, spec.Arrests):
        return arrests(known, of)
    if isinstance(of, spec.Operations):
        return _operations(known, of)
    if isinstance(of, spec.Convictions):
        return convictions(known, of)
    if isinstance(of, spec.Cases):
        return _cases(known)
    assert isinstance(of, spec.Demand)
    return _demand(known, of)


# ── operations, cases, demand ─────────────────────────────────────────────────────────────────


def _operations(known: Known, of: spec.Operations) -> list[Subject]:
    acted = {
        known.root("operation", row["operation_id"])
        for table in ("removal", "arrest")
        for row in known.of(table)
        if row["operation_id"] is not None
    }
    found = []
    for row in known.of("operation"):
        key = known.root("operation", row["id"])
        member = row["supported"] and row["kind"] in of.kinds and (key in acted or not of.acted)
        found.append(Subject(key, (row["happened_on"], row["happened_until"]), bool(member)))
    return found


def _cases(known: Known) -> list[Subject]:
    since: dict[str, date] = {}
    for row in known.standing("support"):
        key = hex_of(row["case_id"])
        since[key] = min(since.get(key, row["from_on"]), row["from_on"])
    return [Subject(key, (day, day)) for key, day in since.items()]


def _demand(known: Known, of: spec.Demand) -> list[Subject]:
    countries = known.by_child("demandside")
    return [
        Subject(f"{child.key}/{country}", child.days, counted(child, of.children))
        for child in all_children(known, of.children)
        for country in {row["country"] for row in countries[child.key]}
    ]
