"""A measure's specification, compiled to the rows that are counted: one compiler, two databases."""

from __future__ import annotations

from tahanan.casework.figures import of_children, of_suspects
from tahanan.casework.figures.asking import Asking
from tahanan.casework.figures.children import columns
from tahanan.casework.figures.subjects import Subjects, dated
from tahanan.measures.spec import (
    Arrests,
    Cases,
    Children,
    Convictions,
    Demand,
    Measure,
    Operations,
    Suspects,
)


def subjects(ask: Asking, measure: Measure) -> Subjects:
    """Whom `measure` counts."""
    of, asks = measure.of, measure.asks
    if isinstance(of, Children):
        return of_children.children(ask, of, asks)
    if isinstance(of, Suspects):
        return of_suspects.suspects(ask, of, asks)
    if isinstance(of, Arrests):
        return of_suspects.arrests(ask, of)
    if isinstance(of, Convictions):
        return of_suspects.convictions(ask, of)
    if isinstance(of, Operations):
        return _operations(ask, of)
    if isinstance(of, Cases):
        return _cases(ask)
    assert isinstance(of, Demand)
    return of_children.demand(ask, of)


def _operations(ask: Asking, of: Operations) -> Subjects:
    """One row an operation, by its first version: a removal may name any of them."""
    roots = ask.roots("records_operation")
    where = f"{ask.known('t')} AND t.supported AND t.kind IN {ask.codes(of.kinds)}"
    acted = ""
    if of.acted:
        ask.part("acted", f"{_through(ask, 'records_removal', roots)} UNION "
                          f"{_through(ask, 'records_arrest', roots)}")  # fmt: skip
        acted = " AND COALESCE(x.root, t.id) IN (SELECT root FROM acted)"
    return Subjects(
        source=f"records_operation t LEFT JOIN {roots} x ON x.id = t.id",
        key="COALESCE(x.root, t.id)",
        member=where + acted,
        when=dated(ask, ask.day("t.happened_on"), ask.day("t.happened_until")),
    )


def _through(ask: Asking, table: str, roots: str) -> str:
    return (
        f"SELECT COALESCE(x.root, r.operation_id) AS root FROM {table} r "
        f"LEFT JOIN {roots} x ON x.id = r.operation_id "
        f"WHERE {ask.known('r')} AND r.operation_id IS NOT NULL"
    )


def _cases(ask: Asking) -> Subjects:
    """One row a supported case that is open, by the day its support began."""
    since = f"CAST(min({ask.day('t.from_on')}) AS bigint)"
    ask.part(
        "backed",
        f"SELECT t.case_id AS key, {since} * 4294967296 + {since} * 4096 AS ev "
        f"FROM records_support t WHERE {ask.stands('t')} GROUP BY t.case_id",
    )
    event = columns("b")
    return Subjects(source="backed b", key="b.key", when=dated(ask, event["on"], event["until"]))
