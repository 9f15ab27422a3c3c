"""`tahanan check`: is this installation fit for the records of real children? One sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count

from tahanan.access import installation, links
from tahanan.access.rules import compartments_of
from tahanan.base import clock, ids
from tahanan.casework import door
from tahanan.casework.entry.methods import is_cheap
from tahanan.casework.ledger.sealing import last_seal, seals_after
from tahanan.casework.ledger.witness import HeadRefused
from tahanan.casework.upkeep.installing import installed, unapplied
from tahanan.casework.upkeep.verify import configured
from tahanan.records.models import LedgerEntry, LedgerHead, Team, TeamKeyShare, UnlockMethod
from tahanan.records.vocabulary import TeamKind
from tahanan.records.walls import raising
from tahanan.vault.roots import RootsUnfit, load_sealer_seed

# The sealer works each second and signs each quarter hour; much later than that it is not running.
_SEALED_WITHIN = timedelta(minutes=2)
_SIGNED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fitness:
    """What stands against real data, one sentence each; and what no program can see."""

    faults: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def fit(self) -> bool:
        """Nothing stands against it."""
        return not self.faults


def check() -> Fitness:
    """Everything that can be looked at from here, as the steward. Opens no record, writes none."""
    faults = [*_settings(), *_places(), *_keys()]
    if unapplied():
        faults.append("The tables are older than the program: run `tahanan migrate`.")
    elif not installed():
        faults.append("Nothing is installed in this database: run `tahanan install`.")
    else:
        faults += _inside()
    return Fitness((*faults, *_later()), tuple(_unseen()))


def _inside() -> list[str]:
    """What the rows say; nothing can be read of them under a wrong key, which `_keys` has told."""
    try:
        installation.here()
    except RootsUnfit:
        return []
    with door.examining("check"):
        return [*_database(), *_people(), *_ledger()]


def _settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "Debug is on: it would show tracebacks, with what stands in them, to any browser."
    if settings.DEMONSTRATION:
        yield "The settings say that this is a demonstration."
    if settings.TESTS:
        yield "The settings say that the test suite is running."
    if settings.ARGON_COST != "full":
        yield "Passphrases are stretched cheaply here: take TAHANAN_ARGON_COST away."
    if not settings.CSRF_COOKIE_SECURE:
        yield "Cookies would travel without https: take TAHANAN_SECURE_COOKIES away."
    if connection.vendor == "postgresql":
        for role in ("owner", "steward"):
            if role not in settings.DATABASE_ROLES:
                name = f"TAHANAN_{role.upper()}_DATABASE_URL"
                yield f"There is no database address for the {role}: set {name}."


def _places() -> Iterator[str]:
    """Keys, database and backups apart: who copies one must not have copied another."""
    keys: Path = settings.KEYS_DIR
    if _within(keys, settings.VAR_DIR):
        yield (
            f"The keys folder {keys} lies inside {settings.VAR_DIR}, which is backed up with the "
            "database: set TAHANAN_KEYS_DIR to a place of its own."
        )
    database = _database_file()
    if database is not None and _within(database, keys):
        yield f"The database {database} lies inside the keys folder {keys}: move it out."
    if settings.BACKUP_DIR is not None:
        if _within(settings.BACKUP_DIR, keys) or _within(keys, settings.BACKUP_DIR):
            yield "Keys and backups lie in one folder: a stolen backup would open itself."
        if database is not None and _same_disk(settings.BACKUP_DIR, database):
            yield "Backups would lie on the disk of the database, and be lost with it."
    paths = [witness.path for witness in configured()]
    if any(_within(path, settings.VAR_DIR) for path in paths):
        yield "The witnesses of the ledger lie beside the database: set TAHANAN_WITNESSES."
    elif database is not None and all(_same_disk(path, database) for path in paths):
        yield "Both witnesses of the ledger lie on the disk of the database."


def _keys() -> Iterator[str]:
    try:
        installation.roots()
        load_sealer_seed(settings.KEYS_DIR)
        if installed():
            installation.here()
    except RootsUnfit as unfit:
        yield unfit.sentence
    if not settings.SECRET_KEY_FILE.exists():
        secret = settings.SECRET_KEY_FILE
        yield f"There is no signing secret in {secret}: every start would sign people out."


def _database() -> Iterator[str]:
    if installation.here().demonstration:
        yield "This database was built as a demonstration: its people are synthetic and known."
    if missing := raising.missing(connection):
        yield f"{len(missing)} walls are missing in the database, {missing[0]} among them."


def _people() -> Iterator[str]:
    cheap = [cost for cost in UnlockMethod.objects.values_list("cost", flat=True) if is_cheap(cost)]
    if cheap:
        yield f"{len(cheap)} ways in were made for a demonstration or a test: nobody may keep them."
    holders = TeamKeyShare.objects.values("team").annotate(people=Count("person", distinct=True))
    alone = {row["team"] for row in holders if row["people"] < 2}
    kinds = [kind for kind in TeamKind if compartments_of(kind)]
    names = Team.objects.filter(id__in=alone, kind__in=kinds, ended_on__isnull=True)
    for name in names.order_by("name").values_list("name", flat=True):
        yield (
            f"Only one person holds the key of “{name}”: if she is gone, what it opens is lost. "
            "Confirm a second colleague."
        )


def _ledger() -> Iterator[str]:
    seal = last_seal()
    head = LedgerHead.objects.filter(tenant=links.tenant()).order_by("-no").first()
    if _newest_before(_SEALED_WITHIN) > (seal.at if seal else 0):
        yield "The sealer is not running: entries of the ledger wait unsealed."
    signed = next((each.at for each in seals_after(head.no - 1)), 0) if head else 0
    if _newest_before(_SIGNED_WITHIN) > signed:
        yield "No head of the ledger was signed within the hour: see that the sealer runs."
    for witness in configured():
        try:
            heads = witness.heads()
        except HeadRefused as refusal:
            yield refusal.sentence
            continue
        if head is not None and (not heads or heads[-1].no < head.no):
            yield f"The witness {witness.path} does not hold the last signed head."


def _newest_before(age: timedelta) -> int:
    """When (µs) the newest entry was written of those at least `age` old; 0 when there is none."""
    rows = LedgerEntry.objects.filter(tenant=links.tenant(), id__lt=ids.uuid7(clock.real() - age))
    return rows.order_by("-id").values_list("at", flat=True).first() or 0


def _later() -> Iterator[str]:
    """What this version cannot do yet. No setting makes these true."""
    yield "Backups: this version cannot make or test one, so a lost disk is a lost programme."
    yield (
        "Escrow: this version cannot put team keys, pepper and links root in the keeping of two "
        "people, so what every holder loses is lost."
    )


def _unseen() -> Iterator[str]:
    yield "Whether the disk is encrypted cannot be seen from here: make sure that it is."
    yield "Whether statements are logged with their values is the database server’s setting."


def _within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _database_file() -> Path | None:
    if connection.vendor != "sqlite":
        return None
    return Path(str(connection.settings_dict["NAME"])).resolve()


def _same_disk(path: Path, other: Path) -> bool:
    """Of the nearest folders that exist."""
    return _nearest(path).stat().st_dev == _nearest(other).stat().st_dev


def _nearest(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())
