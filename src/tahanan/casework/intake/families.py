"""Who belongs together: drawn at the end of an intake, by ticks and one answer."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid
from tahanan.casework import survivors
from tahanan.casework.door import command
from tahanan.casework.intake import drafts
from tahanan.casework.intake.drafts import Kid, Night
from tahanan.casework.intake.shapes import Family
from tahanan.casework.survivors import Pair
from tahanan.records.vocabulary import Bond

SAYS = ("child", "adult", "paper")


@command("draw_family")
def draw_family(
    visit: Visit,
    *,
    intake: UUID,
    children: tuple[UUID, ...],
    bond: Bond,
    says: str = "",
    anew: bool = False,
) -> UUID:
    """These children belong together, in this way.

    A family drawn before joins as a whole: how its own belong together stays. `anew`: it is drawn
    over again, so every pair gets this bond, and who is not ticked is parted from it.
    """
    night = drafts.load(visit, intake, lock=True)
    kids = [night.kid(child) for child in dict.fromkeys(children)]
    cases = [_filed(kid) for kid in kids]
    if len(cases) < 2:
        raise Invalid({"child": _("Choose at least two children who belong together.")})
    drawn = {frozenset(pair) for pair in _bonds(night)}
    if anew:
        _part_from(visit, night, set(cases))
        drawn = set()
    pairs = tuple(
        Pair(one, other, bond)
        for one, other in combinations(cases, 2)
        if frozenset((one, other)) not in drawn
    )
    if pairs:
        survivors.draw(visit, pairs, visit.today)
    for kid in kids:
        kid.draft.marks["says"] = says if says in SAYS else ""
        drafts.stamp(visit, kid.draft)
        drafts.keep_kid(visit, night, kid)
    return night.id


@command("part_family")
def part_family(visit: Visit, *, intake: UUID, children: tuple[UUID, ...]) -> UUID:
    """These are not one family after all. That they were drawn so stays known."""
    night = drafts.load(visit, intake, lock=True)
    survivors.part(visit, {_filed(night.kid(child)) for child in children})
    drafts.stamp(visit, night.draft)
    drafts.keep_intake(visit, night)
    return night.id


# A family is spoken of by its loosest bond.
_LOOSEST = (Bond.NOT_SURE, Bond.RAISED_TOGETHER, Bond.HALF)


def families(night: Night) -> tuple[Family, ...]:
    """The families among the children of this intake, in the order the children were met."""
    by_case = {kid.case: kid for kid in night.kids if kid.case is not None}
    bonds = _bonds(night)
    groups: list[set[UUID]] = []
    for one, other in bonds:
        joined = [group for group in groups if {one, other} & group]
        groups = [group for group in groups if group not in joined]
        groups.append({one, other}.union(*joined))
    shapes = [_family([by_case[case] for case in group], bonds) for group in groups]
    place = {kid.id: kid.position for kid in night.kids}
    return tuple(sorted(shapes, key=lambda family: place[family.children[0]]))


def _family(kids: list[Kid], bonds: dict[tuple[UUID, UUID], Bond]) -> Family:
    kids = sorted(kids, key=lambda kid: kid.position)
    cases = {kid.case for kid in kids}
    own = {pair: bond for pair, bond in bonds.items() if set(pair) <= cases}
    half = frozenset(kid.id for kid in kids if _only_half(kid, own))
    bond = next((bond for bond in _LOOSEST if bond in own.values()), Bond.FULL)
    # Those past the double bar come last, so that one bar parts them from the others.
    ordered = sorted(kids, key=lambda kid: (kid.id in half, kid.position))
    says = next((kid.draft.marks["says"] for kid in kids if kid.draft.marks.get("says")), "")
    if len(half) == len(kids):
        half = frozenset(kid.id for kid in ordered[1:])
    return Family(tuple(kid.id for kid in ordered), bond, half, says)


def _only_half(kid: Kid, bonds: dict[tuple[UUID, UUID], Bond]) -> bool:
    of_hers = {bond for pair, bond in bonds.items() if kid.case in pair}
    return Bond.HALF in of_hers and Bond.FULL not in of_hers


def _bonds(night: Night) -> dict[tuple[UUID, UUID], Bond]:
    """Case pair → bond, among the children of this intake."""
    cases = [kid.case for kid in night.kids if kid.case is not None]
    case_of = {survivor: case for case, survivor in survivors.survivors_of(cases).items()}
    found: dict[tuple[UUID, UUID], Bond] = {}
    for pair, bond in survivors.bonds(case_of).items():
        one, other = sorted(case_of[survivor] for survivor in pair)
        found[one, other] = bond
    return found


def _part_from(visit: Visit, night: Night, kept: set[UUID]) -> None:
    """Part from the ticked children those of their families who are not ticked any more."""
    for one, other in _bonds(night):
        if len({one, other} & kept) == 1:
            survivors.part(visit, {one, other})


def _filed(kid: Kid) -> UUID:
    if kid.case is None:
        raise Invalid({"child": _("A child without a file cannot be drawn into a family yet.")})
    return kid.case
