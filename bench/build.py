"""Builds one installation of the bench: run by `bench.installation` in a process of its own.

    python -m bench.build CASES

in the environment of that installation. The demonstration is built through the door, then copied.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.cast import KEEPER, SEVERAL, TEAMS, WHAT, worker
from tahanan.cli.start import another, ready

_KIN = "A relative of the household works there (invented)."
_COURT = "A court’s order bars it for ten months more (invented, and longer than the other)."


def main(cases: int) -> None:
    """From an empty database to `cases` cases, verified; what the measures need, in a file."""
    os.environ["TAHANAN_DEMONSTRATION"] = "true"
    ready()
    from django.conf import settings

    from tahanan.base import clock
    from tahanan.casework import upkeep
    from tahanan.cli.install import make_keys
    from tahanan.world import build

    make_keys(settings.KEYS_DIR, settings.SECRET_KEY_FILE)
    another("migrate")
    upkeep.install(name="Bench")
    _say("Building the demonstration through the door.")
    build(lambda _line: None, today=clock.today())
    known = _filled(cases)
    _say("Sealing and verifying all of it.")
    another("seal", "--head")
    another("verify")
    (Path(settings.VAR_DIR) / WHAT).write_text(json.dumps(known), encoding="utf-8")


def _filled(cases: int) -> dict[str, object]:
    from bench import names, people
    from bench.multiply import Into, Sample, block, keys_of, multiply

    town = people.settle()
    everybody = town.everybody()
    _say("Reading the block.")
    original = block(everybody)
    copies = max(0, -(-(cases - original.cases) // original.cases))
    casework = [m.team for m in everybody.memberships if m.kind == "casework"]
    keys = keys_of(everybody)
    samples: list[Sample] = []
    for number, team in enumerate(town.teams):
        times = copies // TEAMS + (number < copies % TEAMS)
        first = worker(0) if number == 0 else KEEPER
        holders = [town.office.people[first], *town.colleagues]
        into = Into(team, town.of_team(number), holders)
        with _as_owner():
            samples.append(multiply(original, times, into, keys, casework))
        _say(f"Team {number + 1} of {TEAMS} holds {times * original.cases} cases.")
    named = {str(case): _listed(names.of(case)) for case in samples[0].cases}
    return {
        "cases": (copies + 1) * original.cases,
        "copies": copies,
        "people": people.ways_in(town),
        "children": named,
        "refused": _refused(town, list(samples[0].cases)),
        "hidden": [str(case) for sample in samples[SEVERAL:] for case in sample.cases],
    }


@contextmanager
def _as_owner() -> Iterator[None]:
    """Write as the role that owns the tables, as whoever fills a database by the million does.

    PostgreSQL then asks its policies once a statement and not once a row: four times as fast.
    """
    from django.conf import settings
    from django.db import connections

    standing = connections["default"]
    details = {**standing.settings_dict, **settings.DATABASE_ROLES["owner"]}
    connections["default"] = owner = type(standing)(details, alias="default")
    try:
        yield
    finally:
        owner.close()
        connections["default"] = standing


def _refused(town: Any, copied: list[UUID]) -> list[str]:
    """Two copies of one child, whom one home cannot take: each for a reason of her own.

    They are alike in all but their names, or the answers of the other homes would differ too.
    """
    from tahanan.casework import admissions, facilities

    lead, keeper = town.office.actors["amelia"], town.of_team(0)
    home = next(iter(facilities.facilities(lead))).id
    seen: dict[str, UUID] = {}
    for case in copied:
        like = _alone(keeper, case)
        if like in seen:
            for each, reason in ((seen[like], _KIN), (case, _COURT)):
                admissions.declare_exclusion(lead, case=each, facility=home, reason=reason)
            return [str(seen[like]), str(case)]
        if like:
            seen[like] = case
    return []


def _alone(keeper: Any, case: UUID) -> str:
    """All that a card says of a child without sisters and brothers, but her name; else nothing."""
    from tahanan.casework import child_page

    page = child_page.child(keeper, case=case)
    if page.siblings or page.unseen or page.card is None or page.card.card.birth is None:
        return ""
    return repr((replace(page.card.card, chosen=""), page.way))


def _listed(name: object) -> list[str]:
    return [getattr(name, part) for part in ("given", "middle", "surname")]


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
