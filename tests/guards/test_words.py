"""The words of the pages, in three languages: complete, and with the same placeholders."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from tests.guards.source import ROOT, said

LOCALE = ROOT / "src" / "tahanan" / "web" / "locale"
LANGUAGES = ("fil", "ceb")
PLACE = re.compile(r"%\(\w+\)[sdf]|\{\w*\}|%(?![%(])[sd]")
TAG = re.compile(r"</?[a-z]+")


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def marked(folder: Path) -> Catalog:
    """Every message the sources mark, gathered as `make messages` does."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        spec = importlib.util.spec_from_file_location("words", ROOT / "tools/translations.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.PYBABEL = Path(sys.executable).with_name("pybabel")
        module.extract(folder / "django.pot")
    finally:
        sys.path.remove(str(ROOT / "tools"))
    with (folder / "django.pot").open("rb") as file:
        return read_po(file)


def forms(message: Message) -> tuple[list[str], list[str]]:
    """The English of a message and its translations, each as a list (plurals are several)."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    told = [message.string] if isinstance(message.string, str) else list(message.string)
    return english, told


def faults(messages: Catalog) -> list[str]:
    """Messages whose translation lost or gained a placeholder or a tag."""
    found = []
    for message in messages:
        english, told = forms(message)
        if not message.id or not any(told):
            continue
        for pattern in (PLACE, TAG):
            allowed = [sorted(pattern.findall(text)) for text in english]
            found += [text for text in told if sorted(pattern.findall(text)) not in allowed]
    return found


def test_a_lost_placeholder_is_seen():
    planted = Catalog(locale="fil")
    planted.add("%(count)s children", "mga bata")
    planted.add("Hello", "Kumusta")
    assert faults(planted) == ["mga bata"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_compiles_and_keeps_its_placeholders(language, tmp_path):
    messages = catalogue(language)
    with (tmp_path / "django.mo").open("wb") as file:
        write_mo(file, messages)
    assert [error for message in messages for error in message.check(messages)] == []
    assert faults(messages) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_every_page_is_drafted(language, tmp_path):
    sources = {(message.id, message.context) for message in marked(tmp_path) if message.id}
    drafted = {
        (message.id, message.context)
        for message in catalogue(language)
        if message.id and all(forms(message)[1]) and not message.fuzzy
    }
    assert len(sources) > 50
    assert sorted(map(str, sources - drafted)) == [], "run: make messages, then translate"
    assert sorted(map(str, drafted - sources)) == [], "run: make messages"


def test_a_draft_says_that_it_needs_a_native_reader():
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        assert "needs a native reader" in path.read_text(encoding="utf-8"), said(path)
