"""`tahanan verify`: is everything as it was written, as far as anything can tell?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tahanan.access import installation
from tahanan.casework import door
from tahanan.casework.ledger.witness import HeadRefused, Witness
from tahanan.casework.upkeep import chain, linked
from tahanan.casework.upkeep.chain import Fault
from tahanan.vault.pairs import public_of
from tahanan.vault.roots import RootsUnfit, load_sealer_seed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was examined, everything found wrong (the first bad entry first), and remarks."""

    entries: int
    seals: int
    heads: int
    witnessed: int
    links: int
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Nothing is wrong, and something was there to be wrong."""
        return not self.faults


def verify(witnesses: Sequence[Witness] | None = None) -> Verdict:
    """Examine the ledger against its seals, heads and witnesses, and every keyed link.

    Without rows it does not pass: an empty ledger is a ledger somebody emptied. Reads one snapshot
    and writes nothing.
    """
    asked = configured() if witnesses is None else witnesses
    found = chain.Found()
    # Whoever emptied the installation's own row is answered by RootsUnfit or DoesNotExist here.
    installation.here()
    with door.examining("verify"):
        chain.examine(found, _sealer_public(asked), asked)
        links = linked.examine()
    _must_have_seen(found, links.examined)
    faults = sorted([*found.faults, *links.faults], key=lambda fault: (not fault.at, fault.at))
    return Verdict(
        found.entries, found.seals, found.heads, found.witnessed, links.examined,
        tuple(faults), tuple(found.remarks),
    )  # fmt: skip


def configured() -> list[Witness]:
    """The witnesses that the settings name."""
    return [Witness(Path(path)) for path in settings.WITNESSES]


def _sealer_public(witnesses: Sequence[Witness]) -> bytes | None:
    """The sealer's public half: of its key file, or, where only the sealer reads that, as pinned
    by a witness when it began.
    """
    try:
        return public_of(load_sealer_seed(settings.KEYS_DIR))
    except RootsUnfit:
        pass
    for witness in witnesses:
        try:
            if (pinned := witness.public()) is not None:
                return pinned
        except HeadRefused:
            continue
    return None


def _must_have_seen(found: chain.Found, links: int) -> None:
    if not found.entries:
        found.fault("nothing", 0, "There is no entry in the ledger: nothing was examined.")
    elif not found.seals:
        found.fault("nothing", 0, "No entry was ever sealed: start the sealer, then verify again.")
    if not links:
        found.fault("nothing", 0, "There is no keyed link to examine.")
