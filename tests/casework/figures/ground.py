"""A programme small enough that its figures could point at somebody. All of it is invented.

As known on 2 September 2020: forty victims (25 aged 12 or younger, 12 older, 3 of unknown age), of
whom three were removed in 2019; twelve persons arrested, three convicted during lockdown. Three
more victims were removed in August and recorded on 15 September; one was corrected out in October.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from tests.casework.figures.histories import Counting, History, suspect
from tests.cast import cast as casts
from tests.cast.cast import Cast
from tests.house import House

from tahanan.casework.figures import publish

PUBLISHED = date(2020, 9, 2)
BEFORE, AFTER = date(2020, 8, 31), date(2020, 10, 31)
_LOCKDOWN = date(2020, 4, 1)


def build(house: House) -> Cast:
    """The cast, that programme beside it, and one publication."""
    cast = casts.build(house)
    with house.as_role("owner"), Counting():
        _programme(History())
    publish(cast.dora, report="deck", known_on=PUBLISHED, title="Three slides")
    return cast


def _programme(history: History) -> None:
    bands = [*[(2, 2)] * 25, *[(4, 4)] * 12, *[(None, None)] * 3]
    for n, (young, old) in enumerate(bands):
        happened = date(2019, 6, 3) if n < 3 else _LOCKDOWN + timedelta(days=n)
        child = history.victim(
            happened, happened + timedelta(days=2), youngest_band=young, oldest_band=old
        )
        if n == 30:
            history.correct(child.removal, date(2020, 10, 9), withdrawn=True)
    for _ in range(3):
        history.victim(date(2020, 8, 10), date(2020, 9, 15))
    for n in range(12):
        man, happened = suspect(), _LOCKDOWN + timedelta(days=n)
        history.arrest(man, happened, happened)
        if n < 3:
            history.judgment(man, uuid4(), happened + timedelta(days=60), date(2020, 8, 3))
