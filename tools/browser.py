"""Finds a Chromium for the browser tests, or gets one; says so when it can do neither."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import node
from house import ROOT, TOOLS, CannotGoOn, answers, install, may_install, run, say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
OURS = TOOLS / "chromium"
PACKED = OURS / "node_modules" / "@sparticuz" / "chromium" / "bin"
UNPACK = """
const fs = require("fs"), zlib = require("zlib"), [from, to] = process.argv.slice(1);
fs.createReadStream(from).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(to));
"""
# The libraries and fonts that a bare machine lacks came in the same package.
STARTER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_PATH="$here/fonts"
exec "$here/program" "$@"
"""


def find() -> Path | None:
    """The machine's Chromium, or the one set up here before; None when neither starts."""
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [shutil.which(name) for name in NAMES]
    for path in (*found, str(OURS / "chromium")):
        if path and answers([path, "--version"]):
            return Path(path)
    return None


def get() -> Path | None:
    """A Chromium: found, else Debian's for root, else npm's. None when there is none to be had."""
    found = find()
    if found:
        return found
    if may_install() and install("chromium", what_for="for the browser tests"):
        return find()
    say("Installing npm's Chromium into .tools/chromium for the browser tests.")
    try:
        _unpack_ours()
    except CannotGoOn as reason:
        say(str(reason))
    return find()


def _unpack_ours() -> None:
    OURS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / "tools" / "chromium" / name, OURS / name)
    node.install_packages(OURS)
    program = OURS / "program"
    _unpack("chromium.br", program)
    program.chmod(0o755)
    for name, into in (("al2023", OURS), ("swiftshader", OURS), ("fonts", OURS / "fonts")):
        into.mkdir(exist_ok=True)
        packed = OURS / "packed.tar"
        _unpack(f"{name}.tar.br", packed)
        run(["tar", "-xf", packed, "-C", into], otherwise=f"{name}.tar could not be unpacked.")
        packed.unlink()
    (OURS / "fonts" / "fonts.conf").write_text(
        f"<fontconfig><dir>{OURS}/fonts</dir><cachedir>{OURS}/fonts/cache</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    starter = OURS / "chromium"
    starter.write_text(STARTER, encoding="utf-8")
    starter.chmod(0o755)


def _unpack(name: str, target: Path) -> None:
    run(
        [node.node(), "-e", UNPACK, PACKED / name, target],
        otherwise=f"{name} of npm's Chromium could not be unpacked.",
    )


if __name__ == "__main__":
    say(str(get() or "There is no Chromium here."))
