"""Who slept where on one night; and one figure day by day, for those who count exactly."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from tahanan.base import clock
from tahanan.base.errors import Invalid
from tahanan.casework import figures as counted
from tahanan.casework.figures.shapes import DailySeries, OccupancyPage, Slept
from tahanan.measures.catalogue import MEASURES
from tahanan.measures.spec import Suspects
from tahanan.web import figure_charts, figure_files, figure_words
from tahanan.web.figure_forms import AsKnownForm, NightForm, YearForm, mended, query_of, wanted
from tahanan.web.places import KINDS
from tahanan.web.request import Request, signed_in

# Counted whenever it is asked for; shares and suspects are counted for whole periods.
DAILY = {
    code: measure
    for code, measure in MEASURES.items()
    if measure.asks is None and not isinstance(measure.of, Suspects)
}


@require_GET
@signed_in
def occupancy(request: Request) -> HttpResponse:
    """How many children slept in each home on one night."""
    page, form = _asked_night(request)
    return _night(request, page, form)


@require_GET
@signed_in
def occupancy_file(request: Request, kind: str) -> HttpResponse:
    """The same as a file."""
    page, form = _asked_night(request)
    if page is None:
        return _night(request, page, form)
    head = {"day": page.day.isoformat(), "known_on": page.known_on.isoformat()}
    homes = [
        {
            "home": figure_words.homes(row),
            "kind": figure_words.kinds(row, KINDS),
            "homes": row.homes,
            **_numbers(row),
        }
        for row in page.rows
    ]
    sums = [{"kind": figure_words.kinds(row, KINDS), **_numbers(row)} for row in page.sums]
    name = f"tahanan-occupancy-{page.day.isoformat()}"
    return figure_files.sent(kind, name, head, {"homes": homes, "sums": sums})


@require_GET
@signed_in
def days(request: Request, measure: str) -> HttpResponse:
    """One figure, day by day through a year, all of it as known on one day."""
    found, form = _asked_days(request, measure)
    return _days(request, measure, found, form)


@require_GET
@signed_in
def days_file(request: Request, measure: str, kind: str) -> HttpResponse:
    """The same as a file: every day of it."""
    found, form = _asked_days(request, measure)
    if found is None:
        return _days(request, measure, found, form)
    head = {
        "measure": measure,
        "name": figure_words.name(measure),
        "year": found.period.code,
        "known_on": found.known_on.isoformat(),
    }
    rows = [{"day": on.isoformat(), "until_then": n} for on, n in found.points]
    name = f"tahanan-{measure}-{found.period.code}-{found.known_on.isoformat()}"
    return figure_files.sent(kind, name, head, {"days": rows})


def _night(request: Request, page: OccupancyPage | None, form: AsKnownForm) -> HttpResponse:
    context: dict[str, object] = {"page": page, "form": form, "f": figure_words, "kinds": KINDS}
    if page is not None:
        context["query"] = query_of(day=page.day, known_on=page.known_on)
    status = 422 if page is None else 200
    return render(request, "figures/occupancy.jinja", context, status=status)


def _days(
    request: Request, measure: str, found: DailySeries | None, form: AsKnownForm
) -> HttpResponse:
    context: dict[str, object] = {"measure": measure, "found": found, "form": form}
    context["f"] = figure_words
    if found is not None:
        context |= {
            "chart": figure_charts.days(found),
            "query": query_of(known_on=found.known_on) + f"&year={found.period.code}",
        }
    status = 422 if found is None else 200
    return render(request, "figures/days.jinja", context, status=status)


def _numbers(row: Slept) -> dict[str, int | str | None]:
    return {"children": figure_files.masked(row.n), "places": row.places}


# ── what was asked ──────────────────────────────────────────────────────────────────────────


def _asked_night(request: Request) -> tuple[OccupancyPage | None, AsKnownForm]:
    asked, actor = request.GET, request.actor
    try:
        day, known = wanted(asked, "day"), wanted(asked, "known_on")
        page = counted.occupancy(actor, day=day, known_on=known)
        return page, NightForm(asked, page.days, {"day": page.day, "known_on": page.known_on})
    except Invalid as fault:
        latest = counted.occupancy(actor)
        shown = {"day": latest.day, "known_on": latest.known_on}
        return None, mended(NightForm(asked, latest.days, shown), fault)


def _asked_days(request: Request, measure: str) -> tuple[DailySeries | None, AsKnownForm]:
    if measure not in DAILY:
        raise Http404
    asked, actor = request.GET, request.actor
    this = clock.today().year
    try:
        year, known = _year(asked, this), wanted(asked, "known_on")
        found = counted.year_by_day(actor, measure=measure, year=year, known_on=known)
        return found, YearForm(asked, (), {"known_on": found.known_on}, year)
    except Invalid as fault:
        latest = counted.year_by_day(actor, measure=measure, year=this)
        form = YearForm(asked, (), {"known_on": latest.known_on}, this)
        return None, mended(form, fault)


def _year(asked: QueryDict, usual: int) -> int:
    """The year an address names; the usual one where it names none that can be read."""
    typed = asked.get("year", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else usual


urlpatterns: list[URLPattern] = [
    path("figures/occupancy", occupancy, name="occupancy"),
    path("figures/occupancy/download/<str:kind>", occupancy_file, name="occupancy_file"),
    path("figures/days/<str:measure>", days, name="figure_days"),
    path("figures/days/<str:measure>/download/<str:kind>", days_file, name="figure_days_file"),
]
