"""What a block holds, which tables it is of, and how its cases are dealt out among people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from tahanan.access.keys import CompartmentSecret
from tahanan.records.models import (
    Arrest,
    Case,
    CaseStatus,
    Clock,
    CompartmentKey,
    Contact,
    DemandSide,
    Grant,
    Judgment,
    LegalBasis,
    Note,
    Operation,
    OsecElement,
    Removal,
    SameChild,
    Sealed,
    SiblingLink,
    Stay,
    Support,
    Survivor,
    Suspect,
    Suspicion,
)
from tahanan.records.vocabulary import Compartment

Table = type[models.Model]
# A copy's case, a kind (card or identity) and what that piece says → what it says in the copy.
Renamed = Callable[[UUID, str, dict[str, Any]], Mapping[str, Any]]

# A row of each names its case.
OF_CASE: tuple[Table, ...] = (
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
# Parents before children: a row is written after what it points to.
IN_ORDER: tuple[Table, ...] = (
    Suspect,
    Survivor,
    Case,
    Operation,
    *OF_CASE,
    Arrest,
    Judgment,
    SiblingLink,
    SameChild,
)
# So many children one person holds, where a copy's cases are dealt out.
CASELOAD = 40


@dataclass(frozen=True, slots=True)
class TeamCopy:
    """The team that holds a copy instead of the first one, with its key (32 bytes).

    `holders` hold the cases there, about `CASELOAD` each, sisters and brothers together, and on
    from copy to copy; without any, whoever held the first.
    """

    team: UUID
    key: bytes = field(repr=False)
    holders: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Block:
    """A block of cases as read once: rows by table, keys of its compartments, its recorders.

    `press` is made of it by whoever reads it: the rows, ready to be printed.
    """

    rows: dict[Table, list[Any]]
    secrets: dict[tuple[UUID, Compartment], CompartmentSecret]
    cases: int
    press: Any = None


def dealt(removals: Iterable[Removal], cases: Iterable[UUID]) -> dict[UUID, int]:
    """Case → its share: about `CASELOAD` cases each; who came home together stay together."""
    family = {row.case_id: row.operation_id for row in removals if row.operation_id}
    families: dict[UUID, list[UUID]] = {}
    for case in cases:
        families.setdefault(family.get(case, case), []).append(case)
    shares: dict[UUID, int] = {}
    share = held = 0
    for together in families.values():
        if held and held + len(together) > CASELOAD:
            share, held = share + 1, 0
        shares |= dict.fromkeys(together, share)
        held += len(together)
    return shares
