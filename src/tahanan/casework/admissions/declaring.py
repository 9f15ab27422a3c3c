"""Exclusions declared: which home cannot take a family, and why, for who may open Justice."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, scope
from tahanan.access.rules import Act
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import comparing, exclusions, facilities, survivors
from tahanan.casework.admissions.shapes import Declaring
from tahanan.casework.cases import cards
from tahanan.casework.door import command, query
from tahanan.casework.notes import LONGEST
from tahanan.records.models import Facility
from tahanan.records.vocabulary import Compartment, FacilityKind


@query("declaring_exclusion")
def declaring(visit: Visit, *, case: UUID) -> Declaring:
    """For whom an exclusion would be declared, and the homes it could name."""
    gate.act(visit, case, Act.DECLARE_EXCLUSION)
    whole = _whole_group(visit, case)
    opened = cards(visit, scope.among(visit, whole).values())
    homes = [
        (shape.id, shape.name)
        for shape in facilities.steps.every(visit)
        if shape.kind is not FacilityKind.SURVIVOR_CENTER
    ]
    return Declaring(tuple(opened[each] for each in whole if each in opened), tuple(homes))


# In the plain columns this is a note like any other in Justice: an entry of its own name, or a
# sealed piece of its own kind, would tell by existing (keyed-links.md §2).
@command("write_note")
def declare_exclusion(visit: Visit, *, case: UUID, facility: UUID, reason: str) -> UUID:
    """This home cannot take this child, nor her sisters and brothers. Gives the note's id.

    The reason is sealed as a note in each child's justice; everybody else reads the neutral no.
    """
    gate.act(visit, case, Act.DECLARE_EXCLUSION)
    home = Facility.objects.filter(id=facility).values_list("name", flat=True).first()
    if home is None:
        raise NotFound
    _sound(reason)
    words = _("%(home)s cannot take this child. %(reason)s")
    text = words % {"home": home, "reason": reason.strip()}
    whole = _whole_group(visit, case)
    written = {each: comparing.note(visit, each, {"text": text}) for each in whole}
    exclusions.put(whole, frozenset({facility}))
    return written[case]


@query("declaring_exclusion")
def lifting(visit: Visit, *, case: UUID) -> Declaring:
    """For whom an exclusion would be lifted, and the homes that cannot take them now."""
    gate.act(visit, case, Act.LIFT_EXCLUSION)
    whole = _whole_group(visit, case)
    opened = cards(visit, scope.among(visit, whole).values())
    kept = frozenset().union(*exclusions.read_many(whole).values())
    homes = Facility.objects.filter(id__in=kept).order_by("name").values_list("id", "name")
    return Declaring(tuple(opened[each] for each in whole if each in opened), tuple(homes))


@command("write_note")
def lift_exclusion(visit: Visit, *, case: UUID, facility: UUID, reason: str) -> UUID:
    """This home can take this family after all: another of the same name, a bar that ended.

    The same name is not found again for the same person; the reason is sealed in Justice, and
    nobody else is told. Gives the case.
    """
    gate.act(visit, case, Act.LIFT_EXCLUSION)
    _sound(reason)
    whole = _whole_group(visit, case)
    if not any(facility in homes for homes in exclusions.read_many(whole).values()):
        raise NotFound
    home = Facility.objects.values_list("name", flat=True).get(id=facility)
    words = _("%(home)s can take this child after all. %(reason)s")
    comparing.lift(visit, whole, facility, words % {"home": home, "reason": reason.strip()})
    return case


def _sound(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": _("Write why. Only those who may open Justice read it.")})
    if len(reason) > LONGEST // 2:
        raise Invalid({"reason": _("This is too long. Write it in fewer words.")})


def _whole_group(visit: Visit, case: UUID) -> list[UUID]:
    """The case, and those of her family whose justice the actor may open."""
    return sorted(survivors.family_cases(visit, [case], Compartment.JUSTICE)[case])
