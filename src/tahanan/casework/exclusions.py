"""Which homes cannot take a child, and no reason: one sealed field of one size on every case."""

from __future__ import annotations

import json
from uuid import UUID

from tahanan.access import installation
from tahanan.records.models import Case
from tahanan.vault import suites

# Room for about a hundred homes; every field is as large as the largest, empty or not.
ROOM = 4096


def empty(case: UUID) -> bytes:
    """The field of a case with no exclusion: as large as any other."""
    return _seal(case, [])


def read(case: UUID) -> frozenset[UUID]:
    """The facilities that cannot take this child."""
    sealed = Case.objects.values_list("exclusions", flat=True).get(id=case)
    key = installation.roots().server_key
    listed = json.loads(suites.open_sealed(key, bytes(sealed), _context(case)))
    return frozenset(UUID(home) for home in listed)


def add(case: UUID, home: UUID) -> None:
    """Put one facility on the list of a case; putting it again changes nothing."""
    homes = sorted({*read(case), home}, key=str)
    Case.objects.filter(id=case).update(exclusions=_seal(case, [str(each) for each in homes]))


def _seal(case: UUID, homes: list[str]) -> bytes:
    plaintext = json.dumps(homes, separators=(",", ":")).encode()
    if len(plaintext) > ROOM - 4:
        raise ValueError("A case holds about a hundred exclusions; this is more.")
    return suites.seal(installation.roots().server_key, plaintext, _context(case), step=ROOM)


def _context(case: UUID) -> bytes:
    return suites.context("exclusions", case)
