"""The installation's secrets: one root-only file each, never in the database or its backups."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, fields
from pathlib import Path

from tahanan.vault.secret import Secret
from tahanan.vault.suites import KEY_BYTES, new_key

SEALER = "sealer"


class RootsUnfit(Exception):
    """The key files cannot be used. `sentence` tells the administrator which, and the mend."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Roots(Secret):
    """32 bytes each; every field is a file of its name in the keys folder."""

    pepper: bytes
    links_root: bytes
    ledger_root: bytes
    registrar_seed: bytes
    server_key: bytes


NAMES = tuple(field.name for field in fields(Roots))


def create_roots(directory: Path) -> None:
    """Make the folder (0700) and a fresh key in each file (0600), the sealer's too.

    Never overwrites: a lost links root or pepper cannot be had back. Raises RootsUnfit when any
    of the files exists, having written nothing.
    """
    if not directory.exists():
        directory.mkdir(mode=0o700, parents=True)
    _refuse_open_folder(directory)
    for name in (*NAMES, SEALER):
        if os.path.lexists(directory / name):
            raise _standing(directory / name)
    for name in (*NAMES, SEALER):
        _write(directory / name, new_key())


def load_roots(directory: Path) -> Roots:
    """Read every key file. Raises RootsUnfit for one that is missing, cut or open to others."""
    _refuse_open_folder(directory)
    return Roots(**{name: _read(directory / name) for name in NAMES})


def load_sealer_seed(directory: Path) -> bytes:
    """The 32-byte Ed25519 seed that signs ledger heads; the sealer alone may read it."""
    _refuse_open_folder(directory)
    return _read(directory / SEALER)


def _refuse_open_folder(directory: Path) -> None:
    try:
        mode = directory.stat().st_mode
    except FileNotFoundError:
        raise RootsUnfit(f"The keys folder {directory} is missing.") from None
    if not stat.S_ISDIR(mode):
        raise RootsUnfit(f"The keys folder {directory} is not a folder.")
    if mode & 0o077:
        raise RootsUnfit(
            f"Others can enter the keys folder {directory}. Run: chmod 700 {directory}"
        )


def _standing(path: Path) -> RootsUnfit:
    return RootsUnfit(f"{path} exists already. It was not overwritten.")


def _write(path: Path, key: bytes) -> None:
    try:
        # O_EXCL, so that two set-ups at once cannot overwrite each other either.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise _standing(path) from None
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(handle)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # Of the file that was opened, not of the name: nobody swaps it between the two.
            mode = os.fstat(file.fileno()).st_mode
            key = file.read(KEY_BYTES + 1)
    except FileNotFoundError:
        raise RootsUnfit(f"The key file {path} is missing. Bring it back from escrow.") from None
    except OSError as reason:
        raise RootsUnfit(f"The key file {path} cannot be read: {reason.strerror}.") from None
    if mode & 0o077:
        raise RootsUnfit(f"Others can read the key file {path}. Run: chmod 600 {path}")
    if len(key) != KEY_BYTES:
        raise RootsUnfit(f"The key file {path} is damaged: it must hold exactly 32 bytes.")
    return key
