"""Who holds the copies: teams, people and wrapped keys, a column each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from tahanan.access import keys, links
from tahanan.casework import grants
from tahanan.casework.copies.blocks import Block, TeamCopy
from tahanan.casework.copies.ink import Cell, Ink
from tahanan.casework.copies.made import Made
from tahanan.records.models import Grant
from tahanan.records.vocabulary import FACILITY_TEAMS, Compartment, TeamKind
from tahanan.vault import suites


class Deal:
    """The three columns of grants that another team changes, for the copies of one command."""

    def __init__(
        self,
        block: Block,
        ink: Ink,
        number: Mapping[UUID, int],
        secret: Mapping[tuple[UUID, Compartment], int],
        shares: Mapping[UUID, int],
        teams: Mapping[UUID, TeamCopy],
    ) -> None:
        self.ink = ink
        self._count = len(block.rows[Grant])
        self._nobody: Cell = ink.value(Grant._meta.get_field("holder"), None)
        self._team: list[Cell] = [None] * self._count
        self._wrap: list[Cell] = [ink.blob(b"")] * self._count
        self._ended: list[tuple[int, int, UUID]] = []
        self._holder: list[tuple[int, int, Sequence[Cell]]] = []
        self._wraps: dict[bytes, list[tuple[int, bytes, int, int]]] = {}
        self._people: dict[UUID, list[Cell]] = {}
        for at, row in enumerate(block.rows[Grant]):
            via = TeamKind(row.via)
            if row.ended_on is not None and via in FACILITY_TEAMS:
                home = links.GRANT_HOME.open(row.team, links.row(row.id))
                self._ended.append((at, number[row.id], home))
                continue
            old = grants.team_of(row.id, via, row.team, row.from_on)
            # Who held a key once, and does no more, may be a team that nobody is in now.
            copy = teams[old] if row.ended_on is None else teams.get(old, TeamCopy(old, b""))
            self._team[at] = self._link(grants.team_link(via, copy.team, row.from_on))
            if row.holder is not None:
                same = links.grant_person(old).open(row.holder)
                self._holder.append((at, shares[row.case_id], self._held_by(copy, same)))
            if row.ended_on is None:
                part = Compartment(row.compartment)
                bound = keys.grant_pattern(part, row.version, copy.team)
                self._wraps.setdefault(copy.key, []).append(
                    (at, bound, number[row.case_id], secret[row.case_id, part])
                )

    def team(self, made: Made) -> list[Cell]:
        """The links to the teams; a home's whose grant has ended is closed within its row."""
        cells = self._team.copy()
        targets = b"".join(home.bytes for _at, _number, home in self._ended)
        scopes = b"".join(made.ids[number] for _at, number, _home in self._ended)
        closed = links.GRANT_HOME.close_blocks(targets, scopes)
        for (at, _number, _home), link in zip(self._ended, closed, strict=True):
            cells[at] = self.ink.id(link)
        return cells

    def holder(self, made: Made) -> list[Cell]:
        """Who holds the case: share by share, on from copy to copy."""
        cells = [self._nobody] * self._count
        for at, share, people in self._holder:
            cells[at] = people[(made.share + share) % len(people)]
        return cells

    def wrap(self, made: Made) -> list[Cell]:
        """The new keys, wrapped for the teams."""
        cells = self._wrap.copy()
        for key, rows in self._wraps.items():
            pairs = (
                (made.keys[secret], bound % made.ids[case]) for _at, bound, case, secret in rows
            )
            for (at, *_), wrap in zip(rows, suites.wrap_many(key, pairs), strict=True):
                cells[at] = self.ink.blob(wrap)
        return cells

    def _held_by(self, copy: TeamCopy, same: UUID) -> list[Cell]:
        close = links.grant_person(copy.team).close
        if not copy.holders:
            return [self._link(close(same))]
        if copy.team not in self._people:
            self._people[copy.team] = [self._link(close(person)) for person in copy.holders]
        return self._people[copy.team]

    def _link(self, link: UUID) -> Cell:
        return self.ink.id(link.bytes)
