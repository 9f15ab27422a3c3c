"""The documentation says what the code says, and decisions are numbered."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest
from tests.guards.source import PACKAGE, ROOT, committed, said

DOCS = ROOT / "docs"
RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PARTS = ("Context", "Decision", "Consequences", "What would change our mind")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")


def pages() -> ModuleType:
    """tools/pages.py, which stands outside the package."""
    spec = importlib.util.spec_from_file_location("tahanan_pages", ROOT / "tools/pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", list(pages().PAGES), ids=said)
def test_a_written_page_says_what_the_code_says(page):
    assert page.read_text(encoding="utf-8") == pages().PAGES[page](), "run: make pages"


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 2


@pytest.mark.parametrize("path", RECORDS, ids=said)
def test_a_decision_has_its_number_its_parts_and_its_successors(path):
    text = path.read_text(encoding="utf-8")
    heading = re.match(r"# (\d{4})\. \S.+\n", text)
    assert heading
    assert heading[1] == path.name[:4]
    assert re.findall(r"^## (.+)$", text, re.M) == list(PARTS)
    names = {record.name for record in RECORDS}
    for link in re.findall(r"[Ss]uperse\w+ (?:by )?\[\d{4}\]\(([^)]+)\)", text):
        assert link in names


def placed() -> set[str]:
    """The modules that the import contract has a band for, whether they stand yet or not."""
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return set(re.findall(r"\((\w+)\)", contract))


def test_every_noun_stands_in_the_glossary():
    glossary = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    modules = {
        path.stem
        for layer in ("casework", "records")
        for path in (PACKAGE / layer).iterdir()
        if not path.name.startswith("_")
        and path.name != "migrations"
        and path.suffix in {"", ".py"}
    }
    assert {"door", "grants", "survivors"} <= modules
    named = set(re.findall(r"`(?:casework|records)\.(\w+)`", glossary))
    assert modules - named == set(), "say in docs/reference/glossary.md what these are"
    assert named - modules - placed() == set(), "the glossary names modules that are gone"


@pytest.mark.parametrize("path", [path for path in committed() if path.suffix == ".md"], ids=said)
def test_a_link_between_pages_leads_somewhere(path):
    text = re.sub(r"`[^`\n]*`", "", path.read_text(encoding="utf-8"))
    lost = [link for link in LINK.findall(text) if not (path.parent / link).exists()]
    assert lost == []
