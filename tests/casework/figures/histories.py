"""Histories of dated rows, written without the door: who happened when, and was known when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from tahanan.access import links
from tahanan.base import clock, ids
from tahanan.records import models as tables
from tahanan.records.bases import Dated, DatedState
from tahanan.records.fields import PersonLink, SuspectLink
from tahanan.records.vocabulary import (
    Answer,
    Bond,
    Charge,
    CourtLevel,
    DecidedBy,
    HowSafe,
    Outcome,
    Part,
    Plea,
    Sameness,
    Sentence,
    Sex,
    Status,
    SuspectKin,
)
from tahanan.records.walls.session import admit

_REGION = "0700000000"


@dataclass
class History:
    """Rows of one installation. Run as the owner: nobody holds a grant on any of these."""

    cases: list[tables.Case] = field(default_factory=list)
    _turn: Any = field(default_factory=count)

    def add(self, model: type[Dated], known: date, **fields: Any) -> Any:
        """A row known on a day."""
        at = datetime.combine(known, time(4), UTC) + timedelta(milliseconds=next(self._turn))
        row = model(
            id=ids.uuid7(), tenant=links.tenant(), known_at=at, known_day=clock.manila_day(at),
            recorded_at=at, recorded_by=PersonLink(int=uuid4().int), **fields,
        )  # fmt: skip
        row.save(force_insert=True)
        return row

    def correct(self, row: Any, known: date, *, withdrawn: bool = False, **changes: Any) -> Any:
        """Its successor, from a day on; what is not named stays."""
        at = datetime.combine(known, time(4), UTC) + timedelta(milliseconds=next(self._turn))
        at = max(at, row.known_at)
        model = type(row)
        kept = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
        model.objects.filter(id=row.id).update(replaced_at=at, replaced_day=clock.manila_day(at))
        new = model(
            **kept
            | changes
            | {
                "id": ids.uuid7(), "known_at": at, "known_day": clock.manila_day(at),
                "recorded_at": at, "replaces_id": row.id, "withdrawn": withdrawn,
            }
        )  # fmt: skip
        new.save(force_insert=True)
        return new

    def case(self) -> tables.Case:
        """A child with a case, of whom nothing is known yet."""
        survivor = tables.Survivor(tenant=links.tenant())
        survivor.save(force_insert=True)
        case = tables.Case(
            tenant=links.tenant(), survivor=survivor, reference=f"F-{len(self.cases):05}",
            region=_REGION, opened_on=date(2011, 1, 1), exclusions=b"",
        )  # fmt: skip
        case.save(force_insert=True)
        self.cases.append(case)
        return case

    def rescued(self, happened: date, known: date, **more: Any) -> Child:
        """A supported child who was removed on a day, and is at risk from then."""
        case = self.case()
        self.add(tables.Support, known, case=case, from_on=happened)
        return Child(
            case,
            self.removal(case, happened, known, **more),
            self.add(
                tables.CaseStatus, known, case=case, status=Status.AT_RISK,
                decided_by=DecidedBy.SOCIAL_WORKER, from_on=happened,
            ),
        )  # fmt: skip

    def victim(self, happened: date, known: date, **more: Any) -> Child:
        """… and a victim from the same day."""
        child = self.rescued(happened, known, **more)
        return self.decide(child, happened, known)

    def decide(
        self, child: Child, from_on: date, known: date, status: Status = Status.VICTIM
    ) -> Child:
        """A status from a day on; the one before ends that day."""
        self.correct(child.status, known, until_on=from_on)
        child.status = self.add(
            tables.CaseStatus, known, case=child.case, status=status,
            decided_by=DecidedBy.SOCIAL_WORKER, from_on=from_on,
        )  # fmt: skip
        return child

    def removal(self, case: tables.Case, happened: date, known: date, **more: Any) -> Any:
        """A child brought to safety."""
        fields: dict[str, Any] = {
            "how": HowSafe.REMOVED, "sex": Sex.GIRL, "youngest_band": 2, "oldest_band": 2,
            "region": _REGION,
        }  # fmt: skip
        return self.add(
            tables.Removal, known, case=case, happened_on=happened, happened_until=happened,
            **fields | more,
        )  # fmt: skip

    def operation(self, happened: date, known: date) -> Any:
        """An operation."""
        return self.add(
            tables.Operation, known, happened_on=happened, happened_until=happened, region=_REGION
        )

    def siblings(self, one: Child, other: Child, known: date) -> Any:
        """Two drawn as siblings."""
        low, high = sorted((one.case.survivor_id, other.case.survivor_id))
        return self.add(
            tables.SiblingLink, known, case=one.case, survivor_id=low, sibling_id=high,
            bond=Bond.FULL, from_on=known,
        )  # fmt: skip

    def join(self, one: Child, other: Child, known: date) -> Any:
        """Two records said to be one child, by two people."""
        low, high = sorted((one.case.survivor_id, other.case.survivor_id))
        said = self.add(
            tables.SameChild, known, case=one.case, survivor_id=low, same_id=high,
            word=Sameness.PROPOSED, from_on=known,
        )  # fmt: skip
        return self.correct(said, known, word=Sameness.JOINED)

    def suspicion(self, child: Child, suspect: SuspectLink, named: date, known: date) -> Any:
        """A suspect named for a child."""
        return self.add(
            tables.Suspicion, known, case=child.case, suspect=suspect, kin=SuspectKin.PARENT,
            part=Part.FACILITATOR, minor=Answer.NO, lives_with=Answer.YES, happened_on=named,
            happened_until=named,
        )  # fmt: skip

    def arrest(self, suspect: SuspectLink, happened: date, known: date) -> Any:
        """A suspect arrested."""
        return self.add(
            tables.Arrest, known, suspect=suspect, country="PH", happened_on=happened,
            happened_until=happened,
        )  # fmt: skip

    def judgment(
        self,
        suspect: SuspectLink,
        docket: UUID,
        happened: date,
        known: date,
        outcome: Outcome = Outcome.CONVICTED,
        level: CourtLevel = CourtLevel.TRIAL,
    ) -> Any:
        """What a court said of one suspect."""
        return self.add(
            tables.Judgment, known, suspect=suspect, docket=docket, charge=Charge.TRAFFICKING,
            outcome=outcome, plea=Plea.NOT_GUILTY, sentence=Sentence.PRISON, level=level,
            country="PH", happened_on=happened, happened_until=happened,
        )  # fmt: skip


@dataclass
class Child:
    """A child's case, her removal, her status that stands."""

    case: tables.Case
    removal: Any
    status: DatedState


def suspect() -> SuspectLink:
    """Somebody, as a link that leads nowhere."""
    return SuspectLink(int=uuid4().int)


class Counting:
    """A transaction in which figures may be counted."""

    def __enter__(self) -> None:
        self._open = transaction.atomic()
        self._open.__enter__()
        admit(connection, [], links.tenant())

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)
