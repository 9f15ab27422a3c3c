"""The history in four eras, by when things were known: each with what it must come to."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from tahanan.world.history.shapes import Days
from tahanan.world.history.targets import CHECKPOINT_ON, DECK, DECK_ON, LOCKDOWN_FROM, Targets

FIRST_DAY: Final = date(2011, 2, 1)
CLOSE, NOT_CLOSE, KIN_UNKNOWN = "close", "not_close", "unknown"
# Of the victims known at the checkpoint a few are found later not to be; others become known late.
_OVERTURNED, _LATE = 0.012, 0.05
_LOCKDOWN_VICTIMS, _LOCKDOWN_SAFEGUARDED = 0.81, 0.07
_ELSEWHERE = 0.06
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Era:
    """What becomes known in one stretch of days, and how much of it.

    `cells`: the age band of each victim, None where it is not known. `late` of them are decided
    victims in the era after, `overturned` beside them are victims only until then. `classes`: what
    each suspect is to the victims. `elsewhere`: arrested for children who are no victims.
    """

    code: str
    known: Days
    happened: Days
    operations: int
    cells: list[int | None]
    siblings: int
    classes: list[str]
    arrested: int
    convicted: int
    late: int = 0
    overturned: int = 0
    at_risk: int = 0
    safeguarded: int = 0
    not_victims: int = 0
    elsewhere: int = 0
    reversed: int = 0
    weights: dict[int, int] = field(default_factory=dict)


def eras(targets: Targets, drawn: random.Random) -> tuple[Era, ...]:
    """Until the checkpoint, until the published day without lockdown, and lockdown."""
    cells = _cells(targets.ages, targets.age_unknown, drawn)
    early, lockdown, main = _early(targets), _lockdown(targets), _main(targets)
    counts = _victims(targets, early, lockdown)
    for era, count in zip((early, lockdown, main), counts, strict=True):
        era.cells, cells = cells[:count], cells[count:]
        if era is not lockdown:
            era.at_risk, era.safeguarded = _of(count, 0.09), _of(count, 0.03)
        era.not_victims = _of(count, 0.04)
    _deal_siblings(targets.siblings, (early, lockdown, main))
    _deal_suspects(targets, (early, lockdown, main), drawn)
    return early, main, lockdown


def _early(targets: Targets) -> Era:
    point = targets.checkpoint
    return Era(
        "early", Days(FIRST_DAY, CHECKPOINT_ON), Days(FIRST_DAY, CHECKPOINT_ON),
        point.operations, [], 0, [], point.arrested, point.convicted,
        late=_of(point.rescued, _LATE), overturned=_of(point.rescued, _OVERTURNED),
        reversed=1 if point.convicted > 2 else 0,
        weights={2011: 2, 2012: 3, 2013: 5, 2014: 7, 2015: 11, 2016: 15, 2017: 1},
    )  # fmt: skip


def _lockdown(targets: Targets) -> Era:
    locked = targets.lockdown
    days = Days(LOCKDOWN_FROM, DECK_ON)
    safeguarded = _of(locked.rescued, _LOCKDOWN_SAFEGUARDED)
    most = locked.rescued - safeguarded - 1
    victims = min(round(locked.rescued * _LOCKDOWN_VICTIMS), most)
    return Era(
        "lockdown", days, days, locked.operations, [], 0, [], locked.arrested, locked.convicted,
        at_risk=locked.rescued - safeguarded - victims, safeguarded=safeguarded,
    )  # fmt: skip


def _main(targets: Targets) -> Era:
    point, locked = targets.checkpoint, targets.lockdown
    early_convicted = point.convicted - (1 if point.convicted > 2 else 0)
    return Era(
        "main", Days(CHECKPOINT_ON + _DAY, DECK_ON),
        Days(FIRST_DAY, LOCKDOWN_FROM - 3 * _DAY),
        targets.operations - point.operations - locked.operations, [], 0, [],
        targets.arrested - point.arrested - locked.arrested,
        targets.convicted - early_convicted - locked.convicted,
        weights={2017: 9, 2018: 12, 2019: 12, 2020: 3},
    )  # fmt: skip


def _victims(targets: Targets, early: Era, lockdown: Era) -> tuple[int, int, int]:
    first = targets.checkpoint.rescued - early.overturned + early.late
    locked = targets.lockdown.rescued - lockdown.at_risk - lockdown.safeguarded
    return first, locked, targets.victims - first - locked


def era_after(targets: Targets, until: date, drawn: random.Random) -> Era:
    """Life goes on: about as much a year as before, and nobody counted on it."""
    first = DECK_ON + _DAY
    years = max(0.0, (until - first).days / 365) * targets.victims / DECK.victims
    cells = _cells(tuple(round(n * years / 24) for n in DECK.ages), round(years / 2), drawn)
    suspects = round(16 * years)
    classes = drawn.choices((CLOSE, NOT_CLOSE, KIN_UNKNOWN), (193, 108, 27), k=suspects)
    days = Days(first, max(first, until))
    return Era(
        "after", days, days, round(8 * years), cells, round(len(cells) * 0.38), classes,
        round(11 * years), round(8 * years), at_risk=round(3 * years),
        safeguarded=round(years), not_victims=round(years), elsewhere=round(years),
    )  # fmt: skip


def _cells(ages: tuple[int, ...], unknown: int, drawn: random.Random) -> list[int | None]:
    found: list[int | None] = [band for band, count in enumerate(ages) for _each in range(count)]
    found += [None] * unknown
    drawn.shuffle(found)
    return found


def _deal_siblings(siblings: int, each: tuple[Era, ...]) -> None:
    """As many in every era as its share of the victims; none is left alone with nobody."""
    victims = sum(len(era.cells) for era in each)
    for era in each[:-1]:
        era.siblings = round(siblings * len(era.cells) / victims)
        era.siblings += 1 if era.siblings == 1 else 0
    each[-1].siblings = siblings - sum(era.siblings for era in each[:-1])


def _deal_suspects(targets: Targets, each: tuple[Era, ...], drawn: random.Random) -> None:
    """Nobody is arrested who was not named; the others as the victims are."""
    classes = [CLOSE] * targets.close + [NOT_CLOSE] * targets.not_close
    classes += [KIN_UNKNOWN] * targets.kin_unknown
    drawn.shuffle(classes)
    for era in each:
        era.elsewhere = _of(era.arrested, _ELSEWHERE)
    least = [era.arrested - era.elsewhere for era in each]
    over, victims = len(classes) - sum(least), sum(len(era.cells) for era in each)
    for era, count in zip(each[:-1], least[:-1], strict=True):
        size = count + over * len(era.cells) // victims
        era.classes, classes = classes[:size], classes[size:]
    each[-1].classes = classes


def _of(count: int, share: float) -> int:
    return max(1, round(count * share))
