"""The demonstration whole, built once a session; and thin worlds of other figures."""

from __future__ import annotations

from datetime import date, timedelta

from tests.house import House
from tests.world.recount import Recount

from tahanan.casework import upkeep
from tahanan.casework.door import examining
from tahanan.casework.figures import counting
from tahanan.measures.catalogue import MEASURES
from tahanan.measures.periods import ALL, Period
from tahanan.world import build
from tahanan.world.agencies import BY_TEAM
from tahanan.world.history.planner import plan
from tahanan.world.history.shapes import History
from tahanan.world.history.targets import Targets

WHOLE = "whole"
DAY = date(2026, 3, 12)
UNTIL = DAY - timedelta(days=300)
SEED = 2011


def build_whole(_house: House) -> None:
    """All of it, as `make demo` builds it on a day."""
    upkeep.install(name="Demonstration")
    build(lambda _line: None, seed=SEED, today=DAY)


def build_thin(seed: int, figures: Targets) -> None:
    """A history that comes to other figures, and one night after it."""
    upkeep.install(name="Demonstration")
    build(lambda _line: None, seed=seed, today=DAY, nights=1, figures=figures)


def planned(seed: int = SEED, figures: Targets | None = None) -> History:
    """The plan that such a world was told from."""
    return plan(seed, UNTIL, figures)


def counted(known: date, period: Period = ALL) -> Recount:
    """What the measures count in the database, in the shape of the plain recount."""
    with examining("figures"):
        figures = {
            code: counting.count(MEASURES[code], period, known)
            for code in (
                "victims_rescued", "aged_12_or_younger", "rescued_as_siblings",
                "close_perpetrators", "persons_arrested", "arrests", "operations",
                "persons_convicted", "rescued_or_safeguarded",
            )
        }  # fmt: skip
        ages = counting.split(MEASURES["victims_rescued"], period, known, "age")
    young, close = figures["aged_12_or_younger"], figures["close_perpetrators"]
    assert young.of is not None
    assert close.of is not None
    return Recount(
        figures["victims_rescued"].count,
        (young.count, young.of),
        {cell.code: cell.count for cell in ages.cells if cell.count},
        figures["rescued_as_siblings"].count,
        (close.count, close.of),
        close.unknown,
        figures["persons_arrested"].count,
        figures["arrests"].count,
        figures["operations"].count,
        figures["persons_convicted"].count,
        figures["rescued_or_safeguarded"].count,
    )


def manager(team: str) -> str:
    """Who works for an agency of the history, by the key of her account."""
    return BY_TEAM[team].people[0]
