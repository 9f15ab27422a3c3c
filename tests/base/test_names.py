"""Names as Filipinos bear and write them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahanan.base import names
from tahanan.base.names import LegalName, parse, placeholder, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("MARIA CLARA", "Maria Clara"),
        ("dela cruz", "dela Cruz"),
        ("DE LOS SANTOS", "de los Santos"),
        ("Dela Cruz", "Dela Cruz"),
        ("ma teresa", "Ma. Teresa"),
        ("Ma.  Teresa", "Ma. Teresa"),
        ("Ma", "Ma"),
        ("STA ANA", "Sta. Ana"),
        ("  muñoz \n", "Muñoz"),
        ("mun\u0303oz", "Muñoz"),
        ("REYES-SANTOS", "Reyes-Santos"),
        ("D'Souza", "D’Souza"),
        ("McArthur", "McArthur"),
        ("ana\u202e", "Ana"),
        ("", ""),
    ],
)
def test_a_name_is_kept_in_one_spelling(typed, kept):
    assert tidy(typed) == kept


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing(text):
    once = tidy(text)
    assert tidy(once) == once


@pytest.mark.parametrize(
    ("line", "given_name", "middle", "surname", "suffix"),
    [
        ("Maria Clara Reyes Santos", "Maria Clara", "Reyes", "Santos", ""),
        ("Maria Clara Santos", "Maria Clara", "", "Santos", ""),
        ("Ma. Teresa Santos", "Ma. Teresa", "", "Santos", ""),
        ("Ana Reyes Santos", "Ana Reyes", "", "Santos", ""),
        ("Liza Reyes Santos", "Liza", "Reyes", "Santos", ""),
        ("Juan R. dela Cruz Jr", "Juan", "R.", "dela Cruz", "Jr."),
        ("JUAN DE LA CRUZ III", "Juan", "", "de la Cruz", "III"),
        ("dela Cruz, Paolo Reyes, Jr.", "Paolo", "Reyes", "dela Cruz", "Jr."),
        ("Cruz, Juan V.", "Juan", "V.", "Cruz", ""),
        ("Reyes-Santos, Liza", "Liza", "", "Reyes-Santos", ""),
        ("Reyes Santos, Liza", "Liza", "", "Reyes Santos", ""),
        ("Liza delos Reyes Sta. Ana", "Liza", "delos Reyes", "Sta. Ana", ""),
        ("Juan Cruz, Jr.", "Juan", "", "Cruz", "Jr."),
        ("Santa Reyes", "Santa", "", "Reyes", ""),
        ("Omar bin Salim", "Omar", "", "bin Salim", ""),
    ],
)
def test_a_line_is_read_into_its_likely_parts(line, given_name, middle, surname, suffix):
    assert parse(line) == LegalName(given_name, middle, surname, suffix)


def test_a_nickname_is_taken_out_of_the_line():
    found = parse("Maria Clara “Inday” Santos")
    assert (found.nickname, found.called(), found.short()) == (
        "Inday",
        "Inday",
        "Maria Clara Santos",
    )
    assert parse("Juan (Boyet) Cruz").nickname == "Boyet"


def test_one_word_is_a_given_name_with_no_surname_known():
    assert parse("Jessa") == LegalName("Jessa", kind=names.NO_SURNAME_KNOWN)
    assert parse("") == LegalName(kind=names.NO_SURNAME_KNOWN)


@given(st.text(max_size=60))
def test_any_line_can_be_read_and_loses_no_letter(line):
    found = parse(line)
    parts = (found.given, found.middle, found.surname, found.suffix, found.nickname)
    assert all(part == part.strip() for part in parts)


def test_a_name_is_shown_short_full_and_listed():
    name = LegalName("Maria Clara", "Reyes", "dela Cruz", "Jr.", "Ikay")
    assert name.full() == "Maria Clara Reyes dela Cruz Jr."
    assert name.short() == "Maria Clara dela Cruz Jr."
    assert name.listed() == "dela Cruz, Maria Clara R., Jr."
    assert name.called() == "Ikay"


def test_a_name_without_a_surname_says_why_and_shows_what_there_is():
    unknown = LegalName("Jessa", kind=names.NO_SURNAME_KNOWN)
    single = LegalName("Datuon", kind=names.SINGLE_NAME)
    assert unknown.full() == unknown.listed() == "Jessa"
    assert single.short() == "Datuon"
    assert unknown.kind != single.kind


def test_a_child_without_a_name_is_child_5():
    child = placeholder(5)
    assert child.full() == child.short() == child.listed() == child.called() == "Child 5"
    assert LegalName(kind=names.PLACEHOLDER, number=5, nickname="Ning").called() == "Ning"
    with pytest.raises(ValueError, match="from one"):
        placeholder(0)


def test_names_sort_as_a_philippine_list_does():
    ordered = [
        LegalName("Ana", "", "Dela Cruz"),
        LegalName("Bea", "", "de la Cruz"),
        LegalName("Ben", "", "de la Cruz"),
        LegalName("Ben", "", "de la Cruz", "Jr."),
        LegalName("Ben", "", "de la Cruz", "III"),
        LegalName("Jessa", kind=names.NO_SURNAME_KNOWN),
        LegalName("Ana", "", "Munoz"),
        LegalName("Zita", "", "Munoz"),
        LegalName("Ana", "", "Munzon"),
        LegalName("Ana", "", "Muñoz"),
        LegalName("Ana", "", "Santos"),
        placeholder(2),
        placeholder(10),
    ]
    ordered_again = random.Random(5).sample(ordered, len(ordered))
    assert sorted(ordered_again, key=LegalName.sort_key) == ordered


# -- what was typed in parts --


def test_typed_parts_become_a_tidy_name():
    found = names.named("MARIA CLARA", "reyes", "DELA CRUZ", "jr", "ikay")
    assert found == LegalName("Maria Clara", "Reyes", "dela Cruz", "Jr.", "Ikay")
    assert names.named("Jessa", kind=names.NO_SURNAME_KNOWN) == LegalName(
        "Jessa", kind=names.NO_SURNAME_KNOWN
    )
    assert names.named("", surname="Santos") == LegalName(surname="Santos")


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"given": "", "surname": ""}, "given", "given-missing"),
        ({"given": "Ana"}, "surname", "surname-missing"),
        ({"given": "Ana", "surname": "Unknown"}, "surname", "not-a-name"),
        ({"given": "Ana", "surname": "N/A"}, "surname", "not-a-name"),
        ({"given": "walang apelyido", "surname": "Cruz"}, "given", "not-a-name"),
        ({"given": "An4", "surname": "Cruz"}, "given", "strange-sign"),
        ({"given": "<b>", "surname": "Cruz"}, "given", "strange-sign"),
        ({"given": "...", "surname": "Cruz"}, "given", "no-letter"),
        ({"given": "A" * 101, "surname": "Cruz"}, "given", "too-long"),
        ({"given": "Ana", "surname": "Cruz", "suffix": "Esq"}, "suffix", "suffix-unknown"),
        (
            {"given": "Ana", "surname": "Cruz", "kind": names.NO_SURNAME_KNOWN},
            "surname",
            "surname-and-none",
        ),
    ],
)
def test_a_wrong_part_is_named_with_its_mend(parts, field, code):
    problems = names.named(**parts)
    assert (field, code) in [(problem.field, problem.code) for problem in problems]
    assert all(problem.said().endswith(".") for problem in problems)


def test_a_placeholder_is_never_typed():
    with pytest.raises(ValueError, match="kind"):
        names.named("Ana", kind=names.PLACEHOLDER)
