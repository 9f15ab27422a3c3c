"""Two records of one child: said, agreed by another, parted again."""

from __future__ import annotations

from typing import Any

from tests.access.scenes import Scene
from tests.access.tried.child import maya
from tests.access.tried.rows import HOLDERS, Row

WHY = "The same scar."
# Whoever said it is no second person; who holds nothing of these two learns nothing of them.
SECOND = "x+x xxxxx xxxx 00000 L0"
SECOND_OF_ROSA = "x+0 00000 000x 00000 L0"
OF_ROSA = "++0 00000 000x 00000 L0"


def _rosa(here: Scene) -> dict[str, Any]:
    return {"case": here["file_rosa"], "same": here["parting"]}


ROWS = {
    "search.alike": Row("written", HOLDERS, lambda s: maya(s) | {"words": "Nene"}, "maya=c nene=c"),
    "duplicates.queries.same_child": Row("twice", HOLDERS, maya, "maya=ca nene=c"),
    "duplicates.queries.proposing": Row(
        "written", HOLDERS, lambda s: maya(s) | {"other": s["nene"]}, "maya=c nene=c"
    ),
    # Agapay's child is not theirs to join, whoever they are; nor is Maya Fe's.
    "duplicates.queries.proposing#of_another_team": Row(
        "written", "00x xxxxx xxxx 00000 L0", lambda s: maya(s) | {"other": s["luz"]}
    ),
    "duplicates.commands.propose_same": Row(
        "written", HOLDERS, lambda s: maya(s) | {"other": s["nene"], "reason": WHY},
        "maya=a nene=a",
    ),
    "duplicates.commands.propose_same#of_another_team": Row(
        "written", "00x xxxxx xxxx 00000 L0",
        lambda s: maya(s) | {"other": s["luz"], "reason": WHY},
    ),
    "duplicates.commands.agree_same": Row(
        "twice", SECOND, lambda s: maya(s) | {"same": s["said"]}, about="maya nene", keyless=True
    ),
    "duplicates.commands.take_back_proposal": Row(
        "twice", HOLDERS, lambda s: maya(s) | {"same": s["said"]}, about="maya nene", keyless=True
    ),
    "duplicates.commands.take_back_proposal#parting": Row(
        "twice", OF_ROSA, _rosa, about="file_rosa file_rosing", keyless=True
    ),
    "duplicates.commands.propose_parted": Row(
        "twice", OF_ROSA,
        lambda s: {"case": s["file_pina"], "same": s["joined"], "reason": WHY},
        "file_pina=a file_pinang=a",
    ),
    "duplicates.commands.agree_parted": Row(
        "twice", SECOND_OF_ROSA, _rosa, about="file_rosa file_rosing", keyless=True
    ),
}  # fmt: skip
