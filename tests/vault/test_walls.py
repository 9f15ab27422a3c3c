"""The vault's walls: nothing else touches the cryptography library, and no Django inside."""

from __future__ import annotations

import ast
from pathlib import Path

import tahanan

SOURCE = Path(tahanan.__file__).parent
VAULT = SOURCE / "vault"


def modules_named(path: Path) -> set[str]:
    """Top-level names a file imports, and dotted names it spells out as text."""
    named = set()
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import():
                named.update(alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                named.add(module)
            case ast.Constant(value=str(text)) if text.replace(".", "").isidentifier():
                named.add(text)
    return {name.partition(".")[0] for name in named}


def users_of(library: str, files: list[Path]) -> set[str]:
    return {str(path.relative_to(SOURCE)) for path in files if library in modules_named(path)}


def test_nothing_outside_the_vault_touches_cryptography():
    outside = [path for path in SOURCE.rglob("*.py") if VAULT not in path.parents]
    assert len(outside) > 10
    assert users_of("cryptography", outside) == set()


def test_the_guard_sees_an_import_where_there_is_one():
    assert {"vault/suites.py", "vault/links.py"} <= users_of(
        "cryptography", list(VAULT.rglob("*.py"))
    )


def test_the_guard_sees_an_import_by_name(tmp_path):
    hidden = tmp_path / "hidden.py"
    hidden.write_text('importlib.import_module("cryptography.hazmat")')
    assert "cryptography" in modules_named(hidden)


def test_the_vault_knows_no_django():
    assert users_of("django", list(VAULT.rglob("*.py"))) == set()
