"""Suspects counted one by one: named, arrested, convicted."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tahanan.measures import spec
from tahanan.measures.periods import Period
from tahanan.measures.recount.children import Child, all_children, counted
from tahanan.measures.recount.known import Known, Row, Subject, hex_of, lies_in, lies_perhaps
from tahanan.measures.spec import Measure


def suspects(measure: Measure, known: Known, of: spec.Suspects, period: Period) -> list[Subject]:
    """Every suspect named for a child who is, or may be, in the period."""
    victims = {
        child.key: child
        for child in all_children(known, of.children)
        if counted(child, of.children)
    }
    named: dict[str, list[tuple[Row, Child]]] = defaultdict(list)
    for row in known.of("suspicion"):
        child = victims.get(known.child_of[row["case_id"]])
        if child and (lies_in(child.days, period) or lies_perhaps(child.days, period)):
            named[hex_of(row["suspect"])].append((row, child))
    wanted = _of_whom(known, of.who)
    return [
        _suspect(key, rows, measure, period)
        for key, rows in named.items()
        if wanted is None or key in wanted
    ]


def _suspect(key: str, named: list[tuple[Row, Child]], measure: Measure, period: Period) -> Subject:
    minor = any(row["minor"] == "yes" for row, _ in named)
    paid = any(row["part"] == "demand_side" for row, _ in named)
    within = [(row, child) for row, child in named if lies_in(child.days, period)]
    kin = {row["kin"] for row, _ in within}
    answer: bool | None = True
    if isinstance(measure.asks, spec.Close):
        known_kin = kin - {spec.UNKNOWN}
        answer = bool(known_kin & set(measure.asks.kin)) if known_kin else None
    days = min(child.days for _, child in within or named)
    apart = {"minor"} if minor else {"demand_side"} if paid else set()
    return Subject(key, days, not minor and not paid, answer, apart, inside=bool(within))


def _of_whom(known: Known, who: spec.Who) -> set[str] | None:
    if who is spec.Who.NAMED:
        return None
    if who is spec.Who.CONVICTED:
        return {subject.key for subject in convictions(known, spec.Convictions())}
    table = "arrest" if who is spec.Who.ARRESTED else "judgment"
    return {hex_of(row["suspect"]) for row in known.of(table) if row["supported"]}


def arrests(known: Known, of: spec.Arrests) -> list[Subject]:
    """Every arrest, or everybody arrested by the first one."""
    found: dict[str, Row] = {}
    for row in known.of("arrest"):
        if not row["supported"]:
            continue
        key = known.root("arrest", row["id"]) if of.each else hex_of(row["suspect"])
        if key not in found or _arrest_order(row) < _arrest_order(found[key]):
            found[key] = row
    return [
        Subject(
            key,
            (row["happened_on"], row["happened_until"]),
            apart={"abroad"} if row["country"] != spec.HERE else set(),
        )
        for key, row in found.items()
    ]


def _arrest_order(row: Row) -> tuple[Any, ...]:
    return row["happened_on"], row["happened_until"], row["country"] != spec.HERE


# ── convictions ───────────────────────────────────────────────────────────────────────────────


def convictions(known: Known, of: spec.Convictions) -> list[Subject]:
    """Every person, charge or court case with a conviction that stands."""
    charges: dict[tuple[Any, ...], dict[str, Row]] = defaultdict(dict)
    for row in known.of("judgment"):
        levels = charges[row["suspect"], row["docket"], row["charge"]]
        before = levels.get(row["level"])
        if before is None or _judged(row) > _judged(before):
            levels[row["level"]] = row
    found: dict[str, Row] = {}
    for (suspect, docket, charge), levels in charges.items():
        made = _standing_conviction(levels)
        if made is None or not _is_one(made, of):
            continue
        key = {
            spec.Once.PERSON: hex_of(suspect),
            spec.Once.DOCKET: hex_of(docket),
            spec.Once.JUDGMENT: f"{hex_of(suspect)}/{hex_of(docket)}/{charge}",
        }[of.once]
        if key not in found or _judged(made) < _judged(found[key]):
            found[key] = made
    return [
        Subject(key, (row["happened_on"], row["happened_until"]), apart=_of_conviction(row))
        for key, row in found.items()
    ]


def _judged(row: Row) -> tuple[Any, ...]:
    """Which of several judgments is later."""
    return (
        row["happened_on"], row["happened_until"], spec.PLEAS.index(row["plea"]),
        spec.SENTENCES.index(row["sentence"]), row["country"] != spec.HERE, row["supported"],
        spec.OUTCOMES.index(row["outcome"]),
    )  # fmt: skip


def _standing_conviction(levels: dict[str, Row]) -> Row | None:
    """The judgment that made the conviction, where one stands in the end."""
    stands: bool | None = None
    by: Row | None = None
    for level in spec.LEVELS:
        if level not in levels:
            continue
        outcome = levels[level]["outcome"]
        if outcome == "convicted":
            stands = True
        elif outcome == "reversed":
            stands = stands is False
        elif outcome != "upheld":
            stands = False
        elif level == "trial":
            # There is nothing below that a court of trial could uphold.
            stands = False
        if stands and by is None:
            by = levels[level]
    return by if stands else None


def _is_one(row: Row, of: spec.Convictions) -> bool:
    return bool(
        row["supported"]
        and (of.abroad or row["country"] == spec.HERE)
        and (of.lesser_pleas or row["plea"] != "guilty_of_lesser")
        and (of.suspended or row["sentence"] != "suspended")
    )


def _of_conviction(row: Row) -> set[str]:
    found = {
        "lesser_plea": row["plea"] == "guilty_of_lesser",
        "suspended": row["sentence"] == "suspended",
        "abroad": row["country"] != spec.HERE,
    }
    return {code for code, holds in found.items() if holds}
