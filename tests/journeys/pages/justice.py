"""Justice of Maya: suspects, arrests, judgments, who paid, who supports the case."""

from __future__ import annotations

from tests.journeys import steps
from tests.journeys.sights import Sight
from tests.journeys.steps import Step, emptied, part, press

MAYA = "/children/{maya}"
JUSTICE = part("justice")


def _form(title: str, opens: str, saves: str, reaches: str) -> list[Sight]:
    """A form of the pane, and the same sent with nothing in it."""
    opened: tuple[Step, ...] = (JUSTICE, press(opens))
    return [
        Sight(MAYA, title, opened, reaches=reaches),
        Sight(MAYA, f"Error: {title}", (*opened, emptied(saves)), reaches=reaches),
    ]


ANA_JUSTICE = [
    Sight(MAYA, "Maya", (JUSTICE,)),
    Sight("/children/{nene}", "Nene", (JUSTICE,)),
    *_form("Name a suspect for Maya", "Name a suspect", "Name the suspect", "name_suspect"),
    *_form(
        "Correct what is said of a suspect and Maya",
        "Correct what is said",
        "Save the correction",
        "correct_suspicion",
    ),
    *_form("Record an arrest", "Record an arrest", "Record the arrest", "record_arrest"),
    *_form("Correct an arrest", "Correct the arrest", "Save the correction", "correct_arrest"),
    *_form("Record a judgment", "Record a judgment", "Record the judgment", "record_judgment"),
    *_form("Correct a judgment", "Correct the judgment", "Save the correction", "correct_judgment"),
    *_form(
        "Where did somebody pay from?", "Record a country", "Record the country", "record_demand"
    ),
    *_form("The programme supports Maya", "Change whether", "Record the support", "support"),
    Sight(
        MAYA,
        "Somebody corrected this while you were writing",
        (
            JUSTICE,
            press("Correct what is said"),
            steps.ben_corrects_the_suspect,
            press("Save the correction"),
        ),
        status=409,
        reaches="correct_suspicion",
    ),
]
