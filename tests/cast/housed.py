"""The cast some days later: Maya and Jun-jun live at Bahay Amihan, admitted through the door."""

from __future__ import annotations

from tests import house as houses
from tests.cast import cast
from tests.cast.cast import Cast
from tests.house import House

from tahanan.casework import admissions


def build(house: House) -> Cast:
    """On top of the cast: one place asked for, one admission of both, received by the home."""
    made: Cast = houses.snapshot(house, "cast", cast.build)
    both = (made.maya, made.jun)
    request = admissions.ask_for_place(made.ana, cases=both)
    admissions.admit_to_facility(made.ana, request=request, facility=made.home(), cases=both)
    for case in both:
        admissions.receive_admission(made.sol, case=case)
    return made
