"""What the history of the demonstration must come to: the published figures, or others near them.

The numbers stand here and in tests alone: nothing that counts knows them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date

CHECKPOINT_ON = date(2017, 1, 31)
DECK_ON = date(2020, 9, 2)
LOCKDOWN_FROM = date(2020, 3, 15)
# The seed whose figures are the published ones; another seed gives figures of its own.
PUBLISHED_SEED = 2011


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures over one stretch of time. `rescued`: victims, or whoever was brought to safety."""

    operations: int
    rescued: int
    arrested: int
    convicted: int


@dataclass(frozen=True, slots=True)
class Targets:
    """Every published figure of the programme. `ages`: victims by band, the youngest first."""

    ages: tuple[int, ...]
    age_unknown: int
    siblings: int
    close: int
    not_close: int
    kin_unknown: int
    operations: int
    arrested: int
    convicted: int
    lockdown: Counts
    checkpoint: Counts

    @property
    def victims(self) -> int:
        """All victims, whatever is known of their age."""
        return sum(self.ages) + self.age_unknown

    @property
    def suspects(self) -> int:
        """All perpetrators, whatever is known of how they belong to the child."""
        return self.close + self.not_close + self.kin_unknown


DECK = Targets(
    ages=(14, 47, 103, 120, 175, 151, 47),
    age_unknown=12,
    siblings=254,
    close=193,
    not_close=108,
    kin_unknown=27,
    operations=208,
    arrested=256,
    convicted=90,
    lockdown=Counts(20, 76, 16, 3),
    checkpoint=Counts(44, 165, 78, 7),
)


def targets(seed: int) -> Targets:
    """The published figures for the published seed; numbers drawn near them for another."""
    return DECK if seed == PUBLISHED_SEED else near(DECK, seed)


def near(figures: Targets, seed: int, share: float = 1.0) -> Targets:
    """Figures drawn near others, or near a `share` of them: a thinner world. By seed alone."""
    drawn = random.Random(f"{seed}/targets")  # noqa: S311  a story, not a secret

    def by(number: int, least: int = 1) -> int:
        return max(least, round(number * share * drawn.uniform(0.94, 1.06)))

    def counts(each: Counts) -> Counts:
        arrested = by(each.arrested, 2)
        return Counts(
            max(by(each.operations, 2), -(-arrested // 4)),
            by(each.rescued, 6),
            arrested,
            by(each.convicted),
        )

    found = replace(
        figures,
        ages=tuple(by(number) for number in figures.ages),
        age_unknown=by(figures.age_unknown),
        close=by(figures.close),
        not_close=by(figures.not_close),
        kin_unknown=by(figures.kin_unknown),
        operations=by(figures.operations),
        arrested=by(figures.arrested),
        convicted=by(figures.convicted),
        lockdown=counts(figures.lockdown),
        checkpoint=counts(figures.checkpoint),
    )
    return replace(found, siblings=min(by(figures.siblings), found.victims // 2))
