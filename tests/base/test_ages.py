"""Ages between two bounds, bands, estimates, words, and dates typed in part."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahanan.base import ages
from tahanan.base.ages import AgeWords, PartialDate
from tahanan.base.problems import Problem

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def year(of: int) -> tuple[date, date]:
    return date(of, 1, 1), date(of, 12, 31)


# -- age at an event: the vectors of algorithms.md §9 --


def test_a_child_born_in_2008_was_eleven_or_twelve_in_june_2020():
    event = date(2020, 6, 15)
    assert ages.age_at(*year(2008), event, event) == ages.Ages(11, 12)
    assert not ages.age_at(*year(2008), event, event).certain
    assert ages.bands_of(11, 12) == ("10-12",)


def test_a_child_born_in_2007_may_fall_in_either_of_two_bands():
    event = date(2020, 6, 15)
    assert ages.age_at(*year(2007), event, event) == ages.Ages(12, 13)
    assert ages.bands_of(12, 13) == ("10-12", "13-15")


@pytest.mark.parametrize(
    ("on", "age"),
    [(date(2020, 2, 28), 11), (date(2021, 2, 28), 12), (date(2021, 3, 1), 13)],
)
def test_a_birthday_on_29_february_is_reached_on_1_march(on, age):
    born = date(2008, 2, 29)
    assert ages.age_at(born, born, on, on) == ages.Ages(age, age)


def test_an_event_on_an_uncertain_day_widens_the_age():
    born = date(2010, 5, 10)
    assert ages.age_at(born, born, *year(2020)) == ages.Ages(9, 10)


def test_a_child_is_never_younger_than_nothing_and_an_event_never_before_birth():
    assert ages.age_at(*year(2020), date(2020, 6, 1), date(2020, 6, 1)) == ages.Ages(0, 0)
    with pytest.raises(ValueError, match="before the birth"):
        ages.age_at(*year(2021), date(2020, 6, 1), date(2020, 6, 1))


@given(DAYS, st.integers(0, 800), DAYS, st.integers(0, 400))
def test_every_possible_age_lies_between_the_youngest_and_the_oldest(born, wide, event, late):
    last, until = born + timedelta(wide), event + timedelta(late)
    if born > until:
        return
    found = ages.age_at(born, last, event, until)
    possible = {
        ages.years_between(b, e) for b in (born, last) for e in (event, until) if b <= e
    } or {0}
    assert found.youngest <= min(possible)
    assert found.oldest == max(possible)


# -- bands --


def test_bands_are_cut_at_3_6_10_13_16_and_18():
    cuts = [age for age in range(1, 100) if ages.band(age) != ages.band(age - 1)]
    assert cuts == [3, 6, 10, 13, 16, 18]
    assert [each.code for each in ages.BANDS] == list(ages.bands_of(0, 99))
    with pytest.raises(ValueError, match="never negative"):
        ages.band(-1)
    with pytest.raises(ValueError, match="above"):
        ages.bands_of(12, 3)


# -- estimates --


@given(DAYS, st.integers(0, 30), st.integers(0, 4), st.booleans())
def test_everyone_in_the_span_of_a_guess_has_the_guessed_age_and_nobody_beside_it(
    on, low, more, months
):
    between = ages.months_between if months else ages.years_between
    birth = ages.birth_from_estimate(low, low + more, on, months=months)
    assert birth.estimated
    assert between(birth.first, on) == low + more
    assert between(birth.last, on) == low
    assert between(birth.first - timedelta(1), on) == low + more + 1
    assert between(birth.last + timedelta(1), on) == low - 1


@pytest.mark.parametrize(("low", "high"), [(-1, 3), (5, 4), (0, 121)])
def test_an_impossible_guess_is_refused(low, high):
    with pytest.raises(ValueError, match="estimated age"):
        ages.birth_from_estimate(low, high, TODAY)


# -- words --


def exact(born: date) -> PartialDate:
    return PartialDate(born, born, "day")


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        (exact(date(2013, 11, 25)), "12"),
        (exact(date(2013, 11, 24)), "13"),
        (exact(date(2026, 1, 20)), "10 months"),
        (exact(date(2026, 10, 20)), "1 month"),
        (exact(date(2026, 11, 20)), "under one month"),
        (exact(date(2024, 12, 1)), "23 months"),
        (exact(date(2024, 11, 24)), "2"),
        (PartialDate(*year(2018), "year"), "7 or 8"),
        (PartialDate(date(2018, 11, 1), date(2018, 11, 30), "month"), "7 or 8"),
        (PartialDate(date(2018, 3, 1), date(2018, 3, 31), "month"), "8"),
        (PartialDate(*year(2025), "year"), "10 to 22 months"),
        (ages.birth_from_estimate(4, 4, TODAY), "about 4"),
        (ages.birth_from_estimate(8, 9, TODAY), "8 or 9"),
        (ages.birth_from_estimate(8, 11, TODAY), "8 to 11"),
        (ages.birth_from_estimate(10, 10, TODAY, months=True), "about 10 months"),
        (None, "age not known"),
        (exact(date(2027, 1, 1)), "age not known"),
    ],
)
def test_an_age_is_said_as_people_say_it(birth, said):
    assert ages.words(birth, TODAY).said() == said


def test_a_guess_grows_older_but_not_wider():
    about = ages.birth_from_estimate(8, 9, TODAY)
    assert ages.words(about, TODAY + timedelta(90)) == AgeWords("years-or", 8, 9)
    assert ages.words(about, TODAY + timedelta(270)) == AgeWords("years-or", 9, 10)
    baby = ages.birth_from_estimate(10, 10, TODAY, months=True)
    assert ages.words(baby, date(2027, 3, 24)).said() == "about 14 months"
    assert ages.words(baby, date(2030, 11, 24)).said() == "about 4"


@given(DAYS, st.integers(0, 17), st.integers(0, 5), st.booleans())
def test_a_guess_is_said_back_as_it_was_made_on_its_day(on, low, more, months):
    found = ages.words(ages.birth_from_estimate(low, low + more, on, months=months), on)
    if not months:
        assert (found.low, found.high) == (low, low + more)
    else:
        assert found.low == low


def test_words_are_given_to_the_translator_whole():
    half = AgeWords("about-months", 10, 10)
    assert half.said({"about %(low)s months": "mga %(low)s buwan"}.__getitem__) == "mga 10 buwan"


# -- dates typed in part --


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("27", "3", "2012"), PartialDate(date(2012, 3, 27), date(2012, 3, 27), "day")),
        ((" 7 ", "03", " 2012 "), PartialDate(date(2012, 3, 7), date(2012, 3, 7), "day")),
        (("", "2", "2012"), PartialDate(date(2012, 2, 1), date(2012, 2, 29), "month")),
        (("", "Pebrero", "2011"), PartialDate(date(2011, 2, 1), date(2011, 2, 28), "month")),
        (("", "", "2012"), PartialDate(*year(2012), "year")),
        (("", "", "2026"), PartialDate(date(2026, 1, 1), TODAY, "year")),
        (("", "11", "2026"), PartialDate(date(2026, 11, 1), TODAY, "month")),
        (("24", "11", "2026"), PartialDate(TODAY, TODAY, "day")),
        (("２７", "3", "２０１２"), PartialDate(date(2012, 3, 27), date(2012, 3, 27), "day")),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(typed, found):
    assert ages.parse_date(*typed, TODAY) == found


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            ("31", "2", "2012"),
            "day",
            "February 2012 had 29 days, so 31 cannot be right. Mend the day, or clear it.",
        ),
        (
            ("31", "11", "2026"),
            "day",
            "November 2026 has 30 days, so 31 cannot be right. Mend the day, or clear it.",
        ),
        (
            ("0", "2", "2012"),
            "day",
            "February 2012 had 29 days, so 0 cannot be right. Mend the day, or clear it.",
        ),
        (
            ("3", "13", "2012"),
            "month",
            "There are 12 months, so 13 cannot be right. Mend the month.",
        ),
        (("25", "11", "2026"), "day", "25 November 2026 has not come yet. Mend the day."),
        (
            ("", "12", "2026"),
            "month",
            "December 2026 has not come yet. Mend the month or the year.",
        ),
        (("", "", "2027"), "year", "2027 has not come yet. Mend the year."),
        (("", "", "1899"), "year", "1899 is more than 120 years ago. Mend the year."),
        (("", "", "12"), "year", "The year must be four digits, like 2012. Mend the year."),
        (
            ("x", "2", "2012"),
            "day",
            "The day must be a number, like 27. Mend the day, or clear it.",
        ),
        (
            ("", "Foo", "2012"),
            "month",
            "The month must be a number from 1 to 12, or its name. Mend the month.",
        ),
        (
            ("3", "", "2012"),
            "month",
            "There is a day but no month. Write the month, or clear the day.",
        ),
        (
            ("3", "2", ""),
            "year",
            "The year is missing. Write the year, or give an age instead.",
        ),
        (
            ("", "", ""),
            "year",
            "Write the date, or as much of it as is known. The year alone is enough.",
        ),
        (
            ("-1", "2", "2012"),
            "day",
            "The day must be a number, like 27. Mend the day, or clear it.",
        ),
    ],
)
def test_a_wrong_date_says_which_field_and_how_to_mend_it(typed, field, sentence):
    (problem,) = ages.parse_date(*typed, TODAY)
    assert isinstance(problem, Problem)
    assert (problem.field, problem.said()) == (field, sentence)


def test_every_field_that_is_no_number_is_named():
    problems = ages.parse_date("x", "??", "twenty", TODAY)
    assert [problem.field for problem in problems] == ["day", "month", "year"]


def test_months_in_sentences_are_translated_with_them():
    (problem,) = ages.parse_date("31", "2", "2012", TODAY)
    said = problem.said(lambda text: {"February": "Pebrero"}.get(text, text))
    assert said.startswith("Pebrero 2012 had 29 days")


@given(st.text(max_size=5), st.text(max_size=9), st.text(max_size=6))
def test_whatever_is_typed_gives_a_past_span_or_a_sentence(day, month, typed_year):
    found = ages.parse_date(day, month, typed_year, TODAY)
    if isinstance(found, PartialDate):
        assert found.first <= found.last <= TODAY
    else:
        assert all(problem.said().endswith((".", "enough.")) for problem in found)


def test_an_impossible_partial_date_cannot_be_made():
    with pytest.raises(ValueError, match="after the last"):
        PartialDate(date(2012, 2, 2), date(2012, 2, 1), "day")
    with pytest.raises(ValueError, match="precision"):
        PartialDate(date(2012, 2, 1), date(2012, 2, 2), "week")


def test_an_age_is_typed_in_years_or_for_a_baby_in_months():
    on = date(2020, 9, 17)
    assert ages.parse_age("13", "", on) == ages.birth_from_estimate(13, 13, on)
    assert ages.parse_age("", "10", on) == ages.birth_from_estimate(10, 10, on, months=True)
    assert ages.parse_age("1", "2", on) == ages.birth_from_estimate(14, 14, on, months=True)


def test_an_age_that_cannot_be_is_named_with_its_part():
    on = date(2020, 9, 17)
    for years, months, part in (
        ("1o", "", "years"),
        ("", "40", "months"),
        ("9" * 999, "", "years"),
    ):
        found = ages.parse_age(years, months, on)
        assert isinstance(found, tuple)
        assert [one.field for one in found] == [part]
