"""The first row of an installation, and whether everything stands that a process needs to start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tahanan.access import installation, links
from tahanan.base import ids
from tahanan.base.errors import Conflict, Refusal
from tahanan.records.models import Installation
from tahanan.vault.links import check_value


def install(*, name: str) -> UUID:
    """The one row that says what this installation is. The first thing ever written.

    It is written outside the door, which needs it to open. Raises Conflict when it stands already.
    """
    if Installation.objects.exists():
        raise Conflict("installed", _("This database holds an installation already."))
    row = Installation(
        id=ids.uuid4(),
        name=name,
        demonstration=settings.DEMONSTRATION,
        links_check=check_value(installation.roots().links_root),
        registrar_public=installation.registrar_public(),
    )
    row.save(force_insert=True)
    installation.forget()
    links.forget()
    return row.id


@contextmanager
def hurried() -> Iterator[None]:
    """On SQLite a demonstration is written without waiting for the disk, while it is built.

    What was half built when the power failed is thrown away (`cli.standing`). Anything else, and
    PostgreSQL, waits as always.
    """
    if connection.vendor != "sqlite" or not installation.here().demonstration:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        before = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous=OFF")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={int(before)}")


def empty_demonstration() -> None:
    """Take every row out of a demonstration, as the owner of its tables on PostgreSQL.

    Raises Refusal over anything else: a demonstration was one from its first row.
    """
    if not Installation.objects.get().demonstration:
        raise Refusal("not-demonstration", _("This database is no demonstration: leave it alone."))
    call_command("flush", verbosity=0, interactive=False)


def installed() -> bool:
    """Is there an installation in this database? False also where no table stands yet.

    A database that does not answer raises: nobody may take one that is locked for an empty one.
    """
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return Installation._meta.db_table in tables and Installation.objects.exists()


def must_be_ready() -> None:
    """Raises a Refusal, or RootsUnfit, that says what is missing before this process may serve."""
    if waiting := unapplied():
        raise Refusal(
            "not-migrated",
            _("The tables are older than the program (%(name)s). Run `tahanan migrate` first.")
            % {"name": waiting[0]},
        )
    if not installed():
        raise Refusal("not-installed", _("Nothing is installed here. Run `tahanan install` first."))
    here = installation.here()
    if here.demonstration != settings.DEMONSTRATION:
        raise Refusal(
            "demonstration",
            _("This database is a demonstration: start it with `tahanan demo`.")
            if here.demonstration
            else _("This database is no demonstration: take TAHANAN_DEMONSTRATION away."),
        )


def unapplied() -> list[str]:
    """Migrations that this database has not had yet."""
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    return [f"{move.app_label}.{move.name}" for move, _back in executor.migration_plan(targets)]
