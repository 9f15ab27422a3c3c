"""Facilities: what each is licensed for and until when, its places, and what is out of use."""

from tahanan.casework.facilities.commands import (
    add_facility,
    end_pause,
    pause_facility,
    put_back_in_use,
    record_permit,
    set_capacity,
    take_out_of_use,
)
from tahanan.casework.facilities.household import add_household_member, household_member_left
from tahanan.casework.facilities.queries import (
    about_to_add,
    about_to_keep,
    facilities,
    facility,
)
from tahanan.casework.facilities.shapes import (
    FacilityPage,
    FacilityShape,
    Householder,
    LineShape,
    Numbers,
    OutOfUse,
    PermitShape,
    Places,
    mark_of,
)
from tahanan.casework.facilities.steps import may_add

__all__ = [
    "FacilityPage",
    "FacilityShape",
    "Householder",
    "LineShape",
    "Numbers",
    "OutOfUse",
    "PermitShape",
    "Places",
    "about_to_add",
    "about_to_keep",
    "add_facility",
    "add_household_member",
    "end_pause",
    "facilities",
    "facility",
    "household_member_left",
    "mark_of",
    "may_add",
    "pause_facility",
    "put_back_in_use",
    "record_permit",
    "set_capacity",
    "take_out_of_use",
]
