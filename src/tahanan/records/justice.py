"""Suspects, arrests, judgments: codes, days and keyed links. Names are sealed in each child's file.

Who a suspect is, is sealed in the justice compartment of every child he is named for. What joins
the rows of one suspect is one link, to an id in the office.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q, UniqueConstraint

from tahanan.records.bases import CodeField, DatedPoint, DatedState, one_of
from tahanan.records.cases import Case
from tahanan.records.fields import LinkField, SuspectLink
from tahanan.records.operations import Operation
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)

HERE = "PH"
# No country is known by this code (ISO 3166-1 keeps it for users).
NOWHERE = "ZZ"


class Suspicion(DatedPoint):
    """A suspect named for one child: what he is to her, and his part. Happened: named on that day.

    `minor`: under 18 then; such a one goes the way of a child in conflict with the law.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspicions")
    suspect = LinkField(SuspectLink)
    kin = CodeField()
    part = CodeField()
    minor = CodeField()
    lives_with = CodeField()

    class Meta(DatedPoint.Meta):
        constraints = [
            *DatedPoint.Meta.constraints,
            one_of("suspicion", "kin", SuspectKin),
            one_of("suspicion", "part", Part),
            one_of("suspicion", "minor", Answer),
            one_of("suspicion", "lives_with", Answer),
            UniqueConstraint(
                fields=["tenant", "case", "suspect"],
                condition=Q(replaced_at__isnull=True, withdrawn=False),
                name="suspicion_once",
            ),
        ]
        indexes = [models.Index(fields=["suspect", "case"], name="suspicion_of")]


class Arrest(DatedPoint):
    """One suspect arrested once; a second arrest is a second row. `country` is ISO 3166-1."""

    suspect = LinkField(SuspectLink)
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, related_name="arrests")
    country = models.CharField(max_length=2)
    supported = models.BooleanField(default=True)

    class Meta(DatedPoint.Meta):
        indexes = [models.Index(fields=["suspect"], name="arrest_of")]


class Judgment(DatedPoint):
    """What one court decided of one suspect on one charge. Rows of one court case share `docket`.

    `docket` is a random id: the court's own number is sealed.
    """

    suspect = LinkField(SuspectLink)
    docket = models.UUIDField()
    charge = CodeField()
    outcome = CodeField()
    plea = CodeField()
    sentence = CodeField()
    level = CodeField()
    country = models.CharField(max_length=2)
    supported = models.BooleanField(default=True)

    class Meta(DatedPoint.Meta):
        constraints = [
            *DatedPoint.Meta.constraints,
            one_of("judgment", "charge", Charge),
            one_of("judgment", "outcome", Outcome),
            one_of("judgment", "plea", Plea),
            one_of("judgment", "sentence", Sentence),
            one_of("judgment", "level", CourtLevel),
            UniqueConstraint(
                fields=["tenant", "suspect", "docket", "charge", "level"],
                condition=Q(replaced_at__isnull=True, withdrawn=False),
                name="judgment_once",
            ),
        ]
        indexes = [models.Index(fields=["suspect", "docket", "charge"], name="judgment_of")]


class DemandSide(DatedPoint):
    """Somebody who paid from elsewhere, for one child: the country alone. Happened: known of."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="demand")
    country = models.CharField(max_length=2)


class Support(DatedState):
    """The programme supports this case, from a day on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="support")

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "case"],
                condition=Q(replaced_at__isnull=True, withdrawn=False, until_on__isnull=True),
                name="support_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=[
                    "case", "known_at", "replaced_at", "withdrawn", "tenant", "from_on", "until_on",
                ],
                name="support_as_known",
            )
        ]  # fmt: skip
