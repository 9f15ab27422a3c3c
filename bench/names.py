"""Names of the children of the bench, and how somebody types them wrong."""

from __future__ import annotations

import random

from tahanan.world.names import Name, of

__all__ = ["Name", "of", "one_slip"]

_LETTERS = "abcdefghijklmnoprstuvyz"


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
