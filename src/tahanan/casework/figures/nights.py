"""Who slept where on one day, as it may be told: a home at a time, or several joined."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid
from tahanan.casework.door import query
from tahanan.casework.figures import reports, series, telling
from tahanan.casework.figures.reading import Reader, reader
from tahanan.casework.figures.shapes import Home, OccupancyPage
from tahanan.records.models import Facility, FacilityCapacity, FacilityOutOfUse
from tahanan.records.vocabulary import FacilityKind


@query("occupancy", always=True)
def occupancy(
    visit: Visit, *, day: date | None = None, known_on: date | None = None
) -> OccupancyPage:
    """How many children slept in each home on a day (the latest), as known on it (or another)."""
    seen = reader(visit, reports.DECK)
    nights = _month_ends(seen)
    night = _night("day", seen, nights, day)
    known = _night("known_on", seen, nights, known_on or night)
    visit.details |= {"day": str(night), "known_on": str(known)}
    rows = telling.told_homes(_homes(night, known), seen.sight)
    return OccupancyPage(
        day=night,
        known_on=known,
        sight=seen.sight,
        days=nights,
        rows=rows,
        sums=telling.told_sums(rows),
        all=telling.together(rows),
    )


def _month_ends(seen: Reader) -> tuple[date, ...]:
    """Not the published days: nothing of who slept where was published, and two could be near."""
    return tuple(day for day in seen.days if (day + timedelta(days=1)).day == 1)


def _night(field: str, seen: Reader, nights: tuple[date, ...], day: date | None) -> date:
    if day is None:
        return seen.latest
    if day > seen.today:
        raise Invalid({field: _("This night is still ahead. Give today or a day before.")})
    if nights and day not in nights:
        raise Invalid({field: _("Choose the last day of a month from the list.")})
    return day


def _homes(night: date, known: date) -> list[Home]:
    """The homes that were open that day, and any other in which somebody slept; by name."""
    asleep = series.occupancy(night, known)
    places = _places(night)
    was_open = Q(since_on__lte=night) & (Q(ended_on__isnull=True) | Q(ended_on__gt=night))
    rows = Facility.objects.filter(was_open | Q(id__in=list(asleep))).order_by("name", "id")
    return [
        Home(name, FacilityKind(kind), places[id], asleep.get(id, 0))
        for id, name, kind in rows.values_list("id", "name", "kind")
    ]


def _places(night: date) -> Counter[UUID]:
    """The places of each home on a day, without those out of use."""
    standing = Q(from_on__lte=night) & (Q(until_on__isnull=True) | Q(until_on__gt=night))
    found: Counter[UUID] = Counter()
    for facility, places in FacilityCapacity.objects.filter(standing).values_list(
        "facility", "places"
    ):
        found[facility] += places
    for facility, places in FacilityOutOfUse.objects.filter(standing).values_list(
        "facility", "places"
    ):
        found[facility] -= places
    return found
