"""What the door itself keeps: runs, ledger entries, seals, heads and erasures."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from tahanan.records.bases import FileRow
from tahanan.records.fields import TeamLink, maybe_link


class Run(FileRow):
    """One command already done: its result's id and a keyed digest of what was asked."""

    key = models.BinaryField(max_length=32)
    verb = models.CharField(max_length=60)
    asked = models.BinaryField(max_length=32)
    result = models.UUIDField(null=True)
    on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "key"], name="run_once")]


class LedgerEntry(FileRow):
    """One look, change, sign-in or refusal (keyed-links §6). Insert-only."""

    writer = models.UUIDField()
    n = models.PositiveBigIntegerField()
    at = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    case = models.UUIDField(null=True)
    team = maybe_link(TeamLink)
    body = models.BinaryField()
    mac = models.BinaryField(max_length=32)

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "writer", "n"], name="ledgerentry_once")]
        indexes = [
            models.Index(fields=["case", "at"], name="ledgerentry_of_case"),
            models.Index(fields=["team", "at"], name="ledgerentry_of_team"),
        ]


class LedgerSeal(FileRow):
    """Each second's chain over every writer's last MAC. Insert-only."""

    no = models.PositiveBigIntegerField()
    at = models.BigIntegerField()
    previous = models.BinaryField(max_length=32)
    moved = models.BinaryField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "no"], name="ledgerseal_once")]


class LedgerHead(FileRow):
    """A signed head, as sent to the witnesses. Insert-only."""

    no = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "no"], name="ledgerhead_once")]


class Erasure(FileRow):
    """A case may be deleted from dated tables only while its erasure is on record."""

    case = models.UUIDField()
    on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "case"], name="erasure_once")]
