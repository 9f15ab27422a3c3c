"""Names of the children of the history: drawn from common ones, none twice. Invented."""

from __future__ import annotations

import random

from tahanan.records.vocabulary import Sex
from tahanan.world.recipe import BOYS, GIRLS, SURNAMES

_GIRLS = (
    *GIRLS, "Aira", "Bea", "Camille", "Daisy", "Ella", "Faith", "Grasya", "Hannah", "Irish",
    "Jasmin", "Kyla", "Lovely", "Mayumi", "Nica", "Odessa", "Precious", "Queenie", "Rose Ann",
    "Shaina", "Tessa", "Urduja", "Venus", "Wilma", "Yna", "Zaira", "Angelica", "Bernadette",
    "Cristina", "Diwata", "Eunice",
)  # fmt: skip
_BOYS = (
    *BOYS, "Aldrin", "Benjie", "Crisanto", "Dario", "Elmer", "Francis", "Gilbert", "Harold",
    "Ian", "Jericho", "Kenneth", "Leo", "Mario", "Noel", "Orly", "Paolo", "Rodel", "Samuel",
    "Tirso", "Victor", "Wilson", "Zaldy", "Alvin", "Boy", "Christian", "Dominador",
)  # fmt: skip
_SURNAMES = (
    *SURNAMES, "Aguilar", "Bautista", "Castillo", "Domingo", "Espiritu", "Fajardo", "Galang",
    "Hernandez", "Ilagan", "Javier", "Lacson", "Macaraeg", "Natividad", "Ocampo", "Panganiban",
    "Quiambao", "Rosales", "Salonga", "Tolentino", "Umali", "Velasco", "Yumul", "Zamora",
    "Abdulla", "Baluyot", "Catacutan", "Dimaculangan", "Estrella", "Feliciano", "Guinto",
    "Hidalgo", "Isidro", "Jocson", "Ledesma", "Montinola", "Nepomuceno", "Ortega", "Pimentel",
    "Romualdo", "Sarmiento", "Trinidad", "Ventura", "Alonto", "Mangudadatu", "Sumulong", "Tiongson",
)  # fmt: skip


class Names:
    """A name for each child, and none that another child of the history bears."""

    def __init__(self, drawn: random.Random) -> None:
        self._drawn = drawn
        self._borne: set[tuple[str, str, str]] = set()

    def family(self) -> tuple[str, str]:
        """A family's surname and the mother's."""
        first, second = self._drawn.sample(_SURNAMES, 2)
        return first, second

    def given(self, sex: Sex, family: tuple[str, str]) -> str:
        """A given name that no child of this family name bears."""
        names = _GIRLS if sex is Sex.GIRL else _BOYS
        free = [name for name in names if (name, *family) not in self._borne]
        name = self._drawn.choice(free or names)
        self._borne.add((name, *family))
        return name
