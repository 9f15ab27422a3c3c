"""Whose name agrees with a suspect's: the forms a Filipino name is written in. All invented."""

from __future__ import annotations

import pytest

from tahanan.matching.bearers import Bearers

SAME = [
    ("Jose Reyes", "", "JOSE REYES"),
    ("Jose Maria Reyes", "", "Jose Reyes"),
    ("Jose Reyes Jr.", "", "Jose Reyes Sr."),
    ("Jose Reyes", "", "Pepe Reyes"),
    ("Joey Reyes", "", "Jose Reyes"),
    ("Ma. Teresa de la Cruz", "", "Teresa Dela Cruz"),
    ("Dela Cruz, Juan", "", "Juan Cruz"),
    ("Nino Peñaflor", "", "Niño Penaflor"),
    ("Rogelio Amante", "Boyet, Roger", "Boyet Amante"),
    ("Rogelio Amante", "alias Boyet Lagman", "Boyet Lagman"),
    ("Rogelio Amante", "a.k.a. Gelio Santos", "Gelio Santos"),
    ("Rogelio “Boyet” Amante", "", "Boyet Amante"),
    ("Rogelio Amante", "", "Rogelio P. Amante"),
    ("Carla Reyes", "", "Carla Reyes-Santos"),
]
OTHERS = [
    ("Jose Reyes", "", "Juan Reyes"),
    ("Jose Reyes", "", "Jose Santos"),
    ("Maria Clara Santos", "", "Maria Fe Santos"),
    ("Boyet", "", "Boyet Reyes"),
    ("Jose Reyes", "", "Jose"),
    ("", "", "Jose Reyes"),
    ("", "Boyet", "Boyet Reyes"),
    ("Jose Reyes", ", ;\n", "Reyes"),
    ("?", "!", "—"),
]


@pytest.mark.parametrize(("name", "aliases", "other"), SAME)
def test_forms_of_one_name_agree(name: str, aliases: str, other: str) -> None:
    assert Bearers([("her", other), ("another", "Pilar Ocampo")]).bearing(name, aliases) == ["her"]


@pytest.mark.parametrize(("name", "aliases", "other"), OTHERS)
def test_names_of_two_people_do_not(name: str, aliases: str, other: str) -> None:
    assert Bearers([("another", other)]).bearing(name, aliases) == []


def test_each_is_found_once_however_many_forms_agree() -> None:
    people = Bearers([(1, "Jose Reyes"), (2, "Pepe Reyes"), (3, "Ana Reyes")])
    assert sorted(people.bearing("Jose Reyes", "Pepe, Pepe Reyes")) == [1, 2]
