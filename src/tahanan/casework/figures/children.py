"""Children, by the event that decides: a part `kid` with one row for each."""

from __future__ import annotations

from tahanan.casework.figures.asking import NEVER, Asking
from tahanan.measures.spec import HOWS, STATUSES, Children, StatusDay, Which

# An event in one whole number, so that the first is the least and brings its columns along:
# first day, last day, youngest band, oldest band (15: not known), how, within an operation.
_ON, _UNTIL, _YOUNG, _OLD = "(ev >> 32)", "((ev >> 12) & 1048575)", "((ev >> 8) & 15)", (
    "((ev >> 4) & 15)"
)  # fmt: skip
NO_BAND = 15


def columns(row: str) -> dict[str, str]:
    """What is packed into the event of `row`, each as an expression."""
    ev = f"{row}.ev"
    packed = {"on": _ON, "until": _UNTIL, "young": _YOUNG, "old": _OLD}
    found = {name: sql.replace("ev", ev) for name, sql in packed.items()}
    return found | {"how": f"(({ev} >> 1) & 7)", "part_of": f"({ev} & 1)"}


def kid(ask: Asking, of: Children) -> str:
    """The part `kid`: key, ev, supported (0 or 1), status (a place in STATUSES)."""
    ask.odd()
    known = of.status_on is StatusDay.KNOWN
    name = ask.part("kid" if known else "kid_any", _kid(ask, of), kept=True)
    if not known:
        name = ask.part("kid", _status_then(ask, name))
    if of.each:
        name = ask.part("event", _events(ask, of))
    return name


def event(ask: Asking, row: str) -> str:
    """A removal, packed."""
    return (
        f"(CAST({ask.day(f'{row}.happened_on')} AS bigint) * 4294967296 "
        f"+ CAST({ask.day(f'{row}.happened_until')} AS bigint) * 4096 "
        f"+ COALESCE({row}.youngest_band, {NO_BAND}) * 256 "
        f"+ COALESCE({row}.oldest_band, {NO_BAND}) * 16 "
        f"+ {ask.rank(f'{row}.how', HOWS)} * 2 "
        f"+ CASE WHEN {row}.operation_id IS NULL THEN 0 ELSE 1 END)"
    )


def events(ask: Asking, of: Children, row: str) -> str:
    """Which removals are looked at."""
    assert of.how is not None
    only = f" AND {row}.operation_id IS NOT NULL" if of.through_operation else ""
    how = "" if set(of.how) == set(HOWS) else f" AND {row}.how IN {ask.codes(of.how)}"
    return ask.known(row) + how + only


def _kid(ask: Asking, of: Children) -> str:
    lanes = _lanes(ask, of)
    if ask.postgres:
        return _folded(lanes, of)
    return f"{_looked_up(lanes)} UNION ALL {_of_odd(lanes, of)}"


class _Lane:
    """One thing known of a case: a fold over the rows of a table."""

    def __init__(self, name: str, table: str, fold: str, value: str, where: str) -> None:
        self.name, self.table, self.value, self.where = name, table, value, where
        self.fold = f"{fold}({value})"

    def rows(self, *values: str) -> str:
        ev, supported, status = values
        return (
            f"SELECT t.case_id, {ev} AS ev, {supported} AS supported, {status} AS status "
            f"FROM {self.table} t WHERE {self.where}"
        )

    def grouped(self) -> str:
        return (
            f"(SELECT t.case_id, {self.fold} AS {self.name} FROM {self.table} t "
            f"WHERE {self.where} GROUP BY t.case_id) {self.name}"
        )

    def of(self, case: str) -> str:
        return f"(SELECT {self.fold} FROM {self.table} t WHERE t.case_id = {case} AND {self.where})"


def _lanes(ask: Asking, of: Children) -> tuple[_Lane, _Lane, _Lane | None]:
    """The event that decides; whether she is supported; her status."""
    support = _Lane("supported", "records_support", "max", "1", ask.known("t"))
    if of.how is None:
        day = f"CAST({ask.day('t.from_on')} AS bigint)"
        packed = f"{day} * 4294967296 + {day} * 4096 + {NO_BAND * 272}"
        first = _Lane("ev", "records_support", "min", packed, ask.known("t"))
    else:
        fold = "min" if of.decides is Which.FIRST else "max"
        first = _Lane("ev", "records_removal", fold, event(ask, "t"), events(ask, of, "t"))
    if of.status_on is StatusDay.EVENT:
        return first, support, None
    rank = ask.rank("t.status", STATUSES)
    status = f"{ask.day('t.from_on')} * 4 + {rank}"
    return first, support, _Lane("status", "records_casestatus", "max", status, ask.stands("t"))


def _folded(lanes: tuple[_Lane, _Lane, _Lane | None], of: Children) -> str:
    """One row a child: everything in one heap, folded once. As PostgreSQL does it best, which
    would otherwise think that what was folded apart and joined is a thousand times too large.
    """
    first, support, status = lanes
    fold = "max" if of.decides is Which.LAST else "min"
    none = "CAST(NULL AS {})".format
    heap = [
        first.rows(first.value, none("int"), none("int")),
        support.rows(none("bigint"), support.value, none("int")),
        *([status.rows(none("bigint"), none("int"), status.value)] if status else []),
    ]
    return (
        f"SELECT COALESCE(o.child, t.case_id) AS key, {fold}(t.ev) AS ev, "
        "COALESCE(max(t.supported), 0) AS supported, COALESCE(max(t.status), 0) & 3 AS status "
        f"FROM ({' UNION ALL '.join(heap)}) t LEFT JOIN odd o ON o.case_id = t.case_id "
        f"GROUP BY COALESCE(o.child, t.case_id) HAVING {fold}(t.ev) IS NOT NULL"
    )


def _looked_up(lanes: tuple[_Lane, _Lane, _Lane | None]) -> str:
    """One row a case, the rest looked up beside: as SQLite does it best."""
    first, support, status = lanes
    said = f"COALESCE({status.of('ev.case_id')}, 0) & 3" if status else "0"
    return (
        f"SELECT ev.case_id AS key, ev.ev, COALESCE({support.of('ev.case_id')}, 0) AS supported, "
        f"{said} AS status FROM {first.grouped()} "
        "WHERE ev.case_id NOT IN (SELECT case_id FROM odd)"
    )


def _of_odd(lanes: tuple[_Lane, _Lane, _Lane | None], of: Children) -> str:
    """One row a child of several cases: what is known of each, folded once more."""
    first, support, status = lanes
    fold = "max" if of.decides is Which.LAST else "min"
    said = status.of("odd.case_id") if status else "0"
    return (
        f"SELECT child, {fold}(ev), COALESCE(max(supported), 0), COALESCE(max(status), 0) & 3 "
        f"FROM (SELECT odd.child, {first.of('odd.case_id')} AS ev, "
        f"{support.of('odd.case_id')} AS supported, {said} AS status FROM odd) o "
        "GROUP BY child HAVING max(ev) IS NOT NULL"
    )


def _status_then(ask: Asking, kids: str) -> str:
    """The status on the (last possible) day of the event, not on the day known."""
    rank = ask.rank("s.status", STATUSES)
    until = columns("k")["until"]
    return (
        "SELECT k.key, k.ev, k.supported, COALESCE(max(s.packed), 0) & 3 AS status "
        f"FROM {kids} k LEFT JOIN (SELECT {ask.child('s')} AS key, "
        f"{ask.day('s.from_on')} AS since, COALESCE({ask.day('s.until_on')}, {NEVER}) AS until, "
        f"{ask.day('s.from_on')} * 4 + {rank} AS packed FROM records_casestatus s "
        f"LEFT JOIN odd o ON o.case_id = s.case_id WHERE {ask.known('s')}) s "
        f"ON s.key = k.key AND s.since <= {until} AND s.until > {until} "
        "GROUP BY k.key, k.ev, k.supported"
    )


def _events(ask: Asking, of: Children) -> str:
    """Every event of a kid, each with a key of its own that a correction does not change."""
    roots = ask.roots("records_removal")
    return (
        f"SELECT COALESCE(x.root, r.id) AS key, {event(ask, 'r')} AS ev, k.supported, k.status "
        "FROM records_removal r LEFT JOIN odd o ON o.case_id = r.case_id "
        "JOIN kid k ON k.key = COALESCE(o.child, r.case_id) "
        f"LEFT JOIN {roots} x ON x.id = r.id WHERE {events(ask, of, 'r')}"
    )
