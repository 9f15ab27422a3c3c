"""Which homes cannot take a child, and no reason: one sealed field of one size on every case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from tahanan.access import installation
from tahanan.records.models import Case
from tahanan.vault import suites

# Room for about a hundred homes; every field is as large as the largest, empty or not.
ROOM = 4096


def empty(case: UUID) -> bytes:
    """The field of a case with no exclusion: as large as any other."""
    return _seal(case, [])


def empty_many(cases: Iterable[bytes]) -> list[bytes]:
    """The fields of many cases with no exclusion, each case by the 16 bytes of its id."""
    nothing, bound = json.dumps([]).encode(), suites.pattern("exclusions", UUID)
    key = installation.roots().server_key
    return suites.seal_many(key, ((nothing, bound % case) for case in cases), step=ROOM)


def read(case: UUID) -> frozenset[UUID]:
    """The facilities that cannot take this child."""
    return read_many([case])[case]


def read_many(cases: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Case → the facilities that cannot take the child: one statement, whatever is found."""
    key = installation.roots().server_key
    rows = Case.objects.filter(id__in=list(cases)).values_list("id", "exclusions")
    return {
        case: frozenset(
            UUID(home)
            for home in json.loads(suites.open_sealed(key, bytes(sealed), _context(case)))
        )
        for case, sealed in rows
    }


def put(cases: Iterable[UUID], homes: frozenset[UUID]) -> None:
    """Put these facilities on the list of every case; putting them again changes nothing."""
    put_each(dict.fromkeys(cases, homes))


def put_each(homes: Mapping[UUID, frozenset[UUID]]) -> None:
    """Put facilities on the list of each case. Each list is sealed anew, changed or not."""
    _write({case: kept | homes[case] for case, kept in read_many(homes).items()})


def lift(cases: Iterable[UUID], home: UUID) -> None:
    """Take one facility from the list of every case. Each is sealed anew, changed or not."""
    _write({case: homes - {home} for case, homes in read_many(cases).items()})


def share(cases: Iterable[UUID]) -> None:
    """What one of these children is excluded from, all are: they turned out to be siblings.

    Every field is sealed anew, whether it changed or not.
    """
    held = read_many(cases)
    all_homes = frozenset().union(*held.values())
    _write(dict.fromkeys(held, all_homes))


def _write(lists: dict[UUID, frozenset[UUID]]) -> None:
    for case in sorted(lists):
        sealed = _seal(case, sorted(map(str, lists[case])))
        Case.objects.filter(id=case).update(exclusions=sealed)


def _seal(case: UUID, homes: list[str]) -> bytes:
    plaintext = json.dumps(homes, separators=(",", ":")).encode()
    if len(plaintext) > ROOM - 4:
        raise ValueError("A case holds about a hundred exclusions; this is more.")
    return suites.seal(installation.roots().server_key, plaintext, _context(case), step=ROOM)


def _context(case: UUID) -> bytes:
    return suites.context("exclusions", case)
