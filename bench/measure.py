"""All measures of one installation, in one run, from a cold start to a crowd."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import crowd, leaks, measures
from bench.bent import LEAK, SHUT
from bench.browser import Browser
from bench.cast import DIRECTOR, FIVE, SUPERVISOR, WORKERS, worker
from bench.figures import Figure, of
from bench.installation import Installation
from bench.measures import Town

RESULTS = "results.json"


# So often each measure is counted on each day.
COUNTS = 20


def measure(installation: Installation, *, quick: bool = False) -> None:
    """Measure it and write the results into its folder."""
    tries = 12 if quick else measures.EACH
    found: list[Figure] = []
    installation.migrate()
    with installation.serve() as server:
        found.append(of("Start, until the first answer", [server.started * 1000], 3000))
        with _town(installation, server.address) as town:
            found.append(measures.first_child(town.workers[1]))
            found.append(measures.warmed(town))
            found.append(measures.baseline(town, tries))
            found += measures.caseloads(town, tries)
            found += measures.pages(town, tries)
            found += measures.saving(town, tries)
            found += measures.searches(town)
            found += crowd.together(town, 4 if quick else crowd.SECONDS)
        found.append(_memory(server.memory()))
    with installation.serve(SHUT) as server, _town(installation, server.address) as town:
        found.append(measures.shut_caseload(town, tries))
    _keep(installation, found, [], installation.counted(3 if quick else COUNTS))


def listen(installation: Installation, *, quick: bool = False) -> None:
    """Hear what the clock tells, as it is and with a leak planted."""
    tries = 30 if quick else leaks.TRIES
    told: list[dict[str, Any]] = []
    installation.migrate()
    for bent in ("", LEAK):
        with installation.serve(bent) as server, _town(installation, server.address) as town:
            told += _heard(installation, town, server.address, tries, planted=bool(bent))
    _keep(installation, [], told, [])


def results(var: Path) -> list[dict[str, Any]]:
    """The results of every installation that was measured, the smallest first."""
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in var.glob(f"*/{RESULTS}")]
    return sorted(kept, key=lambda each: (each["database"] != "sqlite", each["asked"]))


def _heard(
    installation: Installation, town: Town, address: str, tries: int, *, planted: bool = False
) -> list[dict[str, Any]]:
    known = installation.known
    pairs = leaks.pairs(address, town.workers[0], known["hidden"], known["refused"])
    return [leaks.listen(pair, tries).to_json() | {"planted": planted} for pair in pairs]


@contextmanager
def _town(installation: Installation, address: str) -> Iterator[Town]:
    """Everybody signed in; their sessions outlive the server, so each signs in once a run."""
    known = installation.known
    kept = known.setdefault("cookies", {})
    browsers: list[Browser] = []

    def browser(key: str) -> Browser:
        made = Browser(address, kept.get(key), source=f"192.0.2.{len(browsers) + 1}")
        if key not in kept:
            made.sign_in(key, **known["people"][key])
        kept[key] = made.cookies
        browsers.append(made)
        return made

    town = Town(
        [browser(worker(number)) for number in range(WORKERS)],
        browser(FIVE),
        browser(SUPERVISOR),
        browser(DIRECTOR),
        known["children"],
        known["hidden"],
    )
    try:
        yield town
    finally:
        for each in browsers:
            each.close()


def _memory(megabytes: float) -> Figure:
    return Figure("Memory of the worker, names loaded", megabytes, megabytes, "MB", 400)


def _keep(
    installation: Installation,
    found: list[Figure],
    told: list[dict[str, Any]],
    counted: list[dict[str, Any]],
) -> None:
    said = {
        "database": installation.database,
        "asked": installation.cases,
        "cases": installation.known["cases"],
        "on": time.strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load": os.getloadavg()[0],
        "figures": [figure.to_json() for figure in found],
        "leaks": told,
        "measures": counted,
    }
    text = json.dumps(said, indent=1, ensure_ascii=False)
    (installation.folder / RESULTS).write_text(text, encoding="utf-8")
