"""Blocks of a demonstration's cases, copied in bulk under new ids and new keys; nowhere else.

A demonstration of 200,000 cases cannot be built through the door (1.4 to 3.1 hours,
architecture-review.md *Smaller*). A block built through it is copied instead: every row anew, every
link closed anew, every text sealed anew. `tahanan verify` and every constraint hold for the copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import installation, links
from tahanan.access.keys import CompartmentSecret
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Refusal
from tahanan.casework import exclusions, grants
from tahanan.casework.door import command
from tahanan.records.bases import Dated, FileRow
from tahanan.records.fields import Link
from tahanan.records.models import (
    Case,
    CaseStatus,
    Clock,
    CompartmentKey,
    Contact,
    Grant,
    LegalBasis,
    Note,
    Operation,
    OsecElement,
    Removal,
    Sealed,
    SiblingLink,
    Stay,
    Survivor,
)
from tahanan.records.vocabulary import FACILITY_TEAMS, Compartment, TeamKind
from tahanan.vault import suites
from tahanan.vault.suites import Unopenable

# Parents before children: a row is written after what it points to.
_OF_CASE: tuple[type[FileRow], ...] = (
    CompartmentKey,
    LegalBasis,
    Grant,
    Sealed,
    CaseStatus,
    OsecElement,
    Contact,
    Removal,
    Stay,
    Note,
    Clock,
)
_IN_ORDER: tuple[type[FileRow], ...] = (Survivor, Case, Operation, *_OF_CASE, SiblingLink)


@dataclass(frozen=True, slots=True)
class TeamCopy:
    """The team that holds a copy instead of the first one, with its key (32 bytes)."""

    team: UUID
    key: bytes = field(repr=False)


@dataclass(slots=True)
class Block:
    """A block of cases as read once: rows by table, keys of its compartments, its recorders."""

    rows: dict[type[FileRow], list[FileRow]]
    secrets: dict[tuple[UUID, Compartment], CompartmentSecret]
    cases: int


@command("copy_block")
def copy_block(visit: Visit, *, block: Block, times: int, teams: Mapping[UUID, TeamCopy]) -> UUID:
    """Write `times` copies of a block, held by `teams` instead of its own. Gives the last case.

    The actor is a member of the casework teams that hold the copies. Raises Refusal outside a
    demonstration.
    """
    refuse_real()
    last: UUID | None = None
    visit.details["copies"] = times * block.cases
    for _turn in range(times):
        last = _Copy(visit, block, teams).write()
    if last is None:
        raise Refusal("nothing", _("Copy a block at least once."))
    return last


def read_block(visit: Visit, team_keys: Mapping[UUID, bytes], cases: Iterable[UUID]) -> Block:
    """Every row of these cases but therapy, and the keys of their compartments.

    `team_keys` are keys of teams that hold them: whoever builds a demonstration has them.
    """
    refuse_real()
    wanted = list(cases)
    rows: dict[type[FileRow], list[FileRow]] = {}
    rows[Case] = list(Case.objects.filter(id__in=wanted))
    survivors = [case.survivor_id for case in rows[Case]]  # type: ignore[attr-defined]
    rows[Survivor] = list(Survivor.objects.filter(id__in=survivors))
    operations = Removal.objects.filter(case__in=wanted).values_list("operation_id", flat=True)
    rows[Operation] = _chain(Operation, set(operations) - {None})
    for model in _OF_CASE:
        manager: Any = model._default_manager
        found = manager.filter(case__in=wanted).order_by("id")
        if hasattr(model, "compartment"):
            found = found.exclude(compartment=Compartment.THERAPY)
        rows[model] = list(found)
    # A case is seen through its casework team's grant: that one is written first.
    rows[Grant].sort(key=lambda grant: (getattr(grant, "via", "") != TeamKind.CASEWORK, grant.id))
    rows[SiblingLink] = list(
        SiblingLink.objects.filter(case__in=wanted, survivor__in=survivors, sibling__in=survivors)
    )
    return Block(rows, _secrets(rows, team_keys), len(wanted))


def refuse_real() -> None:
    """Raises Refusal where a person's own history could be copied."""
    if not installation.here().demonstration:
        raise Refusal("not-here", _("Cases are copied in a demonstration only."))


def _chain(model: type[Operation], wanted: set[UUID]) -> list[FileRow]:
    """Rows with all that stood before them, oldest first."""
    found: dict[UUID, FileRow] = {}
    fresh = wanted
    while fresh:
        batch = {row.id: row for row in model.objects.filter(Q(id__in=fresh))}
        found |= batch
        fresh = {row.replaces_id for row in batch.values() if row.replaces_id} - set(found)
    return [found[id] for id in sorted(found)]


def _secrets(
    rows: dict[type[FileRow], list[FileRow]], team_keys: Mapping[UUID, bytes]
) -> dict[tuple[UUID, Compartment], CompartmentSecret]:
    found: dict[tuple[UUID, Compartment], CompartmentSecret] = {}
    for grant in rows[Grant]:
        assert isinstance(grant, Grant)
        at = (grant.case_id, Compartment(grant.compartment))
        if at in found or grant.ended_on is not None:
            continue
        team = grants.team_of(grant.id, TeamKind(grant.via), grant.team, grant.from_on)
        bound = suites.context("grant", grant.case_id, at[1], grant.version, team)
        try:
            key = suites.unwrap(team_keys.get(team, bytes(32)), bytes(grant.wrap), bound)
        except Unopenable:
            continue
        found[at] = CompartmentSecret(at[0], at[1], grant.version, key)
    return found


class _Copy:
    """One copy of one block: old id → new id, old secret → new secret."""

    def __init__(self, visit: Visit, block: Block, teams: Mapping[UUID, TeamCopy]) -> None:
        self.visit = visit
        self.block = block
        self.teams = teams
        self.ids: dict[UUID, UUID] = {
            row.id: ids.uuid7() for rows in block.rows.values() for row in rows
        }
        self.secrets = {
            at: CompartmentSecret(self.ids[at[0]], old.compartment, old.version, suites.new_key())
            for at, old in block.secrets.items()
        }

    def write(self) -> UUID:
        """Insert every row; gives the id of the last case."""
        for model in _IN_ORDER:
            _insert(model, [self._row(model, row) for row in self.block.rows[model]])
        return self.ids[self.block.rows[Case][-1].id]

    def _row(self, model: type[FileRow], row: FileRow) -> list[Any]:
        values = {
            column.attname: self._moved(getattr(row, column.attname))
            for column in model._meta.concrete_fields
        }
        new = values["id"]
        for rewrite in (self._dated, self._case, self._sealed, self._key, self._grant, self._stay):
            rewrite(row, new, values)
        if isinstance(row, SiblingLink):
            pair = sorted((values["survivor_id"], values["sibling_id"]))
            values["survivor_id"], values["sibling_id"] = pair
        return list(values.values())

    def _moved(self, value: Any) -> Any:
        if isinstance(value, UUID) and not isinstance(value, Link):
            return self.ids.get(value, value)
        return value

    def _dated(self, row: FileRow, new: UUID, values: dict[str, Any]) -> None:
        if isinstance(row, Dated):
            column = links.recorded_by(row._meta.db_table)
            person = column.open(row.recorded_by, links.row(row.id))
            values["recorded_by"] = column.close(person, links.row(new))

    def _case(self, row: FileRow, new: UUID, values: dict[str, Any]) -> None:
        if isinstance(row, Case):
            values["reference"] = ids.reference(new)
            values["exclusions"] = exclusions.empty(new)

    def _sealed(self, row: FileRow, new: UUID, values: dict[str, Any]) -> None:
        if isinstance(row, Sealed):
            at = (row.case_id, Compartment(row.compartment))
            plaintext = self.block.secrets[at].read(row.id, row.kind, row.of, bytes(row.ciphertext))
            values["ciphertext"] = self.secrets[at].write(new, row.kind, values["of"], plaintext)

    def _key(self, row: FileRow, new: UUID, values: dict[str, Any]) -> None:
        if isinstance(row, CompartmentKey):
            at = (row.case_id, Compartment(row.compartment))
            values["commitment"] = suites.commitment(self.secrets[at].key)

    def _grant(self, row: FileRow, new: UUID, values: dict[str, Any]) -> None:
        if not isinstance(row, Grant):
            return
        via = TeamKind(row.via)
        if row.ended_on is not None and via in FACILITY_TEAMS:
            team = links.GRANT_HOME.open(row.team, links.row(row.id))
            values["team"] = links.GRANT_HOME.close(team, links.row(new))
            return
        old = grants.team_of(row.id, via, row.team, row.from_on)
        copy = self.teams[old]
        values["team"] = grants.team_link(via, copy.team, row.from_on)
        if row.holder is not None:
            person = links.grant_person(old).open(row.holder)
            values["holder"] = links.grant_person(copy.team).close(person)
        if row.ended_on is None:
            secret = self.secrets[(row.case_id, Compartment(row.compartment))]
            bound = suites.context(
                "grant", secret.case, secret.compartment, secret.version, copy.team
            )
            values["wrap"] = suites.wrap(copy.key, secret.key, bound)

    def _stay(self, row: FileRow, new: UUID, values: dict[str, Any]) -> None:
        if isinstance(row, Stay):
            home = links.STAY_HOME.open(row.home, links.row(row.id))
            values["home"] = links.STAY_HOME.close(home, links.row(new))


def _insert(model: type[models.Model], rows: list[list[Any]]) -> None:
    """Many rows of one table in one statement's preparation; no id comes back."""
    if not rows:
        return
    columns = model._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  names from the model
            [
                [
                    column.get_db_prep_save(value, connection)
                    for column, value in zip(columns, row, strict=True)
                ]
                for row in rows
            ],
        )
