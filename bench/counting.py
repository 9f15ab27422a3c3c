"""Every measure as known on a day, beside the same number by hand: run by `bench.measure`.

    python -m bench.counting TRIES

in the environment of an installation of the bench; prints what it found as JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from tahanan.cli.start import ready

# A day long past, on which only a part was known.
PAST = date(2017, 1, 31)
SERIES = "a year of days"


class Unequal(Exception):
    """Two ways to count gave two numbers: nothing was measured."""


@dataclass(frozen=True)
class Counted:
    """One measure on one day: its number, how long it took, and how long by hand (p50, ms)."""

    code: str
    known_on: str
    count: int
    of: int | None
    p50: float
    p95: float
    by_hand: float


def main(tries: int) -> None:
    """All measures, occupancy and a series; as JSON."""
    ready()
    from tahanan.base import clock
    from tahanan.casework.door import examining

    with examining("bench"):
        found = [
            each
            for day in (clock.today(), PAST)
            for each in (*_measures(day, tries), _occupancy(day, tries))
        ]
        found += _series(clock.today(), tries)
    print(json.dumps([asdict(each) for each in found]))


def _measures(day: date, tries: int) -> list[Counted]:
    from bench import by_hand
    from tahanan.casework.figures import counting
    from tahanan.measures.catalogue import MEASURES
    from tahanan.measures.periods import ALL

    found = []
    for code, measure in MEASURES.items():

        def ours(measure: Any = measure) -> tuple[int, int | None]:
            figure = counting.count(measure, ALL, day)
            return figure.count, figure.of

        def theirs(code: str = code) -> tuple[int, int | None]:
            return by_hand.counted(code, day)

        found.append(_both(code, day, ours, theirs, tries))
    return found


def _occupancy(day: date, tries: int) -> Counted:
    from bench import by_hand
    from tahanan.casework.figures.series import occupancy

    def ours() -> tuple[int, None]:
        return sum(occupancy(day, day).values()), None

    def theirs() -> tuple[int, None]:
        return by_hand.rows(by_hand.OCCUPANCY, day)[0][0], None

    return _both("occupancy", day, ours, theirs, tries)


def _series(day: date, tries: int) -> list[Counted]:
    from bench import by_hand
    from tahanan.casework.figures.series import known_on
    from tahanan.measures.catalogue import MEASURES

    first = day - timedelta(days=364)

    def ours() -> tuple[int, None]:
        return known_on(MEASURES["arrests"], first, day, day)[-1][1], None

    def theirs() -> tuple[int, None]:
        return sum(count for _on, count in by_hand.rows(by_hand.SERIES, day)), None

    return [_both(f"arrests, {SERIES}", day, ours, theirs, tries)]


def _both(
    code: str,
    day: date,
    ours: Callable[[], tuple[int, int | None]],
    theirs: Callable[[], tuple[int, int | None]],
    tries: int,
) -> Counted:
    """By turns, so that whatever else the machine does meets both."""
    if ours() != theirs():
        raise Unequal(f"{code} as known on {day}: {ours()}, and by hand {theirs()}.")
    took: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _turn in range(tries):
        for name, act in (("ours", ours), ("theirs", theirs)):
            began = time.perf_counter()
            act()
            took[name].append(1000 * (time.perf_counter() - began))
    ordered = sorted(took["ours"])
    count, of = ours()
    return Counted(
        code, day.isoformat(), count, of, statistics.median(ordered),
        ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], statistics.median(took["theirs"]),
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
