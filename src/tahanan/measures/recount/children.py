"""Children counted one by one: by the event that decides, by age, as siblings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tahanan.measures import spec
from tahanan.measures.recount.known import Groups, Known, Row, Subject, holds
from tahanan.measures.spec import Measure


@dataclass
class Child:
    """A child and one event of hers."""

    key: str
    event: Row
    supported: bool
    status: str

    @property
    def days(self) -> tuple[date, date]:
        """The first and last possible day of the event."""
        return self.event["happened_on"], self.event["happened_until"]


def order(event: Row) -> tuple[Any, ...]:
    """Which of several removals is first: by day; what is not known last."""
    bands = (event["youngest_band"], event["oldest_band"])
    return (
        event["happened_on"], event["happened_until"], *(99 if b is None else b for b in bands),
        spec.HOWS.index(event["how"]), event["operation_id"] is not None,
    )  # fmt: skip


def _events(known: Known, of: spec.Children) -> dict[str, list[Row]]:
    """The events of each child that may decide, the first one first."""
    found: dict[str, list[Row]] = {}
    if of.how is None:
        for child, rows in known.by_child("support").items():
            since = min(row["from_on"] for row in rows)
            found[child] = [_support_event(since)]
        return found
    for child, rows in known.by_child("removal").items():
        looked_at = [row for row in rows if row["how"] in of.how]
        if of.through_operation:
            looked_at = [row for row in looked_at if row["operation_id"] is not None]
        if looked_at:
            found[child] = sorted(looked_at, key=order)
    return found


def _support_event(since: date) -> Row:
    return {
        "happened_on": since, "happened_until": since, "youngest_band": None, "oldest_band": None,
        "how": "removed", "operation_id": None,
    }  # fmt: skip


def _status(rows: Iterable[Row], day: date) -> str:
    """The status that holds on a day: of several the latest, then the graver."""
    holding = [row for row in rows if holds(row, day)]
    if not holding:
        return spec.NO_STATUS
    latest = max(holding, key=lambda row: (row["from_on"], spec.STATUSES.index(row["status"])))
    return str(latest["status"])


def all_children(known: Known, of: spec.Children) -> list[Child]:
    """Every child with an event, or every event of every child."""
    support, statuses = known.by_child("support"), known.by_child("casestatus")
    found = []
    for child, events in _events(known, of).items():
        decides = events[0] if of.decides is spec.Which.FIRST else events[-1]
        last_day = decides["happened_until"]
        asked_on = known.day if of.status_on is spec.StatusDay.KNOWN else last_day
        status = _status(statuses[child], asked_on)
        for event in events if of.each else [decides]:
            key = known.root("removal", event["id"]) if of.each else child
            found.append(Child(key, event, bool(support[child]), status))
    return found


def counted(child: Child, of: spec.Children) -> bool:
    """Whether she is of the population."""
    return (child.supported or not of.supported) and child.status in of.statuses


def children(measure: Measure, known: Known, of: spec.Children) -> list[Subject]:
    """Every child with an event that may decide."""
    everybody = all_children(known, of)
    answers = _answers(measure, known, of, everybody)
    return [
        Subject(
            child.key,
            child.days,
            member=counted(child, of),
            answer=answers[index],
            apart=_beside(child, of, known, measure),
        )
        for index, child in enumerate(everybody)
    ]


def _beside(child: Child, of: spec.Children, known: Known, measure: Measure) -> set[str]:
    found = set()
    if child.supported or not of.supported:
        found.add(f"status_{child.status}")
    if counted(child, of):
        if child.event["youngest_band"] == spec.ADULTS == child.event["oldest_band"]:
            found.add("adult")
        if child.event["operation_id"] is None:
            found.add("no_operation")
        if child.event["how"] == spec.SURRENDERED:
            found.add("surrendered")
    if isinstance(measure.asks, spec.Admitted):
        first = min((stay["from_on"] for stay in known.by_child("stay")[child.key]), default=None)
        if first is not None and first < child.days[0]:
            found.add("before")
    return found


def _answers(
    measure: Measure, known: Known, of: spec.Children, everybody: list[Child]
) -> list[bool | None]:
    asks = measure.asks
    if isinstance(asks, spec.AgedUpTo):
        return [_aged(child, asks.band) for child in everybody]
    if isinstance(asks, spec.AsSiblings):
        together = as_siblings(known, of, asks, everybody)
        return [child.key in together for child in everybody]
    if isinstance(asks, spec.Established | spec.Classed):
        found = known.states_by_child("osecelement")
        return [_found(found[child.key], asks) for child in everybody]
    if isinstance(asks, spec.Admitted):
        stays = known.by_child("stay")
        return [_admitted(child, stays[child.key]) for child in everybody]
    return [True] * len(everybody)


def _aged(child: Child, up_to: int) -> bool | None:
    young, old = child.event["youngest_band"], child.event["oldest_band"]
    if young is None or old is None:
        return None
    if old <= up_to:
        return True
    return False if young > up_to else None


def _admitted(child: Child, stays: list[Row]) -> bool | None:
    if not stays:
        return False
    first = min(stay["from_on"] for stay in stays)
    exact = child.days[0] == child.days[1]
    return True if exact and first >= child.days[0] else None


def _strongest(rows: list[Row], element: str) -> str | None:
    findings = [row["finding"] for row in rows if row["element"] == element]
    return max(findings, key=spec.FINDINGS.index, default=None)


def _found(rows: list[Row], asks: spec.Established | spec.Classed) -> bool | None:
    if isinstance(asks, spec.Established):
        said = _strongest(rows, asks.element)
        return {"established": True, "not_found": False}.get(said or "")
    found = {element: _strongest(rows, element) for element in spec.OSEC_ELEMENTS}
    if all(finding == "established" for finding in found.values()):
        return asks.as_ == "osec"
    needed = (found["minor"], found["online"])
    if needed == ("established", "established"):
        return asks.as_ == "osaec"
    return asks.as_ == "neither" if "not_found" in needed else None


# ── siblings ──────────────────────────────────────────────────────────────────────────────────


def as_siblings(
    known: Known, of: spec.Children, asks: spec.AsSiblings, everybody: list[Child]
) -> set[str]:
    """The keys of all who were rescued with another of their cluster."""
    others = {child.key for child in everybody if counted(child, of) or not asks.others_counted}
    operations = {child.key: _operations_of(known, of, child) for child in everybody}
    groups, linked = _drawn(known, asks)
    found = set()
    for one in others:
        for other in others - {one}:
            direct = frozenset((one, other)) in linked
            related = direct if asks.direct else groups.find(one) == groups.find(other)
            same = not asks.same_operation or operations[one] & operations[other]
            if related and same:
                found.add(one)
    return found


def _drawn(known: Known, asks: spec.AsSiblings) -> tuple[Groups, set[frozenset[str]]]:
    """Who is linked to whom: all who hang together, and each two who are linked."""
    child_of = {case["survivor_id"]: known.child_of[case["id"]] for case in known.all["case"]}
    groups, linked = Groups(), set()
    for link in known.standing("siblinglink"):
        if link["bond"] in asks.bonds:
            one, other = child_of[link["survivor_id"]], child_of[link["sibling_id"]]
            groups.join(one, other)
            linked.add(frozenset((one, other)))
    return groups, linked


def _operations_of(known: Known, of: spec.Children, child: Child) -> set[str]:
    """The operation of the event that decides (two, should two events be alike)."""
    if of.how is None:
        return set()
    rows = known.by_child("removal")[child.key]
    alike = [row for row in rows if row["how"] in of.how and order(row) == order(child.event)]
    return {
        known.root("operation", row["operation_id"])
        for row in alike
        if row["operation_id"] is not None
    }
