"""What every set-up step shares: where things are, how to say a thing, and when to skip one."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".tools"
VAR = ROOT / "var"


class CannotGoOn(Exception):
    """A step failed; the message is the sentence a person reads."""


def say(sentence: str) -> None:
    """One plain sentence to the person at the terminal, at once even through a pipe."""
    print(sentence, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    otherwise: str,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> None:
    """Run `command` quietly; when it fails, show its last lines and raise `otherwise`."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-30:]), file=sys.stderr)
        raise CannotGoOn(otherwise)


def answers(command: Sequence[str | Path]) -> str | None:
    """What `command` prints, or None when it cannot be run or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def fingerprint(*parts: Path | str) -> str:
    """A short hash of files (by content), folders (by their files) and plain words."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
            continue
        files = sorted(part.rglob("*")) if part.is_dir() else [part]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
                digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def stands(stamp: Path, mark: str) -> bool:
    """Was this step finished before, with the same sources?"""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == mark


def finished(stamp: Path, mark: str) -> None:
    """Remember that a step was finished with these sources."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark, encoding="utf-8")


def may_install() -> bool:
    """May system packages be installed here: root, on a Debian?"""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str, *, what_for: str) -> bool:
    """Install one Debian package as root, saying so. False when it could not be had."""
    say(f"Installing Debian's {package} {what_for} (you are root here).")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    failed = f"Debian's {package} could not be installed."
    try:
        run(["apt-get", "update", "-q"], env=quiet, otherwise=failed)
        run(
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", package],
            env=quiet,
            otherwise=failed,
        )
    except CannotGoOn as reason:
        say(str(reason))
        return False
    return True
