"""A stay ends or moves: what the home can no longer open, and what is locked anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, child, rows, take_in
from tests.casework.placing import admit, ask, clocks, refused, settle

from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework import admissions, facilities, grants, notes
from tahanan.casework.door import query
from tahanan.casework.operations import Happening
from tahanan.records.models import (
    CompartmentKey,
    Facility,
    Grant,
    Sealed,
    Stay,
)
from tahanan.records.vocabulary import (
    ClockKind,
    Compartment,
    Sex,
    StayEnd,
)


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def leave(here: Homes, case: UUID, by: str = "ana", **more: Any) -> UUID:
    asked: dict[str, Any] = {
        "on": clock.today(),
        "end": StayEnd.REUNITED,
        "why": "Her aunt was found safe.",
    }
    return admissions.discharge(getattr(here.cast, by), case=case, **(asked | more))


def versions(case: UUID) -> dict[str, int]:
    keys = CompartmentKey.objects.filter(case=case)
    return rows(lambda: dict(keys.values_list("compartment", "version")))


def due_anew(case: UUID) -> set[str]:
    keys = CompartmentKey.objects.filter(case=case, rekey_due=True)
    return rows(lambda: set(keys.values_list("compartment", flat=True)))


def test_a_discharge_ends_the_home_s_sight_and_locks_anew_what_it_held(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene)
    note = notes.write_note(
        here.cast.cora, case=here.cast.nene, compartment=Compartment.CARE, text="Sings.",
        happened=Happening(clock.today(), clock.today()),
    )  # fmt: skip
    before = versions(here.cast.nene)
    leave(here, here.cast.nene, went_to="Her aunt in Bogo.")
    for who in ("cora", "sol", "nilda", "hana"):
        with pytest.raises(NotFound):
            notes.note(getattr(here.cast, who), case=here.cast.nene, note=note)
    assert notes.note(here.cast.ana, case=here.cast.nene, note=note).text == "Sings."
    after = versions(here.cast.nene)
    moved = {part for part in after if after[part] > before[part]}
    assert moved == {"card", "care", "health", "whereabouts"}
    assert not clocks(here.cast.nene)
    ended = rows(lambda: list(Grant.objects.filter(ended_on__isnull=False)))
    assert len(ended) == 7
    assert {bytes(grant.wrap) for grant in ended} == {b""}
    assert len({grant.team for grant in ended}) == 7


def test_after_a_discharge_the_place_is_free_the_same_day(here: Homes) -> None:
    settle(here, "one", here.cast.nene)
    leave(here, here.cast.nene)
    tala = take_in(here.cast, [child("Tala", Sex.GIRL, 6)])[0]
    settle(here, "one", tala)
    lines = facilities.facility(here.cast.ada, facility=here.of["one"]).facility.lines
    assert lines[0].taken == 1


def test_a_head_may_discharge_and_what_she_cannot_lock_waits_for_who_can(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene)
    leave(here, here.cast.nene, by="cora")
    assert due_anew(here.cast.nene) == {"card", "care", "health", "whereabouts"}
    sights = grants.who_can_see(here.cast.ana, case=here.cast.nene)
    assert {sight.name for sight in sights} == {"Silungan casework", "Silungan safeguarding"}
    grants.renew_keys(here.cast.ana, case=here.cast.nene)
    assert not due_anew(here.cast.nene)


@pytest.mark.parametrize("who", ["sol", "nilda", "hana", "leo", "sela", "coby"])
def test_who_neither_holds_the_case_nor_heads_the_home_discharges_nobody(
    here: Homes, who: str
) -> None:
    settle(here, "amihan", here.cast.maya, here.cast.jun)
    assert refused(lambda: leave(here, here.cast.maya, by=who)).status == 403


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("on", {"on": date(2031, 1, 1)}),
        ("on", {"on": date(2019, 1, 1)}),
        ("why", {"why": " "}),
        ("end", {"end": StayEnd.MOVED}),
    ],
)
def test_an_impossible_discharge_says_what_to_mend(
    here: Homes, field: str, given: dict[str, Any]
) -> None:
    settle(here, "amihan", here.cast.nene)
    with pytest.raises(Invalid) as invalid:
        leave(here, here.cast.nene, **given)
    assert set(invalid.value.fields) == {field}


def test_a_move_ends_one_home_s_sight_as_the_other_s_begins(here: Homes) -> None:
    settle(here, "one", here.cast.nene)
    request = ask(here, here.cast.nene)
    shown = admissions.confirming(
        here.cast.ana, request=request, facility=here.of["amihan"], cases=(here.cast.nene,)
    )
    assert [place for _, place in shown.moving] == ["Bahay Kamagong"]
    admissions.move_to_facility(
        here.cast.ana,
        request=request,
        facility=here.of["amihan"],
        cases=(here.cast.nene,),
        moving_reason="The first place was for one night.",
    )
    standing = Stay.objects.filter(case=here.cast.nene, replaced_at__isnull=True).order_by("id")
    ends = rows(lambda: [(stay.end, stay.until_on is None) for stay in standing])
    assert ends == [("moved", False), ("", True)]
    assert admissions.arrivals(here.cast.cora)[0].child.card.chosen == "Nene"


def test_a_move_back_from_a_home_gives_it_new_keys_and_not_the_old(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene)
    leave(here, here.cast.nene)
    settle(here, "amihan", here.cast.nene)
    assert admissions.arrivals(here.cast.cora)[0].child.card.chosen == "Nene"


def test_who_lives_nowhere_is_not_moved_nor_discharged(here: Homes) -> None:
    assert refused(lambda: leave(here, here.cast.nene)).code == "no-stay"
    request = ask(here, here.cast.nene)
    found = refused(
        lambda: admissions.move_to_facility(
            here.cast.ana,
            request=request,
            facility=here.of["amihan"],
            cases=(here.cast.nene,),
            moving_reason="x",
        )
    )
    assert found.code == "lives-elsewhere"


def test_a_review_is_followed_by_the_next(here: Homes) -> None:
    settle(here, "amihan", here.cast.nene)
    admissions.review_stay(here.cast.ana, case=here.cast.nene, words="She settles in.")
    assert clocks(here.cast.nene)[ClockKind.STAY_REVIEW] == clock.today() + timedelta(30)
    leave(here, here.cast.nene)
    assert not clocks(here.cast.nene)
    assert rows(Sealed.objects.filter(kind="stay_review").count) == 1


def test_two_who_find_a_place_for_one_child_at_once_are_told_who_was_first(
    here: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tahanan.casework import stays

    settle(here, "amihan", here.cast.nene)
    request = ask(here, here.cast.nene)
    # The other worker's stay is committed after this one looked: only the constraint sees it.
    monkeypatch.setattr(stays, "open_stays", lambda cases: {})
    with pytest.raises(Conflict):
        admit(here, request, "family", here.cast.nene)


def test_no_command_about_a_child_writes_an_office_row(here: Homes) -> None:
    before = list(Facility.objects.order_by("id").values())
    settle(here, "amihan", here.cast.nene)
    leave(here, here.cast.nene)
    assert list(Facility.objects.order_by("id").values()) == before


@query("taken")
def _taken(visit):
    from tahanan.casework import stays

    return stays.taken(visit)


def test_everybody_counts_the_same_places_whatever_children_they_may_see(here: Homes) -> None:
    settle(here, "amihan", here.cast.maya, here.cast.jun)
    counted = [_taken(getattr(here.cast, who)) for who in ("ana", "fe", "cora", "gil", "ada")]
    assert counted == [{(here.of["amihan"], 1): 2}] * 5
