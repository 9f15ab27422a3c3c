"""Lock files hold names, versions and hashes, and nothing that says where from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.guards.source import ROOT, committed, said

PIN = re.compile(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==(\S+)", re.M | re.I)
PYTHON = sorted(ROOT.glob("requirements/*.txt"))
NPM = [path for path in committed() if path.name == "package-lock.json"]


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {found[1]: found[2] for found in PIN.finditer(text)}


def addresses(lock: Any, key: str = "") -> Iterator[str]:
    """Every address in an npm lock, those of the authors' own sponsors' pages apart."""
    if key == "resolved":
        yield str(lock)
    elif isinstance(lock, dict):
        for name, value in lock.items():
            if name != "funding":
                yield from addresses(value, name)
    elif isinstance(lock, list):
        for value in lock:
            yield from addresses(value)
    elif isinstance(lock, str) and "://" in lock:
        yield lock


@pytest.mark.parametrize("path", PYTHON, ids=said)
def test_a_python_lock_has_hashes_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert blocks
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("path", NPM, ids=said)
def test_an_npm_lock_has_hashes_and_no_address(path):
    lock = json.loads(path.read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert [name for name, one in packages.items() if "integrity" not in one] == []
    assert list(addresses(lock)) == []


def test_an_address_in_a_lock_would_be_seen():
    planted = {"packages": {"a": {"resolved": "x"}, "b": [{"from": "git+ssh://host/b"}]}}
    assert list(addresses(planted)) == ["x", "git+ssh://host/b"]


def test_both_npm_locks_and_every_python_lock_are_looked_at():
    assert {path.stem for path in PYTHON} == {"run", "test", "build", "node"}
    assert len(NPM) == 2


def test_the_tests_run_on_the_very_versions_that_are_served():
    served, tested = pins("run"), pins("test")
    assert len(served) > 20
    assert {name: v for name, v in served.items() if tested.get(name) != v} == {}
