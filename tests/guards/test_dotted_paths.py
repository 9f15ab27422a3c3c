"""What the import contract cannot see: modules named by a string."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from tests.guards.source import PACKAGE, ROOT, python_files, said, tree

DOTTED = re.compile(r"^tahanan(\.\w+)+$")
# What Django reads a setting for decides who may be named there.
MAY_NAME = {
    "SETTINGS_MODULE": ("config",),
    "ROOT_URLCONF": ("config",),
    "WSGI_APPLICATION": ("config",),
    "INSTALLED_APPS": ("records",),
    "MIDDLEWARE": ("web",),
    "TEMPLATES": ("web",),
    "CSRF_FAILURE_VIEW": ("web",),
    "AUTHENTICATION_BACKENDS": ("casework.entry",),
    "ACCOUNT_ADAPTER": ("casework.entry",),
    "MFA_ADAPTER": ("casework.entry",),
    "SESSION_ENGINE": ("casework.entry", "web"),
    "STORAGES": ("web",),
    "LOGGING": ("config", "web"),
}


def strings(value: Any) -> Iterator[str]:
    """Every string inside a setting, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in (*value.keys(), *value.values()):
            yield from strings(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from strings(part)


def named() -> list[tuple[str, str]]:
    """Setting → each module or object of ours that it names."""
    return [
        (name, text)
        for name in dir(settings)
        if name.isupper()
        for text in strings(getattr(settings, name))
        if DOTTED.match(text)
    ]


def resolve(path: str) -> object:
    """What a dotted path names; raises when it names nothing."""
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError:
        module, _, attribute = path.rpartition(".")
        return getattr(importlib.import_module(module), attribute)


def test_strings_deep_in_a_setting_are_found():
    assert ("ROOT_URLCONF", "tahanan.config.urls") in named()
    assert {name for name, _ in named()} >= {"MIDDLEWARE", "TEMPLATES", "INSTALLED_APPS"}


@pytest.mark.parametrize(("name", "path"), named())
def test_a_setting_names_only_what_it_may(name, path):
    assert name in MAY_NAME, f"say in this guard what {name} may name"
    inside = path.removeprefix("tahanan.")
    assert any(inside == layer or inside.startswith(f"{layer}.") for layer in MAY_NAME[name])
    assert resolve(path) is not None


def layers() -> dict[str, int]:
    """Each layer's height, from the import contract itself."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rows = contracts["contracts"][0]["layers"]
    return {
        name.strip(" ()"): height
        for height, row in enumerate(reversed(rows))
        for name in re.split(r"[|:]", row)
    }


# Django is told where its settings are by whoever starts it; the command starts it.
MAY_NAME_HIGHER = {("cli", "tahanan.config.settings")}


def test_no_module_names_a_higher_one_by_a_string():
    heights = layers()
    wrong = []
    for path in python_files("src"):
        layer = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                other = node.value.split(".")[1] if DOTTED.match(node.value) else ""
                if (layer, node.value) in MAY_NAME_HIGHER:
                    continue
                if other in heights and heights[other] > heights.get(layer, 99):
                    wrong.append(f"{said(path)}:{node.lineno} names {node.value}")
    assert heights["base"] == 0
    assert heights["config"] == max(heights.values())
    assert wrong == []
