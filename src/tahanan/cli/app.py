"""The `tahanan` command: the same acts without pages, and what only the machine's keeper does."""

from __future__ import annotations

import sys
from importlib import metadata
from typing import Annotated

import typer
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist
from django.db import DatabaseError
from typer.exceptions import TyperException

from tahanan.base.errors import Refusal
from tahanan.cli import demo, install, keep, replay, report, serve
from tahanan.cli.start import Stop
from tahanan.vault.roots import RootsUnfit

app = typer.Typer(
    help="Tahanan: one case, worked together, from a removal to lasting freedom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("install")(install.install)
app.command("migrate")(install.migrate)
app.command("serve")(serve.serve)
app.command("check")(keep.check)
app.command("verify")(keep.verify)
app.command("count")(keep.count)
app.command("seal")(keep.seal)
app.command("tick")(keep.tick)
app.command("close")(keep.close)
app.command("replay")(replay.replay)
app.command("report")(report.report)
app.add_typer(demo.app, name="demo")


@app.command()
def version() -> None:
    """Say which version this is."""
    try:
        print(metadata.version("tahanan"))
    except metadata.PackageNotFoundError:
        print("Run from its source, without a version.")


@app.callback()
def every_verb(
    trace: Annotated[
        bool, typer.Option("--trace", help="Show where in the program an error came from.")
    ] = False,
) -> None:
    """What every verb shares."""
    _options["trace"] = trace


_options = {"trace": False}


def main() -> None:
    """Run one verb. Whatever goes wrong is one plain sentence on the error stream, and code 1.

    What was mistyped has code 2, as every shell's own commands have it.
    """
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        print(mistyped(error), file=sys.stderr)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as error:
        if _options["trace"]:
            raise
        print(sentence(error), file=sys.stderr)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def sentence(error: Exception) -> str:
    """What went wrong, in one sentence for the person at the keyboard."""
    if isinstance(error, Stop | Refusal | RootsUnfit):
        return error.sentence
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, ObjectDoesNotExist):
        return "Nothing is installed here. Run `tahanan install` first."
    if isinstance(error, DatabaseError):
        return f"The database did not answer as it should: {_first_line(error)}."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be used: {error.strerror}."
    return (
        f"Something went wrong that was not foreseen ({type(error).__name__}: "
        f"{_first_line(error)}). `tahanan --trace …` shows where."
    )


def mistyped(error: TyperException) -> str:
    """What nobody could make sense of on the command line; without a verb, what there is."""
    words = error.format_message().strip()
    if words.startswith("Usage:"):
        return words
    return f"{words.rstrip('.?')}{'?' if words.endswith('?') else '.'} See `tahanan --help`."


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else "it gave no reason"


if __name__ == "__main__":
    main()
