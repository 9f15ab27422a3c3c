"""`tahanan demo`: a small synthetic world, built once and served on this machine."""

from __future__ import annotations

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from tahanan.cli import look_over, serve
from tahanan.cli.install import make_keys
from tahanan.cli.start import Stop, another, ready

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
_NAME = "Demonstration"


@app.callback(invoke_without_command=True)
def demo(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Build, look everything over, and end without serving.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    seed: Annotated[int, typer.Option(help="Another seed gives another story.")] = 2011,
) -> None:
    """Build the small world, print its accounts, and serve it on this machine until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    _settle()
    if not check:
        serve.must_be_free(serve.LOOPBACK, port)
    chosen = _standing()
    if chosen is None:
        chosen = _build(seed)
    else:
        print("The demonstration stands already; nothing was changed.")
    if check:
        another("seal", "--head")
        another("verify")
        look_over.look_over(chosen)
        return
    _print_accounts(chosen)
    print(f"\nDemonstration: http://localhost:{port}/   (Ctrl-C ends it)\n", flush=True)
    serve.run(serve.LOOPBACK, port, sealer=True)


@app.command()
def code(name: Annotated[str, typer.Argument(help="A sign-in name, such as lorna.")]) -> None:
    """Say the code that somebody’s phone shows now."""
    _settle()
    from tahanan.casework.entry import factors
    from tahanan.world import accounts

    for account in accounts(_must_stand()):
        if account.sign_in == name:
            print(factors.code_now(account.totp_secret))
            return
    raise Stop(f"Nobody here signs in as “{name}”. `tahanan demo people` lists everybody.")


@app.command()
def people() -> None:
    """Print the accounts again."""
    _settle()
    _print_accounts(_must_stand())


def _settle() -> None:
    """The settings of a demonstration, where nothing else was set."""
    os.environ["TAHANAN_DEMONSTRATION"] = "true"
    os.environ.setdefault("TAHANAN_ARGON_COST", "cheap")
    ready()


def _marker() -> Path:
    from django.conf import settings

    return Path(settings.VAR_DIR) / "demonstration.json"


def _must_stand() -> int:
    standing = _standing()
    if standing is None:
        raise Stop("There is no demonstration here yet. Run `tahanan demo`.")
    return standing


def _standing() -> int | None:
    """The seed of the demonstration that stands here; None when there is none.

    Raises Stop over an installation that is no demonstration. One left half built is thrown away.
    """
    from tahanan.access import installation
    from tahanan.casework import upkeep

    if not upkeep.installed():
        return None
    if not installation.here().demonstration:
        raise Stop("This database holds an installation that is no demonstration; leave it alone.")
    if not _marker().exists():
        _throw_away()
        return None
    upkeep.must_be_ready()
    return int(json.loads(_marker().read_text(encoding="utf-8"))["seed"])


def _throw_away() -> None:
    """A demonstration whose building was interrupted: it holds nobody real."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "sqlite":
        raise Stop("A demonstration was left half built here. Empty its database, and try again.")
    print("A demonstration was left half built here. It is thrown away and built again.")
    name = str(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)
    shutil.rmtree(settings.KEYS_DIR, ignore_errors=True)
    _forget()


def _forget() -> None:
    from tahanan.access import installation, links

    installation.forget()
    links.forget()


def _build(seed: int) -> int:
    from django.conf import settings

    from tahanan.casework import upkeep
    from tahanan.world import build

    make_keys(settings.KEYS_DIR, settings.SECRET_KEY_FILE)
    another("migrate")
    upkeep.install(name=_NAME)
    print("Building a demonstration, in about a minute. Everybody in it is invented.", flush=True)
    build(lambda line: print(line, flush=True), seed=seed)
    _marker().write_text(json.dumps({"seed": seed}) + "\n", encoding="utf-8")
    return seed


def _print_accounts(seed: int) -> None:
    """Everybody’s account, agency by agency: name, words, code, and what each may see."""
    from tahanan.base import clock
    from tahanan.casework.entry import factors
    from tahanan.world import accounts

    print("\nDEMONSTRATION. Everybody in it is invented.")
    print("A code is good for half a minute; `tahanan demo code NAME` says the next.")
    organisation = ""
    for account in accounts(seed):
        if account.organisation != organisation:
            organisation = account.organisation
            print(f"\n{organisation}")
        code = factors.code_now(account.totp_secret)
        print(f"  {account.sign_in:<10}{account.passphrase}   {code}")
        print(f"  {'':<10}{account.name}. {account.sees}")
    ends = clock.now() + timedelta(seconds=30)
    print(f"\nThese codes end by {ends.astimezone(clock.MANILA):%H:%M:%S} in Manila.")
