"""Stays and open requests for a place. A stay's home is a link that no query can follow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, UniqueConstraint

from tahanan.records.bases import CodeField, DatedState, FileRow, one_of
from tahanan.records.cases import Case
from tahanan.records.fields import FacilityLink, LinkField, PersonLink, TeamLink
from tahanan.records.vocabulary import FacilityKind, StayEnd, StayMode


class Stay(DatedState):
    """One child in one home from a day until another; `line` says which of its places she takes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="stays")
    home = LinkField(FacilityLink)
    kind = CodeField()
    line = models.PositiveSmallIntegerField()
    mode = CodeField()
    end = CodeField(blank=True)

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            one_of("stay", "kind", FacilityKind),
            one_of("stay", "mode", StayMode),
            models.CheckConstraint(
                condition=Q(end="", until_on__isnull=True)
                | Q(end__in=[e.value for e in StayEnd], until_on__isnull=False),
                name="stay_end_pair",
            ),
            UniqueConstraint(
                fields=["tenant", "case"],
                condition=Q(replaced_at__isnull=True, withdrawn=False, until_on__isnull=True),
                name="stay_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["until_on", "from_on"],
                condition=Q(replaced_at__isnull=True, withdrawn=False),
                name="stay_standing",
            )
        ]


class PlacementRequest(FileRow):
    """A place asked for, for one group. `answers` is sealed under the server's key, made once."""

    team = LinkField(TeamLink)
    asked_by = LinkField(PersonLink)
    asked_at = models.DateTimeField()
    from_on = models.DateField()
    answers = models.BinaryField()
    closed_at = models.DateTimeField(null=True)


class PlacementRequestCase(FileRow):
    """A child in a request."""

    request = models.ForeignKey(PlacementRequest, models.PROTECT, related_name="children")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "request", "case"], name="placementrequestcase_once")
        ]
