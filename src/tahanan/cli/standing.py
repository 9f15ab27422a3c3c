"""Whether a demonstration stands here, is being built, or was left half built; and building it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tahanan.base.progress import Progress
from tahanan.cli.install import make_keys
from tahanan.cli.start import Stop, another

_NAME = "Demonstration"


@dataclass(frozen=True, slots=True)
class Told:
    """What decides everything in a demonstration but its ids and keys.

    `nights`: how many removals, the latest; all of them where it is None. `cases`: at least so
    many, copied from those that are told.
    """

    seed: int
    day: date
    nights: int | None = None
    cases: int | None = None

    @property
    def history(self) -> bool:
        """Whether what was before the nights is told as well: unless only some were asked for."""
        return self.nights is None

    def __str__(self) -> str:
        """As it is said to people."""
        few = "" if self.nights is None else f", the last {self.nights} removals only"
        many = "" if self.cases is None else f", copied until there were {self.cases:,} cases"
        return f"told on {self.day:%d %B %Y} with seed {self.seed}{few}{many}"


@contextmanager
def builder() -> Iterator[int]:
    """Be the only process that may build or throw away; whoever comes second waits, and says so.

    The lock is the kernel's: it goes with its process, even one that is killed, so none is ever
    stale. Gives the descriptor that holds it: a child process that inherits it keeps others out.
    """
    handle = os.open(_lock(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"{_being_built()} This waits until it stands.", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield handle
    finally:
        os.close(handle)


def must_stand() -> Told:
    """The demonstration that stands here. Raises Stop, and touches nothing, where none does."""
    told = _standing()
    if told is not None:
        return told
    if _is_locked():
        raise Stop(f"{_being_built()} Try again when it stands, in a few minutes.")
    from tahanan.casework import upkeep

    if upkeep.installed():
        raise Stop("A demonstration was left half built here. `tahanan demo` builds it again.")
    raise Stop("There is no demonstration here yet. Run `tahanan demo`.")


def found() -> Told | None:
    """The demonstration that stands; None when there is none. One half built is thrown away.

    Only for who holds `builder`. Raises Stop over an installation that is no demonstration.
    """
    told = _standing()
    if told is not None:
        return told
    from tahanan.casework import upkeep

    if upkeep.installed():
        _throw_away()
    return None


def build(told: Told, lock: int) -> None:
    """Build it. The mark comes last: what has none, or another's, was interrupted."""
    from django.conf import settings

    from tahanan import world
    from tahanan.casework import upkeep

    make_keys(settings.KEYS_DIR, settings.SECRET_KEY_FILE)
    another("migrate", keep_open=lock)
    upkeep.install(name=_NAME)
    minutes = "a few minutes" if told.history else "about a minute"
    print(f"Building a demonstration, in {minutes}. Everybody in it is invented.", flush=True)
    world.build(
        lambda line: print(line, flush=True),
        seed=told.seed,
        today=told.day,
        nights=told.nights,
        history=told.history,
    )
    if told.cases is not None:
        _multiply(told)
    said = asdict(told) | {"day": told.day.isoformat(), "of": _installation()}
    whole = _mark().with_suffix(".part")
    whole.write_text(json.dumps(said) + "\n", encoding="utf-8")
    whole.replace(_mark())


def _multiply(told: Told) -> None:
    from tahanan import world

    assert told.cases is not None
    print(f"Copying it until there are {told.cases:,} cases. Stop it at any time: what is", end=" ")
    print("half built is thrown away when the demonstration is built again.", flush=True)
    progress = Progress(lambda line: print(line, flush=True), told.cases)
    world.grow(progress.add, told.cases, seed=told.seed, history=told.history)


def _standing() -> Told | None:
    """What the mark says, when it is of the installation that stands in this database."""
    from tahanan.access import installation
    from tahanan.casework import upkeep

    if not upkeep.installed():
        return None
    if not installation.here().demonstration:
        raise Stop("This database holds an installation that is no demonstration; leave it alone.")
    said = _said()
    if said.pop("of", None) != _installation():
        return None
    upkeep.must_be_ready()
    return Told(said["seed"], date.fromisoformat(said["day"]), said["nights"], said.get("cases"))


def _said() -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(_mark().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return said


def _installation() -> str:
    from tahanan.access import installation

    return str(installation.here().tenant)


def _throw_away() -> None:
    """A demonstration whose building was interrupted: it holds nobody real."""
    from django.conf import settings
    from django.db import connection

    from tahanan.vault.roots import NAMES, SEALER

    print("A demonstration was left half built here. It is thrown away and built again.")
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        another("demo", "empty", role="owner")
    connection.close()
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
    for root in (*NAMES, SEALER):
        (settings.KEYS_DIR / root).unlink(missing_ok=True)
    # They know the sealer whose key has just gone, and would take no other's head.
    for witness in settings.WITNESSES:
        Path(witness).unlink(missing_ok=True)
    _forget()


def _forget() -> None:
    from tahanan.access import installation, links

    installation.forget()
    links.forget()


def _is_locked() -> bool:
    handle = os.open(_lock(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _being_built() -> str:
    process = _lock().read_text(encoding="utf-8").strip()
    by = f" by process {process}" if process else ""
    return f"The demonstration is being built just now{by}."


def _lock() -> Path:
    return _var() / "demonstration.lock"


def _mark() -> Path:
    return _var() / "demonstration.json"


def _var() -> Path:
    from django.conf import settings

    return Path(settings.VAR_DIR)
