"""One line per table of the file room: who sees its rows, what may change, what the steward reads.

A table that is not listed here does not pass `raise_walls`: a new one is a conscious act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.apps import apps
from django.db import models


class Sight(StrEnum):
    """Through what the app's role sees a row (PostgreSQL; see `policies`)."""

    CASE = "an open grant on the row's case"
    PART = "an open grant on the row's case and compartment"
    CASE_ITSELF = "an open grant on this case"
    GRANT = "the team's own grant, or an open grant on the same case"
    SURVIVOR = "a case of hers that is seen"
    SIBLING = "a case of either of the two that is seen"
    SAME = "a case of either of the two records that is seen"
    OPERATION = "a removal or an intake of it that is seen"
    SUSPECT = "a suspicion of the same suspect, for a case that is seen"
    TEAM = "the row is marked with one of the actor's teams"
    CHILD_OF_INTAKE = "the intake is seen"
    REQUEST = "the row is marked with one of the actor's teams, or a child of it is seen"
    LEDGER = "an entry of a case that is seen, or any once `open_ledger` was called"
    TENANT = "any actor of the programme: the row says nothing of a child"


class Delete(StrEnum):
    """When a row may be deleted."""

    NEVER = "never"
    ERASED = "while an erasure of its case is on record"
    FREE = "by whoever sees it"


@dataclass(frozen=True, slots=True)
class Wall:
    """`changes` and `once` name columns; every other column is fixed when the row is written.

    `once`: from empty to a value, never again. `under`: (column, version): the column changes only
    together with a higher version. `steward_reads`: sealed columns that the steward needs all the
    same (it reads every column that is not binary, and none that is). `counted`: figures read it
    beyond what the actor holds, once `open_figures` was called.
    """

    sight: Sight
    changes: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    under: tuple[str, str] | None = None
    delete: Delete = Delete.ERASED
    case_column: str = "case_id"
    steward_reads: tuple[str, ...] = ()
    steward_changes: tuple[str, ...] = ()
    steward_inserts: bool = False
    counted: bool = False


DATED = Wall(Sight.CASE, once=("replaced_at", "replaced_day"))
_FIGURED = replace(DATED, counted=True)
# Of a suspect, who may be named for several children: kept when one of them is erased.
_OF_SUSPECT = replace(_FIGURED, sight=Sight.SUSPECT, delete=Delete.NEVER)
_KEPT = Wall(Sight.TENANT, delete=Delete.NEVER, steward_inserts=True)

FILE_ROOM: dict[str, Wall] = {
    "Survivor": Wall(Sight.SURVIVOR, delete=Delete.NEVER),
    "Case": Wall(Sight.CASE_ITSELF, changes=("exclusions",), case_column="id", counted=True),
    "SiblingLink": replace(_FIGURED, sight=Sight.SIBLING),
    "SameChild": replace(_FIGURED, sight=Sight.SAME),
    "CaseStatus": _FIGURED,
    "OsecElement": _FIGURED,
    "Support": _FIGURED,
    "DemandSide": _FIGURED,
    "Suspicion": _FIGURED,
    "Arrest": _OF_SUSPECT,
    "Judgment": _OF_SUSPECT,
    "LegalBasis": DATED,
    "Contact": DATED,
    "Removal": _FIGURED,
    "Stay": _FIGURED,
    "Note": replace(DATED, sight=Sight.PART),
    "Operation": replace(_FIGURED, sight=Sight.OPERATION, delete=Delete.NEVER),
    "Clock": Wall(
        Sight.CASE, once=("closed_on",), steward_changes=("closed_on",), steward_inserts=True
    ),
    "CompartmentKey": Wall(
        Sight.CASE,
        changes=("version", "commitment", "rekey_due"),
        steward_changes=("rekey_due",),
    ),
    "Grant": Wall(
        Sight.GRANT,
        changes=("version", "wrap", "team", "holder", "until_on"),
        once=("ended_on",),
        steward_changes=("wrap", "team", "ended_on"),
    ),
    "Sealed": Wall(
        Sight.PART,
        changes=("ciphertext", "version"),
        once=("replaced_at",),
        under=("ciphertext", "version"),
    ),
    "Intake": Wall(
        Sight.TEAM,
        changes=("answers", "version", "operation_id", "pack_id"),
        once=("finished_at",),
        delete=Delete.NEVER,
    ),
    "IntakeChild": Wall(
        Sight.CHILD_OF_INTAKE,
        changes=("answers", "version", "position"),
        once=("case_id",),
        delete=Delete.FREE,
    ),
    "PaperPack": Wall(Sight.TEAM, delete=Delete.NEVER),
    "PlacementRequest": Wall(Sight.REQUEST, once=("closed_at",), delete=Delete.NEVER),
    "PlacementRequestCase": Wall(Sight.CASE),
    "Run": Wall(Sight.TENANT, once=("result",), delete=Delete.NEVER),
    # The MAC covers the body, so whoever verifies reads it: sealed under the ledger's own key.
    "LedgerEntry": replace(_KEPT, sight=Sight.LEDGER, steward_reads=("body", "mac")),
    "LedgerSeal": replace(_KEPT, steward_reads=("previous", "moved", "hash")),
    "LedgerHead": replace(_KEPT, steward_reads=("hash", "signature")),
    "Erasure": replace(_KEPT, steward_inserts=False),
}

# The gate: accounts, factors, sessions. No policy: they are read before anybody is anybody.
GATE = frozenset(
    {"Account", "Device", "Invitation", "PendingUnlock", "Session", "Tries", "UnlockMethod"}
)
# Office rows are emptied, never deleted; a leaver's share of a team key is the exception.
OFFICE_DELETABLE = frozenset({"TeamKeyShare"})
# Whoever opens a link first makes sure of the key: eight bytes that tell nothing of it.
OFFICE_STEWARD_READS = {"Installation": frozenset({"links_check"})}


class NoPlan(LookupError):
    """A table of the file room stands without a line in the plan, or a line without a table."""


def file_room() -> list[tuple[type[models.Model], Wall]]:
    """Every table of the file room with its wall. Raises NoPlan when plan and tables differ."""
    found = {model.__name__: model for model in _tables() if _has_tenant(model)}
    odd = sorted(found.keys() ^ FILE_ROOM.keys())
    if odd:
        raise NoPlan(f"walls.plan and the tables of the file room differ in: {', '.join(odd)}")
    return [(found[name], wall) for name, wall in FILE_ROOM.items()]


def office() -> list[type[models.Model]]:
    """The tables of the office."""
    return [m for m in _tables() if not _has_tenant(m) and m.__name__ not in GATE]


def gate() -> list[type[models.Model]]:
    """The tables of the gate, those of libraries included."""
    ours = [m for m in _tables() if m.__name__ in GATE]
    theirs = [m for m in apps.get_models(include_auto_created=True) if not _is_ours(m)]
    return ours + theirs


def columns(model: type[models.Model]) -> list[str]:
    """The columns of a table, in its order."""
    return [field.column for field in model._meta.concrete_fields if field.column]


def sealed_columns(model: type[models.Model]) -> set[str]:
    """Its binary columns: ciphertext, wraps, digests."""
    fields = model._meta.concrete_fields
    return {f.column for f in fields if isinstance(f, models.BinaryField) and f.column}


def _tables() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if _is_ours(model))


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label == "records"


def _has_tenant(model: type[models.Model]) -> bool:
    return any(field.name == "tenant" for field in model._meta.concrete_fields)
