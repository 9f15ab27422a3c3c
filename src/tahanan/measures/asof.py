"""As known on a day: which versions of a row count, and both kinds of daily series by one sweep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from tahanan.base import clock


def counts(
    known_at: datetime, replaced_at: datetime | None, withdrawn: bool, known_on: date
) -> bool:
    """Whether a version of a row is what was known at the end of `known_on` in Manila."""
    cut = clock.day_cut(known_on)
    return known_at < cut and (replaced_at is None or replaced_at >= cut) and not withdrawn


def at_the_time(
    begins: date, known_day: date, ends: date | None, replaced_day: date | None
) -> tuple[date, date | None]:
    """The days on which a row was counted when they were lived: from the first until before the
    last. Equal or in the wrong order: on none.
    """
    lasts = [day for day in (ends, replaced_day) if day is not None]
    return max(begins, known_day), min(lasts, default=None)


def sweep(
    spans: Iterable[tuple[tuple[date, date | None], int]], first: date, last: date
) -> Iterator[tuple[date, int]]:
    """For each day from `first` until `last`, how many spans hold it: one pass, no counting anew.

    A span, given with how many there are of it, holds from its first day until before its last;
    None: it goes on.
    """
    steps: Counter[date] = Counter()
    for (begins, ends), many in spans:
        if ends is not None and ends <= begins:
            continue
        steps[max(begins, first)] += many
        if ends is not None:
            steps[max(ends, first)] -= many
    held = 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        held += steps[day]
        yield day, held
