"""What those beside Ana open: the administrator, the homes, the lead, and who sees little."""

from __future__ import annotations

from tests.journeys.pages.children import MAYA
from tests.journeys.sights import Sight
from tests.journeys.steps import emptied, fill, part, press

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
    Sight("/homes/{amihan}/household", "Write down who lives here"),
    Sight("/homes/{amihan}/household", "Error: Write down who lives here", (emptied("Save it"),)),
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
        h1="A home that cannot take Maya, Jun-jun and May",
    ),
    Sight(
        MAYA + "/exclusion",
        "Error: A home that cannot take them",
        (press("Keep them"),),
        h1="A home that cannot take Maya, Jun-jun and May",
    ),
    Sight(
        MAYA + "/exclusion/lift",
        "A home that can take them after all",
        h1="A home that can take Maya, Jun-jun and May after all",
    ),
    Sight(
        "/children/{nene}/exclusion/lift",
        "A home that can take them after all",
        h1="A home that can take Nene after all",
    ),
    Sight(
        "/children/{nene}/exclusion/lift",
        "Error: A home that can take them after all",
        (press("Let the home"),),
        h1="A home that can take Nene after all",
    ),
    Sight("/neutral-noes", "Homes that said no"),
]

# person → what she opens there; `locked` is Ana, signed in but locked.
OTHERS = {
    "locked": [
        Sight("/home", "Still locked", h1="You are in, and your cases are still locked", status=423)
    ],
    "ben": [
        Sight("/home", "Home", h1="Good *, Ben"),
        Sight(MAYA, "Maya"),
        Sight("/children/{jun}/same", "The same child twice?", h1="Is Jun-jun recorded twice?"),
    ],
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
    "fe": [Sight(MAYA, "Nothing here that you may see", status=404)],
}
