"""Normal forms of names."""

import pytest

from tahanan.matching.nicknames import OTHER_FORMS
from tahanan.matching.normal import NameWords, name_words, other_forms, query_words, words


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Ma. Teresa", ["maria", "teresa"]),
        ("Ma.Teresa", ["maria", "teresa"]),
        ("MA TERESA", ["maria", "teresa"]),
        ("Ma.", ["maria"]),
        ("Ma", ["ma"]),
        ("Niño", ["nino"]),
        ("D’Souza", ["dsouza"]),
        ("Juan Cruz Jr.", ["juan", "cruz"]),
        ("Juan Cruz III", ["juan", "cruz"]),
        ("", []),
        ("...", []),
        ("Jr.", ["jr"]),
    ],
)
def test_a_name_has_one_normal_form(written, normal):
    assert words(written) == normal


@pytest.mark.parametrize("written", ["de la Cruz", "Dela Cruz", "DELA CRUZ", "de  la-cruz"])
def test_the_spellings_of_dela_cruz_are_one_word(written):
    assert words(written, is_surname=True) == ["delacruz"]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("de los Santos", ["delossantos"]),
        ("del Rosario", ["delrosario"]),
        ("San Juan", ["sanjuan"]),
        ("Sta. Ana", ["santaana"]),
        ("de San Jose", ["desanjose"]),
        ("Reyes-Santos", ["reyes", "santos"]),
        ("Santos y Reyes", ["santos", "reyes"]),
        ("Ma", ["ma"]),
    ],
)
def test_surnames_keep_their_particles_and_doubles_are_two(written, normal):
    assert words(written, is_surname=True) == normal


def test_a_name_is_laid_out_by_place():
    assert name_words("Ma. Clara Luz", "de la Rosa", "Reyes Santos", "Inday") == NameWords(
        "maria", "clara", "delarosa", "reyes", "luz", "inday"
    )
    assert name_words("Jessa", "", "", "Jessa") == NameWords("jessa")
    assert name_words("", "", "") == NameWords()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("juan dela cruz", ["juan", "delacruz"]),
        ("Sta. Ana, Liza", ["santaana", "liza"]),
        ("Santa Reyes", ["santa", "reyes"]),
        ("Liza R. Santos", ["liza", "santos"]),
        ("maria maria", ["maria"]),
        ("r", ["r"]),
        ("  ", []),
    ],
)
def test_a_search_is_read_in_any_order(typed, read):
    assert query_words(typed) == read


def test_nicknames_go_both_ways_and_surnames_lose_their_particle():
    assert "francisco" in other_forms("kiko")
    assert "kiko" in other_forms("francisco")
    assert other_forms("delacruz") == {"cruz"}
    assert other_forms("sanmiguel") >= {"miguel"}
    assert other_forms("liza") == {"elizabeth"}
    assert other_forms("jessa") == frozenset()


def test_words_of_endearment_stand_for_nobody():
    assert not {"inday", "nene", "totoy", "dodong", "boy", "girlie"} & set(OTHER_FORMS)
