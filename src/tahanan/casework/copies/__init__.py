"""Blocks of a demonstration's cases, copied in bulk under new ids and new keys; nowhere else.

A demonstration of 200,000 cases cannot be built through the door (1.4 to 3.1 hours,
architecture-review.md *Smaller*). A block built through it is copied instead: every row anew, every
link closed anew, every text sealed anew. `tahanan verify` and every constraint hold for the copies.
"""

from tahanan.casework.copies.blocks import CASELOAD, Block, TeamCopy
from tahanan.casework.copies.bulk import by_the_million, let_go
from tahanan.casework.copies.commands import copy_block
from tahanan.casework.copies.reading import read_block, refuse_real

__all__ = [
    "CASELOAD",
    "Block",
    "TeamCopy",
    "by_the_million",
    "copy_block",
    "let_go",
    "read_block",
    "refuse_real",
]
