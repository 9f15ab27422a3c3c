"""The template environment: strict, escaped, translated, with the few globals every page uses."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from tahanan.web import controls, forms, shell, words


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for.

    A name a page was not given raises; every value is escaped; `_`, `ngettext` and `{% trans %}`
    follow the language of the request.
    """
    options |= {"undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n"]}
    options |= {"trim_blocks": True, "lstrip_blocks": True}
    options.pop("autoescape", None)
    made = Environment(autoescape=True, **options)
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        said, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        url=url,
        static=static,
        draw_field=controls.draw_field,
        draw_summary=controls.draw_summary,
        run_key=forms.run_key,
        shell_of=shell.shell_of,
        count=words.count,
    )
    made.filters.update(words.FILTERS)
    return made


def said(message: str) -> str:
    """The message in the language of the request: a page of fifty children says some 250 times."""
    return _said(get_language(), message)


@lru_cache(maxsize=8192)
def _said(_language: str | None, message: str) -> str:
    return gettext(message)


def url(name: str, **parts: object) -> str:
    """The address of the page `name`: `{{ url("child", case=case.id) }}`."""
    if parts and all(type(part) is UUID for part in parts.values()):
        address = _address(name, *parts)
        for hole, part in zip(_HOLES, parts.values(), strict=False):
            address = address.replace(hole, str(part))
        return address
    return reverse(name, kwargs=parts or None)


# Ids that no row has, to stand where an id will: a list of fifty children has fifty addresses.
_HOLES = tuple(str(UUID(int=number)) for number in range(4))


@cache
def _address(name: str, *parts: str) -> str:
    return reverse(name, kwargs=dict(zip(parts, _HOLES, strict=False)))


def static(name: str) -> str:
    """The address of a served file: `{{ static("css/tahanan.css") }}`, with its content's hash."""
    return f"{settings.STATIC_URL}{_hashed().get(name, name)}"


@cache
def _hashed() -> dict[str, str]:
    """Name → name with hash, as the set-up left it; empty before the set-up."""
    listed = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not listed.is_file():
        return {}
    names: dict[str, str] = json.loads(listed.read_text(encoding="utf-8"))["paths"]
    return names
