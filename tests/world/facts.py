"""All that a demonstration says, without the ids and keys that differ from build to build."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.casework import child_page, entry, home
from tahanan.casework.entry import factors
from tahanan.records.fields import LinkField
from tahanan.records.vocabulary import Compartment
from tahanan.world import accounts

_HERE = entry.Where("127.0.0.1")
_ID = re.compile(r"UUID\('[^']+'\)")
# What the demonstration tells happens at whole minutes; the server's own clock has microseconds.
_INSTANT = re.compile(r"datetime\.datetime\((\d+, ){7}")
# The ledger and the clock of the server know the real time alone; sessions come and go.
_REAL = {"LedgerEntry", "LedgerSeal", "LedgerHead", "Run", "Installation", "Session"}
_OF_THE_SERVER = {"recorded_at", "reference"}


def rows() -> Counter[str]:
    """Every row's plain columns, table by table, whoever may see it."""
    with House().as_role("owner"):
        return Counter(
            f"{model.__name__} {row}"
            for model in tables()
            if model.__name__ not in _REAL
            for row in _plain_rows(model)
        )


def said(seed: int) -> dict[str, list[str]]:
    """What stands in the children's files, as each who holds any reads it: name → all of it."""
    found: dict[str, list[str]] = {}
    for account in accounts(seed):
        if account.key not in ("lorna", "perla", "fe"):
            continue
        actor = come_in(account.sign_in, account.passphrase, account.totp_secret)
        for child in home.caseload(actor).children:
            page = child_page.opened(actor, case=child.seen.case, part=Compartment.CARE)
            assert page.card is not None
            assert page.opened is not None
            words = (page.card.card, page.due, page.way, page.opened.of, page.opened.notes)
            plain = _INSTANT.sub("…", _ID.sub("…", repr(words)))
            found.setdefault(f"{account.key}: {page.card.card.chosen}", []).append(plain)
    return {name: sorted(files) for name, files in found.items()}


def come_in(name: str, phrase: str, secret: str) -> Actor:
    """By name, passphrase and phone, a minute later than anybody's last code was used."""
    with clock.frozen(clock.real() + timedelta(minutes=3)):
        waiting = entry.sign_in(entry.GATE, name=name, phrase=phrase, where=_HERE)
        assert isinstance(waiting, entry.Waiting)
        code = factors.code_now(secret)
        inside = entry.second_factor(entry.GATE, cookies=waiting.cookies, code=code, where=_HERE)
        assert isinstance(inside, entry.SignedIn)
        opened = entry.open_session(inside.cookies)
        assert opened is not None
        return opened.actor


def hashes() -> dict[str, str]:
    """Table → a hash of every row in it, but for sessions."""
    found = {}
    with House().as_role("owner"):
        for model in tables():
            if model.__name__ not in ("Session", "PendingUnlock"):
                listed = sorted(repr(row) for row in model._default_manager.values_list())
                found[model._meta.db_table] = sha256("\n".join(listed).encode()).hexdigest()
    return found


def tables() -> list[type[models.Model]]:
    """Every table that is ours."""
    return list(apps.get_app_config("records").get_models())


def _plain_rows(model: type[models.Model]) -> list[Any]:
    """Its rows by the columns that name no row, and hold no ciphertext nor the server's clock."""
    kinds: tuple[type[Any], ...] = (models.BinaryField, models.UUIDField, models.ForeignKey)
    plain = [
        field.name
        for field in model._meta.concrete_fields
        if not isinstance(field, (*kinds, LinkField)) and field.name not in _OF_THE_SERVER
    ]
    rows = model._default_manager.all()
    return list(rows.values_list(*plain)) if plain else [()] * rows.count()
