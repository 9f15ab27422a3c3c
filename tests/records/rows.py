"""Plain rows for tests of the database itself: no keys, no door, random links."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from tahanan.base import ids
from tahanan.records import models as tables
from tahanan.records.fields import FacilityLink, PersonLink, SuspectLink, TeamLink, TenantLink
from tahanan.records.vocabulary import (
    Answer,
    BasisKind,
    Bond,
    Charge,
    ClockKind,
    CourtLevel,
    DecidedBy,
    Element,
    FacilityKind,
    Finding,
    HowSafe,
    Kin,
    Outcome,
    Part,
    Plea,
    Purpose,
    Sameness,
    Sentence,
    Sex,
    Status,
    StayMode,
    SuspectKin,
    TeamKind,
)
from tahanan.records.walls.session import admit

TENANT = TenantLink(int=uuid4().int)
DAY = date(2026, 3, 14)
INSTANT = datetime(2026, 3, 14, 2, 10, tzinfo=UTC)


def team() -> TeamLink:
    """The link of some team."""
    return TeamLink(int=uuid4().int)


@contextmanager
def seen_by(*links: UUID, tenant: UUID = TENANT) -> Iterator[None]:
    """A transaction that looks by these links."""
    with transaction.atomic():
        admit(connection, links, tenant)
        yield


def dated(**more: Any) -> dict[str, Any]:
    """The columns of every dated row."""
    return {
        "tenant": TENANT,
        "known_at": INSTANT,
        "known_day": DAY,
        "recorded_at": INSTANT,
        "recorded_by": PersonLink(int=uuid4().int),
        **more,
    }


@dataclass
class Child:
    """A case as it stands after an intake: one row in each table of the file room."""

    team: TeamLink
    case: UUID = field(default_factory=ids.uuid7)
    rows: dict[str, UUID] = field(default_factory=dict)

    def id(self, table: str) -> UUID:
        """The id of this child's row in a table."""
        return self.rows[table]


def child(of: TeamLink, home: UUID | None = None) -> Child:
    """Write one child of team `of`, seen by that team, in one transaction."""
    made = Child(of)
    with seen_by(of):
        _case(made)
        _facts(made, home)
        _work(made)
    return made


def _case(made: Child) -> None:
    survivor = _row(made, tables.Survivor, tenant=TENANT)
    _row(
        made,
        tables.Case,
        id=made.case,
        tenant=TENANT,
        survivor_id=survivor,
        reference=ids.reference(made.case),
        region="13",
        opened_on=DAY,
        exclusions=bytes(256),
    )
    for part in ("card", "care"):
        _row(
            made,
            tables.CompartmentKey,
            tenant=TENANT,
            case_id=made.case,
            compartment=part,
            commitment=bytes(16),
        )
        _row(
            made,
            tables.Grant,
            tenant=TENANT,
            case_id=made.case,
            compartment=part,
            version=1,
            team=made.team,
            via=TeamKind.CASEWORK,
            purpose=Purpose.CARE,
            from_on=DAY,
            wrap=b"wrapped key of a child",
        )
        _row(
            made,
            tables.Sealed,
            tenant=TENANT,
            case_id=made.case,
            compartment=part,
            kind="note",
            of=made.case,
            version=1,
            ciphertext=b"sealed words of a child",
        )


def _facts(made: Child, home: UUID | None) -> None:
    case = {"case_id": made.case}
    state = dated(from_on=DAY, **case)
    point = dated(happened_on=DAY, happened_until=DAY)
    operation = _row(made, tables.Operation, region="13", **point)
    _row(
        made,
        tables.Removal,
        operation_id=operation,
        how=HowSafe.REMOVED,
        sex=Sex.GIRL,
        region="13",
        **case,
        **point,
    )
    other = _other_survivor()
    first, second = sorted((made.id("Survivor"), other), key=lambda id: id.bytes)
    _row(
        made,
        tables.SiblingLink,
        survivor_id=first,
        sibling_id=second,
        bond=_any(Bond),
        **state,
    )
    _row(
        made,
        tables.SameChild,
        survivor_id=first,
        same_id=second,
        word=_any(Sameness),
        **state,
    )
    _row(
        made,
        tables.CaseStatus,
        status=_any(Status),
        decided_by=_any(DecidedBy),
        **state,
    )
    _row(
        made,
        tables.OsecElement,
        element=_any(Element),
        finding=_any(Finding),
        **state,
    )
    _row(
        made,
        tables.LegalBasis,
        kind=_any(BasisKind),
        compartments="card",
        purpose=_any(Purpose),
        **state,
    )
    _row(made, tables.Contact, kin=_any(Kin), **state)
    _row(made, tables.Support, **state)
    _justice(made, operation)
    _row(made, tables.Note, compartment="care", **case, **point)
    _row(
        made,
        tables.Stay,
        home=FacilityLink(int=(home or uuid4()).int),
        kind=_any(FacilityKind),
        line=1,
        mode=_any(StayMode),
        **state,
    )
    _row(
        made,
        tables.Clock,
        tenant=TENANT,
        kind=_any(ClockKind),
        due_on=DAY,
        because=uuid4(),
        **case,
    )


def _justice(made: Child, operation: UUID) -> None:
    suspect = SuspectLink(int=uuid4().int)
    point = dated(happened_on=DAY, happened_until=DAY)
    _row(
        made, tables.Suspicion, case_id=made.case, suspect=suspect, kin=_any(SuspectKin),
        part=_any(Part), minor=_any(Answer), lives_with=_any(Answer), **point,
    )  # fmt: skip
    _row(made, tables.Arrest, suspect=suspect, operation_id=operation, country="PH", **point)
    _row(
        made, tables.Judgment, suspect=suspect, docket=uuid4(), charge=_any(Charge),
        outcome=_any(Outcome), plea=_any(Plea), sentence=_any(Sentence), level=_any(CourtLevel),
        country="PH", **point,
    )  # fmt: skip
    _row(made, tables.DemandSide, case_id=made.case, country="AU", **point)


def _work(made: Child) -> None:
    someone = PersonLink(int=uuid4().int)
    pack = _row(
        made, tables.PaperPack, tenant=TENANT, number=uuid4().int % 10**8, sheets=9,
        team=made.team, printed_on=DAY,
    )  # fmt: skip
    intake = _row(
        made, tables.Intake, tenant=TENANT, operation_id=made.id("Operation"), team=made.team,
        opened_by=someone, opened_at=INSTANT, answers=b"as typed", pack_id=pack,
    )  # fmt: skip
    _row(
        made, tables.IntakeChild, tenant=TENANT, intake_id=intake, position=1, case_id=made.case,
        answers=b"as typed",
    )  # fmt: skip
    request = _row(
        made, tables.PlacementRequest, tenant=TENANT, team=made.team, asked_by=someone,
        asked_at=INSTANT, from_on=DAY, answers=b"sealed",
    )  # fmt: skip
    _row(
        made, tables.PlacementRequestCase, tenant=TENANT, request_id=request, case_id=made.case
    )  # fmt: skip
    _row(
        made, tables.Run, tenant=TENANT, key=uuid4().bytes * 2, verb="open_case",
        asked=bytes(32), result=made.case, on=DAY,
    )  # fmt: skip
    _row(
        made, tables.LedgerEntry, tenant=TENANT, writer=uuid4(), n=1, at=1, verb="open_case",
        case=made.case, team=team(), body=b"sealed", mac=bytes(32),
    )  # fmt: skip


def seal_row(no: int = 1) -> tables.LedgerSeal:
    """A seal, as the steward writes it."""
    row = tables.LedgerSeal(
        tenant=TENANT, no=no, at=1, previous=bytes(32), moved=b"", hash=bytes(32)
    )
    row.save(force_insert=True)
    return row


def _row(made: Child, model: Any, **columns: Any) -> UUID:
    row = model(**columns)
    row.save(force_insert=True)
    made.rows[model.__name__] = row.pk
    return row.pk  # type: ignore[no-any-return]


def _other_survivor() -> UUID:
    other = tables.Survivor(tenant=TENANT)
    other.save(force_insert=True)
    return other.pk


def _any(codes: type[StrEnum]) -> StrEnum:
    return next(iter(codes))
