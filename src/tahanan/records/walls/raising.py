"""Raise the walls after every `migrate`, and say what is missing of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tahanan.records.walls import plan, policies, triggers
from tahanan.records.walls.roles import APP, OWNER, STEWARD


class WallsRefused(ImproperlyConfigured):
    """The walls cannot be raised as the connection stands; the message says why."""


def after_migrate(*, using: str, **_signal: Any) -> None:
    """Django's `post_migrate`: SQLite drops a table's triggers whenever a migration rebuilds it."""
    raise_walls(connections[using])


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger, policy and privilege of the plan in place, in one transaction.

    Safe to repeat. On PostgreSQL only the owner may; raises WallsRefused for anybody else.
    """
    if connection.vendor == "postgresql":
        _refuse_other_than_owner(connection)
    # A half-migrated database (a migration named on the command line) has no walls to raise yet.
    standing = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _statements(connection.vendor, standing):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """What the plan asks for and the database lacks, as `table: wall`; empty when all stands."""
    wanted = {
        f"{model._meta.db_table}: {name}"
        for model, wall in plan.file_room()
        for name in triggers.names(wall)
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT tbl_name, substr(name, length(tbl_name) + 2) "
                "FROM sqlite_master WHERE type = 'trigger'"
            )
            return sorted(wanted - {f"{table}: {name}" for table, name in cursor.fetchall()})
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        found = {f"{table}: {name}" for table, name in cursor.fetchall()}
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
            "AND relnamespace = 'public'::regnamespace"
        )
        found |= {f"{table}: row security" for (table,) in cursor.fetchall()}
    wanted |= {f"{model._meta.db_table}: row security" for model, _ in plan.file_room()}
    return sorted(wanted - found)


def _statements(vendor: str, standing: set[str]) -> Iterator[str]:
    room = [(m, w) for m, w in plan.file_room() if m._meta.db_table in standing]
    if vendor == "sqlite":
        for model, wall in room:
            yield from triggers.sql(model, wall, "sqlite")
        return
    if len(room) < len(plan.FILE_ROOM):
        return
    # Asked for only when it is missing: a copied database lets its owner make no schema.
    yield (
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'walls') "
        f"THEN CREATE SCHEMA walls AUTHORIZATION {OWNER}; END IF; END $$"
    )
    yield f"GRANT USAGE ON SCHEMA walls, public TO {APP}, {STEWARD}"
    yield policies.functions()
    for model, wall in room:
        yield from triggers.sql(model, wall, "postgresql")
        yield from policies.file_table(model, wall)
    for model in plan.office():
        yield from policies.open_table(model, gate=False)
    for model in plan.gate():
        yield from policies.open_table(model, gate=True)
    # To say at start that the tables are older than the code.
    yield f"GRANT SELECT ON django_migrations TO {APP}, {STEWARD}"


def _refuse_other_than_owner(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
    if role != OWNER:
        raise WallsRefused(
            f"The tables belong to {OWNER}, but this connection is {role}. "
            "Migrate with TAHANAN_ROLE=owner."
        )
