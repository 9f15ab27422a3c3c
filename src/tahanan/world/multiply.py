"""The demonstration's cases, copied block by block until there are as many as asked for."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, cycle, islice
from multiprocessing.connection import Connection, wait
from typing import Any
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.casework import cases, copies
from tahanan.world import names

# So many cases in one transaction: few enough for the memory, many enough for the disk.
AT_ONCE = 4_000
SAMPLE = 400


@dataclass(frozen=True)
class Into:
    """A team that takes copies: a member of it, how many, and who holds their cases in turn.

    The first holder holds her share of the first copy and no more.
    """

    team: UUID
    key: bytes = field(repr=False)
    actor: Actor
    holders: Sequence[UUID]
    copies: int


@dataclass(frozen=True)
class _Turn:
    """One transaction: into which team, how many copies, and who holds them."""

    into: int
    copies: int
    holders: tuple[UUID, ...]


@dataclass(frozen=True)
class _Work:
    """All that a process needs: it was read before the process was."""

    block: copies.Block
    into: Sequence[Into]
    keys: Mapping[UUID, bytes]
    casework: Sequence[UUID]

    def do(self, turn: _Turn) -> list[UUID]:
        """Write the copies of one turn; gives some of their cases."""
        into = self.into[turn.into]
        teams = {team: copies.TeamCopy(team, key) for team, key in self.keys.items()}
        teams |= dict.fromkeys(self.casework, copies.TeamCopy(into.team, into.key, turn.holders))
        sample: dict[UUID, None] = {}

        def renamed(case: UUID, kind: str, said: dict[str, Any]) -> dict[str, Any]:
            if len(sample) < SAMPLE:
                sample[case] = None
            return renamed_as(names.of(case), kind, said)

        copies.copy_block(
            into.actor, block=self.block, times=turn.copies, teams=teams, renamed=renamed
        )
        return list(sample)


def multiply(
    block: copies.Block,
    into: Sequence[Into],
    keys: Mapping[UUID, bytes],
    casework: Sequence[UUID],
    *,
    said: Callable[[int], None] = lambda _cases: None,
    processes: int = 1,
) -> list[list[UUID]]:
    """Copy the block into teams, in place of the `casework` teams it is of.

    `said` hears how many cases were added. Gives some cases of each team, of its first copies.
    """
    work = _Work(block, into, keys, casework)
    turns = [turn for at, each in enumerate(into) for turn in _turns(at, each, block)]
    samples: list[list[UUID]] = [[] for _each in into]
    done = _alone(work, turns) if processes == 1 else _together(work, turns, processes)
    for turn, sample in done:
        kept = samples[turn.into]
        kept += sample[: SAMPLE - len(kept)]
        said(turn.copies * block.cases)
    return samples


def renamed_as(name: names.Name, kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """What a card or a legal name says, under another name."""
    if kind == cases.CARD:
        return said | {"chosen": name.given}
    return said | {"given": name.given, "middle": name.middle, "surname": name.surname}


def _turns(at: int, into: Into, block: copies.Block) -> Iterator[_Turn]:
    shares = block.press.dealt
    first, *others = into.holders
    others = others or [first]
    held = chain([first], cycle(others))
    done, at_once = 0, max(1, AT_ONCE // max(1, block.cases))
    while done < into.copies:
        count = 1 if done == 0 else min(at_once, into.copies - done)
        yield _Turn(at, count, tuple(islice(held, count * shares)))
        done += count


def _alone(work: _Work, turns: Iterable[_Turn]) -> Iterator[tuple[_Turn, list[UUID]]]:
    for turn in turns:
        yield turn, work.do(turn)


def _together(
    work: _Work, turns: Sequence[_Turn], processes: int
) -> Iterator[tuple[_Turn, list[UUID]]]:
    """Each process writes every so manyeth turn. One that fails ends all."""
    fork = multiprocessing.get_context("fork")
    copies.let_go()
    started, lines = [], []
    try:
        for number in range(processes):
            ours, theirs = fork.Pipe(duplex=False)
            part = turns[number::processes]
            process = fork.Process(target=_run, args=(work, part, theirs, os.getpid()))
            process.start()
            theirs.close()
            started.append(process)
            lines.append(ours)
        while lines:
            for line in wait(lines):
                assert isinstance(line, Connection)
                try:
                    yield line.recv()
                except EOFError:
                    lines.remove(line)
        for process in started:
            process.join()
            if process.exitcode:
                raise RuntimeError("A process that copied cases ended before it was done.")
    finally:
        for process in started:
            process.terminate()
            process.join()


def _run(work: _Work, turns: Iterable[_Turn], line: Connection, parent: int) -> None:
    for turn, sample in _alone(work, turns):
        # Whoever started this was stopped: what is half built is thrown away next time.
        if os.getppid() != parent:
            return
        line.send((turn, sample))
    line.close()
