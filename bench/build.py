"""Builds one installation of the bench: run by `bench.installation` in a process of its own.

    python -m bench.build CASES

in the environment of that installation. The demonstration is built through the door, then copied.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.cast import KEEPER, LISTENED, SEVERAL, TEAMS, WHAT, worker
from tahanan.base.progress import Progress
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
    build(lambda _line: None, today=clock.today(), history=cases > LISTENED)
    known = _filled(cases)
    _say("Sealing and verifying all of it.")
    another("seal", "--head")
    another("verify")
    (Path(settings.VAR_DIR) / WHAT).write_text(json.dumps(known), encoding="utf-8")


def _filled(cases: int) -> dict[str, object]:
    from bench import names, people
    from tahanan.casework import copies
    from tahanan.world import further
    from tahanan.world.multiply import Into, multiply

    town = people.settle(history=cases > LISTENED)
    everybody = town.everybody()
    keys = further.keys_of(everybody)
    with copies.by_the_million() as processes:
        _say("Reading the block.")
        block = copies.read_block(everybody, team_keys=keys)
        count = max(0, -(-(cases - block.cases) // block.cases))
        into = []
        for number, team in enumerate(town.teams):
            first = town.office.people[worker(0) if number == 0 else KEEPER]
            taken = count // TEAMS + (number < count % TEAMS)
            holders = [first, *town.colleagues]
            into.append(Into(team, keys[team], town.of_team(number), holders, taken))
        progress = Progress(_say, cases - block.cases)
        samples = multiply(
            block, into, keys, further.casework_of(everybody), said=progress.add,
            processes=processes,
        )  # fmt: skip
        _say(progress.ended(sum(map(len, block.rows.values())) / block.cases))
    named = {str(case): _listed(names.of(case)) for case in samples[0]}
    return {
        "cases": (count + 1) * block.cases,
        "copies": count,
        "people": people.ways_in(town),
        "children": named,
        "refused": _refused(town, samples[0]),
        "hidden": [str(case) for sample in samples[SEVERAL:] for case in sample],
    }


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
