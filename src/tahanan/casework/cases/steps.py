"""Steps that others take: a case opened with its keys, cards read, what stands of a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from uuid import UUID

from tahanan.access import keys
from tahanan.access.keys import CompartmentSecret
from tahanan.access.passed import Passed
from tahanan.access.rules import compartments_of
from tahanan.access.visit import Visit
from tahanan.base import clock, ids
from tahanan.base.ages import BANDS, age_at, band
from tahanan.base.days import PartialDate
from tahanan.base.errors import NotFound
from tahanan.base.names import LegalName
from tahanan.casework import exclusions, facts, grants, texts
from tahanan.casework.cases.shapes import (
    CARD,
    IDENTITY,
    Card,
    CardSeen,
    ElementShape,
    Opening,
    StatusShape,
)
from tahanan.records.models import Case, CaseStatus, OsecElement, Removal, Survivor, Team
from tahanan.records.vocabulary import (
    Compartment,
    DecidedBy,
    Depiction,
    Element,
    Finding,
    Sex,
    Status,
    TeamKind,
)


def open_case(visit: Visit, opening: Opening) -> UUID:
    """A survivor, her case, its compartments and first grants, her card and first status.

    The team's members get every compartment but therapy; the organisation's safeguarding team gets
    card and justice. Gives the case's id.
    """
    return open_with_keys(visit, opening)[0]


def open_with_keys(
    visit: Visit, opening: Opening
) -> tuple[UUID, dict[Compartment, CompartmentSecret]]:
    """As `open_case`, for a caller who writes on: the case's id and its first keys.

    It needs no open keys: where the actor's are shut, each grant is sealed to its team's signed
    public half, and whoever of the team opens the file first locks it anew (`grants.renew_keys`).
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
        opened_on=clock.manila_day(visit.actor.known_at or visit.now),
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
    if visit.actor.locked:
        grants.mark_due(case, secrets)
    return case, secrets


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


def restate_child(visit: Visit, *, case: UUID, sex: Sex, birth: PartialDate | None) -> None:
    """Correct every standing removal of a case to the sex and birth now known."""
    for row in facts.standing(Removal).filter(case=case):
        youngest, oldest = bands_at(birth, row.happened_on, row.happened_until)
        if (row.sex, row.youngest_band, row.oldest_band) != (sex, youngest, oldest):
            facts.correct(
                visit, Removal, row.id, sex=sex, youngest_band=youngest, oldest_band=oldest
            )


def bands_at(birth: PartialDate | None, first: date, last: date) -> tuple[int | None, int | None]:
    """The youngest and oldest age band (index into `base.ages.BANDS`) at an event.

    None where the birth is not known, or is said to be after the event: one of the two is wrong.
    """
    if birth is None or birth.first > last:
        return None, None
    ages = age_at(birth.first, birth.last, first, last)
    codes = [each.code for each in BANDS]
    return codes.index(band(ages.youngest)), codes.index(band(ages.oldest))


def statuses(case: UUID) -> list[StatusShape]:
    """Every status that stands in the case's history, newest first."""
    rows = facts.standing(CaseStatus).filter(case=case).order_by("-from_on", "-recorded_at")
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
