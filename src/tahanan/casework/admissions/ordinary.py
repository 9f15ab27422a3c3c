"""An emergency stay that has become lawful: every ordinary rule holds now, and she stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate
from tahanan.access.rules import Act
from tahanan.access.visit import Visit
from tahanan.base.errors import Refusal
from tahanan.casework import facilities, stays
from tahanan.casework.admissions import answers, sentences, suitability
from tahanan.casework.admissions.leaving import OF_A_STAY, open_stay, stop
from tahanan.casework.admissions.taking import cards_of, shape_of
from tahanan.casework.door import command
from tahanan.casework.facilities import FacilityShape
from tahanan.casework.legal_basis import start_clock
from tahanan.casework.stays import StayShape
from tahanan.records.vocabulary import ClockKind, StayMode


@command("make_stay_ordinary")
def make_stay_ordinary(visit: Visit, *, case: UUID) -> UUID:
    """Let an emergency stay go on as an ordinary one, if every rule holds today.

    Raises Refusal with the broken rule's sentence. Its clocks begin anew from today.
    """
    gate.act(visit, case, Act.ADMIT)
    stay = open_stay(case)
    if stay.mode is not StayMode.EMERGENCY:
        raise Refusal("ordinary", _("This stay is an ordinary one already."))
    home = stays.home_of(stay.id)
    stays.hold_places([home])
    shape = shape_of(visit, home)
    line = _line_now(visit, case, stay, shape)
    made = stays.make_ordinary(visit, stay.id, line)
    stop(visit, case, OF_A_STAY - {ClockKind.ADMISSION_TOLD, ClockKind.SIBLINGS_PARTED})
    numbers = facilities.steps.open_private(home)[1]
    for kind, days in (
        (ClockKind.STAY_REVIEW, numbers.review_days),
        (ClockKind.STAY_TARGET, numbers.stay_target_days),
    ):
        if days is not None:
            start_clock(visit, case, kind, visit.today + timedelta(days), because=made)
    return made


def _line_now(visit: Visit, case: UUID, stay: StayShape, shape: FacilityShape) -> int:
    """The place she would be given today, were her own free; refuses with the first reason."""
    seen = cards_of(visit, [case])
    child = replace(answers.children_of(visit, seen, visit.today)[0], here=None)
    home = answers.home_of(shape)
    lines = tuple(
        replace(each, taken=each.taken - (each.number == stay.line)) for each in home.lines
    )
    said = suitability.answer(replace(home, lines=lines), [child], visit.today)
    if case in said.takes:
        return said.takes[case]
    first = said.broken[0]
    cards = {each.case: each.card for each in seen}
    raise Refusal(
        first.rule.replace("_", "-"), sentences.sentence(first, shape.kind, cards, visit.today)
    )
