"""Numbered packs of blank sheets for a night without power or line."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tahanan.access import gate, links
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework.door import command, query
from tahanan.casework.intake import drafts
from tahanan.casework.intake.shapes import Pack
from tahanan.records.models import Intake, PaperPack

MOST_SHEETS = 60
PACKS_AT_MOST = 40
# Numbers are drawn, not counted: a team sees only its own packs, and a count would tell how many
# others print. Four figures are read aloud at night; six once those are used up.
_NUMBERS = (9_999, 999_999)
_DRAWS = 12


@command("print_pack")
def print_pack(visit: Visit, *, team: UUID, sheets: int) -> UUID:
    """Reserve a number for a pack of so many sheets, and give the pack's id."""
    visit.must_be_unlocked()
    gate.office(visit, OfficeAct.PRINT_PAPER_PACK, team)
    if not 1 <= sheets <= MOST_SHEETS:
        sentence = _("Give a number from 1 to %(most)s.") % {"most": MOST_SHEETS}
        raise Invalid({"sheets": sentence})
    visit.team = team
    for highest in _NUMBERS:
        for _draw in range(_DRAWS):
            number = 1 + secrets.randbelow(highest)
            pack = _reserved(visit, team, number, sheets)
            if pack is not None:
                visit.details["pack"] = number
                return pack
    raise AssertionError("two million numbers cannot all be taken")


@command("attach_pack")
def attach_pack(visit: Visit, *, intake: UUID, pack: int) -> UUID:
    """Go on without a line: the sheets of this pack have the children in the board's order."""
    night = drafts.load(visit, intake, lock=True)
    night.pack = of_team(visit, night.team, pack)
    drafts.stamp(visit, night.draft)
    drafts.keep_intake(visit, night)
    return night.id


@query("see_packs")
def packs(visit: Visit) -> tuple[Pack, ...]:
    """The packs the actor's teams have printed, newest first; for one who may print another."""
    gate.office(visit, OfficeAct.PRINT_PAPER_PACK)
    own = drafts.teams(visit)
    rows = PaperPack.objects.filter(tenant=visit.tenant, team__in=own).order_by("-id")[
        :PACKS_AT_MOST
    ]
    found = list(rows)
    used = set(
        Intake.objects.filter(team__in=own, pack__in=found).values_list("pack_id", flat=True)
    )
    return tuple(_shape(row, row.id in used) for row in found)


@query("see_pack")
def pack(visit: Visit, *, pack: UUID) -> Pack:
    """One pack of the actor's teams."""
    rows = PaperPack.objects.filter(id=pack, tenant=visit.tenant, team__in=drafts.teams(visit))
    row = rows.first()
    if row is None:
        raise NotFound
    return _shape(row, Intake.objects.filter(pack=row).exists())


def of_team(visit: Visit, team: UUID, number: int) -> PaperPack:
    """The pack of that number which this team printed. Raises Invalid."""
    rows = PaperPack.objects.filter(
        tenant=visit.tenant, team=links.INTAKE_TEAM.close(team), number=number
    )
    row = rows.first()
    if row is None:
        sentence = _("Your team has printed no pack of this number. Read the number again.")
        raise Invalid({"pack": sentence})
    return row


def _reserved(visit: Visit, team: UUID, number: int, sheets: int) -> UUID | None:
    id = ids.uuid7()
    row = PaperPack(
        id=id, tenant=visit.tenant, number=number, sheets=sheets,
        team=links.INTAKE_TEAM.close(team), printed_on=visit.today,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return id


def _shape(row: PaperPack, used: bool) -> Pack:
    return Pack(row.id, row.number, row.sheets, row.printed_on, used)
