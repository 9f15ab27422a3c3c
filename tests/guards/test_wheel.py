"""The wheel: everything that is served and read at run time, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile

import pytest
from tests.guards.source import PACKAGE, ROOT, committed


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_what_pages_are_made_of_is_in_the_wheel(inside):
    served = json.loads((PACKAGE / "web/static/dist/staticfiles.json").read_text(encoding="utf-8"))
    assert {"css/tahanan.css", "js/tahanan.js"} <= set(served["paths"])
    wanted = {f"tahanan/web/static/dist/{name}" for name in served["paths"].values()}
    assert wanted - inside == set()


def test_all_that_the_package_reads_is_in_the_wheel(inside):
    sources = PACKAGE / "web" / "static" / "src"
    wanted = {
        f"tahanan/{path.relative_to(PACKAGE)}"
        for path in committed()
        if PACKAGE in path.parents and sources not in path.parents
    }
    assert wanted - inside == set()
    catalogues = {name for name in wanted if name.endswith(".po")}
    assert {name.removesuffix("po") + "mo" for name in catalogues} - inside == set()


def test_no_test_no_tool_and_no_source_of_served_files_is_in_the_wheel(inside):
    assert {name.split("/")[0] for name in inside} <= {"tahanan", "tahanan-0.1.0.dist-info"}
    assert [name for name in inside if "/static/src/" in name or name.endswith(".pyc")] == []
    assert any(name.endswith("/licenses/LICENSE") for name in inside)
