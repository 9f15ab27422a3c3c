"""Compartment keys and the grants that carry them; the only source of sight (DESIGN §4)."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tahanan.records.bases import CodeField, FileRow, one_of
from tahanan.records.cases import Case, LegalBasis
from tahanan.records.fields import LinkField, PersonLink, TeamLink, maybe_link
from tahanan.records.vocabulary import Compartment, Purpose, TeamKind


class CompartmentKey(FileRow):
    """Which key a compartment of a case stands under; the key itself is only in grants."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="compartments")
    compartment = CodeField()
    version = models.PositiveIntegerField(default=1)
    commitment = models.BinaryField(max_length=16)
    rekey_due = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("compartmentkey", "compartment", Compartment),
            UniqueConstraint(fields=["tenant", "case", "compartment"], name="compartmentkey_once"),
        ]


class Grant(FileRow):
    """A team may open one compartment of one case: wrapped key, basis, purpose, end.

    `team` is a link of column scope for casework teams, of month scope for a facility's open grant,
    of row scope once that has ended. An ended grant has an empty wrap.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    compartment = CodeField()
    version = models.PositiveIntegerField()
    team = LinkField(TeamLink)
    via = CodeField()
    holder = maybe_link(PersonLink)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, related_name="+")
    purpose = CodeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    wrap = models.BinaryField()

    class Meta:
        constraints = [
            one_of("grant", "compartment", Compartment),
            one_of("grant", "via", TeamKind),
            one_of("grant", "purpose", Purpose),
            CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(wrap=b""), name="grant_ended_has_no_key"
            ),
            UniqueConstraint(
                fields=["tenant", "case", "compartment", "team"],
                condition=Q(ended_on__isnull=True),
                name="grant_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "compartment", "id"],
                condition=Q(ended_on__isnull=True),
                name="grant_of_team",
            ),
            models.Index(
                fields=["team", "holder", "compartment", "id"],
                condition=Q(ended_on__isnull=True),
                name="grant_of_holder",
            ),
        ]


class Sealed(FileRow):
    """Ciphertext of one piece of one compartment; `of` is the row it speaks for, if any.

    Its only UPDATEs are ciphertext and version under the re-key lock, and `replaced_at`, set once.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="sealed")
    compartment = CodeField()
    kind = CodeField()
    of = models.UUIDField()
    version = models.PositiveIntegerField()
    ciphertext = models.BinaryField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("sealed", "compartment", Compartment)]
        indexes = [
            models.Index(
                fields=["case", "compartment", "kind"],
                condition=Q(replaced_at__isnull=True),
                name="sealed_standing",
            ),
            models.Index(fields=["of"], name="sealed_of"),
        ]
