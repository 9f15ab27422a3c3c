"""Admission and move: a group takes places that every rule allows, and the home is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys, scope
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action, compartments_of
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import facilities, grants, stays, survivors, texts
from tahanan.casework.admissions import answers, sentences, suitability
from tahanan.casework.admissions.leaving import EMERGENCY, PARTING, end_stay
from tahanan.casework.admissions.requests import children_in, requested
from tahanan.casework.admissions.suitability import Answer
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import command
from tahanan.casework.facilities import FacilityShape, Numbers
from tahanan.casework.legal_basis import bases, start_clock
from tahanan.records.models import Team
from tahanan.records.vocabulary import (
    ClockKind,
    Compartment,
    Purpose,
    StayEnd,
    StayMode,
    TeamKind,
)

EMERGENCY_DAYS = 3


@dataclass(frozen=True, slots=True)
class Reasons:
    """What was written with an admission: why siblings part, why it cannot wait, why she moves."""

    parting: str = ""
    emergency: str = ""
    moving: str = ""


# ── commands ────────────────────────────────────────────────────────────────────────────────


@command("admit_to_facility")
def admit_to_facility(
    visit: Visit,
    *,
    request: UUID,
    facility: UUID,
    cases: tuple[UUID, ...],
    parting_reason: str = "",
    emergency_reason: str = "",
) -> UUID:
    """Admit children of a request, who live nowhere on record yet. Final: the home is told.

    Raises Refusal with the broken rule's sentence. Gives the first child's stay.
    """
    reasons = Reasons(parting_reason.strip(), emergency_reason.strip())
    return take(visit, request, facility, cases, reasons, moving=False)


@command("move_to_facility")
def move_to_facility(
    visit: Visit,
    *,
    request: UUID,
    facility: UUID,
    cases: tuple[UUID, ...],
    moving_reason: str,
    parting_reason: str = "",
    emergency_reason: str = "",
) -> UUID:
    """Move children of a request from where they live: one home's keys end as the other's begin."""
    if not moving_reason.strip():
        raise Invalid({"moving_reason": _("Write why they move.")})
    reasons = Reasons(parting_reason.strip(), emergency_reason.strip(), moving_reason.strip())
    return take(visit, request, facility, cases, reasons, moving=True)


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def take(
    visit: Visit,
    request: UUID,
    facility: UUID,
    cases: tuple[UUID, ...],
    reasons: Reasons,
    *,
    moving: bool,
) -> UUID:
    """Admit or move children of a request, by every rule. Gives the first child's stay."""
    on = asked_for(visit, request, cases)
    living = stays.open_stays(cases)
    _refuse_living(cards_of(visit, cases), set(living), moving)
    # From here on nobody else can take or leave a place in any of these homes.
    stays.hold_places([facility, *(stays.home_of(stay.id) for stay in living.values())])
    if set(stays.open_stays(cases)) != set(living):
        raise Conflict("placed-first", _("Somebody found a place for one of them first."))
    seen = cards_of(visit, cases)
    home = shape_of(visit, facility)
    said, mode = _allowed(visit, home, seen, on, bool(reasons.emergency))
    parted = parted_from(visit, cases, facility)
    if parted and not reasons.parting:
        raise Invalid({"parting_reason": _("Write why they cannot stay together.")})
    visit.details |= {"home": facility.hex, "mode": mode}
    for stay in living.values():
        end_stay(visit, stay, on, StayEnd.MOVED, reasons.moving)
    told = list(facilities.steps.teams_of(facility))
    numbers = facilities.steps.open_private(facility)[1]
    begun = [
        _settle(visit, each.case, home, said.takes[each.case], mode, on, told, numbers)
        for each in seen
    ]
    for each, stay_begun in zip(seen, begun, strict=True):
        _write_reasons(visit, each.case, stay_begun, mode, bool(parted), reasons)
    _close_if_done(visit, request)
    return begun[0]


def asked_for(visit: Visit, request: UUID, cases: Sequence[UUID]) -> date:
    """The day an open request is for; refuses unless these children are in it, and hers."""
    row = requested(visit, request)
    if not cases or not set(cases) <= set(children_in(request)):
        raise NotFound
    for case in sorted(cases):
        gate.act(visit, case, Act.ADMIT)
    if row.closed_at is not None:
        raise Refusal("request-closed", _("This was asked before. Ask for a place again."))
    if row.from_on > visit.today:
        raise Refusal("not-yet", _("They are to come on a later day. Admit them on that day."))
    return row.from_on


def cards_of(visit: Visit, cases: Iterable[UUID]) -> list[CardSeen]:
    """The cards of these children, in the order of their cases."""
    opened = cards(visit, scope.among(visit, cases).values())
    return [opened[case] for case in sorted(opened)]


def shape_of(visit: Visit, facility: UUID) -> FacilityShape:
    """A facility that is open today, as it stands now. Raises NotFound."""
    if facility not in facilities.steps.open_facilities(visit):
        raise NotFound
    return facilities.steps.shapes(visit, [facility])[0]


def answer_now(
    visit: Visit, home: FacilityShape, seen: list[CardSeen], on: date, *, emergency: bool
) -> Answer:
    """What a home says to these children at this moment."""
    children = answers.children_of(visit, seen, on)
    return suitability.answer(answers.home_of(home), children, on, emergency=emergency)


def parted_from(visit: Visit, cases: Sequence[UUID], facility: UUID) -> list[UUID]:
    """Sisters and brothers, as far as the actor may see, who would not be in the same home."""
    whose = survivors.survivors_of(cases)
    groups = survivors.groups(whose.values())
    others = {one for group in groups for one in group} - set(whose.values())
    theirs = {case for all in survivors.cases_of(others).values() for case in all}
    seen = sorted(scope.among(visit, theirs))
    living = stays.open_stays(seen)
    return [
        case for case in seen if case not in living or stays.home_of(living[case].id) != facility
    ]


def _refuse_living(seen: list[CardSeen], living: set[UUID], moving: bool) -> None:
    for each in seen:
        if (each.case in living) is moving:
            continue
        name = sentences.name_of(each.card)
        if moving:
            said = _("No home is recorded for %(name)s yet: admit instead of moving.")
        else:
            said = _("%(name)s lives somewhere already. Move instead of admitting.")
        raise Refusal("lives-elsewhere", said % {"name": name})


def _allowed(
    visit: Visit, home: FacilityShape, seen: list[CardSeen], on: date, emergency: bool
) -> tuple[Answer, StayMode]:
    """The places they take and in which mode; refuses with the first reason of the ordinary rules.

    An emergency is used only where it is needed.
    """
    children = answers.children_of(visit, seen, on)
    there = answers.home_of(home)
    said = suitability.answer(there, children, on)
    if suitability.takes_all(said, children):
        return said, StayMode.ORDINARY
    if emergency:
        said = suitability.answer(there, children, on, emergency=True)
        if suitability.takes_all(said, children):
            return said, StayMode.EMERGENCY
    cards_by_case = {each.case: each.card for each in seen}
    first = said.broken[0]
    raise Refusal(
        first.rule.replace("_", "-"), sentences.sentence(first, home.kind, cards_by_case, on)
    )


def _settle(
    visit: Visit,
    case: UUID,
    home: FacilityShape,
    line: int,
    mode: StayMode,
    on: date,
    told: list[Team],
    numbers: Numbers,
) -> UUID:
    """One child's stay, what the home may open of her, and what falls due."""
    wanted = {part for team in told for part in compartments_of(TeamKind(team.kind))}
    secrets = {
        part: keys.open(visit, gate.pass_(visit, case, part, Action.WRITE))
        for part in sorted(wanted | {Compartment.WHEREABOUTS})
    }
    whereabouts = secrets[Compartment.WHEREABOUTS]
    stay = stays.begin(visit, whereabouts, (home.id, home.name, home.kind), line, mode, on)
    give_to_home(visit, case, secrets, told)
    if any(team.kind == TeamKind.FACILITY_STAFF for team in told):
        start_clock(visit, case, ClockKind.ADMISSION_TOLD, visit.today, because=stay)
    if mode is StayMode.EMERGENCY:
        start_clock(visit, case, ClockKind.EMERGENCY_REVIEW, on + timedelta(1), because=stay)
        ends = on + timedelta(EMERGENCY_DAYS)
        start_clock(visit, case, ClockKind.EMERGENCY_ENDS, ends, because=stay)
        return stay
    for kind, days in (
        (ClockKind.STAY_REVIEW, numbers.review_days),
        (ClockKind.STAY_TARGET, numbers.stay_target_days),
    ):
        if days is not None:
            start_clock(visit, case, kind, on + timedelta(days), because=stay)
    return stay


def give_to_home(
    visit: Visit, case: UUID, secrets: dict[Compartment, CompartmentSecret], told: list[Team]
) -> None:
    """Each team of the home gets what its people may read, sealed to its public half.

    The grants end with the stay and not on a day: a house that loses sight of an allergy while the
    child sleeps there would endanger her.
    """
    standing = [basis for basis in bases(case) if not _over(basis.until_on, visit.today)]
    terms = grants.Terms(Purpose.PLACEMENT, standing[-1].id if standing else None)
    for team in told:
        held = set(grants.held_by(visit, case, [team.id]).values())
        for part in sorted(compartments_of(TeamKind(team.kind)) - held):
            grants.give(visit, secrets[part], team, terms)


def _over(until: date | None, today: date) -> bool:
    return until is not None and until < today


def _write_reasons(
    visit: Visit, case: UUID, stay: UUID, mode: StayMode, parted: bool, reasons: Reasons
) -> None:
    """Reasons are sealed in care, and the supervisor finds a clock."""
    pieces = []
    if mode is StayMode.EMERGENCY:
        pieces.append((EMERGENCY, reasons.emergency))
    if parted:
        pieces.append((PARTING, reasons.parting))
        start_clock(visit, case, ClockKind.SIBLINGS_PARTED, visit.today, because=stay)
    if not pieces:
        return
    care = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    for kind, reason in pieces:
        texts.write(visit, care, kind, stay, {"reason": reason})


def _close_if_done(visit: Visit, request: UUID) -> None:
    cases = children_in(request)
    row = requested(visit, request)
    if len(stays.open_stays(cases)) == len(cases):
        row.closed_at = visit.now
        row.save(update_fields=["closed_at"])
