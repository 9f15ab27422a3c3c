"""A note written while its compartment is locked anew: never lost, never unreadable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.casework import homes
from tests.casework.homes import Homes
from tests.house import House

from tahanan.access import gate
from tahanan.access.rules import Action
from tahanan.base import clock
from tahanan.base.errors import NotFound
from tahanan.casework import admissions, grants, notes
from tahanan.casework.door import command
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Compartment, StayEnd

TRIES = 200

pytestmark = pytest.mark.slow


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


@command("lock_anew")
def _lock_anew(visit, *, case):
    grants.rekey(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    return case


def _write(here: Homes, who: str, case: UUID, text: str) -> Callable[[], UUID]:
    today = clock.today()
    return lambda: notes.write_note(
        getattr(here.cast, who),
        case=case,
        compartment=Compartment.CARE,
        text=text,
        happened=Happening(today, today),
    )


def _read(here: Homes, case: UUID, note: UUID) -> str:
    return notes.note(here.cast.ben, case=case, note=note).text


def test_a_note_written_while_its_part_is_locked_anew_is_readable(here: Homes) -> None:
    case, house = here.cast.nene, House()
    for number in range(TRIES):
        text = f"Note {number}"
        written, locked = house.at_once(
            [_write(here, "ana", case, text), lambda: _lock_anew(here.cast.ben, case=case)]
        )
        assert isinstance(written, UUID), written
        assert isinstance(locked, UUID), locked
        assert _read(here, case, written) == text


def test_two_who_lock_anew_at_once_leave_one_key(here: Homes) -> None:
    case, house = here.cast.nene, House()
    note = _write(here, "ana", case, "Sings.")()
    for _ in range(20):
        done = house.at_once([lambda: _lock_anew(here.cast.ben, case=case)] * 2)
        assert all(isinstance(each, UUID) for each in done), done
        assert _read(here, case, note) == "Sings."


def test_a_note_by_the_home_s_nurse_s_colleague_at_the_moment_of_discharge_is_kept_or_refused(
    here: Homes,
) -> None:
    """Either she was first, and it is read; or the home's sight had ended, and she is told."""
    case, house, kept, refused = here.cast.nene, House(), 0, 0
    for number in range(40):
        request = admissions.ask_for_place(here.cast.ana, cases=(case,))
        admissions.admit_to_facility(
            here.cast.ana, request=request, facility=here.of["amihan"], cases=(case,)
        )
        written, left = house.at_once(
            [
                _write(here, "sol", case, f"Note {number}"),
                lambda: admissions.discharge(
                    here.cast.ana, case=case, on=clock.today(), end=StayEnd.KIN, why="Home."
                ),
            ]
        )
        assert isinstance(left, UUID), left
        if isinstance(written, UUID):
            kept += 1
            assert _read(here, case, written) == f"Note {number}"
        else:
            refused += 1
            assert isinstance(written, NotFound), written
    assert kept + refused == 40


def test_a_home_admitted_to_while_a_part_is_locked_anew_can_open_it(here: Homes) -> None:
    """A grant given meanwhile is wrapped anew as well, or it would carry the old key."""
    case, house = here.cast.nene, House()
    note = _write(here, "ana", case, "Sings.")()
    for _ in range(40):
        request = admissions.ask_for_place(here.cast.ana, cases=(case,))
        admitted, locked = house.at_once(
            [
                lambda request=request: admissions.admit_to_facility(
                    here.cast.ana, request=request, facility=here.of["amihan"], cases=(case,)
                ),
                lambda: _lock_anew(here.cast.ben, case=case),
            ]
        )
        assert isinstance(admitted, UUID), admitted
        assert isinstance(locked, UUID), locked
        assert notes.note(here.cast.sol, case=case, note=note).text == "Sings."
        admissions.discharge(
            here.cast.ana, case=case, on=clock.today(), end=StayEnd.KIN, why="The next try."
        )
