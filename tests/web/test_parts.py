"""Every part stands on the page of parts, and in the reference."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client
from tests.web.parts.serving import HERE

ROOT = HERE.parents[2]
COMPONENTS = ROOT / "src/tahanan/web/templates/components"


def macros() -> set[str]:
    """Every macro a page may use, by name."""
    return {
        name
        for file in COMPONENTS.glob("*.jinja")
        for name in re.findall(r"{% macro ([a-z]\w*)\(", file.read_text(encoding="utf-8"))
        if file.stem != "marks"
    }


def test_every_part_is_offered_in_one_place():
    offered = set(re.findall(r"{% set (\w+) =", (COMPONENTS / "ui.jinja").read_text("utf-8")))
    assert offered == macros() | {"marks"}


def test_every_part_is_on_the_page_of_parts():
    used = set(re.findall(r"ui\.(\w+)\(", (HERE / "page.jinja").read_text("utf-8")))
    assert macros() - used == SELDOM


# Parts too small to be looked at alone.
SELDOM = {"act_button", "card", "hidden", "lead", "pairs", "post", "ref", "refused", "time"}


def test_every_part_is_in_the_reference():
    text = (ROOT / "docs/reference/components.md").read_text(encoding="utf-8")
    assert {name for name in macros() if f"| `{name}`" not in text} == set()


def test_no_page_holds_a_style_or_a_script_of_its_own(site: Client):
    page = site.get("/parts").content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page)
    assert re.findall(r"<script[^>]*>(.*?)</script>", page) == [""]


def test_a_name_no_page_was_given_is_an_error_and_not_a_blank():
    import pytest
    from django.template import engines
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        engines.all()[0].from_string("{{ nmae }}").render({})


def test_a_page_has_one_heading_and_no_id_twice(site: Client):
    page = site.get("/parts").content.decode()
    assert len(re.findall(r"<h1", page)) == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def files() -> list[Path]:
    """The sources of sheets and scripts."""
    return sorted((ROOT / "src/tahanan/web/static/src").rglob("*.*s"))


def test_nothing_the_browser_runs_writes_markup_or_keeps_a_word():
    told = {"innerHTML", "outerHTML", "document.write", "eval(", "localStorage", "sessionStorage"}
    found = {
        (file.name, word) for file in files() for word in told if word in file.read_text("utf-8")
    }
    assert found == set()
    assert len(files()) > 10


# Parts of pages that are still to come.
TO_COME = {"th-cols--even", "th-night", "th-room"}


def test_every_rule_of_the_sheets_is_for_something():
    ours = ROOT / "src/tahanan/web"
    sheets = "".join(file.read_text("utf-8") for file in files() if file.suffix == ".css")
    pages = "".join(file.read_text("utf-8") for file in ours.rglob("*.jinja"))
    code = (*ours.rglob("*.py"), *(ROOT / "src/tahanan/charts").glob("*.py"))
    pages += "".join(file.read_text("utf-8") for file in code)
    # A modifier may be put together: “th-cols--” and what a page asks for.
    named = {name.partition("--")[0] for name in re.findall(r"\.(th-[\w-]+)", sheets)}
    assert {name for name in named if name not in pages} - TO_COME == set()
    assert len(named) > 60
