"""Facilities added and kept: permits, places, what is out of use, pauses."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tahanan.access import gate
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base import places as psgc
from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework import stays
from tahanan.casework.door import command
from tahanan.casework.facilities import steps
from tahanan.casework.facilities.shapes import Numbers, Places, mark_of
from tahanan.records.models import (
    Facility,
    FacilityCapacity,
    FacilityOutOfUse,
    FacilityPause,
    FacilityPermit,
    Team,
)
from tahanan.records.vocabulary import FacilityKind, Permit, Sex, TeamKind

OLDEST = 25
_NAMES = {
    TeamKind.FACILITY_STAFF: lazy("%(home)s, staff"),
    TeamKind.FACILITY_CLINIC: lazy("%(home)s, clinic"),
    TeamKind.FACILITY_HOUSE: lazy("%(home)s, house"),
}
MOST_PLACES = 500


@command("add_facility")
def add_facility(
    visit: Visit,
    *,
    organisation: UUID,
    name: str,
    kind: FacilityKind,
    city: str,
    address: str,
    review_days: int | None = None,
    stay_target_days: int | None = None,
    teams: tuple[TeamKind, ...] = (),
) -> UUID:
    """A new facility of the administrator's own organisation. `city` is a PSGC code.

    `teams` of the home are opened with it; each has a key once its first member makes her account.
    """
    gate.office(visit, OfficeAct.EDIT_FACILITY)
    if not steps.may_edit(visit, None, organisation):
        raise steps.not_yours()
    _named(name, city)
    id = ids.uuid4()
    Facility(
        id=id,
        organisation_id=organisation,
        name=name.strip(),
        kind=kind,
        region=psgc.city(city).region,
        city=city,
        private=steps.seal(id, address.strip(), Numbers(review_days, stay_target_days)),
        since_on=visit.today,
    ).save(force_insert=True)
    for each in teams:
        Team(
            organisation_id=organisation,
            name=_NAMES[each] % {"home": name.strip()},
            kind=each,
            facility_id=id,
            since_on=visit.today,
        ).save(force_insert=True)
    return id


@command("record_permit")
def record_permit(
    visit: Visit,
    *,
    facility: UUID,
    kind: Permit,
    valid_from: date,
    valid_until: date,
    reference: str = "",
) -> UUID:
    """A licence or accreditation. Valid to the 14th means that the 14th is included."""
    steps.editing(visit, facility)
    if valid_until < valid_from:
        raise Invalid(
            {"valid_until": _("The last day is before the first. Give a later last day.")}
        )
    id = ids.uuid4()
    FacilityPermit(
        id=id,
        facility_id=facility,
        kind=kind,
        reference=reference.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
    ).save(force_insert=True)
    return id


@command("set_capacity")
def set_capacity(
    visit: Visit, *, facility: UUID, lines: tuple[Places, ...], seen: str | None = None
) -> UUID:
    """The lines of places from today on; a line not named ends, if nobody lives on it.

    `seen` is the mark of the lines that stood on the page: Conflict when others stand by now.
    """
    steps.editing(visit, facility)
    _sound(lines)
    # Two who set them take turns, and so does who takes a place.
    stays.hold_places([facility])
    standing = {
        row.line: row for row in steps.capacity(facility).filter(steps.of_today(visit.today))
    }
    if seen not in (None, mark_of(map(_line_of, standing.values()))):
        raise Conflict("set-first", _("Somebody changed the places first."))
    kept = {line.line for line in lines}
    _refuse_lost_children(visit, facility, set(standing) - kept)
    for number, row in standing.items():
        if not any(_same(row, line) for line in lines if line.line == number):
            row.until_on = visit.today
            row.save(update_fields=["until_on"])
    ever = steps.capacity(facility).order_by("-line").values_list("line", flat=True).first() or 0
    for line in lines:
        before = standing.get(line.line)
        if before is None:
            ever += 1
        elif _same(before, line):
            continue
        FacilityCapacity(
            id=ids.uuid4(),
            facility_id=facility,
            line=before.line if before is not None else ever,
            sex=line.sex,
            age_from=line.age_from,
            age_until=line.age_until,
            places=line.places,
            from_on=visit.today,
        ).save(force_insert=True)
    return facility


@command("take_out_of_use")
def take_out_of_use(visit: Visit, *, facility: UUID, line: int, places: int, reason: str) -> UUID:
    """Places of a line that cannot be used from today on. The reason is for the home: no names."""
    steps.editing(visit, facility)
    row = steps.capacity(facility).filter(steps.of_today(visit.today), line=line).first()
    if row is None:
        raise Invalid({"line": _("Choose which places these are.")})
    if not 1 <= places <= row.places:
        raise Invalid({"places": _("Give a number from 1 to %(places)d.") % {"places": row.places}})
    if not reason.strip():
        raise Invalid({"reason": _("Write why they cannot be used.")})
    id = ids.uuid4()
    FacilityOutOfUse(
        id=id,
        facility_id=facility,
        line=line,
        places=places,
        reason=reason.strip(),
        from_on=visit.today,
    ).save(force_insert=True)
    return id


@command("put_back_in_use")
def put_back_in_use(visit: Visit, *, facility: UUID, out_of_use: UUID) -> UUID:
    """Those places can be used again from today."""
    steps.editing(visit, facility)
    rows = FacilityOutOfUse.objects.filter(id=out_of_use, facility=facility, until_on__isnull=True)
    if not rows.update(until_on=visit.today):
        raise NotFound
    return out_of_use


@command("pause_facility")
def pause_facility(visit: Visit, *, facility: UUID) -> UUID:
    """The whole home takes no children from today on, and says so to everyone."""
    steps.editing(visit, facility)
    if not _pauses(facility).exists():
        FacilityPause(id=ids.uuid4(), facility_id=facility, from_on=visit.today).save(
            force_insert=True
        )
    return facility


@command("end_pause")
def end_pause(visit: Visit, *, facility: UUID) -> UUID:
    """The home takes children again from today."""
    steps.editing(visit, facility)
    _pauses(facility).update(until_on=visit.today)
    return facility


def _pauses(facility: UUID) -> QuerySet[FacilityPause]:
    return FacilityPause.objects.filter(facility=facility, until_on__isnull=True)


def _named(name: str, city: str) -> None:
    problems: dict[str, str] = {}
    if not name.strip():
        problems["name"] = _("Give the home its name.")
    if not psgc.is_city(city):
        problems["city"] = _("Choose the city or municipality from the list.")
    if problems:
        raise Invalid(problems)


def _line_of(row: FacilityCapacity) -> Places:
    return Places(Sex(row.sex), row.age_from, row.age_until, row.places, row.line)


def _same(row: FacilityCapacity, line: Places) -> bool:
    return (row.sex, row.age_from, row.age_until, row.places) == (
        line.sex,
        line.age_from,
        line.age_until,
        line.places,
    )


def _sound(lines: tuple[Places, ...]) -> None:
    if not lines:
        raise Invalid({"lines": _("A home has at least one line of places.")})
    for line in lines:
        if not 0 <= line.age_from <= line.age_until <= OLDEST:
            raise Invalid(
                {
                    "lines": _("Ages run from 0 to %(oldest)d, the younger first.")
                    % {"oldest": OLDEST}
                }
            )
        if not 1 <= line.places <= MOST_PLACES:
            raise Invalid(
                {"lines": _("A line has from 1 to %(most)d places.") % {"most": MOST_PLACES}}
            )


def _refuse_lost_children(visit: Visit, facility: UUID, ending: set[int]) -> None:
    """A line that ends with children on it would leave them uncounted."""
    taken = stays.taken(visit)
    if any(taken[facility, number] for number in ending):
        raise Invalid(
            {"lines": _("Children live on these places. Change the line, or move them first.")}
        )
