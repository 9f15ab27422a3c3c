"""The children of the cast, through the door: three cases of Ana's team, one of Fe's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from tests.cast.office import CITY, REGION, Office

from tahanan.access import gate, keys
from tahanan.access.rules import Action
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.days import PartialDate
from tahanan.base.names import LegalName
from tahanan.casework import cases, grants, operations, survivors
from tahanan.casework.door import command, query
from tahanan.records.models import Removal, Team
from tahanan.records.vocabulary import Bond, Compartment, Purpose, Sex

_CARE = (Compartment.CARD, Compartment.CARE, Compartment.HEALTH)


@dataclass
class Children:
    """Case and operation ids by short names."""

    cases: dict[str, UUID] = field(default_factory=dict)
    operations: dict[str, UUID] = field(default_factory=dict)


@command("open_intake")
def remove(
    visit: Visit,
    *,
    team: UUID,
    children: tuple[tuple[cases.Card, LegalName], ...],
    happened: operations.Happening,
) -> UUID:
    """One operation and its children, each with a case: what an intake comes to. Its id."""
    operation = operations.add_operation(visit, happened=happened, region=REGION, supported=True)
    for card, name in children:
        opening = cases.Opening(team=team, region=REGION, card=card, name=name)
        case = cases.open_case(visit, opening)
        operations.add_removal(
            visit,
            case=case,
            operation=operation,
            happened=happened,
            region=REGION,
            sex=card.sex,
            birth=card.birth,
        )
        shared = operations.SharedFacts(city=CITY, unit="Bantay Desk", source="Hotline")
        operations.copy_shared(visit, case, operation, shared)
    return operation


@query("in_operation")
def in_operation(visit: Visit, *, operation: UUID) -> list[UUID]:
    """The cases of an operation, in the order they were opened."""
    rows = Removal.objects.filter(operation=operation).order_by("id")
    return list(rows.values_list("case", flat=True))


@command("share")
def share(visit: Visit, *, case: UUID, team: UUID, compartments: tuple[Compartment, ...]) -> UUID:
    """Give a team some compartments, as sharing will; the command comes with a later issue."""
    given = Team.objects.get(id=team)
    for compartment in compartments:
        passed = gate.pass_(visit, case, compartment, Action.WRITE)
        grants.give(visit, keys.open(visit, passed), given, grants.Terms(Purpose.CARE))
    return case


def build(office: Office) -> Children:
    """Maya and Jun-jun, siblings of one removal; Nene alone; Luz, whom Fe's agency holds."""
    made = Children()
    days = clock.today() - timedelta(days=40)
    _removal(
        made,
        office,
        "ana",
        "casework",
        (
            ("maya", cases.Card(
                chosen="Maya", sex=Sex.GIRL, birth=_born(days, 13), language="Cebuano",
                school="Grade 7", own_word="survivor", allergies="Peanuts",
            ), LegalName("Maria Amor", "Dacanay", "Villacrusis")),
            ("jun", cases.Card(
                chosen="Jun-jun", sex=Sex.BOY, birth=_born(days, 9), language="Cebuano",
            ), LegalName("Arsenio", "Dacanay", "Villacrusis", "Jr.")),
        ),
        days,
    )  # fmt: skip
    nene = cases.Card(chosen="Nene", sex=Sex.GIRL, birth=_born(days, 4))
    later = days + timedelta(days=9)
    _removal(
        made, office, "ana", "casework", (("nene", nene, LegalName("Renata", "", "Bulan")),), later
    )
    luz = cases.Card(chosen="Luz", sex=Sex.GIRL, birth=_born(days, 15))
    _removal(
        made, office, "fe", "agapay", (("luz", luz, LegalName("Lucita", "", "Magbanua")),), later
    )
    siblings = survivors.Pair(made.cases["maya"], made.cases["jun"], Bond.FULL)
    survivors.draw_siblings(office.actor("ana"), pairs=(siblings,), from_on=days)
    return made


def share_around(office: Office, made: Children) -> None:
    """Maya's case, shared with a therapist, a co-working team, lawyers, the police and a home."""
    ana, maya = office.actor("ana"), made.cases["maya"]
    grants.call_therapist(ana, case=maya, team=office.teams["therapy"])
    for team, parts in (
        ("cowork", (Compartment.CARD, Compartment.CARE)),
        ("legal", (Compartment.CARD, Compartment.IDENTITY, Compartment.JUSTICE)),
        ("police", (Compartment.JUSTICE,)),
        ("staff", (*_CARE, Compartment.WHEREABOUTS)),
        ("clinic", (Compartment.CARD, Compartment.HEALTH)),
        ("house", (Compartment.CARD,)),
    ):
        share(ana, case=maya, team=office.teams[team], compartments=parts)


def _removal(
    made: Children,
    office: Office,
    by: str,
    team: str,
    children: tuple[tuple[str, cases.Card, LegalName], ...],
    day: date,
) -> None:
    operation = remove(
        office.actor(by),
        team=office.teams[team],
        children=tuple((card, name) for _key, card, name in children),
        happened=operations.Happening(day, day),
    )
    made.operations[children[0][0]] = operation
    brought = in_operation(office.actor(by), operation=operation)
    for (key, _card, _name), case in zip(children, brought, strict=True):
        made.cases[key] = case


def _born(removed: date, years: int) -> PartialDate:
    """A birthday `years` and a season before the removal."""
    day = date(removed.year - years, removed.month, 1) - timedelta(days=100)
    return PartialDate(day, day, "day")
