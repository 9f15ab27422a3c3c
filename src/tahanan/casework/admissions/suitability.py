"""May this home take these children: every broken rule with its reason, in plain values.

Reasons come before any optimisation (algorithms.md §2): no weight can buy what a rule refuses, and
the list of broken rules is the explanation. No Django, no rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from tahanan.base.ages import Ages
from tahanan.records.vocabulary import FacilityKind, Sex

# Goes into the ledger with every answer: which wording of the rules gave it.
VERSION = 1


class Rule(StrEnum):
    """What a home can break. Those that concern the whole home come first."""

    NOT_A_HOME = "not_a_home"
    PAUSED = "paused"
    LICENCE_MISSING = "licence_missing"
    LICENCE_AHEAD = "licence_ahead"
    LICENCE_ENDED = "licence_ended"
    ACCREDITATION_MISSING = "accreditation_missing"
    ACCREDITATION_AHEAD = "accreditation_ahead"
    ACCREDITATION_ENDED = "accreditation_ended"
    NO_PLACES = "no_places"
    CANNOT = "cannot"
    HERE_NOW = "here_now"
    SEX = "sex"
    SEX_UNKNOWN = "sex_unknown"
    AGE = "age"
    AGE_UNKNOWN = "age_unknown"
    FULL = "full"


# A 72-hour emergency stay may override these, and never sex, licence or an exclusion.
OVERRIDABLE = frozenset(
    {
        Rule.ACCREDITATION_MISSING,
        Rule.ACCREDITATION_AHEAD,
        Rule.ACCREDITATION_ENDED,
        Rule.AGE,
        Rule.AGE_UNKNOWN,
        Rule.FULL,
    }
)
NEEDS_ACCREDITATION = frozenset({FacilityKind.ASSESSMENT_CENTER, FacilityKind.SHELTER})
HOMES = frozenset(FacilityKind) - {FacilityKind.SURVIVOR_CENTER}
# Family care comes before a center; a time-boxed center before a longer one.
_RANK = {FacilityKind.FAMILY_HOME: 0, FacilityKind.ASSESSMENT_CENTER: 1, FacilityKind.SHELTER: 2}


@dataclass(frozen=True, slots=True)
class Term:
    """A licence or accreditation, valid from a day until a day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Line:
    """Places for one sex (`UNKNOWN`: girls and boys) from one age to another, both included."""

    number: int
    sex: Sex
    age_from: int
    age_until: int
    places: int
    out_of_use: int = 0
    taken: int = 0

    @property
    def free(self) -> int:
        """Places nobody has; below zero after an emergency stay."""
        return self.places - self.out_of_use - self.taken


@dataclass(frozen=True, slots=True)
class Home:
    """All the rules need to know of a facility on one day."""

    id: UUID
    kind: FacilityKind
    licences: tuple[Term, ...] = ()
    accreditations: tuple[Term, ...] = ()
    lines: tuple[Line, ...] = ()
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """All the rules need to know of a child on one day. `here` is the home she lives in now."""

    case: UUID
    sex: Sex
    ages: Ages | None
    excluded: frozenset[UUID] = frozenset()
    here: UUID | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken rule, for one child or (no `case`) for the whole home, with its numbers."""

    rule: Rule
    case: UUID | None = None
    day: date | None = None
    sex: Sex = Sex.UNKNOWN
    low: int = 0
    high: int = 0
    places: int = 0
    left: int = 0
    every: bool = True
    out_of_use: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one home says to one group: whom it can take, on which line, and why not the rest."""

    home: UUID
    kind: FacilityKind
    takes: dict[UUID, int] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()
    places: int = 0
    taken: int = 0
    out_of_use: int = 0


def answer(home: Home, group: Sequence[Child], on: date, *, emergency: bool = False) -> Answer:
    """Whom of `group` this home can take from the day `on`, and why it cannot take the rest.

    With `emergency` the rules that such a stay may override are left out.
    """
    wide = [each for each in _of_the_home(home, on) if not (emergency and _may_override(each))]
    said = _tally(home)
    if any(not _may_override(each) for each in wide):
        return replace(said, broken=tuple(wide))
    if any(home.id in child.excluded for child in group):
        # Nothing beside it: another reason, or its absence, would begin to say which this is.
        return replace(said, broken=(Broken(Rule.CANNOT),))
    broken = list(wide)
    fit: list[tuple[Child, list[Line]]] = []
    for child in group:
        reasons = _of_the_child(home, child, emergency)
        broken += reasons
        if not reasons:
            fit.append((child, _lines_for(home, child, emergency)))
    seats = _seat(fit)
    for child, lines in fit:
        if child.case not in seats and emergency:
            # One too many is allowed tonight, where it is least too many.
            line = max(lines, key=lambda line: (line.free, -line.number))
            seats[child.case] = line.number
        elif child.case not in seats:
            broken.append(_full(home, child, lines))
    return replace(said, takes={} if wide else seats, broken=tuple(broken))


def takes_all(said: Answer, group: Sequence[Child]) -> bool:
    """Whether the whole group fits, together."""
    return len(said.takes) == len(group)


def in_order(answers: Iterable[Answer], near: frozenset[UUID]) -> list[Answer]:
    """Together first, then the most children; family care before a center; nearer homes first.

    Within that the order given stays; homes that can take nobody keep it whatever their reason, so
    that order says nothing.
    """
    return sorted(
        answers,
        key=lambda said: (
            -len(said.takes),
            _RANK.get(said.kind, 9) if said.takes else 0,
            said.home not in near if said.takes else False,
        ),
    )


def _may_override(broken: Broken) -> bool:
    return broken.rule in OVERRIDABLE


def _tally(home: Home) -> Answer:
    return Answer(
        home.id,
        home.kind,
        places=sum(line.places for line in home.lines),
        taken=sum(line.taken for line in home.lines),
        out_of_use=sum(line.out_of_use for line in home.lines),
    )


def _of_the_home(home: Home, on: date) -> list[Broken]:
    if home.kind is FacilityKind.SURVIVOR_CENTER:
        return [Broken(Rule.NOT_A_HOME)]
    found = [Broken(Rule.PAUSED)] if home.paused else []
    licence = (Rule.LICENCE_MISSING, Rule.LICENCE_AHEAD, Rule.LICENCE_ENDED)
    found += _term(home.licences, on, licence)
    if home.kind in NEEDS_ACCREDITATION:
        accredited = (
            Rule.ACCREDITATION_MISSING,
            Rule.ACCREDITATION_AHEAD,
            Rule.ACCREDITATION_ENDED,
        )
        found += _term(home.accreditations, on, accredited)
    if not home.lines:
        found.append(Broken(Rule.NO_PLACES))
    return found


def _term(terms: tuple[Term, ...], on: date, rules: tuple[Rule, Rule, Rule]) -> list[Broken]:
    missing, ahead, ended = rules
    if any(term.first <= on <= term.last for term in terms):
        return []
    if not terms:
        return [Broken(missing)]
    coming = [term.first for term in terms if term.first > on]
    if coming:
        return [Broken(ahead, day=min(coming))]
    return [Broken(ended, day=max(term.last for term in terms))]


def _of_the_child(home: Home, child: Child, emergency: bool) -> list[Broken]:
    if child.here == home.id:
        return [Broken(Rule.HERE_NOW, child.case)]
    for_sex = [line for line in home.lines if line.sex in (Sex.UNKNOWN, child.sex)]
    if not for_sex:
        of_home = home.lines[0].sex
        rule = Rule.SEX_UNKNOWN if child.sex is Sex.UNKNOWN else Rule.SEX
        return [Broken(rule, child.case, sex=of_home)]
    if emergency:
        return []
    low, high = min(x.age_from for x in for_sex), max(x.age_until for x in for_sex)
    if child.ages is None:
        return [Broken(Rule.AGE_UNKNOWN, child.case, low=low, high=high)]
    # Each age she may have must be one it is licensed for.
    ages = range(child.ages.youngest, child.ages.oldest + 1)
    if all(any(x.age_from <= age <= x.age_until for x in for_sex) for age in ages):
        return []
    return [Broken(Rule.AGE, child.case, low=low, high=high)]


def _lines_for(home: Home, child: Child, emergency: bool) -> list[Line]:
    """The lines she may take a place of, the narrowest first."""
    for_sex = [line for line in home.lines if line.sex in (Sex.UNKNOWN, child.sex)]
    if child.ages is not None:
        youngest, oldest = child.ages.youngest, child.ages.oldest
        near = [x for x in for_sex if x.age_from <= oldest and youngest <= x.age_until]
        if near or not emergency:
            for_sex = near
    return sorted(
        for_sex,
        key=lambda line: (line.sex is Sex.UNKNOWN, line.age_until - line.age_from, line.number),
    )


def _seat(fit: list[tuple[Child, list[Line]]]) -> dict[UUID, int]:
    """As many children as possible on free places: augmenting paths, in the order of the group."""
    lines_of = {child.case: lines for child, lines in fit}
    seated: dict[int, list[UUID]] = {}

    def seat(case: UUID, tried: set[int]) -> bool:
        for line in lines_of[case]:
            if line.number in tried:
                continue
            tried.add(line.number)
            here = seated.setdefault(line.number, [])
            if len(here) < line.free:
                here.append(case)
                return True
            for other in list(here):
                if seat(other, tried):
                    here[here.index(other)] = case
                    return True
        return False

    for child, _ in fit:
        seat(child.case, set())
    return {case: number for number, cases in seated.items() for case in cases}


def _full(home: Home, child: Child, lines: list[Line]) -> Broken:
    return Broken(
        Rule.FULL,
        child.case,
        sex=lines[0].sex if len({line.sex for line in lines}) == 1 else Sex.UNKNOWN,
        low=min(line.age_from for line in lines),
        high=max(line.age_until for line in lines),
        places=sum(line.places for line in lines),
        left=sum(max(0, line.free) for line in lines),
        every=len(lines) == len(home.lines),
        out_of_use=any(line.out_of_use for line in lines),
    )
