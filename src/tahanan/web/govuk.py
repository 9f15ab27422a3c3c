"""GOV.UK's ported macros, called from Python: `draw("date-input", {...})`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup


@cache
def _macros() -> Environment:
    # The macros lean on missing keys being empty, so they get an environment of their own: ours
    # refuses a name it was not given.
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,
    )


def draw(component: str, params: Mapping[str, Any]) -> Markup:
    """The accessible markup of one component, with `params` as govuk-frontend documents them."""
    template = _macros().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    macro = "govuk" + component.title().replace("-", "")
    return Markup(getattr(template.module, macro)(params))  # noqa: S704  (the macro escapes)
