"""The ledger: one insert-only entry for every look, change, sign-in and refusal."""

from __future__ import annotations

import base64
import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from tahanan.access import installation, links
from tahanan.access.visit import Visit
from tahanan.base import clock, ids
from tahanan.records.fields import TeamLink
from tahanan.records.models import LedgerEntry, LedgerSeal
from tahanan.records.walls.session import open_ledger
from tahanan.vault import entries

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_Row = tuple[UUID, int, int, str, UUID | None, TeamLink | None, Any]
CHANGE, LOOK, ENTRY, REFUSED = "change", "look", "entry", "refused"


@dataclass
class Writer(threading.local):
    """This thread's chain. `n` and `mac` advance only after the commit that carried them."""

    id: UUID = field(default_factory=ids.uuid4)
    n: int = 0
    mac: bytes = entries.NOTHING_BEFORE
    at: int = 0
    pending: tuple[int, bytes, int] | None = None
    retired: UUID | None = None


writer = Writer()


def append(visit: Visit, outcome: str, **more: object) -> None:
    """Insert one entry for `visit`, in the transaction under way. `confirm` follows the commit."""
    n, mac, last = writer.pending or (writer.n, writer.mac, writer.at)
    cases = sorted(visit.subjects | set(visit.looks))
    case = cases[0] if len(cases) == 1 else None
    at = _instant(last)
    team = _team_link(visit.team)
    head = entries.Entry(writer.id, n + 1, moment(at), visit.verb, case, team).head()
    body = entries.seal_body(entries.read_key(_root()), _body(visit, cases, outcome, more), head)
    mac = entries.mac(entries.mac_key(_root()), mac, head, body)
    row = LedgerEntry(
        tenant=visit.tenant, writer=writer.id, n=n + 1, at=at, verb=visit.verb,
        case=case, team=team, body=body, mac=mac,
    )  # fmt: skip
    row.save(force_insert=True)
    writer.pending = (n + 1, mac, at)


def confirm() -> None:
    """The commit is known to have happened: the chain moves on."""
    if writer.pending is not None:
        writer.n, writer.mac, writer.at = writer.pending
        writer.pending = None
        writer.retired = None


def abandon() -> None:
    """The transaction was rolled back: what it carried never was."""
    writer.pending = None


def retire() -> None:
    """The commit's fate is unknown: this writer ends here, and the next one names it."""
    retired = writer.id
    writer.__init__()  # type: ignore[misc]
    writer.retired = retired


def moment(at: int) -> datetime:
    """An entry's microseconds as an aware instant, exactly."""
    return _EPOCH + timedelta(microseconds=at)


def instant_of(day: date) -> int:
    """The first microsecond of a Manila day, as entries count time."""
    return (clock.day_cut(day - timedelta(days=1)) - _EPOCH) // timedelta(microseconds=1)


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

    Lists name their subjects inside the sealed body, so those of `teams` are scanned by month.
    """
    open_ledger(connection)
    rows = list(_rows(case=case, at__gte=instant_of(since))[:limit])
    months = {links.month(day) for day in _months_between(since, visit.today)}
    team_links = [links.LEDGER_TEAM.close(team, scope) for team in teams for scope in months]
    lists = _rows(case__isnull=True, team__in=team_links, at__gte=instant_of(since))
    opened = [_open(row) for row in rows]
    opened += [look for row in lists if (look := _open(row, among=case)) is not None]
    found = [look for look in opened if look is not None]
    return sorted(found, key=lambda look: look.at, reverse=True)[:limit]


def looks_since(
    visit: Visit, cases: list[UUID], since: datetime, limit: int
) -> list[tuple[UUID, Look]]:
    """Openings of single cases by others than the actor since an instant, newest first.

    Lists that merely named a child are left to `looks_at`: on a home page they would be noise.
    """
    at = (since - _EPOCH) // timedelta(microseconds=1)
    found = []
    for row in _rows(case__in=cases, at__gte=at)[: limit * 8]:
        look = _open(row)
        case = row[4]
        if look is None or case is None or not look.compartments:
            continue
        if look.actor is not None and look.actor != visit.actor.person:
            found.append((case, look))
    return found[:limit]


def _rows(**where: Any) -> list[_Row]:
    rows = LedgerEntry.objects.filter(tenant=links.tenant(), **where).order_by("-at")
    return list(rows.values_list("writer", "n", "at", "verb", "case", "team", "body"))


def _open(row: _Row, among: UUID | None = None) -> Look | None:
    writer_id, n, at, verb, case, team, body = row
    bound = entries.Entry(writer_id, n, moment(at), verb, case, team).head()
    said = json.loads(entries.open_body(entries.read_key(_root()), bytes(body), bound))
    if among is not None and among not in _unpack(said.get("subjects", "")):
        return None
    parts = said.get("parts", {})
    every = sorted({part for seen in parts.values() for part in seen})
    of = parts.get(str(among), parts.get("*", [])) if among else every
    actor = UUID(said["actor"]) if said.get("actor") else None
    return Look(actor, said.get("system"), verb, at, said["outcome"], tuple(of), said["purpose"])


def _body(visit: Visit, cases: list[UUID], outcome: str, more: dict[str, object]) -> bytes:
    parts: dict[str, list[str]] = {}
    if len({frozenset(seen) for seen in visit.looks.values()}) == 1:
        parts["*"] = sorted(next(iter(visit.looks.values())))
    else:
        parts = {str(case): sorted(seen) for case, seen in visit.looks.items()}
    said: dict[str, object] = {
        "actor": str(visit.actor.person) if visit.actor.person else None,
        "system": visit.actor.system,
        "session": str(visit.actor.session) if visit.actor.session else None,
        "subjects": base64.b64encode(b"".join(case.bytes for case in cases)).decode(),
        "parts": parts,
        "purpose": visit.actor.purpose,
        "outcome": outcome,
    }
    if writer.retired is not None:
        said["after"] = str(writer.retired)
    if visit.back_dated:
        said["known_at"] = visit.known.isoformat()
    return json.dumps(said | visit.details | more, separators=(",", ":")).encode()


def _unpack(packed: str) -> set[UUID]:
    raw = base64.b64decode(packed)
    return {UUID(bytes=raw[at : at + 16]) for at in range(0, len(raw), 16)}


def _team_link(team: UUID | None) -> TeamLink | None:
    if team is None:
        return None
    return links.LEDGER_TEAM.close(team, links.month(clock.manila_day(clock.real())))


def _instant(last: int) -> int:
    """Microseconds; never behind this writer's last nor the last seal, whatever the clock says."""
    sealed = LedgerSeal.objects.aggregate(last=Max("at"))["last"] or 0
    return max(int(clock.real().timestamp() * 1_000_000), last, sealed)


def _months_between(first: date, last: date) -> list[date]:
    count = 12 * (last.year - first.year) + last.month - first.month
    start = 12 * first.year + first.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(start, start + count + 1)]


def _root() -> bytes:
    return installation.roots().ledger_root
