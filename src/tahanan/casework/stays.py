"""Stays: which places are taken in which home, and where one child has lived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from tahanan.access import links
from tahanan.access.keys import CompartmentSecret
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Conflict
from tahanan.casework import facts, texts
from tahanan.records.models import Facility, Stay
from tahanan.records.vocabulary import FacilityKind, StayEnd, StayMode
from tahanan.records.walls import session

AT_HOME = frozenset({StayEnd.REUNITED, StayEnd.KIN, StayEnd.INDEPENDENT})
HOME = "home"
Taken = Counter[tuple[UUID, int]]


@dataclass(frozen=True, slots=True)
class StayShape:
    """One stay as it stands: when and in what kind of home, not in which."""

    id: UUID
    case: UUID
    kind: FacilityKind
    line: int
    mode: StayMode
    from_on: date
    until_on: date | None
    end: StayEnd | None
    known_on: date


@dataclass(frozen=True, slots=True)
class HomeShape:
    """Where a stay was or is. Only for who has opened whereabouts."""

    stay: UUID
    facility: UUID
    name: str
    city: str


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def taken(visit: Visit) -> Taken:
    """How many places are taken today, by (facility, line): a count, whoever asks.

    The link of each stay's home is opened in memory; no query can group by it (keyed-links.md §4).
    """
    rows = session.places_taken(connection, visit.tenant, visit.today)
    homes = links.STAY_HOME.open_many([(home, links.row(stay)) for stay, home, _ in rows])
    return Counter((home, line) for home, (_, _, line) in zip(homes, rows, strict=True))


def hold_places(homes: Iterable[UUID]) -> None:
    """Until this command ends nobody else takes or leaves a place in these homes."""
    # By their links: what a lock table shows names no home.
    session.wait_for_homes(connection, [links.STAY_HOME.close(home) for home in homes])


def open_stays(cases: Iterable[UUID]) -> dict[UUID, StayShape]:
    """Case → the stay that goes on now, for those of `cases` who have a place."""
    rows = facts.standing(Stay).filter(case__in=list(cases), until_on__isnull=True)
    return {shape.case: shape for shape in map(_shape, rows)}


def gone_home(cases: Iterable[UUID]) -> set[UUID]:
    """Those whose last stay ended with family, kin or on their own: they need no place of ours."""
    last: dict[UUID, str] = {}
    rows = facts.standing(Stay).filter(case__in=list(cases)).order_by("from_on", "id")
    for case, end in rows.values_list("case_id", "end"):
        last[case] = end
    return {case for case, end in last.items() if end in AT_HOME}


def history(case: UUID) -> list[StayShape]:
    """Every stay of a case as known now, the newest first."""
    return [
        _shape(row) for row in facts.standing(Stay).filter(case=case).order_by("-from_on", "-id")
    ]


def homes(secret: CompartmentSecret) -> dict[UUID, HomeShape]:
    """Stay → where, for every stay of the case whose whereabouts `secret` opened."""
    rows = facts.standing(Stay).filter(case=secret.case)
    found = {row.id: links.STAY_HOME.open(row.home, links.row(row.id)) for row in rows}
    named = {
        id: (name, city)
        for id, name, city in Facility.objects.filter(id__in=found.values()).values_list(
            "id", "name", "city"
        )
    }
    return {
        stay: HomeShape(stay, home, *named[home]) for stay, home in found.items() if home in named
    }


def home_of(stay: UUID) -> UUID:
    """The facility of one stay: for rules and locks, never for a page without whereabouts."""
    home = Stay.objects.values_list("home", flat=True).get(id=stay)
    return links.STAY_HOME.open(home, links.row(stay))


def versions(stay: UUID) -> list[UUID]:
    """A stay's row and those it corrected: what was written of any of them is of this stay."""
    found = [stay]
    while (before := Stay.objects.values_list("replaces", flat=True).get(id=found[-1])) is not None:
        found.append(before)
    return found


def begin(
    visit: Visit,
    secret: CompartmentSecret,
    facility: tuple[UUID, str, FacilityKind],
    line: int,
    mode: StayMode,
    from_on: date,
    ended: tuple[date, StayEnd] | None = None,
) -> UUID:
    """A child lives in a home from a day on; its id and name are sealed into her whereabouts.

    `ended`: she lived there until that day, and why no longer.

    The sealed piece holds the id so that links can be made anew if their key is lost.
    """
    home, name, kind = facility
    id = ids.uuid7()
    link = links.STAY_HOME.close(home, links.row(id))
    stay: dict[str, Any] = {
        "home": link,
        "kind": kind,
        "line": line,
        "mode": mode,
        "from_on": from_on,
    }
    if ended is not None:
        stay |= {"until_on": ended[0], "end": ended[1]}
    try:
        facts.add(visit, Stay, id=id, case_id=secret.case, **stay)
    except IntegrityError:
        # Two workers, two homes, one child: the locks were of different homes.
        raise Conflict("placed-first", _("Somebody found a place for this child first.")) from None
    texts.write(visit, secret, HOME, id, {"home": str(home), "name": name})
    return id


def close(visit: Visit, stay: UUID, on: date, end: StayEnd) -> UUID:
    """She lives there no longer from `on`: a successor of the stay, whose link is made anew."""
    id = ids.uuid7()
    link = links.STAY_HOME.close(home_of(stay), links.row(id))
    return facts.correct(visit, Stay, stay, id=id, home=link, until_on=on, end=end)


def make_ordinary(visit: Visit, stay: UUID, line: int) -> UUID:
    """An emergency stay goes on as an ordinary one: a successor on a place of its own."""
    id = ids.uuid7()
    link = links.STAY_HOME.close(home_of(stay), links.row(id))
    return facts.correct(visit, Stay, stay, id=id, home=link, line=line, mode=StayMode.ORDINARY)


def _shape(row: Stay) -> StayShape:
    return StayShape(
        row.id,
        row.case_id,
        FacilityKind(row.kind),
        row.line,
        StayMode(row.mode),
        row.from_on,
        row.until_on,
        StayEnd(row.end) if row.end else None,
        row.known_day,
    )
