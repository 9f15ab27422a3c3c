"""Triggers that hold on both databases: what was written stays as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.db import models

from tahanan.records.walls.plan import Delete, Wall, columns

Vendor = Literal["postgresql", "sqlite"]
_DIFFERS = {"postgresql": "IS DISTINCT FROM", "sqlite": "IS NOT"}


def sql(model: type[models.Model], wall: Wall, vendor: Vendor) -> Iterator[str]:
    """The statements that raise one table's triggers."""
    table = model._meta.db_table
    when = _what_may_not_change(model, wall, _DIFFERS[vendor])
    changes = ", ".join((*wall.changes, *wall.once)) or "nothing"
    refused = f"{table}: only {changes} may change"
    if vendor == "sqlite":
        yield from _sqlite(table, wall, when, refused)
    else:
        yield from _postgres(table, wall, when, refused)


def names(wall: Wall) -> list[str]:
    """The triggers a table with this wall carries."""
    return ["wall_update"] + ([] if wall.delete is Delete.FREE else ["wall_delete"])


def _what_may_not_change(model: type[models.Model], wall: Wall, differs: str) -> str:
    """The condition under which an UPDATE is refused; empty when every UPDATE is."""
    if not wall.changes and not wall.once:
        return ""
    free = {*wall.changes, *wall.once}
    refused = [
        f'OLD."{column}" {differs} NEW."{column}"'
        for column in columns(model)
        if column not in free
    ]
    refused += [
        f'(OLD."{column}" IS NOT NULL AND OLD."{column}" {differs} NEW."{column}")'
        for column in wall.once
    ]
    if wall.under:
        column, version = wall.under
        refused.append(
            f'(OLD."{column}" {differs} NEW."{column}" AND NEW."{version}" <= OLD."{version}")'
        )
    return " OR ".join(refused)


def _sqlite(table: str, wall: Wall, when: str, refused: str) -> Iterator[str]:
    for name in ("wall_update", "wall_delete"):
        yield f'DROP TRIGGER IF EXISTS "{table}_{name}"'
    condition = f" WHEN {when}" if when else ""
    yield (
        f'CREATE TRIGGER "{table}_wall_update" BEFORE UPDATE ON "{table}"{condition} '
        f"BEGIN SELECT RAISE(ABORT, '{refused}'); END"
    )
    if wall.delete is Delete.FREE:
        return
    erased = ""
    if wall.delete is Delete.ERASED:
        erasure = f'SELECT 1 FROM records_erasure e WHERE e."case" = OLD."{wall.case_column}"'  # noqa: S608 - a name from the plan
        erased = f" WHEN NOT EXISTS ({erasure})"
    yield (
        f'CREATE TRIGGER "{table}_wall_delete" BEFORE DELETE ON "{table}"{erased} '
        f"BEGIN SELECT RAISE(ABORT, '{table}: deleted {wall.delete.value}'); END"
    )


def _postgres(table: str, wall: Wall, when: str, refused: str) -> Iterator[str]:
    for name in ("wall_update", "wall_delete"):
        yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
    condition = f" WHEN ({when})" if when else ""
    yield (
        f'CREATE TRIGGER wall_update BEFORE UPDATE ON "{table}" FOR EACH ROW{condition} '
        f"EXECUTE FUNCTION walls.refuse('{refused}')"
    )
    said = f"{table}: deleted {wall.delete.value}"
    if wall.delete is Delete.NEVER:
        yield (
            f'CREATE TRIGGER wall_delete BEFORE DELETE ON "{table}" FOR EACH ROW '
            f"EXECUTE FUNCTION walls.refuse('{said}')"
        )
    elif wall.delete is Delete.ERASED:
        yield (
            f'CREATE TRIGGER wall_delete BEFORE DELETE ON "{table}" FOR EACH ROW '
            f"EXECUTE FUNCTION walls.keep('{wall.case_column}', '{said}')"
        )
