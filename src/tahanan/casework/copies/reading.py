"""Reading a block: every row of its cases, and the keys that open them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import installation, keys, links
from tahanan.access.keys import CompartmentSecret
from tahanan.access.visit import Visit
from tahanan.base.errors import Refusal
from tahanan.casework import grants
from tahanan.casework.copies.blocks import IN_ORDER, OF_CASE, Block, Table
from tahanan.casework.copies.press import Press
from tahanan.casework.door import query
from tahanan.records.models import (
    Arrest,
    Case,
    Grant,
    Judgment,
    Operation,
    Removal,
    SameChild,
    SiblingLink,
    Survivor,
    Suspect,
    Suspicion,
)
from tahanan.records.vocabulary import Compartment, TeamKind
from tahanan.vault import suites
from tahanan.vault.suites import Unopenable

Rows = dict[Table, list[Any]]


@query("read_block")
def read_block(
    visit: Visit, *, team_keys: Mapping[UUID, bytes], cases: Iterable[UUID] | None = None
) -> Block:
    """Every row of these cases but therapy, and the keys of their compartments.

    Without `cases` all that is there, operations that brought nobody home included; on PostgreSQL
    only the owner sees all. `team_keys` are keys of teams that hold them: whoever builds a
    demonstration has them.
    """
    refuse_real()
    rows = _everything() if cases is None else _of_cases(list(cases))
    suspects = {row.suspect for row in (*rows[Suspicion], *rows[Arrest], *rows[Judgment])}
    rows[Suspect] = [Suspect(id=links.SUSPECT.open(link)) for link in sorted(suspects)]
    # A case is seen through its casework team's grant: that one is written first.
    rows[Grant].sort(key=lambda grant: (grant.via != TeamKind.CASEWORK, grant.id))
    block = Block(rows, _secrets(visit, rows[Grant], team_keys), len(rows[Case]))
    block.press = Press(block)
    return block


def refuse_real() -> None:
    """Raises Refusal where a person's own history could be copied."""
    if not installation.here().demonstration:
        raise Refusal("not-here", _("Cases are copied in a demonstration only."))


def _everything() -> Rows:
    return {model: _read(model, Q()) for model in IN_ORDER if model is not Suspect}


def _of_cases(wanted: list[UUID]) -> Rows:
    rows: Rows = {Case: _read(Case, Q(id__in=wanted))}
    survivors = [case.survivor_id for case in rows[Case]]
    rows[Survivor] = _read(Survivor, Q(id__in=survivors))
    for model in OF_CASE:
        rows[model] = _read(model, Q(case__in=wanted))
    both = Q(survivor__in=survivors)
    rows[SiblingLink] = _read(SiblingLink, both & Q(sibling__in=survivors, case__in=wanted))
    rows[SameChild] = _read(SameChild, both & Q(same__in=survivors, case__in=wanted))
    named = {row.suspect for row in rows[Suspicion]}
    for model in (Arrest, Judgment):
        rows[model] = _read(model, Q(suspect__in=named))
    operations = {row.operation_id for row in (*rows[Removal], *rows[Arrest])}
    rows[Operation] = _chain(operations - {None})
    return rows


def _read(model: Table, which: Q) -> list[Any]:
    found = model._default_manager.filter(which).order_by("id")
    if any(field.name == "compartment" for field in model._meta.fields):
        found = found.exclude(compartment=Compartment.THERAPY)
    return list(found)


def _chain(wanted: set[UUID]) -> list[Operation]:
    """Operations with all that stood before and after them, oldest first."""
    found: dict[UUID, Operation] = {}
    fresh = wanted
    while fresh:
        rows = Operation.objects.filter(Q(id__in=fresh) | Q(replaces__in=fresh))
        batch = {row.id: row for row in rows if row.id not in found}
        found |= batch
        fresh = set(batch) | {row.replaces_id for row in batch.values() if row.replaces_id}
        fresh -= set(found) - set(batch)
    return [found[id] for id in sorted(found)]


def _secrets(
    visit: Visit, held: Iterable[Grant], team_keys: Mapping[UUID, bytes]
) -> dict[tuple[UUID, Compartment], CompartmentSecret]:
    found: dict[tuple[UUID, Compartment], CompartmentSecret] = {}
    for grant in held:
        at = (grant.case_id, Compartment(grant.compartment))
        if at in found or grant.ended_on is not None:
            continue
        team = grants.team_of(grant.id, TeamKind(grant.via), grant.team, grant.from_on)
        bound = suites.context("grant", at[0], at[1], grant.version, team)
        try:
            key = keys.open_wrap(visit, team_keys[team], bytes(grant.wrap), bound, team)
        except (KeyError, Unopenable):
            continue
        found[at] = CompartmentSecret(at[0], at[1], grant.version, key)
    return found
