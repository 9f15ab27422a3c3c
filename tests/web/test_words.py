"""Days, hours, ages and counts as people read them, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from tahanan.base import clock
from tahanan.base.ages import PartialDate, birth_from_estimate
from tahanan.web import home, words

TODAY = datetime(2020, 9, 2, 3, 0, tzinfo=UTC)  # 11:00 in Manila


@pytest.fixture(autouse=True)
def on_a_wednesday() -> Iterator[None]:
    with clock.frozen(TODAY), translation.override("en"):
        yield


def test_a_day_of_this_year_is_said_without_the_year():
    assert words.day(date(2020, 9, 17)) == "17 September"
    assert words.day(date(2019, 9, 17)) == "17 September 2019"
    assert words.day(date(2020, 9, 3), "short") == "Thu 3 September"


def test_the_head_of_a_page_says_the_whole_day_in_each_language():
    said = {}
    for code in ("en", "fil", "ceb"):
        with translation.override(code):
            said[code] = words.full_day(date(2020, 9, 2))
    assert said == {
        "en": "Wednesday 2 September 2020",
        "fil": "Miyerkules ika-2 ng Setyembre 2020",
        "ceb": "Miyerkules ika-2 sa Septyembre 2020",
    }


def test_an_hour_is_the_hour_in_manila():
    assert words.when(datetime(2020, 9, 2, 0, 12, tzinfo=UTC)) == "today at 08:12"
    assert words.when(datetime(2020, 9, 1, 9, 20, tzinfo=UTC)) == "yesterday at 17:20"
    # Late on the 19th in Greenwich is the 20th in Manila.
    assert words.when(datetime(2020, 8, 19, 17, 5, tzinfo=UTC)) == "20 August at 01:05"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2020, 6, 18), date(2020, 6, 18), "18 June"),
        (date(2020, 9, 16), date(2020, 9, 17), "16 or 17 September"),
        (date(2019, 12, 31), date(2020, 1, 1), "31 December 2019 or 1 January"),
        (date(2012, 2, 1), date(2012, 2, 29), "February 2012"),
        (date(2012, 1, 1), date(2012, 12, 31), "2012"),
        (date(2012, 3, 3), date(2012, 3, 9), "between 3 and 9 March 2012"),
    ],
)
def test_a_day_known_in_part_says_what_is_possible(first, last, said):
    assert words.span(first, last) == said


def test_late_is_a_sentence_and_soon_is_a_number_of_days():
    assert words.due(date(2020, 8, 31)) == "2 days late"
    assert words.due(date(2020, 9, 1)) == "1 day late"
    assert words.due(date(2020, 9, 2)) == "today"
    assert words.due(date(2020, 9, 3)) == "tomorrow"
    assert words.due(date(2020, 9, 5)) == "in 3 days"
    assert words.due(date(2020, 9, 9)) == "Wed 9 September"


def test_a_licence_says_when_it_ends_or_that_it_ended():
    assert words.ends(date(2020, 11, 30)) == "Ends in 89 days"
    assert words.ends(date(2020, 9, 2)) == "Ends today"
    assert words.ends(date(2020, 6, 30)) == "Ended on 30 June"


def test_an_age_is_as_certain_as_what_is_known():
    day = clock.today()
    assert words.age(birth_from_estimate(4, 4, day)) == "about 4"
    assert words.years_old(birth_from_estimate(8, 9, day)) == "8 or 9 years old"
    assert words.years_old(birth_from_estimate(10, 10, day, months=True)) == "about 10 months old"
    assert words.years_old(PartialDate(date(2007, 1, 5), date(2007, 1, 5), "day")) == "13 years old"
    assert words.years_old(None) == "age not known"


def test_a_count_stands_before_its_noun_in_each_language():
    assert [words.count(n) for n in (1, 3, 10, 11)] == ["one", "three", "ten", "11"]
    with translation.override("fil"):
        assert [words.count(n) for n in (3, 4, 11)] == ["tatlong", "apat na", "11 na"]
    with translation.override("ceb"):
        assert [words.count(n) for n in (3, 11)] == ["tulo ka", "11 ka"]


def test_names_are_joined_as_one_says_them():
    assert words.joined(["Amihan", "Kiko", "Nene"]) == "Amihan, Kiko and Nene"
    assert words.joined(["Maya"]) == "Maya"


def test_a_sister_is_greeted_with_her_title():
    assert home.greeting("Lorna Abad") == "Good morning, Lorna"
    assert home.greeting("Sr. Amelia Roque") == "Good morning, Sr. Amelia"
