"""Operations and children of the history: brought to safety, decided on, housed, and mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from tahanan.base.days import DAY, YEAR, PartialDate
from tahanan.base.names import LegalName
from tahanan.casework import (
    admissions,
    cases,
    child_page,
    duplicates,
    intake,
    operations,
    survivors,
)
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import (
    OSEC,
    DecidedBy,
    Depiction,
    Element,
    Finding,
    StayEnd,
)
from tahanan.world.history.lived import Telling
from tahanan.world.history.shapes import Child, Days, Raid, Same, Stay, Tie, Verdict


def set_going(telling: Telling) -> None:
    """Everything of the plan that concerns children, on the day it is known."""
    plan = telling.plan
    for raid in plan.raids:
        telling.on(raid.known, "raid", _raid, raid)
    for child in plan.children.values():
        telling.on(child.known, "child", _child, child)
        _of_one(telling, child)
    for (_family, known), ties in _together(plan.ties).items():
        telling.on(known, "tie", _draw, ties)
    for tie in plan.ties:
        if tie.parted is not None:
            telling.on(tie.parted, "mend", _part, tie)
    for same in plan.same:
        telling.on(same.proposed, "same", _propose, same)
    for stay in plan.stays:
        telling.on(stay.living.from_on, "stay", _house, stay)


def _of_one(telling: Telling, child: Child) -> None:
    for verdict in child.verdicts:
        telling.on(verdict.known, "status", _decide, child, verdict)
    for moved in child.moved:
        telling.on(moved.known, "mend", _move_day, child, moved.days)
    for reborn in child.reborn:
        telling.on(reborn.known, "mend", _mend_birth, child, reborn.days)
    if child.elements is not None:
        telling.on(child.elements.known, "more", _elements, child)


def _together(ties: list[Tie]) -> dict[tuple[str, date], list[Tie]]:
    """Ties that one worker says at once: those of the same first child's family, on one day."""
    whose: dict[str, str] = {}
    found: dict[tuple[str, date], list[Tie]] = {}
    for tie in ties:
        head = whose.setdefault(tie.one, tie.one)
        whose.setdefault(tie.other, head)
        found.setdefault((head, tie.known), []).append(tie)
    return found


def _raid(telling: Telling, raid: Raid) -> None:
    telling.raids[raid.key] = intake.record_operation(
        telling.worker(raid.team), team=telling.office.teams[raid.team], region=raid.region,
        happened=_when(raid.days), kind=raid.kind, supported=raid.supported,
    )  # fmt: skip


def _child(telling: Telling, child: Child) -> None:
    card = cases.Card(
        chosen=child.given, sex=child.sex, birth=_birth(child.born), language="Filipino"
    )
    telling.cases[child.key] = intake.record_child(
        telling.worker(child.team), team=telling.office.teams[child.team],
        operation=None if child.raid is None else telling.raids[child.raid],
        happened=_when(child.days), region=child.region, how=child.how, card=card,
        name=LegalName(child.given, child.middle, child.surname), supported=child.supported,
        shared=operations.SharedFacts(city=child.city, unit="Women’s Desk (invented)"),
    )  # fmt: skip


def _decide(telling: Telling, child: Child, verdict: Verdict) -> None:
    cases.decide_status(
        telling.worker(child.team), case=telling.cases[child.key], status=verdict.status,
        decided_by=DecidedBy.CASE_CONFERENCE, decider="Conference (invented)",
        from_on=verdict.from_on,
    )  # fmt: skip


def _elements(telling: Telling, child: Child) -> None:
    said = child.elements
    assert said is not None
    found: dict[Element, Finding] = dict.fromkeys(OSEC, Finding.ESTABLISHED)
    if not said.osec:
        found[Element.COMPENSATION] = found[Element.THIRD_PARTY_ABSENT] = Finding.NOT_FOUND
    if said.contact is not None:
        found[Element.CONTACT_ABUSE] = said.contact
    for element, finding in found.items():
        cases.record_element(
            telling.worker(child.team), case=telling.cases[child.key], element=element,
            finding=finding, from_on=said.known,
            depiction=Depiction.LIVE if element is Element.DEPICTION else None,
        )  # fmt: skip


# ── what turns out otherwise ────────────────────────────────────────────────────────────────


def _move_day(telling: Telling, child: Child, days: Days) -> None:
    worker, case = telling.worker(child.team), telling.cases[child.key]
    entries = child_page.whole_way(worker, case=case).entries
    brought = next(each for each in entries if each.what is child_page.What.REMOVAL)
    operations.correct_removal(
        worker, case=case, removal=brought.stands.row, happened=_when(days),
        why=operations.Why(operations.HowKnown.PAPER, "The report of that night (invented)."),
    )  # fmt: skip


def _mend_birth(telling: Telling, child: Child, days: Days) -> None:
    worker, case = telling.worker(child.team), telling.cases[child.key]
    seen = cases.card(worker, case=case)
    if seen.piece is None:
        raise RuntimeError("A file was opened without a card.")
    said = replace(seen.said, birth=_birth(days))
    cases.change_card(worker, case=case, card=said, seen=seen.piece)


def _draw(telling: Telling, ties: list[Tie]) -> None:
    pairs = tuple(
        survivors.Pair(telling.cases[tie.one], telling.cases[tie.other], tie.bond) for tie in ties
    )
    first = telling.plan.children[ties[0].one]
    survivors.draw_siblings(telling.worker(first.team), pairs=pairs, from_on=ties[0].known)


def _part(telling: Telling, tie: Tie) -> None:
    worker = telling.worker(telling.plan.children[tie.one].team)
    survivors.part_siblings(worker, one=telling.cases[tie.one], other=telling.cases[tie.other])


def _propose(telling: Telling, same: Same) -> None:
    team = telling.plan.children[same.one].team
    case = telling.cases[same.one]
    row = duplicates.propose_same(
        telling.worker(team), case=case, other=telling.cases[same.other],
        reason="The same birthday and the same grandmother (invented).",
    )  # fmt: skip
    telling.on(same.agreed, "same", _agree, same, row)


def _agree(telling: Telling, same: Same, row: UUID) -> None:
    team = telling.plan.children[same.one].team
    joined = duplicates.agree_same(telling.second(team), case=telling.cases[same.one], same=row)
    if same.parting is not None:
        telling.on(same.parting, "same", _say_two, same, joined)


def _say_two(telling: Telling, same: Same, row: UUID) -> None:
    team = telling.plan.children[same.one].team
    parting = duplicates.propose_parted(
        telling.worker(team), case=telling.cases[same.one], same=row,
        reason="A certificate came for each of them (invented).",
    )  # fmt: skip
    if same.parted is not None:
        telling.on(same.parted, "same", _agree_two, same, parting)


def _agree_two(telling: Telling, same: Same, row: UUID) -> None:
    team = telling.plan.children[same.one].team
    duplicates.agree_parted(telling.second(team), case=telling.cases[same.one], same=row)


# ── where they lived ────────────────────────────────────────────────────────────────────────


def _house(telling: Telling, stay: Stay) -> None:
    worker = telling.worker(stay.team)
    group = tuple(telling.cases[key] for key in stay.children)
    request = admissions.ask_for_place(worker, cases=group)
    admissions.admit_to_facility(
        worker, request=request, facility=telling.office.homes[stay.living.home], cases=group,
        parting_reason="They were brought to safety in two operations.",
    )  # fmt: skip
    for case in group:
        telling.on(stay.living.until_on, "leave", _leave, stay, case)


def _leave(telling: Telling, stay: Stay, case: UUID) -> None:
    admissions.discharge(
        telling.worker(stay.team), case=case, on=stay.living.until_on,
        end=StayEnd.KIN if stay.living.kin else StayEnd.REUNITED,
        why="Safe kin, after the assessment and two visits.", went_to="An aunt (invented)",
    )  # fmt: skip


def _when(days: Days) -> Happening:
    return Happening(days.first, days.last)


def _birth(born: Days | None) -> PartialDate | None:
    if born is None:
        return None
    return PartialDate(born.first, born.last, DAY if born.first == born.last else YEAR)
