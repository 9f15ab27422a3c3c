"""A stay ends, and with it what the home could open; or it is reviewed and goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Act, Action, may
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework import facilities, grants, stays, texts
from tahanan.casework.admissions.shapes import Leaving, Reviewing
from tahanan.casework.cases import cards
from tahanan.casework.door import command, query
from tahanan.casework.legal_basis import start_clock
from tahanan.casework.stays import StayShape
from tahanan.records.models import Clock, Team
from tahanan.records.vocabulary import ClockKind, Compartment, StayEnd, StayMode

DISCHARGE, WENT_TO, REVIEW = "discharge", "went_to", "stay_review"
EMERGENCY, PARTING = "emergency", "parting"
OF_A_STAY = frozenset(
    {
        ClockKind.ADMISSION_TOLD,
        ClockKind.EMERGENCY_ENDS,
        ClockKind.EMERGENCY_REVIEW,
        ClockKind.SIBLINGS_PARTED,
        ClockKind.STAY_REVIEW,
        ClockKind.STAY_TARGET,
    }
)
_SUPERVISED = frozenset({ClockKind.EMERGENCY_REVIEW, ClockKind.SIBLINGS_PARTED})

# ── queries ─────────────────────────────────────────────────────────────────────────────────


@query("leaving")
def leaving(visit: Visit, *, case: UUID) -> Leaving:
    """What a discharge begins from, and which teams will no longer open anything."""
    gate.act(visit, case, Act.DISCHARGE)
    stay = open_stay(case)
    home = stays.home_of(stay.id)
    opened = gate.may_open(visit, case)[Compartment.WHEREABOUTS].allowed
    place = ""
    if opened:
        secret = keys.open(visit, gate.pass_(visit, case, Compartment.WHEREABOUTS, Action.READ))
        place = stays.homes(secret)[stay.id].name
    seen = cards(visit, scope.among(visit, [case]).values())[case]
    names = tuple(facilities.steps.teams_of(home).values_list("name", flat=True)) if opened else ()
    says = _may_write(visit, case, Compartment.WHEREABOUTS)
    return Leaving(seen, place, stay.from_on, visit.today, names, says)


@query("reviewing_stay")
def reviewing(visit: Visit, *, case: UUID) -> Reviewing:
    """A stay to be reviewed: what is due of it, and the reasons written when it began."""
    gate.act(visit, case, Act.REVIEW_STAY)
    stay = open_stay(case)
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.READ))
    seen = cards(visit, scope.among(visit, [case]).values())[case]
    reasons = texts.read(secret, kind__in=[EMERGENCY, PARTING], of__in=stays.versions(stay.id))
    return Reviewing(
        seen,
        stay.from_on,
        stay.mode is StayMode.EMERGENCY,
        tuple(sorted(_due(visit, case).values_list("kind", flat=True))),
        tuple(piece.content["reason"] for piece in reasons),
    )


# ── commands ────────────────────────────────────────────────────────────────────────────────


@command("discharge")
def discharge(
    visit: Visit, *, case: UUID, on: date, end: StayEnd, why: str, went_to: str = ""
) -> UUID:
    """The child lives in this home no longer. Its keys end, and what it held is locked anew.

    `why` is sealed in care, `went_to` in whereabouts. A head may discharge too; what she cannot
    lock anew waits for the next who can.
    """
    gate.act(visit, case, Act.DISCHARGE)
    stay = open_stay(case)
    if end is StayEnd.MOVED:
        raise Invalid({"end": _("Ask for a place to move a child to another home.")})
    _sound_end(visit, stay, on, why)
    stays.hold_places([stays.home_of(stay.id)])
    return end_stay(visit, stay, on, end, why, went_to)


@command("receive_admission")
def receive_admission(visit: Visit, *, case: UUID) -> UUID:
    """The home says that the child came. The admission stood without it."""
    gate.act(visit, case, Act.RECEIVE)
    stay = open_stay(case)
    home = stays.home_of(stay.id)
    if not any(membership.facility == home for membership in visit.actor.memberships):
        raise NotFound
    stop(visit, case, {ClockKind.ADMISSION_TOLD})
    return stay.id


@command("review_stay")
def review_stay(visit: Visit, *, case: UUID, words: str) -> UUID:
    """Look at a stay again, and say what was found. A supervisor answers for emergencies.

    The next review falls due after as many days as the home has set.
    """
    gate.act(visit, case, Act.REVIEW_STAY)
    stay = open_stay(case)
    if not words.strip():
        raise Invalid({"words": _("Write what you found.")})
    due = {ClockKind(kind) for kind in _due(visit, case).values_list("kind", flat=True)}
    if not due:
        raise Refusal("nothing-due", _("Nothing of this stay is yours to review now."))
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    review = texts.write(visit, secret, REVIEW, stay.id, {"words": words.strip()})
    stop(visit, case, due)
    days = facilities.steps.open_private(stays.home_of(stay.id))[1].review_days
    if ClockKind.STAY_REVIEW in due and days is not None:
        next_on = visit.today + timedelta(days)
        start_clock(visit, case, ClockKind.STAY_REVIEW, next_on, because=review)
    return review


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def end_stay(
    visit: Visit, stay: StayShape, on: date, end: StayEnd, why: str, went_to: str = ""
) -> UUID:
    """Close a stay, stop its clocks, end the home's grants, lock anew what they opened.

    All that needs the actor's own sight comes before her own grants end. Gives the closed row.
    """
    case = stay.case
    teams = list(Team.objects.filter(facility=stays.home_of(stay.id)).values_list("id", flat=True))
    held = grants.held_by(visit, case, teams)
    closed = stays.close(visit, stay.id, on, end)
    stop(visit, case, OF_A_STAY)
    care = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    texts.write(visit, care, DISCHARGE, closed, {"why": why.strip()})
    if went_to.strip():
        place = keys.open(visit, gate.pass_(visit, case, Compartment.WHEREABOUTS, Action.WRITE))
        texts.write(visit, place, WENT_TO, closed, {"words": went_to.strip()})
    shut = sorted(set(held.values()))
    anew = [part for part in shut if _may_write(visit, case, part, but=teams)]
    grants.mark_due(case, set(shut) - set(anew))
    grants.end(visit, held)
    for compartment in anew:
        grants.rekey(visit, gate.pass_(visit, case, compartment, Action.WRITE))
    return closed


def open_stay(case: UUID) -> StayShape:
    """The stay that goes on now; refuses where there is none."""
    stay = stays.open_stays([case]).get(case)
    if stay is None:
        raise Refusal("no-stay", _("No home is recorded for this child now."))
    return stay


def _sound_end(visit: Visit, stay: StayShape, on: date, why: str) -> None:
    problems: dict[str, str] = {}
    if on > visit.today:
        problems["on"] = _("That day is still ahead. Give today or a day before.")
    elif on < stay.from_on:
        problems["on"] = _("The stay began later than that day. Give a later day.")
    if not why.strip():
        problems["why"] = _("Write why the stay ends.")
    if problems:
        raise Invalid(problems)


def _may_write(
    visit: Visit, case: UUID, compartment: Compartment, but: Iterable[UUID] = ()
) -> bool:
    """Whether the actor may write a compartment through a grant of another team than `but`."""
    ending = set(but)
    return any(
        held.compartment is compartment
        and held.membership.team not in ending
        and may(held.membership.relation, compartment, Action.WRITE).allowed
        for held in gate.standing(visit, case)
    )


def _due(visit: Visit, case: UUID) -> QuerySet[Clock]:
    """What of the stay is this actor's to review."""
    kinds = {ClockKind.STAY_REVIEW}
    if gate.may_do(visit, case, Act.SUPERVISE_STAY):
        kinds |= _SUPERVISED
    return Clock.objects.filter(case=case, kind__in=kinds, closed_on__isnull=True)


def stop(visit: Visit, case: UUID, kinds: Iterable[ClockKind]) -> None:
    """What was due of these kinds is done today."""
    rows = Clock.objects.filter(case=case, kind__in=list(kinds), closed_on__isnull=True)
    rows.update(closed_on=visit.today)
