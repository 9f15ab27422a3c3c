"""A removal at night, as tests type it in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.casework import cases, intake, operations
from tahanan.casework.door import query
from tahanan.records.models import Case, Operation, Removal, SiblingLink
from tahanan.records.vocabulary import Compartment


def begin(actor: Actor, team: UUID, *, city: str = "Carcar", on: date | None = None) -> UUID:
    """An intake with its day and its city."""
    id = intake.open_intake(actor, team=team)
    answer(actor, id, "when", **day("happened", on or clock.today()), hour="02:12")
    answer(actor, id, "where", city=city)
    return id


def answer(actor: Actor, id: UUID, step: str, **typed: str) -> None:
    """One shared screen, saved by somebody who has seen all there is."""
    seen = intake.shared(actor, intake=id).standing.version
    intake.answer_shared(actor, intake=id, step=step, typed=named(typed), seen=seen)


def meet(actor: Actor, id: UUID, name: str = "", sex: str = "girl", years: str = "10") -> UUID:
    """One child, with three answers."""
    typed = {"name": name, "sex": sex, "age-years": years}
    return intake.add_child(actor, intake=id, step="tonight", typed=typed)


def ask(actor: Actor, id: UUID, child: UUID, step: str, **typed: str) -> None:
    """One more screen about a child."""
    seen = intake.child(actor, intake=id, child=child).version
    intake.answer_child(actor, intake=id, child=child, step=step, typed=named(typed), seen=seen)


def day(name: str, on: date) -> dict[str, str]:
    """A day as it is typed."""
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def named(typed: dict[str, str]) -> dict[str, str]:
    """`happened_day` as the page sends it: `happened-day`."""
    parts = ("_day", "_month", "_year", "_years", "_months")
    return {
        key[: -len(end)] + end.replace("_", "-") if (end := _end(key, parts)) else key: value
        for key, value in typed.items()
    }


def _end(key: str, parts: tuple[str, ...]) -> str:
    return next((part for part in parts if key.endswith(part) and key != "age_unknown"), "")


@query("test_rows", always=True)
def rows(visit: Visit, *, intake: UUID) -> dict[str, int]:
    """How many operations, removals and cases the actor sees that her intake made."""
    from tahanan.casework.intake import drafts

    made = [kid.case for kid in drafts.load(visit, intake).kids if kid.case]
    removals = Removal.objects.filter(case__in=made, replaced_at__isnull=True)
    return {
        "operations": Operation.objects.filter(
            id__in=removals.values_list("operation_id", flat=True)
        ).count(),
        "removals": removals.count(),
        "cases": Case.objects.filter(id__in=made).count(),
        "links": SiblingLink.objects.filter(case__in=made, replaced_at__isnull=True).count(),
    }


@query("test_file", always=True)
def file(visit: Visit, *, case: UUID) -> dict[str, Any]:
    """What stands in a child's file: card, name, removals, shared facts, bases, care notes."""
    from tahanan.access import gate, keys
    from tahanan.access.rules import Action
    from tahanan.casework import legal_basis, notes

    def opened(compartment: Compartment) -> Any:
        return keys.open(visit, gate.pass_(visit, case, compartment, Action.READ))

    passed = gate.pass_(visit, case, Compartment.CARD, Action.READ)
    identity = opened(Compartment.IDENTITY)
    shared = operations.shared_facts(opened(Compartment.JUSTICE))
    return {
        "card": cases.cards(visit, [passed])[case].card,
        "name": cases.identity(identity),
        "removals": operations.removals(case, history=True),
        "shared": shared[1] if shared else None,
        "bases": legal_basis.bases(case, identity),
        "notes": [note.text for note in notes.notes_of(opened(Compartment.CARE), limit=9)],
        "statuses": cases.statuses(case),
    }


def panes(actor: Actor, id: UUID) -> dict[str, Any]:
    return {pane.name or f"Child {pane.position}": pane for pane in board(actor, id).panes}


def board(actor: Actor, id: UUID) -> Any:
    return intake.board(actor, intake=id)
