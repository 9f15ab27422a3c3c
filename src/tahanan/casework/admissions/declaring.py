"""Exclusions declared: which home cannot take a family, and why, for who may open Justice."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import exclusions, facilities, facts, survivors, texts
from tahanan.casework.admissions.shapes import Declaring
from tahanan.casework.cases import cards
from tahanan.casework.door import command, query
from tahanan.casework.notes import LONGEST, NOTE
from tahanan.records.models import Facility, Note
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
    if not reason.strip():
        raise Invalid({"reason": _("Write why. Only those who may open Justice read it.")})
    if len(reason) > LONGEST // 2:
        raise Invalid({"reason": _("This is too long. Write it in fewer words.")})
    words = _("%(home)s cannot take this child. %(reason)s")
    text = words % {"home": home, "reason": reason.strip()}
    whole = _whole_group(visit, case)
    written = {each: _note(visit, each, text) for each in whole}
    exclusions.add(whole, facility)
    return written[case]


def _whole_group(visit: Visit, case: UUID) -> list[UUID]:
    """The case, and those of her sisters and brothers whose justice the actor may write."""
    whose = survivors.survivors_of([case])
    groups = survivors.families(whose.values())
    ids = {one for group in groups for one in group} | set(whose.values())
    theirs = {each for all in survivors.cases_of(ids).values() for each in all}
    seen = scope.among(visit, theirs, Compartment.JUSTICE)
    return sorted({case} | set(seen))


def _note(visit: Visit, case: UUID, text: str) -> UUID:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE))
    note = facts.add(
        visit,
        Note,
        case_id=case,
        compartment=Compartment.JUSTICE,
        happened_on=visit.today,
        happened_until=visit.today,
    )
    texts.write(visit, secret, NOTE, note, {"text": text})
    return note
