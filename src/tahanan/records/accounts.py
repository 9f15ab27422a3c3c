"""The gate: accounts, unlock methods, devices, sessions and cards. A room of its own."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import UniqueConstraint

from tahanan.records.bases import CodeField, OfficeRow, one_of
from tahanan.records.fields import AccountLink, LinkField, PersonLink


class Unlock(StrEnum):
    """What a private half stands locked under; an account has one of each (DESIGN §5)."""

    WORDS = "words"
    RECOVERY = "recovery"


class Account(OfficeRow):
    """Who may sign in: `handle` is a keyed digest of the sign-in name, `person` a row link.

    `epoch` rises with every new passphrase, factor or card: what was opened before no longer opens.
    `language`, if she chose one, is sealed: Cebuano leads to few people of a programme.
    """

    handle = models.BinaryField(max_length=32, unique=True)
    person = LinkField(PersonLink)
    epoch = models.PositiveIntegerField(default=1)
    language = models.BinaryField(max_length=160, null=True)

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: list[str] = []
    is_anonymous = False
    is_authenticated = True


class UnlockMethod(OfficeRow):
    """The private half under one secret: `auth` recognises the secret, `wrap` opens with it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="methods")
    kind = CodeField()
    salt = models.BinaryField(max_length=16)
    cost = models.CharField(max_length=24)
    auth = models.BinaryField(max_length=32)
    wrap = models.BinaryField(max_length=128)

    class Meta:
        constraints = [
            one_of("unlockmethod", "kind", Unlock),
            UniqueConstraint(fields=["account", "kind"], name="unlockmethod_once"),
        ]


class Device(OfficeRow):
    """A browser on which this account has signed in to the end; tries elsewhere never delay it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    token = models.BinaryField(max_length=32, unique=True)
    since_on = models.DateField()
    seen_on = models.DateField()


class PendingUnlock(OfficeRow):
    """Between the passphrase and the code: the private half under the second cookie, once only."""

    key = models.BinaryField(max_length=32, unique=True)
    account = LinkField(AccountLink)
    envelope = models.BinaryField(max_length=512)
    wrong = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField()


class Session(OfficeRow):
    """Somebody signed in. `payload` is sealed under the first cookie, `envelope` under the second.

    An empty envelope is *signed in but locked*. `until` is rounded up to the hour: it only sweeps.
    """

    key = models.BinaryField(max_length=32, unique=True)
    account = LinkField(AccountLink)
    payload = models.BinaryField(max_length=1024)
    envelope = models.BinaryField(max_length=512, null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField()


class Invitation(OfficeRow):
    """A printed card waiting for its person: the digest of its one-time code, good until a day."""

    code = models.BinaryField(max_length=32, unique=True)
    handle = models.BinaryField(max_length=32, unique=True)
    person = LinkField(PersonLink)
    until_on = models.DateField()


class Tries(OfficeRow):
    """Failed tries within one stretch of time; `digest` hides who, where and when."""

    digest = models.BinaryField(max_length=32, unique=True)
    count = models.PositiveIntegerField(default=1)
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["on"], name="tries_of_day")]
