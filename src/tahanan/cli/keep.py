"""`tahanan check`, `verify`, `seal`, `tick` and `close`: what the keeper of the machine does."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import asdict
from datetime import date
from types import FrameType
from typing import Annotated

import typer

from tahanan.cli.start import Stop, ready

_TURN_SECONDS, _HEAD_SECONDS, _AFTER_TROUBLE_SECONDS = 1.0, 900.0, 5.0


def check() -> None:
    """Is this installation fit for the records of real children? Code 1 while it is not."""
    ready("steward")
    from tahanan.casework import upkeep

    fitness = upkeep.check()
    for fault in fitness.faults:
        print(f"✗ {fault}")
    for remark in fitness.remarks:
        print(f"? {remark}")
    if not fitness.fit:
        raise Stop(f"Not fit for real records: {len(fitness.faults)} things stand against it.")
    print("Nothing that can be seen from here stands against real records.")


def verify() -> None:
    """Is everything as it was written? Names the first bad entry, and ends with code 1 at any."""
    ready("steward")
    from tahanan.casework import upkeep

    verdict = upkeep.verify()
    for remark in verdict.remarks:
        print(f"? {remark}")
    for fault in verdict.faults:
        print(f"✗ {fault.sentence}")
    print(
        f"Examined: {verdict.entries} entries, {verdict.seals} seals, "
        f"{verdict.heads} signed heads, {verdict.witnessed} heads kept by witnesses, "
        f"{verdict.links} keyed links."
    )
    if not verdict.whole:
        raise Stop(f"Not whole. First: {verdict.faults[0].sentence}")
    print("Whole.")


def count() -> None:
    """Say how many of each thing stand: people, homes, children, cases, stays, entries."""
    ready("steward")
    from tahanan.casework import upkeep

    if not upkeep.installed():
        raise Stop("Nothing is installed here. Run `tahanan install` first.")
    for name, number in asdict(upkeep.count()).items():
        print(f"{number:>9,}  {_COUNTED[name]}")


_COUNTED = {
    "organisations": "organisations",
    "teams": "teams",
    "people": "people",
    "homes": "homes",
    "children": "children",
    "cases": "cases",
    "stays": "stays, ended ones among them",
    "housed": "stays that go on",
    "entries": "entries of the ledger",
}


def seal(
    always: Annotated[bool, typer.Option("--always", help="Each second, until stopped.")] = False,
    head: Annotated[bool, typer.Option("--head", help="Sign the head now as well.")] = False,
) -> None:
    """Seal what the ledger gained: once, or each second and a signed head each quarter hour."""
    ready("steward")
    if always:
        _seal_always()
        return
    from tahanan.casework.ledger.sealing import Sealer

    turn = Sealer().turn(whole=True)
    print(f"Seal {turn.no}: {turn.writers} writers moved." if turn else "Nothing to seal.")
    if head and (refusals := _sign()):
        raise Stop(" ".join(refusals))


def tick() -> None:
    """Do what only time sets off: end grants and sessions, raise clocks. Holds no key."""
    ready("steward")
    from tahanan.access.actor import system
    from tahanan.casework import upkeep

    upkeep.tick(system("tick"))
    upkeep.sweep(system("tick"))
    print("Done; the ledger says what.")


def close(day: Annotated[str, typer.Argument(help="Such as 2026-10-31.")]) -> None:
    """Close the days until DAY: what was known by then is settled. It only moves forward."""
    ready()
    from tahanan.access.actor import system
    from tahanan.casework import upkeep

    try:
        until = date.fromisoformat(day)
    except ValueError:
        raise Stop(f"“{day}” is not a day such as 2026-10-31.") from None
    upkeep.close_days(system("close"), day=until)
    print(f"Closed until {until:%d %B %Y}.")


def _seal_always() -> None:
    """Seal each second; say what goes wrong in one line and go on, for a ledger must not wait."""
    from django.db import DatabaseError, connection

    from tahanan.casework.ledger.sealing import Sealer

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    sealer, parent, due = Sealer(), os.getppid(), 0.0
    while os.getppid() == parent:
        began = time.monotonic()
        try:
            sealer.turn(whole=began >= due)
            if began >= due:
                for refusal in _sign() or ():
                    print(refusal, file=sys.stderr)
                due = began + _HEAD_SECONDS
        except DatabaseError as error:
            print(f"The sealer waits for the database: {type(error).__name__}.", file=sys.stderr)
            connection.close()
            time.sleep(_AFTER_TROUBLE_SECONDS)
        time.sleep(max(0.0, _TURN_SECONDS - (time.monotonic() - began)))


def _sign() -> tuple[str, ...]:
    """Sign the last seal and send it out; the refusals of witnesses, in sentences."""
    from django.conf import settings

    from tahanan.casework import upkeep
    from tahanan.casework.ledger.sealing import sign_head
    from tahanan.vault.roots import load_sealer_seed

    signed = sign_head(load_sealer_seed(settings.KEYS_DIR), upkeep.configured())
    return signed.refusals if signed else ()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
