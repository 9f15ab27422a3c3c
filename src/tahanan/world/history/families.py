"""The operations of an era, its families, and which of them were brought to safety together."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from tahanan.records.vocabulary import Bond, HowSafe, OperationKind, Sex, Status
from tahanan.world.agencies import AGENCIES, BY_TEAM
from tahanan.world.history import births, days
from tahanan.world.history.eras import Era
from tahanan.world.history.names import Names
from tahanan.world.history.shapes import Child, Days, History, Raid, Tie, Verdict

_SIZES, _SIZE_WEIGHTS = (2, 3, 4, 5), (10, 6, 3, 1)
_WITHOUT_REMOVAL, _WELFARE, _NOTHING, _NO_RAID = 0.07, 0.05, 0.03, 0.05
_ELSEWHERE = 0.06
_AGES = (14, 47, 103, 120, 175, 151, 47)


@dataclass(slots=True)
class Family:
    """Children of one household. `siblings`: all of them victims, and drawn as siblings."""

    key: str
    cells: list[int | None]
    siblings: bool
    name: tuple[str, str] = ("", "")
    raid: Raid | None = None
    children: list[Child] = field(default_factory=list)
    victims: list[Child] = field(default_factory=list)


@dataclass(slots=True)
class Told:
    """One era as planned so far: its families, and operations where nobody was brought out."""

    era: Era
    families: list[Family] = field(default_factory=list)
    bare: list[Raid] = field(default_factory=list)
    not_victims: list[Child] = field(default_factory=list)


class Maker:
    """Makes children, families and operations, with keys of their own."""

    def __init__(self, drawn: random.Random, history: History) -> None:
        self.drawn = drawn
        self.history = history
        self.names = Names(drawn)
        self._cities = {agency.key: agency.cities() for agency in AGENCIES}

    def raid(
        self, era: Era, kind: OperationKind, *, when: tuple[Days, date] | None = None,
        supported: bool = True,
    ) -> Raid:  # fmt: skip
        """One operation of an agency drawn by its weight."""
        ours = [a for a in AGENCIES if a.programme] if supported else [BY_TEAM["lungsod"]]
        agency = self.drawn.choices(ours, [a.weight for a in ours])[0]
        happened, known = when or days.raid_days(self.drawn, era)
        key = f"raid-{len(self.history.raids) + 1}"
        city = self.drawn.choice(self._cities[agency.key])
        made = Raid(key, agency.key, happened, known, city, kind, supported)
        self.history.raids.append(made)
        return made

    def child(self, family: Family, era: Era, cell: int | None, *, how: HowSafe) -> Child:
        """One child of a family, brought to safety with it, or without an operation."""
        raid, drawn = family.raid, self.drawn
        if raid is not None:
            happened, known, team, city = raid.days, raid.known, raid.team, raid.city
        elif family.children:
            first = family.children[0]
            happened, known, team, city = first.days, first.known, first.team, first.city
        else:
            happened, known = days.raid_days(drawn, era)
            agency = drawn.choices(AGENCIES[:-1], [a.weight for a in AGENCIES[:-1]])[0]
            team, city = agency.key, drawn.choice(self._cities[agency.key])
        sex = Sex.GIRL if drawn.random() < 0.76 else Sex.BOY
        made = Child(
            f"child-{len(self.history.children) + 1}", family.key, team,
            raid.key if raid else None, city, how, happened, known, sex,
            self.names.given(sex, family.name), family.name[1], family.name[0],
            births.born(drawn, cell, happened),
        )  # fmt: skip
        self.history.children[made.key] = made
        family.children.append(made)
        return made

    def decide(
        self, child: Child, status: Status, last: date, *, after: date | None = None
    ) -> None:
        """A status decided in the weeks or months after, and always known by `last`."""
        drawn = self.drawn
        late = drawn.random() < 0.12
        low, high = (90, 380) if late else (5, 60)
        known = days.later(drawn, max(after or child.known, child.known), low, high, last)
        known = max(known, child.known)
        since = max([child.days.last, *(each.from_on for each in child.verdicts)])
        from_on = known if not late else days.later(drawn, since, 5, 40, known)
        child.verdicts.append(Verdict(status, max(from_on, since), known))

    def cell(self) -> int:
        """An age band as common as among the victims."""
        return self.drawn.choices(range(len(_AGES)), _AGES)[0]


def tell_era(make: Maker, era: Era) -> Told:
    """All operations and children of one era."""
    told = Told(era)
    families = _families(make, era)
    raids = _raids(make, era, told)
    _spread(make, families, raids)
    for family in families:
        for cell in family.cells:
            child = make.child(family, era, cell, how=_how(make, family))
            family.victims.append(child)
        told.families.append(family)
    _decide(make, era, told)
    _others(make, era, told)
    for family in told.families:
        _tie(make, era, family)
    return told


def _families(make: Maker, era: Era) -> list[Family]:
    cells = list(era.cells)
    found = []
    for size in _sizes(make.drawn, era.siblings):
        own, cells = cells[:size], cells[size:]
        found.append(_family(make, era, own, siblings=True))
    found += [_family(make, era, [cell], siblings=False) for cell in cells]
    make.drawn.shuffle(found)
    return found


def _family(make: Maker, era: Era, cells: list[int | None], *, siblings: bool) -> Family:
    number = make.drawn.randrange(10**9)
    return Family(f"{era.code}-{number}", cells, siblings, make.names.family())


def _sizes(drawn: random.Random, total: int) -> list[int]:
    """Sibling groups of two to five that come to a total."""
    found: list[int] = []
    while total > 0:
        size = min(drawn.choices(_SIZES, _SIZE_WEIGHTS)[0], total)
        if total - size == 1:
            size += 1
        found.append(size)
        total -= size
    return found


def _raids(make: Maker, era: Era, told: Told) -> list[Raid]:
    """Operations that bring children to safety; those with arrests alone are kept apart."""
    bare = max(1, round(era.operations * _WITHOUT_REMOVAL)) if era.operations > 3 else 0
    force = OperationKind.LAW_ENFORCEMENT
    full = [make.raid(era, force) for _each in range(era.operations - bare - len(_marked(era)))]
    full += [make.raid(era, force, when=when) for when in _marked(era)]
    told.bare = [make.raid(era, force) for _each in range(bare)]
    welfare = round(era.operations * _WELFARE)
    full += [make.raid(era, OperationKind.WELFARE) for _each in range(welfare)]
    for _each in range(round(era.operations * _NOTHING)):
        make.raid(era, force)
    return full


def _marked(era: Era) -> tuple[tuple[Days, date], ...]:
    """Days at the edge of lockdown: one that can be corrected into it, and two that may be in."""
    if era.code != "main" or era.operations < 20:
        return ()
    tenth, night = date(2020, 3, 10), date(2020, 3, 14)
    return (
        (Days(tenth, tenth), date(2020, 3, 11)),
        (Days(night, night + timedelta(days=1)), date(2020, 3, 16)),
        (Days(date(2020, 3, 1), date(2020, 3, 31)), date(2020, 4, 2)),
    )


def _spread(make: Maker, families: list[Family], raids: list[Raid]) -> None:
    """Every operation brings at least one family; some single children come without any."""
    waiting = list(families)
    edge = [raid for raid in raids if raid.days.last >= date(2020, 3, 10)]
    edge = [raid for raid in edge if raid.days.first <= date(2020, 3, 14)]
    for raid in edge:
        alone = next(f for f in waiting if not f.siblings and f.cells != [None])
        waiting.remove(alone)
        alone.raid = raid
    open_ = [raid for raid in raids if raid not in edge]
    for raid in open_:
        waiting.pop().raid = raid
    for family in waiting:
        if not family.siblings and make.drawn.random() < _NO_RAID * 2:
            continue
        family.raid = make.drawn.choice(open_)


def _how(make: Maker, family: Family) -> HowSafe:
    if family.raid is None:
        return HowSafe.SURRENDERED if make.drawn.random() < 0.7 else HowSafe.REMOVED
    return HowSafe.SURRENDERED if make.drawn.random() < 0.02 else HowSafe.REMOVED


def _decide(make: Maker, era: Era, told: Told) -> None:
    """Victims, most within weeks; of the first era some only in the next."""
    everybody = [child for family in told.families for child in family.victims]
    late = set(make.drawn.sample(range(len(everybody)), min(era.late, len(everybody))))
    for number, child in enumerate(everybody):
        if number in late:
            until = era.known.last + timedelta(days=700)
            make.decide(child, Status.VICTIM, until, after=era.known.last + timedelta(days=20))
        else:
            make.decide(child, Status.VICTIM, era.known.last)


def _others(make: Maker, era: Era, told: Told) -> None:
    """Children who are not victims, or not yet known to be; some are sisters of one who is."""
    for _each in range(era.overturned):
        child = _beside(make, era, told, HowSafe.REMOVED, alone=True)
        make.decide(child, Status.VICTIM, era.known.last)
        after = era.known.last + timedelta(days=30)
        make.decide(child, Status.NOT_VICTIM, after + timedelta(days=800), after=after)
    for _each in range(era.at_risk):
        child = _beside(make, era, told, HowSafe.REMOVED, alone=_each == 0)
        if era.code != "after" and make.drawn.random() < 0.4:
            after = date(2020, 9, 3)
            make.decide(child, Status.VICTIM, date(2022, 6, 30), after=after)
    for _each in range(era.safeguarded):
        _beside(make, era, told, HowSafe.SAFEGUARDED)
    for _each in range(era.not_victims):
        child = _beside(make, era, told, HowSafe.REMOVED)
        make.decide(child, Status.NOT_VICTIM, era.known.last)
    _elsewhere(make, era, told)


def _beside(make: Maker, era: Era, told: Told, how: HowSafe, *, alone: bool = False) -> Child:
    """One more child: of a family that is there, or of one of her own from the same operation."""
    drawn = make.drawn
    if alone or drawn.random() < 0.4:
        raids = [family.raid for family in told.families if family.raid is not None]
        raids = [raid for raid in raids if raid.supported and not at_edge(raid.days)]
        family = _family(make, era, [], siblings=False)
        family.raid = drawn.choice(raids)
        told.families.append(family)
    else:
        inside = [f for f in told.families if f.raid is None or not at_edge(f.raid.days)]
        family = drawn.choice([f for f in inside if f.victims])
    child = make.child(family, era, make.cell(), how=how)
    told.not_victims.append(child)
    return child


def at_edge(happened: Days) -> bool:
    """Whether it may have been on either side of lockdown's first day, or nearly was."""
    return happened.last >= date(2020, 3, 10) and happened.first <= date(2020, 3, 14)


def _elsewhere(make: Maker, era: Era, told: Told) -> None:
    """Children whom the programme does not support, and operations that it does not."""
    count = max(1, round(len(era.cells) * _ELSEWHERE))
    raids = [
        make.raid(era, OperationKind.LAW_ENFORCEMENT, supported=False)
        for _each in range(max(1, count // 3))
    ]
    for _each in range(count):
        family = _family(make, era, [], siblings=False)
        family.raid = make.drawn.choice(raids)
        child = make.child(family, era, make.cell(), how=HowSafe.REMOVED)
        child.supported = False
        told.not_victims.append(child)
        told.families.append(family)
        if make.drawn.random() < 0.7:
            make.decide(child, Status.VICTIM, era.known.last)


def _tie(make: Maker, era: Era, family: Family) -> None:
    """Drawn as siblings at once, or found later; each with the next, as families are told."""
    if len(family.children) < 2:
        return
    drawn = make.drawn
    which = drawn.random()
    bond = Bond.HALF if which < 0.12 else Bond.NOT_SURE if which < 0.16 else Bond.FULL
    for one, other in zip(family.children, family.children[1:], strict=False):
        known = max(one.known, other.known)
        if drawn.random() < 0.08:
            known = days.later(drawn, known, 40, 400, max(known, era.known.last))
        make.history.ties.append(Tie(one.key, other.key, bond, known))
