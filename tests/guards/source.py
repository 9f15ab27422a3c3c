"""What the guards read: the repository's own text, as files and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "tahanan"


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git keeps, or is about to."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return tuple(path for path in paths if path.is_file())


def python_files(*folders: str) -> list[Path]:
    """The Python files under these folders, migrations apart."""
    return [
        path
        for path in committed()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and "migrations" not in path.parts
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def said(path: Path) -> str:
    """A file by the name a person would use."""
    return str(path.relative_to(ROOT))
