"""Sealed pieces, sealed anew: those of one key together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from tahanan.access import keys
from tahanan.casework import texts
from tahanan.casework.cases import CARD, IDENTITY
from tahanan.casework.copies.blocks import Block
from tahanan.casework.copies.ink import Cell, Ink
from tahanan.casework.copies.made import Made, Pick, pick
from tahanan.records.models import Sealed
from tahanan.records.vocabulary import Compartment
from tahanan.vault import suites

_AN_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where a piece stands, what it is bound to, and what of the block it names, by number."""

    at: int
    kind: str
    bound: bytes
    ids: Pick
    plaintext: bytes
    named: list[int | None]

    def said(self, made: Made) -> bytes:
        """What it says in one copy: of its own rows and suspects, and by its own name."""
        said = self.plaintext
        if self.named:
            numbers = iter(self.named)

            def moved(found: re.Match[bytes]) -> bytes:
                number = next(numbers)
                return found[0] if number is None else str(UUID(bytes=made.ids[number])).encode()

            said = _AN_ID.sub(moved, said)
        if made.renamed is not None and self.kind in (CARD, IDENTITY):
            case = UUID(bytes=self.ids(made.ids)[0])
            said = texts.retold(said, partial(made.renamed, case, self.kind))
        return said


class Pieces:
    """The ciphertexts of a block as one column."""

    def __init__(
        self,
        block: Block,
        ink: Ink,
        number: Mapping[UUID, int],
        secret: Mapping[tuple[UUID, Compartment], int],
    ) -> None:
        self.block = block
        self.ink = ink
        self.number = number
        self.of_key: dict[int, list[_Piece]] = {}
        self.count = len(block.rows[Sealed])
        for at, row in enumerate(block.rows[Sealed]):
            part = (row.case_id, Compartment(row.compartment))
            self.of_key.setdefault(secret[part], []).append(self._piece(at, row, part))

    def column(self, made: Made) -> list[Cell]:
        """The ciphertexts of one copy."""
        cells: list[Cell] = [None] * self.count
        for number, pieces in self.of_key.items():
            said = [(piece.said(made), piece.bound % piece.ids(made.ids)) for piece in pieces]
            sealed = suites.seal_many(made.keys[number], said)
            for piece, ciphertext in zip(pieces, sealed, strict=True):
                cells[piece.at] = self.ink.blob(ciphertext)
        return cells

    def _piece(self, at: int, row: Any, part: tuple[UUID, Compartment]) -> _Piece:
        secret = self.block.secrets[part]
        plaintext = secret.read(row.id, row.kind, row.of, bytes(row.ciphertext))
        bound = keys.sealed_pattern(part[1], row.version, row.kind)
        moving = [self.number[part[0]], self.number[row.id]]
        if row.of in self.number:
            moving.append(self.number[row.of])
        else:
            bound = bound.removesuffix(b"%b") + row.of.bytes.replace(b"%", b"%%")
        named = [self.number.get(UUID(id.decode())) for id in _AN_ID.findall(plaintext)]
        if all(number is None for number in named):
            named = []
        return _Piece(at, row.kind, bound, pick(moving), plaintext, named)
