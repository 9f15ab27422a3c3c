"""Draws one bound field, or the summary of what is to be mended, in GOV.UK's accessible markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.utils.translation import gettext
from markupsafe import Markup

from tahanan.web import govuk
from tahanan.web.forms import Mend, Parts, PartsField, mend_title, wrong_parts

Size = Literal["", "m", "l"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a field is to look on this page; what it asks is the form's affair.

    heading: its label is the page's one `h1`. size: `m` or `l` for a larger label. width: 2 or 4
    characters. look: `choices` sets radios side by side, one tap each. rows: of a passage.
    hidden_label: for a field whose label the page shows otherwise. flush: no space under it.
    """

    heading: bool = False
    size: Size | None = None
    width: int = 0
    look: Literal["", "choices"] = ""
    rows: int = 4
    hidden_label: bool = False
    flush: bool = False
    autocomplete: str = "off"
    inputmode: str = ""
    autocapitalize: str = ""
    spellcheck: bool | None = None


def draw_field(bound: forms.BoundField, **look: Any) -> Markup:
    """The field with its label, hint, error and what was typed. `look`: see `Look`."""
    how, widget = Look(**look), bound.field.widget
    if isinstance(widget, Parts):
        return _parts(bound, how)
    if isinstance(widget, forms.CheckboxInput):
        return _tick(bound, how)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _chosen(bound, how)
    if isinstance(widget, forms.Select):
        return _listed(bound, how)
    if isinstance(widget, forms.HiddenInput):
        return Markup('<input type="hidden" name="{}" value="{}">').format(
            bound.html_name, "" if bound.value() is None else bound.value()
        )
    return _typed(bound, how)


def draw_summary(mends: tuple[Mend, ...]) -> Markup:
    """The summary at the top: what is to be mended, each a link to its field; else empty."""
    if not mends:
        return Markup("")
    return govuk.draw(
        "error-summary",
        {
            "titleText": mend_title(len(mends)),
            "errorList": [{"text": one.sentence, "href": one.href} for one in mends],
            "attributes": {"tabindex": "-1"},
        },
    )


def _identity(bound: forms.BoundField) -> str:
    return bound.auto_id or bound.html_name


def _common(bound: forms.BoundField, how: Look) -> dict[str, Any]:
    params: dict[str, Any] = {"name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {
            "text": str(bound.errors[0]),
            "visuallyHiddenText": gettext("Error"),
        }
    if how.flush:
        params["formGroup"] = {"classes": "th-mb-0"}
    return params


def _label(bound: forms.BoundField, how: Look, kind: str, size: str) -> dict[str, Any]:
    size = ("l" if how.heading else size) if how.size is None else how.size
    classes = [f"{kind}--{size}"] if size else []
    if how.hidden_label:
        classes.append("govuk-visually-hidden")
    return {
        "text": str(bound.label),
        "classes": " ".join(classes),
        "isPageHeading": how.heading,
    }


def _typed(bound: forms.BoundField, how: Look) -> Markup:
    widget, value = bound.field.widget, bound.value()
    secret = isinstance(widget, forms.PasswordInput)
    params = _common(bound, how) | {
        "id": _identity(bound),
        "label": _label(bound, how, "govuk-label", ""),
        "value": "" if value is None or secret else str(value),
        "autocomplete": widget.attrs.get("autocomplete", how.autocomplete),
        "spellcheck": how.spellcheck,
        "attributes": {"aria-invalid": "true"} if bound.errors else {},
    }
    if isinstance(widget, forms.Textarea):
        return govuk.draw("textarea", params | {"rows": how.rows})
    numeric = isinstance(bound.field, forms.IntegerField)
    return govuk.draw(
        "input",
        params
        | {
            "type": "password" if secret else "text",
            "classes": f"govuk-input--width-{how.width}" if how.width else "",
            "inputmode": how.inputmode or ("numeric" if numeric else None),
            "autocapitalize": how.autocapitalize or None,
        },
    )


def _parts(bound: forms.BoundField, how: Look) -> Markup:
    field = bound.field
    assert isinstance(field, PartsField)
    typed = bound.value() or ("",) * len(field.parts)
    wrong = wrong_parts(bound) if bound.errors else ()
    items = [
        {
            "id": f"{_identity(bound)}-{part}",
            "name": f"{bound.html_name}-{part}",
            "label": str(field.labels[part]),
            "value": value,
            "classes": f"govuk-input--width-{field.widths[part]}"
            + (" govuk-input--error" if part in wrong else ""),
            "autocomplete": "off",
            "attributes": {"aria-invalid": "true"} if part in wrong else {},
        }
        for part, value in zip(field.parts, typed, strict=True)
    ]
    params = _common(bound, how) | {"id": _identity(bound), "items": items}
    params["fieldset"] = {"legend": _label(bound, how, "govuk-fieldset__legend", "m")}
    return govuk.draw("date-input", params)


def _chosen(bound: forms.BoundField, how: Look) -> Markup:
    many = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    chosen = bound.value() or []
    held = {str(one) for one in (chosen if isinstance(chosen, list | tuple) else [chosen])}
    params = _common(bound, how) | {
        "idPrefix": _identity(bound),
        "items": list(_items(bound, held)),
        "classes": "th-choices" if how.look == "choices" else "",
        "fieldset": {"legend": _label(bound, how, "govuk-fieldset__legend", "m")},
    }
    return govuk.draw("checkboxes" if many else "radios", params)


def _items(bound: forms.BoundField, held: set[str]) -> Iterator[dict[str, Any]]:
    hints = getattr(bound.field, "hints", {})
    barred = getattr(bound.field, "barred", {})
    for value, label in bound.field.choices:  # type: ignore[attr-defined]
        item: dict[str, Any] = {
            "value": str(value),
            "text": str(label),
            "checked": str(value) in held,
            "disabled": str(value) in barred,
        }
        hint = barred.get(value) or hints.get(value)
        yield item | ({"hint": {"text": str(hint)}} if hint else {})


def _tick(bound: forms.BoundField, how: Look) -> Markup:
    params = _common(bound, how)
    hint = params.pop("hint", None)
    item: dict[str, Any] = {
        "id": _identity(bound),
        "value": "on",
        "text": str(bound.label),
        "checked": bool(bound.value()),
    }
    return govuk.draw(
        "checkboxes",
        params | {"idPrefix": _identity(bound), "items": [item | ({"hint": hint} if hint else {})]},
    )


def _listed(bound: forms.BoundField, how: Look) -> Markup:
    value = bound.value()
    params = _common(bound, how) | {
        "id": _identity(bound),
        "label": _label(bound, how, "govuk-label", ""),
        "items": [
            {"value": str(code), "text": str(label), "selected": str(code) == str(value or "")}
            for code, label in bound.field.choices  # type: ignore[attr-defined]
        ],
        "attributes": {"aria-invalid": "true"} if bound.errors else {},
    }
    return govuk.draw("select", params)
