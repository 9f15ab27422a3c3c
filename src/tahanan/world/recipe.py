"""What happens in the demonstration: nights, families, and the months after. Plain values."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tahanan.records.vocabulary import Bond, Sex

CITIES = (
    ("City of Carcar, Cebu", "0702214000"),
    ("City of Toledo, Cebu", "0702251000"),
    ("City of Naga, Cebu", "0702234000"),
    ("Minglanilla, Cebu", "0702232000"),
    ("City of Bogo, Cebu", "0702211000"),
    ("Danao City, Cebu", "0702223000"),
)
GIRLS = (
    "Amor", "Rowena", "Jessa", "Marites", "Inday", "Ligaya", "Analyn", "Cherry", "Divina",
    "Elma", "Gemma", "Hazel", "Ivy", "Joy", "Karen", "Liza", "Mylene", "Nora", "Pearl", "Rica",
    "Sheila", "Trina", "Vilma", "Wena", "Yolly", "Zeny", "Belen", "Dalisay", "Estela", "Florie",
    "Glenda", "Honey", "Imelyn", "Jocelyn", "Lorie", "Merry",
)  # fmt: skip
BOYS = (
    "Dodong", "Nilo", "Totoy", "Arnel", "Bernie", "Carlo", "Dennis", "Efren", "Ferdie", "Gino",
    "Henry", "Isko", "Jomar", "Kit", "Lando", "Marlon", "Nonoy", "Oscar", "Pidoy", "Ramil",
    "Santi", "Tonio", "Ulysses", "Vic", "Warly", "Ysmael",
)  # fmt: skip
SURNAMES = (
    "Dacutan", "Bulawan", "Pahilaga", "Magsino", "Tabada", "Villaflor", "Cabahug", "Suarez",
    "Lumantas", "Abellana", "Ragas", "Yburan", "Canoy", "dela Peña", "Gimenez", "Alcoseba",
    "Omolon", "Patalinjug", "Regis", "Sabanal", "Tumulak", "Unabia", "Zafra", "Bacalso",
    "Cañete", "Dinopol", "Estoya", "Gabisan", "Inoc", "Jumao-as", "Kintanar", "Libradilla",
)  # fmt: skip
CARE_NOTES = (
    "Drew the house with the door open, and said the door should stay open at night.",
    "Ate well at noon. Asked twice when the others come back from lessons.",
    "Talked about school: misses arithmetic, wants a notebook to keep.",
    "Slept through for the first time. The house parent sat with her until ten.",
    "First call with the grandmother. Both cried, then laughed about the rooster.",
    "Wants to be asked before anybody moves the beds.",
    "Helped to cook rice for the younger ones and was proud of it.",
)
# What helps, what was asked already, the goal now: each as one worker might leave it for the next.
WHAT_HELPS = (
    (
        "Drawing before talking. A sister or brother nearby. The door left open.",
        "The history was taken once, in the first week. Read it; asking again needs a reason.",
        "To live with sisters and brothers, where it is safe for all.",
    ),
    (
        "A walk first. Says more outside, and nothing before breakfast.",
        "School and friends were asked about. The night itself was not, and need not be here.",
        "Back to lessons, at first three mornings a week.",
    ),
    (
        "To be told what happens next, and when. Surprises undo a week.",
        "Health was asked about at the clinic. The rest waits for the therapist.",
        "To sleep through, with the lamp on as long as it is wanted.",
    ),
)
HEALTH_NOTES = (
    "Weighed and measured; vaccines are to be looked up at the health center.",
    "Tooth on the left side hurts. Dentist on the list for next week.",
    "Cough is better. Last dose of the syrup this evening.",
)
JUSTICE_NOTES = (
    "The prosecutor’s office asked for the date of the next visit; reference number kept.",
    "The liaison says that she need not come to court in person.",
)


@dataclass(frozen=True, slots=True)
class Kid:
    """One child of the recipe. `name` empty: nobody knows it yet."""

    name: str
    sex: Sex
    years: int
    months: int = 0


@dataclass(frozen=True, slots=True)
class Household:
    """Children who belong together, their surname if known, and how they belong."""

    kids: tuple[Kid, ...]
    surname: str
    middle: str
    bond: Bond


@dataclass(frozen=True, slots=True)
class NightPlan:
    """One removal: how many days ago, at which hour, who took the children in, and what became.

    `ending`: “kin” (back with relatives after some months), “stay”, “beds” (part of them have a
    place), “unfinished”.
    """

    ago: int
    hour: int
    by: str
    city: tuple[str, str]
    households: tuple[Household, ...]
    ending: str


_NIGHTS: tuple[tuple[int, int, str, tuple[int, ...], str], ...] = (
    (260, 4, "lorna", (3, 1), "kin"),
    (231, 2, "lorna", (2, 1, 1), "kin"),
    (200, 3, "perla", (4,), "kin"),
    (170, 15, "lorna", (1, 1), "stay"),
    (140, 5, "fe", (3, 2), "stay"),
    (118, 2, "perla", (2, 2), "stay"),
    (77, 4, "fe", (4, 1), "stay"),
    (61, 16, "lorna", (2, 1), "stay"),
    (45, 2, "perla", (1, 3), "stay"),
    (31, 3, "lorna", (2, 2), "stay"),
    (20, 4, "perla", (1, 1, 2), "stay"),
    (12, 2, "lorna", (3,), "stay"),
    (4, 2, "perla", (4, 3, 1, 1), "beds"),
    (2, 5, "fe", (2,), "stay"),
)
MAYA = NightPlan(
    95, 3, "lorna", CITIES[0],
    (
        Household(
            (Kid("Maya", Sex.GIRL, 13), Kid("Jun-jun", Sex.BOY, 9), Kid("Tala", Sex.GIRL, 6)),
            "Villacrusis", "Dacanay", Bond.FULL,
        ),
    ),
    "stay",
)  # fmt: skip
AMIHAN = NightPlan(
    0, 1, "perla", CITIES[1],
    (
        Household(
            (Kid("Amihan", Sex.GIRL, 11), Kid("Kiko", Sex.BOY, 8), Kid("", Sex.GIRL, 4)),
            "", "", Bond.NOT_SURE,
        ),
    ),
    "unfinished",
)  # fmt: skip


def nights(seed: int) -> tuple[NightPlan, ...]:
    """Every removal of the demonstration, the oldest first: the same for the same seed."""
    drawn = random.Random(f"{seed}/nights")  # noqa: S311  a story, not a secret
    girls, boys = list(GIRLS), list(BOYS)
    surnames = list(SURNAMES)
    for names in (girls, boys, surnames):
        drawn.shuffle(names)
    plans = [MAYA, AMIHAN]
    for ago, hour, by, sizes, ending in _NIGHTS:
        households = tuple(
            _household(drawn, size, girls, boys, surnames, bare=ending == "beds" and size == 1)
            for size in sizes
        )
        plans.append(NightPlan(ago, hour, by, drawn.choice(CITIES), households, ending))
    return tuple(sorted(plans, key=lambda plan: -plan.ago))


def _household(
    drawn: random.Random,
    size: int,
    girls: list[str],
    boys: list[str],
    surnames: list[str],
    *,
    bare: bool,
) -> Household:
    kids = []
    for _turn in range(size):
        sex = Sex.GIRL if drawn.random() < 0.6 else Sex.BOY
        if bare:
            kids.append(Kid("", sex, drawn.randint(2, 6)))
            continue
        if not (girls if sex is Sex.GIRL else boys):
            sex = Sex.BOY if sex is Sex.GIRL else Sex.GIRL
        name = (girls if sex is Sex.GIRL else boys).pop()
        years = drawn.randint(0, 16)
        kids.append(Kid(name, sex, years, drawn.randint(4, 11) if years == 0 else 0))
    surname = "" if bare else surnames.pop()
    bond = Bond.HALF if size > 1 and drawn.random() < 0.2 else Bond.FULL
    return Household(tuple(kids), surname, "" if bare else drawn.choice(SURNAMES), bond)


def day_of(plan: NightPlan, today: date) -> date:
    """The day of a night, counted back from the demonstration's day."""
    return today - timedelta(days=plan.ago)
