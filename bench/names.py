"""Names of the children of the bench, and how somebody types them wrong."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tahanan.world.names import Name

_LETTERS = "abcdefghijklmnoprstuvyz"


def of(case: UUID) -> Name:
    """The name of the child of one case, as the copies bear it. Needs Django made ready."""
    from tahanan.world.names import of

    return of(case)


def one_slip(word: str, drawn: random.Random) -> str:
    """The word with one letter left out, doubled, changed, put in, or two exchanged."""
    at = drawn.randrange(len(word))
    other = drawn.choice(_LETTERS)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return drawn.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + other + word[at:],
            swapped,
        ]
    )
