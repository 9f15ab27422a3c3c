"""The agencies of the history, in five parts of the country: teams, people and homes. Invented."""

from __future__ import annotations

from dataclasses import dataclass

from tahanan.base import places
from tahanan.records.vocabulary import FacilityKind, OrganisationKind, Relation, Sex, TeamKind
from tahanan.world.people import OrganisationPlan, PersonPlan
from tahanan.world.places import HomePlan

_R = Relation
BOTH = Sex.UNKNOWN


@dataclass(frozen=True, slots=True)
class Agency:
    """One team of the history: its two people, the regions it works in, how much of all it bears.

    `programme`: its children are the programme's; those of the office of a city are not always.
    """

    key: str
    people: tuple[str, str]
    regions: tuple[str, ...]
    weight: int
    homes: tuple[str, ...]
    programme: bool = True

    def cities(self) -> tuple[str, ...]:
        """The codes of the cities its children come from."""
        found = [each for region in self.regions for each in places.cities_in(region)]
        return tuple(each.code for each in found if each.kind == "city")


AGENCIES: tuple[Agency, ...] = (
    Agency(
        "tanglaw", ("norma", "dante"), ("1300000000", "0400000000", "0500000000"), 4,
        ("parol", "silong"),
    ),
    Agency("kanlungan", ("edith", "rey"), ("0300000000", "0100000000"), 3, ("duyan",)),
    Agency("alalay", ("marilou", "bong"), ("0800000000", "0700000000"), 5, ("bakawan", "talang")),
    Agency("parokya", ("clara", "tomas"), ("0600000000", "1800000000"), 2, ("sampaloc",)),
    Agency(
        "tuluyan", ("faisal", "grace"), ("1000000000", "1100000000", "1600000000"), 4, ("agila",)
    ),
    Agency("lungsod", ("imelda", "joel"), ("1000000000", "1200000000"), 1, (), programme=False),
)  # fmt: skip
BY_TEAM = {agency.key: agency for agency in AGENCIES}


def _agency(key: str, name: str, kind: OrganisationKind, administrator: str) -> OrganisationPlan:
    teams = {key: (f"{name}, casework", TeamKind.CASEWORK)}
    return OrganisationPlan(key, name, kind, administrator, teams, BY_TEAM[key].regions[0])


ORGANISATIONS: tuple[OrganisationPlan, ...] = (
    _agency("tanglaw", "Tanglaw Kabataan", OrganisationKind.NGO, "norma"),
    _agency("kanlungan", "Kanlungan Aftercare", OrganisationKind.NGO, "edith"),
    _agency("alalay", "Alalay Visayas", OrganisationKind.NGO, "marilou"),
    _agency("parokya", "Parish of San Lorenzo", OrganisationKind.CHURCH, "clara"),
    _agency("tuluyan", "Tuluyan Mindanao", OrganisationKind.NGO, "faisal"),
    _agency(
        "lungsod", "City Social Welfare, Iligan", OrganisationKind.LOCAL_GOVERNMENT, "imelda"
    ),
)  # fmt: skip


def _pair(team: str, first: tuple[str, str], second: tuple[str, str]) -> tuple[PersonPlan, ...]:
    """A case manager who administers as well, and a supervisor: two people for what asks two."""
    return (
        PersonPlan(
            first[0], first[1], "RSW", team, {team: _R.CASE_MANAGER},
            "The children of her agency since 2011; she also invites its people.",
        ),
        PersonPlan(
            second[0], second[1], "RSW", team, {team: _R.SUPERVISOR},
            "The same children; the second word where two must agree.",
        ),
    )  # fmt: skip


PEOPLE: tuple[PersonPlan, ...] = (
    *_pair("tanglaw", ("norma", "Norma Evangelista"), ("dante", "Dante Rivera")),
    *_pair("kanlungan", ("edith", "Edith Manalastas"), ("rey", "Rey Pangilinan")),
    *_pair("alalay", ("marilou", "Marilou Caballes"), ("bong", "Bong Ouano")),
    *_pair("parokya", ("clara", "Sr. Clara Jalandoni"), ("tomas", "Deacon Tomas Gallego")),
    *_pair("tuluyan", ("faisal", "Faisal Macarambon"), ("grace", "Grace Lumbay")),
    *_pair("lungsod", ("imelda", "Imelda Padilla"), ("joel", "Joel Actub")),
)

_CENTER, _SHELTER = FacilityKind.ASSESSMENT_CENTER, FacilityKind.SHELTER


def _home(
    key: str, name: str, team: str, kind: FacilityKind, city: str, places_: int
) -> HomePlan:  # fmt: skip
    return HomePlan(
        key,
        name,
        team,
        kind,
        city,
        ((BOTH, 0, 17, places_),),
        610,
        800,
        None,
        None,
        teams=(),
        licensed_days=9000,
    )


# None in the region of the nights: which home their children come to stays as it was.
HOMES: tuple[HomePlan, ...] = (
    _home("parol", "Bahay Parol", "tanglaw", _CENTER, "1381300000", 30),
    _home("silong", "Bahay Silong", "tanglaw", _SHELTER, "1381300000", 20),
    _home("duyan", "Bahay Duyan", "kanlungan", _CENTER, "0330100000", 30),
    _home("bakawan", "Bahay Bakawan", "alalay", _CENTER, "0831600000", 30),
    _home("talang", "Bahay Talang", "alalay", _SHELTER, "0803738000", 20),
    _home("sampaloc", "Bahay Sampaloc", "parokya", _SHELTER, "0631000000", 24),
    _home("agila", "Bahay Agila", "tuluyan", _CENTER, "1030500000", 30),
)
