"""A programme large enough to be told: invented rows beside the cast's own children."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from tests.casework.figures.histories import Child, Counting, History, suspect
from tests.cast.cast import Cast
from tests.house import House

from tahanan.casework import figures
from tahanan.records.vocabulary import HowSafe, SuspectKin

# How many were brought to safety in which year; few in the first two, so that years are joined.
YEARS = {2012: 6, 2013: 8, 2015: 14, 2016: 17, 2017: 24, 2018: 31, 2019: 27, 2020: 29}
BANDS = (0, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6)
KINS = (SuspectKin.PARENT, SuspectKin.AUNT_UNCLE, SuspectKin.NEIGHBOUR, SuspectKin.UNKNOWN)
PUBLISHED = date(2020, 9, 2)


def build(cast: Cast) -> None:
    """Ten years of rescues, arrests and judgments; one report of them was published."""
    with House().as_role("owner"), Counting():
        history = History()
        children = [child for year, n in YEARS.items() for child in _year(history, year, n)]
        _what_was_done(history, children)
        _what_moved(history, children)
    figures.publish(cast.dora, report="deck", known_on=PUBLISHED, title="The deck, three slides")


def _year(history: History, year: int, many: int) -> list[Child]:
    """Two children to an operation, one of them now and then without a known age."""
    found: list[Child] = []
    for turn in range(many):
        on = date(year, 1, 20) + timedelta(days=turn * 7)
        band = BANDS[turn % len(BANDS)]
        oldest = 5 if turn % 9 == 8 else band
        operation = found[-1].removal.operation if turn % 2 else history.operation(on, on)
        child = history.victim(
            operation.happened_on if turn % 2 else on, on, operation=operation,
            youngest_band=min(band, oldest), oldest_band=max(band, oldest),
        )  # fmt: skip
        if turn % 4 == 1:
            history.siblings(found[-1], child, on)
        found.append(child)
    return found


def _what_was_done(history: History, children: list[Child]) -> None:
    """A suspect for each second child; most are arrested, some convicted."""
    for turn, child in enumerate(children[::2]):
        who, on = suspect(), child.removal.happened_on
        kin = KINS[turn % len(KINS)]
        named = history.suspicion(child, who, on, on)
        if kin is not SuspectKin.PARENT:
            history.correct(named, on, kin=kin)
        if turn % 5:
            history.arrest(who, on, on)
        if turn % 3 == 0:
            history.judgment(who, uuid4(), on + timedelta(days=90), on + timedelta(days=90))


def _what_moved(history: History, children: list[Child]) -> None:
    """After the report: new, learned late, taken back; and children who were safeguarded."""
    later = PUBLISHED + timedelta(days=20)
    for turn in range(14):
        history.victim(later + timedelta(days=turn), later + timedelta(days=turn))
        history.victim(date(2019, 6, 1) + timedelta(days=turn), later)
    for child in children[-24:-12]:
        history.correct(child.removal, later, withdrawn=True)
    for turn in range(12):
        history.rescued(date(2020, 5, 1) + timedelta(days=turn), PUBLISHED, how=HowSafe.SAFEGUARDED)
