"""Pages: nothing inline, nothing from another site, nothing left over."""

from __future__ import annotations

import re

import pytest
from tests.guards.source import PACKAGE, committed, python_files, said

PAGES = [
    path
    for path in committed()
    if "templates" in path.parts and PACKAGE in path.parents and path.suffix != ".py"
]
SERVED = [
    path
    for path in committed()
    if PACKAGE / "web" / "static" in path.parents and path.suffix in {".css", ".js", ".svg"}
]
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<style|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|javascript:""", re.I
)
ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//|url\(["']?https?:""", re.I)


def test_an_inline_script_or_style_would_be_seen():
    for text in ("<script>", '<p style="x">', '<a onclick="x">', "<style>"):
        assert INLINE.search(text), text
    assert not INLINE.search('<script src="a.js" type="module"></script><p class="style">')


@pytest.mark.parametrize("path", PAGES, ids=said)
def test_a_page_has_nothing_inline_and_calls_on_no_other_site(path):
    text = path.read_text(encoding="utf-8")
    assert INLINE.findall(text) == []
    assert ELSEWHERE.findall(text) == []


@pytest.mark.parametrize("path", SERVED, ids=said)
def test_what_is_served_calls_on_no_other_site(path):
    assert ELSEWHERE.findall(path.read_text(encoding="utf-8")) == []


def test_no_template_is_left_over():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in [*PAGES, *python_files("src", "tests")]
    )
    folder = PACKAGE / "web" / "templates"
    names = [str(path.relative_to(folder)) for path in PAGES]
    assert len(names) > 10
    assert [name for name in names if f'"{name}"' not in code and f"'{name}'" not in code] == []
