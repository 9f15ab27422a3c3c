"""`tahanan replay`: an outside history brought in, one command a line."""

from __future__ import annotations

import getpass
import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from tahanan.cli.start import Stop, ready

if TYPE_CHECKING:
    from tahanan.access.actor import Actor
    from tahanan.replay.running import Checked, Run
    from tahanan.replay.source import Source

_SAY_EACH = 1.0


def replay(
    file: Annotated[str, typer.Argument(help="A file of lines, or - for standard input.")],
    importer: Annotated[
        str, typer.Option("--as", help="The sign-in name of who brings it in.")
    ] = "",
    team: Annotated[str, typer.Option(help="For which of her teams, where she has several.")] = "",
    line_by_line: Annotated[
        bool, typer.Option("--line-by-line", help="Each line stands by itself, and is done once.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Read every line; do nothing.")] = False,
    identity: Annotated[
        Path | None, typer.Option(help="An age identity file, for a file closed to it.")
    ] = None,
    ids: Annotated[
        Path | None, typer.Option(help="Write down here which id each name of the file got.")
    ] = None,
) -> None:
    """Bring in an outside history: a file of commands (docs/reference/replay.md)."""
    ready()
    from tahanan.replay.format import BadLine
    from tahanan.replay.source import NotPrivate

    try:
        with closing(_opened(file, identity)) as source:
            _bring_in(source, importer, team, ids, line_by_line=line_by_line, check=check)
    except (BadLine, NotPrivate) as error:
        raise Stop(error.sentence) from None


def _bring_in(
    source: Source, importer: str, team: str, ids: Path | None, *, line_by_line: bool, check: bool
) -> None:
    from tahanan.replay import running
    from tahanan.replay.format import BadLine

    checked = running.check(source)
    if check or not checked.lines:
        print(f"{checked.lines:,} lines, each as it must be. Nothing was done.")
        return
    actor = _importer(importer, checked)
    _must_be_new(ids)
    run = running.Run(actor, _team(actor, team), checked, running.known(actor, checked))
    began = time.monotonic()
    progress = _Progress(checked.lines)
    try:
        (run.line_by_line if line_by_line else run.all_or_nothing)(source, progress)
    except KeyboardInterrupt:
        print(f"Stopped. {_stopped(run.done, line_by_line)}", file=sys.stderr)
        raise
    except BadLine as bad:
        raise Stop(f"{bad.sentence} {_stopped(run.done, line_by_line)}") from None
    seconds = max(time.monotonic() - began, 0.001)
    print(f"{run.done:,} lines stand. {seconds:.1f} s, {run.done / seconds:,.0f} lines a second.")
    _write_ids(ids, run)


class _Progress:
    """Once a second, on the error stream: how far, and how fast."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.began = self.said = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self.said >= _SAY_EACH:
            self.said = now
            pace = done / (now - self.began)
            print(f"{done:,} of {self.lines:,} lines, {pace:,.0f} a second", file=sys.stderr)


def _stopped(done: int, line_by_line: bool) -> str:
    if not line_by_line:
        return "Nothing of the file stands."
    return f"{done:,} lines stand. Run the same file again: it goes on from there."


def _opened(file: str, identity: Path | None) -> Source:
    from tahanan.replay import source
    from tahanan.vault import age

    if file == "-":
        held = sys.stdin.buffer.read()
    else:
        opened = source.open_private(file)
        if opened.seekable() and not age.is_closed(opened.read(age.HEAD)):
            return source.Source(opened)
        opened.seek(0) if opened.seekable() else None
        held = opened.read()
        opened.close()
    return source.of_bytes(_unclosed(held, identity) if age.is_closed(held) else held)


def _unclosed(held: bytes, identity: Path | None) -> bytes:
    from tahanan.replay.source import open_private
    from tahanan.vault import age
    from tahanan.vault.suites import Unopenable

    try:
        if identity is None:
            return age.open_with_words(held, _asked("Passphrase of the file: "))
        with open_private(str(identity)) as opened:
            return age.open_with_identities(held, opened.read().decode())
    except (Unopenable, UnicodeDecodeError):
        raise Stop("The file does not open with this. Nothing was done.") from None


def _importer(name: str, checked: Checked) -> Actor:
    from tahanan.casework import entry

    if not name:
        raise Stop("Say who brings it in: --as and a sign-in name.")
    actor = entry.importer(name)
    if actor is None:
        raise Stop("Nobody signs in here by that name.")
    if checked.opens is None:
        return actor
    phrase = _asked(f"Line {checked.opens} changes what stands. Your six words: ")
    opened = entry.open_keys(name=name, phrase=phrase)
    if isinstance(opened, entry.Refused):
        raise Stop(opened.sentence)
    return opened


def _team(actor: Actor, wanted: str) -> UUID:
    from tahanan.casework import entry

    teams = entry.teams_of(actor)
    if wanted:
        teams = {id: name for id, name in teams.items() if wanted in (name, str(id))}
    if not teams:
        raise Stop("A history is brought in by a case manager or supervisor, for her own team.")
    if len(teams) > 1:
        named = " or ".join(f"“{name}”" for name in sorted(teams.values()))
        raise Stop(f"Say for which team: --team {named}.")
    return next(iter(teams))


def _asked(prompt: str) -> str:
    """Words typed on the terminal: never on the command line, never out of a pipe."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        raise Stop("Words are asked on the terminal, and there is none here.") from None
    return getpass.getpass(prompt)


def _must_be_new(ids: Path | None) -> None:
    if ids is not None and ids.exists():
        raise Stop(f"{ids} stands already. Name a new file for the ids.")


def _write_ids(ids: Path | None, run: Run) -> None:
    if ids is None:
        return
    descriptor = os.open(ids, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        for name, id in run.names.items():
            opened.write(json.dumps({"as": name, "id": str(id)}) + "\n")
