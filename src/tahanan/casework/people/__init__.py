"""People, teams, cards, and the yes of a colleague who holds the key."""

from tahanan.casework.people.cards import (
    accept_invitation,
    make_card,
    read_card,
    reopen_card,
    set_up,
)
from tahanan.casework.people.commands import (
    add_to_team,
    confirm_colleague,
    end_membership,
    found_organisation,
    invite,
    leave,
    open_team,
)
from tahanan.casework.people.queries import (
    about_to_leave,
    about_to_open_team,
    colleague,
    newcomers,
    people_and_teams,
)
from tahanan.casework.people.shapes import (
    Accepted,
    Card,
    Colleague,
    ColleaguePage,
    Directory,
    Newcomer,
    Place,
    TeamRow,
)

__all__ = [
    "Accepted",
    "Card",
    "Colleague",
    "ColleaguePage",
    "Directory",
    "Newcomer",
    "Place",
    "TeamRow",
    "about_to_leave",
    "about_to_open_team",
    "accept_invitation",
    "add_to_team",
    "colleague",
    "confirm_colleague",
    "end_membership",
    "found_organisation",
    "invite",
    "leave",
    "make_card",
    "newcomers",
    "open_team",
    "people_and_teams",
    "read_card",
    "reopen_card",
    "set_up",
]
