"""The whole history of a demonstration as a plan: pure, and the same for the same seed."""

from __future__ import annotations

import random
from datetime import date

from tahanan.world.history import accused, courts, families, mending
from tahanan.world.history.eras import Era, era_after, eras
from tahanan.world.history.shapes import History
from tahanan.world.history.targets import Targets, targets


def plan(seed: int, until: date, figures: Targets | None = None) -> History:
    """Everything that happened until a day and comes to `figures`; the seed's own where not given.

    `until`: what is known on or after it is not told.
    """
    figures = figures or targets(seed)
    drawn = random.Random(f"{seed}/history")  # noqa: S311  a story, not a secret
    history = History()
    make = families.Maker(drawn, history)
    bench = accused.Bench(drawn, history)
    published = eras(figures, drawn)
    for era in published:
        _tell(make, bench, era)
    accused.arrest_again(bench, figures.arrested)
    courts.judge(bench, published)
    # What was published is the same on whichever day it is told; what came after is not.
    make.drawn = bench.drawn = random.Random(f"{seed}/after")  # noqa: S311  a story
    after = era_after(figures, until, bench.drawn)
    if after.operations:
        _tell(make, bench, after)
        courts.judge(bench, (after,))
    return history


def _tell(make: families.Maker, bench: accused.Bench, era: Era) -> None:
    """All of one era but its judgments."""
    drawn, history = make.drawn, make.history
    told = families.tell_era(make, era)
    mending.mend_days(drawn, told)
    mending.mend_births(drawn, told)
    if era.code in ("main", "after"):
        mending.find_siblings(drawn, history, told)
    if era.code == "main":
        mending.found_after(drawn, history, told)
        mending.enter_twice(drawn, history, told)
    accused.name_and_arrest(bench, told)
    mending.tell_more(drawn, told)
    mending.house(drawn, history, told)
