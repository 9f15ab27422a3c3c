"""What is done at intake: each saves what was typed, right or wrong, then files what it can."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, scope
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base import clock, ids
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework import legal_basis
from tahanan.casework.door import command
from tahanan.casework.intake import drafts, filing, packs
from tahanan.casework.intake.answers import fields_of, read_child, read_shared
from tahanan.casework.intake.drafts import Draft, Kid, Night
from tahanan.records.vocabulary import ClockKind, TeamKind

MOST_AT_ONCE = 40
_WHO_SHE_IS = {*fields_of("tonight"), *fields_of("born"), "full_name"}


@command("open_intake")
def open_intake(visit: Visit, *, team: UUID, pack: int | None = None) -> UUID:
    """Begin the intake of one removal. With `pack`, a numbered paper pack is entered afterwards."""
    visit.must_be_unlocked()
    if gate.office(visit, OfficeAct.OPEN_INTAKE, team).kind is not TeamKind.CASEWORK:
        raise NotFound
    printed = packs.of_team(visit, team, pack) if pack is not None else None
    draft = Draft(marks={"late": True} if printed else {})
    drafts.stamp(visit, draft)
    shared = read_shared({}, visit.today)
    night = Night(ids.uuid7(), team, None, 1, printed, visit.now, None, draft, shared, [])
    drafts.new_intake(visit, night)
    visit.team = team
    return night.id


@command("answer_shared")
def answer_shared(
    visit: Visit, *, intake: UUID, step: str, typed: Mapping[str, str], seen: int
) -> UUID:
    """Save one screen of what is asked once for all, and copy it into every child's file."""
    night = drafts.load(visit, intake, lock=True)
    if night.draft.take(_of_step(step, typed), seen, night.version + 1):
        drafts.stamp(visit, night.draft)
        limits = drafts.limits_of(night.draft, night.pack)
        night.shared = read_shared(night.draft.typed, visit.today, limits)
        before = [(kid, kid.case, dict(kid.draft.marks)) for kid in night.kids]
        filing.settle_shared(visit, night)
        for kid, case, marks in before:
            if (kid.case, kid.draft.marks) != (case, marks):
                drafts.keep_kid(visit, night, kid)
        drafts.keep_intake(visit, night)
    return night.id


@command("add_child")
def add_child(visit: Visit, *, intake: UUID, step: str, typed: Mapping[str, str]) -> UUID:
    """Take in one more child with the answers of one screen. Her file is opened if they can be."""
    night = drafts.load(visit, intake, lock=True)
    kid = _next(visit, night)
    _answer(visit, night, kid, _of_step(step, typed), 0)
    drafts.new_kid(visit, night, kid)
    drafts.keep_intake(visit, night)
    return kid.id


@command("add_several")
def add_several(visit: Visit, *, intake: UUID, how_many: int) -> UUID:
    """Put so many more children on the board, to be asked one by one."""
    if not 1 <= how_many <= MOST_AT_ONCE:
        sentence = _("Give a number from 1 to %(most)s.") % {"most": MOST_AT_ONCE}
        raise Invalid({"how_many": sentence})
    night = drafts.load(visit, intake, lock=True)
    for _each in range(how_many):
        drafts.new_kid(visit, night, _next(visit, night))
    drafts.stamp(visit, night.draft)
    drafts.keep_intake(visit, night)
    return night.id


@command("answer_child")
def answer_child(
    visit: Visit, *, intake: UUID, child: UUID, step: str, typed: Mapping[str, str], seen: int
) -> UUID:
    """Save one screen about one child, as typed; then open or mend her file.

    Raises Conflict, with both, when a colleague answered the same question meanwhile.
    """
    night = drafts.load(visit, intake, lock=True)
    kid = night.kid(child)
    _answer(visit, night, kid, _of_step(step, typed), seen)
    drafts.keep_kid(visit, night, kid)
    drafts.keep_intake(visit, night)
    return kid.id


@command("say_known")
def say_known(visit: Visit, *, intake: UUID, child: UUID, same: UUID | None) -> UUID:
    """She is the child of that case, or (None) nobody known: her file is opened accordingly."""
    night = drafts.load(visit, intake, lock=True)
    kid = night.kid(child)
    if kid.case is not None:
        raise Refusal("filed", _("This child’s file is open already."))
    answer = filing.NEW if same is None else str(same)
    if same is not None:
        likely = {case for case, _verdict, _codes in filing.verdicts(kid)}
        if same not in likely or not scope.among(visit, [same]):
            raise NotFound
        if any(each.draft.marks.get("answer") == answer for each in night.kids if each != kid):
            raise Invalid({"same": _("Another child of this intake is already said to be her.")})
    kid.draft.marks["answer"] = answer
    drafts.stamp(visit, kid.draft)
    filing.settle(visit, night, kid)
    drafts.keep_kid(visit, night, kid)
    drafts.keep_intake(visit, night)
    return kid.id


@command("meet_need")
def meet_need(visit: Visit, *, intake: UUID, child: UUID) -> UUID:
    """What she needed tonight is done. It stays on her card."""
    night = drafts.load(visit, intake, lock=True)
    kid = night.kid(child)
    kid.draft.marks["met"] = kid.said.needs
    drafts.stamp(visit, kid.draft)
    drafts.keep_kid(visit, night, kid)
    return kid.id


@command("remove_child")
def remove_child(visit: Visit, *, intake: UUID, child: UUID) -> UUID:
    """Take an empty pane off the board. A child with a file stays: her file is hers."""
    night = drafts.load(visit, intake, lock=True)
    kid = night.kid(child)
    if kid.case is not None:
        raise Refusal("filed", _("This child’s file is open already."))
    drafts.drop_kid(kid)
    drafts.stamp(visit, night.draft)
    drafts.keep_intake(visit, night)
    return night.id


@command("finish_intake")
def finish_intake(visit: Visit, *, intake: UUID) -> UUID:
    """The night is done: every child has a file. What was not asked waits on her own page."""
    night = drafts.load(visit, intake, lock=True)
    if not night.kids:
        raise Refusal("nobody", _("No child stands on this intake yet."))
    if any(kid.case is None for kid in night.kids):
        raise Refusal("unfiled", _("A child here has no file yet. See what is still needed."))
    if night.finished_at is None:
        night.finished_at = visit.now
        drafts.stamp(visit, night.draft)
        drafts.keep_intake(visit, night)
        legal_basis.stop_clocks(visit, [night.id], ClockKind.INTAKE_UNFINISHED)
    return night.id


def _next(visit: Visit, night: Night) -> Kid:
    position = max((kid.position for kid in night.kids), default=0) + 1
    draft = Draft()
    drafts.stamp(visit, draft)
    return Kid(ids.uuid7(), position, None, 0, draft, read_child({}, visit.today, visit.today))


def _answer(visit: Visit, night: Night, kid: Kid, typed: Mapping[str, str], seen: int) -> None:
    fresh = kid.draft.take(typed, seen, kid.version + 1)
    drafts.stamp(visit, kid.draft)
    if fresh & {"age-years", "age-months"}:
        known = night.known_at(visit) or visit.now
        kid.draft.marks["aged_on"] = clock.manila_day(known).isoformat()
    kid.said = read_child(kid.draft.typed, visit.today, drafts.guessed_on(visit, kid.draft))
    if kid.case is None and fresh & _WHO_SHE_IS:
        filing.look_for(visit, night, kid)
    filing.settle(visit, night, kid)
    night.draft.marks["at"] = str(kid.id)


def _of_step(step: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Every input of the screen, an empty one too: what was cleared is cleared."""
    try:
        return {name: typed.get(name, "") for name in fields_of(step)}
    except KeyError:
        raise NotFound from None
