"""What this process serves: its key roots and its installation, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings

from tahanan.records.models import Installation
from tahanan.vault.links import check_value
from tahanan.vault.pairs import public_of
from tahanan.vault.roots import Roots, RootsUnfit, load_roots
from tahanan.vault.suites import same


@dataclass(frozen=True, slots=True)
class Here:
    """The installation as it was at start."""

    tenant: UUID
    name: str
    demonstration: bool


@cache
def roots() -> Roots:
    """The installation's secrets, from root-only files outside the database. Raises RootsUnfit."""
    return load_roots(settings.KEYS_DIR)


@cache
def here() -> Here:
    """The one installation row. Raises Installation.DoesNotExist before `install` has run.

    Raises RootsUnfit under another installation's links root: no start, no write (keyed-links §9).
    """
    columns = ("id", "name", "demonstration", "links_check")
    id, name, demonstration, check = Installation.objects.values_list(*columns).get()
    if not same(bytes(check), check_value(roots().links_root)):
        raise RootsUnfit(
            f"The links root in {settings.KEYS_DIR} belongs to another installation. "
            "Bring the right key files back from escrow; nothing was written."
        )
    return Here(id, name, demonstration)


@cache
def registrar_public() -> bytes:
    """The public half of the registrar's signing key: from the key file, never from a row.

    A thief who writes the database could otherwise put his own registrar beside his own keys.
    """
    return public_of(roots().registrar_seed)


def forget() -> None:
    """Read everything anew: after `install`, and between tests."""
    roots.cache_clear()
    here.cache_clear()
    registrar_public.cache_clear()
