"""What Ana opens when she looks for a place."""

from __future__ import annotations

from tests.journeys import steps
from tests.journeys.sights import Sight
from tests.journeys.steps import emptied, fill, press

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
