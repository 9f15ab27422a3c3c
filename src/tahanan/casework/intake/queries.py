"""What intake shows: the board, one screen, who a child may be, and what goes on unfinished."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tahanan.access import gate, scope
from tahanan.access.rules import OfficeAct, may_in_office
from tahanan.access.visit import Visit
from tahanan.casework import cases, stays
from tahanan.casework.door import query
from tahanan.casework.intake import drafts, families, filing
from tahanan.casework.intake.answers import CHILD_STEPS, Mend, born_after, step_of
from tahanan.casework.intake.drafts import Kid, Night
from tahanan.casework.intake.shapes import (
    Board,
    ChildAsked,
    Likeness,
    Pane,
    SharedAsked,
    Standing,
    Unfinished,
)
from tahanan.records.models import Case, Intake, IntakeChild

UNFINISHED_AT_MOST = 40
# Which of the five questions stand on which screen; *born* is another way to ask the age.
_ASKS = {"tonight": ("called", "sex", "age"), "needs": ("needs",), "belongs": ("belongs",)}


@query("see_intake", always=True)
def board(visit: Visit, *, intake: UUID) -> Board:
    """The removal's board: every child, what is still needed, where to go on."""
    night = drafts.load(visit, intake)
    filed = [kid.case for kid in night.kids if kid.case is not None]
    seen = cases.cards(visit, scope.among(visit, filed).values()) if filed else {}
    beds = set(stays.open_stays(seen))
    panes = tuple(_pane(night, kid, seen, beds) for kid in night.kids)
    return Board(_standing(night), panes, families.families(night), _resume(night))


@query("see_intake", always=True)
def shared(visit: Visit, *, intake: UUID) -> SharedAsked:
    """The shared facts as they were typed."""
    night = drafts.load(visit, intake)
    return SharedAsked(_standing(night), dict(night.draft.typed))


@query("see_intake", always=True)
def child(visit: Visit, *, intake: UUID, child: UUID | None) -> ChildAsked:
    """One child as she was typed; without `child`, the next one, not saved yet."""
    night = drafts.load(visit, intake)
    if child is None:
        position = max((kid.position for kid in night.kids), default=0) + 1
        return ChildAsked(
            _standing(night), None, position, None, "", None, 0, {}, (), (), False, 0, ()
        )
    kid = night.kid(child)
    return ChildAsked(
        _standing(night), kid.id, kid.position, kid.case, kid.said.name, kid.said.sex,
        kid.version, dict(kid.draft.typed), _mends(night, kid), kid.said.answered,
        filing.asks_again(kid), len(filing.verdicts(kid)), _siblings(night, kid),
    )  # fmt: skip


@query("search_before_create", always=True)
def likenesses(visit: Visit, *, intake: UUID, child: UUID) -> tuple[Likeness, ...]:
    """Who, among the children the actor may see, this child may be; opened and noted."""
    night = drafts.load(visit, intake)
    marked = filing.verdicts(night.kid(child))
    passed = scope.among(visit, [case for case, _, _ in marked])
    seen = cases.cards(visit, passed.values())
    rows = Case.objects.filter(id__in=list(seen))
    opened = {id: (ref, on) for id, ref, on in rows.values_list("id", "reference", "opened_on")}
    return tuple(
        Likeness(seen[case], *opened[case], verdict, reasons)
        for case, verdict, reasons in marked
        if case in opened
    )


@query("unfinished_intakes")
def unfinished_intakes(visit: Visit) -> tuple[Unfinished, ...]:
    """Intakes of the actor's teams that go on, the newest first; for one who may begin another."""
    visit.must_be_unlocked()
    gate.office(visit, OfficeAct.OPEN_INTAKE)
    may_open = {
        m.team for m in visit.actor.memberships
        if may_in_office(m.relation, OfficeAct.OPEN_INTAKE).allowed
    }  # fmt: skip
    own = {link: team for link, team in drafts.teams(visit).items() if team in may_open}
    rows = Intake.objects.filter(
        tenant=visit.tenant, team__in=own, finished_at__isnull=True
    ).order_by("-id")[:UNFINISHED_AT_MOST]
    going = list(rows)
    kids: dict[UUID, list[IntakeChild]] = {}
    for kid in IntakeChild.objects.filter(intake__in=going).order_by("position"):
        kids.setdefault(kid.intake_id, []).append(kid)
    return tuple(
        _unfinished(drafts.opened(visit, own[row.team], row, kids.get(row.id, []))) for row in going
    )


def _unfinished(night: Night) -> Unfinished:
    shared = night.shared
    happened = (shared.happened.first, shared.happened.last) if shared.happened else None
    return Unfinished(
        night.id, night.opened_at, _saved_at(night), happened,
        shared.city.name if shared.city else "", len(night.kids),
        sum(kid.case is None for kid in night.kids),
        len(shared.mends) + sum(bool(_mends(night, kid)) for kid in night.kids),
    )  # fmt: skip


def _standing(night: Night) -> Standing:
    return Standing(
        night.id, night.team, night.shared, night.late,
        night.pack.number if night.pack else None, night.pack.sheets if night.pack else 0,
        _saved_at(night), night.opened_at, night.finished_at, len(night.kids),
        sum(kid.case is None for kid in night.kids), night.version,
    )  # fmt: skip


def _saved_at(night: Night) -> datetime:
    return max(draft.saved_at for draft in (night.draft, *(kid.draft for kid in night.kids)))


def _pane(night: Night, kid: Kid, seen: dict[UUID, cases.CardSeen], beds: set[UUID]) -> Pane:
    said = kid.said
    name, sex, birth = said.name, said.sex, said.birth
    mine = kid.case is None or kid.case in seen
    if kid.case in seen:
        card = seen[kid.case].card
        name, sex, birth = card.chosen, card.sex, card.birth
    elif not mine:
        name, sex, birth = "", None, None
    need = said.needs if kid.draft.marks.get("met") != said.needs and mine else ""
    return Pane(
        kid.id, kid.position, kid.case, name, sex, birth, said.answered, _mends(night, kid),
        _next_step(night, kid), kid.case in beds, filing.asks_again(kid), need,
        said.need_by if need else "", mine,
    )  # fmt: skip


def _mends(night: Night, kid: Kid) -> tuple[Mend, ...]:
    happened = night.shared.happened
    late = born_after(kid.said, happened) if happened else None
    return (*kid.said.mends, *([late] if late else []))


def _next_step(night: Night, kid: Kid) -> str | None:
    """The screen to mend, else the one saved least: where the work on this child goes on."""
    mends = _mends(night, kid)
    if mends:
        return step_of(mends[0].field)
    if filing.asks_again(kid):
        return "known"
    for step, asked in _ASKS.items():
        if not set(asked) <= set(kid.said.answered):
            return step
    return None


def _resume(night: Night) -> tuple[UUID | None, str] | None:
    """Exactly where it was left: a shared fact without which nothing is filed, else a child."""
    shared = night.shared
    wrong = [step_of(mend.field) for mend in shared.mends]
    if wrong:
        return None, wrong[0]
    needed = [*(["known"] if night.late else []), "when", "where"]
    there = {"known": shared.known, "when": shared.happened, "where": shared.city}
    for step in ("when", "where", "known"):
        if step in needed and there[step] is None:
            return None, step
    at = night.draft.marks.get("at")
    last = next((kid for kid in night.kids if str(kid.id) == at), None)
    if last is not None and not set(CHILD_STEPS["belongs"]) & set(last.draft.typed):
        following = _next_step(night, last)
        return (last.id, following) if following else None
    return None


def _siblings(night: Night, kid: Kid) -> tuple[tuple[str, int], ...]:
    by_id = {each.id: each for each in night.kids}
    for family in families.families(night):
        if kid.id in family.children:
            others = (by_id[id] for id in family.children if id != kid.id)
            return tuple((other.said.name, other.position) for other in others)
    return ()
