"""Grants: given, listed, and locked anew; the key is the grant."""

from __future__ import annotations

import pytest
from tests.cast.cast import Cast
from tests.cast.children import share

from tahanan.access import scope
from tahanan.base import clock
from tahanan.base.errors import NotFound, Refusal
from tahanan.casework import child_page, grants, notes
from tahanan.casework.door import command, query
from tahanan.casework.operations import Happening
from tahanan.records.models import CompartmentKey, Grant, Sealed
from tahanan.records.vocabulary import Compartment, TeamKind

CARE, THERAPY = Compartment.CARE, Compartment.THERAPY


@command("mark_for_test")
def mark(visit, *, case, parts):
    grants.mark_due(case, parts)
    return case


@query("versions_for_test")
def versions(visit, *, case, part):
    key = CompartmentKey.objects.get(case=case, compartment=part)
    rows = Grant.objects.filter(case=case, compartment=part, ended_on__isnull=True)
    sealed = Sealed.objects.filter(case=case, compartment=part)
    return (
        key.version,
        key.rekey_due,
        set(rows.values_list("version", flat=True)),
        set(sealed.values_list("version", flat=True)),
    )


@command("end_for_test")
def end(visit, *, case, team):
    rows = scope.open_grants(visit).filter(case=case)
    grants.end(visit, [row.id for row in rows if grants.team_behind(row) == team])
    return case


def write(cast: Cast, text: str) -> None:
    day = clock.today()
    notes.write_note(
        cast.ana, case=cast.maya, compartment=CARE, text=text, happened=Happening(day, day)
    )


def test_everybody_with_a_key_is_listed_with_what_it_opens(cast: Cast) -> None:
    sights = grants.who_can_see(cast.ana, case=cast.maya)
    found = {sight.name or sight.kind: sight for sight in sights}
    assert found["Silungan casework"].mine
    assert set(found["Ginhawa therapists"].compartments) == {Compartment.CARD, CARE, THERAPY}
    assert set(found[TeamKind.FACILITY_HOUSE].compartments) == {Compartment.CARD}
    assert len(found) == len(sights) == 9
    assert grants.who_can_see(cast.coby, case=cast.maya)
    for actor, status in ((cast.hana, 403), (cast.leo, 403), (cast.fe, 404)):
        with pytest.raises(Refusal) as refused:
            grants.who_can_see(actor, case=cast.maya)
        assert refused.value.status == status


def test_a_therapist_s_own_part_is_made_by_one_who_cannot_open_it(cast: Cast) -> None:
    grants.call_therapist(cast.ana, case=cast.nene, team=cast.team("therapy"))
    assert child_page.opened(cast.dan, case=cast.nene, part=THERAPY).opened is not None
    with pytest.raises(Refusal):
        child_page.opened(cast.ana, case=cast.nene, part=THERAPY)
    with pytest.raises(Refusal) as twice:
        grants.call_therapist(cast.ana, case=cast.nene, team=cast.team("therapy"))
    assert twice.value.code == "has-therapist"


def test_no_team_of_another_kind_is_called_as_therapists(cast: Cast) -> None:
    with pytest.raises(NotFound):
        grants.call_therapist(cast.ana, case=cast.nene, team=cast.team("legal"))
    assert [team.name for team in grants.therapists(cast.ana, case=cast.nene)] == [
        "Ginhawa therapists"
    ]


def test_a_part_is_not_given_to_a_team_whose_members_may_not_read_it(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        share(cast.ana, case=cast.nene, team=cast.team("police"), compartments=(CARE,))
    assert refused.value.code == "not-for-team"


def test_locked_anew_every_grant_and_every_piece_stands_under_the_new_key(cast: Cast) -> None:
    for text in ("One", "Two"):
        write(cast, text)
    mark(cast.ana, case=cast.maya, parts=[CARE])
    grants.renew_keys(cast.ana, case=cast.maya)
    version, due, of_grants, of_pieces = versions(cast.ana, case=cast.maya, part=CARE)
    assert (version, due) == (2, False)
    assert of_grants == of_pieces == {2}
    for actor in (cast.ana, cast.coby, cast.cora, cast.dan):
        opened = child_page.opened(actor, case=cast.maya, part=CARE).opened
        assert opened is not None
        assert {note.text for note in opened.notes} == {"One", "Two"}


def test_one_who_may_only_read_a_part_does_not_lock_it_anew(cast: Cast) -> None:
    mark(cast.ana, case=cast.maya, parts=[Compartment.JUSTICE, CARE])
    grants.renew_keys(cast.coby, case=cast.maya)
    assert versions(cast.ana, case=cast.maya, part=CARE)[0] == 2
    assert versions(cast.ana, case=cast.maya, part=Compartment.JUSTICE)[0] == 1
    grants.renew_keys(cast.lito, case=cast.maya)
    assert versions(cast.ana, case=cast.maya, part=Compartment.JUSTICE)[0] == 1


def test_an_ended_grant_has_no_key_and_its_team_no_case(cast: Cast) -> None:
    end(cast.ana, case=cast.maya, team=cast.team("cowork"))
    with pytest.raises(NotFound):
        child_page.child(cast.coby, case=cast.maya)
    names = {sight.name for sight in grants.who_can_see(cast.ana, case=cast.maya)}
    assert "City social workers" not in names
