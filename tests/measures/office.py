"""Random histories made of commands, through the door. All of it invented.

Each command is known at an instant of its own, as an import says it; a command that is refused is
part of the history too, and leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from tests.cast.cast import Cast

from tahanan.access.actor import Actor
from tahanan.base.days import PartialDate
from tahanan.base.errors import Refusal
from tahanan.base.names import LegalName
from tahanan.casework import cases, duplicates, intake, justice, operations, survivors
from tahanan.casework.justice import Named, Who
from tahanan.casework.operations import Happening
from tahanan.records import vocabulary as words

FIRST = date(2019, 3, 1)
DAYS = 40
REGION = "0700000000"

Act = Callable[["Office"], None]


class Office:
    """Ana and Ben at work, and what they have done so far."""

    def __init__(self, cast: Cast, random: Random) -> None:
        self.cast, self.random = cast, random
        self.operations: list[UUID] = []
        self.children: list[UUID] = []
        self.suspects: list[tuple[UUID, UUID]] = []
        self.dockets: list[UUID] = []
        self.joined: list[tuple[UUID, UUID]] = []
        self.done: dict[str, int] = {}

    def ana(self) -> Actor:
        """Ana, who says that it was known on some day."""
        return self.cast.ana.importing(self.instant())

    def ben(self) -> Actor:
        """Ben, likewise."""
        return self.cast.ben.importing(self.instant())

    def work(self, commands: int) -> None:
        """So many commands, some of them refused."""
        first: list[Act] = [record_operation, record_child, record_child, record_child]
        for act in [*first, *(self.random.choice(ACTS) for _ in range(commands))]:
            with suppress(Refusal):
                act(self)
                self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    # ── chance ──────────────────────────────────────────────────────────────────────────────

    def day(self) -> date:
        """Some day of the few in question."""
        return FIRST + timedelta(days=self.random.randrange(DAYS))

    def instant(self) -> datetime:
        """Some instant, often just when a day ends in Manila."""
        at = datetime.combine(self.day(), datetime.min.time(), UTC) + timedelta(hours=16)
        steps = (timedelta(), timedelta(microseconds=-1), timedelta(hours=-7))
        return at + self.random.choice(steps)

    def happened(self) -> Happening:
        """A day, or some days between which it was."""
        first = self.day()
        return Happening(first, first + timedelta(days=self.random.choice((0, 0, 0, 1, 6))))

    def any(self, codes: Any) -> Any:
        """Some code."""
        return self.random.choice(tuple(codes))

    def child(self) -> UUID:
        """Some child."""
        return self.random.choice(self.children)

    def suspect(self) -> tuple[UUID, UUID]:
        """Some child, and a suspect named for her."""
        if not self.suspects:
            raise Refusal("nobody", "Nobody is named yet.")
        return self.random.choice(self.suspects)


def record_operation(of: Office) -> None:
    """An operation, mostly supported and led by law enforcement."""
    of.operations.append(
        intake.record_operation(
            of.ana(), team=of.cast.team("casework"), happened=of.happened(), region=REGION,
            kind=of.any((*words.OperationKind, words.OperationKind.LAW_ENFORCEMENT)),
            supported=of.random.random() < 0.85,
        )
    )  # fmt: skip


def record_child(of: Office) -> None:
    """A child, whose birth is known by day, by year, or not at all."""
    born = of.any((2005, 2007, 2011))
    exact = PartialDate(date(born, 3, 20), date(born, 3, 20), "day")
    by_year = PartialDate(date(born, 1, 1), date(born, 12, 31), "year")
    card = cases.Card(
        chosen="Tala", sex=words.Sex.GIRL, birth=of.any((exact, exact, by_year, None))
    )
    happened = of.happened()
    case = intake.record_child(
        of.ana(), team=of.cast.team("casework"),
        operation=of.any((*of.operations, None)), happened=happened, region=REGION,
        how=of.any((*words.HowSafe, words.HowSafe.REMOVED)), card=card,
        name=LegalName("Tala", surname="Cruz"), supported=of.random.random() < 0.85,
    )  # fmt: skip
    of.children.append(case)
    if of.random.random() < 0.6:
        decide_status(of, case, words.Status.VICTIM, happened.last)


def decide_status(
    of: Office,
    case: UUID | None = None,
    status: words.Status | None = None,
    from_on: date | None = None,
) -> None:
    """A status is decided, perhaps for an earlier day than it is known."""
    cases.decide_status(
        of.ana(), case=case or of.child(), status=status or of.any(words.Status),
        decided_by=words.DecidedBy.COURT, decider="", from_on=from_on or of.day(),
    )  # fmt: skip


def correct_removal(of: Office) -> None:
    """A removal was on another day, or is known by some days alone."""
    operations.correct_removal(of.ana(), case=of.child(), happened=of.happened())


def correct_operation(of: Office) -> None:
    """An operation was on another day, and its removals with it."""
    at = of.random.randrange(len(of.operations))
    of.operations[at] = operations.correct_operation(
        of.ana(), case=of.child(), operation=of.operations[at], happened=of.happened()
    )


def draw_siblings(of: Office) -> None:
    """Two are drawn as siblings, late or not."""
    pair = survivors.Pair(of.child(), of.child(), of.any(words.Bond))
    survivors.draw_siblings(of.ana(), pairs=(pair,), from_on=of.day())


def part_siblings(of: Office) -> None:
    """Two turn out to be no siblings."""
    survivors.part_siblings(of.ana(), one=of.child(), other=of.child())


def propose_same(of: Office) -> None:
    """Ana says that two records are of one child; mostly Ben agrees."""
    case = of.child()
    row = duplicates.propose_same(of.ana(), case=case, other=of.child(), reason="The same scar.")
    if of.random.random() < 0.8:
        row = duplicates.agree_same(of.ben(), case=case, same=row)
        of.joined.append((case, row))


def part_same(of: Office) -> None:
    """Ben says that they are two after all; Ana agrees or not."""
    if not of.joined:
        raise Refusal("nobody", "Nobody is joined.")
    case, row = of.joined.pop()
    row = duplicates.propose_parted(of.ben(), case=case, same=row, reason="Two scars.")
    if of.random.random() < 0.6:
        duplicates.agree_parted(of.ana(), case=case, same=row)


def name_suspect(of: Office) -> None:
    """Somebody is named for a child: new, or named before for another."""
    case = of.child()
    known = of.any([None, *(suspect for _, suspect in of.suspects)])
    suspect = justice.name_suspect(
        of.ana(), of=(Named(case, of.any(words.SuspectKin), words.Answer.UNKNOWN),),
        who=Who(name="Invented Person"), part=of.any((*words.Part, words.Part.FACILITATOR)),
        minor=of.any((*words.Answer, words.Answer.NO, words.Answer.NO)), named=of.happened(),
        suspect=known,
    )  # fmt: skip
    of.suspects.append((case, suspect))


def record_arrest(of: Office) -> None:
    """An arrest, perhaps the second of the same man."""
    case, suspect = of.suspect()
    justice.record_arrest(
        of.ana(), case=case, suspect=suspect, happened=of.happened(),
        operation=of.any((*of.operations, None)), country=of.any(("PH", "PH", "AU")),
        supported=of.random.random() < 0.85,
    )  # fmt: skip


def record_judgment(of: Office) -> None:
    """A court speaks: of trial, of appeal, or the last one."""
    case, suspect = of.suspect()
    justice.record_judgment(
        of.ana(), case=case, suspect=suspect, docket=of.any((*of.dockets[-1:], None)),
        happened=of.happened(), charge=words.Charge.TRAFFICKING,
        outcome=of.any((*words.Outcome, words.Outcome.CONVICTED)), plea=of.any(words.Plea),
        sentence=of.any(words.Sentence), level=of.any(words.CourtLevel),
        country=of.any(("PH", "PH", "AU")), supported=of.random.random() < 0.85,
    )  # fmt: skip


def correct_or_withdraw(of: Office) -> None:
    """Something said of a suspect is corrected, or taken back."""
    case, _suspect = of.suspect()
    shape = of.any(justice.justice(of.cast.ana, case=case).suspects)
    happened = of.happened()
    if shape.judgments and of.random.random() < 0.4:
        row = of.any(shape.judgments)
        of.dockets.append(row.docket)
        justice.correct_judgment(
            of.ana(), case=case, judgment=row.id, happened=happened,
            outcome=of.any(words.Outcome),
        )  # fmt: skip
    elif shape.arrests and of.random.random() < 0.5:
        row = of.any(shape.arrests)
        if of.random.random() < 0.5:
            justice.withdraw_arrest(of.ana(), case=case, arrest=row.id)
        else:
            justice.correct_arrest(of.ana(), case=case, arrest=row.id, happened=happened)
    else:
        justice.correct_suspicion(
            of.ana(), case=case, suspicion=shape.suspicion.id, kin=of.any(words.SuspectKin)
        )


def record_element(of: Office) -> None:
    """Something is found of one element."""
    cases.record_element(
        of.ana(), case=of.child(), element=of.any(words.Element), finding=of.any(words.Finding),
        depiction=None, from_on=of.day(),
    )  # fmt: skip


def record_demand(of: Office) -> None:
    """Somebody who paid is known of."""
    justice.record_demand(
        of.ana(), case=of.child(), country=of.any(("AU", "US")), happened=of.happened()
    )


def end_support(of: Office) -> None:
    """The programme supports a case no more."""
    justice.end_support(of.ana(), case=of.child(), on=of.day() + timedelta(days=20))


# Each as often as it is listed.
ACTS: tuple[Act, ...] = (
    *(record_child,) * 5, *(record_operation,) * 2, *(decide_status,) * 4,
    *(correct_removal,) * 5, *(correct_operation,) * 2, *(draw_siblings,) * 5, part_siblings,
    *(propose_same,) * 3, *(part_same,) * 2, *(name_suspect,) * 5, *(record_arrest,) * 3,
    *(record_judgment,) * 5, *(correct_or_withdraw,) * 4, *(record_element,) * 2, record_demand,
    end_support,
)  # fmt: skip
