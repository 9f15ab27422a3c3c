"""What the director and a worker open of the figures."""

from __future__ import annotations

from tests.journeys.sights import Sight
from tests.journeys.steps import emptied

THEN = "known_on=2020-09-02"
NEVER = "-day=31&{0}-month=2&{0}-year=2020"
PAGE, WALL = "The programme in figures", "/figures?" + THEN + "&view=projector&slide="
WHY = "/figures/why/victims_rescued"
DEFINED = "/figures/definitions/"

DORA = [
    Sight("/home", "Home", h1="Good *, Dora"),
    Sight("/figures", PAGE),
    Sight("/figures?" + THEN, PAGE),
    Sight("/figures?" + THEN + "&said=published", PAGE),
    Sight("/figures?period=lockdown", PAGE),
    Sight("/figures?known_on=2020-02-30", "Error: " + PAGE),
    Sight("/figures?known_on=2020-09-03", "Error: " + PAGE),
    Sight(WALL + "1", "Figures on a wall, 1 of *", h1="*people brought to safety"),
    Sight(WALL + "2", "Figures on a wall, 2 of *", h1="Brought to safety each year"),
    Sight(WALL + "3", "Figures on a wall, 3 of *", h1="*of them were 12 or younger"),
    Sight(WALL + "4", "Figures on a wall, 4 of *", h1="*of perpetrators are *"),
    Sight(WALL + "6", "Figures on a wall, 6 of *", h1="What was done"),
    Sight(WALL + "7", "Figures on a wall, 7 of *", h1="How old they were"),
    Sight(WALL + "8", "Figures on a wall, 8 of *", h1="During lockdown"),
    Sight(
        WHY + "?before=2020-09-02&after=2020-10-31",
        "Why it moved",
        h1="Why it moved from 156 to 172",
    ),
    Sight("/figures/why/persons_convicted", "Why it moved", h1="Why it stayed at 26"),
    Sight(
        WHY + "?before=2020-10-31&after=2020-09-30",
        "Error: Why it moved",
    ),
    Sight("/figures/definitions", "How each figure is counted"),
    Sight(
        DEFINED + "victims_rescued?" + THEN,
        "How it is counted: Victims rescued",
        h1="Victims rescued",
    ),
    Sight(
        DEFINED + "aged_12_or_younger",
        "How it is counted: Victims aged 12 or younger",
        h1="Victims aged 12 or younger",
    ),
    Sight(
        DEFINED + "operations?known_on=soon",
        "Error: How it is counted: *",
        h1="Law-enforcement operations",
    ),
    Sight("/figures/occupancy", "Who slept where"),
    Sight("/figures/occupancy?day=2020-09-02", "Error: Who slept where"),
    Sight("/figures/publish", "Publish figures"),
    Sight("/figures/publish", "Error: Publish figures", (emptied("Publish the figures"),)),
]

ANA_FIGURES = [
    Sight("/figures", PAGE),
    Sight("/figures?period=2019&" + THEN, PAGE),
    Sight("/figures?known_on=2009-12-31", PAGE),
    Sight("/figures?known_on" + NEVER.format("known_on"), "Error: " + PAGE),
    Sight(WHY + "?before" + NEVER.format("before"), "Error: Why it moved"),
    Sight("/figures/occupancy", "Who slept where"),
    Sight("/figures/occupancy?day" + NEVER.format("day"), "Error: Who slept where"),
    Sight(
        "/figures/days/victims_rescued?year=2019&" + THEN,
        "Day by day: Victims rescued",
        h1="Victims rescued, 2019",
    ),
    Sight(
        "/figures/days/victims_rescued?known_on" + NEVER.format("known_on"),
        "Error: Day by day: Victims rescued",
        h1="Victims rescued",
    ),
    Sight("/figures/publish", "This cannot be done", status=403),
]
