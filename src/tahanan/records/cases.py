"""Survivors, their cases, and what is decided about them: codes, bands and days, no text."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tahanan.records.bases import CodeField, DatedState, FileRow, one_of
from tahanan.records.vocabulary import (
    BasisKind,
    Bond,
    ClockKind,
    DecidedBy,
    Depiction,
    Element,
    Finding,
    Kin,
    Purpose,
    Sameness,
    Status,
)


class Survivor(FileRow):
    """One child. Everything said about her stands in a case."""


class Case(FileRow):
    """One piece of work for a survivor. `exclusions` is sealed and of one size, empty or not."""

    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=9)
    region = models.CharField(max_length=10)
    opened_on = models.DateField()
    exclusions = models.BinaryField()

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "reference"], name="case_reference")]
        # Figures look for children of several cases, and read nothing else of them.
        indexes = [models.Index(fields=["survivor", "id", "tenant"], name="case_of_child")]


class SiblingLink(DatedState):
    """Two survivors who belong together, or are thought to; ended when they turn out not to."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="+")
    sibling = models.ForeignKey(Survivor, models.PROTECT, related_name="+")
    bond = CodeField()

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            one_of("siblinglink", "bond", Bond),
            CheckConstraint(condition=Q(survivor__lt=F("sibling")), name="siblinglink_in_order"),
            UniqueConstraint(
                fields=["tenant", "survivor", "sibling"],
                condition=Q(replaced_at__isnull=True, withdrawn=False, until_on__isnull=True),
                name="siblinglink_once",
            ),
        ]


class SameChild(DatedState):
    """Two survivors who are one child. Counted once two people said so, until two part them again.

    One word is a row, the next its successor: proposed, joined, parting; parted is withdrawn.
    Joining grants nobody anything.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="+")
    same = models.ForeignKey(Survivor, models.PROTECT, related_name="+")
    word = CodeField()

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            one_of("samechild", "word", Sameness),
            CheckConstraint(condition=Q(survivor__lt=F("same")), name="samechild_in_order"),
            UniqueConstraint(
                fields=["tenant", "survivor", "same"],
                condition=Q(replaced_at__isnull=True, withdrawn=False),
                name="samechild_once",
            ),
        ]


class CaseStatus(DatedState):
    """At-risk, victim, or not a victim; who decided (by office) and since when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="statuses")
    status = CodeField()
    decided_by = CodeField()

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            one_of("casestatus", "status", Status),
            one_of("casestatus", "decided_by", DecidedBy),
            UniqueConstraint(
                fields=["tenant", "case"],
                condition=Q(replaced_at__isnull=True, withdrawn=False, until_on__isnull=True),
                name="casestatus_one_open",
            ),
        ]
        # Figures fold the rows of each case, and answer from the index alone.
        indexes = [
            models.Index(
                fields=[
                    "case", "from_on", "until_on", "known_at", "replaced_at", "withdrawn", "tenant",
                    "status",
                ],
                name="casestatus_as_known",
            )
        ]  # fmt: skip


class OsecElement(DatedState):
    """One element of OSEC for one case: established, suspected or not found."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="elements")
    element = CodeField()
    finding = CodeField()
    depiction = CodeField(blank=True)

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            one_of("osecelement", "element", Element),
            one_of("osecelement", "finding", Finding),
            CheckConstraint(
                condition=Q(depiction="") | Q(depiction__in=[d.value for d in Depiction]),
                name="osecelement_depiction_known",
            ),
            UniqueConstraint(
                fields=["tenant", "case", "element"],
                condition=Q(replaced_at__isnull=True, withdrawn=False, until_on__isnull=True),
                name="osecelement_one_open",
            ),
        ]


class LegalBasis(DatedState):
    """Why a part of a case may be seen: kind, parts, purpose, expiry. The rest is sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="bases")
    kind = CodeField()
    compartments = models.CharField(max_length=120)
    purpose = CodeField()

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            one_of("legalbasis", "kind", BasisKind),
            one_of("legalbasis", "purpose", Purpose),
        ]


class Contact(DatedState):
    """An adult of the child's: may decide, may be told, or must not be told. The name is sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts")
    kin = CodeField()
    may_decide = models.BooleanField(default=False)
    may_be_told = models.BooleanField(default=False)

    class Meta(DatedState.Meta):
        constraints = [
            *DatedState.Meta.constraints,
            one_of("contact", "kin", Kin),
            CheckConstraint(
                condition=Q(may_decide=False) | Q(may_be_told=True), name="contact_decides_is_told"
            ),
        ]


class Clock(FileRow):
    """Something that falls due on a case; `closed_on` is set once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    kind = CodeField()
    due_on = models.DateField()
    because = models.UUIDField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("clock", "kind", ClockKind),
            UniqueConstraint(fields=["tenant", "kind", "because"], name="clock_once"),
        ]
        indexes = [
            models.Index(
                fields=["case", "due_on"], name="clock_open", condition=Q(closed_on__isnull=True)
            ),
            models.Index(
                fields=["tenant", "due_on", "id"],
                name="clock_due",
                condition=Q(closed_on__isnull=True),
            ),
        ]
