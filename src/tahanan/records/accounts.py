"""The gate: accounts, their unlock methods, waiting unlocks and sessions. A room of its own."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from tahanan.records.bases import OfficeRow
from tahanan.records.fields import LinkField, PersonLink


class Account(AbstractBaseUser, OfficeRow):
    """Who may sign in: `handle` is a keyed digest of the sign-in name, `person` a row link."""

    last_login = None
    handle = models.CharField(max_length=64, unique=True)
    person = LinkField(PersonLink)
    epoch = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: list[str] = []
