"""A block made ready to be printed: all that copies share is prepared once, and as columns.

A copy costs few steps of Python for each row: what stays is there as the database takes it, ids
move by whole columns, and what is closed or sealed anew is so by the column too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any
from uuid import UUID

from tahanan.access import links
from tahanan.access.links import LinkColumn
from tahanan.base import ids
from tahanan.casework import exclusions
from tahanan.casework.copies import ink
from tahanan.casework.copies.blocks import IN_ORDER, Block, Renamed, Table, TeamCopy, dealt
from tahanan.casework.copies.deals import Deal
from tahanan.casework.copies.ink import Cell
from tahanan.casework.copies.made import Made, pick
from tahanan.casework.copies.pieces import Pieces
from tahanan.records.bases import Dated
from tahanan.records.models import (
    Case,
    Clock,
    CompartmentKey,
    Grant,
    Judgment,
    Removal,
    Sealed,
    Stay,
    Suspect,
)
from tahanan.records.vocabulary import Compartment
from tahanan.vault import suites

Column = Callable[[Made], Sequence[Cell]]


class Press:
    """A block's tables as columns, each with how it is made for one copy.

    An old id is known by its number among all ids of the block in their order, and a copy's ids are
    drawn in that order too: whatever a query sorts by id stands in a copy as it stood before. After
    them come, by number as well, new suspects, the links to them, new dockets, and what stays.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.ink = ink.here()
        self.secret = {at: number for number, at in enumerate(block.secrets)}
        self.shares = dealt(block.rows[Removal], (case.id for case in block.rows[Case]))
        self.dealt = 1 + max(self.shares.values(), default=0)
        olds = {
            row.id for model, rows in block.rows.items() if model is not Suspect for row in rows
        }
        # An intake is not copied, but what it set off is: each copy has its own there too.
        olds |= {clock.because for clock in block.rows[Clock]}
        suspects = [row.id for row in block.rows[Suspect]]
        dockets = sorted({row.docket for row in block.rows[Judgment]})
        self.fresh, self.suspects, self.dockets = len(olds), len(suspects), len(dockets)
        linked: list[UUID] = [links.SUSPECT.close(id) for id in suspects]
        self.number = dict(
            zip([*sorted(olds), *suspects, *linked, *dockets], count(), strict=False)
        )
        self._kept: list[Cell] = []
        self._cases = [self.number[row.id] for row in block.rows[Case]]
        self.sheets = [(model, self._columns(model)) for model in IN_ORDER if block.rows[model]]

    def deal(self, teams: Mapping[UUID, TeamCopy]) -> Deal:
        """Who holds the copies of one command."""
        return Deal(self.block, self.ink, self.number, self.secret, self.shares, teams)

    def copy(self, deal: Deal, turn: int, renamed: Renamed | None) -> bytes:
        """Insert every row once more; gives the id of the last case."""
        fresh = self._drawn()
        cells = [*map(self.ink.id, fresh), *self._kept]
        secrets = [suites.new_key() for _ in self.secret]
        made = Made(fresh, cells, secrets, deal, turn * self.dealt, renamed)
        for model, columns in self.sheets:
            self.ink.write(model, [column(made) for column in columns])
        return fresh[self._cases[-1]]

    def _drawn(self) -> list[bytes]:
        """Every new id and link, by number."""
        fresh = ids.uuid7_blocks(self.fresh)
        while self._taken(fresh):
            fresh = ids.uuid7_blocks(self.fresh)
        suspects = [ids.uuid4().bytes for _ in range(self.suspects)]
        linked = links.SUSPECT.close_blocks(b"".join(suspects), links.COLUMN * len(suspects))
        return [*fresh, *suspects, *linked, *(ids.uuid4().bytes for _ in range(self.dockets))]

    def _taken(self, fresh: list[bytes]) -> bool:
        """Whether a case would bear another's reference: of 200,000 two do, once in 25 times."""
        references = [ids.reference(UUID(bytes=fresh[at])) for at in self._cases]
        return Case.objects.filter(tenant=links.tenant(), reference__in=references).exists()

    def _columns(self, model: Table) -> list[Column]:
        anew = self._anew(model)
        return [
            anew.get(column.attname) or self._column(column, self.block.rows[model])
            for column in model._meta.concrete_fields
        ]

    def _column(self, column: Any, rows: Sequence[Any]) -> Column:
        """Cells that stay, or ids that move where they are ids of the block."""
        values = [getattr(row, column.attname) for row in rows]
        moves = [self.number.get(each) if isinstance(each, UUID) else None for each in values]
        if not any(number is not None for number in moves):
            cells = [self.ink.value(column, each) for each in values]
            return lambda _made: cells
        moved = pick(
            [
                self._keep(column, value) if number is None else number
                for number, value in zip(moves, values, strict=True)
            ]
        )
        return lambda made: moved(made.cells)

    def _keep(self, column: Any, value: Any) -> int:
        """The number of a cell that is the same in every copy."""
        self._kept.append(self.ink.value(column, value))
        return len(self.number) + len(self._kept) - 1

    def _anew(self, model: Table) -> dict[str, Column]:
        """The columns of a table that are closed or derived anew in each copy, and how."""
        rows = self.block.rows[model]
        made: dict[str, Column] = {}
        if issubclass(model, Dated):
            column = links.recorded_by(model._meta.db_table)
            made["recorded_by"] = self._relinked(column, "recorded_by", rows)
        if model is Case:
            made["reference"] = self._references
            made["exclusions"] = self._exclusions
        elif model is Sealed:
            made["ciphertext"] = Pieces(self.block, self.ink, self.number, self.secret).column
        elif model is CompartmentKey:
            made["commitment"] = self._commitments
        elif model is Stay:
            made["home"] = self._relinked(links.STAY_HOME, "home", rows)
        elif model is Grant:
            made["team"] = lambda copy: copy.deal.team(copy)
            made["holder"] = lambda copy: copy.deal.holder(copy)
            made["wrap"] = lambda copy: copy.deal.wrap(copy)
        return made

    def _relinked(self, column: LinkColumn[Any], name: str, rows: Sequence[Any]) -> Column:
        """Links within their rows, closed to the same targets within the rows that are made."""
        pairs = [(getattr(row, name), links.row(row.id)) for row in rows]
        targets = b"".join(id.bytes for id in column.open_many(pairs))
        moved = pick([self.number[row.id] for row in rows])
        return lambda made: list(
            map(self.ink.id, column.close_blocks(targets, b"".join(moved(made.ids))))
        )

    def _references(self, made: Made) -> list[Cell]:
        return [self.ink.text(ids.reference(UUID(bytes=made.ids[at]))) for at in self._cases]

    def _exclusions(self, made: Made) -> list[Cell]:
        sealed = exclusions.empty_many(made.ids[at] for at in self._cases)
        return list(map(self.ink.blob, sealed))

    def _commitments(self, made: Made) -> list[Cell]:
        rows = self.block.rows[CompartmentKey]
        secrets = (
            made.keys[self.secret[row.case_id, Compartment(row.compartment)]] for row in rows
        )
        return [self.ink.blob(suites.commitment(secret)) for secret in secrets]
