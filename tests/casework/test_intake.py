"""One removal, any number of children: typed, saved even when wrong, filed once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.casework.night import answer, ask, begin, board, day, file, meet, panes, rows
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.casework import intake
from tahanan.casework.intake import answers
from tahanan.records.vocabulary import BasisKind, HowSafe, Sex

# -- filing --


def test_three_answers_open_a_file(cast: Cast, night: UUID):
    meet(cast.ana, night, "Rowena", "girl", "13")
    case = panes(cast.ana, night)["Rowena"].case
    found = file(cast.ana, case=case)
    assert (found["card"].chosen, found["card"].sex) == ("Rowena", Sex.GIRL)
    assert [removal.happened.first for removal in found["removals"]] == [clock.today()]
    assert found["shared"].city == "0702214000" or found["shared"].city
    assert found["shared"].hour == "02:12"
    assert rows(cast.ana, intake=night) == {
        "operations": 1, "removals": 1, "cases": 1, "links": 0,
    }  # fmt: skip


def test_nine_children_are_one_operation_and_nine_files(cast: Cast, night: UUID):
    for number in range(9):
        meet(cast.ana, night, f"Kid{'abcdefghi'[number]}", "boy", str(number + 3))
    assert rows(cast.ana, intake=night) == {
        "operations": 1, "removals": 9, "cases": 9, "links": 0,
    }  # fmt: skip


def test_a_child_without_a_name_is_the_number_she_was_met_at(cast: Cast, night: UUID):
    meet(cast.ana, night, "Rowena")
    meet(cast.ana, night, "", "unknown", "")
    pane = panes(cast.ana, night)["Child 2"]
    assert file(cast.ana, case=pane.case)["name"][1].full() == "Child 2"
    assert file(cast.ana, case=pane.case)["card"].number == 2
    assert pane.answered == ("sex",)


def test_a_baby_of_ten_months_is_filed_by_her_months(cast: Cast, night: UUID):
    child = intake.add_child(
        cast.ana,
        intake=night,
        step="tonight",
        typed={"name": "Totoy", "sex": "boy", "age-months": "10"},
    )
    case = next(p.case for p in board(cast.ana, night).panes if p.id == child)
    assert file(cast.ana, case=case)["removals"][0].oldest_band == 0


def test_no_file_is_opened_before_the_day_and_the_city_are_known(cast: Cast):
    id = intake.open_intake(cast.ana, team=cast.team("casework"))
    meet(cast.ana, id, "Rowena")
    meet(cast.ana, id, "Dodong", "boy")
    assert [pane.case for pane in board(cast.ana, id).panes] == [None, None]
    answer(cast.ana, id, "when", **day("happened", clock.today()))
    answer(cast.ana, id, "where", city="Carcar")
    assert rows(cast.ana, intake=id)["cases"] == 2


def test_forty_children_fit_on_one_intake(cast: Cast, night: UUID):
    intake.add_several(cast.ana, intake=night, how_many=40)
    shown = board(cast.ana, night)
    assert [pane.position for pane in shown.panes] == list(range(1, 41))
    ask(cast.ana, night, shown.panes[39].id, "tonight", name="Zeny", sex="girl", age_years="7")
    assert rows(cast.ana, intake=night)["cases"] == 1


# -- saved even when wrong --


def test_a_wrong_age_is_kept_as_typed_and_no_file_is_opened(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Kiko", "boy", "1o")
    asked = intake.child(cast.ana, intake=night, child=child)
    assert asked.typed["age-years"] == "1o"
    assert [mend.field for mend in asked.mends] == ["age"]
    assert asked.case is None
    ask(cast.ana, night, child, "tonight", name="Kiko", sex="boy", age_years="10")
    assert panes(cast.ana, night)["Kiko"].case is not None


def test_a_day_that_never_was_is_kept_and_the_file_stays_as_it_stood(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Kiko", "boy", "8")
    case = panes(cast.ana, night)["Kiko"].case
    before = file(cast.ana, case=case)["card"].birth
    ask(cast.ana, night, child, "born", born_day="31", born_month="2", born_year="2012")
    asked = intake.child(cast.ana, intake=night, child=child)
    assert [mend.problem.said() for mend in asked.mends] == [
        "February 2012 had 29 days, so 31 cannot be right. Mend the day, or clear it."
    ]
    assert file(cast.ana, case=case)["card"].birth == before


def test_a_city_of_several_places_waits_to_be_chosen(cast: Cast):
    id = intake.open_intake(cast.ana, team=cast.team("casework"))
    answer(cast.ana, id, "where", city="Talisay")
    shared = board(cast.ana, id).standing.shared
    assert shared.city is None
    assert [mend.problem.code for mend in shared.mends] == ["several"]
    code = next(c.code for c in intake.cities_like("Talisay") if c.around)
    answer(cast.ana, id, "where", city="Talisay", city_code=code)
    assert board(cast.ana, id).standing.shared.city.code == code


TEXT = st.text(st.characters(codec=None), max_size=60)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_typed_comes_back_letter_for_letter(
    cast: Cast, night: UUID, data: st.DataObject
):
    step = data.draw(st.sampled_from(sorted(intake.CHILD_STEPS)))
    typed = {name: data.draw(TEXT) for name in answers.fields_of(step)}
    child = intake.add_child(cast.ana, intake=night, step=step, typed=typed)
    assert intake.child(cast.ana, intake=night, child=child).typed == typed


@given(st.dictionaries(st.sampled_from(sum(intake.CHILD_STEPS.values(), ())), TEXT))
def test_anything_typed_of_a_child_can_be_read_or_mended(typed: dict[str, str]):
    on = date(2020, 9, 17)
    for mend in answers.read_child(typed, on, on).mends:
        assert answers.step_of(mend.field) in intake.CHILD_STEPS
        assert mend.problem.said()


@given(st.dictionaries(st.sampled_from(sum(intake.SHARED_STEPS.values(), ())), TEXT))
def test_anything_typed_for_all_can_be_read_or_mended(typed: dict[str, str]):
    for mend in answers.read_shared(typed, date(2020, 9, 17)).mends:
        assert answers.step_of(mend.field) in intake.SHARED_STEPS
        assert mend.problem.said()


# -- later answers --


def test_a_later_answer_corrects_the_removal_and_keeps_what_stood(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Tina", "girl", "4")
    case = panes(cast.ana, night)["Tina"].case
    ask(cast.ana, night, child, "tonight", name="Tina", sex="girl", age_years="14")
    removals = file(cast.ana, case=case)["removals"]
    assert len(removals) == 2
    assert [r.oldest_band for r in removals if r.replaced_on is None] == [4]
    assert [r.oldest_band for r in removals if r.replaced_on is not None] == [1]


def test_what_she_needs_tonight_stands_on_her_card_and_on_the_board(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Totoy", "boy", "1")
    ask(
        cast.ana, night, child, "needs",
        allergies="Shrimp", medicine="", needs="Milk", need_by="4:00",
    )  # fmt: skip
    pane = panes(cast.ana, night)["Totoy"]
    card = file(cast.ana, case=pane.case)["card"]
    assert (card.allergies, card.needs) == ("Shrimp", "Milk (before 04:00)")
    assert (pane.needs, pane.need_by) == ("Milk", "04:00")
    intake.meet_need(cast.ana, intake=night, child=child)
    pane = panes(cast.ana, night)["Totoy"]
    assert pane.needs == ""
    assert file(cast.ana, case=pane.case)["card"].needs == "Milk (before 04:00)"


def test_what_somebody_wrote_on_the_card_since_is_not_overwritten(cast: Cast, night: UUID):
    from dataclasses import replace

    from tahanan.casework import cases

    child = meet(cast.ana, night, "Tina", "girl", "4")
    case = panes(cast.ana, night)["Tina"].case
    seen = cases.card(cast.ben, case=case)
    cases.change_card(
        cast.ben, case=case, card=replace(seen.said, allergies="Eggs"), seen=seen.piece
    )
    ask(cast.ana, night, child, "belongs", language="Cebuano", brought="A neighbour")
    card = file(cast.ana, case=case)["card"]
    assert (card.allergies, card.language) == ("Eggs", "Cebuano")


def test_who_brought_her_stands_in_care_and_her_full_name_in_identity(cast: Cast, night: UUID):
    child = meet(cast.ana, night, "Jessa", "girl", "11")
    ask(
        cast.ana, night, child, "belongs",
        brought="Her aunt", belongs="Child 5", full_name="jessa mae ortega lim",
    )  # fmt: skip
    case = panes(cast.ana, night)["Jessa"].case
    found = file(cast.ana, case=case)
    assert "Brought by: Her aunt" in found["notes"][0]
    assert found["name"][1].full() == "Jessa Mae Ortega Lim"
    ask(cast.ana, night, child, "belongs", brought="Her aunt Delia", belongs="Child 5")
    assert len(file(cast.ana, case=case)["notes"]) == 1
    assert "Delia" in file(cast.ana, case=case)["notes"][0]


# -- shared facts --


def test_a_shared_fact_changed_later_is_changed_in_every_file(cast: Cast, night: UUID):
    meet(cast.ana, night, "Nilo", "boy", "8")
    meet(cast.ana, night, "Inday", "girl", "7")
    earlier = clock.today() - timedelta(days=1)
    answer(cast.ana, night, "when", **day("happened", earlier), hour="23:50")
    answer(cast.ana, night, "where", city="Sipalay")
    answer(cast.ana, night, "who", unit="Women and children's desk", how="safeguarded")
    for pane in board(cast.ana, night).panes:
        found = file(cast.ana, case=pane.case)
        stands = next(r for r in found["removals"] if r.replaced_on is None)
        assert (stands.happened.first, stands.how) == (earlier, HowSafe.SAFEGUARDED)
        assert stands.region == "1800000000"
        assert (found["shared"].unit, found["shared"].hour) == (
            "Women and children's desk",
            "23:50",
        )
    assert rows(cast.ana, intake=night)["operations"] == 1


def test_who_ordered_custody_is_asked_once_and_is_the_basis_of_all(cast: Cast, night: UUID):
    meet(cast.ana, night, "Nilo", "boy", "8")
    answer(cast.ana, night, "custody", decider="Judge Amparo", authority="RTC 12", reference="7-20")
    meet(cast.ana, night, "Inday", "girl", "7")
    answer(cast.ana, night, "custody", decider="Judge Amparo Uy", authority="RTC 12", reference="")
    for pane in board(cast.ana, night).panes:
        (basis,) = file(cast.ana, case=pane.case)["bases"]
        assert basis.kind is BasisKind.PROTECTIVE_CUSTODY
        assert basis.authority.decider == "Judge Amparo Uy"


def test_a_child_is_never_brought_to_safety_before_she_was_born(cast: Cast):
    id = begin(cast.ana, cast.team("casework"), on=clock.today() - timedelta(days=400))
    child = intake.add_child(
        cast.ana, intake=id, step="tonight", typed={"name": "Baby", "age-months": "2"}
    )
    (mend,) = intake.child(cast.ana, intake=id, child=child).mends
    assert (mend.field, mend.problem.code) == ("age", "born-after")
    assert rows(cast.ana, intake=id)["cases"] == 0
