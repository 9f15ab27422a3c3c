"""Who was rescued with a sibling: clusters followed from the links, on children, not on records."""

from __future__ import annotations

from tahanan.casework.figures.asking import Asking
from tahanan.casework.figures.children import event, events
from tahanan.measures.spec import AsSiblings, Children


def together(ask: Asking, of: Children, member: str, asks: AsSiblings) -> str:
    """A part with the keys of all who were rescued with another of their cluster.

    Most are linked to the other directly. Only for the rest are clusters followed, from them.
    """
    _placed(ask, of, member, asks)
    _links(ask, asks)
    met = "JOIN placed q ON q.key = {other} AND q.op = p.op WHERE q.key <> p.key"
    ask.part(
        "direct",
        "SELECT DISTINCT p.key FROM placed p JOIN link ON link.a = p.key "
        + met.format(other="link.b"),
    )
    if asks.direct:
        return "direct"
    ask.part(
        "seed",
        "SELECT DISTINCT p.key FROM placed p JOIN link ON link.a = p.key "
        "LEFT JOIN direct d ON d.key = p.key WHERE d.key IS NULL "
        "AND p.op IN (SELECT op FROM placed GROUP BY op HAVING count(*) > 1)",
    )
    ask.part(
        "reach",
        "SELECT link.a, link.b FROM seed JOIN link ON link.a = seed.key "
        "UNION SELECT reach.a, link.b FROM reach JOIN link ON link.a = reach.b",
    )
    return ask.part(
        "together",
        "SELECT key FROM direct UNION SELECT p.key FROM reach JOIN placed p ON p.key = reach.a "
        + met.format(other="reach.b"),
    )


def _placed(ask: Asking, of: Children, member: str, asks: AsSiblings) -> None:
    """Those who count, each with the operation of the event that decides."""
    counted = member if asks.others_counted else "1 = 1"
    if not asks.same_operation:
        ask.part("placed", f"SELECT k.key, 0 AS op FROM kid k WHERE {counted}")
        return
    roots = ask.roots("records_operation")
    ask.part(
        "placed",
        "SELECT DISTINCT k.key, COALESCE(x.root, r.operation_id) AS op FROM records_removal r "
        "LEFT JOIN odd o ON o.case_id = r.case_id "
        f"JOIN kid k ON k.key = COALESCE(o.child, r.case_id) AND k.ev = {event(ask, 'r')} "
        f"LEFT JOIN {roots} x ON x.id = r.operation_id "
        f"WHERE {events(ask, of, 'r')} AND r.operation_id IS NOT NULL AND {counted}",
    )


def _links(ask: Asking, asks: AsSiblings) -> None:
    """Children who belong together, both ways."""
    ask.part(
        "side",
        "SELECT c.survivor_id, COALESCE(o.child, c.id) AS child FROM records_case c "
        f"LEFT JOIN odd o ON o.case_id = c.id WHERE {ask.ours('c')}",
    )
    ask.part(
        "drawn",
        "SELECT x.child AS a, y.child AS b FROM records_siblinglink l "
        "JOIN side x ON x.survivor_id = l.survivor_id JOIN side y ON y.survivor_id = l.sibling_id "
        f"WHERE {ask.stands('l')} AND l.bond IN {ask.codes(asks.bonds)}",
    )
    ask.part("link", "SELECT a, b FROM drawn UNION ALL SELECT b, a FROM drawn")
