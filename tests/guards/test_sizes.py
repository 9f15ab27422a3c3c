"""No function and no file is longer than one can hold in one's head."""

from __future__ import annotations

import ast

from tests.guards.source import PACKAGE, python_files, said, tree

LONGEST_FUNCTION = 60
USUAL_FUNCTION = 30
LONGEST_FILE = 500


def lengths(module: ast.Module) -> dict[str, int]:
    """Lines of each function, from its `def` to its end, its docstring apart."""
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            doc = node.body[0] if ast.get_docstring(node) else None
            said_in_it = (doc.end_lineno or 0) - doc.lineno + 1 if doc else 0
            found[f"{node.name}:{node.lineno}"] = (
                (node.end_lineno or 0) - node.lineno + 1 - said_in_it
            )
    return found


def everywhere() -> dict[str, int]:
    return {
        f"{said(path)}:{name}": length
        for path in python_files("src", "tools", "bench")
        for name, length in lengths(tree(path)).items()
    }


def test_a_long_function_is_seen_as_long():
    text = "def long():\n" + "    x = 1\n" * 60
    assert lengths(ast.parse(text)) == {"long:1": 61}


def test_no_function_is_over_sixty_lines():
    assert {name: n for name, n in everywhere().items() if n > LONGEST_FUNCTION} == {}


def test_nineteen_functions_of_twenty_have_at_most_thirty_lines():
    found = sorted(everywhere().values())
    assert len(found) > 300, "the guard found hardly any function"
    assert found[int(len(found) * 0.95)] <= USUAL_FUNCTION


def test_no_file_is_over_five_hundred_lines():
    files = python_files("src", "tools", "tests", "bench")
    assert PACKAGE / "base" / "clock.py" in files
    long = {
        said(path): n
        for path in files
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}
