"""Intakes under way: what was typed, right or wrong, sealed until it is done."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from tahanan.records.bases import FileRow
from tahanan.records.cases import Case
from tahanan.records.fields import LinkField, PersonLink, TeamLink
from tahanan.records.operations import Operation


class PaperPack(FileRow):
    """A numbered pack of blank sheets printed for a night without power."""

    number = models.PositiveIntegerField()
    sheets = models.PositiveSmallIntegerField()
    team = LinkField(TeamLink)
    printed_on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "number"], name="paperpack_number")]


class Intake(FileRow):
    """One removal being taken in by one team; `answers` holds the shared facts as typed, sealed."""

    operation = models.ForeignKey(Operation, models.PROTECT, null=True, related_name="+")
    team = LinkField(TeamLink)
    opened_by = LinkField(PersonLink)
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    answers = models.BinaryField()
    pack = models.ForeignKey(PaperPack, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)


class IntakeChild(FileRow):
    """One child of an intake, in the order she was met; her answers as typed, sealed."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    answers = models.BinaryField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "intake", "position"], name="intakechild_position")
        ]
