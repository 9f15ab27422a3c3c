"""Which home may take which children, and why not: the rules alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from tahanan.base.ages import Ages
from tahanan.casework.admissions.suitability import (
    Answer,
    Broken,
    Child,
    Home,
    Line,
    Rule,
    Term,
    answer,
    in_order,
    takes_all,
)
from tahanan.records.vocabulary import FacilityKind, Sex

TONIGHT = date(2022, 3, 14)
VALID = Term(date(2020, 1, 1), date(2022, 3, 14))
CENTER, FAMILY = FacilityKind.ASSESSMENT_CENTER, FacilityKind.FAMILY_HOME


def line(
    number: int = 1, sex: Sex = Sex.UNKNOWN, ages: tuple[int, int] = (0, 17), **more: int
) -> Line:
    return Line(number, sex, *ages, **({"places": 4} | more))


def home(*lines: Line, kind: FacilityKind = CENTER, **more: object) -> Home:
    options: dict[str, object] = {"licences": (VALID,), "accreditations": (VALID,)} | more
    return Home(uuid4(), kind, lines=lines or (line(),), **options)  # type: ignore[arg-type]


def child(sex: Sex = Sex.GIRL, ages: tuple[int, int] | None = (9, 9), **more: object) -> Child:
    return Child(uuid4(), sex, Ages(*ages) if ages else None, **more)  # type: ignore[arg-type]


def rules(said: Answer) -> list[Rule]:
    return [broken.rule for broken in said.broken]


def test_a_licence_valid_to_14_march_fits_on_the_14th_and_is_refused_on_the_15th():
    girl = child()
    there = home()
    assert answer(there, [girl], date(2022, 3, 14)).takes == {girl.case: 1}
    late = answer(there, [girl], date(2022, 3, 15))
    assert not late.takes
    assert late.broken[0] == Broken(Rule.LICENCE_ENDED, day=date(2022, 3, 14))


def test_a_licence_begins_on_its_first_day():
    ahead = home(licences=(Term(date(2022, 3, 15), date(2023, 3, 14)),), kind=FAMILY)
    assert rules(answer(ahead, [child()], date(2022, 3, 14))) == [Rule.LICENCE_AHEAD]
    assert not answer(ahead, [child()], date(2022, 3, 15)).broken


def test_a_renewed_licence_is_not_called_ended():
    renewed = home(licences=(VALID, Term(date(2022, 3, 15), date(2025, 3, 14))), kind=FAMILY)
    assert not answer(renewed, [child()], date(2022, 3, 15)).broken


def test_a_center_needs_accreditation_and_a_foster_family_does_not():
    assert rules(answer(home(accreditations=()), [child()], TONIGHT)) == [
        Rule.ACCREDITATION_MISSING
    ]
    assert not answer(home(accreditations=(), kind=FAMILY), [child()], TONIGHT).broken


def test_a_boy_is_not_taken_by_a_home_for_girls_and_his_sisters_are():
    girls = home(line(sex=Sex.GIRL))
    boy, sister = child(Sex.BOY), child()
    said = answer(girls, [sister, boy], TONIGHT)
    assert said.takes == {sister.case: 1}
    assert said.broken == (Broken(Rule.SEX, boy.case, sex=Sex.GIRL),)


def test_a_child_whose_sex_nobody_wrote_is_taken_only_where_both_are():
    unknown = child(Sex.UNKNOWN)
    assert rules(answer(home(line(sex=Sex.BOY)), [unknown], TONIGHT)) == [Rule.SEX_UNKNOWN]
    assert answer(home(), [unknown], TONIGHT).takes


def test_a_child_of_four_is_not_taken_by_a_home_licensed_from_seven():
    said = answer(home(line(ages=(7, 17))), [child(ages=(4, 4))], TONIGHT)
    assert (said.broken[0].rule, said.broken[0].low, said.broken[0].high) == (Rule.AGE, 7, 17)


def test_a_child_of_eight_or_nine_needs_a_home_licensed_for_both():
    eight_or_nine = child(ages=(8, 9))
    assert rules(answer(home(line(ages=(9, 17))), [eight_or_nine], TONIGHT)) == [Rule.AGE]
    two_lines = home(line(1, ages=(0, 8)), line(2, ages=(9, 17)))
    assert answer(two_lines, [eight_or_nine], TONIGHT).takes


def test_a_child_of_unknown_age_is_asked_for_an_estimate():
    assert rules(answer(home(), [child(ages=None)], TONIGHT)) == [Rule.AGE_UNKNOWN]


def test_a_full_home_says_how_many_places_it_has():
    full = home(line(places=12, taken=12))
    said = answer(full, [child()], TONIGHT)
    assert (said.broken[0].rule, said.broken[0].places, said.broken[0].every) == (
        Rule.FULL,
        12,
        True,
    )


def test_a_place_out_of_use_is_not_a_place():
    assert rules(answer(home(line(places=3, taken=2, out_of_use=1)), [child()], TONIGHT)) == [
        Rule.FULL
    ]


def test_the_last_place_goes_to_one_of_two():
    one, other = child(), child()
    said = answer(home(line(places=5, taken=4)), [one, other], TONIGHT)
    assert list(said.takes) == [one.case]
    assert said.broken[0].case == other.case


def test_a_sister_moves_to_the_wider_line_so_that_both_fit():
    # Taken one by one, the older sister would sit on the only line open to the younger.
    wide, narrow = line(1, ages=(0, 17), places=1), line(2, ages=(10, 12), places=1)
    older, younger = child(ages=(11, 11)), child(ages=(4, 4))
    for group in ([older, younger], [younger, older]):
        assert answer(home(wide, narrow), group, TONIGHT).takes == {older.case: 2, younger.case: 1}


def test_one_line_full_is_not_called_the_whole_home():
    girls, boys = line(1, Sex.GIRL, places=6, taken=6), line(2, Sex.BOY, places=6)
    said = answer(home(girls, boys), [child()], TONIGHT)
    assert (said.broken[0].every, said.broken[0].places, said.broken[0].sex) == (False, 6, Sex.GIRL)


def test_a_paused_home_and_a_survivor_center_say_so_to_everyone():
    assert rules(answer(home(paused=True), [child()], TONIGHT)) == [Rule.PAUSED]
    center = home(kind=FacilityKind.SURVIVOR_CENTER)
    assert rules(answer(center, [child()], TONIGHT)) == [Rule.NOT_A_HOME]


def test_a_home_that_cannot_take_one_of_them_gives_one_answer_and_no_other_reason():
    full_for_girls = home(line(sex=Sex.GIRL, places=1, taken=1))
    sister = child(excluded=frozenset({full_for_girls.id}))
    said = answer(full_for_girls, [sister, child(Sex.BOY)], TONIGHT)
    assert (said.broken, said.takes) == ((Broken(Rule.CANNOT),), {})


def test_a_lapsed_licence_is_said_rather_than_the_neutral_no():
    lapsed = home(licences=())
    said = answer(lapsed, [child(excluded=frozenset({lapsed.id}))], TONIGHT)
    assert rules(said) == [Rule.LICENCE_MISSING]


def test_an_emergency_stay_overrides_places_age_and_accreditation():
    full = home(line(ages=(7, 17), places=2, taken=2), accreditations=())
    four = child(ages=(4, 4))
    assert answer(full, [four], TONIGHT, emergency=True).takes == {four.case: 1}
    assert answer(full, [child(ages=None)], TONIGHT, emergency=True).takes


def test_an_emergency_stay_never_overrides_sex_licence_pause_or_an_exclusion():
    def refused(there: Home, who: Child) -> list[Rule]:
        said = answer(there, [who], TONIGHT, emergency=True)
        assert not said.takes
        return rules(said)

    assert refused(home(line(sex=Sex.GIRL)), child(Sex.BOY)) == [Rule.SEX]
    assert refused(home(licences=()), child()) == [Rule.LICENCE_MISSING]
    assert refused(home(paused=True), child()) == [Rule.PAUSED]
    there = home()
    assert refused(there, child(excluded=frozenset({there.id}))) == [Rule.CANNOT]


def test_family_care_comes_before_a_center_and_together_before_apart():
    sisters = [child(), child()]
    family, center = home(kind=FAMILY), home()
    one_place = home(line(places=1), kind=FAMILY)
    asked = [answer(each, sisters, TONIGHT) for each in (one_place, center, family)]
    assert [said.home for said in in_order(asked, frozenset())] == [
        family.id,
        center.id,
        one_place.id,
    ]
    assert [takes_all(said, sisters) for said in asked] == [False, True, True]


def test_homes_that_can_take_nobody_stand_in_one_order_whatever_their_reason():
    girl = child(excluded=frozenset({UUID(int=2)}))
    homes = [
        Home(UUID(int=n), CENTER, (VALID,), (VALID,) if n != 1 else (), (line(places=n, taken=3),))
        for n in (3, 2, 1)
    ]
    said = in_order([answer(each, [girl], TONIGHT) for each in homes], frozenset({UUID(int=3)}))
    assert [each.home.int for each in said] == [3, 2, 1]
