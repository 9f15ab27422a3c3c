"""A column of links takes links of its own kind: refused by the type checker, and at run time."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from tests.cast.cast import Cast
from tests.house import ROOT

from tahanan.access import links
from tahanan.base import clock
from tahanan.records.fields import FacilityLink, PersonLink, TeamLink
from tahanan.records.models import Grant, PlacementRequest

# Each line is a fault of its own; `mypy` must name every one of them.
FAULTS = {
    "foreign kind": "def f(row: Grant) -> None:\n    row.team = PersonLink(int=1)\n",
    "plain id": "def f(row: Grant) -> None:\n    row.team = UUID(int=1)\n",
    "wrong column": ("def f(row: Grant) -> UUID:\n    return links.STAY_HOME.open(row.team)\n"),
}
HEAD = """from uuid import UUID
from tahanan.access import links
from tahanan.records.fields import PersonLink, TeamLink
from tahanan.records.models import Grant

"""
SOUND = "def f(row: Grant) -> UUID:\n    return links.GRANT_TEAM.open(row.team)\n"


def test_the_type_checker_names_each_planted_fault_and_nothing_else(tmp_path: Path) -> None:
    from mypy import api

    files = {name: tmp_path / f"planted_{n}.py" for n, name in enumerate((*FAULTS, "sound"))}
    for name, file in files.items():
        file.write_text(HEAD + FAULTS.get(name, SOUND), encoding="utf-8")
    said, broke, _code = api.run(
        ["--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary", "--follow-imports",
         "silent", "--cache-dir", str(tmp_path / "cache"), *map(str, files.values())]
    )  # fmt: skip
    assert not broke, broke
    named = {line.split(":")[0].rsplit("/", 1)[-1] for line in said.splitlines() if "error" in line}
    assert named == {files[name].name for name in FAULTS}, said


@pytest.mark.parametrize("value", [uuid.uuid4(), PersonLink(int=5), FacilityLink(int=5), "x"])
def test_a_column_refuses_what_is_no_link_of_its_kind(cast: Cast, value: object) -> None:
    row = PlacementRequest(
        tenant=links.tenant(), team=value, asked_by=PersonLink(int=1), answers=b"",
        asked_at=clock.now(), from_on=clock.today(),
    )  # fmt: skip
    with pytest.raises(TypeError, match="takes a TeamLink"):
        row.save(force_insert=True)
    with pytest.raises(TypeError, match="takes a TeamLink"):
        Grant.objects.filter(team=value).exists()


def test_a_link_opens_in_its_own_column_alone(cast: Cast) -> None:
    team = cast.team("casework")
    link = links.GRANT_TEAM.close(team)
    assert links.GRANT_TEAM.open(link) == team
    with pytest.raises(TypeError, match="holds FacilityLink, not TeamLink"):
        links.STAY_HOME.open(link)  # type: ignore[arg-type]
    # Of the right kind, but another column's or another scope's: it leads to nobody.
    assert links.INTAKE_TEAM.open(link) != team
    assert links.GRANT_HOME.open(TeamLink(link.hex), links.month(clock.today())) != team
