"""Search by name in memory."""

import random
import threading
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.people import one_slip, people

from tahanan.base.ages import birth_from_estimate
from tahanan.base.clock import today
from tahanan.base.names import LegalName, placeholder
from tahanan.matching import index
from tahanan.matching.index import Found, Hit, Partition, Row, together
from tahanan.matching.normal import name_words


def row(number: int, given_name: str, middle: str = "", surname: str = "", **facts) -> Row:
    return Row(uuid.UUID(int=number), name_words(given_name, middle, surname), **facts)


def holding(*rows: Row) -> Partition:
    partition = Partition()
    partition.add(rows)
    return partition


def ids(found: Found) -> list[int]:
    return [hit.id.int for hit in found.hits]


MARIA = row(1, "Maria Clara", "Reyes", "de la Cruz", first_year=2012, last_year=2012)
KIKO = row(2, "Francisco", "", "Sta. Ana")
BOYET = row(3, "Boyet", "", "Muñoz")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Maria dela Cruz", 1),
        ("DE LA CRUZ, MARIA", 1),
        ("clara cruz", 1),
        ("Ma. Clara", 1),
        ("mria dela crzu", 1),
        ("reyes", 1),
        ("Kiko Santa Ana", 2),
        ("fransisco", 2),
        ("roberto munoz", 3),
        ("Munos", 3),
    ],
)
def test_a_child_is_found_as_people_type_her_name(typed, found):
    assert ids(holding(MARIA, KIKO, BOYET).search(typed))[0] == found


@pytest.mark.parametrize("typed", ["", "  ", "…", "Xqzzwv", "Xqzzwv Qqqq"])
def test_nothing_is_found_for_what_is_nobodys_name(typed):
    assert holding(MARIA, KIKO, BOYET).search(typed) == Found()


def test_an_empty_partition_finds_nothing():
    assert Partition().search("maria") == Found()
    assert len(Partition()) == 0


def test_a_wholly_wrong_word_only_costs_score():
    partition = holding(row(1, "Maya", "", "Dalisay"), row(2, "Jessa", "", "Ocampo"))
    assert set(ids(partition.search("Jessa Dalisay"))) == {1, 2}


def test_a_birth_year_within_one_comes_first():
    twelve = row(2, "Ana", "", "Cruz", first_year=2012, last_year=2013)
    partition = holding(row(1, "Ana", "", "Cruz"), twelve)
    assert ids(partition.search("ana cruz")) == [1, 2]
    assert ids(partition.search("ana cruz", birth_year=2014)) == [2, 1]
    assert ids(partition.search("ana cruz", birth_year=2015)) == [1, 2]


def test_the_exact_name_stands_before_the_misspelt_one_and_ties_stand_by_id():
    partition = holding(row(3, "Ana", "", "Cruz"), row(1, "Anna", "", "Cruz"))
    partition.add([row(2, "Ana", "", "Cruz")])
    assert ids(partition.search("ana cruz")) == [2, 3, 1]


def test_bearers_beyond_the_limit_are_counted():
    partition = holding(*(row(n, "Maria", "", "Santos") for n in range(1, 44)))
    partition.add([row(99, "Maria", "", "Ocampo")])
    found = partition.search("maria santos", limit=20)
    assert ids(found) == list(range(1, 21))
    assert found.beyond == 23


def test_a_chosen_name_and_a_nickname_find_the_child():
    name = LegalName("Maria Clara", "Reyes", "Santos", nickname="Ikay")
    on = today()
    child = Row.of(uuid.UUID(int=5), name, chosen="Maya", birth=birth_from_estimate(8, 9, on))
    partition = holding(child)
    assert ids(partition.search("maya santos")) == ids(partition.search("ikay")) == [5]
    assert child.last_year - child.first_year in (1, 2)


def test_a_child_without_a_name_is_not_in_the_index():
    partition = holding(Row.of(uuid.UUID(int=5), placeholder(5)))
    assert len(partition) == 0
    assert partition.search("child 5") == Found()


# -- changes --


def test_a_new_name_takes_the_place_of_the_old():
    partition = holding(MARIA, KIKO)
    partition.replace(row(1, "Jessa", "", "Ocampo"))
    assert ids(partition.search("jessa ocampo")) == [1]
    assert partition.search("maria clara") == Found()
    assert len(partition) == 2


def test_the_same_change_handed_over_twice_does_no_harm():
    partition = holding(MARIA, MARIA, KIKO)
    partition.add([MARIA])
    assert len(partition) == 2
    assert ids(partition.search("maria")) == [1]


def test_a_removed_child_leaves_no_word_behind():
    partition = holding(MARIA, row(4, "Clara", "", "Ocampo"))
    partition.settle()
    partition.remove(MARIA.id, uuid.UUID(int=77))
    assert MARIA.id not in partition
    remembered = [partition._words.word(n) for n in range(len(partition._words))]
    forms = partition._words._forms
    assert "delacruz" not in remembered
    assert "cruz" not in forms
    assert "clara" in remembered


def test_a_cleared_partition_is_empty():
    partition = holding(MARIA)
    partition.clear()
    assert MARIA.id not in partition
    assert partition.search("maria") == Found()


def test_rows_come_back_as_they_were_added():
    facts = {"first_year": 2010, "last_year": 2011, "region": "0700000000", "sex": "f"}
    child = row(256, "Maria", "Reyes", "Santos", **facts)  # an id ending in a zero byte
    partition = holding(child, KIKO)
    assert partition.rows([child.id]) == [child]
    partition.settle()
    assert partition.rows([child.id, uuid.UUID(int=9)]) == [child]
    assert ids(partition.search("maria santos")) == [256]


WORDS = st.sampled_from(
    ["ana", "anna", "maria", "mario", "cruz", "delacruz", "santos", "santo", "reyes", "reys", "luz"]
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "settle"]), st.integers(1, 12), WORDS, WORDS),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(CHANGES)
def test_however_it_came_about_a_partition_answers_like_one_built_afresh(changes):
    partition, standing = Partition(), {}
    for act, number, first, last in changes:
        if act == "add":
            standing[number] = row(number, first, "", last)
            partition.add([standing[number]])
        elif act == "remove":
            standing.pop(number, None)
            partition.remove(uuid.UUID(int=number))
        else:
            partition.settle()
    afresh = holding(*standing.values())
    afresh.settle()
    assert len(partition) == len(afresh) == len(standing)
    for text in ("ana cruz", "maria", "reyes luz", "dela cruz"):
        assert partition.search(text) == afresh.search(text)
        assert {hit.id.int for hit in partition.search(text).hits} <= set(standing)
    for number, one in standing.items():
        assert number in ids(partition.search(f"{one.words.given} {one.words.surname}"))


def test_additions_are_sorted_in_when_many_wait(monkeypatch):
    monkeypatch.setattr(index, "OVERLAY", 50)
    everyone = people(400, seed=3, words=200)
    partition = Partition()
    for person in everyone:
        partition.add([person.row()])
    assert partition._waiting <= 50
    afresh = holding(*(person.row() for person in everyone))
    for person in everyone[::40]:
        text = f"{person.given} {person.surname}"
        assert partition.search(text) == afresh.search(text)


def test_two_stages_answer_like_reading_every_row(monkeypatch):
    everyone = people(3_000, seed=4, words=900)
    partition = holding(*(person.row() for person in everyone))
    partition.settle()
    texts = [f"{person.given} {person.surname}" for person in everyone[::100]]
    two_stages = [partition.search(text, limit=5).hits[0] for text in texts]
    monkeypatch.setattr(index, "ALL_ROWS_ABOVE", -1)
    assert two_stages == [partition.search(text, limit=5).hits[0] for text in texts]


def test_searching_while_others_write_never_fails_or_finds_the_removed():
    everyone = people(1_500, seed=6, words=600)
    partition = holding(*(person.row() for person in everyone[:1_000]))
    gone = {person.id for person in everyone[:200]}
    partition.remove(*gone)
    wrong: list[object] = []

    def look():
        for person in everyone[:200:4]:
            found = partition.search(f"{person.given} {person.surname}")
            wrong.extend(hit.id for hit in found.hits if hit.id in gone)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for person in everyone[1_000:]:
        partition.add([person.row()])
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(partition) == 1_300


# -- recall --


@pytest.mark.slow
def test_with_a_slip_in_each_name_the_child_is_among_the_first_twenty():
    everyone = people(10_000)
    partition = holding(*(person.row() for person in everyone))
    partition.settle()
    rng = random.Random(11)
    sought = rng.sample(everyone, 400)
    by_name = by_year = 0
    for person in sought:
        text = f"{one_slip(person.given.split()[0], rng)} {one_slip(person.surname, rng)}"
        by_name += person.id in {hit.id for hit in partition.search(text).hits}
        by_year += person.id in {hit.id for hit in partition.search(text, person.year).hits}
    assert by_name / len(sought) >= 0.97
    assert by_year / len(sought) >= 0.99


def test_answers_of_several_teams_become_one_and_a_shared_case_counts_once():
    one, two, three = (uuid.UUID(int=n) for n in (1, 2, 3))
    mine = Found((Hit(one, 2.0, 2), Hit(two, 1.5, 1)), 4)
    theirs = Found((Hit(three, 1.9, 1), Hit(one, 2.0, 2)), 1)
    merged = together([mine, theirs], limit=2)
    assert [hit.id for hit in merged.hits] == [one, three]
    assert merged.beyond == 6
