"""One row of the matrix: how an act is called validly, and what each person of the cast is told.

The marks stand in the order of `PEOPLE`; the gaps are for the eye. “+” it is done; “x” refused with
a reason (403); “0” nothing here (404); “L” locked (423).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.access.scenes import Scene

PEOPLE = (
    "ana", "ben", "coby",
    "cora", "sol", "nilda", "hana", "gary",
    "dan", "leo", "lito", "sela",
    "eli", "gil", "dora", "ada", "fe",
    "locked", "system",
)  # fmt: skip
STATUS = {"x": 403, "0": 404, "L": 423}

# Those who hold the case, and nobody else: who stands near it is told why, who does not nothing.
HOLDERS = "++x xxxxx xxxx 00000 L0"
# Those who take children in: an intake is nothing to anybody outside the team.
TAKERS = "++0 00000 0000 00000 L0"
# Everybody who is in: a list of her own, empty where she has none.
EACH = "+++ +++++ ++++ +++++ L+"


@dataclass(frozen=True)
class Row:
    """`opens`: what the ledger says was opened where it is done, child by child, in the letters of
    `tests/access/test_matrix.py`; by person where it differs, "" for everybody else. `about`: whom
    it names beside. `keyless`: it needs no key, so the policy alone keeps others from it.
    """

    scene: str
    marks: str
    args: Callable[[Scene], Mapping[str, Any]]
    opens: str | Mapping[str, str] = ""
    about: str = ""
    keyless: bool = False
    idle: bool = False

    def mark(self, person: str) -> str:
        """What this person is told."""
        marks = self.marks.replace(" ", "")
        assert len(marks) == len(PEOPLE), self.marks
        assert set(marks) <= {"+", *STATUS}, self.marks
        return marks[PEOPLE.index(person)]

    def opened(self, person: str) -> dict[str, str]:
        """Child → the letters of the parts opened for this person."""
        said = self.opens
        if not isinstance(said, str):
            said = said.get(person, said.get("", ""))
        return {
            child: letters for child, _, letters in (each.partition("=") for each in said.split())
        }
