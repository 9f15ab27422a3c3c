"""Who looked at a case, and when: the ledger read by those who may ask."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tahanan.access import installation, links
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.casework.ledger.writing import EPOCH, moment
from tahanan.records.fields import TeamLink
from tahanan.records.models import LedgerEntry
from tahanan.records.walls.session import open_ledger
from tahanan.vault import entries

# Pages about one case that open the cards of others beside it: her sisters and brothers.
NAMES_OTHERS = ("see_child", "open_part")
_Row = tuple[UUID, int, int, str, UUID | None, TeamLink | None, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """One entry about a case, opened: who, through which verb, when (µs), and which parts."""

    actor: UUID | None
    system: str | None
    verb: str
    at: int
    outcome: str
    compartments: tuple[str, ...]
    purpose: str


def looks_at(visit: Visit, case: UUID, teams: list[UUID], since: date, limit: int) -> list[Look]:
    """Who looked at `case` since a day, newest first: its own entries, and lists it stood in.

    Lists and pages of siblings name their subjects inside the sealed body, so those of `teams` are
    scanned by month.
    """
    open_ledger(connection)
    rows = _rows(case=case, at__gte=instant_of(since), limit=limit)
    months = {links.month(day) for day in _months_between(since, visit.today)}
    team_links = [links.LEDGER_TEAM.close(team, scope) for team in teams for scope in months]
    beside = Q(case__isnull=True) | (Q(verb__in=NAMES_OTHERS) & ~Q(case=case))
    lists = _rows(beside, team__in=team_links, at__gte=instant_of(since))
    opened = [_open(row) for row in rows]
    opened += [look for row in lists if (look := _open(row, among=case)) is not None]
    found = [look for look in opened if look is not None]
    return sorted(found, key=lambda look: look.at, reverse=True)[:limit]


def looks_since(
    visit: Visit, cases: list[UUID], since: datetime, limit: int
) -> list[tuple[UUID, Look]]:
    """Openings of single cases by others than the actor since an instant, newest first.

    Who opened the same again stands once, with the last time. Lists that merely named a child are
    left to `looks_at`: on a home page they would be noise.
    """
    at = (since - EPOCH) // timedelta(microseconds=1)
    found: dict[tuple[object, ...], tuple[UUID, Look]] = {}
    for row in _rows(case__in=cases, at__gte=at, limit=limit * 8):
        look = _open(row)
        case = row[4]
        if look is None or case is None or not look.compartments:
            continue
        if look.actor is not None and look.actor != visit.actor.person:
            same = (case, look.actor, look.purpose, look.outcome, *look.compartments)
            found.setdefault(same, (case, look))
    return list(found.values())[:limit]


def instant_of(day: date) -> int:
    """The first microsecond of a Manila day, as entries count time."""
    return (clock.day_cut(day - timedelta(days=1)) - EPOCH) // timedelta(microseconds=1)


def _rows(*which: Q, limit: int | None = None, **where: Any) -> list[_Row]:
    rows = LedgerEntry.objects.filter(*which, tenant=links.tenant(), **where).order_by("-at")
    return list(rows.values_list("writer", "n", "at", "verb", "case", "team", "body")[:limit])


def _open(row: _Row, among: UUID | None = None) -> Look | None:
    writer_id, n, at, verb, case, team, body = row
    bound = entries.Entry(writer_id, n, moment(at), verb, case, team).head()
    key = entries.read_key(installation.roots().ledger_root)
    said = json.loads(entries.open_body(key, bytes(body), bound))
    if among is not None and among not in _unpack(said.get("subjects", "")):
        return None
    parts = said.get("parts", {})
    about = among or case
    every = sorted({part for seen in parts.values() for part in seen})
    of = parts.get(str(about), parts.get("*", [])) if about else every
    actor = UUID(said["actor"]) if said.get("actor") else None
    return Look(actor, said.get("system"), verb, at, said["outcome"], tuple(of), said["purpose"])


def _unpack(packed: str) -> set[UUID]:
    raw = base64.b64decode(packed)
    return {UUID(bytes=raw[at : at + 16]) for at in range(0, len(raw), 16)}


def _months_between(first: date, last: date) -> list[date]:
    count = 12 * (last.year - first.year) + last.month - first.month
    start = 12 * first.year + first.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(start, start + count + 1)]
