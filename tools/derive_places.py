"""Write src/tahanan/base/places.csv from the `psgc` package: regions, provinces, cities, towns.

Run it from the root of the repository, in an environment that has `psgc` and nothing of ours
(docs/how-to/refresh-places.md). Barangays and the districts of Manila are left out on purpose:
they would lead too close to a home.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

TARGET = Path("src/tahanan/base/places.csv")
LEVELS = {"City": "city", "Mun": "municipality"}
# Grouping rows of the package that are no province: independent cities stand under their region.
NOT_A_PROVINCE = {"HUCGroup", "PseudoProvince"}
ISABELA = "0990100000"
Row = tuple[str, str, str, str, str, str]


def read(name: str) -> list[dict[str, Any]]:
    """One of the package's core files."""
    rows: list[dict[str, Any]] = json.loads(
        files("psgc").joinpath(f"data/core/{name}.json").read_text(encoding="utf-8")
    )
    return rows


def rows() -> list[Row]:
    """The columns of the file; ordered by level, then code."""
    regions: list[Row] = [
        (each["psgc_code"], "region", each["name"], "", "", each["island_group"])
        for each in read("regions")
    ]
    provinces = [
        each
        for each in read("provinces")
        if each.get("geographic_level") not in NOT_A_PROVINCE and each["psgc_code"] != ISABELA
    ]
    known = {each["psgc_code"] for each in provinces}
    # The nine-digit code of before 2021 still says which province an independent city was cut from.
    once = {
        each["correspondence_code"][:4]: each["psgc_code"]
        for each in provinces
        if each.get("correspondence_code")
    }
    cities: list[Row] = []
    for each in read("cities"):
        if each["geographic_level"] not in LEVELS:
            continue
        own = each["province_code"] if each["province_code"] in known else ""
        around = own or once.get((each.get("correspondence_code") or "")[:4], "")
        level = LEVELS[each["geographic_level"]]
        cities.append((each["psgc_code"], level, each["name"], own, around, ""))
    return (
        sorted(regions)
        + sorted((each["psgc_code"], "province", each["name"], "", "", "") for each in provinces)
        + sorted(cities)
    )


def release() -> date:
    """The day of the PSGC release: the first three parts of the package's version."""
    year, month, day = version("psgc").split(".")[:3]
    return date(int(year), int(month), int(day))


def main() -> None:
    """Write the file and say what is in it."""
    found = rows()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Philippine Standard Geographic Code (PSGC), Philippine Statistics Authority.\n"
            f"# release: {release().isoformat()}\n"
            f"# Derived by tools/derive_places.py from the package psgc {version('psgc')}"
            " (MIT, psgc contributors).\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "level", "name", "province", "around", "island"))
        writer.writerows(found)
    sys.stdout.write(f"{len(found)} places, release {release().isoformat()}\n")


if __name__ == "__main__":
    main()
