"""Every page there is, each with who opens it, how, and what it is called.

An address that a GET answers and that is not here fails the build, unless `NOT_A_PAGE` says why.
"""

from __future__ import annotations

from tests.journeys import steps
from tests.journeys.sights import Sight
from tests.journeys.steps import emptied, fill, part, press, words

NOT_A_PAGE = {
    "away": "a blank page, left in a hurry: no heading on purpose (tests/journeys/test_parts.py)",
    "front": "leads home",
    "language": "changes the language and leads back",
    "intake-on": "leads to where the intake was left",
}

UNLOCK = "Your six words, as they are now"

NOBODY = [
    Sight("/sign-in", "Sign in", h1="Come in"),
    Sight("/sign-in", "Error: Sign in", (press("Continue"),), h1="Come in"),
    Sight(
        "/sign-in",
        "Error: Sign in",
        (fill("Your sign-in name", "x"), fill("Passphrase", "y"), press("Continue")),
        h1="Come in",
    ),
    Sight("/sign-in?said=out", "Sign in", h1="Come in"),
    Sight("/sign-in", "The code from your phone", (steps.first_step,), reaches="code"),
    Sight(
        "/sign-in",
        "Error: The code from your phone",
        (steps.first_step, press("Come in")),
        reaches="code",
    ),
    Sight("/sign-in/recovery", "Come in with your recovery code"),
    Sight("/sign-in/recovery", "Error: Come in with your recovery code", (press("Continue"),)),
    Sight("/unlock/help", "I cannot unlock"),
    Sight("/card", "Make your account"),
    Sight("/card", "Error: Make your account", (press("Continue"),)),
    Sight("/card", "Your words and your phone", (steps.show_the_card,)),
    Sight(
        "/card",
        "Error: Your words and your phone",
        (steps.show_the_card, press("Make my account")),
        reaches="accept",
    ),
    Sight(
        "/card",
        "Your account is made",
        (steps.show_the_card, steps.make_the_account),
        reaches="accept",
    ),
    Sight("/nowhere", "Nothing here that you may see", status=404),
]

# Signed in for real; she has a team, and no child yet.
CEL = [
    Sight("/sign-in", "Home", (steps.come_in,), h1="Good *, Cel", reaches="home"),
    Sight("/children", "My children"),
    Sight("/find", "Find a child", (fill("Name", "Xyzzy"), press("Find"))),
    Sight("/intake", "Intake", h1="Children were brought to safety"),
    Sight("/intake/paper", "Paper packs", h1="Paper for a night without power"),
    Sight("/places", "Places"),
    Sight("/newcomers", "New colleagues"),
    Sight("/children/{maya}", "Nothing here that you may see", status=404),
    Sight("/account", "My account"),
    Sight("/account/words", "New words"),
    Sight("/account/words", "Error: New words", (press("Show me new words"),)),
    Sight("/account/words", "Write these down", (words(UNLOCK, "Show me new words"),)),
    Sight(
        "/account/words",
        "Error: Write these down",
        (words(UNLOCK, "Show me new words"), press("These are my words now")),
        reaches="keep_words",
    ),
    Sight("/account/phone", "Use another phone"),
    Sight("/account/phone", "Error: Use another phone", (press("Show me the square"),)),
    Sight("/account/phone", "Let the new phone read this", (words(UNLOCK, "Show me the square"),)),
    Sight(
        "/account/phone",
        "Error: Let the new phone read this",
        (words(UNLOCK, "Show me the square"), press("This is my phone now")),
        reaches="keep_phone",
    ),
    Sight("/account/spare-codes", "New spare codes"),
    Sight("/account/spare-codes", "Error: New spare codes", (press("Show me new spare codes"),)),
    Sight("/account/spare-codes", "Your spare codes", (words(UNLOCK, "Show me new spare codes"),)),
    Sight("/sign-out", "Change person"),
    Sight(
        "/account",
        "Still locked",
        (press("Lock my cases"),),
        h1="You are in, and your cases are still locked",
        status=423,
        reaches="unlock",
    ),
    Sight("/home", "Still locked", h1="You are in, and your cases are still locked", status=423),
    Sight("/unlock", "Still locked", h1="You are in, and your cases are still locked", status=423),
    Sight(
        "/home",
        "Error: Still locked",
        (press("Unlock"),),
        h1="You are in, and your cases are still locked",
        status=423,
        reaches="unlock",
    ),
    Sight("/account", "My account"),
]

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

SEE = "See which homes can take them"

ANA_PLACES = [
    Sight("/keys", "Who waits for a key"),
    Sight("/places", "Places"),
    Sight("/places/ask?{pair}", "Ask for a place"),
    Sight("/places/ask?{pair}", "Error: Ask for a place", (emptied(SEE),)),
    Sight(
        "/places/{both}?everywhere=yes",
        "A place for two children",
        h1="A place for Maya and Jun-jun",
    ),
    Sight("/places/{alone}", "A place for one child", h1="A place for Nene"),
    Sight(
        "/places/{both}/{amihan}?{pair}",
        "Confirm an admission",
        h1="Admit Maya and Jun-jun to Bahay Amihan",
    ),
    Sight(
        "/places/{both}/{girls}?child={maya}",
        "Confirm an admission",
        h1="Admit Maya to Bahay Sampaguita",
    ),
    Sight(
        "/places/{both}/{girls}?child={maya}",
        "Error: Confirm an admission",
        (press("Admit Maya"),),
        h1="Admit Maya to Bahay Sampaguita",
    ),
    Sight(
        "/places/{both}/{plain}?{pair}&emergency=yes",
        "Confirm an admission",
        h1="Admit Maya and Jun-jun to Bahay Ipil",
    ),
    Sight(
        "/places/{both}/{lapsed}?{pair}",
        "Confirm an admission",
        h1="Admit Maya and Jun-jun to Bahay Molave",
    ),
    Sight("/places/{alone}/{amihan}/admitted", "Admitted", h1="Nene at Bahay Amihan"),
    Sight("/homes", "Homes"),
    Sight("/homes/{girls}", "Bahay Sampaguita"),
    Sight("/homes/add", "This cannot be done", status=403),
    Sight("/people", "This cannot be done", status=403),
    Sight("/arrivals", "This cannot be done", status=403),
    Sight("/home", "This cannot be done", (steps.stolen_form,), status=403, reaches="search"),
    Sight(
        "/places/{single}/{one}?child={maya}",
        "Confirm an admission",
        (
            steps.ben_takes_the_only_bed,
            fill("Why can they not stay together?", "He is in hospital."),
            press("Admit Maya"),
        ),
        h1="Admit Maya to Bahay Kamagong",
        status=403,
    ),
]

ADA = [
    Sight("/home", "Home", h1="Good *, Ada"),
    Sight("/people", "People and teams"),
    Sight("/people/invite", "Invite a colleague"),
    Sight("/people/invite", "Error: Invite a colleague", (press("Save, then"),)),
    Sight("/people/teams/new", "Open a team"),
    Sight("/people/teams/new", "Error: Open a team", (press("Open the team"),)),
    Sight("/people/{ben}", "Ben Torres"),
    Sight("/people/{ben}", "Error: Ben Torres", (emptied("Make the card"),), reaches="make_card"),
    Sight(
        "/people/{ben}",
        "A card to print",
        (fill("Sign-in name", "ben.torres"), press("Make the card")),
        reaches="make_card",
    ),
    Sight("/people/{ben}/leave", "A colleague leaves", h1="Ben Torres leaves the organisation"),
    Sight("/homes/add", "Add a home"),
    Sight("/homes/add", "Error: Add a home", (emptied("Save, then"),)),
    Sight("/homes/{older}", "Bahay Talisay"),
    Sight(MAYA, "Nothing here that you may see", status=404),
]

CORA = [
    Sight("/home", "Home", h1="Good *, Cora"),
    Sight("/arrivals", "Arrivals"),
    Sight("/children/{nene}", "Nene"),
    Sight("/homes/{amihan}", "Bahay Amihan"),
    Sight("/homes/{amihan}/permit", "Record a licence or accreditation"),
    Sight(
        "/homes/{amihan}/permit", "Error: Record a licence or accreditation", (emptied("Save it"),)
    ),
    Sight("/homes/{amihan}/places", "Change the places"),
    Sight("/homes/{amihan}/places", "Error: Change the places", (emptied("Save the places"),)),
    Sight("/homes/{amihan}/out-of-use", "Take places out of use"),
    Sight("/homes/{amihan}/out-of-use", "Error: Take places out of use", (emptied("Take them"),)),
]

SELA = [
    Sight("/home", "Home", h1="Good *, Sela"),
    Sight(
        MAYA + "/exclusion",
        "A home that cannot take them",
        h1="A home that cannot take Maya and Jun-jun",
    ),
    Sight(
        MAYA + "/exclusion",
        "Error: A home that cannot take them",
        (press("Keep them"),),
        h1="A home that cannot take Maya and Jun-jun",
    ),
    Sight("/neutral-noes", "Homes that said no"),
]

# person → what she opens there; `locked` is Ana, signed in but locked.
OTHERS = {
    "locked": [
        Sight("/home", "Still locked", h1="You are in, and your cases are still locked", status=423)
    ],
    "ben": [Sight("/home", "Home", h1="Good *, Ben"), Sight(MAYA, "Maya")],
    "pia": [Sight("/arrivals", "Arrivals"), Sight("/home", "Home", h1="Good *, Pia")],
    "hana": [
        Sight(MAYA, "Maya"),
        Sight(MAYA + "/looks", "This cannot be done", status=403),
    ],
    "gary": [
        Sight("/home", "Home", h1="Good *, Gary"),
        Sight(MAYA, "This cannot be done", status=403),
    ],
    "dan": [
        Sight(MAYA, "Maya"),
        Sight(
            MAYA,
            "A summary for Care",
            (part("therapy"), press("Write a summary")),
            reaches="write_summary",
        ),
        Sight(
            MAYA,
            "Error: A summary for Care",
            (part("therapy"), press("Write a summary"), emptied("Save")),
            reaches="write_summary",
        ),
    ],
    "leo": [Sight("/home", "Home", h1="Good *, Leo"), Sight(MAYA, "Maya")],
    "gil": [Sight("/home", "Home", h1="Good *, Gil")],
    "dora": [Sight("/home", "Home", h1="Good *, Dora")],
    "fe": [Sight(MAYA, "Nothing here that you may see", status=404)],
}

LIST: dict[str, tuple[str, list[Sight]]] = {
    "nobody": ("", NOBODY),
    "cel": ("", CEL),
    "ana, her children": ("ana", ANA_CHILDREN),
    "ana, what she writes": ("ana", ANA_FORMS),
    "ana, at night": ("ana", ANA_INTAKE),
    "ana, looking for a place": ("ana", ANA_PLACES),
    "ada": ("ada", ADA),
    "cora": ("cora", CORA),
    "sela": ("sela", SELA),
    **{who: (who, sights) for who, sights in OTHERS.items()},
}
