"""Why a figure moved between two days as known: each one who came or went has exactly one cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import links
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import Invalid
from tahanan.casework.door import query
from tahanan.casework.figures import counting, reports, telling
from tahanan.casework.figures.between import Between, Step
from tahanan.casework.figures.compile import subjects
from tahanan.casework.figures.reading import Reader, reader
from tahanan.casework.figures.shapes import Cause, Moved, Part
from tahanan.measures.catalogue import Line
from tahanan.measures.periods import Period
from tahanan.measures.spec import Measure
from tahanan.records.models import SameChild

# What a step from one set of keys to the next means for one who came, and for one who went.
_CAME = {
    Step.CORRECTED: Cause.CORRECTED_IN, Step.PARTED: Cause.PARTED, Step.JOINED: Cause.JOINED,
    Step.LATE: Cause.LATE,
}  # fmt: skip
_WENT = _CAME | {Step.CORRECTED: Cause.CORRECTED_OUT}
# Beyond the last step lies all that is known on the second day.
_NEWEST: Step | None = None


@query("why_it_moved", always=True)
def why_it_moved(
    visit: Visit, *, measure: str, before: date, after: date, period: str = "all"
) -> Moved:
    """One measure as known on two days, and what lies between."""
    seen = reader(visit, reports.DECK)
    what, over = reports.measure(measure), seen.period(period)
    first, second = seen.day("before", before), seen.day("after", after)
    if first >= second:
        raise Invalid({"after": _("“And known on” must be the later of the two days.")})
    visit.details |= {"measure": measure, "before": str(first), "after": str(second)}
    moved = causes(what, over, first, second)
    was, now = (_told(seen, what, over, day) for day in (first, second))
    parts = telling.told_parts(moved, seen.sight)
    if was is None or now is None:
        # The parts, and the end that is told, would give the other by subtraction.
        parts = (Part(tuple(Cause), None),)
    same = None
    if now is not None and telling.may_compare(parts, seen.sight):
        same = telling.number(now - moved[Cause.NEW], seen.sight)
    return Moved(
        measure=measure, period=over, before=first, after=second, was=was, now=now,
        same_events=same, parts=parts, sight=seen.sight, days=seen.days,
    )  # fmt: skip


def causes(measure: Measure, period: Period, before: date, after: date) -> Mapping[Cause, int]:
    """By how much each cause moved the figure. The sum is the whole difference.

    Whoever came or went has the cause that was the last to decide: a child of an old removal, of
    whom a decision is new, is new; who went by a correction and is back by another, never moved.
    """
    was = frozenset(counting.keys(measure, period, before))
    now = frozenset(counting.keys(measure, period, after))
    moved: Counter[Cause] = Counter()
    left, later = was ^ now, _NEWEST
    for step in _steps(before, after):
        # From the last step backwards: who is not yet as she stayed became so at the step after.
        if not left:
            break
        known = _supposed(measure, Between(period, before, after, step))
        decided = {key for key in left if (key in known) is not (key in now)}
        _count(moved, decided, now, later)
        left, later = left - decided, step
    _count(moved, left, now, later)
    return moved


def _steps(before: date, after: date) -> tuple[Step, ...]:
    """The steps, the last one first; nobody is parted or joined where no such word was said."""
    first, last = clock.day_cut(before), clock.day_cut(after)
    said = SameChild.objects.filter(tenant=links.tenant(), known_at__gte=first, known_at__lt=last)
    if said.exists():
        return tuple(reversed(Step))
    return Step.LATE, Step.CORRECTED


def _count(
    moved: Counter[Cause], keys: Iterable[str], now: frozenset[str], step: Step | None
) -> None:
    for key in keys:
        came = key in now
        moved[_cause(step, came)] += 1 if came else -1


def _cause(step: Step | None, came: bool) -> Cause:
    if step is None:
        return Cause.NEW
    return (_CAME if came else _WENT)[step]


def _supposed(measure: Measure, ask: Between) -> frozenset[str]:
    """Who would be counted, with so much known."""
    who = subjects(ask, measure)
    rows = ask.rows(f"SELECT {who.key} FROM {who.source} WHERE {who.counted}")
    return frozenset(key.hex if isinstance(key, UUID) else key for (key,) in rows)


def _told(seen: Reader, measure: Measure, period: Period, day: date) -> int | None:
    """The figure as known on a day; of a published report, as it was published."""
    public = Line(measure, period) in reports.lines(reports.DECK)
    sight = seen.of_report(day) if public else seen.sight
    return telling.told(counting.count(measure, period, day), sight).n
