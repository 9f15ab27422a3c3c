"""Operations and removals: day and region in plain; city, unit and source are sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q

from tahanan.records.bases import CodeField, DatedPoint, one_of
from tahanan.records.cases import Case
from tahanan.records.vocabulary import HowSafe, OperationKind, Sex


class Operation(DatedPoint):
    """One operation to bring children to safety."""

    region = models.CharField(max_length=10)
    supported = models.BooleanField(default=True)
    kind = CodeField(default=OperationKind.LAW_ENFORCEMENT)

    class Meta(DatedPoint.Meta):
        constraints = [
            *DatedPoint.Meta.constraints,
            one_of("operation", "kind", OperationKind),
        ]


class Removal(DatedPoint):
    """One child brought to safety: her sex, and the youngest and oldest possible age band then."""

    operation = models.ForeignKey(Operation, models.PROTECT, null=True, related_name="removals")
    case = models.ForeignKey(Case, models.PROTECT, related_name="removals")
    how = CodeField()
    sex = CodeField()
    youngest_band = models.PositiveSmallIntegerField(null=True)
    oldest_band = models.PositiveSmallIntegerField(null=True)
    region = models.CharField(max_length=10)

    class Meta(DatedPoint.Meta):
        constraints = [
            *DatedPoint.Meta.constraints,
            one_of("removal", "how", HowSafe),
            one_of("removal", "sex", Sex),
            CheckConstraint(
                condition=Q(youngest_band__isnull=True, oldest_band__isnull=True)
                | Q(youngest_band__isnull=False, oldest_band__gte=F("youngest_band")),
                name="removal_bands_in_order",
            ),
        ]
        indexes = [
            models.Index(
                fields=["happened_on", "happened_until", "known_at", "replaced_at"],
                include=["withdrawn", "youngest_band", "oldest_band", "sex", "case"],
                name="removal_as_known",
            ),
            # SQLite keeps no further columns in an index, so all that figures read are its own.
            models.Index(
                fields=[
                    "case", "happened_on", "happened_until", "known_at", "replaced_at",
                    "withdrawn", "tenant", "how", "youngest_band", "oldest_band", "operation",
                ],
                name="removal_of_child",
            ),
        ]  # fmt: skip
