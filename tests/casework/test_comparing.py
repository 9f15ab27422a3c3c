"""Exclusions that are computed: a suspect on the staff or in the household, before and after.

Every name is invented.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, rows
from tests.casework.placing import refused, settle
from tests.casework.test_exclusions import NEUTRAL, Trace, _ask, declare, lead, rules_of

from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import (
    admissions,
    comparing,
    exclusions,
    facilities,
    justice,
    notes,
    search,
)
from tahanan.casework.admissions.shapes import Heard
from tahanan.casework.admissions.suitability import Rule
from tahanan.casework.justice import Named, Who
from tahanan.casework.operations import Happening
from tahanan.records.models import LedgerEntry, Membership, Note, Person
from tahanan.records.vocabulary import Answer, Compartment, Part, Relation, SuspectKin

COUSIN = "Rogelio Amante"
FOSTER = "Foster household 14"


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    comparing.forget()
    return found


def suspect(here: Homes, *cases: UUID, by: str = "ana", name: str = COUSIN, also: str = "") -> UUID:
    today = Happening(clock.today(), clock.today())
    return justice.name_suspect(
        getattr(here.cast, by),
        of=tuple(Named(case, SuspectKin.COUSIN, Answer.NO) for case in cases),
        who=Who(name, also),
        part=Part.FACILITATOR,
        minor=Answer.NO,
        named=today,
    )


def live_in(here: Homes, name: str = "Rogelio Amante", home: str = "family") -> UUID:
    return facilities.add_household_member(
        here.cast.ada, facility=here.of[home], name=name, since_on=clock.today()
    )


def hire(here: Homes, name: str = "Rogelio P. Amante") -> None:
    """Somebody more on the staff of Bahay Amihan: on the day the invitation is written."""

    def written() -> None:
        like = Person.objects.get(id=here.cast.cora.person)
        like.pk = like.id = uuid4()
        like.name = name
        like.save(force_insert=True)
        Membership(
            team_id=here.cast.team("house"),
            person=like,
            role=Relation.GUARD,
            from_on=clock.today(),
        ).save(force_insert=True)

    rows(written)


def reasons(here: Homes, case: UUID, by: str = "sela") -> list[str]:
    secret_of = getattr(here.cast, by)

    def text(note: UUID) -> str:
        return notes.note(secret_of, case=case, note=note).text

    found = rows(
        lambda: list(
            Note.objects.filter(case=case, compartment=Compartment.JUSTICE)
            .order_by("id")
            .values_list("id", flat=True)
        )
    )
    return [text(each) for each in found]


def excluded(*cases: UUID) -> list[frozenset[UUID]]:
    return [rows(lambda case=case: exclusions.read(case)) for case in cases]


# ── when each of the three is written ───────────────────────────────────────────────────────


def test_a_cousin_on_the_staff_before_he_is_named_excludes_the_whole_family_at_once(
    here: Homes,
) -> None:
    hire(here)
    assert rules_of(here, "amihan", here.cast.maya) == []
    suspect(here, here.cast.maya)
    home = frozenset({here.of["amihan"]})
    assert excluded(here.cast.maya, here.cast.jun, here.cast.nene) == [home, home, frozenset()]
    for case in (here.cast.maya, here.cast.jun):
        (why,) = reasons(here, case)
        assert why.startswith("Bahay Amihan cannot take this child. Rogelio P. Amante, who works")
    assert reasons(here, here.cast.nene) == []
    assert rules_of(here, "amihan", here.cast.jun) == [Rule.CANNOT]


def test_an_alias_and_a_household_count_and_another_s_name_does_not(here: Homes) -> None:
    live_in(here, "Boyet Amante")
    live_in(here, "Gloria Amante", home="girls")
    suspect(here, here.cast.maya, also="Boyet")
    assert excluded(here.cast.maya) == [frozenset({here.of["family"]})]


def test_hired_after_he_was_named_the_next_question_hears_no(here: Homes) -> None:
    suspect(here, here.cast.maya)
    assert rules_of(here, "amihan", here.cast.maya) == []
    hire(here)
    assert rules_of(here, "amihan", here.cast.maya) == [Rule.CANNOT]
    assert rules_of(here, "amihan", here.cast.jun) == [Rule.CANNOT]
    assert excluded(here.cast.maya, here.cast.jun) == [frozenset({here.of["amihan"]})] * 2
    # Why is written by who comes in next, not by the question.
    assert reasons(here, here.cast.maya) == []
    assert comparing.compare_homes(here.cast.sela) == 1
    assert len(reasons(here, here.cast.maya)) == len(reasons(here, here.cast.jun)) == 1


def test_who_moved_in_between_the_answer_and_the_admission_keeps_them_out(here: Homes) -> None:
    suspect(here, here.cast.maya)
    request = admissions.ask_for_place(here.cast.ana, cases=(here.cast.maya,))
    live_in(here)
    said = refused(
        lambda: admissions.admit_to_facility(
            here.cast.ana,
            request=request,
            facility=here.of["family"],
            cases=(here.cast.maya,),
            parting_reason="One bed.",
        )
    )
    assert said.sentence == NEUTRAL.replace("these children", "this child")


def test_of_a_child_who_lives_there_already_the_lead_hears_once_somebody_came_in(
    here: Homes,
) -> None:
    suspect(here, here.cast.maya)
    settle(here, "family", here.cast.maya, here.cast.jun)
    live_in(here)
    assert lead(here) == []
    assert comparing.compare_homes(here.cast.ana) == 1
    assert sorted((why, home, *names) for why, home, names in lead(here)) == [
        (Heard.LIVES_THERE, FOSTER, "Jun-jun"),
        (Heard.LIVES_THERE, FOSTER, "Maya"),
    ]


def test_compared_once_the_same_people_are_not_compared_again_and_new_ones_are(
    here: Homes,
) -> None:
    suspect(here, here.cast.maya)
    assert comparing.due(here.cast.ana)
    assert comparing.compare_homes(here.cast.ana) == 0
    assert not comparing.due(here.cast.ana)
    live_in(here)
    assert comparing.compare_homes(here.cast.ana) == 1
    assert comparing.compare_homes(here.cast.ana) == 0
    # After the server began anew it is compared again, and nothing is written twice.
    comparing.forget()
    comparing.compare_homes(here.cast.ana)
    assert len(reasons(here, here.cast.maya)) == 1


def test_who_left_is_compared_no_more(here: Homes) -> None:
    member = live_in(here)
    facilities.household_member_left(here.cast.ada, facility=here.of["family"], member=member)
    suspect(here, here.cast.maya)
    assert excluded(here.cast.maya) == [frozenset()]


def test_behind_the_first_page_it_is_compared_in_the_thread_that_reads_names(here: Homes) -> None:
    suspect(here, here.cast.maya)
    live_in(here)
    search.forget()
    thread = search.warm_behind(here.cast.ana)
    assert isinstance(thread, threading.Thread)
    thread.join(timeout=30)
    assert excluded(here.cast.jun) == [frozenset({here.of["family"]})]
    assert search.warm_behind(here.cast.ana) is None


@pytest.mark.parametrize("who", ["cora", "coby", "nilda", "dan", "lito", "fe", "gil", "ada"])
def test_who_may_not_write_justice_compares_nothing(here: Homes, who: str) -> None:
    suspect(here, here.cast.maya)
    live_in(here)
    actor = getattr(here.cast, who)
    assert comparing.compare_homes(actor) == 0
    with pytest.raises(Refusal):
        comparing.exclude_bearer(
            actor, case=here.cast.maya, facility=here.of["family"], who=uuid4()
        )
    assert excluded(here.cast.maya) == [frozenset()]


def test_a_look_that_compares_leaves_no_entry_and_what_is_written_is_a_note_like_any_other(
    here: Homes,
) -> None:
    suspect(here, here.cast.maya)
    live_in(here)
    before = rows(LedgerEntry.objects.count)
    comparing.homes_to_compare(here.cast.ana)
    assert rows(LedgerEntry.objects.count) == before
    comparing.forget()
    comparing.compare_homes(here.cast.ana)
    verbs = rows(lambda: list(LedgerEntry.objects.order_by("at").values_list("verb", flat=True)))
    assert verbs[before:] == ["write_note"]


# ── a false match, lifted ───────────────────────────────────────────────────────────────────


def lift(here: Homes, home: str = "family", by: str = "sela", reason: str = "Two men.") -> UUID:
    return admissions.lift_exclusion(
        getattr(here.cast, by), case=here.cast.maya, facility=here.of[home], reason=reason
    )


def test_lifted_by_the_lead_the_same_two_are_not_found_again_and_a_third_is(here: Homes) -> None:
    live_in(here)
    suspect(here, here.cast.maya)
    lift(here)
    assert excluded(here.cast.maya, here.cast.jun) == [frozenset()] * 2
    assert reasons(here, here.cast.maya)[-1] == f"{FOSTER} can take this child after all. Two men."
    assert rules_of(here, "family", here.cast.maya) == []
    comparing.forget()
    assert comparing.compare_homes(here.cast.ana) == 0
    assert excluded(here.cast.maya) == [frozenset()]
    live_in(here, "Rogelio Perez Amante")
    assert rules_of(here, "family", here.cast.maya) == [Rule.CANNOT]


def test_what_was_declared_by_hand_is_lifted_as_well(here: Homes) -> None:
    declare(here, here.cast.maya, "family")
    lift(here)
    assert rules_of(here, "family", here.cast.maya) == []


def test_only_the_lead_lifts_with_a_reason_and_what_stands(here: Homes) -> None:
    declare(here, here.cast.maya, "family")
    for by, error in (("leo", Refusal), ("ana", Refusal), ("ben", Refusal), ("fe", NotFound)):
        with pytest.raises(error) as refused_by:
            lift(here, by=by)
        assert isinstance(refused_by.value, NotFound) is (by == "fe")
    for reason in ("", "x" * 20_000):
        with pytest.raises(Invalid):
            lift(here, reason=reason)
    with pytest.raises(NotFound):
        lift(here, "girls")
    assert rules_of(here, "family", here.cast.maya) == [Rule.CANNOT]


# ── the household ───────────────────────────────────────────────────────────────────────────


def test_a_household_is_written_by_who_keeps_the_home_and_seen_by_nobody_else(here: Homes) -> None:
    member = live_in(here)
    page = facilities.facility(here.cast.ada, facility=here.of["family"])
    assert [each.name for each in page.household] == ["Rogelio Amante"]
    assert facilities.facility(here.cast.ana, facility=here.of["family"]).household == ()
    with pytest.raises(Refusal):
        facilities.add_household_member(
            here.cast.cora, facility=here.of["family"], name="X", since_on=clock.today()
        )
    for name in (" ", "x" * 161, "Rogelio Amante"):
        with pytest.raises(Invalid):
            live_in(here, name)
    facilities.household_member_left(here.cast.ada, facility=here.of["family"], member=member)
    with pytest.raises(Conflict):
        facilities.household_member_left(here.cast.ada, facility=here.of["family"], member=member)
    with pytest.raises(NotFound):
        facilities.household_member_left(here.cast.ada, facility=here.of["girls"], member=member)


# ── the neutral no stays neutral (keyed-links.md §9, test 13) ───────────────────────────────


def _world(here: Homes, found: str) -> list[Trace]:
    """A home that cannot take Maya, for one of two reasons; then every question about her group.

    `named` once, whichever: both worlds hold the same suspect and the same people.
    """
    suspect(here, here.cast.maya)
    live_in(here, "Rogelio Amante" if found == "cousin" else "Pilar Ocampo")
    if found == "court":
        declare(here, here.cast.maya, "family", reason="Branch 12 bars it.")
    maya, jun, nene = here.cast.maya, here.cast.jun, here.cast.nene
    return [_ask(here, asked) for asked in ((maya,), (jun,), (nene,), (maya, jun), (maya, nene))]


def test_a_relation_found_by_the_question_and_a_court_s_bar_leave_the_same_traces(
    snapshot: Callable[..., Any],
) -> None:
    cousin = _world(snapshot("homes", homes.build), "cousin")
    court = _world(snapshot("homes", homes.build), "court")
    assert cousin == court
    assert cousin[3].reasons.count((NEUTRAL,)) == 1


def test_whether_anything_is_found_the_same_statements_are_made(
    snapshot: Callable[..., Any],
) -> None:
    cousin = _world(snapshot("homes", homes.build), "cousin")
    nobody = _world(snapshot("homes", homes.build), "nobody")
    assert [each.statements for each in cousin] == [each.statements for each in nobody]
