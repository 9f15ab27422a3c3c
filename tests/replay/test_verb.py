"""`tahanan replay` as somebody at a keyboard runs it."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from tests.casework import gatehouse
from tests.cli.command_line import Ran, environment, tahanan
from tests.house import House
from tests.replay.lines import CHILD, OPERATION, STATUS, written

from tahanan.records.models import LedgerEntry, Operation

MANY = 4_000


@pytest.fixture
def staff(snapshot: Callable[..., Any]) -> dict[str, Any]:
    """Ada, and Ana and Ben of her one team, with their ways in."""
    return snapshot("gate", gatehouse.build)  # type: ignore[no-any-return]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A private file with a child and her operation."""
    return kept(tmp_path / "history.jsonl", written([OPERATION, CHILD]))


def kept(path: Path, held: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(held)
    path.chmod(mode)
    return path


def stands() -> int:
    """How many operations there are, past every wall."""
    with House().as_role("owner"):
        return Operation.objects.count()


def replay(*words: object) -> Ran:
    return tahanan("replay", *map(str, words))


def complaint(ran: Ran) -> str:
    """One sentence, and nothing of the program's inside."""
    assert ran.code == 1, ran
    (line,) = ran.complained.strip().splitlines()
    return line


def test_a_file_that_only_makes_asks_for_no_words(staff: Any, file: Path, tmp_path: Path) -> None:
    ids = tmp_path / "ids.jsonl"
    ran = replay(file, "--as", "ana.reyes", "--ids", ids)
    assert ran.code == 0, ran.complained
    assert "2 lines stand" in ran.said
    assert stands() == 1
    assert ids.stat().st_mode & 0o777 == 0o600
    assert ids.read_text().count('"id"') == 2
    assert "already" in complaint(replay(file, "--as", "ana.reyes", "--ids", ids))
    assert replay(file, "--as", "ana.reyes").code == 0
    assert stands() == 1, "the same file again does nothing twice"


def test_check_reads_and_does_nothing(staff: Any, file: Path) -> None:
    ran = replay(file, "--check")
    assert (ran.code, stands()) == (0, 0)
    assert "2 lines" in ran.said


def test_a_file_others_may_read_is_refused_with_the_mend(staff: Any, file: Path) -> None:
    link = file.with_name("link.jsonl")
    link.symlink_to(file)
    for mode in (0o644, 0o604, 0o640):
        file.chmod(mode)
        for path in (file, link):
            assert "chmod 600" in complaint(replay(path, "--as", "ana.reyes"))
    assert stands() == 0
    file.chmod(0o600)
    assert replay(link, "--as", "ana.reyes").code == 0


def test_who_brings_nothing_in_is_told(staff: Any, file: Path) -> None:
    assert "--as" in complaint(replay(file))
    assert "Nobody signs in" in complaint(replay(file, "--as", "nobody"))
    assert "case manager" in complaint(replay(file, "--as", "ada.cruz"))
    assert "case manager" in complaint(replay(file, "--as", "ana.reyes", "--team", "another"))
    assert "cannot be used" in complaint(replay(file.with_name("none"), "--as", "ana.reyes"))
    assert "no file" in complaint(replay("/dev/zero", "--as", "ana.reyes"))


def test_it_reads_what_another_program_writes(staff: Any, file: Path) -> None:
    with file.open("rb") as opened:
        done = subprocess.run(
            [sys.executable, "-m", "tahanan.cli.app", "replay", "-", "--as", "ana.reyes"],
            stdin=opened, env=environment(), capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert stands() == 1


def test_a_file_closed_with_age_opens_with_an_identity(staff: Any, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    closed = pyrage.encrypt(written([OPERATION, CHILD]), [identity.to_public()])
    path = kept(tmp_path / "history.age", closed, 0o644)
    key = kept(tmp_path / "key.txt", f"# created: today\n{identity}\n".encode())
    other = kept(tmp_path / "other.txt", f"{pyrage.x25519.Identity.generate()}\n".encode())
    assert "does not open" in complaint(replay(path, "--as", "ana.reyes", "--identity", other))
    assert replay(path, "--as", "ana.reyes", "--identity", key).code == 0
    assert stands() == 1
    key.chmod(0o644)
    assert "chmod 600" in complaint(replay(path, "--as", "ana.reyes", "--identity", key))


def test_words_are_asked_on_the_terminal_and_nowhere_else(staff: Any, tmp_path: Path) -> None:
    path = kept(tmp_path / "history.jsonl", written([OPERATION, CHILD, STATUS]))
    assert "terminal" in complaint(_without_terminal("replay", str(path), "--as", "ana.reyes"))
    code, said = at_terminal(staff["ana"].phrase, "replay", path, "--as", "ana.reyes")
    assert code == 0, said
    assert "3 lines stand" in said
    assert staff["ana"].phrase not in said
    code, said = at_terminal("not her words", "replay", path, "--as", "ana.reyes")
    assert (code, "do not fit" in said) == (1, True)


def test_a_closed_file_asks_for_its_words(staff: Any, tmp_path: Path) -> None:
    closed = pyrage.passphrase.encrypt(written([OPERATION]), "of the file")
    path = kept(tmp_path / "history.age", closed, 0o644)
    code, said = at_terminal("of the file", "replay", path, "--as", "ana.reyes")
    assert (code, stands()) == (0, 1), said


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_ended_in_the_middle_nothing_of_the_file_stands(
    staff: Any, tmp_path: Path, how: signal.Signals
) -> None:
    path = kept(tmp_path / "history.jsonl", many(MANY))
    running = subprocess.Popen(
        [sys.executable, "-m", "tahanan.cli.app", "replay", str(path), "--as", "ana.reyes"],
        env=environment(PYTHONUNBUFFERED="1"), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stderr is not None
    first = running.stderr.readline()
    assert f"of {MANY:,} lines" in first
    running.send_signal(how)
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait(30) == (130 if how is signal.SIGINT else -signal.SIGKILL)
    assert how is signal.SIGKILL or "Nothing of the file stands" in said
    assert stands() == 0
    with House().as_role("owner"):
        assert not LedgerEntry.objects.filter(verb="record_operation").exists()


def test_line_by_line_a_stop_says_how_far_it_came(staff: Any, tmp_path: Path) -> None:
    wrong = OPERATION | {"as": "later", "known_at": "2019-01-01"}
    lines = [OPERATION, CHILD | {"operation": "00000000-0000-7000-8000-000000000000"}, wrong]
    path = kept(tmp_path / "history.jsonl", written(lines))
    ran = replay(path, "--as", "ana.reyes", "--line-by-line")
    said = complaint(ran)
    assert said.startswith("Line 2: There is nothing here that you may see.")
    assert "1 lines stand" in said
    assert stands() == 1


def many(count: int) -> bytes:
    """So many operations, each on a line."""
    return written(OPERATION | {"as": f"raid-{at}"} for at in range(count))


def _without_terminal(*verb: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "tahanan.cli.app", *verb],
        env=environment(), capture_output=True, text=True, timeout=60, start_new_session=True,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def at_terminal(typed: str, *verb: object) -> tuple[int, str]:
    """Run one verb on a terminal of its own, and type `typed` when it asks."""
    child, terminal = pty.fork()
    if child == 0:
        words = [sys.executable, "-m", "tahanan.cli.app", *map(str, verb)]
        os.execve(sys.executable, words, environment())
    said, asked = b"", False
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            said += os.read(terminal, 4096)
        except OSError:
            break
        if not asked and said.rstrip().endswith(b":"):
            asked = True
            os.write(terminal, typed.encode() + b"\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode()
