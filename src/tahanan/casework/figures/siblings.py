"""Who was rescued with a sibling: clusters followed from the links, on children, not on records.

Nothing is asked of children without a link. A child is named here as links name her: by her
record, or the one that stands for several.
"""

from __future__ import annotations

from tahanan.casework.figures.asking import Asking
from tahanan.casework.figures.children import event, events
from tahanan.measures.spec import AsSiblings, Children


def together(ask: Asking, of: Children, member: str, asks: AsSiblings) -> str:
    """A part with the keys of all who were rescued with another of their cluster.

    Most are linked to the other directly. Only for the rest are clusters followed, from them.
    """
    _drawn(ask, asks)
    _placed(ask, of, member, asks)
    # CROSS JOIN: SQLite takes the tables in this order, and looks up what follows.
    met = "CROSS JOIN placed p CROSS JOIN placed q WHERE p.who = {0}.a AND q.who = {0}.b "
    met += "AND q.op = p.op AND q.key <> p.key"
    ask.part("met", f"SELECT p.key AS a, q.key AS b FROM drawn {met.format('drawn')}", kept=True)
    ask.part("direct", "SELECT a AS key FROM met UNION SELECT b FROM met", kept=True)
    if asks.direct:
        return "direct"
    ask.part("link", "SELECT a, b FROM drawn UNION ALL SELECT b, a FROM drawn", kept=True)
    ask.part(
        "seed",
        "SELECT DISTINCT p.who FROM placed p LEFT JOIN direct d ON d.key = p.key "
        "WHERE d.key IS NULL "
        "AND p.op IN (SELECT op FROM placed GROUP BY op HAVING count(*) > 1)",
        kept=True,
    )
    # PostgreSQL has seeds without any link, and joins; SQLite would make an index of all links.
    begin = (
        "SELECT link.a, link.b FROM seed JOIN link ON link.a = seed.who"
        if ask.postgres
        else "SELECT who AS a, who AS b FROM seed"
    )
    ask.part(
        "reach",
        f"{begin} UNION SELECT reach.a, link.b FROM reach CROSS JOIN link WHERE link.a = reach.b",
    )
    return ask.part(
        "together",
        f"SELECT key FROM direct UNION SELECT p.key FROM reach {met.format('reach')}",
        kept=True,
    )


def _drawn(ask: Asking, asks: AsSiblings) -> None:
    """Children who belong together, by the records that stand for them."""
    a, b = (
        ask.text(f"COALESCE({row}.child, l.{end}_id)")
        for row, end in (("x", "survivor"), ("y", "sibling"))
    )
    ask.part(
        "drawn",
        f"SELECT {a} AS a, {b} AS b FROM records_siblinglink l "
        "LEFT JOIN one x ON x.a = l.survivor_id LEFT JOIN one y ON y.a = l.sibling_id "
        f"WHERE {ask.stands('l')} AND l.bond IN {ask.codes(asks.bonds)}",
        kept=True,
    )


def _placed(ask: Asking, of: Children, member: str, asks: AsSiblings) -> None:
    """Those who count, each with the operation of the event that decides: who, key, op."""
    counted = member if asks.others_counted else "1 = 1"
    if not asks.same_operation:
        ask.part("came", "SELECT k.key, k.ev, 0 AS op FROM kid k", kept=True)
    elif ask.postgres:
        roots = ask.roots("records_operation")
        ask.part(
            "came",
            f"SELECT {ask.child('r')} AS key, {event(ask, 'r')} AS ev, "
            "COALESCE(x.root, r.operation_id) AS op FROM records_removal r "
            "LEFT JOIN odd o ON o.case_id = r.case_id "
            f"LEFT JOIN {roots} x ON x.id = r.operation_id "
            f"WHERE {events(ask, of, 'r')} AND r.operation_id IS NOT NULL",
            kept=True,
        )
    if ask.postgres or not asks.same_operation:
        ask.part(
            "placed",
            f"SELECT DISTINCT {ask.text('COALESCE(n.child, c.survivor_id)')} AS who, k.key, m.op "
            "FROM kid k "
            "JOIN came m ON m.key = k.key AND m.ev = k.ev JOIN records_case c ON c.id = k.key "
            f"LEFT JOIN one n ON n.a = c.survivor_id WHERE {counted}",
            kept=True,
        )
    else:
        _looked_up(ask, of, counted)


def _looked_up(ask: Asking, of: Children, counted: str) -> None:
    """Only those with a link, each looked up from there: as SQLite does it best."""
    roots = ask.roots("records_operation")
    ask.part(
        "linked",
        "SELECT a AS who, a AS record FROM drawn UNION SELECT b, b FROM drawn "
        "UNION SELECT child, a FROM one",
    )
    ask.part(
        "placed",
        "SELECT DISTINCT z.who, k.key, COALESCE(x.root, r.operation_id) AS op FROM linked z "
        "CROSS JOIN records_case c LEFT JOIN odd o ON o.case_id = c.id CROSS JOIN kid k "
        f"CROSS JOIN records_removal r LEFT JOIN {roots} x ON x.id = r.operation_id "
        f"WHERE c.survivor_id = z.record AND k.key = {ask.child('c', 'id')} AND {counted} "
        f"AND r.case_id = c.id AND k.ev = {event(ask, 'r')} AND {events(ask, of, 'r')} "
        "AND r.operation_id IS NOT NULL",
        kept=True,
    )
