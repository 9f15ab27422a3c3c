"""Suspects, arrests, judgments and demand of the history, through the door."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tahanan.casework import justice
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Answer, SuspectKin
from tahanan.world.history.lived import Telling
from tahanan.world.history.shapes import Arrest, Child, Judgment, Naming, Suspect

_AT_HOME = frozenset(
    {SuspectKin.PARENT, SuspectKin.STEP_PARENT, SuspectKin.PARENTS_PARTNER, SuspectKin.GRANDPARENT}
)


def set_going(telling: Telling) -> None:
    """Everything of the plan that concerns those accused, on the day it is known."""
    plan = telling.plan
    for suspect in plan.suspects.values():
        by_day: dict[date, list[Naming]] = {}
        for naming in suspect.namings:
            by_day.setdefault(naming.known, []).append(naming)
        for known, namings in by_day.items():
            telling.on(known, "name", _name, suspect, namings)
    for arrest in plan.arrests:
        telling.on(arrest.known, "arrest", _arrest, arrest)
    for judgment in plan.judgments:
        telling.on(judgment.known, "court", _judge, judgment)
    for child in plan.children.values():
        for country, known in child.paid_from:
            telling.on(known, "more", _demand, child, country, known)


def _name(telling: Telling, suspect: Suspect, namings: list[Naming]) -> None:
    of = tuple(
        justice.Named(
            telling.cases[naming.child], naming.kin,
            Answer.YES if naming.kin in _AT_HOME else Answer.UNKNOWN,
        )
        for naming in namings
    )  # fmt: skip
    known = namings[0].known
    before = telling.suspects.get(suspect.key)
    number = suspect.key.rpartition("-")[2]
    who = justice.Who(f"Suspect {number} (invented)") if before is None else justice.Who()
    telling.suspects[suspect.key] = justice.name_suspect(
        telling.worker(suspect.team), of=of, who=who, part=suspect.part, minor=suspect.minor,
        named=Happening(known, known), suspect=before,
    )  # fmt: skip


def _first(telling: Telling, suspect: str) -> UUID:
    """The child through whom he is known: the first he was named for."""
    namings = telling.plan.suspects[suspect].namings
    return telling.cases[min(namings, key=lambda naming: naming.known).child]


def _arrest(telling: Telling, arrest: Arrest) -> None:
    worker = telling.worker(telling.plan.suspects[arrest.suspect].team)
    case = _first(telling, arrest.suspect)
    row = justice.record_arrest(
        worker, case=case, suspect=telling.suspects[arrest.suspect],
        happened=Happening(arrest.days.first, arrest.days.last),
        operation=None if arrest.raid is None else telling.raids[arrest.raid],
        country=arrest.country, supported=arrest.supported,
    )  # fmt: skip
    if arrest.withdrawn is not None:
        telling.on(arrest.withdrawn, "mend", _withdraw, arrest, row)


def _withdraw(telling: Telling, arrest: Arrest, row: UUID) -> None:
    worker = telling.worker(telling.plan.suspects[arrest.suspect].team)
    justice.withdraw_arrest(worker, case=_first(telling, arrest.suspect), arrest=row)


def _judge(telling: Telling, judgment: Judgment) -> None:
    suspect = telling.plan.suspects[judgment.suspect]
    worker, case = telling.worker(suspect.team), _first(telling, judgment.suspect)
    number = f"R-{judgment.docket.rpartition('-')[2]} (invented)"
    docket = telling.dockets.get(judgment.docket)
    row = justice.record_judgment(
        worker, case=case, suspect=telling.suspects[suspect.key], docket=docket,
        happened=Happening(judgment.days.first, judgment.days.last), charge=judgment.charge,
        outcome=judgment.outcome, plea=judgment.plea, sentence=judgment.sentence,
        level=judgment.level, country=judgment.country, supported=judgment.supported,
        court_number=number if docket is None else "",
    )  # fmt: skip
    if docket is None:
        known = justice.justice(worker, case=case).suspects
        rows = (each for suspected in known for each in suspected.judgments)
        telling.dockets[judgment.docket] = next(each.docket for each in rows if each.id == row)


def _demand(telling: Telling, child: Child, country: str, known: date) -> None:
    justice.record_demand(
        telling.worker(child.team), case=telling.cases[child.key], country=country,
        happened=Happening(known, known),
    )  # fmt: skip
