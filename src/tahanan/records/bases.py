"""The shapes every row takes: office rows, file-room rows, and dated rows (DESIGN §3 and §4)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, F, Q

from tahanan.base import ids
from tahanan.records.fields import LinkField, PersonLink, TenantLink


class CodeField(models.CharField):  # type: ignore[type-arg]
    """A short code; the allowed ones stand in a CHECK constraint made by `one_of`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 24)
        super().__init__(**options)


def one_of(table: str, field: str, codes: type[StrEnum]) -> CheckConstraint:
    """A constraint that `field` holds one of `codes`."""
    allowed = sorted(code.value for code in codes)
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"{table}_{field}_known")


class OfficeRow(models.Model):
    """People, teams, facilities: UUIDv4, days only, no instants, no counters."""

    id = models.UUIDField(primary_key=True, default=ids.uuid4, editable=False)

    class Meta:
        abstract = True


class FileRow(models.Model):
    """Rows about children: UUIDv7 and an immutable tenant mark."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    tenant = LinkField(TenantLink, editable=False)

    class Meta:
        abstract = True


class Dated(FileRow):
    """An append-only row dated twice: when it was known, and (in the subclass) when it happened.

    The only UPDATE ever is `replaced_at` and `replaced_day`, set once by the successor.
    """

    known_at = models.DateTimeField()
    known_day = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = LinkField(PersonLink)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor", db_index=True
    )
    replaced_at = models.DateTimeField(null=True)
    replaced_day = models.DateField(null=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("known_at")),
                name="%(class)s_replaced_after_known",
            ),
            CheckConstraint(
                condition=Q(replaced_at__isnull=True, replaced_day__isnull=True)
                | Q(replaced_at__isnull=False, replaced_day__isnull=False),
                name="%(class)s_replaced_pair",
            ),
            CheckConstraint(
                condition=Q(recorded_at__gte=F("known_at")), name="%(class)s_recorded_after_known"
            ),
        ]


class DatedPoint(Dated):
    """An event: its first and last possible day, equal when known exactly."""

    happened_on = models.DateField()
    happened_until = models.DateField()

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            CheckConstraint(
                condition=Q(happened_until__gte=F("happened_on")), name="%(class)s_days_in_order"
            ),
        ]


class DatedState(Dated):
    """A state that holds from a day until another, open while `until_on` is empty."""

    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="%(class)s_days_in_order",
            ),
        ]
