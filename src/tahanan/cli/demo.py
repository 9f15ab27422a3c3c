"""`tahanan demo`: a synthetic programme, built once and served on this machine."""

from __future__ import annotations

import os
import sys
import textwrap
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tahanan.base import clock
from tahanan.cli import look_over, serve, standing
from tahanan.cli.standing import Told
from tahanan.cli.start import Stop, another, ready

if TYPE_CHECKING:
    from tahanan.world import Account

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
_COLUMNS = 79
_ELSEWHERE = "Choose another --port: `make demo PORT=8001`, say."
_INDENT = " " * 4


@app.callback(invoke_without_command=True)
def demo(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Build, look everything over, and end without serving.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    seed: Annotated[
        int | None, typer.Option(help="Another seed gives another story; 2011 where not given.")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day it is told on; today where not given."),
    ] = None,
    nights: Annotated[
        int | None,
        typer.Option(
            min=1, help="Only so many removals, the latest, and no history: built sooner."
        ),
    ] = None,
    cases: Annotated[
        int | None, typer.Option(min=1, help="Copied until there are so many: to see it at size.")
    ] = None,
) -> None:
    """Build the programme, print its accounts, and serve it on this machine until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    told_on = None if day is None else day.date()
    if told_on is not None and told_on > clock.today():
        raise Stop(
            f"{told_on:%d %B %Y} has not come yet: a demonstration is told on a day that has."
        )
    _settle()
    if not check:
        serve.must_be_free(serve.LOOPBACK, port, _ELSEWHERE)
    told = _built(seed, told_on, nights, cases)
    if check:
        look_over.look_over(told.seed, history=told.history)
        another("seal", "--head")
        another("verify")
        another("count")
        print("The demonstration stands. Run `make demo` to look at it.")
        return
    _print_accounts(told)
    print(f"\nDemonstration: http://localhost:{port}/   (Ctrl-C ends it)\n", flush=True)
    serve.run(serve.LOOPBACK, port, sealer=True)


@app.command()
def code(name: Annotated[str, typer.Argument(help="A sign-in name, such as lorna.")]) -> None:
    """Say the code that somebody’s phone shows now."""
    _settle()
    from tahanan.casework.entry import factors
    from tahanan.world import accounts, looks_in

    told = standing.must_stand()
    everybody = accounts(told.seed, history=told.history)
    for account in (*everybody, looks_in(told.seed)):
        if account.sign_in == name:
            print(factors.code_now(account.totp_secret))
            return
    raise Stop(f"Nobody here signs in as “{name}”. `tahanan demo people` lists everybody.")


@app.command()
def people() -> None:
    """Print the accounts again."""
    _settle()
    _print_accounts(standing.must_stand())


@app.command(hidden=True)
def empty() -> None:
    """Empty the tables of a demonstration left half built: run by `demo`, as their owner."""
    ready("owner")
    from tahanan.casework import upkeep

    upkeep.empty_demonstration()


def _settle() -> None:
    """The settings of a demonstration, where nothing else was set."""
    os.environ["TAHANAN_DEMONSTRATION"] = "true"
    os.environ.setdefault("TAHANAN_ARGON_COST", "cheap")
    ready()


def _built(seed: int | None, day: date | None, nights: int | None, cases: int | None) -> Told:
    """What stands, or what was asked for, built now. Raises Stop where another one stands."""
    from tahanan.world import SEED, latest_day

    with standing.builder() as lock:
        found = standing.found()
        if found is None:
            told = Told(SEED if seed is None else seed, day or latest_day(), nights, cases)
            standing.build(told, lock)
            return told
    if any(
        asked not in (None, stands)
        for asked, stands in (
            (seed, found.seed),
            (day, found.day),
            (nights, found.nights),
            (cases, found.cases),
        )
    ):
        raise Stop(
            f"Another demonstration stands here, {found}. Remove {_var()} first to build this one."
        )
    print(f"The demonstration stands already, {found}; nothing was changed.")
    return found


def _var() -> Path:
    from django.conf import settings

    return Path(settings.VAR_DIR)


def _print_accounts(told: Told) -> None:
    """Everybody’s account, agency by agency: name, words, code, and what each may see."""
    from tahanan.world import accounts, looks_in

    print("\nDEMONSTRATION. Everybody in it is invented.")
    print(f"It is {told}.\n")
    print(
        "To sign in, type a name and its passphrase, then the code, which stands in for\n"
        f"a phone. A code is good for half a minute; `{_command()} demo code NAME`\n"
        "says the next."
    )
    organisation = ""
    for account in accounts(told.seed, history=told.history):
        if account.organisation != organisation:
            organisation = account.organisation
            print(f"\n{organisation}")
            print(f"  {'Name':<10} {'Passphrase':<36} {'Code':<7} Who")
        print("\n".join(_lines(account)))
    if told.cases is not None:
        print("\nThe copies belong to further teams. Of the first of them is")
        print("\n".join(_lines(looks_in(told.seed))))
    ends = clock.now() + timedelta(seconds=30)
    print(f"\nThese codes end by {ends.astimezone(clock.MANILA):%H:%M:%S} in Manila.")


def _lines(account: Account) -> list[str]:
    from tahanan.casework.entry import factors

    code = factors.code_now(account.totp_secret)
    first = f"  {account.sign_in:<10} {account.passphrase:<36} {code:<7} {account.name}"
    sees = textwrap.wrap(account.sees, _COLUMNS, initial_indent=_INDENT, subsequent_indent=_INDENT)
    return [first, *sees]


def _command() -> str:
    """How the command is called from here, where no environment is activated."""
    ours = Path(sys.executable).with_name("tahanan")
    return str(ours.relative_to(Path.cwd())) if ours.is_relative_to(Path.cwd()) else "tahanan"
