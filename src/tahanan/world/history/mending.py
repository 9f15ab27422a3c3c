"""What turns out otherwise: days and births corrected, siblings found, a child entered twice."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date, timedelta

from tahanan.records.vocabulary import Bond, Finding, HowSafe, Status
from tahanan.world.agencies import BY_TEAM
from tahanan.world.history import births, days
from tahanan.world.history.accused import COUNTRIES, COUNTRY_WEIGHTS
from tahanan.world.history.families import Family, Told, at_edge
from tahanan.world.history.shapes import (
    Child,
    Correction,
    Days,
    Elements,
    History,
    Living,
    Same,
    Stay,
    Tie,
    Verdict,
)
from tahanan.world.history.targets import DECK_ON

_AFTER = DECK_ON + timedelta(days=30)


def mend_days(drawn: random.Random, told: Told) -> None:
    """The day first said was some days before the right one; it is mended weeks or months later."""
    for child in _alone(drawn, told, share=0.04):
        right = child.days
        wrong = right.first - timedelta(days=drawn.randint(1, 12))
        if wrong < told.era.happened.first or right.first != right.last:
            continue
        child.days = Days(wrong, wrong)
        known = days.later(drawn, child.known, 5, 300, told.era.known.last)
        child.moved.append(Correction(right, known))


def mend_births(drawn: random.Random, told: Told) -> None:
    """A certificate came: she was born in another year than was thought."""
    for child in _alone(drawn, told, share=0.03):
        if child.born is None or child.moved or child.born.first != child.born.last:
            continue
        right = child.born
        child.born = births.mistaken(drawn, right)
        known = days.later(drawn, child.known, 10, 250, told.era.known.last)
        child.reborn.append(Correction(right, known))


def _alone(drawn: random.Random, told: Told, share: float) -> list[Child]:
    """Single children of operations far from lockdown's edge: what is mended there moves little."""
    found = [
        family.children[0]
        for family in told.families
        if len(family.children) == 1 and family.victims and not at_edge(family.children[0].days)
    ]
    return drawn.sample(found, round(len(found) * share))


def find_siblings(drawn: random.Random, history: History, told: Told) -> None:
    """Found months later in another operation; raised together; drawn, and then parted again."""
    pairs = _pairs(drawn, told)
    end = told.era.known.last
    for number, (one, other) in enumerate(pairs[: max(4, len(pairs) // 6)]):
        one_child, two = one.children[0], other.children[0]
        known = max(one_child.known, two.known)
        if one.raid is not other.raid:
            found = min(known + timedelta(days=drawn.randint(60, 400)), end)
            history.ties.append(Tie(one_child.key, two.key, Bond.HALF, max(known, found)))
        elif number % 2:
            history.ties.append(Tie(one_child.key, two.key, Bond.RAISED_TOGETHER, known))
        else:
            parted = max(known, min(known + timedelta(days=drawn.randint(20, 200)), end))
            history.ties.append(Tie(one_child.key, two.key, Bond.NOT_SURE, known, parted))


def found_after(drawn: random.Random, history: History, told: Told) -> None:
    """Siblings of one operation whom nobody asked until after the published day."""
    tied = {key for tie in history.ties for key in (tie.one, tie.other)}
    pairs = [
        (one.children[0], other.children[0])
        for one, other in _pairs(drawn, told)
        if one.raid is other.raid
        and not {one.children[0].key, other.children[0].key} & tied
    ]  # fmt: skip
    for one, other in pairs[:2]:
        known = _AFTER + timedelta(days=drawn.randint(10, 200))
        history.ties.append(Tie(one.key, other.key, Bond.FULL, known))


def _pairs(drawn: random.Random, told: Told) -> list[tuple[Family, Family]]:
    """Single victims of one agency, two and two: of one operation, or of two."""
    single = [f for f in told.families if len(f.children) == 1 and f.victims and f.raid]
    single = [f for f in single if not at_edge(f.children[0].days)]
    single.sort(
        key=lambda family: (family.children[0].team, family.raid.key if family.raid else "")
    )
    found = [
        (one, other)
        for one, other in zip(single[::2], single[1::2], strict=False)
        if one.children[0].team == other.children[0].team
    ]
    drawn.shuffle(found)
    return found


def enter_twice(drawn: random.Random, history: History, told: Told) -> None:
    """One child entered twice and joined; a pair joined, then parted; a pair joined after."""
    single = [
        family.children[0]
        for family in told.families
        if len(family.children) == 1 and family.victims and family.raid is not None
        and not family.children[0].moved and not family.children[0].reborn
        and family.children[0].known < date(2019, 6, 1)
    ]  # fmt: skip
    tied = {key for tie in history.ties for key in (tie.one, tie.other)}
    free = [child for child in single if child.key not in tied]
    for child in drawn.sample(free, min(2, len(free))):
        second = _second(drawn, history, child)
        proposed = second.known + timedelta(days=drawn.randint(5, 60))
        history.same.append(
            Same(child.key, second.key, proposed, proposed + timedelta(days=drawn.randint(1, 9)))
        )
        free.remove(child)
    twins = [(a, b) for a, b in itertools.pairwise(free) if a.team == b.team]
    for number, (one, other) in enumerate(twins[:4:2]):
        joined = max(one.known, other.known) + timedelta(days=40)
        if number:
            joined = _AFTER + timedelta(days=70)
        pair = Same(one.key, other.key, joined, joined + timedelta(days=3))
        if not number:
            pair.parting, pair.parted = joined + timedelta(days=60), joined + timedelta(days=64)
        history.same.append(pair)


def _second(drawn: random.Random, history: History, child: Child) -> Child:
    """The same child, brought by somebody else months later, under a name spelt otherwise."""
    day = child.known + timedelta(days=drawn.randint(30, 120))
    last = child.verdicts[-1]
    known = max(day, last.known) + timedelta(days=2)
    second = replace(
        child, key=f"child-{len(history.children) + 1}", raid=None, how=HowSafe.REMOVED,
        days=Days(day, day), known=day + timedelta(days=1), given=f"Ma. {child.given}",
        verdicts=[Verdict(Status.VICTIM, known, known)], moved=[], reborn=[], paid_from=[],
        elements=None,
    )  # fmt: skip
    history.children[second.key] = second
    return second


def tell_more(drawn: random.Random, told: Told) -> None:
    """Of some: the elements one by one, abuse of the body too, and from where somebody paid."""
    last = told.era.known.last
    for family in told.families:
        for child in family.victims:
            if drawn.random() < 0.14:
                contact = drawn.choices((*Finding, None), (3, 3, 2, 2))[0]
                known = days.later(drawn, child.known, 5, 120, max(last, child.known))
                child.elements = Elements(known, drawn.random() < 0.8, contact)
            if drawn.random() < 0.22:
                known = days.later(drawn, child.known, 5, 200, max(last, child.known))
                child.paid_from.append((drawn.choices(COUNTRIES, COUNTRY_WEIGHTS)[0], known))


def house(drawn: random.Random, history: History, told: Told) -> None:
    """A home of the agency for the family together, for some months; each home has its room."""
    full: dict[str, list[tuple[date, date, int]]] = {}
    for stay in history.stays:
        span = (stay.living.from_on, stay.living.until_on, len(stay.children))
        full.setdefault(stay.living.home, []).append(span)
    for family in told.families:
        children = [c for c in family.children if c.how is not HowSafe.SAFEGUARDED]
        homes = BY_TEAM[family.children[0].team].homes
        if not children or not homes or drawn.random() < 0.45 or _adult(children):
            continue
        first = max(c.known for c in children) + timedelta(days=drawn.choice((0, 0, 1, 3, 9, 24)))
        last = first + timedelta(days=drawn.randint(60, 330))
        home = drawn.choice(homes)
        taken = sum(
            n for start, end, n in full.get(home, []) if start <= last and end >= first
        )  # fmt: skip
        if taken + len(children) > _ROOM:
            continue
        full.setdefault(home, []).append((first, last, len(children)))
        living = Living(home, first, last, drawn.random() < 0.6)
        history.stays.append(Stay(tuple(c.key for c in children), children[0].team, living))


# Never more than this at once, though a home has room for more: none is told to be full.
_ROOM = 18


def _adult(children: list[Child]) -> bool:
    """Homes take children until their eighteenth birthday."""
    return any(
        child.born is None or (child.known - child.born.first).days > 17 * 365
        for child in children
    )  # fmt: skip
