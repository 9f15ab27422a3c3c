"""What the guards read: the repository's own text, as files and as syntax trees."""

from __future__ import annotations

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "tahanan"


BUILT = {".git", ".venv", ".tools", "node_modules", "var", "site", "dist", "__pycache__"}


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git keeps, or is about to; in a copy without git, every file not built."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        paths = [ROOT / line for line in listed.stdout.splitlines()]
        return tuple(path for path in paths if path.is_file())
    return tuple(
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and not BUILT & set(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") for part in path.parts)
        and path.suffix != ".mo"
    )


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
