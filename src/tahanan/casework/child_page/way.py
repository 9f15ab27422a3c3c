"""The way home: six stages, worked out from what is recorded and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tahanan.casework.child_page.shapes import Due, Passed, Stage, Step, What
from tahanan.casework.child_page.timeline import Row
from tahanan.records.vocabulary import ClockKind, FacilityKind, StayEnd

_ORDER = list(Stage)
# Where a stay, or the end of the last one, puts a child.
_OF_KIND = {
    FacilityKind.ASSESSMENT_CENTER: Stage.ASSESSMENT,
    FacilityKind.SHELTER: Stage.PLACE,
    FacilityKind.FAMILY_HOME: Stage.PLACE,
    FacilityKind.SURVIVOR_CENTER: Stage.AFTERCARE,
}
_WITH_FAMILY = {StayEnd.REUNITED, StayEnd.KIN, StayEnd.INDEPENDENT}


def steps(rows: Iterable[Row], due: Iterable[Due], today: date) -> tuple[Step, ...]:
    """The six stages. Conferences, after-care and closing come later: their stages stay ahead.

    A stage behind her of which nothing is recorded is SKIPPED: the page never calls it done.
    """
    standing = [row for row in rows if row.standing]
    standing.sort(key=lambda row: (row.first, row.recorded_at))
    removals = [row for row in standing if row.what is What.REMOVAL]
    stays = [row for row in standing if row.what is What.STAY]
    recorded: dict[Stage, Step] = {}
    if removals:
        recorded[Stage.SAFE] = Step(Stage.SAFE, Passed.DONE, removals[-1].first, removals[-1].last)
    for stay in stays:
        stage = _OF_KIND[FacilityKind(stay.code)]
        recorded[stage] = _stay_step(stage, stay, due, today)
    now = _ORDER.index(_now(removals, stays))
    return tuple(_step(stage, index, now, recorded) for index, stage in enumerate(_ORDER))


def _now(removals: Sequence[Row], stays: Sequence[Row]) -> Stage:
    if not stays:
        return Stage.ASSESSMENT if removals else Stage.SAFE
    last = stays[-1]
    if last.last is None:
        return _OF_KIND[FacilityKind(last.code)]
    end = last.more.partition(" ")[2]
    if end in _WITH_FAMILY:
        return Stage.AFTERCARE
    at_center = FacilityKind(last.code) is FacilityKind.ASSESSMENT_CENTER
    return Stage.DECIDING if at_center else Stage.PLACE


def _step(stage: Stage, index: int, now: int, recorded: dict[Stage, Step]) -> Step:
    if index > now:
        return Step(stage, Passed.AHEAD)
    known = recorded.get(stage, Step(stage, Passed.SKIPPED))
    return replace(known, passed=Passed.NOW) if index == now else known


_LAST_DAY = frozenset({ClockKind.EMERGENCY_ENDS, ClockKind.STAY_TARGET})


def _stay_step(stage: Stage, stay: Row, due: Iterable[Due], today: date) -> Step:
    goes_on = stay.last is None
    target = next((d.on for d in due if d.kind in _LAST_DAY), None)
    return Step(
        stage,
        Passed.DONE,
        stay.first,
        stay.last,
        FacilityKind(stay.code),
        (today - stay.first).days + 1 if goes_on else None,
        (target - stay.first).days if goes_on and target else None,
    )
