"""Who is suspected, arrested and judged, era by era."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from tahanan.records.vocabulary import Answer, HowSafe, Part, Status, SuspectKin
from tahanan.world.history import days
from tahanan.world.history.eras import CLOSE, KIN_UNKNOWN, NOT_CLOSE, Era
from tahanan.world.history.families import Family, Told, at_edge
from tahanan.world.history.shapes import Arrest, Child, Days, History, Naming, Raid, Suspect

_KIN: dict[str, dict[SuspectKin, int]] = {
    CLOSE: {
        SuspectKin.PARENT: 45, SuspectKin.STEP_PARENT: 6, SuspectKin.PARENTS_PARTNER: 5,
        SuspectKin.SIBLING: 6, SuspectKin.GRANDPARENT: 4, SuspectKin.AUNT_UNCLE: 14,
        SuspectKin.COUSIN: 7, SuspectKin.OTHER_RELATIVE: 4, SuspectKin.GUARDIAN: 3,
        SuspectKin.CLOSE_FAMILY_FRIEND: 6,
    },
    NOT_CLOSE: {
        SuspectKin.NEIGHBOUR: 60, SuspectKin.ACQUAINTANCE: 20, SuspectKin.STRANGER: 12,
        SuspectKin.PEER: 8,
    },
    KIN_UNKNOWN: {SuspectKin.UNKNOWN: 1},
}  # fmt: skip
_PARTS = (Part.FACILITATOR, Part.RECRUITER, Part.COLLECTOR, Part.LOOKOUT, Part.UNKNOWN)
_PART_WEIGHTS = (70, 12, 8, 4, 6)
_MINORS, _ABROAD = 0.03, 0.05
COUNTRIES = ("US", "AU", "GB", "CA", "DE", "SE", "NO", "DK", "NL", "FR", "NZ", "IE")
COUNTRY_WEIGHTS = (34, 18, 14, 7, 6, 4, 3, 3, 3, 3, 3, 2)


@dataclass(slots=True)
class Accused:
    """One suspect while the era is planned: his family, and the operation he may be arrested in."""

    suspect: Suspect
    family: Family

    @property
    def named(self) -> date:
        """Since when he is named."""
        return min(naming.known for naming in self.suspect.namings)


@dataclass(slots=True)
class Bench:
    """Everybody who may be arrested or judged, over the eras."""

    drawn: random.Random
    history: History
    arrested: list[Arrest] = field(default_factory=list)
    abroad: list[Suspect] = field(default_factory=list)


def name_and_arrest(bench: Bench, told: Told) -> None:
    """Suspects of one era, and those of them who are arrested."""
    era = told.era
    counted = _counted(bench, told)
    _others(bench, told)
    free = [each for each in counted if _may_be_arrested(each.family)]
    bench.drawn.shuffle(free)
    chosen = free[: max(0, era.arrested - era.elsewhere)]
    spare = free[len(chosen) :]
    chosen += _elsewhere(bench, told, era.arrested - len(chosen))
    rest = _at_bare_raids(bench, told, chosen)
    for accused in rest:
        _arrest(bench, era, accused)
    for accused in spare[: max(1, era.arrested // 60)] if era.arrested > 4 else []:
        _mistaken(bench, era, accused)


def _counted(bench: Bench, told: Told) -> list[Accused]:
    """Suspects named for victims; every family of an operation has one where there are enough."""
    drawn = bench.drawn
    families = [family for family in told.families if family.victims]
    by_raid: dict[str, list[Family]] = {}
    for family in families:
        by_raid.setdefault(family.raid.key if family.raid else family.key, []).append(family)
    places = list(by_raid)
    drawn.shuffle(places)
    found: dict[str, list[Accused]] = {}
    for number, kind in enumerate(told.era.classes):
        place = places[number] if number < len(places) else drawn.choice(places)
        there = found.setdefault(place, [])
        family = by_raid[place][len(there) % len(by_raid[place])]
        there.append(_suspect(bench, told.era, family, kind))
    for place, there in found.items():
        covered = {id(each.family) for each in there}
        for family in by_raid[place]:
            if id(family) not in covered:
                _also_for(bench, told.era, drawn.choice(there), family)
    return [each for there in found.values() for each in there]


def _suspect(
    bench: Bench, era: Era, family: Family, kind: str, children: list[Child] | None = None
) -> Accused:
    kin = bench.drawn.choices(list(_KIN[kind]), list(_KIN[kind].values()))[0]
    part = bench.drawn.choices(_PARTS, _PART_WEIGHTS)[0]
    minor = Answer.NO if bench.drawn.random() < 0.95 else Answer.UNKNOWN
    namings = [
        Naming(child.key, _to(bench.drawn, kin, number), _named(bench.drawn, era, child))
        for number, child in enumerate(children or _named_for(family))
    ]
    made = Suspect(
        f"suspect-{len(bench.history.suspects) + 1}", family.children[0].team, part, minor, namings
    )
    bench.history.suspects[made.key] = made
    return Accused(made, family)


def _named_for(family: Family) -> list[Child]:
    return [child for child in family.victims if child.supported] or family.children


def _to(drawn: random.Random, kin: SuspectKin, number: int) -> SuspectKin:
    """A parent of the first child may be the step-parent of her half-sister."""
    if kin is SuspectKin.PARENT and number and drawn.random() < 0.06:
        return SuspectKin.STEP_PARENT
    return kin


def _named(drawn: random.Random, era: Era, child: Child) -> date:
    late = drawn.random() < 0.06 and era.code != "early"
    low, high = (40, 300) if late else (0, 9)
    return max(child.known, days.later(drawn, child.known, low, high, era.known.last))


def _also_for(bench: Bench, era: Era, accused: Accused, family: Family) -> None:
    """The same suspect for the children of neighbours; whose kin is unknown stays unknown."""
    unknown = all(each.kin is SuspectKin.UNKNOWN for each in accused.suspect.namings)
    others = (SuspectKin.NEIGHBOUR, SuspectKin.ACQUAINTANCE, SuspectKin.UNKNOWN)
    kin = SuspectKin.UNKNOWN if unknown else bench.drawn.choices(others, (6, 2, 1))[0]
    for child in _named_for(family):
        known = max(_named(bench.drawn, era, child), accused.named)
        accused.suspect.namings.append(Naming(child.key, kin, known))


def _others(bench: Bench, told: Told) -> None:
    """Minors who facilitate, and those who paid from abroad: apart from the perpetrators."""
    drawn, era = bench.drawn, told.era
    families = [f for f in told.families if f.victims and _may_be_arrested(f)]
    for _each in range(max(1, round(len(era.classes) * _MINORS)) if era.classes else 0):
        young = _suspect(bench, era, drawn.choice(families), CLOSE)
        young.suspect.minor = Answer.YES
        young.suspect.namings = [
            Naming(each.child, SuspectKin.COUSIN, each.known) for each in young.suspect.namings
        ]
    for _each in range(max(1, round(len(era.classes) * _ABROAD)) if era.classes else 0):
        payer = _suspect(bench, era, drawn.choice(families), NOT_CLOSE)
        payer.suspect.part = Part.DEMAND_SIDE
        payer.suspect.namings = [
            Naming(each.child, SuspectKin.STRANGER, each.known) for each in payer.suspect.namings
        ]
        bench.abroad.append(payer.suspect)
        if drawn.random() < 0.5:
            day = days.later(drawn, payer.named, 20, 200, era.known.last)
            country = drawn.choices(COUNTRIES, COUNTRY_WEIGHTS)[0]
            known = days.later(drawn, day, 5, 90, era.known.last)
            bench.history.arrests.append(
                Arrest(payer.suspect.key, None, Days(day, day), known, country, supported=False)
            )


def _may_be_arrested(family: Family) -> bool:
    """Not at the edge of lockdown: on which side an arrest there falls nobody could say."""
    return not any(at_edge(child.days) for child in family.children)


def _elsewhere(bench: Bench, told: Told, count: int) -> list[Accused]:
    """Arrested for children who are no victims of ours: at risk, found not to be, unsupported."""
    families = [f for f in told.families if not f.victims and f.children]
    ours = [
        f for f in families
        if f.children[0].supported and f.children[0].how is not HowSafe.SAFEGUARDED
        and _may_be_arrested(f)
    ]  # fmt: skip
    theirs = [f for f in families if not f.children[0].supported]
    for family in theirs:
        accused = _suspect(bench, told.era, family, NOT_CLOSE)
        if bench.drawn.random() < 0.6:
            _arrest(bench, told.era, accused, supported=False)
    return [
        _suspect(bench, told.era, bench.drawn.choice(ours), bench.drawn.choice((CLOSE, NOT_CLOSE)))
        for _each in range(count)
    ]


def _at_bare_raids(bench: Bench, told: Told, chosen: list[Accused]) -> list[Accused]:
    """Operations with an arrest and nobody to bring out: each takes one who was named before."""
    rest = sorted(chosen, key=lambda each: each.named)
    for raid in told.bare:
        before = [each for each in rest if _fits(each, raid)]
        accused = bench.drawn.choice(before) if before else rest[0]
        if not before:
            _bring_forward(raid, accused, told.era)
        rest.remove(accused)
        raid.team = accused.suspect.team
        raid.city = accused.family.children[0].city
        known = max(raid.known, accused.named)
        bench.arrested.append(Arrest(accused.suspect.key, raid.key, raid.days, known))
    bench.history.arrests += bench.arrested[-len(told.bare) :] if told.bare else []
    return rest


def _fits(accused: Accused, raid: Raid) -> bool:
    return accused.named <= raid.known


def _bring_forward(raid: Raid, accused: Accused, era: Era) -> None:
    """Nobody was named before it: it happens the day after somebody was."""
    day = min(accused.named + timedelta(days=1), era.happened.last)
    raid.days, raid.known = Days(day, day), max(day, accused.named)


def _arrest(bench: Bench, era: Era, accused: Accused, *, supported: bool = True) -> None:
    """In the operation that brought the children to safety, or with a warrant later."""
    drawn = bench.drawn
    raid = accused.family.raid
    happened = accused.family.children[0].days
    inside = raid.key if raid is not None else None
    soonest = max(happened.last + timedelta(days=10), accused.named)
    last = min(era.happened.last, era.known.last - timedelta(days=3))
    if drawn.random() < 0.25 and soonest < last:
        day = days.between(drawn, soonest, min(last, soonest + timedelta(days=200)))
        happened, inside = Days(day, day), None
    delay = drawn.randint(40, 200) if drawn.random() < 0.06 else drawn.randint(0, 2)
    known = max(happened.last + timedelta(days=delay), accused.named)
    known = min(known, max(era.known.last, accused.named))
    made = Arrest(accused.suspect.key, inside, happened, known, supported=supported)
    bench.history.arrests.append(made)
    if supported:
        bench.arrested.append(made)


def _mistaken(bench: Bench, era: Era, accused: Accused) -> None:
    """Told as arrested, and then it was somebody else."""
    first = len(bench.arrested)
    _arrest(bench, era, accused)
    wrong = bench.arrested.pop(first)
    wrong.withdrawn = days.later(bench.drawn, wrong.known, 3, 120, era.known.last)


def arrest_again(bench: Bench, targets_arrested: int) -> None:
    """Arrested twice: out on bail, and found at it again; some of them during lockdown."""
    drawn = bench.drawn
    first, edge = date(2017, 2, 10), date(2020, 3, 5)
    early = [each for each in bench.arrested if each.known < date(2019, 6, 1)]
    for number, arrest in enumerate(
        drawn.sample(early, min(len(early), max(2, targets_arrested // 25)))
    ):
        day = days.between(drawn, max(first, arrest.known + timedelta(days=120)), edge)
        if number == 0:
            day = date(2020, 6, 18)
        known = day + timedelta(days=drawn.randint(0, 3))
        bench.history.arrests.append(Arrest(arrest.suspect, None, Days(day, day), known))


def verdict_of(child: Child, day: date) -> Status:
    """What is decided of a child by a day."""
    decided = [each for each in child.verdicts if each.known <= day]
    return decided[-1].status if decided else Status.AT_RISK
