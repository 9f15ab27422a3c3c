"""When what is written was known: now, unless somebody who may brings in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tahanan.access import gate
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import Invalid, Refusal
from tahanan.records.models import Installation


def must_be_sound(visit: Visit) -> None:
    """Raises a Refusal unless the actor may say when it was known, and that day is open.

    The ledger's entry says that it came with an import, and when it is said to have been known.
    """
    if not visit.actor.imports:
        return
    gate.office(visit, OfficeAct.IMPORT_HISTORY)
    visit.details["import"] = True
    if visit.actor.known_at is None:
        return
    if visit.actor.known_at > visit.now:
        raise Invalid({"known_at": _("That day is still ahead. Give today or a day before.")})
    visit.details["known_at"] = visit.actor.known_at.isoformat()
    refuse_closed(visit)


def refuse_closed(visit: Visit) -> None:
    """Raises a Refusal where what is said to have been known falls into days that are closed."""
    if not visit.back_dated:
        return
    closed = Installation.objects.values_list("closed_until", flat=True).get()
    if closed is not None and clock.manila_day(visit.known) <= closed:
        raise Refusal("closed", _("The days until then are closed: nothing can be added to them."))
