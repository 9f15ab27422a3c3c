"""Two records said to be one child, agreed to, parted again: each time by two people."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import exclusions, facts, joined, survivors, texts
from tahanan.casework.door import command
from tahanan.casework.duplicates.shapes import LONGEST, SAME
from tahanan.records.models import SameChild
from tahanan.records.vocabulary import Bond, Compartment, Sameness
from tahanan.records.walls import session


@command("propose_same")
def propose_same(visit: Visit, *, case: UUID, other: UUID, reason: str) -> UUID:
    """Say that two records are of one child. Nothing counts until a second person agrees.

    Gives the row. Raises Conflict where it was said before.
    """
    gate.act(visit, case, Act.JOIN_CHILD)
    gate.act(visit, other, Act.JOIN_CHILD)
    _sound(reason)
    whose = survivors.survivors_of([case, other])
    low, high = sorted(whose.values()) if len(set(whose.values())) == 2 else (None, None)
    if low is None or high is None:
        raise Invalid({"other": _("This is the same record already. Choose another.")})
    session.wait_for_turn(connection, (low, high))
    before = joined.standing().filter(survivor=low, same=high).first()
    if before is not None:
        raise Conflict("said-before", _("Somebody said this before you."), standing=before.id)
    if high in joined.one_child([low]):
        raise Invalid({"other": _("These two are on record as one child already.")})
    _refuse_siblings(low, high)
    row = facts.add(
        visit,
        SameChild,
        case_id=case,
        survivor_id=low,
        same_id=high,
        word=Sameness.PROPOSED,
        from_on=clock.manila_day(visit.known),
    )
    _say_why(visit, (low, high), row, reason)
    return _about(visit, case, row)


@command("agree_same")
def agree_same(visit: Visit, *, case: UUID, same: UUID) -> UUID:
    """Agree, as another person, that two records are one child. Gives the row that says so.

    Nobody sees more than before; what one may not be admitted to, neither may be.
    """
    row = _theirs(visit, case, same, Sameness.PROPOSED)
    _another(visit, row)
    _refuse_siblings(row.survivor_id, row.same_id)
    agreed = facts.correct(visit, SameChild, row.id, word=Sameness.JOINED)
    family = frozenset().union(*survivors.families({row.survivor_id, row.same_id}))
    theirs = {each for own in survivors.cases_of(family).values() for each in own}
    exclusions.share(scope.among(visit, theirs))
    return _about(visit, case, agreed)


@command("propose_parted")
def propose_parted(visit: Visit, *, case: UUID, same: UUID, reason: str) -> UUID:
    """Say that two records joined before are of two children. They stay one until it is agreed."""
    _sound(reason)
    row = _theirs(visit, case, same, Sameness.JOINED)
    parting = facts.correct(visit, SameChild, row.id, word=Sameness.PARTING)
    _say_why(visit, (row.survivor_id, row.same_id), parting, reason)
    return _about(visit, case, parting)


@command("agree_parted")
def agree_parted(visit: Visit, *, case: UUID, same: UUID) -> UUID:
    """Agree, as another person, that they are two children. That they were one stays known."""
    row = _theirs(visit, case, same, Sameness.PARTING)
    _another(visit, row)
    return _about(visit, case, facts.withdraw(visit, SameChild, row.id))


@command("take_back_proposal")
def take_back_proposal(visit: Visit, *, case: UUID, same: UUID) -> UUID:
    """Take back what was proposed, or say no to it: what stood before stands again."""
    row = _theirs(visit, case, same, Sameness.PROPOSED, Sameness.PARTING)
    if row.word == Sameness.PROPOSED:
        return _about(visit, case, facts.withdraw(visit, SameChild, row.id))
    return _about(visit, case, facts.correct(visit, SameChild, row.id, word=Sameness.JOINED))


def _theirs(visit: Visit, case: UUID, same: UUID, *words: Sameness) -> SameChild:
    """The row that stands, of two records both of which the actor may join and part.

    Raises NotFound for a row of others, Conflict where somebody answered meanwhile.
    """
    gate.act(visit, case, Act.JOIN_CHILD)
    own = survivors.survivors_of([case])[case]
    row = SameChild.objects.filter(id=same, tenant=visit.tenant).first()
    if row is None or own not in (row.survivor_id, row.same_id):
        raise NotFound
    beyond = row.same_id if own == row.survivor_id else row.survivor_id
    theirs = survivors.cases_of([beyond]).get(beyond, [])
    held = next((each for each in theirs if gate.may_do(visit, each, Act.JOIN_CHILD)), None)
    if held is None:
        raise NotFound
    gate.act(visit, held, Act.JOIN_CHILD)
    session.wait_for_turn(connection, (row.survivor_id, row.same_id))
    row.refresh_from_db()
    if row.replaced_at is not None or row.withdrawn or row.word not in words:
        now = joined.standing().filter(survivor=row.survivor_id, same=row.same_id).first()
        raise Conflict(
            "answered-before",
            _("Somebody answered this meanwhile. Look at how it stands now."),
            standing=now.id if now else None,
        )
    return row


def _another(visit: Visit, row: SameChild) -> None:
    """Refuses who said it first: one person alone neither joins nor parts."""
    if facts.recorder(SameChild, row.id, row.recorded_by) == visit.person:
        raise Refusal(
            "second-person",
            _("You said this yourself. Somebody else who holds both records agrees or says no."),
        )


def _refuse_siblings(one: UUID, other: UUID) -> None:
    """Sisters and brothers by blood are two children, whichever of their records is drawn."""
    hers, others = joined.one_child([one]), joined.one_child([other])
    for pair, bond in survivors.bonds(hers | others).items():
        if bond is Bond.FULL and pair & hers and pair & others:
            raise Invalid(
                {
                    "other": _(
                        "These two are drawn as full siblings, so as two children. "
                        "Take that back first if they are one."
                    )
                }
            )


def _say_why(visit: Visit, pair: tuple[UUID, UUID], row: UUID, reason: str) -> None:
    """The reason, sealed in Care of each record whose Care the actor may write."""
    cases = {each for own in survivors.cases_of(pair).values() for each in own}
    for case in sorted(scope.among(visit, cases, Compartment.CARE)):
        try:
            passed = gate.pass_(visit, case, Compartment.CARE, Action.WRITE)
        except Refusal:
            continue
        # `of` is the case itself, as of a split: a row that both files name would join them again.
        said = {"reason": reason.strip(), "row": str(row)}
        texts.write(visit, keys.open(visit, passed), SAME, case, said)


def _sound(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": _("Write what makes you think so.")})
    if len(reason) > LONGEST:
        raise Invalid({"reason": _("This is too long. Write it in fewer words.")})


def _about(visit: Visit, case: UUID, row: UUID) -> UUID:
    # The team of the entry is that of the child it was said from.
    gate.act(visit, case, Act.JOIN_CHILD)
    return row
