"""The same child twice: two records joined by two people, or parted again; nothing is merged."""

from tahanan.casework.duplicates.commands import (
    agree_parted,
    agree_same,
    propose_parted,
    propose_same,
    take_back_proposal,
)
from tahanan.casework.duplicates.queries import doubtful, proposing, same_child
from tahanan.casework.duplicates.shapes import LONGEST, Doubtful, Joining, Joinings, Said

__all__ = [
    "LONGEST",
    "Doubtful",
    "Joining",
    "Joinings",
    "Said",
    "agree_parted",
    "agree_same",
    "doubtful",
    "propose_parted",
    "propose_same",
    "proposing",
    "same_child",
    "take_back_proposal",
]
