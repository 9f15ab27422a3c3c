"""Living the recipe through the door: every night and what followed, in the order it was known."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.base.errors import Refusal
from tahanan.casework import (
    admissions,
    cases,
    child_page,
    facilities,
    grants,
    intake,
    legal_basis,
    notes,
    operations,
)
from tahanan.records.vocabulary import (
    BasisKind,
    Compartment,
    DecidedBy,
    Element,
    Finding,
    Kin,
    Purpose,
    Sex,
    Status,
    StayEnd,
)
from tahanan.world import recipe
from tahanan.world.office import Office
from tahanan.world.recipe import Household, Kid, NightPlan

Act = Callable[[], object]


@dataclass
class Story:
    """The office, the day it is told on, and what is still to happen."""

    office: Office
    today: date
    drawn: random.Random
    waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    order: count[int] = field(default_factory=count)
    told: int = 0

    def at(self, day: date, hour: int, act: Act, minute: int = 0) -> None:
        """Let something happen on a day, unless that day is still ahead."""
        instant = datetime.combine(day, time(hour, minute), clock.MANILA)
        if instant <= datetime.combine(self.today, time(8), clock.MANILA):
            heapq.heappush(self.waiting, (instant, next(self.order), act))

    def run(self, progress: Callable[[str], None]) -> None:
        """Everything, in the order it was known; what happens may set more to happen."""
        month = ""
        while self.waiting:
            instant, _order, act = heapq.heappop(self.waiting)
            if f"{instant:%B %Y}" != month:
                month = f"{instant:%B %Y}"
                progress(f"  {month}")
            with clock.frozen(instant):
                act()
            self.told += 1

    def actor(self, key: str) -> Actor:
        """Somebody of the office."""
        return self.office.actors[key]


def tell(
    office: Office,
    today: date,
    seed: int,
    progress: Callable[[str], None],
    nights: int | None = None,
) -> int:
    """Every night of the recipe, and what followed. Gives how many things happened."""
    story = Story(office, today, random.Random(f"{seed}/story"))  # noqa: S311  a story
    plans = recipe.nights(seed)
    for plan in plans if nights is None else plans[-nights:]:
        day = recipe.day_of(plan, today)
        story.at(day, plan.hour, partial(_night, story, plan, day), 12)
    story.run(progress)
    return story.told


@dataclass(frozen=True)
class _Family:
    """One household of a night, taken in: its plan and its cases, in the same order."""

    plan: Household
    cases: tuple[UUID, ...]
    by: str


def _night(story: Story, plan: NightPlan, day: date) -> None:
    """One removal, from the first answer to the drawn families; what comes after is set going."""
    worker = story.actor(plan.by)
    team = next(m.team for m in worker.memberships)
    taken = intake.open_intake(worker, team=team)
    _shared(worker, taken, plan, day)
    families = []
    for household in plan.households:
        ids = [_child(worker, taken, household, kid) for kid in household.kids]
        if plan.ending == "unfinished":
            ids = ids[:2]
        families.append(_Family(household, tuple(ids), plan.by))
    if plan.ending == "unfinished":
        return
    for family in families:
        if len(family.cases) > 1:
            _draw(worker, taken, family)
    intake.finish_intake(worker, intake=taken)
    for number, family in enumerate(families):
        _after(story, plan, day, family, waits=plan.ending == "beds" and number > 0)


def _shared(worker: Actor, taken: UUID, plan: NightPlan, day: date) -> None:
    steps: dict[str, dict[str, str]] = {
        "when": {
            "happened-day": str(day.day), "happened-month": str(day.month),
            "happened-year": str(day.year), "hour": f"{max(plan.hour - 1, 0):02d}:40",
        },
        "where": {"city": plan.city[0], "city_code": plan.city[1]},
        "who": {"unit": "Women’s Desk (invented)", "source": "Hotline call", "how": "removed"},
    }  # fmt: skip
    if plan.ending not in ("unfinished", "beds"):
        steps["custody"] = {
            "decider": "City social welfare officer (invented)",
            "authority": "Protective custody",
            "reference": f"PC-{day:%y%m%d}",
        }
    for step, typed in steps.items():
        seen = intake.shared(worker, intake=taken).standing.version
        intake.answer_shared(worker, intake=taken, step=step, typed=typed, seen=seen)


def _child(worker: Actor, taken: UUID, household: Household, kid: Kid) -> UUID:
    """One child's answers; the first of them opens her file."""
    first = {
        "name": kid.name,
        "no_name": "" if kid.name else "on",
        "sex": kid.sex.value,
        "age-years": str(kid.years) if kid.years else "",
        "age-months": str(kid.months) if not kid.years else "",
    }
    id = intake.add_child(worker, intake=taken, step="tonight", typed=first)
    pane = _pane(worker, taken, id)
    if pane.case is None:
        intake.say_known(worker, intake=taken, child=id, same=None)
    if kid.name and household.surname:
        full = f"{kid.name} {household.middle} {household.surname}"
        _answer(worker, taken, id, "belongs", {"language": "Cebuano", "full_name": full})
        _answer(worker, taken, id, "needs", {"nothing": "on"})
    case = _pane(worker, taken, id).case
    if case is None:
        raise RuntimeError(f"No file was opened for {kid.name or 'a child without a name'}.")
    return case


def _answer(worker: Actor, taken: UUID, child: UUID, step: str, typed: dict[str, str]) -> None:
    seen = intake.child(worker, intake=taken, child=child).version
    intake.answer_child(worker, intake=taken, child=child, step=step, typed=typed, seen=seen)


def _pane(worker: Actor, taken: UUID, child: UUID) -> intake.Pane:
    return next(p for p in intake.board(worker, intake=taken).panes if p.id == child)


def _draw(worker: Actor, taken: UUID, family: _Family) -> None:
    panes = intake.board(worker, intake=taken).panes
    kids = tuple(pane.id for pane in panes if pane.case in family.cases)
    intake.draw_family(worker, intake=taken, children=kids, bond=family.plan.bond)


def _after(story: Story, plan: NightPlan, day: date, family: _Family, *, waits: bool) -> None:
    """What follows a removal for one family, on its days."""
    worker = story.actor(plan.by)
    if not waits:
        story.at(day, plan.hour, lambda: _place(story, worker, family), 50)
    for case, kid in zip(family.cases, family.plan.kids, strict=True):
        _months(story, worker, day, case, kid)
    if plan.ending == "kin":
        back = day + timedelta(days=story.drawn.randint(96, 124))
        story.at(back, 11, lambda: _home_again(worker, family))
    if plan.ago in (61, 45):
        wrong = operations.Happening(day - timedelta(days=1), day - timedelta(days=1))
        story.at(day + timedelta(days=9), 10, lambda: _correct(worker, family.cases[0], wrong))
    if plan.ago in (95, 31):
        story.at(day + timedelta(days=20), 9, lambda: _exclude(story, family.cases[0]))


def _place(story: Story, worker: Actor, family: _Family) -> None:
    """Beds for the whole family where one home can take all; else it goes on waiting."""
    request = admissions.ask_for_place(worker, cases=family.cases)
    offered = admissions.placement(worker, request=request).all_together
    if not offered:
        return
    # An assessment center first for a family just brought to safety, where one has room.
    home = next((o for o in offered if o.home.kind == "assessment_center"), offered[0])
    admissions.admit_to_facility(worker, request=request, facility=home.home.id, cases=family.cases)
    for days in range(30, 360, 30):
        # Reviewed on the day or a little late; the last ones wait for whoever signs in today.
        again = clock.today() + timedelta(days=days + story.drawn.choice((0, 0, 0, 1, 2)))
        if again < story.today - timedelta(days=3):
            for case in family.cases:
                story.at(again, 13, partial(_review, worker, case))
    if home.home.kind == "assessment_center":
        moves = clock.today() + timedelta(days=story.drawn.randint(70, 88))
        story.at(moves, 10, partial(_move, story, worker, family))
    _received(story, family, home.home)


def _received(story: Story, family: _Family, home: facilities.FacilityShape) -> None:
    """The head says in the evening that they came; the last ones wait for whoever signs in."""
    if home.organisation == story.office.organisations["banaba"] and clock.today() < story.today:
        head = story.actor("ofelia")
        for case in family.cases:
            story.at(clock.today(), 18, partial(admissions.receive_admission, head, case=case))


def _months(story: Story, worker: Actor, day: date, case: UUID, kid: Kid) -> None:
    """What is written and decided about one child, on its days."""
    drawn = story.drawn

    def later(days: int, hour: int, act: Callable[..., object], *args: object) -> None:
        story.at(day + timedelta(days=days), hour, partial(act, worker, case, *args))

    later(1, 14, _note, Compartment.CARE, drawn.choice(recipe.CARE_NOTES))
    later(2, 16, _adults, drawn.choice((Kin.GRANDPARENT, Kin.AUNT_UNCLE)))
    if kid.name == "Maya" or drawn.random() < 0.5:
        later(4, 16, _what_helps, cases.Care(*drawn.choice(recipe.WHAT_HELPS)))
    later(3, 11, _note, Compartment.HEALTH, drawn.choice(recipe.HEALTH_NOTES))
    for days in range(9, 200, drawn.randint(13, 24)):
        text, late = drawn.choice(recipe.CARE_NOTES), drawn.randint(0, 6)
        later(days, 15, _note, Compartment.CARE, text, late)
    if drawn.random() < 0.7:
        status = Status.VICTIM if drawn.random() < 0.8 else Status.NOT_VICTIM
        later(drawn.randint(8, 15), 10, _decide, status)
    if drawn.random() < 0.3:
        later(14, 9, _call_therapist, story)
        later(25, 9, _note, Compartment.JUSTICE, drawn.choice(recipe.JUSTICE_NOTES))
    if drawn.random() < 0.25:
        later(6, 10, _consent, story.today + timedelta(days=drawn.randint(-1, 45)))
    if kid.name == "Maya":
        later(2, 9, _in_her_own_words)
    if not kid.name:
        later(2, 12, _names_herself, kid)


def _call_therapist(worker: Actor, case: UUID, story: Story) -> None:
    grants.call_therapist(worker, case=case, team=story.office.teams["therapy"])
    hour = partial(
        _note, story.actor("cecilia"), case, Compartment.THERAPY,
        "Second hour. Chose the colours, and then the song.",
    )  # fmt: skip
    story.at(clock.today() + timedelta(days=7), 17, hour)


def _note(worker: Actor, case: UUID, part: Compartment, text: str, late: int = 0) -> None:
    day = clock.today() - timedelta(days=late)
    notes.write_note(
        worker, case=case, compartment=part, text=text, happened=operations.Happening(day, day)
    )


def _adults(worker: Actor, case: UUID, kin: Kin) -> None:
    legal_basis.record_contact(
        worker, case=case, kin=kin, may_decide=True, may_be_told=True, name="Lola Ising (invented)"
    )
    legal_basis.record_contact(
        worker, case=case, kin=Kin.PARENT, may_decide=False, may_be_told=False, name="(withheld)"
    )


def _decide(worker: Actor, case: UUID, status: Status) -> None:
    cases.decide_status(
        worker, case=case, status=status, decided_by=DecidedBy.CASE_CONFERENCE,
        decider="Conference of the team (invented)", from_on=clock.today(),
    )  # fmt: skip
    if status is Status.VICTIM:
        for element in (Element.MINOR, Element.ONLINE):
            cases.record_element(
                worker, case=case, element=element, finding=Finding.ESTABLISHED,
                from_on=clock.today(),
            )  # fmt: skip


def _review(worker: Actor, case: UUID) -> None:
    # A review is only there to be written while the child lives somewhere and one is due.
    try:
        admissions.review_stay(worker, case=case, words="Settled; likes the bed by the window.")
    except Refusal:
        return


def _consent(worker: Actor, case: UUID, until: date) -> None:
    legal_basis.record_basis(
        worker, cases=(case,), kind=BasisKind.CONSENT,
        compartments=(Compartment.CARE, Compartment.HEALTH), purpose=Purpose.CARE,
        authority=legal_basis.Authority("Lola Ising (invented)", "Grandmother", "In writing"),
        from_on=clock.today(), until_on=until,
    )  # fmt: skip


def _what_helps(worker: Actor, case: UUID, care: cases.Care) -> None:
    cases.say_what_helps(worker, case=case, care=care, seen=None)


def _in_her_own_words(worker: Actor, case: UUID) -> None:
    """Her own words and what she calls herself, once she trusts somebody."""
    seen = cases.card(worker, case=case)
    said = replace(seen.said, own_word="survivor", school="Grade 7", allergies="Peanuts")
    _rewrite(worker, seen, said)


def _names_herself(worker: Actor, case: UUID, kid: Kid) -> None:
    seen = cases.card(worker, case=case)
    name = "Nene" if kid.sex is Sex.GIRL else "Boyet"
    _rewrite(worker, seen, replace(seen.said, chosen=name))


def _rewrite(worker: Actor, seen: cases.Seen[cases.Card], card: cases.Card) -> None:
    if seen.piece is None:
        raise RuntimeError("A file was opened without a card.")
    cases.change_card(worker, case=seen.case, card=card, seen=seen.piece)


def _correct(worker: Actor, case: UUID, happened: operations.Happening) -> None:
    """The raid began before midnight: the day of one file is mended, and what stood stays."""
    entries = child_page.whole_way(worker, case=case).entries
    brought = next(each for each in entries if each.what is child_page.What.REMOVAL)
    operations.correct_removal(worker, case=case, removal=brought.stands.row, happened=happened)


def _exclude(story: Story, case: UUID) -> None:
    admissions.declare_exclusion(
        story.actor("amelia"), case=case, facility=story.office.homes["foster9"],
        reason="A relative of this household is named in the case (invented).",
    )  # fmt: skip


def _move(story: Story, worker: Actor, family: _Family) -> None:
    """From the assessment center to a family or a shelter that can take all of them."""
    request = admissions.ask_for_place(worker, cases=family.cases)
    offered = admissions.placement(worker, request=request).all_together
    home = next((o for o in offered if o.home.kind != "assessment_center"), None)
    if home is None:
        return
    try:
        admissions.move_to_facility(
            worker, request=request, facility=home.home.id, cases=family.cases,
            moving_reason="The assessment is done; they stay together.",
        )  # fmt: skip
    except Refusal:
        # They left for relatives meanwhile.
        return
    _received(story, family, home.home)


def _home_again(worker: Actor, family: _Family) -> None:
    for case in family.cases:
        try:
            admissions.discharge(
                worker, case=case, on=clock.today(), end=StayEnd.KIN,
                why="Safe kin, after the assessment and two visits.", went_to="An aunt (invented)",
            )  # fmt: skip
        except Refusal:
            continue
