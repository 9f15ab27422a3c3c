"""Dated rows: added, corrected by a successor, withdrawn, read as known on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tahanan.access import links
from tahanan.access.visit import Visit
from tahanan.base import clock, ids
from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework import knowing, ledger
from tahanan.records.bases import Dated
from tahanan.records.fields import PersonLink

D = TypeVar("D", bound=Dated)

_OURS = {
    "id", "tenant", "known_at", "known_day", "recorded_at", "recorded_by",
    "replaces", "replaced_at", "replaced_day", "withdrawn",
}  # fmt: skip


def add(visit: Visit, model: type[D], **fields: Any) -> UUID:
    """Insert one dated row, known at `visit.known`, recorded now by the actor. Gives its id.

    `id` may be given where a field is a link within the row itself: the home of a stay.
    """
    row = _row(visit, model, fields)
    row.save(force_insert=True)
    return row.id


def correct(visit: Visit, model: type[D], stands: UUID, **fields: Any) -> UUID:
    """Put a successor after row `stands`; what is not named stays as it was (`id`: as `add`).

    Raises Conflict, with what stands now, when somebody else's correction came first.
    """
    return _succeed(visit, model, stands, withdrawn=False, fields=fields)


def withdraw(visit: Visit, model: type[D], stands: UUID) -> UUID:
    """Take row `stands` back: a successor that counts nowhere. What was known stays known."""
    return _succeed(visit, model, stands, withdrawn=True, fields={})


def standing(model: type[D]) -> QuerySet[D]:
    """Rows as known now: neither replaced nor withdrawn."""
    return model._default_manager.filter(
        tenant=links.tenant(), replaced_at__isnull=True, withdrawn=False
    )


def known_on(model: type[D], day: date) -> QuerySet[D]:
    """Rows as known at the end of `day` in Manila; the only way to read the past."""
    cut = clock.day_cut(day)
    return model._default_manager.filter(
        Q(replaced_at__isnull=True) | Q(replaced_at__gte=cut),
        tenant=links.tenant(),
        known_at__lt=cut,
        withdrawn=False,
    )


def recorder(model: type[Dated], row: UUID, link: PersonLink) -> UUID:
    """Who recorded a row."""
    return links.recorded_by(model._meta.db_table).open(link, links.row(row))


def _succeed(
    visit: Visit, model: type[D], stands: UUID, withdrawn: bool, fields: dict[str, Any]
) -> UUID:
    was = model._default_manager.filter(id=stands, tenant=visit.tenant).first()
    if was is None:
        raise NotFound
    kept = {
        field.attname: getattr(was, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in _OURS
    }
    given = {model._meta.get_field(name).attname: value for name, value in fields.items()}  # type: ignore[union-attr]
    # A correction is never known before what it corrects: an import is told so, what was written on
    # a numbered sheet counts from then.
    if visit.actor.known_at is not None and visit.known < was.known_at:
        raise Invalid({"known_at": _("What this corrects was known later. Give a later day.")})
    known = max(visit.known, was.known_at)
    open_rows = model._default_manager.filter(id=stands, replaced_at__isnull=True)
    if not open_rows.update(replaced_at=known, replaced_day=clock.manila_day(known)):
        raise Conflict("corrected-before", _("Somebody corrected this first."), standing=stands)
    row = _row(visit, model, kept | given)
    row.known_at, row.known_day = known, clock.manila_day(known)
    row.replaces = was
    row.withdrawn = withdrawn
    row.save(force_insert=True)
    return row.id


def _row(visit: Visit, model: type[D], fields: dict[str, Any]) -> D:
    knowing.refuse_closed(visit)
    id = fields.pop("id", None) or ids.uuid7()
    by = links.recorded_by(model._meta.db_table).close(visit.person, links.row(id))
    return model(
        id=id, tenant=visit.tenant, known_at=visit.known, known_day=clock.manila_day(visit.known),
        recorded_at=_recorded_now(visit), recorded_by=by, **fields,
    )  # fmt: skip


def _recorded_now(visit: Visit) -> datetime:
    """The server's clock; one that was set back is not followed behind the last seal."""
    if visit.not_before is None:
        visit.not_before = ledger.now()
    return max(clock.real(), visit.not_before, visit.known)
