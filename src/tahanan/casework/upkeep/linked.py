"""What foreign keys would have checked: every keyed link opens to a row of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from tahanan.access import links
from tahanan.access.accounts import INVITATION_PERSON, PENDING_ACCOUNT
from tahanan.access.links import LinkColumn
from tahanan.base import clock
from tahanan.casework.ledger.writing import moment
from tahanan.casework.upkeep.chain import Fault
from tahanan.records.bases import Dated
from tahanan.records.fields import LinkField, TenantLink
from tahanan.records.models import (
    Account,
    Arrest,
    Facility,
    Grant,
    Intake,
    Invitation,
    Judgment,
    LedgerEntry,
    PaperPack,
    PendingUnlock,
    Person,
    PlacementRequest,
    Session,
    Stay,
    Suspect,
    Suspicion,
    Team,
)
from tahanan.records.vocabulary import FACILITY_TEAMS

_OF_SUSPECT = (Suspicion, Arrest, Judgment)
# A row's id and its further columns → the column of links and the scope its link stands under.
Under = Callable[..., tuple[LinkColumn[Any], bytes]]
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Linked:
    """One column of links: to rows of `leads_to`, opened as `under(id, *further)` says."""

    model: type[models.Model]
    field: str
    leads_to: type[models.Model]
    under: Under
    further: tuple[str, ...] = ()


@dataclass
class Links:
    """What was examined and what leads nowhere."""

    examined: int
    faults: list[Fault]


def examine() -> Links:
    """Open every link of every table; within one snapshot of the database."""
    found = Links(0, [])
    for linked in plan():
        _column(found, linked)
    for model in _marked():
        rows = model._default_manager.all()
        found.examined += rows.count()
        strange = rows.exclude(tenant=links.tenant()).count()
        if strange:
            found.faults.append(
                Fault("tenant", 0, f"{strange} rows of {_name(model)} carry another mark.")
            )
    return found


@cache
def plan() -> tuple[Linked, ...]:
    """Every column of links but the tenant's mark, which is one value and is counted."""
    return (
        Linked(Grant, "team", Team, _grant_team, ("via", "from_on", "ended_on")),
        Linked(Grant, "holder", Person, _grant_holder, ("team", "via", "from_on", "ended_on")),
        Linked(Stay, "home", Facility, _by_row(links.STAY_HOME)),
        Linked(LedgerEntry, "team", Team, _entry_team, ("at",)),
        *(Linked(each, "suspect", Suspect, _whole(links.SUSPECT)) for each in _OF_SUSPECT),
        *_recorders(),
        *_intake(),
        Linked(Account, "person", Person, _by_row(links.ACCOUNT_PERSON)),
        Linked(Session, "account", Account, _by_row(links.SESSION_ACCOUNT)),
        Linked(PendingUnlock, "account", Account, _by_row(PENDING_ACCOUNT)),
        Linked(Invitation, "person", Person, _by_row(INVITATION_PERSON)),
    )


def _recorders() -> Iterator[Linked]:
    for model in apps.get_models():
        if issubclass(model, Dated):
            column = links.recorded_by(model._meta.db_table)
            yield Linked(model, "recorded_by", Person, _by_row(column))


def _intake() -> Iterator[Linked]:
    for model in (Intake, PaperPack, PlacementRequest):
        yield Linked(model, "team", Team, _whole(links.INTAKE_TEAM))
    for model, field in ((Intake, "opened_by"), (PlacementRequest, "asked_by")):
        yield Linked(model, field, Person, _by_row(links.recorded_by(model._meta.db_table)))


def _by_row(column: LinkColumn[Any]) -> Under:
    return lambda id: (column, links.row(id))


def _whole(column: LinkColumn[Any]) -> Under:
    return lambda id: (column, links.COLUMN)


def _grant_team(
    id: UUID, via: str, from_on: date, ended_on: date | None
) -> tuple[LinkColumn[Any], bytes]:
    if via not in FACILITY_TEAMS:
        return links.GRANT_TEAM, links.COLUMN
    return links.GRANT_HOME, links.row(id) if ended_on else links.month(from_on)


def _grant_holder(
    id: UUID, team: Any, via: str, from_on: date, ended_on: date | None
) -> tuple[LinkColumn[Any], bytes]:
    column, scope = _grant_team(id, via, from_on, ended_on)
    return links.grant_person(column.open(team, scope)), links.COLUMN


def _entry_team(id: UUID, at: int) -> tuple[LinkColumn[Any], bytes]:
    return links.LEDGER_TEAM, links.month(clock.manila_day(moment(at)))


def _column(found: Links, linked: Linked) -> None:
    there = set(linked.leads_to._default_manager.values_list("id", flat=True))
    rows = linked.model._default_manager.exclude(**{f"{linked.field}__isnull": True})
    nowhere: list[UUID] = []
    for batch in _batches(rows.values_list("id", linked.field, *linked.further)):
        found.examined += len(batch)
        nowhere += _lost(linked, batch, there)
    if nowhere:
        found.faults.append(
            Fault(
                "link",
                0,
                f"{_name(linked.model)} {nowhere[0]} ({linked.field}) leads to no "
                f"{_name(linked.leads_to)}; {len(nowhere)} such rows.",
            )
        )


def _lost(linked: Linked, batch: list[tuple[Any, ...]], there: set[UUID]) -> list[UUID]:
    """Ids of the rows whose link opens to nothing; opened in bulk for each column of links."""
    by_column: dict[LinkColumn[Any], list[tuple[UUID, Any, bytes]]] = {}
    for id, link, *further in batch:
        column, scope = linked.under(id, *further)
        by_column.setdefault(column, []).append((id, link, scope))
    lost: list[UUID] = []
    for column, rows in by_column.items():
        opened = column.open_many([(link, scope) for _, link, scope in rows])
        lost += [row[0] for row, id in zip(rows, opened, strict=True) if id not in there]
    return lost


def _batches(rows: Any) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows.iterator(chunk_size=_BATCH):
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _marked() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if any(_is_mark(field) for field in model._meta.concrete_fields):
            yield model


def _is_mark(field: object) -> bool:
    return isinstance(field, LinkField) and field.kind is TenantLink


def _name(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)
