"""The eight facilities of the demonstration, each with a reason to say yes or no. Invented."""

from __future__ import annotations

from dataclasses import dataclass

from tahanan.records.vocabulary import FacilityKind, Sex


@dataclass(frozen=True, slots=True)
class HomePlan:
    """One facility. Days count from the demonstration's day; negative ones are past.

    `city` is a PSGC code. `lines`: (sex, from age, until age, places); `unknown` stands for girls
    and boys. `licensed_days`: since how many days before it has its permits.
    """

    key: str
    name: str
    organisation: str
    kind: FacilityKind
    city: str
    lines: tuple[tuple[Sex, int, int, int], ...]
    licence_days: int
    accreditation_days: int | None
    review_days: int | None
    target_days: int | None
    out_of_use: int = 0
    paused: bool = False
    teams: tuple[str, ...] = ("staff",)
    licensed_days: int = 800


BOTH = Sex.UNKNOWN
HOMES: tuple[HomePlan, ...] = (
    HomePlan(
        "banaba", "Bahay Banaba Assessment Center", "banaba", FacilityKind.ASSESSMENT_CENTER,
        "0731300000", ((BOTH, 3, 17, 18),), 89, 940, 30, 90, out_of_use=1,
        teams=("staff", "clinic", "house"),
    ),
    HomePlan(
        "sampaguita", "Bahay Sampaguita", "banaba", FacilityKind.SHELTER, "0702250000",
        ((Sex.GIRL, 7, 17, 12),), 420, 700, 30, 365,
    ),
    HomePlan(
        "molave", "Bahay Molave", "banaba", FacilityKind.SHELTER, "0731100000",
        ((BOTH, 5, 17, 10),), -64, 300, 30, 365,
    ),
    HomePlan(
        "talisay", "Bahay Talisay", "banaba", FacilityKind.SHELTER, "0702250000",
        ((Sex.GIRL, 7, 17, 8), (Sex.BOY, 7, 17, 8)), 300, 610, 30, 365,
    ),
    HomePlan(
        "ilang", "Bahay Ilang-ilang", "banaba", FacilityKind.SHELTER, "0731300000",
        ((BOTH, 0, 17, 6),), 510, 800, 30, 365,
    ),
    HomePlan(
        "narra", "Bahay Narra", "banaba", FacilityKind.SHELTER, "0702214000",
        ((BOTH, 3, 17, 10),), 700, 900, 30, 365, paused=True,
    ),
    HomePlan(
        "foster14", "Foster household 14", "silungan", FacilityKind.FAMILY_HOME, "0731300000",
        ((BOTH, 0, 12, 4),), 475, 475, 60, None, teams=(),
    ),
    HomePlan(
        "foster9", "Foster household 9", "silungan", FacilityKind.FAMILY_HOME, "0702214000",
        ((BOTH, 0, 15, 4),), 410, 410, 60, None, teams=(),
    ),
)  # fmt: skip
