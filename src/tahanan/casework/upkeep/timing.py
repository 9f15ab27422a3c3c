"""What only time sets off, by one who holds no key; and the days that are closed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import installation
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import facts, grants, legal_basis
from tahanan.casework.door import command
from tahanan.records.models import Clock, Grant, Installation, LegalBasis
from tahanan.records.vocabulary import ClockKind, Compartment


@command("tick")
def tick(visit: Visit) -> UUID:
    """End every grant whose last day is past, mark what must be locked anew, raise missing clocks.

    Holds no key of any record: the next holder locks anew, and pages are true meanwhile. It closes
    nothing that a person has to close. The ledger says how much it did.
    """
    if visit.actor.system is None:
        raise NotFound
    visit.details["ended"] = _end_grants(visit)
    visit.details["raised"] = _raise_clocks(visit)
    return installation.here().tenant


@command("close_days")
def close_days(visit: Visit, *, day: date) -> UUID:
    """Close the days until `day`: nothing can be added to what was known by then. Only forward."""
    if visit.actor.system is None:
        raise NotFound
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


def _raise_clocks(visit: Visit) -> int:
    """A clock for every basis that ends and has none: a correction of its last day leaves one."""
    rows = facts.standing(LegalBasis).filter(until_on__gte=visit.today)
    clocked = Clock.objects.filter(Q(kind=ClockKind.BASIS_EXPIRES), tenant=visit.tenant)
    missing = rows.exclude(id__in=clocked.values("because"))
    raised = 0
    for basis, case, until_on in missing.values_list("id", "case_id", "until_on"):
        if until_on is not None:
            legal_basis.start_clock(visit, case, ClockKind.BASIS_EXPIRES, until_on, because=basis)
            visit.note_subject(case)
            raised += 1
    return raised
