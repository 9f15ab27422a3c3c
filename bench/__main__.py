"""The bench in one command: build what is missing, measure, print one table.

    .venv/bin/python -m bench --cases 20000,200000 --databases sqlite,postgres --write

What is built stays in var/bench and is measured again next time; `--anew` builds it anew.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from bench import table
from bench.browser import Unexpected
from bench.cast import LISTENED
from bench.installation import DATABASES, VAR, BenchRefused, Installation
from bench.measure import listen, measure, results


def main() -> int:
    """The command line; 1 when a budget is passed or a clock tells what it must not."""
    given = _given()
    small = [Installation(database, LISTENED) for database in given.databases]
    chosen = [
        Installation(database, cases) for database in given.databases for cases in given.cases
    ]
    try:
        if not given.table:
            for each in small:
                _one(each, given, listen)
            for each in chosen:
                _one(each, given, measure)
    except (BenchRefused, Unexpected) as reason:
        print(reason, file=sys.stderr)
        return 1
    if given.build:
        return 0
    found = results(VAR)
    print(table.whole(found))
    if given.write:
        table.write(found)
    faults = table.faults(found)
    print("", *faults or ["Every budget is kept, and no clock tells."], sep="\n")
    return 1 if faults else 0


def _one(installation: Installation, given: argparse.Namespace, act: Callable[..., None]) -> None:
    if given.anew or not installation.stands:
        _say(f"Building {installation.cases} cases on {installation.database}.")
        installation.build()
    if not given.build:
        _say(f"Measuring {installation.cases} cases on {installation.database}.")
        act(installation, quick=given.quick)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=_numbers, default=[20_000], metavar="N,…")
    parser.add_argument("--databases", type=_databases, default=list(DATABASES), metavar="NAME,…")
    parser.add_argument("--build", action="store_true", help="build what is missing, and end")
    parser.add_argument("--anew", action="store_true", help="build anew what stands already")
    parser.add_argument("--quick", action="store_true", help="a dozen tries of each: to try it out")
    parser.add_argument(
        "--table", action="store_true", help="only lay out what was measured before"
    )
    parser.add_argument(
        "--write", action="store_true", help="into docs/reference/performance.md too"
    )
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return sorted(int(each) for each in text.split(","))


def _databases(text: str) -> list[str]:
    asked = text.split(",")
    if strange := set(asked) - set(DATABASES):
        raise argparse.ArgumentTypeError(f"{', '.join(strange)}: choose among {DATABASES}")
    return asked


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
