"""Measures of children: who of them is counted, and what is asked of each."""

from __future__ import annotations

from tahanan.casework.figures import siblings
from tahanan.casework.figures.asking import Asking
from tahanan.casework.figures.children import NO_BAND, columns, kid
from tahanan.casework.figures.subjects import Subjects, dated
from tahanan.measures.spec import (
    ADULTS,
    FINDINGS,
    HOWS,
    OSEC_ELEMENTS,
    STATUSES,
    SURRENDERED,
    Admitted,
    AgedUpTo,
    AsSiblings,
    Children,
    Classed,
    Demand,
    Established,
    Question,
)


def children(ask: Asking, of: Children, asks: Question | None) -> Subjects:
    """One row a child (or an event)."""
    name = kid(ask, of)
    event = columns("k")
    source, answer = f"{name} k", "1"
    more: dict[str, str] = {}
    if isinstance(asks, AgedUpTo):
        answer = _aged(event, asks)
    elif isinstance(asks, AsSiblings):
        together = siblings.together(ask, of, member(of, "k"), asks)
        # Joined, not looked for: PostgreSQL takes it for too large to keep, and looks each one up.
        source += f" LEFT JOIN {together} w ON w.key = k.key"
        answer = "CASE WHEN w.key IS NULL THEN 0 ELSE 1 END"
    elif isinstance(asks, Established | Classed):
        source += f" LEFT JOIN {_found(ask, asks)} f ON f.key = k.key"
        answer, more = _established() if isinstance(asks, Established) else _classed(asks)
    elif isinstance(asks, Admitted):
        source += f" LEFT JOIN {_first_stay(ask)} f ON f.key = k.key"
        answer, more = _admitted(event)
    bands = {"young": event["young"], "old": event["old"], "status": "k.status"}
    return Subjects(
        source=source, key="k.key", member=member(of, "k"), answer=answer,
        apart=_apart(of, event) | _before(asks, event), columns=bands | more,
        when=dated(ask, event["on"], event["until"]),
    )  # fmt: skip


def demand(ask: Asking, of: Demand) -> Subjects:
    """One row a child and country."""
    kids = kid(ask, of.children)
    ask.part(
        "paid",
        "SELECT DISTINCT COALESCE(o.child, d.case_id) AS key, d.country FROM records_demandside d "
        f"LEFT JOIN odd o ON o.case_id = d.case_id WHERE {ask.known('d')}",
    )
    event = columns("k")
    key = "replace(CAST(k.key AS text), '-', '') || '/' || p.country"
    return Subjects(
        source=f"paid p JOIN {kids} k ON k.key = p.key", key=key, member=member(of.children, "k"),
        columns={"country": "p.country"}, when=dated(ask, event["on"], event["until"]),
    )  # fmt: skip


def member(of: Children, row: str) -> str:
    """Of the population: supported, and of one of the statuses."""
    tests = [f"{row}.supported = 1"] if of.supported else []
    if set(of.statuses) != set(STATUSES):
        places = ", ".join(str(STATUSES.index(each)) for each in of.statuses)
        tests.append(f"{row}.status IN ({places})")
    return " AND ".join(tests) or "1 = 1"


def _aged(event: dict[str, str], asks: AgedUpTo) -> str:
    young, old = event["young"], event["old"]
    return (
        f"CASE WHEN {old} <= {asks.band} THEN 1 "
        f"WHEN {young} > {asks.band} AND {young} < {NO_BAND} THEN 0 END"
    )


def _apart(of: Children, event: dict[str, str]) -> dict[str, str]:
    mine = member(of, "k")
    within = {
        "adult": f"{event['young']} = {ADULTS} AND {event['old']} = {ADULTS}",
        "no_operation": f"{event['part_of']} = 0",
        "surrendered": f"{event['how']} = {HOWS.index(SURRENDERED)}",
    }
    found = {code: f"{mine} AND {test}" for code, test in within.items()}
    supported = "k.supported = 1" if of.supported else "1 = 1"
    for place, status in enumerate(STATUSES):
        found[f"status_{status}"] = f"{supported} AND k.status = {place}"
    return found


def _before(asks: Question | None, event: dict[str, str]) -> dict[str, str]:
    return {"before": f"f.since < {event['on']}"} if isinstance(asks, Admitted) else {}


# ── elements, stays ─────────────────────────────────────────────────────────────────────────


def _found(ask: Asking, asks: Established | Classed) -> str:
    """What was found of each element, the strongest where two cases say two things."""
    wanted = (asks.element,) if isinstance(asks, Established) else OSEC_ELEMENTS
    rank = ask.rank("e.finding", FINDINGS)
    folds = ", ".join(
        f"max(CASE WHEN e.element = {ask.bind(each)} THEN {rank} END) AS f{n}"
        for n, each in enumerate(wanted)
    )
    return ask.part(
        "found",
        f"SELECT {ask.child('e')} AS key, {folds} FROM records_osecelement e "
        f"LEFT JOIN odd o ON o.case_id = e.case_id WHERE {ask.stands('e')} "
        f"AND e.element IN {ask.codes(wanted)} GROUP BY {ask.child('e')}",
    )


def _established() -> tuple[str, dict[str, str]]:
    return "CASE f.f0 WHEN 2 THEN 1 WHEN 0 THEN 0 END", {}


def _classed(asks: Classed) -> tuple[str, dict[str, str]]:
    minor, online = (OSEC_ELEMENTS.index(each) for each in ("minor", "online"))
    every = " AND ".join(f"f.f{n} = 2" for n in range(len(OSEC_ELEMENTS)))
    class_ = (
        f"CASE WHEN {every} THEN 'osec' WHEN f.f{minor} = 2 AND f.f{online} = 2 THEN 'osaec' "
        f"WHEN f.f{minor} = 0 OR f.f{online} = 0 THEN 'neither' ELSE 'unknown' END"
    )
    answer = f"CASE {class_} WHEN '{asks.as_}' THEN 1 WHEN 'unknown' THEN NULL ELSE 0 END"
    return answer, {"class": class_}


def _first_stay(ask: Asking) -> str:
    return ask.part(
        "stayed",
        f"SELECT {ask.child('s')} AS key, min({ask.day('s.from_on')}) AS since "
        f"FROM records_stay s LEFT JOIN odd o ON o.case_id = s.case_id WHERE {ask.known('s')} "
        f"GROUP BY {ask.child('s')}",
    )


def _admitted(event: dict[str, str]) -> tuple[str, dict[str, str]]:
    days = f"f.since - {event['on']}"
    answer = (
        f"CASE WHEN f.since IS NULL THEN 0 "
        f"WHEN {event['on']} = {event['until']} AND f.since >= {event['on']} THEN 1 END"
    )
    return answer, {"days": days}
