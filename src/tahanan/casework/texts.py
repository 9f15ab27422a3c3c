"""Sealed pieces of a compartment: written, replaced and read with a key that was passed for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access.keys import CompartmentSecret
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Conflict
from tahanan.records.models import Sealed

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """One sealed piece, opened: what kind, of which row, and its content (plain JSON values).

    `by` and `at`, who wrote it and when that was known, stand inside the seal: no column tells.
    """

    id: UUID
    kind: str
    of: UUID
    content: dict[str, Any]
    by: UUID | None
    at: datetime


def write(
    visit: Visit,
    secret: CompartmentSecret,
    kind: str,
    of: UUID,
    content: Content,
    replaces: UUID | None = None,
) -> UUID:
    """Seal one piece. With `replaces`, the piece it stands in for is closed first.

    Raises Conflict, with the id that was to be replaced, when somebody else replaced it before.
    """
    if replaces is not None:
        # Of this part and kind: who may write a card must not close what stands in Identity.
        open_rows = Sealed.objects.filter(
            id=replaces,
            case=secret.case,
            compartment=secret.compartment,
            kind=kind,
            replaced_at__isnull=True,
        )
        if not open_rows.update(replaced_at=visit.known):
            raise Conflict("written-first", _("Somebody wrote here first."), standing=replaces)
    id = ids.uuid7()
    by = str(visit.actor.person) if visit.actor.person else None
    said = {"by": by, "at": visit.known.isoformat(), "said": dict(content)}
    plaintext = json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()
    Sealed(
        id=id, tenant=visit.tenant, case_id=secret.case, compartment=secret.compartment,
        kind=kind, of=of, version=secret.version, replaces_id=replaces,
        ciphertext=secret.write(id, kind, of, plaintext),
    ).save(force_insert=True)  # fmt: skip
    return id


def read(secret: CompartmentSecret, **where: Any) -> list[Piece]:
    """The pieces of one compartment that stand now, in the order they were written."""
    rows = Sealed.objects.filter(
        case=secret.case, compartment=secret.compartment, replaced_at__isnull=True, **where
    ).order_by("id")
    return [_piece(secret, row) for row in rows.values_list("id", "kind", "of", "ciphertext")]


def read_one(secret: CompartmentSecret, id: UUID) -> Piece | None:
    """One piece by its id, replaced or not: for showing what stood before."""
    rows = Sealed.objects.filter(id=id, case=secret.case, compartment=secret.compartment)
    row = rows.values_list("id", "kind", "of", "ciphertext").first()
    return _piece(secret, row) if row else None


def successor(secret: CompartmentSecret, id: UUID) -> Piece | None:
    """The piece that was written after this one, if one was."""
    rows = Sealed.objects.filter(replaces=id, case=secret.case, compartment=secret.compartment)
    row = rows.values_list("id", "kind", "of", "ciphertext").first()
    return _piece(secret, row) if row else None


def read_many(secrets: Mapping[UUID, CompartmentSecret], kind: str) -> dict[UUID, Piece]:
    """The one standing piece of `kind` for each case, of the compartment the secrets are for."""
    if not secrets:
        return {}
    compartment = next(iter(secrets.values())).compartment
    rows = Sealed.objects.filter(
        case__in=list(secrets), compartment=compartment, kind=kind, replaced_at__isnull=True
    ).order_by("id")
    columns = ("case_id", "id", "kind", "of", "ciphertext")
    return {case: _piece(secrets[case], row) for case, *row in rows.values_list(*columns)}


def read_every(
    secrets: Mapping[UUID, CompartmentSecret], kinds: Iterable[str]
) -> dict[UUID, list[Piece]]:
    """Every standing piece of these kinds, case by case, of the compartment the secrets are for."""
    found: dict[UUID, list[Piece]] = {case: [] for case in secrets}
    if not secrets:
        return found
    compartment = next(iter(secrets.values())).compartment
    rows = Sealed.objects.filter(
        case__in=list(secrets),
        compartment=compartment,
        kind__in=list(kinds),
        replaced_at__isnull=True,
    ).order_by("id")
    for case, *row in rows.values_list("case_id", "id", "kind", "of", "ciphertext"):
        found[case].append(_piece(secrets[case], row))
    return found


def retold(plaintext: bytes, tell: Callable[[dict[str, Any]], Content]) -> bytes:
    """The same piece, by the same hand at the same time, saying what `tell` makes of its words."""
    said = json.loads(plaintext)
    said["said"] = dict(tell(said["said"]))
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()


def _piece(secret: CompartmentSecret, row: Any) -> Piece:
    id, kind, of, ciphertext = row
    opened = json.loads(secret.read(id, kind, of, bytes(ciphertext)))
    by = UUID(opened["by"]) if opened["by"] else None
    return Piece(id, kind, of, opened["said"], by, datetime.fromisoformat(opened["at"]))
