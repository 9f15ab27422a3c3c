"""How each figure is counted: every choice that was open, and what it would be otherwise."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tahanan.base.errors import Invalid
from tahanan.casework import figures as counted
from tahanan.casework.figures.shapes import Defined, Shown
from tahanan.measures.catalogue import MEASURES
from tahanan.measures.spec import Choice, Measure
from tahanan.web import figure_files, figure_nights, figure_words
from tahanan.web.figure_forms import AsKnownForm, mended, query_of, wanted
from tahanan.web.request import Request, signed_in


@require_GET
@signed_in
def definitions(request: Request) -> HttpResponse:
    """Every measure in a sentence, and what was published."""
    context = {
        "published": counted.published(request.actor),
        "measures": MEASURES,
        "f": figure_words,
    }
    return render(request, "figures/definitions.jinja", context)


@require_GET
@signed_in
def definitions_file(request: Request, kind: str) -> HttpResponse:
    """The same as a file."""
    counted.published(request.actor)
    rows = [_said(measure) for measure in MEASURES.values()]
    choices = [
        {"measure": measure.code} | _chosen(choice)
        for measure in MEASURES.values()
        for choice in measure.choices
    ]
    tables = {"measures": rows, "choices": choices}
    return figure_files.sent(kind, "tahanan-definitions", {"file": "definitions"}, tables)


@require_GET
@signed_in
def definition(request: Request, measure: str) -> HttpResponse:
    """One measure: its definition, and the figure under each other choice."""
    defined, form = _asked(request, measure)
    context: dict[str, object] = {"measure": MEASURES[measure], "form": form, "f": figure_words}
    if defined is None:
        return _mend(request, context)
    query = query_of(request.GET.get("period", ""), known_on=defined.known_on)
    choices = list(zip(MEASURES[measure].choices, defined.others, strict=True))
    context |= {"defined": defined, "choices": choices, "query": query}
    context["daily"] = measure in figure_nights.DAILY
    return render(request, "figures/definition.jinja", context)


@require_GET
@signed_in
def definition_file(request: Request, measure: str, kind: str) -> HttpResponse:
    """The same as a file."""
    defined, form = _asked(request, measure)
    if defined is None:
        return _mend(request, {"measure": MEASURES[measure], "form": form, "f": figure_words})
    head = _said(MEASURES[measure]) | {
        "period": figure_words.period(defined.period),
        "known_on": defined.known_on.isoformat(),
        **figure_files.shown(defined.shown),
    }
    pairs = zip(MEASURES[measure].choices, defined.others, strict=True)
    choices = [_chosen(choice) | _numbers(other) for choice, other in pairs]
    name = f"tahanan-{measure}-{defined.known_on.isoformat()}"
    return figure_files.sent(kind, name, head, {"choices": choices})


def _asked(request: Request, measure: str) -> tuple[Defined | None, AsKnownForm]:
    if measure not in MEASURES:
        raise Http404
    asked, usual = request.GET, figure_words.usual_period(measure)
    try:
        defined = counted.definition(
            request.actor,
            measure=measure,
            known_on=wanted(asked, "known_on"),
            period=asked.get("period") or usual,
        )
        return defined, AsKnownForm(asked, defined.days, {"known_on": defined.known_on})
    except Invalid as fault:
        latest = counted.definition(request.actor, measure=measure, period=usual)
        form = AsKnownForm(asked, latest.days, {"known_on": latest.known_on})
        return None, mended(form, fault)


def _mend(request: Request, context: dict[str, object]) -> HttpResponse:
    context |= {"defined": None, "choices": (), "query": ""}
    return render(request, "figures/definition.jinja", context, status=422)


def _said(measure: Measure) -> dict[str, Any]:
    """The definition in words, in the reader's language."""
    return {
        "measure": measure.code,
        "version": measure.version,
        "name": _(measure.name),
        "counts": _(measure.sentence),
        "unit": _(measure.unit),
        "population": _(measure.population),
        "counted_once_by": _(measure.key),
        "numerator": measure.numerator and _(measure.numerator),
        "denominator": measure.denominator and _(measure.denominator),
        "unknowns": _(measure.unknowns),
        "not_to_be_compared_with": _(measure.not_with),
    }


def _chosen(choice: Choice) -> dict[str, Any]:
    return {
        "question": _(choice.question),
        "taken": _(choice.taken),
        "why": _(choice.why),
        "otherwise": choice.other.code if choice.other else "",
    }


def _numbers(other: Shown | None) -> dict[str, Any]:
    return {} if other is None else figure_files.shown(other)


urlpatterns: list[URLPattern] = [
    path("figures/definitions", definitions, name="definitions"),
    path("figures/definitions/download/<str:kind>", definitions_file, name="definitions_file"),
    path("figures/definitions/<str:measure>", definition, name="definition"),
    path(
        "figures/definitions/<str:measure>/download/<str:kind>",
        definition_file,
        name="definition_file",
    ),
]
