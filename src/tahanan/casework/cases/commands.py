"""What is done with a case: its card, identity and care written anew, its status decided."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tahanan.access import gate, keys
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, Invalid
from tahanan.base.names import LegalName
from tahanan.casework import facts, texts
from tahanan.casework.cases.shapes import CARD, CARE, IDENTITY, STATUS, Card, Care
from tahanan.casework.cases.steps import restate_child
from tahanan.casework.door import command
from tahanan.records.models import CaseStatus, OsecElement
from tahanan.records.vocabulary import (
    Compartment,
    DecidedBy,
    Depiction,
    Element,
    Finding,
    Status,
)
from tahanan.records.walls import session

# What a form has seen where nothing was decided yet.
NOTHING = UUID(int=0)


@command("change_card")
def change_card(visit: Visit, *, case: UUID, card: Card, seen: UUID) -> UUID:
    """Write the card anew. `seen` is the piece that was read; Conflict if it no longer stands.

    What is known of her sex and birth is restated where she was brought to safety.
    """
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARD, Action.WRITE))
    restate_child(visit, case=case, sex=card.sex, birth=card.birth)
    return texts.write(visit, secret, CARD, case, card.content(), replaces=seen)


@command("set_identity")
def set_identity(visit: Visit, *, case: UUID, name: LegalName, seen: UUID | None) -> UUID:
    """Write the legal name. `seen` is the piece that was read, or None where there was none."""
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.WRITE))
    return _write_once(visit, secret, IDENTITY, asdict(name), seen)


@command("say_what_helps")
def say_what_helps(visit: Visit, *, case: UUID, care: Care, seen: UUID | None) -> UUID:
    """Write anew what helps her, what was asked already and the goal now. `seen` as above."""
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    return _write_once(visit, secret, CARE, asdict(care), seen)


@command("decide_status")
def decide_status(
    visit: Visit,
    *,
    case: UUID,
    status: Status,
    decided_by: DecidedBy,
    decider: str,
    from_on: date,
    seen: UUID | None = None,
) -> UUID:
    """Decide at-risk, victim or not a victim, from a day; the status before ends that day.

    `seen` is the status that stood on the page, or NOTHING: Conflict when another stands by now.
    """
    gate.act(visit, case, Act.DECIDE_STATUS)
    _not_future(visit, from_on)
    session.wait_for_turn(connection, [case])
    before = facts.standing(CaseStatus).filter(case=case, until_on__isnull=True).first()
    _still_stands(seen, before)
    if before is not None:
        if from_on < before.from_on:
            raise Invalid({"from_on": _("The status before this one began later than that day.")})
        facts.correct(visit, CaseStatus, before.id, until_on=from_on)
    id = facts.add(
        visit, CaseStatus, case_id=case, status=status, decided_by=decided_by, from_on=from_on
    )
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.WRITE))
    texts.write(visit, secret, STATUS, id, {"decider": decider})
    return id


@command("record_element")
def record_element(
    visit: Visit,
    *,
    case: UUID,
    element: Element,
    finding: Finding,
    depiction: Depiction | None = None,
    from_on: date,
    seen: UUID | None = None,
) -> UUID:
    """Record whether an element of OSEC, or contact abuse, is established, suspected or not found.

    `seen` is the row that stood on the page, or NOTHING: Conflict when another stands by now.
    """
    gate.act(visit, case, Act.RECORD_ELEMENT)
    _not_future(visit, from_on)
    if depiction is not None and element is not Element.DEPICTION:
        raise Invalid({"depiction": _("A kind of depiction is said of depictions alone.")})
    session.wait_for_turn(connection, [case])
    before = facts.standing(OsecElement).filter(case=case, element=element, until_on=None).first()
    _still_stands(seen, before)
    if before is not None:
        facts.correct(visit, OsecElement, before.id, until_on=max(from_on, before.from_on))
    return facts.add(
        visit,
        OsecElement,
        case_id=case,
        element=element,
        finding=finding,
        depiction=depiction or "",
        from_on=from_on,
    )


def _write_once(
    visit: Visit, secret: CompartmentSecret, kind: str, content: dict[str, Any], seen: UUID | None
) -> UUID:
    """Write a piece that stands once a case. Conflict for one who saw none when there is one."""
    session.wait_for_turn(connection, [secret.case])
    if seen is None and texts.read(secret, kind=kind):
        raise Conflict("written-first", _("Somebody wrote here first."))
    return texts.write(visit, secret, kind, secret.case, content, replaces=seen)


def _still_stands(seen: UUID | None, before: CaseStatus | OsecElement | None) -> None:
    if seen is not None and seen != (before.id if before is not None else NOTHING):
        raise Conflict("decided-first", _("Somebody decided this first."), standing=seen)


def _not_future(visit: Visit, day: date) -> None:
    if day > visit.today:
        raise Invalid({"from_on": _("That day is still ahead. Give today or a day before.")})
