"""Every measure counted once more, by SQL that somebody would write by hand: for the bench alone.

Nothing is shared with what is measured: plain joins and windows, over all time, as known on a day.
Each statement gives a count and, for a share, of how many.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from tahanan.base import clock

_KNOWN = (
    "{0}.known_at < %(cut)s AND NOT {0}.withdrawn "
    "AND ({0}.replaced_at IS NULL OR {0}.replaced_at >= %(cut)s)"
)
_STANDS = (
    _KNOWN + " AND {0}.from_on <= %(day)s AND ({0}.until_on IS NULL OR {0}.until_on > %(day)s)"
)


def known(row: str) -> str:
    """A row as it was known at the end of the day."""
    return _KNOWN.format(row)


def stands(row: str) -> str:
    """A state that holds on the day, as known then."""
    return _STANDS.format(row)


# Two records joined are one child: who she is, by survivor. Records that are not joined stay out.
_PERSON = f"""
pair AS (
  SELECT survivor_id AS a, same_id AS b FROM records_samechild s
  WHERE {known("s")} AND word IN ('joined', 'parting')
  UNION SELECT same_id, survivor_id FROM records_samechild s
  WHERE {known("s")} AND word IN ('joined', 'parting')
),
reach AS (
  SELECT a, b FROM pair UNION SELECT r.a, p.b FROM reach r JOIN pair p ON p.a = r.b
),
canon AS (SELECT a, min(CAST(b AS text)) AS name FROM reach GROUP BY a),
person AS (
  SELECT c.id AS case_id, COALESCE(n.name, CAST(c.survivor_id AS text)) AS child
  FROM records_case c LEFT JOIN canon n ON n.a = c.survivor_id
)"""

_BACKED = f"""
backed AS (
  SELECT DISTINCT p.child FROM records_support u JOIN person p ON p.case_id = u.case_id
  WHERE {known("u")}
)"""

_STATUS = f"""
said AS (
  SELECT p.child, t.status, row_number() OVER (
    PARTITION BY p.child ORDER BY t.from_on DESC,
      CASE t.status WHEN 'victim' THEN 1 WHEN 'at_risk' THEN 2 ELSE 3 END) AS nth
  FROM records_casestatus t JOIN person p ON p.case_id = t.case_id WHERE {stands("t")}
)"""


def _first(hows: str) -> str:
    return f"""
came AS (
  SELECT p.child, r.*, row_number() OVER (
    PARTITION BY p.child ORDER BY r.happened_on, r.happened_until,
      COALESCE(r.youngest_band, 15), COALESCE(r.oldest_band, 15)) AS nth
  FROM records_removal r JOIN person p ON p.case_id = r.case_id
  WHERE {known("r")} AND r.how IN ({hows})
),
home AS (SELECT * FROM came WHERE nth = 1)"""


_RESCUED = "'removed', 'surrendered'"
# The victims rescued: supported, brought home, and victim now.
_VICTIMS = f"""WITH RECURSIVE {_PERSON}, {_BACKED}, {_STATUS}, {_first(_RESCUED)},
victim AS (
  SELECT h.* FROM home h JOIN backed b ON b.child = h.child
  JOIN said s ON s.child = h.child AND s.nth = 1 AND s.status = 'victim'
)"""

_OPERATION = """
climb AS (
  SELECT id AS leaf, replaces_id AS up FROM records_operation WHERE replaces_id IS NOT NULL
  UNION ALL SELECT c.leaf, o.replaces_id FROM climb c JOIN records_operation o ON o.id = c.up
  WHERE o.replaces_id IS NOT NULL
),
root AS (
  SELECT o.id, COALESCE(c.up, o.id) AS first FROM records_operation o
  LEFT JOIN climb c ON c.leaf = o.id
    AND c.up IN (SELECT id FROM records_operation WHERE replaces_id IS NULL)
)"""

_FAMILY = f"""
bond AS (
  SELECT COALESCE(x.name, CAST(l.survivor_id AS text)) AS a,
         COALESCE(y.name, CAST(l.sibling_id AS text)) AS b
  FROM records_siblinglink l LEFT JOIN canon x ON x.a = l.survivor_id
  LEFT JOIN canon y ON y.a = l.sibling_id
  WHERE {stands("l")} AND l.bond <> 'raised_together'
),
side AS (SELECT a, b FROM bond UNION SELECT b, a FROM bond),
kin AS (SELECT a, b FROM side UNION SELECT k.a, s.b FROM kin k JOIN side s ON s.a = k.b)"""

_ARREST = f"records_arrest a WHERE {known('a')} AND a.supported"

_COURTS = f"""WITH level AS (
  SELECT j.suspect, j.docket, j.charge,
    max(CASE WHEN j.level = 'trial' THEN j.outcome END) AS trial,
    max(CASE WHEN j.level = 'appeal' THEN j.outcome END) AS appeal,
    max(CASE WHEN j.level = 'supreme' THEN j.outcome END) AS supreme,
    max(CASE WHEN j.country = 'PH' AND j.supported THEN 1 ELSE 0 END) AS here
  FROM records_judgment j WHERE {known("j")} GROUP BY j.suspect, j.docket, j.charge
),
tried AS (
  SELECT level.*, CASE WHEN trial IS NULL THEN NULL WHEN trial = 'convicted' THEN 1 ELSE 0 END AS t
  FROM level
),
appealed AS (
  SELECT tried.*, CASE WHEN appeal IS NULL OR appeal = 'upheld' THEN t
    WHEN appeal = 'convicted' THEN 1 WHEN appeal = 'reversed' THEN COALESCE(1 - t, 0)
    ELSE 0 END AS a
  FROM tried
),
final AS (
  SELECT appealed.*, CASE WHEN supreme IS NULL OR supreme = 'upheld' THEN a
    WHEN supreme = 'convicted' THEN 1 WHEN supreme = 'reversed' THEN COALESCE(1 - a, 0)
    ELSE 0 END AS s
  FROM appealed
)"""

_KIN = (
    "'parent', 'step_parent', 'parents_partner', 'sibling', 'grandparent', 'aunt_uncle', "
    "'cousin', 'other_relative', 'guardian', 'close_family_friend'"
)

_FOUND = f"""
found AS (
  SELECT p.child, e.element,
    max(CASE e.finding WHEN 'established' THEN 2 WHEN 'suspected' THEN 1 ELSE 0 END) AS f
  FROM records_osecelement e JOIN person p ON p.case_id = e.case_id
  WHERE {stands("e")} GROUP BY p.child, e.element
)"""

_CLASS = f"""WITH RECURSIVE {_PERSON}, {_BACKED}, {_FOUND},
wide AS (
  SELECT v.child, COALESCE(sum(CASE WHEN f.f = 2 THEN 1 END), 0) AS established,
    max(CASE WHEN f.element = 'minor' THEN f.f END) AS minor,
    max(CASE WHEN f.element = 'online' THEN f.f END) AS online
  FROM backed v LEFT JOIN found f ON f.child = v.child AND f.element <> 'contact_abuse'
  GROUP BY v.child
),
class AS (
  SELECT child, CASE WHEN established = 6 THEN 'osec'
    WHEN minor = 2 AND online = 2 THEN 'osaec'
    WHEN minor = 0 OR online = 0 THEN 'neither' ELSE 'unknown' END AS class
  FROM wide
)"""


def _of_class(code: str) -> str:
    return (
        f"{_CLASS} SELECT count(CASE WHEN class = '{code}' THEN 1 END), "
        "count(CASE WHEN class <> 'unknown' THEN 1 END) FROM class"
    )


STATEMENTS: dict[str, str] = {
    "victims_rescued": f"{_VICTIMS} SELECT count(*), NULL FROM victim",
    "aged_12_or_younger": (
        f"{_VICTIMS} SELECT count(CASE WHEN oldest_band <= 3 THEN 1 END), "
        "count(CASE WHEN oldest_band <= 3 OR youngest_band > 3 THEN 1 END) FROM victim"
    ),
    "rescued_as_siblings": f"""{_VICTIMS}, {_OPERATION}, {_FAMILY},
placed AS (SELECT v.child, r.first FROM victim v JOIN root r ON r.id = v.operation_id)
SELECT (SELECT count(DISTINCT p.child) FROM placed p JOIN kin k ON k.a = p.child
        JOIN placed q ON q.child = k.b AND q.first = p.first AND q.child <> p.child),
  (SELECT count(*) FROM victim)""",
    "close_perpetrators": f"""{_VICTIMS},
named AS (
  SELECT s.suspect, max(CASE WHEN s.minor = 'yes' THEN 1 ELSE 0 END) AS minor,
    max(CASE WHEN s.part = 'demand_side' THEN 1 ELSE 0 END) AS demand,
    max(CASE WHEN s.kin IN ({_KIN}) THEN 1 ELSE 0 END) AS near,
    max(CASE WHEN s.kin <> 'unknown' THEN 1 ELSE 0 END) AS told
  FROM records_suspicion s JOIN person p ON p.case_id = s.case_id
  JOIN victim v ON v.child = p.child WHERE {known("s")} GROUP BY s.suspect
)
SELECT count(CASE WHEN near = 1 THEN 1 END), count(CASE WHEN told = 1 THEN 1 END)
FROM named WHERE minor = 0 AND demand = 0""",
    "persons_arrested": f"SELECT count(DISTINCT a.suspect), NULL FROM {_ARREST}",
    "arrests": f"SELECT count(*), NULL FROM {_ARREST}",
    "operations": f"""WITH RECURSIVE {_OPERATION},
acted AS (
  SELECT r.operation_id AS id FROM records_removal r WHERE {known("r")}
  UNION SELECT a.operation_id FROM records_arrest a WHERE {known("a")}
)
SELECT count(*), NULL FROM records_operation o JOIN root ON root.id = o.id
WHERE {known("o")} AND o.supported AND o.kind = 'law_enforcement'
AND root.first IN (SELECT root.first FROM acted JOIN root ON root.id = acted.id)""",
    "persons_convicted": (
        f"{_COURTS} SELECT count(DISTINCT suspect), NULL FROM final WHERE s = 1 AND here = 1"
    ),
    "rescued_or_safeguarded": f"""WITH RECURSIVE {_PERSON}, {_BACKED}, {_STATUS},
{_first("'removed', 'surrendered', 'safeguarded'")}
SELECT count(*), NULL FROM home h JOIN backed b ON b.child = h.child
LEFT JOIN said s ON s.child = h.child AND s.nth = 1
WHERE s.status IS NULL OR s.status <> 'not_victim'""",
    "status_now": f"WITH RECURSIVE {_PERSON}, {_BACKED} SELECT count(*), NULL FROM backed",
    "open_cases": (
        "SELECT count(DISTINCT u.case_id), NULL FROM records_support u WHERE " + stands("u")
    ),
    "osec_cases": _of_class("osec"),
    "osaec_cases": _of_class("osaec"),
    "contact_abuse": f"""{_VICTIMS}, {_FOUND},
touched AS (SELECT child, max(f) AS f FROM found WHERE element = 'contact_abuse' GROUP BY child)
SELECT count(CASE WHEN f.f = 2 THEN 1 END), count(CASE WHEN f.f IN (0, 2) THEN 1 END)
FROM victim v JOIN touched f ON f.child = v.child""",
    "demand_countries": f"""{_VICTIMS}
SELECT count(*), NULL FROM (
  SELECT DISTINCT p.child, d.country FROM records_demandside d
  JOIN person p ON p.case_id = d.case_id JOIN victim v ON v.child = p.child WHERE {known("d")}
) paid""",
    "days_to_admission": f"""WITH RECURSIVE {_PERSON}, {_BACKED}, {_first(_RESCUED)},
slept AS (
  SELECT p.child, min(s.from_on) AS since FROM records_stay s
  JOIN person p ON p.case_id = s.case_id WHERE {known("s")} GROUP BY p.child
)
SELECT count(CASE WHEN h.happened_on = h.happened_until AND s.since >= h.happened_on THEN 1 END),
  count(CASE WHEN s.since IS NULL
    OR (h.happened_on = h.happened_until AND s.since >= h.happened_on) THEN 1 END)
FROM home h JOIN backed b ON b.child = h.child LEFT JOIN slept s ON s.child = h.child""",
}
OCCUPANCY = (
    "SELECT count(*) FROM records_stay s WHERE " + known("s") + " AND s.from_on <= %(day)s "
    "AND (s.until_on IS NULL OR s.until_on > %(day)s)"
)
# For each day of a year, how many arrests had happened, all as known on its last day.
SERIES = (
    "SELECT a.happened_until, count(*) FROM records_arrest a WHERE " + known("a")
    + " AND a.supported AND a.happened_until <= %(day)s GROUP BY a.happened_until"
)  # fmt: skip


def counted(code: str, known_on: date) -> tuple[int, int | None]:
    """The count and the denominator of one measure, over all time."""
    (row,) = rows(STATEMENTS[code], known_on)
    return row[0], row[1]


def rows(statement: str, known_on: date) -> list[tuple[Any, ...]]:
    """What a statement gives, as known on a day; inside a transaction that may read."""
    postgres = connection.vendor == "postgresql"
    given = {
        "cut": connection.ops.adapt_datetimefield_value(clock.day_cut(known_on)),
        "day": known_on if postgres else known_on.isoformat(),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
