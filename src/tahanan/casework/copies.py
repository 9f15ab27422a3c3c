"""Blocks of a demonstration's cases, copied in bulk under new ids and new keys; nowhere else.

A demonstration of 200,000 cases cannot be built through the door (1.4 to 3.1 hours,
architecture-review.md *Smaller*). A block built through it is copied instead: every row anew, every
link closed anew, every text sealed anew. `tahanan verify` and every constraint hold for the copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import installation, keys, links
from tahanan.access.keys import CompartmentSecret
from tahanan.access.links import LinkColumn
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Refusal
from tahanan.casework import exclusions, grants, texts
from tahanan.casework.cases import CARD, IDENTITY
from tahanan.casework.door import command
from tahanan.records.bases import Dated, FileRow
from tahanan.records.fields import Link
from tahanan.records.models import (
    Case,
    CaseStatus,
    Clock,
    CompartmentKey,
    Contact,
    DemandSide,
    Grant,
    LegalBasis,
    Note,
    Operation,
    OsecElement,
    Removal,
    Sealed,
    SiblingLink,
    Stay,
    Support,
    Survivor,
    Suspicion,
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
    Support,
    Suspicion,
    DemandSide,
    Note,
    Clock,
)
# A copy's case, a kind (card or identity) and what that piece says → what it says in the copy.
Renamed = Callable[[UUID, str, dict[str, Any]], Mapping[str, Any]]
Anew = Callable[["_Made"], Any]
_IN_ORDER: tuple[type[FileRow], ...] = (Survivor, Case, Operation, *_OF_CASE, SiblingLink)


@dataclass(frozen=True, slots=True)
class TeamCopy:
    """The team that holds a copy instead of the first one, with its key (32 bytes).

    `holder` holds the cases there; without one, whoever held the first.
    """

    team: UUID
    key: bytes = field(repr=False)
    holder: UUID | None = None


@dataclass(slots=True)
class Block:
    """A block of cases as read once: rows by table, keys of its compartments, its recorders."""

    rows: dict[type[FileRow], list[FileRow]]
    secrets: dict[tuple[UUID, Compartment], CompartmentSecret]
    cases: int


@dataclass(frozen=True, slots=True)
class _Made:
    """What is new in one copy: its ids by number, as the database takes them too, and its keys."""

    ids: list[UUID]
    prepared: list[UUID | str]
    keys: dict[tuple[UUID, Compartment], bytes] = field(repr=False)
    renamed: Renamed | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The rows of one table, ready: what stays, which ids move where, what is closed anew."""

    model: type[FileRow]
    lines: list[tuple[list[Any], list[tuple[int, int]], list[tuple[int, Anew]]]]

    def print(self, made: _Made) -> list[list[Any]]:
        """The rows of one copy."""
        rows = []
        for values, moves, anew in self.lines:
            row = values.copy()
            for at, number in moves:
                row[at] = made.prepared[number]
            for at, how in anew:
                row[at] = how(made)
            rows.append(row)
        return rows


@command("copy_block")
def copy_block(
    visit: Visit,
    *,
    block: Block,
    times: int,
    teams: Mapping[UUID, TeamCopy],
    renamed: Renamed | None = None,
) -> UUID:
    """Write `times` copies of a block, held by `teams` instead of its own. Gives the last case.

    The actor is a member of the casework teams that hold the copies. `renamed` gives each child of
    a copy a name of her own. Raises Refusal outside a demonstration.
    """
    refuse_real()
    last: UUID | None = None
    visit.details["copies"] = times * block.cases
    press = _Press(visit, block, teams)
    for _turn in range(times):
        last = press.copy(renamed)
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


class _Press:
    """A block made ready to be printed: what every copy shares is prepared once.

    An old id is known by its number among all ids of the block in their order, and a copy's ids are
    drawn in that order too: whatever a query sorts by id stands in a copy as it stood before.
    """

    def __init__(self, visit: Visit, block: Block, teams: Mapping[UUID, TeamCopy]) -> None:
        self.visit = visit
        self.block = block
        self.teams = teams
        self.prepared: Callable[[UUID], UUID | str] = (
            _as_it_is if connection.features.has_native_uuid_field else _hex
        )
        olds = {row.id for rows in block.rows.values() for row in rows}
        # An intake is not copied, but what it set off is: each copy has its own there too.
        olds |= {clock.because for clock in block.rows[Clock] if isinstance(clock, Clock)}
        self.number = {id: at for at, id in enumerate(sorted(olds))}
        self.last = self.number[block.rows[Case][-1].id]
        self.sheets = [self._sheet(model) for model in _IN_ORDER if block.rows[model]]

    def copy(self, renamed: Renamed | None) -> UUID:
        """Insert every row once more; gives the id of the last case."""
        fresh = ids.uuid7s(len(self.number))
        while self._taken(fresh):
            fresh = ids.uuid7s(len(self.number))
        made = _Made(
            fresh,
            [self.prepared(id) for id in fresh],
            {at: suites.new_key() for at in self.block.secrets},
            renamed,
        )
        for sheet in self.sheets:
            _insert(sheet.model, sheet.print(made))
        return fresh[self.last]

    def _taken(self, fresh: list[UUID]) -> bool:
        """Whether a case would bear another's reference: of 200,000 two do, once in 25 times."""
        cases = [self.number[row.id] for row in self.block.rows[Case]]
        references = [ids.reference(fresh[at]) for at in cases]
        return Case.objects.filter(tenant=self.visit.tenant, reference__in=references).exists()

    def _sheet(self, model: type[FileRow]) -> _Sheet:
        columns = model._meta.concrete_fields
        lines = []
        for row in self.block.rows[model]:
            values = [
                column.get_db_prep_save(getattr(row, column.attname), connection)
                for column in columns
            ]
            moves = [
                (at, self.number[value])
                for at, column in enumerate(columns)
                if isinstance(value := getattr(row, column.attname), UUID)
                and not isinstance(value, Link)
                and value in self.number
            ]
            lines.append((values, moves, self._anew(row)))
        return _Sheet(model, lines)

    def _anew(self, row: FileRow) -> list[tuple[int, Anew]]:
        """The columns of a row that are closed or derived anew in each copy, and how."""
        made: dict[str, Anew] = {}
        if isinstance(row, Dated):
            column = links.recorded_by(row._meta.db_table)
            made["recorded_by"] = self._relinked(column, row.recorded_by, row.id)
        if isinstance(row, Case):
            made["reference"] = self._of_id(row.id, ids.reference)
            made["exclusions"] = self._of_id(row.id, exclusions.empty)
        elif isinstance(row, Sealed):
            made["ciphertext"] = self._text(row)
        elif isinstance(row, CompartmentKey):
            at = (row.case_id, Compartment(row.compartment))
            made["commitment"] = lambda copy: suites.commitment(copy.keys[at])
        elif isinstance(row, Grant):
            made |= self._grant(row)
        elif isinstance(row, Stay):
            made["home"] = self._relinked(links.STAY_HOME, row.home, row.id)
        places = {column.attname: at for at, column in enumerate(row._meta.concrete_fields)}
        return [(places[name], how) for name, how in made.items()]

    def _relinked(self, column: LinkColumn[Any], link: Any, row: UUID) -> Anew:
        """A link within its row, closed to the same target within the row that is made."""
        target, number, prepared = (
            column.open(link, links.row(row)),
            self.number[row],
            self.prepared,
        )
        return lambda copy: prepared(column.close(target, links.row(copy.ids[number])))

    def _of_id(self, id: UUID, how: Callable[[UUID], Any]) -> Anew:
        at = self.number[id]
        return lambda copy: how(copy.ids[at])

    def _text(self, row: Sealed) -> Anew:
        at = (row.case_id, Compartment(row.compartment))
        plaintext = self.block.secrets[at].read(row.id, row.kind, row.of, bytes(row.ciphertext))
        case, id, of = self.number[row.case_id], self.number[row.id], self.number.get(row.of)
        kind, version, stays = row.kind, row.version, row.of

        def close(copy: _Made) -> bytes:
            secret = CompartmentSecret(copy.ids[case], at[1], version, copy.keys[at])
            text = plaintext
            if copy.renamed is not None and kind in (CARD, IDENTITY):
                text = texts.retold(plaintext, partial(copy.renamed, secret.case, kind))
            return secret.write(copy.ids[id], kind, stays if of is None else copy.ids[of], text)

        return close

    def _grant(self, row: Grant) -> dict[str, Anew]:
        via = TeamKind(row.via)
        if row.ended_on is not None and via in FACILITY_TEAMS:
            return {"team": self._relinked(links.GRANT_HOME, row.team, row.id)}
        old = grants.team_of(row.id, via, row.team, row.from_on)
        team = self.teams[old]
        link = self.prepared(grants.team_link(via, team.team, row.from_on))
        made: dict[str, Anew] = {"team": lambda _copy: link}
        if row.holder is not None:
            person = team.holder or links.grant_person(old).open(row.holder)
            holder = self.prepared(links.grant_person(team.team).close(person))
            made["holder"] = lambda _copy: holder
        if row.ended_on is None:
            made["wrap"] = self._wrap(row, team)
        return made

    def _wrap(self, row: Grant, team: TeamCopy) -> Anew:
        at, version = (row.case_id, Compartment(row.compartment)), row.version
        case = self.number[row.case_id]

        def wrap(copy: _Made) -> bytes:
            secret = CompartmentSecret(copy.ids[case], at[1], version, copy.keys[at])
            return keys.wrap_for_team(secret, team.team, team.key)

        return wrap


def _as_it_is(id: UUID) -> UUID:
    return id


def _hex(id: UUID) -> str:
    return id.hex


def _insert(model: type[models.Model], rows: list[list[Any]]) -> None:
    """Many rows of one table in one statement's preparation; no id comes back."""
    columns = model._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  names from the model
