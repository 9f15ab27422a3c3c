"""The cast, and homes beside Bahay Amihan with reasons to say yes and no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from tests.cast import cast as casts
from tests.cast import children
from tests.cast.cast import Cast
from tests.house import House

from tahanan.base import clock
from tahanan.base.days import PartialDate
from tahanan.base.names import LegalName
from tahanan.casework import cases, facilities, operations
from tahanan.casework.facilities import Places
from tahanan.records.vocabulary import FacilityKind, Permit, Sex

T = TypeVar("T")
MANDAUE = "0731300000"
LONG = timedelta(days=800)


@dataclass
class Homes:
    """The cast, and facilities by short names."""

    cast: Cast
    of: dict[str, UUID] = field(default_factory=dict)


def build(house: House) -> Homes:
    """Eight homes: the rules that each keeps or breaks are in its name here."""
    here = Homes(casts.build(house))
    here.of["amihan"] = here.cast.home()
    family, shelter = FacilityKind.FAMILY_HOME, FacilityKind.SHELTER
    add(here, "family", "Foster household 14", family, (Places(Sex.UNKNOWN, 0, 17, 3),))
    add(here, "girls", "Bahay Sampaguita", shelter, (Places(Sex.GIRL, 0, 17, 6),))
    add(here, "older", "Bahay Talisay", shelter, (Places(Sex.UNKNOWN, 7, 17, 6),))
    add(here, "one", "Bahay Kamagong", shelter, (Places(Sex.UNKNOWN, 0, 17, 1),))
    add(here, "lapsed", "Bahay Molave", shelter, (Places(Sex.UNKNOWN, 0, 17, 6),), licence=-1)
    add(here, "plain", "Bahay Ipil", shelter, (Places(Sex.UNKNOWN, 0, 17, 6),), accreditation=-1)
    center = FacilityKind.SURVIVOR_CENTER
    add(here, "center", "Sentro ng Lakas", center, (Places(Sex.UNKNOWN, 0, 25, 9),))
    return here


def add(
    here: Homes,
    key: str,
    name: str,
    kind: FacilityKind,
    lines: tuple[Places, ...],
    *,
    licence: int = 400,
    accreditation: int = 400,
) -> UUID:
    """A home of Silungan's, its permits valid until so many days from today."""
    ada, today = here.cast.ada, clock.today()
    home = facilities.add_facility(
        ada,
        organisation=here.cast.office.organisations["silungan"],
        name=name,
        kind=kind,
        city=MANDAUE,
        address=f"1 {name} Road",
        review_days=30,
        stay_target_days=90,
    )
    for permit, until in ((Permit.LICENCE, licence), (Permit.ACCREDITATION, accreditation)):
        facilities.record_permit(
            ada,
            facility=home,
            kind=permit,
            valid_from=today - LONG,
            valid_until=today + timedelta(days=until),
        )
    facilities.set_capacity(ada, facility=home, lines=lines)
    here.of[key] = home
    return home


def rows(read: Callable[[], T]) -> T:
    """What stands in the tables, whoever may see it: read by the owner of the database."""
    with House().as_role("owner"):
        return read()


def take_in(
    cast: Cast, cards: Sequence[cases.Card], by: str = "ana", team: str = "casework"
) -> list[UUID]:
    """Children brought to safety today, as cases of a team."""
    today = clock.today()
    operation = children.remove(
        getattr(cast, by),
        team=cast.team(team),
        children=tuple((card, LegalName("", "", "")) for card in cards),
        happened=operations.Happening(today, today),
    )
    return children.in_operation(getattr(cast, by), operation=operation)


def child(name: str, sex: Sex, years: int | None) -> cases.Card:
    """The card of a child of so many years."""
    if years is None:
        return cases.Card(chosen=name, sex=sex)
    today = clock.today()
    born = date(today.year - years, today.month, 1) - timedelta(days=100)
    return cases.Card(chosen=name, sex=sex, birth=PartialDate(born, born, "day"))
