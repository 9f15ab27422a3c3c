"""A place for a group: asked for, answered with reasons, taken, told to the home, and left."""

from tahanan.casework.admissions.declaring import (
    declare_exclusion,
    declaring,
    lift_exclusion,
    lifting,
)
from tahanan.casework.admissions.handing import hand_keys_over, waiting_for_keys
from tahanan.casework.admissions.hearing import neutral_noes
from tahanan.casework.admissions.history import record_stay
from tahanan.casework.admissions.leaving import (
    discharge,
    leaving,
    receive_admission,
    review_stay,
    reviewing,
)
from tahanan.casework.admissions.ordinary import make_stay_ordinary
from tahanan.casework.admissions.requests import ask_for_place, asking, placement, waiting
from tahanan.casework.admissions.taking import admit_to_facility, move_to_facility
from tahanan.casework.admissions.viewing import admitted, arrivals, confirming

__all__ = [
    "admit_to_facility",
    "admitted",
    "arrivals",
    "ask_for_place",
    "asking",
    "confirming",
    "declare_exclusion",
    "declaring",
    "discharge",
    "hand_keys_over",
    "leaving",
    "lift_exclusion",
    "lifting",
    "make_stay_ordinary",
    "move_to_facility",
    "neutral_noes",
    "placement",
    "receive_admission",
    "record_stay",
    "review_stay",
    "reviewing",
    "waiting",
    "waiting_for_keys",
]
