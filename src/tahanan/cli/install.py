"""`tahanan install` and `tahanan migrate`: from an empty disk to the first administrator's card."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from tahanan.cli.start import Stop, another, ready


def install(
    name: Annotated[str, typer.Option(prompt="What is this installation called?")],
    organisation: Annotated[str, typer.Option(prompt="The first organisation’s name")],
    administrator: Annotated[str, typer.Option(prompt="Its administrator’s name")],
    sign_in_name: Annotated[str, typer.Option(prompt="The name she will sign in with")],
    region: Annotated[
        str, typer.Option(prompt="The PSGC code of its region", help="Such as 0700000000.")
    ] = "1300000000",
    kind: Annotated[
        str, typer.Option(help="ngo, church, local_government, central_government …")
    ] = "ngo",
) -> None:
    """Make the keys, the tables, the first organisation, and a card for its administrator."""
    ready()
    from django.conf import settings

    from tahanan.access.actor import system
    from tahanan.casework import people, upkeep
    from tahanan.records.vocabulary import OrganisationKind

    if kind not in {each.value for each in OrganisationKind}:
        raise Stop(f"“{kind}” is no kind of organisation: {', '.join(OrganisationKind)}.")
    _region(region)
    make_keys(settings.KEYS_DIR, settings.SECRET_KEY_FILE)
    another("migrate")
    upkeep.install(name=name)
    installer = system("install")
    person = people.found_organisation(
        installer,
        name=organisation,
        kind=OrganisationKind(kind),
        region=region,
        administrator=administrator,
    )
    card = people.make_card(installer, person=person, sign_in_name=sign_in_name)
    print_card(card.name, card.sign_in_name, card.code, f"{card.until:%d %B %Y}")
    print("Next: `tahanan serve`, and `tahanan check` says what is missing before real records.")


def migrate() -> None:
    """Bring the tables and the walls of the database to this version, as their owner."""
    ready("owner")
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    print("The tables are those of this version.")


def make_keys(keys: Path, secret: Path) -> None:
    """The installation's key files and signing secret. Those that stand are kept as they are."""
    from tahanan.vault.roots import NAMES, create_roots, load_roots, load_sealer_seed

    if any((keys / name).exists() for name in NAMES):
        # A set that is whole is kept; one that is not must be mended, never filled up.
        load_roots(keys)
        load_sealer_seed(keys)
    else:
        create_roots(keys)
        print(f"Keys were made in {keys}. Copy them to a place apart from every backup, today.")
    if not secret.exists():
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))


def print_card(name: str, sign_in_name: str, code: str, until: str) -> None:
    """The card as it is handed over: what it says is kept nowhere."""
    lines = [
        f"Card for {name}",
        f"Sign-in name   {sign_in_name}",
        f"One-time code  {code}",
        f"Good until     {until}",
    ]
    width = max(map(len, lines))
    edge = "+" + "-" * (width + 4) + "+"
    print("\n".join(["", edge, *(f"|  {line:<{width}}  |" for line in lines), edge, ""]))


def _region(code: str) -> None:
    from tahanan.base import places

    if not any(region.code == code for region in places.regions()):
        raise Stop(f"“{code}” is not the PSGC code of a region, such as 0700000000.")
