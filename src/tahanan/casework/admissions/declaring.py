"""Exclusions declared, and the lead told of every neutral no that was given."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys, links, scope
from tahanan.access.rules import Act, Action, OfficeAct
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import exclusions, facilities, facts, survivors, texts
from tahanan.casework.admissions import answers
from tahanan.casework.admissions.shapes import Declaring, NeutralNo
from tahanan.casework.admissions.suitability import Answer, Rule
from tahanan.casework.cases import cards
from tahanan.casework.door import command, query
from tahanan.casework.notes import LONGEST, NOTE
from tahanan.records.models import Facility, Note, Person, PlacementRequest, PlacementRequestCase
from tahanan.records.vocabulary import Compartment, FacilityKind

HEARD_DAYS = 30
HEARD_AT_MOST = 300


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


@query("neutral_noes")
def neutral_noes(visit: Visit) -> list[NeutralNo]:
    """Every neutral no of the last month given for children this lead may see, newest first."""
    gate.office(visit, OfficeAct.HEAR_NEUTRAL_NO)
    return heard(visit)


def heard(visit: Visit) -> list[NeutralNo]:
    """As `neutral_noes`, for a page that shows more."""
    since = visit.now - timedelta(days=HEARD_DAYS)
    newest = PlacementRequest.objects.filter(tenant=visit.tenant, asked_at__gte=since)
    rows = list(newest.order_by("-asked_at")[:HEARD_AT_MOST])
    of = defaultdict(list)
    for request, case in PlacementRequestCase.objects.filter(
        request__in=[row.id for row in rows]
    ).values_list("request_id", "case_id"):
        of[request].append(case)
    seen = scope.among(visit, {c for cases in of.values() for c in cases}, Compartment.JUSTICE)
    found = [
        (row, said, mine)
        for row in rows
        if (mine := sorted(case for case in of[row.id] if case in seen))
        for said in answers.unseal(row.id, bytes(row.answers)).answers
        if _neutral(said)
    ]
    opened = cards(visit, scope.among(visit, {c for _, _, mine in found for c in mine}).values())
    asker = links.recorded_by("records_placementrequest")
    by = {row.id: asker.open(row.asked_by, links.row(row.id)) for row, _, _ in found}
    people = dict(Person.objects.filter(id__in=by.values()).values_list("id", "name"))
    homes = dict(
        Facility.objects.filter(id__in=[said.home for _, said, _ in found]).values_list(
            "id", "name"
        )
    )
    return [
        NeutralNo(
            row.id,
            row.asked_at,
            people.get(by[row.id], ""),
            homes.get(said.home, ""),
            tuple(opened[case] for case in mine if case in opened),
        )
        for row, said, mine in found
    ]


def _neutral(said: Answer) -> bool:
    return any(broken.rule is Rule.CANNOT for broken in said.broken)


def _whole_group(visit: Visit, case: UUID) -> list[UUID]:
    """The case, and those of her sisters and brothers whose justice the actor may write."""
    whose = survivors.survivors_of([case])
    groups = survivors.groups(whose.values())
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
