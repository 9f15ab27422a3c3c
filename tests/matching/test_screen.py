"""Search before create."""

import random
import uuid
from dataclasses import replace

import pytest
from tests.matching.people import one_slip, people

from tahanan.matching.index import Partition, Row
from tahanan.matching.normal import name_words
from tahanan.matching.screen import LOOK, REASONS, SAME, SIBLING, VERDICTS, screen

KNOWN = Row(
    uuid.UUID(int=1),
    name_words("Maria Clara", "Reyes", "Santos", "Ikay"),
    2012,
    2012,
    "0700000000",
    "f",
)


def child(given: str, middle: str = "Reyes", surname: str = "Santos", **facts: object) -> Row:
    new = Row(uuid.UUID(int=99), name_words(given, middle, surname), 2012, 2012, "0700000000", "f")
    return replace(new, **facts)


@pytest.fixture
def partition() -> Partition:
    """Sixty other children and Maria Clara."""
    full = Partition()
    full.add([person.row() for person in people(60, seed=5, words=90)])
    full.add([KNOWN])
    return full


def verdict(partition: Partition, new: Row) -> str | None:
    return next((one.verdict for one in screen(partition, new) if one.id == KNOWN.id), None)


def test_the_same_name_year_and_sex_is_probably_the_same_child(partition):
    (likeness,) = screen(partition, child("Maria Clara"))
    assert (likeness.id, likeness.verdict) == (KNOWN.id, SAME)
    codes = [reason.code for reason in likeness.reasons]
    assert codes == [
        *("given-same", "second-same", "surname-same", "middle-same"),
        *("year-same", "region-same", "sex-same"),
    ]
    assert likeness.weight == pytest.approx(sum(r.weight for r in likeness.reasons), abs=0.05)


def test_a_misspelt_name_without_a_middle_name_is_still_seen(partition):
    assert verdict(partition, child("Marya Clara", "", "Santoz")) in (SAME, LOOK)


def test_a_nickname_is_enough_to_look(partition):
    assert verdict(partition, child("Ikay", "")) in (SAME, LOOK)


def test_middle_name_and_surname_the_other_way_round_are_noticed(partition):
    (likeness,) = screen(partition, child("Maria Clara", "Santos", "Reyes"))
    assert likeness.verdict == SAME
    assert "swapped" in [reason.code for reason in likeness.reasons]


def test_another_given_name_with_both_surnames_and_the_region_is_maybe_a_sister(partition):
    assert verdict(partition, child("Jessa", first_year=2015, last_year=2015)) == SIBLING
    # A twin weighs as much as the same child, and is still no more than a sister.
    assert verdict(partition, child("Jessa")) == SIBLING
    assert verdict(partition, child("Jessa", region="0600000000", first_year=2015)) != SIBLING


def test_a_stranger_is_like_nobody(partition):
    assert screen(partition, child("Xqzara", "Vexqu", "Qwezil")) == ()


def test_the_same_common_name_of_another_sex_and_year_is_no_match(partition):
    other = child("Maria", "", "Santos", first_year=2004, last_year=2004, sex="m")
    assert verdict(partition, replace(other, region="1900000000")) is None


def test_a_rare_name_says_more_than_a_common_one(partition):
    partition.add(
        Row(uuid.UUID(int=1000 + n), name_words("Maria", "", f"Ocampo{chr(97 + n)}"))
        for n in range(20)
    )
    partition.add([Row(uuid.UUID(int=2), name_words("Zenaida", "", "Lacsamana"))])
    weights = {
        name: screen(partition, Row(uuid.UUID(int=98), name_words(name, "", surname)))[0].weight
        for name, surname in (("Maria", "Santos"), ("Zenaida", "Lacsamana"))
    }
    assert weights["Zenaida"] > weights["Maria"]


def test_an_estimated_year_that_may_be_the_same_is_near(partition):
    (likeness,) = screen(partition, child("Maria Clara", first_year=2010, last_year=2012))
    assert "year-near" in [reason.code for reason in likeness.reasons]


def test_a_child_without_a_name_or_already_there_is_compared_with_nobody(partition):
    assert screen(partition, child("", "", "")) == ()
    assert screen(partition, KNOWN) == ()


def test_every_verdict_and_reason_has_its_words(partition):
    shown = screen(partition, child("Mara Clara"), limit=50)
    shown += screen(partition, child("Jessa"))
    assert shown
    assert {one.verdict for one in shown} <= set(VERDICTS)
    assert {reason.code for one in shown for reason in one.reasons} <= set(REASONS)


@pytest.mark.slow
def test_a_second_record_of_a_child_is_caught_and_few_others_are_called_the_same():
    everyone = people(5_000, seed=8)
    partition = Partition()
    partition.add([person.row() for person in everyone])
    rng = random.Random(9)
    caught = wrong = 0
    for person in rng.sample(everyone, 150):
        again = replace(
            person,
            id=uuid.UUID(int=1),
            given=one_slip(person.given, rng) if rng.random() < 0.4 else person.given,
            surname=one_slip(person.surname, rng) if rng.random() < 0.4 else person.surname,
            middle=person.middle if rng.random() < 0.7 else "",
            year=person.year + rng.choice((0, 0, 1)),
        )
        shown = screen(partition, again.row())
        caught += person.id in {one.id for one in shown if one.verdict != SIBLING}
        wrong += sum(one.verdict == SAME and one.id != person.id for one in shown)
    assert caught / 150 >= 0.95
    assert wrong / 150 <= 0.2
