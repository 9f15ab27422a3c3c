"""Cases: opened with their compartments and grants, their card, identity, status and elements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys
from tahanan.access.keys import CompartmentSecret
from tahanan.access.passed import Passed
from tahanan.access.rules import Act, Action, compartments_of
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.ages import BANDS, age_at, band
from tahanan.base.days import PartialDate
from tahanan.base.errors import Invalid, NotFound
from tahanan.base.names import LegalName
from tahanan.casework import exclusions, facts, grants, texts
from tahanan.casework.door import command
from tahanan.records.models import Case, CaseStatus, OsecElement, Survivor, Team
from tahanan.records.vocabulary import (
    Compartment,
    DecidedBy,
    Depiction,
    Element,
    Finding,
    Purpose,
    Sex,
    Status,
    TeamKind,
)

CARD, IDENTITY, STATUS = "card", "identity", "status"

# ── shapes ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the outside of a child's file; all that lists and the house open.

    `chosen` is the name she chose or goes by; `number` the place she was met at, for *Child 5*;
    `needs` what else whoever has her tonight must know: milk, a light left on.
    """

    chosen: str = ""
    number: int = 0
    sex: Sex = Sex.UNKNOWN
    birth: PartialDate | None = None
    language: str = ""
    school: str = ""
    own_word: str = ""
    allergies: str = ""
    medicine: str = ""
    needs: str = ""
    visitors: str = ""

    def content(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self) | {"birth": _days(self.birth), "sex": self.sex.value}

    @classmethod
    def of(cls, content: dict[str, Any]) -> Card:
        """From what `content` gave."""
        return cls(**(content | {"birth": _birth(content["birth"]), "sex": Sex(content["sex"])}))


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card with the id of the piece that holds it: what an edit says it has seen."""

    case: UUID
    piece: UUID
    card: Card


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with. `region` is a PSGC code.

    `since` is the day its first status holds from: today where not said.
    """

    team: UUID
    region: str
    card: Card
    name: LegalName | None = None
    purpose: Purpose = Purpose.PROTECTION
    survivor: UUID | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class StatusShape:
    """One status of a case, standing or replaced."""

    id: UUID
    status: Status
    decided_by: DecidedBy
    from_on: date
    until_on: date | None
    known_on: date


@dataclass(frozen=True, slots=True)
class ElementShape:
    """One element of OSEC as it stands."""

    id: UUID
    element: Element
    finding: Finding
    depiction: Depiction | None
    from_on: date


# ── commands ────────────────────────────────────────────────────────────────────────────────


@command("change_card")
def change_card(visit: Visit, *, case: UUID, card: Card, seen: UUID) -> UUID:
    """Write the card anew. `seen` is the piece that was read; Conflict if it no longer stands."""
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARD, Action.WRITE))
    return texts.write(visit, secret, CARD, case, card.content(), replaces=seen)


@command("set_identity")
def set_identity(visit: Visit, *, case: UUID, name: LegalName, seen: UUID | None) -> UUID:
    """Write the legal name. `seen` is the piece that was read, or None where there was none."""
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.WRITE))
    return texts.write(visit, secret, IDENTITY, case, asdict(name), replaces=seen)


@command("decide_status")
def decide_status(
    visit: Visit,
    *,
    case: UUID,
    status: Status,
    decided_by: DecidedBy,
    decider: str,
    from_on: date,
) -> UUID:
    """Decide at-risk, victim or not a victim, from a day; the status before ends that day."""
    gate.act(visit, case, Act.DECIDE_STATUS)
    _not_future(visit, from_on)
    before = facts.standing(CaseStatus).filter(case=case, until_on__isnull=True).first()
    if before is not None:
        if from_on < before.from_on:
            raise Invalid({"from_on": _("The status before this one began later than that day.")})
        facts.correct(visit, CaseStatus, before.id, until_on=from_on)
    id = facts.add(
        visit, CaseStatus, case_id=case, status=status, decided_by=decided_by, from_on=from_on
    )
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    texts.write(visit, secret, STATUS, id, {"decider": decider})
    return id


@command("record_element")
def record_element(
    visit: Visit,
    *,
    case: UUID,
    element: Element,
    finding: Finding,
    depiction: Depiction | None = None,
    from_on: date,
) -> UUID:
    """Record whether one element of OSEC is established, suspected or not found."""
    gate.act(visit, case, Act.RECORD_ELEMENT)
    _not_future(visit, from_on)
    before = facts.standing(OsecElement).filter(case=case, element=element, until_on=None).first()
    if before is not None:
        facts.correct(visit, OsecElement, before.id, until_on=max(from_on, before.from_on))
    return facts.add(
        visit,
        OsecElement,
        case_id=case,
        element=element,
        finding=finding,
        depiction=depiction or "",
        from_on=from_on,
    )


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def open_case(visit: Visit, opening: Opening) -> UUID:
    """A survivor, her case, its compartments and first grants, her card and first status.

    The team's members get every compartment but therapy; the organisation's safeguarding team gets
    card and justice. Gives the case's id.
    """
    teams = _first_teams(visit, opening.team)
    survivor = opening.survivor or _survivor(visit)
    case = ids.uuid7()
    Case(
        id=case,
        tenant=visit.tenant,
        survivor_id=survivor,
        reference=ids.reference(case),
        region=opening.region,
        opened_on=visit.today,
        exclusions=exclusions.empty(case),
    ).save(force_insert=True)
    visit.note_subject(case)
    secrets = _first_grants(visit, case, opening, teams)
    texts.write(visit, secrets[Compartment.CARD], CARD, case, opening.card.content())
    if opening.name is not None:
        texts.write(visit, secrets[Compartment.IDENTITY], IDENTITY, case, asdict(opening.name))
    facts.add(
        visit,
        CaseStatus,
        case_id=case,
        status=Status.AT_RISK,
        decided_by=DecidedBy.SOCIAL_WORKER,
        from_on=opening.since or visit.today,
    )
    return case


def cards(visit: Visit, passed: Iterable[Passed]) -> dict[UUID, CardSeen]:
    """The card of each case that was passed for; each is noted as a look."""
    pieces = texts.read_many(keys.open_many(visit, passed), CARD)
    return {
        case: CardSeen(case, piece.id, Card.of(piece.content)) for case, piece in pieces.items()
    }


def identity(secret: CompartmentSecret) -> tuple[UUID, LegalName] | None:
    """The legal name as it stands, with the id of its piece."""
    pieces = texts.read(secret, kind=IDENTITY)
    if not pieces:
        return None
    return pieces[-1].id, LegalName(**pieces[-1].content)


def bands_at(birth: PartialDate | None, first: date, last: date) -> tuple[int | None, int | None]:
    """The youngest and oldest age band (index into `base.ages.BANDS`) at an event."""
    if birth is None:
        return None, None
    ages = age_at(birth.first, birth.last, first, last)
    codes = [each.code for each in BANDS]
    return codes.index(band(ages.youngest)), codes.index(band(ages.oldest))


def statuses(case: UUID) -> list[StatusShape]:
    """Every status that stands in the case's history, newest first."""
    rows = facts.standing(CaseStatus).filter(case=case).order_by("-from_on", "-id")
    columns = ("id", "status", "decided_by", "from_on", "until_on", "known_day")
    return [
        StatusShape(id, Status(status), DecidedBy(by), from_on, until_on, known)
        for id, status, by, from_on, until_on, known in rows.values_list(*columns)
    ]


def elements(case: UUID) -> list[ElementShape]:
    """The elements of OSEC as they stand, in the order of the definition."""
    rows = facts.standing(OsecElement).filter(case=case, until_on__isnull=True)
    columns = ("id", "element", "finding", "depiction", "from_on")
    found = [
        ElementShape(
            id,
            Element(element),
            Finding(finding),
            Depiction(depiction) if depiction else None,
            from_on,
        )
        for id, element, finding, depiction, from_on in rows.values_list(*columns)
    ]
    return sorted(found, key=lambda shape: list(Element).index(shape.element))


def _survivor(visit: Visit) -> UUID:
    survivor = Survivor(tenant=visit.tenant)
    survivor.save(force_insert=True)
    return survivor.id


def _first_teams(visit: Visit, team: UUID) -> list[Team]:
    own = next((m for m in visit.actor.memberships if m.team == team), None)
    if own is None or own.kind is not TeamKind.CASEWORK:
        raise NotFound
    found = Team.objects.filter(
        organisation=own.organisation, kind=TeamKind.SAFEGUARDING, ended_on__isnull=True
    ).exclude(public=None)
    return [Team.objects.get(id=team), *found[:1]]


def _first_grants(
    visit: Visit, case: UUID, opening: Opening, teams: list[Team]
) -> dict[Compartment, CompartmentSecret]:
    secrets: dict[Compartment, CompartmentSecret] = {}
    for compartment in sorted(compartments_of(TeamKind.CASEWORK)):
        secrets[compartment] = grants.make(visit, case, compartment)
        for team in teams:
            if compartment not in compartments_of(TeamKind(team.kind)):
                continue
            own = team.id == opening.team
            terms = grants.Terms(opening.purpose, holder=visit.person if own else None)
            grants.give(visit, secrets[compartment], team, terms)
    return secrets


def _not_future(visit: Visit, day: date) -> None:
    if day > visit.today:
        raise Invalid({"from_on": _("That day is still ahead. Give today or a day before.")})


def _days(birth: PartialDate | None) -> list[str] | None:
    if birth is None:
        return None
    return [birth.first.isoformat(), birth.last.isoformat(), birth.precision]


def _birth(days: list[str] | None) -> PartialDate | None:
    if days is None:
        return None
    return PartialDate(date.fromisoformat(days[0]), date.fromisoformat(days[1]), days[2])
