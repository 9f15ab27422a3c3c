"""The ledger: one insert-only entry for every look, change, sign-in and refusal; and its seals."""

from tahanan.casework.ledger.looks import Look, instant_of, looks_at, looks_since
from tahanan.casework.ledger.writing import (
    CHANGE,
    ENTRY,
    LOOK,
    REFUSED,
    abandon,
    append,
    confirm,
    moment,
    now,
    retire,
    writer,
)

__all__ = [
    "CHANGE",
    "ENTRY",
    "LOOK",
    "REFUSED",
    "Look",
    "abandon",
    "append",
    "confirm",
    "instant_of",
    "looks_at",
    "looks_since",
    "moment",
    "now",
    "retire",
    "writer",
]
