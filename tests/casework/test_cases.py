"""Cases: opened with their keys, written anew without overwriting, decided by a named person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from tests.cast.cast import Cast

from tahanan.access import gate
from tahanan.access.rules import Act
from tahanan.base import clock
from tahanan.base.ages import PartialDate
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.base.names import LegalName
from tahanan.casework import cases, child_page, operations
from tahanan.casework.cases import CARD, CARE, IDENTITY, Care
from tahanan.casework.door import TypedAgain, query
from tahanan.records.models import Case, CompartmentKey
from tahanan.records.vocabulary import (
    Compartment,
    DecidedBy,
    Element,
    Finding,
    Status,
)


@query("parts_for_test")
def parts(visit, *, case):
    codes = CompartmentKey.objects.filter(case=case).values_list("compartment", flat=True)
    return set(codes), Case.objects.values_list("exclusions", flat=True).get(id=case)


@query("statuses_for_test")
def statuses(visit, *, case):
    gate.standing(visit, case)
    return cases.statuses(case)


@query("removals_for_test")
def removals(visit, *, case, history=False):
    return operations.removals(case, history=history)


def decide(
    cast: Cast, actor: object, status: Status, seen: UUID | None = None, **more: object
) -> UUID:
    given = {
        "decided_by": DecidedBy.PROSECUTOR,
        "decider": "Atty. Saldua",
        "from_on": clock.today(),
    }
    return cases.decide_status(actor, case=cast.maya, status=status, seen=seen, **(given | more))


def test_a_new_case_has_every_part_but_therapy_and_an_exclusion_field_like_any_other(
    cast: Cast,
) -> None:
    of_nene, nene = parts(cast.ana, case=cast.nene)
    _, jun = parts(cast.ana, case=cast.jun)
    assert of_nene == set(Compartment) - {Compartment.THERAPY}
    assert len(bytes(nene)) == len(bytes(jun))


def test_a_card_written_on_an_old_one_is_a_conflict_and_both_versions_can_be_read(
    cast: Cast,
) -> None:
    stands = cases.card(cast.ana, case=cast.maya)
    assert stands.piece is not None
    first = replace(stands.said, medicine="Inhaler")
    cases.change_card(cast.ben, case=cast.maya, card=first, seen=stands.piece)
    with pytest.raises(Conflict):
        cases.change_card(cast.ana, case=cast.maya, card=stands.said, seen=stands.piece)
    both = cases.two_versions(cast.ana, case=cast.maya, kind=CARD, seen=stands.piece)
    assert both.before.said == stands.said
    assert (both.theirs.said, both.theirs.by) == (first, "Ben Torres")


def test_two_who_both_saw_nothing_written_are_shown_each_other(cast: Cast) -> None:
    cases.say_what_helps(cast.ben, case=cast.maya, care=Care("Drawing"), seen=None)
    with pytest.raises(Conflict):
        cases.say_what_helps(cast.ana, case=cast.maya, care=Care("Singing"), seen=None)
    both = cases.two_versions(cast.ana, case=cast.maya, kind=CARE, seen=None)
    assert both.before.said is None
    assert both.theirs.said == Care("Drawing")


def test_a_piece_of_another_case_is_no_version_of_this_one(cast: Cast) -> None:
    other = cases.card(cast.ana, case=cast.jun)
    with pytest.raises(NotFound):
        cases.two_versions(cast.ana, case=cast.maya, kind=CARD, seen=other.piece)
    with pytest.raises(Conflict):
        cases.change_card(cast.ana, case=cast.maya, card=other.said, seen=other.piece)


def test_a_legal_name_is_for_those_who_hold_the_case(cast: Cast) -> None:
    named = LegalName("Maria Amor", "Dacanay", "Villacrusis")
    read = child_page.opened(cast.leo, case=cast.maya, part=Compartment.IDENTITY)
    assert isinstance(read.opened.of, child_page.Identity)
    assert read.opened.of.name == named
    for actor in (cast.cora, cast.coby, cast.dan, cast.leo):
        with pytest.raises(Refusal) as refused:
            cases.identity_as_written(actor, case=cast.maya)
        assert refused.value.status == 403
    assert refused.value.sentence.startswith("You may read this."), "Leo, who may not write it"
    seen = cases.identity_as_written(cast.ana, case=cast.maya).piece
    with pytest.raises(Refusal):
        cases.set_identity(cast.leo, case=cast.maya, name=named, seen=seen)


def test_the_same_form_twice_is_one_piece_and_with_other_words_a_refusal(cast: Cast) -> None:
    ana = cast.ana.once("one-form")
    seen = cases.identity_as_written(cast.ana, case=cast.maya).piece
    name = LegalName("Maria", "", "Villacrusis")
    first = cases.set_identity(ana, case=cast.maya, name=name, seen=seen)
    assert cases.set_identity(ana, case=cast.maya, name=name, seen=seen) == first
    with pytest.raises(TypedAgain):
        cases.set_identity(ana, case=cast.maya, name=LegalName("Mary"), seen=seen)
    assert (
        cases.two_versions(cast.ana, case=cast.maya, kind=IDENTITY, seen=seen).theirs.piece == first
    )


def test_a_status_ends_the_day_the_next_begins(cast: Cast) -> None:
    decide(cast, cast.ana, Status.VICTIM)
    victim, at_risk = statuses(cast.ana, case=cast.maya)
    assert (victim.status, victim.until_on) == (Status.VICTIM, None)
    assert (at_risk.status, at_risk.until_on) == (Status.AT_RISK, clock.today())


def test_a_status_decided_meanwhile_is_not_overwritten(cast: Cast) -> None:
    (seen,) = statuses(cast.ana, case=cast.maya)
    decide(cast, cast.ben, Status.VICTIM, seen.id)
    with pytest.raises(Conflict):
        decide(cast, cast.ana, Status.NOT_VICTIM, seen.id)
    assert statuses(cast.ana, case=cast.maya)[0].status is Status.VICTIM


@pytest.mark.parametrize("days", [1, -200])
def test_a_status_begins_neither_ahead_nor_before_the_one_it_ends(cast: Cast, days: int) -> None:
    with pytest.raises(Invalid) as wrong:
        decide(cast, cast.ana, Status.VICTIM, from_on=clock.today() + timedelta(days=days))
    assert "from_on" in wrong.value.fields


def test_an_element_recorded_meanwhile_is_not_overwritten(cast: Cast) -> None:
    given = {"case": cast.maya, "element": Element.ONLINE, "from_on": clock.today()}
    first = cases.record_element(cast.leo, finding=Finding.SUSPECTED, **given)
    cases.record_element(cast.ben, finding=Finding.ESTABLISHED, seen=first, **given)
    with pytest.raises(Conflict):
        cases.record_element(cast.ana, finding=Finding.NOT_FOUND, seen=first, **given)
    _, stands = cases.about_to_record(cast.ana, case=cast.maya, element=Element.ONLINE)
    assert stands is not None
    assert stands.finding is Finding.ESTABLISHED


def test_a_better_birth_restates_the_bands_at_the_removal_and_keeps_what_stood(cast: Cast) -> None:
    stands = cases.card(cast.ana, case=cast.maya)
    assert stands.piece is not None
    (before,) = removals(cast.ana, case=cast.maya)
    born = before.happened.first.replace(year=before.happened.first.year - 5)
    younger = replace(stands.said, birth=PartialDate(born, born, "day"))
    cases.change_card(cast.ana, case=cast.maya, card=younger, seen=stands.piece)
    (after,) = removals(cast.ana, case=cast.maya)
    assert (after.youngest_band, after.oldest_band) == (1, 1)
    assert len(removals(cast.ana, case=cast.maya, history=True)) == 2


@pytest.mark.parametrize("name", ["coby", "cora", "nilda", "hana", "dan", "sela"])
def test_acts_of_those_who_hold_the_case_are_refused_with_a_reason(cast: Cast, name: str) -> None:
    actor = getattr(cast, name)
    with pytest.raises(Refusal) as refused:
        cases.about_to(actor, case=cast.maya, what=Act.DECIDE_STATUS)
    assert refused.value.status == 403
    with pytest.raises(Refusal):
        decide(cast, actor, Status.VICTIM)


def test_a_stranger_finds_no_case_to_write_in(cast: Cast) -> None:
    for act in (
        lambda: cases.card(cast.fe, case=cast.maya),
        lambda: decide(cast, cast.fe, Status.VICTIM),
        lambda: cases.about_to_decide(cast.fe, case=cast.maya),
    ):
        with pytest.raises(NotFound):
            act()
