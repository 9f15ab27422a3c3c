"""How a verb begins: its folders, its role at the database, and Django made ready."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

Role = Literal["app", "owner", "steward"]


class Stop(Exception):
    """A verb cannot go on; `sentence` tells why. Nothing else is printed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def ready(role: Role = "app") -> None:
    """Read the environment, connect as `role`, and load the tables' models. Opens no database.

    On PostgreSQL the role is one of three logins; on SQLite all are the same file.
    """
    os.environ["TAHANAN_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tahanan.config.settings")
    import django
    from django.conf import settings

    django.setup()
    _folder(settings.VAR_DIR)


def another(*verb: str, role: Role | None = None, keep_open: int | None = None) -> None:
    """Run another verb of ours to its end, in a process of its own: as another role, say.

    `keep_open`: a descriptor it holds as long as it runs. Raises Stop when it fails; it has said
    why.
    """
    held = () if keep_open is None else (keep_open,)
    done = subprocess.run(  # noqa: S603
        command(*verb), env=environment(role), pass_fds=held, check=False
    )
    if done.returncode != 0:
        raise Stop(f"`tahanan {' '.join(verb)}` did not succeed.")


def command(*verb: str) -> list[str]:
    """The command line of one of our verbs, under this Python."""
    return [sys.executable, "-m", "tahanan.cli.app", *verb]


def environment(role: Role | None = None) -> dict[str, str]:
    """This process's environment for another of our verbs, which chooses its own role."""
    kept = {name: value for name, value in os.environ.items() if name != "TAHANAN_ROLE"}
    return kept | ({"TAHANAN_ROLE": role} if role else {})


def _folder(folder: Path) -> None:
    """Make the folder for what an installation writes; nobody else looks in."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
