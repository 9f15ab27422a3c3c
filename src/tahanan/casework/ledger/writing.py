"""Entries: appended in the transaction they belong to, chained for each thread of the door."""

from __future__ import annotations

import base64
import json
import os
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tahanan.access import installation, links
from tahanan.access.visit import Visit
from tahanan.base import clock, ids
from tahanan.records.fields import TeamLink
from tahanan.records.models import LedgerEntry, LedgerSeal
from tahanan.vault import entries

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHANGE, LOOK, ENTRY, REFUSED = "change", "look", "entry", "refused"

# Two servers' clocks differ by a little; beyond this an entry says that its clock stood behind.
_BEHIND = 2_000_000


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
    case = visit.about or (cases[0] if len(cases) == 1 else None)
    read = _micros(clock.real())
    at = max(read, last, _sealed_at())
    if at - read > _BEHIND:
        more["clock_behind"] = at - read
    team = _team_link(visit.team, at)
    root = installation.roots().ledger_root
    head = entries.Entry(writer.id, n + 1, moment(at), visit.verb, case, team).head()
    body = entries.seal_body(entries.read_key(root), _body(visit, cases, outcome, more), head)
    mac = entries.mac(entries.mac_key(root), mac, head, body)
    # The id too is of the real clock: the sealer looks for what is new by it.
    row = LedgerEntry(
        id=ids.uuid7(clock.real()), tenant=visit.tenant, writer=writer.id, n=n + 1, at=at,
        verb=visit.verb, case=case, team=team, body=body, mac=mac,
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
    forget()
    writer.retired = retired


def forget() -> None:
    """Begin another chain in this thread: after a fork, and when tests change the house."""
    writer.__init__()  # type: ignore[misc]


# Two processes with one writer's id would fork its chain.
os.register_at_fork(after_in_child=forget)


def moment(at: int) -> datetime:
    """An entry's microseconds as an aware instant, exactly."""
    return EPOCH + timedelta(microseconds=at)


def now() -> datetime:
    """The server's clock, never behind this writer's last entry nor the last seal."""
    return moment(max(_micros(clock.real()), writer.at, _sealed_at()))


def _micros(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


def _sealed_at() -> int:
    seals = LedgerSeal.objects.filter(tenant=links.tenant()).order_by("-no")
    return seals.values_list("at", flat=True).first() or 0


def _body(visit: Visit, cases: list[UUID], outcome: str, more: dict[str, object]) -> bytes:
    parts: dict[str, list[str]] = {}
    # The short form says the same of every child named: only where nobody was named unopened.
    alike = len({frozenset(seen) for seen in visit.looks.values()}) == 1
    if alike and visit.looks.keys() == set(cases):
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


def _team_link(team: UUID | None, at: int) -> TeamLink | None:
    if team is None:
        return None
    # Of the entry's own month, not the clock's: whoever opens it knows only the entry.
    return links.LEDGER_TEAM.close(team, links.month(clock.manila_day(moment(at))))
