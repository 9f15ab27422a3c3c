"""The template environment: strict, escaped, translated, with the few globals every page uses."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
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
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
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


def url(name: str, **parts: object) -> str:
    """The address of the page `name`: `{{ url("child", case=case.id) }}`."""
    return reverse(name, kwargs=parts or None)


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
