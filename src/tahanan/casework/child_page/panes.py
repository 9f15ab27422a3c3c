"""What stands in each of the six panes, read with a key that was opened for it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tahanan.access.keys import CompartmentSecret
from tahanan.access.visit import Visit
from tahanan.casework import justice, legal_basis, notes, stays, texts
from tahanan.casework.cases import CARE, STATUS, Care, elements, identity
from tahanan.casework.child_page.shapes import (
    Brought,
    CareSaid,
    Identity,
    Justice,
    Lived,
    Opened,
    StatusDecided,
    What,
    Whereabouts,
)
from tahanan.casework.child_page.timeline import Row
from tahanan.casework.operations import OPERATION, SharedFacts
from tahanan.casework.people.steps import names_of
from tahanan.records.vocabulary import Compartment, DecidedBy, FacilityKind, Status

NOTES_AT_ONCE = 10


def opened(visit: Visit, secret: CompartmentSecret, rows: list[Row], skip: int) -> Opened:
    """The pane with the notes from `skip` on, newest first."""
    found = notes.notes_of(secret, limit=NOTES_AT_ONCE + 1, after=skip)
    part = _PARTS.get(secret.compartment)
    return Opened(
        secret.compartment,
        visit.now,
        part(secret, rows) if part else None,
        tuple(found[:NOTES_AT_ONCE]),
        skip,
        len(found) > NOTES_AT_ONCE,
    )


def _identity(secret: CompartmentSecret, _rows: list[Row]) -> Identity:
    named = identity(secret)
    return Identity(
        named[1] if named else None,
        tuple(legal_basis.contacts(secret.case, secret)),
        tuple(legal_basis.bases(secret.case, secret)),
    )


def _care(secret: CompartmentSecret, rows: list[Row]) -> CareSaid:
    pieces = texts.read(secret, kind__in=(CARE, STATUS))
    said = [piece for piece in pieces if piece.kind == CARE]
    deciders = {piece.of: piece.content["decider"] for piece in pieces if piece.kind == STATUS}
    last = said[-1] if said else None
    return CareSaid(
        Care(**last.content) if last else None,
        names_of([last.by]).get(last.by or secret.case, "") if last else "",
        last.at if last else None,
        tuple(_statuses(rows, deciders)),
    )


def _statuses(rows: list[Row], deciders: dict[UUID, str]) -> list[StatusDecided]:
    chain = {row.id: row.replaces for row in rows if row.what is What.STATUS}
    found = []
    for row in _newest(rows, What.STATUS):
        # Closing a status is a correction of it: its decider stands at the row that opened it.
        of: UUID | None = row.id
        while of is not None and of not in deciders:
            of = chain.get(of)
        decider = deciders[of] if of is not None else ""
        found.append(
            StatusDecided(
                row.id, Status(row.code), DecidedBy(row.more), decider,
                row.first, row.last, row.known_day,
            )
        )  # fmt: skip
    return found


def _newest(rows: list[Row], what: What) -> list[Row]:
    """What stands of one kind, the newest first; of one day, what was recorded last."""
    standing = [row for row in rows if row.what is what and row.standing]
    return sorted(standing, key=lambda row: (row.first, row.recorded_at), reverse=True)


def _justice(secret: CompartmentSecret, rows: list[Row]) -> Justice:
    pieces = texts.read(secret, kind=OPERATION)
    brought = _newest(rows, What.REMOVAL)
    return Justice(
        tuple(elements(secret.case)),
        SharedFacts(**pieces[-1].content) if pieces else None,
        tuple(Brought(row.id, row.first, row.last or row.first) for row in brought),
        justice.of(secret),
    )


def _whereabouts(secret: CompartmentSecret, rows: list[Row]) -> Whereabouts:
    homes = stays.homes(secret)
    return Whereabouts(
        tuple(
            Lived(
                homes.get(row.id),
                FacilityKind(row.code),
                row.more.partition(" ")[0],
                row.first,
                row.last,
                row.more.partition(" ")[2],
            )
            for row in _newest(rows, What.STAY)
        )
    )


_Part = Identity | CareSaid | Justice | Whereabouts
_PARTS: dict[Compartment, Callable[[CompartmentSecret, list[Row]], _Part]] = {
    Compartment.IDENTITY: _identity,
    Compartment.CARE: _care,
    Compartment.JUSTICE: _justice,
    Compartment.WHEREABOUTS: _whereabouts,
}
