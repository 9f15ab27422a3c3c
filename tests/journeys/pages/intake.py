"""What Ana opens on the night children are brought to safety."""

from __future__ import annotations

from tests.journeys import steps
from tests.journeys.sights import Sight
from tests.journeys.steps import emptied, fill, press

INTAKE = "/intake/{intake}"
KID = INTAKE + "/child/{kid}"
NEXT = "Save and continue"

ANA_INTAKE = [
    Sight("/intake", "Intake", h1="Children were brought to safety"),
    Sight(
        "/intake",
        "Error: Intake",
        (emptied("Enter this pack"),),
        h1="Children were brought to safety",
    ),
    Sight("/intake/paper", "Paper packs", h1="Paper for a night without power"),
    Sight(
        "/intake/paper",
        "Error: Paper packs",
        (emptied("Make a numbered pack"),),
        h1="Paper for a night without power",
    ),
    Sight("/intake/paper/{pack}", "Pack *"),
    Sight("/intake/{empty}", "No child is on the list yet"),
    Sight("/intake/{done}", "One child tonight"),
    Sight(INTAKE, "Seven children tonight"),
    Sight(INTAKE + "/several", "How many more children?"),
    Sight(
        INTAKE + "/several", "Error: How many more children?", (emptied("Put them on the board"),)
    ),
    Sight(INTAKE + "/line", "Go on without a line"),
    Sight(INTAKE + "/line", "Error: Go on without a line", (emptied("Use this pack"),)),
    Sight(INTAKE + "/siblings", "Who belongs together?"),
    Sight(INTAKE + "/siblings", "Error: Who belongs together?", (emptied("Keep them together"),)),
    Sight(INTAKE + "/siblings?family={kid}", "Who belongs together?"),
    Sight(INTAKE + "/shared/when", "When were the children brought to safety?"),
    Sight(
        "/intake/{empty}/shared/when",
        "Error: When were the children brought to safety?",
        (fill("Day", "31"), fill("Month", "2"), press(NEXT)),
        status=200,
    ),
    Sight(INTAKE + "/shared/where", "Where was it?"),
    Sight(
        "/intake/{empty}/shared/where",
        "Error: Where was it?",
        (fill("Where was it?", "San"), press(NEXT)),
        status=200,
    ),
    Sight(INTAKE + "/shared/who", "Who found the children?"),
    Sight(INTAKE + "/shared/custody", "Who ordered protective custody?"),
    Sight(INTAKE + "/shared/known", "When was it written on the paper?"),
    Sight(INTAKE + "/child/new", "Child 8"),
    Sight(KID, "Child 1", h1="Rowena"),
    Sight(KID + "/tonight", "Child 1", h1="Rowena"),
    Sight(
        KID + "/tonight",
        "Error: Child 1",
        (fill("Years", "1o"), press(NEXT)),
        h1="Rowena",
        status=200,
    ),
    Sight(INTAKE + "/child/{wrong}/born", "Error: Child 6", h1="When was Nilo born?", status=200),
    Sight(KID + "/needs?line=back", "Child 1", h1="What does Rowena need tonight?"),
    Sight(
        KID + "/needs",
        "Child 1",
        (steps.ben_answers_first, fill("Allergies", "Peanuts"), press(NEXT)),
        h1="What does Rowena need tonight?",
        status=409,
    ),
    Sight(KID + "/belongs", "Child 1", h1="To whom does Rowena belong?"),
    Sight(
        INTAKE + "/child/{known}/known",
        "Is this a child already known?",
        h1="Is Maya already known?",
    ),
    Sight(KID + "/known", "Is this a child already known?", h1="Is Rowena already known?"),
    Sight("/intake/{nobody}", "Nothing here that you may see", status=404),
]
