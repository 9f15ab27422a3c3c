"""What is opened without being noted as a look is opened in two places, each for its own end."""

from __future__ import annotations

import ast

import pytest
from tests.guards.source import PACKAGE

OPENERS = {"open_for_index": "casework/index.py", "open_to_compare": "casework/comparing.py"}


@pytest.mark.parametrize("opener", OPENERS)
def test_a_key_opened_unseen_is_opened_by_one_module(opener: str) -> None:
    callers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(
            getattr(node, "attr", getattr(node, "id", getattr(node, "name", None))) == opener
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    assert callers == {"access/keys.py", OPENERS[opener]}
