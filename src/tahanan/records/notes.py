"""Notes: when it happened, when it was known, in which compartment. The words are sealed."""

from __future__ import annotations

from django.db import models

from tahanan.records.bases import CodeField, DatedPoint, one_of
from tahanan.records.cases import Case
from tahanan.records.vocabulary import Compartment


class Note(DatedPoint):
    """One note in one compartment of one case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    compartment = CodeField()

    class Meta(DatedPoint.Meta):
        constraints = [
            *DatedPoint.Meta.constraints,
            one_of("note", "compartment", Compartment),
        ]
        indexes = [models.Index(fields=["case", "compartment", "known_at"], name="note_of_case")]
