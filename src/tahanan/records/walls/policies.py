"""Row-level security and column privileges on PostgreSQL, written out of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from django.db import models

from tahanan.records.walls.plan import (
    OFFICE_DELETABLE,
    OFFICE_STEWARD_READS,
    Delete,
    Sight,
    Wall,
    columns,
    sealed_columns,
)
from tahanan.records.walls.roles import APP, OWNER, STEWARD

# In a sub-select, so that PostgreSQL reads the setting once for a statement, not once for a row.
_MINE = "(SELECT walls.teams())"
_OURS = "team = ANY (ARRAY(SELECT unnest(walls.teams())))"
_TENANT = "tenant = (SELECT walls.tenant())"


def _either(table: str, other: str) -> str:
    """Of two survivors, one has a case that is seen."""
    return (
        f"walls.sees(case_id, {_MINE}) OR EXISTS (SELECT FROM records_case c "
        f"WHERE c.survivor_id IN ({table}.survivor_id, {table}.{other}) "
        f"AND walls.sees(c.id, {_MINE}))"
    )


_SEES: dict[Sight, str] = {
    Sight.CASE: f"walls.sees(case_id, {_MINE})",
    Sight.PART: f"walls.sees_part(case_id, compartment, {_MINE})",
    Sight.CASE_ITSELF: f"walls.sees(id, {_MINE})",
    Sight.GRANT: f"{_OURS} OR walls.sees(case_id, {_MINE})",
    Sight.SURVIVOR: (
        "EXISTS (SELECT FROM records_case c "
        f"WHERE c.survivor_id = records_survivor.id AND walls.sees(c.id, {_MINE}))"
    ),
    Sight.SIBLING: _either("records_siblinglink", "sibling_id"),
    Sight.SAME: _either("records_samechild", "same_id"),
    Sight.OPERATION: f"walls.sees_operation(id, {_MINE})",
    Sight.SUSPECT: f"walls.sees_suspect(suspect, {_MINE})",
    Sight.TEAM: _OURS,
    Sight.REQUEST: (
        f"{_OURS} OR EXISTS (SELECT FROM records_placementrequestcase c "
        f"WHERE c.request_id = records_placementrequest.id AND walls.sees(c.case_id, {_MINE}))"
    ),
    Sight.CHILD_OF_INTAKE: (
        "EXISTS (SELECT FROM records_intake i "
        f"WHERE i.id = records_intakechild.intake_id AND i.{_OURS})"
    ),
    Sight.LEDGER: (
        "current_setting('tahanan.ledger', true) = 'open' "
        f'OR ("case" IS NOT NULL AND walls.sees("case", {_MINE}))'
    ),
    Sight.TENANT: _TENANT,
}

# What a new row must satisfy beside the tenant's mark. A new case has no grant yet, so rows about
# it pass while nobody holds one; a row about a case that others hold and she does not is refused.
_WRITES: dict[Sight, str] = {
    Sight.CASE: f"walls.writes(case_id, {_MINE})",
    Sight.PART: f"walls.writes(case_id, {_MINE})",
    Sight.SIBLING: f"walls.writes(case_id, {_MINE})",
    Sight.SAME: f"walls.writes(case_id, {_MINE})",
    Sight.GRANT: f"walls.writes(case_id, {_MINE})",
    Sight.SUSPECT: f"walls.sees_suspect(suspect, {_MINE})",
    Sight.TEAM: _OURS,
    Sight.REQUEST: _OURS,
    Sight.CHILD_OF_INTAKE: _SEES[Sight.CHILD_OF_INTAKE],
}


@cache
def functions() -> str:
    """The functions that policies and triggers call."""
    return (resources.files(__package__) / "functions.sql").read_text(encoding="utf-8")


def file_table(model: type[models.Model], wall: Wall) -> Iterator[str]:
    """Policies and privileges of one table of the file room."""
    table = model._meta.db_table
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    # FORCE: the owner too sees rows only because a policy says so, never because it owns them.
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    yield from _take_back(table)
    yield _policy(table, "owner", "ALL", OWNER, using="true", check="true")
    yield from _app(table, wall)
    yield from _steward(model, table, wall)


def open_table(model: type[models.Model], *, gate: bool) -> Iterator[str]:
    """Privileges of a table of the office or the gate, which carries no policy."""
    table = model._meta.db_table
    yield from _take_back(table)
    delete = ", DELETE" if gate or model.__name__ in OFFICE_DELETABLE else ""
    yield f'GRANT SELECT, INSERT, UPDATE{delete} ON "{table}" TO {APP}'
    hidden = sealed_columns(model) - OFFICE_STEWARD_READS.get(model.__name__, frozenset())
    readable = _listed(c for c in columns(model) if c not in hidden)
    # Of the gate the steward needs to know only what has expired, so as to sweep it out.
    yield f'GRANT SELECT ({readable}) ON "{table}" TO {STEWARD}'
    if gate:
        yield f'GRANT DELETE ON "{table}" TO {STEWARD}'


def _app(table: str, wall: Wall) -> Iterator[str]:
    sees = _SEES[wall.sight]
    if wall.counted:
        sees = f"((SELECT walls.counting()) AND {_TENANT}) OR {sees}"
    # DELETE stays with the owner until the erasure procedure, which will run under its own grant.
    yield f'GRANT SELECT, INSERT ON "{table}" TO {APP}'
    yield _policy(table, "app_select", "SELECT", APP, using=sees)
    also = _WRITES.get(wall.sight)
    check = f"{_TENANT} AND ({also})" if also else _TENANT
    yield _policy(table, "app_insert", "INSERT", APP, check=check)
    changes = (*wall.changes, *wall.once)
    if changes:
        yield f'GRANT UPDATE ({_listed(changes)}) ON "{table}" TO {APP}'
        # The row that results need not be seen any more: a grant may be ended by its own holder.
        held = _SEES[wall.sight]
        yield _policy(table, "app_update", "UPDATE", APP, using=held, check=_TENANT)
    if wall.delete is Delete.FREE:
        yield f'GRANT DELETE ON "{table}" TO {APP}'
        yield _policy(table, "app_delete", "DELETE", APP, using=_SEES[wall.sight])


def _steward(model: type[models.Model], table: str, wall: Wall) -> Iterator[str]:
    hidden = sealed_columns(model) - set(wall.steward_reads)
    yield f"GRANT SELECT ({_listed(c for c in columns(model) if c not in hidden)}) " + (
        f'ON "{table}" TO {STEWARD}'
    )
    yield _policy(table, "steward_select", "SELECT", STEWARD, using="true")
    if wall.steward_inserts:
        yield f'GRANT INSERT ON "{table}" TO {STEWARD}'
        yield _policy(table, "steward_insert", "INSERT", STEWARD, check=_TENANT)
    if wall.steward_changes:
        yield f'GRANT UPDATE ({_listed(wall.steward_changes)}) ON "{table}" TO {STEWARD}'
        yield _policy(table, "steward_update", "UPDATE", STEWARD, using="true", check="true")


def _take_back(table: str) -> Iterator[str]:
    """A new plan starts from nothing, so what it no longer gives is gone."""
    for name in (
        "owner",
        *(f"app_{verb}" for verb in ("select", "insert", "update", "delete")),
        *(f"steward_{verb}" for verb in ("select", "insert", "update")),
    ):
        yield f'DROP POLICY IF EXISTS {name} ON "{table}"'
    yield f'REVOKE ALL ON "{table}" FROM PUBLIC, {APP}, {STEWARD}'


def _policy(table: str, name: str, verb: str, role: str, using: str = "", check: str = "") -> str:
    rows = f" USING ({using})" if using else ""
    new = f" WITH CHECK ({check})" if check else ""
    return f'CREATE POLICY {name} ON "{table}" FOR {verb} TO {role}{rows}{new}'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
