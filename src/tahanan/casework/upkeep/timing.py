"""What only time sets off, by one who holds no key; and the days that are closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from tahanan.access import installation
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import entry, facts, grants, legal_basis
from tahanan.casework.admissions.taking import EMERGENCY_DAYS
from tahanan.casework.door import command
from tahanan.casework.door import entry as at_the_gate
from tahanan.records.models import Clock, Grant, Installation, IntakeChild, LegalBasis, Stay
from tahanan.records.vocabulary import ClockKind, Compartment, StayMode

# (case, day it falls due, the row it is because of)
_Due = tuple[UUID, date, UUID]


@command("tick")
def tick(visit: Visit) -> UUID:
    """End every grant whose last day is past, mark what must be locked anew, raise missing clocks.

    Holds no key of any record: the next holder locks anew, and pages are true meanwhile. It closes
    nothing that a person has to close. The ledger says how much it did.

    Reviews and targets of ordinary stays count by numbers each home keeps sealed: whoever admits,
    reviews or goes on raises those, in the same command.
    """
    _only_the_system(visit)
    visit.details["ended"] = _end_grants(visit)
    visit.details["moot"] = _stop_moot_clocks(visit)
    visit.details["raised"] = sum(
        _raise(visit, kind, due)
        for kind, due in (
            (ClockKind.BASIS_EXPIRES, _ending_bases()),
            (ClockKind.EMERGENCY_REVIEW, _emergencies(timedelta(days=1))),
            (ClockKind.EMERGENCY_ENDS, _emergencies(timedelta(days=EMERGENCY_DAYS))),
            (ClockKind.INTAKE_UNFINISHED, _unfinished(visit)),
        )
    )
    return installation.here().tenant


@at_the_gate("sweep")
def sweep(visit: Visit) -> int:
    """Sessions, waiting unlocks, tries and invitations that are over leave the gate. How many.

    Apart from `tick`: the gate and the file room share no transaction (DESIGN §4).
    """
    _only_the_system(visit)
    swept = entry.sweep(visit.now)
    visit.details["swept"] = swept
    return swept


@command("close_days")
def close_days(visit: Visit, *, day: date) -> UUID:
    """Close the days until `day`: nothing can be added to what was known by then. Only forward."""
    _only_the_system(visit)
    if day >= visit.today:
        raise Invalid({"day": _("A day can be closed once it is over.")})
    here = Installation.objects.get()
    if here.closed_until is not None and day <= here.closed_until:
        raise Invalid(
            {
                "day": _("The days until %(day)s are closed already, and stay so.")
                % {"day": here.closed_until.isoformat()}
            }
        )
    here.closed_until = day
    here.save(update_fields=["closed_until"])
    visit.details["until"] = day.isoformat()
    return here.id


def _only_the_system(visit: Visit) -> None:
    if visit.actor.system is None:
        raise NotFound


def _end_grants(visit: Visit) -> int:
    rows = Grant.objects.filter(
        tenant=visit.tenant, until_on__lt=visit.today, ended_on__isnull=True
    )
    over = list(rows.order_by("id").values_list("id", "case_id", "compartment"))
    grants.end(visit, [id for id, _case, _part in over])
    for case in sorted({case for _id, case, _part in over}):
        visit.note_subject(case)
        grants.mark_due(case, [Compartment(part) for _id, of, part in over if of == case])
    return len(over)


def _stop_moot_clocks(visit: Visit) -> int:
    """A basis that was corrected or taken back ends on no day any more: its successor does."""
    gone = LegalBasis.objects.filter(Q(replaced_at__isnull=False) | Q(withdrawn=True))
    moot = Clock.objects.filter(
        tenant=visit.tenant,
        kind=ClockKind.BASIS_EXPIRES,
        closed_on__isnull=True,
        because__in=gone.values("id"),
    )
    for case in sorted(set(moot.values_list("case_id", flat=True))):
        visit.note_subject(case)
    return moot.update(closed_on=visit.today)


def _ending_bases() -> list[_Due]:
    rows = facts.standing(LegalBasis).filter(_unclocked(ClockKind.BASIS_EXPIRES, "id"))
    ending = rows.filter(until_on__isnull=False).values_list("case_id", "until_on", "id")
    return [(case, until, basis) for case, until, basis in ending if until is not None]


def _emergencies(after: timedelta) -> list[_Due]:
    """Emergency stays that go on, and what falls due so many days after each began."""
    kind = ClockKind.EMERGENCY_REVIEW if after.days == 1 else ClockKind.EMERGENCY_ENDS
    rows = facts.standing(Stay).filter(
        _unclocked(kind, "id"), mode=StayMode.EMERGENCY, until_on__isnull=True
    )
    columns = rows.values_list("case_id", "from_on", "id")
    return [(case, since + after, stay) for case, since, stay in columns]


def _unfinished(visit: Visit) -> list[_Due]:
    """Intakes under way with a file opened: one clock each, on its first child, for next day."""
    rows = IntakeChild.objects.filter(
        _unclocked(ClockKind.INTAKE_UNFINISHED, "intake_id"),
        tenant=visit.tenant,
        case__isnull=False,
        intake__finished_at__isnull=True,
    )
    first: dict[UUID, _Due] = {}
    columns = ("intake_id", "case_id", "intake__opened_at")
    for intake, case, opened in rows.order_by("intake_id", "position").values_list(*columns):
        due = clock.manila_day(opened) + timedelta(days=1)
        if case is not None:
            first.setdefault(intake, (case, due, intake))
    return list(first.values())


def _unclocked(kind: ClockKind, because: str) -> Combinable:
    """Rows that never set this kind of clock going: one that was stopped is not raised again."""
    return ~Exists(Clock.objects.filter(kind=kind, because=OuterRef(because)))


def _raise(visit: Visit, kind: ClockKind, due: Iterable[_Due]) -> int:
    raised = 0
    for case, on, because in due:
        legal_basis.start_clock(visit, case, kind, on, because=because)
        visit.note_subject(case)
        raised += 1
    return raised
