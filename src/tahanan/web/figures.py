"""Figures: the programme's own, as known on a day; why they moved; how each is counted."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from tahanan.base.errors import Conflict, Invalid
from tahanan.casework import figures as counted
from tahanan.casework.figures.shapes import FiguresPage, Moved
from tahanan.measures.catalogue import MEASURES
from tahanan.web import (
    figure_charts,
    figure_definitions,
    figure_files,
    figure_nights,
    figure_words,
)
from tahanan.web.figure_forms import AsKnownForm, PublishForm, mended, query_of, wanted
from tahanan.web.figure_slides import HERO, counts_of, lines_of, slides, tally_of
from tahanan.web.figure_words import SHARES
from tahanan.web.request import Request, acting, posted, signed_in

DECK = "deck"
BOTH = ("before", "after")
# How many month ends back *why it moved* looks where no day was chosen.
HALF_A_YEAR = 6


@require_GET
@signed_in
def figures(request: Request) -> HttpResponse:
    """The programme in figures: a page, or one figure to a screen."""
    page, form = _asked_page(request)
    if page is None:
        return render(request, "figures/figures.jinja", _context(None, form), status=422)
    if request.GET.get("view") == "projector":
        return _projected(request, page)
    context = _context(page, form) | {"query": _query(request, page)}
    return render(request, "figures/figures.jinja", context)


@require_GET
@signed_in
def figures_file(request: Request, kind: str) -> HttpResponse:
    """The same as a file."""
    page, form = _asked_page(request)
    if page is None:
        return render(request, "figures/figures.jinja", _context(None, form), status=422)
    return figure_files.sent(kind, *figure_files.of_page(page))


@require_GET
@signed_in
def why(request: Request, measure: str) -> HttpResponse:
    """Why a figure moved between two days as known."""
    moved, form = _asked_moved(request, measure)
    context: dict[str, object] = {"measure": measure, "moved": moved, "form": form}
    context |= {"f": figure_words}
    if moved is None:
        return render(request, "figures/why.jinja", context, status=422)
    context |= {
        "bridge": figure_charts.bridge(moved),
        "query": query_of(request.GET.get("period", ""), before=moved.before, after=moved.after),
    }
    return render(request, "figures/why.jinja", context)


@require_GET
@signed_in
def why_file(request: Request, measure: str, kind: str) -> HttpResponse:
    """The same as a file."""
    moved, form = _asked_moved(request, measure)
    if moved is None:
        context = {"measure": measure, "moved": None, "form": form, "f": figure_words}
        return render(request, "figures/why.jinja", context, status=422)
    return figure_files.sent(kind, *figure_files.of_moved(moved))


@require_http_methods(["GET", "POST"])
@signed_in
def publish(request: Request) -> HttpResponseBase:
    """Say that a report left the programme: its figures are public from then."""
    before = counted.about_to_publish(request.actor)
    form = PublishForm(posted(request))
    if form.is_valid():
        known_on = form.cleaned_data["known_on"].first
        try:
            counted.publish(
                acting(request), report=DECK, known_on=known_on, title=form.cleaned_data["title"]
            )
            return redirect(f"{reverse('figures')}?{query_of(known_on=known_on)}&said=published")
        except Invalid as fault:
            form.mend(fault)
        except Conflict as no:
            form.mend(Invalid({"known_on": no.sentence}))
    context = {"form": form, "before": before}
    return render(request, "figures/publish.jinja", context, status=422 if form.mends else 200)


def _projected(request: Request, page: FiguresPage) -> HttpResponse:
    """One slide; which one is a number in the address, so that Back and Next are links."""
    shown = slides(page)
    asked = request.GET.get("slide", "1")
    at = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    at = min(max(1, at), len(shown))
    context = {
        "page": page,
        "slide": shown[at - 1],
        "at": at,
        "of": len(shown),
        "query": _query(request, page),
        "f": figure_words,
        "hundred": figure_charts.hundred,
    }
    return render(request, "figures/projector.jinja", context)


def _context(page: FiguresPage | None, form: AsKnownForm) -> dict[str, object]:
    context: dict[str, object] = {"page": page, "form": form, "f": figure_words}
    if page is None:
        return context
    of, since = lines_of(page), _since(page)
    return context | {
        "hero": of.get(HERO),
        "shares": [of[each] for each in SHARES if each in of],
        "counts": counts_of(page),
        "tally": tally_of(page),
        "empty": not any(line.then.n != 0 for line in of.values()),
        "years": figure_charts.years(page),
        "ages": figure_charts.ages(page.ages),
        "hundred": figure_charts.hundred,
        "since": since,
        "since_query": query_of(before=since[0], after=since[1]),
    }


def _query(request: Request, page: FiguresPage) -> str:
    return query_of(request.GET.get("period", ""), known_on=page.known_on)


def _since(page: FiguresPage) -> tuple[date, date]:
    """Which two days *why it moved* compares: with the latest, or with half a year ago."""
    if page.beside and page.beside > page.known_on:
        return page.known_on, page.beside
    older = [day for day in page.days if day < page.known_on]
    if older:
        return older[min(HALF_A_YEAR, len(older)) - 1], page.known_on
    day = page.known_on
    for _month in range(HALF_A_YEAR):
        day = day.replace(day=1) - timedelta(days=1)
    return day, page.known_on


# ── what was asked ──────────────────────────────────────────────────────────────────────────


def _asked_page(request: Request) -> tuple[FiguresPage | None, AsKnownForm]:
    """The page of the day and the period asked for; no page, where something is to be mended."""
    asked, actor = request.GET, request.actor
    try:
        page = counted.figures(
            actor, known_on=wanted(asked, "known_on"), period=asked.get("period") or None
        )
        return page, AsKnownForm(asked, page.days, {"known_on": page.known_on})
    except Invalid as fault:
        latest = counted.figures(actor)
        form = AsKnownForm(asked, latest.days, {"known_on": latest.known_on})
        return None, mended(form, fault)


def _asked_moved(request: Request, measure: str) -> tuple[Moved | None, AsKnownForm]:
    """The way between the two days asked for; none, where something is to be mended."""
    if measure not in MEASURES:
        raise Http404
    asked, actor = request.GET, request.actor
    latest = None if _names_both(asked) else counted.figures(actor)
    try:
        days = dict(zip(BOTH, _since(latest), strict=True)) if latest else {}
        named = {name: day for name in BOTH if (day := wanted(asked, name))}
        period = asked.get("period") or "all"
        moved = counted.why_it_moved(actor, measure=measure, period=period, **(days | named))
        return moved, AsKnownForm(asked, moved.days, {"before": moved.before, "after": moved.after})
    except Invalid as fault:
        latest = latest or counted.figures(actor)
        days = dict(zip(BOTH, _since(latest), strict=True))
        return None, mended(AsKnownForm(asked, latest.days, days), fault)


def _names_both(asked: QueryDict) -> bool:
    return all(asked.get(name) or asked.get(f"{name}-day") for name in BOTH)


urlpatterns: list[URLPattern] = [
    path("figures", figures, name="figures"),
    path("figures/download/<str:kind>", figures_file, name="figures_file"),
    path("figures/why/<str:measure>", why, name="why"),
    path("figures/why/<str:measure>/download/<str:kind>", why_file, name="why_file"),
    path("figures/publish", publish, name="publish_figures"),
    *figure_definitions.urlpatterns,
    *figure_nights.urlpatterns,
]
