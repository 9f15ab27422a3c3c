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
from tahanan.casework.facilities.queries import facilities, facility
from tahanan.casework.facilities.shapes import (
    FacilityPage,
    FacilityShape,
    LineShape,
    Numbers,
    OutOfUse,
    PermitShape,
    Places,
)

__all__ = [
    "FacilityPage",
    "FacilityShape",
    "LineShape",
    "Numbers",
    "OutOfUse",
    "PermitShape",
    "Places",
    "add_facility",
    "end_pause",
    "facilities",
    "facility",
    "pause_facility",
    "put_back_in_use",
    "record_permit",
    "set_capacity",
    "take_out_of_use",
]
