"""Makes `.venv`: Python's own environment, locked packages, and Tahanan itself, editable."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from house import (
    PYTHON,
    ROOT,
    VENV,
    CannotGoOn,
    answers,
    fingerprint,
    finished,
    install,
    may_install,
    run,
    say,
    stands,
)

LOCKS = ROOT / "requirements"
PIP = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def make(kind: str) -> None:
    """Make `.venv` with the packages of requirements/`kind`.txt (`run` or `test`).

    `test` holds all of `run`, pin for pin (a guard says so), so it stands for both.
    """
    _make_venv()
    if not stands(_stamp(kind), _mark(kind)):
        say(f"Installing the Python packages of requirements/{kind}.txt, checked by their hashes.")
        _pip("--require-hashes", "-r", str(LOCKS / f"{kind}.txt"))
        for held in {"run", kind}:
            finished(_stamp(held), _mark(held))
    _install_tahanan()


def _make_venv() -> None:
    if answers([PYTHON, "-c", "import pip"]) is not None:
        return
    if answers([sys.executable, "-c", "import venv, ensurepip"]) is None:
        _get_venv()
    say("Making .venv, where everything of Python's is kept.")
    if VENV.exists():
        shutil.rmtree(VENV)
    run([sys.executable, "-m", "venv", VENV], otherwise="Python could not make .venv.")


def _get_venv() -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if may_install() and install(f"python{version}-venv", what_for="so that .venv can be made"):
        return
    raise CannotGoOn(
        f"This Python cannot make .venv. Ask whoever is root to install python{version}-venv."
    )


def _install_tahanan() -> None:
    stamp = VENV / ".tahanan"
    mark = fingerprint(ROOT / "pyproject.toml", LOCKS / "build.txt", str(ROOT))
    if stands(stamp, mark):
        return
    say("Installing Tahanan itself into .venv, so that .venv/bin/tahanan is the command.")
    _pip("--require-hashes", "-r", str(LOCKS / "build.txt"))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    finished(stamp, mark)


def _pip(*words: str) -> None:
    run(
        [PYTHON, "-m", "pip", "install", "--quiet", *words],
        env=PIP,
        otherwise="A Python package could not be installed: see pip's own words above. "
        "Once that is mended, run the same again: it goes on from here.",
    )


def _stamp(kind: str) -> Path:
    return VENV / f".packages-{kind}"


def _mark(kind: str) -> str:
    return fingerprint(LOCKS / f"{kind}.txt", sys.version)
