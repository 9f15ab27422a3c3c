"""A thief at his desk (keyed-links §2): from the stolen rows and the public list, guesses of homes.

He knows how such programmes behave: which kind of place took which child is a plain code; a home
takes the sex and ages it is licensed for; larger homes take more. On top of that he joins whatever
rows share a value. `rightly` says how many he names; where several are as likely, a part of one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

Guess = set[str]
# How much likelier a home of her own region is than one of the same size elsewhere.
NEAR = 20
Apart = Callable[[list["Lived"], list["Lived"]], bool]
_EQUAL = 1e-9


@dataclass(frozen=True)
class Home:
    """What the public list says of a home: where and for whom it is, and how many."""

    id: str
    kind: str
    region: str
    lines: tuple[tuple[str, int, int, int], ...]

    def places(self, stay: Lived) -> int:
        """Its places for such a child, more in her region; none where it may not take her."""
        if self.kind != stay.kind:
            return 0
        near = NEAR if self.region == stay.region else 1
        return near * sum(
            places
            for sex, low, high, places in self.lines
            if stay.sex in (sex, "unknown") or sex == "unknown"
            if low <= stay.oldest and high >= stay.youngest
        )


@dataclass(frozen=True)
class Lived:
    """A child's stay as the dump has it, and every value that he may join it by.

    `value` is the one of them that another home's children cannot have, in the same scope.
    """

    case: str
    kind: str
    region: str
    sex: str
    youngest: int
    oldest: int
    began: date
    joined_by: tuple[str, ...] = ()
    value: str = ""


def from_the_list(stay: Lived, homes: Iterable[Home]) -> Guess:
    """The likeliest home by public knowledge: the largest that takes such a child."""
    most = max((home.places(stay) for home in homes), default=0)
    return {home.id for home in homes if most and home.places(stay) == most}


def from_the_dump(
    stays: list[Lived], homes: list[Home], apart: Apart | None = None
) -> dict[str, Guess]:
    """The likeliest home of every child, once children of one value are known to share a home.

    `apart` says which of two groups cannot be in one home.
    """
    for value in {value for stay in stays for value in stay.joined_by}:
        if any(value == home.id for home in homes):
            # A value that stands in the open on a home names it.
            return _named(stays, homes)
    groups = _groups(stays)
    fits = {
        name: {home.id: _likely(home, group) for home in homes if _likely(home, group) is not None}
        for name, group in groups.items()
    }
    chosen = _apart(groups, fits, apart or one_month)
    return {stay.case: chosen[name] for name, group in groups.items() for stay in group}


def rightly(guesses: Mapping[str, Guess], truth: Mapping[str, str]) -> float:
    """The share of children whose home he names."""
    right = sum(1 / len(guesses[case]) for case in truth if truth[case] in guesses.get(case, ()))
    return right / len(truth)


def _named(stays: list[Lived], homes: list[Home]) -> dict[str, Guess]:
    known = {home.id for home in homes}
    return {
        stay.case: {v for v in stay.joined_by if v in known} or from_the_list(stay, homes)
        for stay in stays
    }


def _groups(stays: list[Lived]) -> dict[str, list[Lived]]:
    """Children joined by a value, directly or through one another."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for stay in stays:
        for value in stay.joined_by:
            root[find(f"v{value}")] = find(stay.case)
    groups: dict[str, list[Lived]] = defaultdict(list)
    for stay in stays:
        groups[find(stay.case)].append(stay)
    return groups


def _likely(home: Home, group: list[Lived]) -> float | None:
    """How likely the whole group lives in this home; None where one of it could not."""
    places = [home.places(stay) for stay in group]
    return sum(math.log(each) for each in places) if all(places) else None


def _apart(
    groups: dict[str, list[Lived]], fits: dict[str, dict[str, float]], apart: Apart
) -> dict[str, Guess]:
    """The likeliest way to put all groups of a kind into homes, none where another must not be."""
    chosen = {name: _best(fits[name]) for name in groups}
    for kind in {group[0].kind for group in groups.values()}:
        names = [name for name, group in groups.items() if group[0].kind == kind and _joined(group)]
        names.sort(key=lambda name: (-len(groups[name]), name))
        put = _Putting([groups[name] for name in names], [fits[name] for name in names], apart)
        for name, homes in zip(names, zip(*put.best(), strict=True), strict=False):
            chosen[name] = set(homes)
    return chosen


class _Putting:
    """A search for the likeliest homes of some groups; it gives up once it has looked enough.

    Where several ways are as likely he has to guess: all are kept, so that luck, which is with the
    ids of one build and not with those of another, neither names a home nor hides one.
    """

    def __init__(
        self, groups: list[list[Lived]], fits: list[dict[str, float]], apart: Apart
    ) -> None:
        self.groups, self.fits, self.apart = groups, fits, apart
        self.most = [
            sum(max(fit.values(), default=0) for fit in fits[n:]) for n in range(len(fits))
        ]
        self.reached = -1.0
        self.ways: list[list[str]] = []
        self.looks = 0

    def best(self) -> list[list[str]]:
        """The likeliest ways, each with a home for every group; none where none was found."""
        self._go([], 0.0)
        return self.ways

    def _go(self, way: list[str], sum_: float) -> None:
        n = len(way)
        self.looks += 1
        if n == len(self.groups):
            if sum_ > self.reached + _EQUAL:
                self.reached, self.ways = sum_, []
            self.ways.append(way)
            return
        if sum_ + self.most[n] < self.reached - _EQUAL or self.looks > 20_000:
            return
        for home, each in sorted(self.fits[n].items(), key=lambda item: -item[1]):
            others = (self.groups[k] for k, taken in enumerate(way) if taken == home)
            if not any(self.apart(self.groups[n], other) for other in others):
                self._go([*way, home], sum_ + each)


def one_month(group: list[Lived], other: list[Lived]) -> bool:
    """Under links of month scope: two values of one month are two homes."""
    return any(
        one.value != two.value and f"{one.began:%Y-%m}" == f"{two.began:%Y-%m}"
        for one in group
        for two in other
        if one.value and two.value
    )


def always(group: list[Lived], other: list[Lived]) -> bool:
    """Under one value per home: two values are two homes."""
    return any(one.value != two.value for one in group for two in other)


def _joined(group: list[Lived]) -> bool:
    """Is anything known of it beside what the public list says of each?"""
    return len(group) > 1 or bool(group[0].value)


def _best(likely: dict[str, float]) -> Guess:
    most = max(likely.values(), default=0.0)
    return {home for home, each in likely.items() if each == most}
