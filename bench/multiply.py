"""The demonstration's cases, copied until there are as many as asked for, spread over ten teams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bench import names
from tahanan.access.actor import Actor
from tahanan.access.visit import Visit
from tahanan.casework import cases, copies, home
from tahanan.casework.door import query

# So many copies in one transaction: few enough for the memory, many enough for the disk.
AT_ONCE = 16
SAMPLE = 400


@dataclass
class Sample:
    """Children of one team, by case: the first few hundred of those that were copied into it."""

    cases: dict[UUID, None] = field(default_factory=dict)

    def take(self, case: UUID) -> None:
        """Keep this one too, while there is room."""
        if len(self.cases) < SAMPLE:
            self.cases[case] = None


@query("read_block")
def _block(visit: Visit, *, keys: Mapping[UUID, bytes], of: Sequence[UUID]) -> copies.Block:
    return copies.read_block(visit, keys, of)


def block(everybody: Actor) -> copies.Block:
    """Every case that `everybody` may see, with all its rows."""
    found: list[UUID] = []
    page = home.caseload(everybody, mine=False)
    found += [child.seen.case for child in page.children]
    while page.after is not None:
        page = home.caseload(everybody, mine=False, before=page.after)
        found += [child.seen.case for child in page.children]
    return _block(everybody, keys=keys_of(everybody), of=found)


@dataclass(frozen=True)
class Into:
    """The team that takes copies: a member of it, and who holds the cases of each copy in turn."""

    team: UUID
    actor: Actor
    holders: Sequence[UUID]


def multiply(
    block: copies.Block,
    times: int,
    into: Into,
    keys: Mapping[UUID, bytes],
    casework: Sequence[UUID],
    said: Callable[[int], None] = lambda _copies: None,
) -> Sample:
    """Copy the block `times` times into one team, in place of the `casework` teams it is of.

    The first holder holds the first copy; the others take turns with what follows.
    """
    sample = Sample()
    done = 0
    while done < times:
        first = done == 0
        holder = into.holders[0 if first else 1 + done // AT_ONCE % (len(into.holders) - 1)]
        turn = 1 if first else min(AT_ONCE, times - done)
        teams = {team: copies.TeamCopy(team, key) for team, key in keys.items()}
        copy = copies.TeamCopy(into.team, keys[into.team], holder)
        teams |= dict.fromkeys(casework, copy)

        def renamed(case: UUID, kind: str, said: dict[str, Any]) -> dict[str, Any]:
            sample.take(case)
            return renamed_as(names.of(case), kind, said)

        copies.copy_block(into.actor, block=block, times=turn, teams=teams, renamed=renamed)
        done += turn
        said(done)
    return sample


def renamed_as(name: names.Name, kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """What a card or a legal name says, under another name."""
    if kind == cases.CARD:
        return said | {"chosen": name.given}
    return said | {"given": name.given, "middle": name.middle, "surname": name.surname}


def keys_of(actor: Actor) -> dict[UUID, bytes]:
    """The current key of every team of hers."""
    assert actor.keys is not None
    return {team: held[0] for team, held in actor.keys.teams.items()}
