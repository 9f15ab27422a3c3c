"""Survivors and who belongs together: sibling links drawn after intake, dated, and splittable.

A group knows no operation: whoever holds two children may draw them, whenever each was brought.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import exclusions, facts, joined, texts
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import command, query
from tahanan.records.models import Case, Removal, SiblingLink
from tahanan.records.vocabulary import Bond, Compartment
from tahanan.records.walls import session

SPLIT = "siblings_split"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases whose children belong together, and how."""

    one: UUID
    other: UUID
    bond: Bond


@dataclass(frozen=True, slots=True)
class Past:
    """With whom she was drawn before: the days it stood, or none where it was taken back.

    `child` is None where that card is not the actor's to open.
    """

    child: CardSeen | None
    bond: Bond
    from_on: date
    until_on: date | None
    known_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """A child, and those she may belong to: drawn already, or brought to safety with her.

    `group`: those of them who stand in her sibling group. `past`: what stands no longer.
    """

    child: CardSeen
    others: tuple[tuple[CardSeen, Bond | None], ...]
    group: frozenset[UUID]
    past: tuple[Past, ...]


@query("about_to")
def belonging(visit: Visit, *, case: UUID) -> Belonging:
    """Whom a child may be drawn with, as far as the actor may draw them."""
    gate.act(visit, case, Act.DRAW_SIBLINGS)
    hers = facts.standing(Removal).filter(case=case, operation__isnull=False)
    near = facts.standing(Removal).filter(operation__in=hers.values("operation"))
    group = Case.objects.filter(survivor__in=group_of(case))
    wanted = {*near.values_list("case_id", flat=True), *group.values_list("id", flat=True)}
    others = [c for c in sorted(wanted - {case}) if gate.may_do(visit, c, Act.DRAW_SIBLINGS)]
    seen = cards(visit, scope.among(visit, [case, *others]).values())
    survivor_of = survivors_of([case, *others])
    drawn = bonds(set(survivor_of.values()))
    together = group.values_list("id", flat=True)
    return Belonging(
        seen[case],
        tuple(
            (seen[other], drawn.get(frozenset((survivor_of[case], survivor_of[other]))))
            for other in others
            if other in seen and survivor_of[other] != survivor_of[case]
        ),
        frozenset(together) & set(others),
        tuple(_past(visit, case)),
    )


@command("settle_siblings")
def settle_siblings(
    visit: Visit,
    *,
    case: UUID,
    others: tuple[tuple[UUID, Bond | None], ...],
    from_on: date,
    saw: tuple[tuple[UUID, Bond | None], ...] = (),
) -> UUID:
    """Say of each of `others` how she belongs to the child, or that she does not.

    `saw` is what was drawn when the actor began. Raises Conflict where somebody has drawn
    otherwise since, and not as the actor says now.
    """
    survivors = _survivors(visit, {case, *(other for other, _bond in (*others, *saw))})
    _refuse_drawn_since(case, survivors, dict(others), dict(saw))
    pairs = tuple(Pair(case, other, bond) for other, bond in others if bond is not None)
    for other in (other for other, bond in others if bond is None):
        part(visit, {case, other})
    if pairs:
        draw(visit, pairs, from_on)
    gate.act(visit, case, Act.DRAW_SIBLINGS)
    return case


@command("join_siblings")
def join_siblings(visit: Visit, *, case: UUID, other: UUID, bond: Bond, from_on: date) -> UUID:
    """Put a child of another operation into this child's sibling group, from a day on.

    Raises Conflict where these two were drawn before with another bond: that is changed, not added.
    """
    pair = Pair(case, other, bond)
    survivors = _survivors(visit, {case, other})
    if from_on > visit.today:
        raise Invalid({"from_on": _("That day is still ahead. Give today or a day before.")})
    drawn = bonds(survivors.values()).get(frozenset(survivors.values()))
    if drawn not in (None, bond):
        raise Conflict("drawn-first", _("Somebody drew these two first."), standing=drawn)
    return draw(visit, (pair,), from_on)


@command("split_siblings")
def split_siblings(
    visit: Visit, *, case: UUID, others: tuple[UUID, ...], on: date, reason: str
) -> UUID:
    """From a day on `others` are a group apart from the child's; that they were one stays known.

    The reason is sealed in Care of every child of the group whom the actor may draw. Gives the
    case.
    """
    _sound_split(visit, others, on, reason)
    drawable = _may_be_drawn(visit, case)
    if not set(others) <= set(drawable) - {case}:
        raise NotFound
    leaving = {drawable[other] for other in others}
    staying = set(drawable.values()) - leaving
    ended = _close_between(visit, staying, leaving, on)
    for side in (staying, leaving):
        _keep_together(visit, drawable, side, on)
    if leaving & group_of(case):
        raise Refusal(
            "joined-otherwise",
            _("They are joined through a child whom others hold too. Those must say it with you."),
        )
    for each in sorted(drawable):
        secret = keys.open(visit, gate.pass_(visit, each, Compartment.CARE, Action.WRITE))
        # `of` is the case itself: a row that several files name would say more than the link does.
        said = {"reason": reason.strip(), "links": [str(link) for link in ended]}
        texts.write(visit, secret, SPLIT, each, said)
    gate.act(visit, case, Act.DRAW_SIBLINGS)
    return case


@command("draw_siblings")
def draw_siblings(visit: Visit, *, pairs: tuple[Pair, ...], from_on: date) -> UUID:
    """Say who belongs together. A pair drawn before with another bond is corrected, not doubled.

    Gives the case of the first pair.
    """
    return draw(visit, pairs, from_on)


@command("part_siblings")
def part_siblings(visit: Visit, *, one: UUID, other: UUID) -> UUID:
    """They turned out not to be siblings: the link is withdrawn; what was known stays known."""
    if not part(visit, {one, other}):
        raise Invalid({"other": _("These two are not drawn as siblings.")})
    return one


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def draw(visit: Visit, pairs: tuple[Pair, ...], from_on: date) -> UUID:
    """Draw every pair, or correct its bond. Gives the case of the first pair."""
    if not pairs:
        raise Invalid({"pairs": _("Choose at least two children who belong together.")})
    survivors = _survivors(visit, {c for pair in pairs for c in (pair.one, pair.other)})
    for pair in pairs:
        _draw(visit, pair, survivors, from_on)
    for group in groups(survivors.values()):
        seen = scope.among(visit, {case for own in cases_of(group).values() for case in own})
        exclusions.share(seen)
    return pairs[0].one


def part(visit: Visit, cases: set[UUID], *, only: UUID | None = None) -> int:
    """Withdraw the links among these cases; with `only`, those that case has. Gives how many."""
    survivors = _survivors(visit, cases)
    among = list(survivors.values())
    rows = _standing().filter(survivor__in=among, sibling__in=among)
    if only is not None:
        rows = rows.filter(Q(survivor=survivors[only]) | Q(sibling=survivors[only]))
    found = list(rows.values_list("id", flat=True))
    for row in found:
        facts.withdraw(visit, SiblingLink, row)
    return len(found)


def groups(survivors: Iterable[UUID]) -> list[frozenset[UUID]]:
    """The sibling groups these survivors stand in, whole, across operations; singles left out.

    A group is a connected component of the links known now (algorithms.md §1.4).
    """
    return _components(_links(set(survivors), set()))


def families(survivors: Iterable[UUID]) -> list[frozenset[UUID]]:
    """As `groups`, with every other record of each child: for what holds of a whole family.

    Never for a page: it would tell one who sees one record that there is another.
    """
    found = set(survivors)
    while True:
        pairs = _links(found, set()) | joined.pairs(found)
        wider = found | {end for pair in pairs for end in pair}
        if wider == found:
            return _components(pairs)
        found = wider


def family_cases(
    visit: Visit, cases: Iterable[UUID], compartment: Compartment = Compartment.CARD
) -> dict[UUID, set[UUID]]:
    """Case → her own, and those of her whole family of whose `compartment` the actor may read.

    Every record of a child counts: what one may not be admitted to, the other may not.
    """
    whose = survivors_of(cases)
    groups = families(whose.values())
    group_of = {one: group for group in groups for one in group}
    theirs = cases_of({one for group in groups for one in group} | set(whose.values()))
    seen = scope.among(visit, {case for own in theirs.values() for case in own}, compartment)
    return {
        case: {case}
        | {
            each
            for one in group_of.get(survivor, {survivor})
            for each in theirs.get(one, [])
            if each in seen
        }
        for case, survivor in whose.items()
    }


def group_of(case: UUID) -> frozenset[UUID]:
    """The sibling group of a case's survivor, herself among them; empty where she is single."""
    # No join to the other survivor: her row is hidden from one who holds no case of hers. A union
    # and no OR over the two sub-selects, for which PostgreSQL reads every link there is.
    herself = Case.objects.filter(id=case).values("survivor")
    ends = ("survivor_id", "sibling_id")
    one, other = _standing().filter(survivor__in=herself), _standing().filter(sibling__in=herself)
    first = set(one.values_list(*ends).union(other.values_list(*ends)))
    near = {end for link in first for end in link}
    return frozenset(near | {end for link in _links(near, first) for end in link})


def beside(survivors: set[UUID]) -> set[UUID]:
    """Those drawn with one of these themselves, not through a third."""
    return {end for link in _links_of(survivors) for end in link} - survivors


def _links(survivors: set[UUID], links: set[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Every standing link that leads on from these survivors, `links` among them."""
    seen, fresh = set(survivors), set(survivors)
    while fresh:
        links |= _links_of(fresh)
        ends = {end for link in links for end in link}
        fresh, seen = ends - seen, seen | ends
    return links


def _links_of(survivors: set[UUID]) -> set[tuple[UUID, UUID]]:
    ends = ("survivor_id", "sibling_id")
    one, other = (
        _standing().filter(survivor__in=survivors),
        _standing().filter(sibling__in=survivors),
    )
    return set(one.values_list(*ends).union(other.values_list(*ends)))


def bonds(survivors: Iterable[UUID]) -> dict[frozenset[UUID], Bond]:
    """How each drawn pair among these survivors belongs together."""
    wanted = list(survivors)
    rows = _standing().filter(survivor__in=wanted, sibling__in=wanted)
    return {
        frozenset((one, other)): Bond(bond)
        for one, other, bond in rows.values_list("survivor_id", "sibling_id", "bond")
    }


def cases_of(survivors: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Survivor → her cases, oldest first. Sight of each is for the caller to ask."""
    found: dict[UUID, list[UUID]] = {}
    rows = Case.objects.filter(survivor__in=list(survivors)).order_by("id")
    for case, survivor in rows.values_list("id", "survivor_id"):
        found.setdefault(survivor, []).append(case)
    return found


def survivors_of(cases: Iterable[UUID]) -> dict[UUID, UUID]:
    """Case → its survivor."""
    return dict(Case.objects.filter(id__in=list(cases)).values_list("id", "survivor_id"))


def _refuse_drawn_since(
    case: UUID,
    survivors: dict[UUID, UUID],
    said: dict[UUID, Bond | None],
    saw: dict[UUID, Bond | None],
) -> None:
    """Two who draw at once: what the other said meanwhile is never taken away unseen."""
    drawn = bonds(survivors.values())
    for other, before in saw.items():
        now = drawn.get(frozenset((survivors[case], survivors[other])))
        if now not in (before, said.get(other)):
            raise Conflict("drawn-first", _("Somebody drew these two first."), standing=now)


def _sound_split(visit: Visit, others: tuple[UUID, ...], on: date, reason: str) -> None:
    problems: dict[str, str] = {}
    if not others:
        problems["others"] = _("Choose at least one child who belongs apart.")
    if on > visit.today:
        problems["on"] = _("That day is still ahead. Give today or a day before.")
    if not reason.strip():
        problems["reason"] = _("Write why they are no longer one group.")
    elif len(reason) > LONGEST:
        problems["reason"] = _("This is too long. Write it in fewer words.")
    if problems:
        raise Invalid(problems)


def _may_be_drawn(visit: Visit, case: UUID) -> dict[UUID, UUID]:
    """Case → survivor, of the child and of those of her group whom the actor may draw."""
    gate.act(visit, case, Act.DRAW_SIBLINGS)
    theirs = [each for own in cases_of(group_of(case)).values() for each in own]
    drawable = [each for each in theirs if gate.may_do(visit, each, Act.DRAW_SIBLINGS)]
    return _survivors(visit, {case, *drawable})


def _close_between(visit: Visit, one: set[UUID], other: set[UUID], on: date) -> list[UUID]:
    """End every link that leads from one side to the other. Gives the rows that say so."""
    rows = _standing().filter(
        Q(survivor__in=one, sibling__in=other) | Q(survivor__in=other, sibling__in=one)
    )
    found = list(rows.order_by("id"))
    if any(row.from_on > on for row in found):
        raise Invalid({"on": _("They were drawn together later than that day. Give a later day.")})
    return [facts.correct(visit, SiblingLink, row.id, until_on=on) for row in found]


def _keep_together(visit: Visit, drawable: dict[UUID, UUID], side: set[UUID], on: date) -> None:
    """Those who stay on one side stay together, though what joined them has left: not sure how."""
    case_of = {survivor: case for case, survivor in sorted(drawable.items(), reverse=True)}
    joined = {one: group for group in groups(side) for one in group}
    first, *rest = sorted(side, key=lambda one: case_of[one])
    for one in rest:
        if one not in joined.get(first, {first}):
            _draw(
                visit,
                Pair(case_of[first], case_of[one], Bond.NOT_SURE),
                survivors_of(case_of.values()),
                on,
            )
            joined = {each: group for group in groups(side) for each in group}


def _past(visit: Visit, case: UUID) -> list[Past]:
    """Links of hers that stand no longer, newest first; a corrected bond is no link of its own."""
    herself = survivors_of([case])[case]
    rows = SiblingLink.objects.filter(
        Q(survivor=herself) | Q(sibling=herself),
        Q(withdrawn=True) | Q(until_on__isnull=False),
        tenant=visit.tenant,
        replaced_at__isnull=True,
    )
    ended = list(rows.order_by("-id"))
    if not ended:
        return []
    with_whom = {
        row.id: row.sibling_id if row.survivor_id == herself else row.survivor_id for row in ended
    }
    theirs = {each: one for one, own in cases_of(with_whom.values()).items() for each in own}
    seen = {
        theirs[each]: card
        for each, card in cards(visit, scope.among(visit, theirs).values()).items()
    }
    care = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.READ))
    why = {
        link: piece.content["reason"]
        for piece in texts.read(care, kind=SPLIT, of=case)
        for link in piece.content["links"]
    }
    return [
        Past(
            seen.get(with_whom[row.id]), Bond(row.bond), row.from_on,
            None if row.withdrawn else row.until_on, row.known_day, why.get(str(row.id), ""),
        )
        for row in ended
    ]  # fmt: skip


def _draw(visit: Visit, pair: Pair, survivors: dict[UUID, UUID], from_on: date) -> None:
    low, high = sorted((survivors[pair.one], survivors[pair.other]))
    if low == high:
        raise Invalid({"pairs": _("A child cannot be her own sister or brother.")})
    if high in joined.one_child([low]):
        raise Invalid({"pairs": _("These two are on record as one child.")})
    before = _standing().filter(survivor=low, sibling=high).first()
    if before is None:
        facts.add(
            visit,
            SiblingLink,
            case_id=pair.one,
            survivor_id=low,
            sibling_id=high,
            bond=pair.bond,
            from_on=from_on,
        )
    elif before.bond != pair.bond:
        facts.correct(visit, SiblingLink, before.id, bond=pair.bond)


def _survivors(visit: Visit, cases: set[UUID]) -> dict[UUID, UUID]:
    for case in sorted(cases):
        gate.act(visit, case, Act.DRAW_SIBLINGS)
    found = survivors_of(cases)
    # Until this command ends nobody else draws them: what is read from here on is what stands.
    session.wait_for_turn(connection, found.values())
    return found


def _standing() -> QuerySet[SiblingLink]:
    # Without the tenant, whose own a survivor is: SQLite would read every link that bears it.
    return SiblingLink.objects.filter(
        replaced_at__isnull=True, withdrawn=False, until_on__isnull=True
    )


def _components(links: set[tuple[UUID, UUID]]) -> list[frozenset[UUID]]:
    group_of: dict[UUID, set[UUID]] = {}
    for one, other in links:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        for each in joined:
            group_of[each] = joined
    unique = {frozenset(group) for group in group_of.values()}
    return sorted(unique, key=lambda group: sorted(group))
