"""What Ana opens of her children, and what she writes there."""

from __future__ import annotations

from tests.journeys import steps
from tests.journeys.sights import Sight
from tests.journeys.steps import emptied, fill, part, press

MAYA = "/children/{maya}"
CARE, JUSTICE, IDENTITY = part("care"), part("justice"), part("identity")

ANA_CHILDREN = [
    Sight("/home", "Home", h1="Good *, Ana"),
    Sight("/children", "My children"),
    Sight("/children?of=teams", "My children", h1="The children of my teams"),
    Sight("/find", "Find a child"),
    Sight("/find", "Error: Find a child", (press("Find"),)),
    Sight("/find", "Find a child", (fill("Name", "Maya"), press("Find"))),
    Sight("/newcomers", "New colleagues"),
    Sight(MAYA, "Maya"),
    Sight(MAYA, "Maya", (CARE,)),
    Sight(MAYA, "Maya", (JUSTICE,)),
    Sight(MAYA, "Maya", (IDENTITY,)),
    Sight(MAYA, "Maya", (part("health"),)),
    Sight(MAYA, "Maya", (part("whereabouts"),)),
    Sight(MAYA + "?said=note", "Maya"),
    Sight("/children/{nene}", "Nene", (part("whereabouts"),)),
    Sight(MAYA + "/way", "The way so far", h1="The way of Maya so far"),
    Sight(MAYA + "/looks", "Who looked", h1="Who looked at the record of Maya"),
]

ANA_FORMS = [
    Sight(MAYA + "/notes/care/write", "Write a note in Care"),
    Sight(MAYA + "/notes/care/write", "Error: Write a note in Care", (emptied("Save"),)),
    Sight(MAYA, "Change the note of *", (CARE, press("Change the note")), reaches="note"),
    Sight(
        MAYA,
        "Error: Change the note of *",
        (CARE, press("Change the note"), emptied("Save")),
        reaches="note",
    ),
    Sight(
        MAYA,
        "Take back a note",
        (CARE, press("Take back the note")),
        h1="Take back the note of *?",
        reaches="note",
    ),
    Sight(
        MAYA,
        "What stood before",
        (CARE, press("What stood before")),
        h1="One note, and what stood before",
        reaches="note",
    ),
    Sight(
        MAYA,
        "Ben Torres changed the same note while you were writing",
        (
            CARE,
            press("Change the note"),
            steps.ben_changes_the_note,
            fill("What happened?", "Slept till six."),
            press("Save"),
        ),
        status=409,
        reaches="note",
    ),
    Sight(MAYA + "/card", "Change the card of Maya"),
    Sight(
        MAYA + "/card",
        "Error: Change the card of Maya",
        (fill("Day", "31"), fill("Month", "2"), press("Save the card")),
    ),
    Sight(
        MAYA,
        "Write the legal name",
        (IDENTITY, press("Write the legal name")),
        reaches="set_identity",
    ),
    Sight(MAYA, "What helps", (CARE, press("Write what helps")), reaches="say_what_helps"),
    Sight(MAYA + "/status", "Decide the legal status of Maya"),
    Sight(
        MAYA + "/status",
        "Error: Decide the legal status of Maya",
        (emptied("Record the decision"),),
    ),
    Sight(MAYA, "A child", (JUSTICE, press("Record")), reaches="record_element"),
    Sight(
        MAYA,
        "Error: A child",
        (JUSTICE, press("Record"), emptied("Record what was found")),
        reaches="record_element",
    ),
    Sight(
        MAYA + "/removals/{day}/correct",
        "Correct a day",
        h1="Correct the day Maya was brought to safety",
    ),
    Sight(
        MAYA + "/removals/{day}/correct",
        "Error: Correct a day",
        (emptied("Correct the day"),),
        h1="Correct the day Maya was brought to safety",
    ),
    Sight(MAYA + "/basis", "Record a legal basis for Maya"),
    Sight(
        MAYA + "/basis",
        "Error: Record a legal basis for Maya",
        (emptied("Record the legal basis"),),
    ),
    Sight(MAYA + "/contacts", "An adult of Maya"),
    Sight(MAYA + "/contacts", "Error: An adult of Maya", (emptied("Put on the list"),)),
    Sight(
        MAYA,
        "What this adult may",
        (IDENTITY, press("Change what")),
        h1="What Lola Ising may",
        reaches="change_contact",
    ),
    Sight(MAYA + "/siblings", "Who belongs to Maya?"),
    Sight(MAYA + "/siblings/another", "Who else belongs to Maya?"),
    Sight(MAYA + "/siblings/another", "Error: Who else belongs to Maya?", (press("Find"),)),
    Sight(
        MAYA + "/siblings/another",
        "Who else belongs to Maya?",
        (fill("Name", "Nene"), press("Find")),
    ),
    Sight(MAYA + "/siblings/split", "Split the group of Maya"),
    Sight(MAYA + "/siblings/split", "Error: Split the group of Maya", (press("Split"),)),
    Sight(MAYA + "/same", "The same child twice?", h1="Is Maya recorded twice?"),
    Sight("/children/{jun}/same", "The same child twice?", h1="Is Jun-jun recorded twice?"),
    Sight(MAYA + "/same/another", "Another record of this child", h1="Another record of Maya"),
    Sight(
        MAYA + "/same/another",
        "Error: Another record of this child",
        (press("Find"),),
        h1="Another record of Maya",
    ),
    Sight(
        "/children/{jun}/same/another",
        "Another record of this child",
        (fill("Name", "Nene"), press("Find")),
        h1="Another record of Jun-jun",
    ),
    Sight(
        MAYA + "/same/{joined}/part",
        "Two children after all?",
        h1="Maya and May: two children after all?",
    ),
    Sight(
        MAYA + "/same/{joined}/part",
        "Error: Two children after all?",
        (emptied("Say that they"),),
        h1="Maya and May: two children after all?",
    ),
    Sight("/children/{jun}/therapist", "Call a therapist for Jun-jun"),
    Sight(
        "/children/{jun}/therapist",
        "Error: Call a therapist for Jun-jun",
        (emptied("Call the therapists"),),
    ),
    Sight("/children/{nene}/discharge", "End a stay", h1="End the stay of Nene"),
    Sight(
        "/children/{nene}/discharge",
        "Error: End a stay",
        (emptied("End the stay"),),
        h1="End the stay of Nene",
    ),
    Sight("/children/{nene}/stay", "Review a stay", h1="Review the stay of Nene"),
    Sight(
        "/children/{nene}/stay",
        "Error: Review a stay",
        (emptied("Keep this review"),),
        h1="Review the stay of Nene",
    ),
]
