"""How many of each thing stand: for the keeper of the machine, who opens none of them."""

from __future__ import annotations

from dataclasses import dataclass

from tahanan.access import links
from tahanan.casework import door, facts
from tahanan.records.models import (
    Case,
    Facility,
    LedgerEntry,
    Organisation,
    Person,
    Stay,
    Survivor,
    Team,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many stand now. Stays as they are known now, ended ones among them; `housed` go on."""

    organisations: int
    teams: int
    people: int
    homes: int
    children: int
    cases: int
    stays: int
    housed: int
    entries: int


def count() -> Counted:
    """Count, in one snapshot, as the steward: rows and never what is sealed in them."""
    tenant = links.tenant()
    with door.examining("count"):
        stays = facts.standing(Stay)
        return Counted(
            Organisation.objects.count(),
            Team.objects.filter(ended_on__isnull=True).count(),
            Person.objects.filter(left_on__isnull=True).count(),
            Facility.objects.count(),
            Survivor.objects.filter(tenant=tenant).count(),
            Case.objects.filter(tenant=tenant).count(),
            stays.count(),
            stays.filter(until_on__isnull=True).count(),
            LedgerEntry.objects.filter(tenant=tenant).count(),
        )
