"""Words that have no place in a finished repository."""

from __future__ import annotations

import ast
import re

import pytest
from tests.guards.source import PACKAGE, ROOT, committed, python_files, said, tree

# Put together here, so that this file does not hold what it looks for.
UNFINISHED = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]) + r")\b"
)
TEXT = {".py", ".md", ".html", ".css", ".js", ".toml", ".yml", ".sh", ".cfg", ".txt", ".jinja"}
BARE_EXCUSE = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!: [A-Z]))")
SIDE_DOORS = {"utils", "helpers", "common", "misc", "managers", "signals", "admin"}


def test_nothing_says_it_is_unfinished():
    found = [
        f"{said(path)}:{number}"
        for path in committed()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_no_module_is_a_drawer_for_everything():
    names = {path.stem for path in python_files("src")} | {
        path.name for path in PACKAGE.rglob("*") if path.is_dir()
    }
    assert "clock" in names
    assert names & SIDE_DOORS == set()


def test_every_module_says_in_one_line_what_it_is_for():
    silent = []
    for path in python_files("src", "tools", "bench"):
        doc = ast.get_docstring(tree(path)) or ""
        if not doc.splitlines() or not doc.splitlines()[0].endswith((".", ":", "?")):
            silent.append(said(path))
    assert silent == []


def test_a_bare_excuse_is_seen_and_a_named_one_is_not():
    bare, named = "x = f()  # no" + "qa", "x = f()  # no" + "qa: S608"
    assert BARE_EXCUSE.search(bare)
    assert not BARE_EXCUSE.search(named)


def test_an_excuse_from_a_check_names_the_check():
    bare = [
        f"{said(path)}:{number}"
        for path in python_files("src", "tools", "tests", "bench")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BARE_EXCUSE.search(line) and "BARE_EXCUSE" not in line
    ]
    assert bare == []


@pytest.mark.parametrize("call", ["breakpoint", "print"])
def test_the_package_prints_only_from_the_command_line(call):
    found = [
        f"{said(path)}:{node.lineno}"
        for path in python_files("src")
        if (PACKAGE / "cli") not in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == call
    ]
    assert found == []


def test_what_is_built_is_never_committed():
    built = [
        said(path)
        for path in committed()
        if path.suffix in {".mo", ".woff2", ".pyc", ".sqlite3", ".pem", ".key"}
        or {"node_modules", "dist", ".venv", "var"} & set(path.relative_to(ROOT).parts)
    ]
    assert built == []
