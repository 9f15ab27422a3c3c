"""A history in memory: written, checked and run as the verb does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from tests.cast.cast import Cast

from tahanan.access.actor import Actor
from tahanan.replay import running
from tahanan.replay.format import BadLine
from tahanan.replay.source import Source, of_bytes

Said = Mapping[str, Any] | str | bytes
OPERATION = {
    "do": "record_operation", "as": "raid", "known_at": "2019-04-03", "happened": "2019-04-02",
    "region": "0700000000",
}  # fmt: skip
CHILD = {
    "do": "record_child", "as": "tala", "known_at": "2019-04-03", "happened": "2019-04-02",
    "region": "0700000000", "how": "removed", "operation": "raid", "sex": "girl", "born": "2009",
    "chosen": "Tala", "given": "Cristala", "surname": "Malikhain",
}  # fmt: skip
STATUS = {
    "do": "decide_status", "known_at": "2019-05-03", "child": "tala", "status": "victim",
    "decided_by": "court", "from": "2019-05-01",
}  # fmt: skip


def written(lines: Iterable[Said]) -> bytes:
    """The lines as a file holds them."""
    return b"".join(_bytes(line) + b"\n" for line in lines)


def source(*lines: Said) -> Source:
    """The lines, to be read."""
    return of_bytes(written(lines))


def run_of(actor: Actor, cast: Cast, held: Source) -> running.Run:
    """The file checked, and about to be brought in for the actor's own team."""
    checked = running.check(held)
    team = actor.memberships[0].team
    return running.Run(actor, team, checked, running.known(actor, checked))


def bring_in(actor: Actor, cast: Cast, *lines: Said, line_by_line: bool = False) -> running.Run:
    """All of it, as the verb does."""
    held = source(*lines)
    run = run_of(actor.importing(), cast, held)
    (run.line_by_line if line_by_line else run.all_or_nothing)(held, lambda _done: None)
    return run


def refusal(*lines: Said) -> BadLine:
    """Why a file is refused before anything is done."""
    with pytest.raises(BadLine) as bad:
        running.check(source(*lines))
    return bad.value


def _bytes(line: Said) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line)).encode()
