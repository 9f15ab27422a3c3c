"""The `tahanan` command as somebody at a keyboard runs it: a process, its words and its code."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

from tests.house import ROOT


@dataclass(frozen=True)
class Ran:
    """What a verb said, and how it ended."""

    code: int
    said: str
    complained: str


def environment(**more: str) -> dict[str, str]:
    """This house's environment, with the program on the path."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}", "PYTHONWARNINGS": "default", **more}


def tahanan(*verb: str, **more: str) -> Ran:
    """Run one verb in this house to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "tahanan.cli.app", *verb],
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def install() -> Ran:
    """The verb that makes an installation, with everything it asks for."""
    return tahanan(
        "install",
        "--name", "Synthetic programme",
        "--organisation", "Bahay Silungan",
        "--administrator", "Minda Cuenco",
        "--sign-in-name", "minda",
        "--region", "0700000000",
    )  # fmt: skip
