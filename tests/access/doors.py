"""Every command, query and entry there is, found by walking the package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import tahanan
from tahanan.casework.door import Command, Entry, Query

Door = Command | Query | Entry


def every() -> dict[str, Door]:
    """All that is called through the door, by where it stands: `notes.write_note`."""
    found: dict[str, Door] = {}
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, Command | Query | Entry) and value.__module__ == module.__name__:
                found[f"{module.__name__.removeprefix('tahanan.casework.')}.{name}"] = value
    return found


def _modules() -> Iterator[object]:
    for each in pkgutil.walk_packages(tahanan.__path__, "tahanan."):
        # Migrations are not modules of acts, and `__main__` would run the command line.
        if ".migrations" not in each.name and not each.name.endswith(("__main__", ".wsgi")):
            yield importlib.import_module(each.name)
