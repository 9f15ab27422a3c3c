"""What is written in a case, opened to be written anew; and two versions where two wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tahanan.access import gate, keys, scope
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound
from tahanan.base.names import LegalName
from tahanan.casework import texts
from tahanan.casework.cases.shapes import (
    CARD,
    CARE,
    IDENTITY,
    Card,
    CardSeen,
    Care,
    ElementShape,
    Seen,
    StatusShape,
    TwoVersions,
    W,
)
from tahanan.casework.cases.steps import cards, elements, statuses
from tahanan.casework.door import query
from tahanan.casework.people.steps import names_of
from tahanan.records.models import Case
from tahanan.records.vocabulary import Compartment, Element

_PART = {
    CARD: Compartment.CARD,
    IDENTITY: Compartment.IDENTITY,
    CARE: Compartment.CARE,
}
_MADE: dict[str, Callable[[dict[str, Any]], Any]] = {
    CARD: Card.of,
    IDENTITY: lambda content: LegalName(**content),
    CARE: lambda content: Care(**content),
}


@query("find_by_reference")
def by_reference(visit: Visit, *, references: tuple[str, ...]) -> dict[str, UUID]:
    """Reference → case, of those whose card the actor may read; the others are left out.

    Opens nothing: a reference is no name.
    """
    visit.must_be_unlocked()
    rows = Case.objects.filter(tenant=visit.tenant, reference__in=references)
    found = dict(rows.values_list("reference", "id"))
    seen = scope.among(visit, found.values())
    return {reference: case for reference, case in found.items() if case in seen}


@query("read_card")
def card(visit: Visit, *, case: UUID) -> Seen[Card]:
    """The card as it stands, for one who may write it anew."""
    return _stands(_to_write(visit, case, CARD), CARD, Card)


@query("about_to")
def about_to(visit: Visit, *, case: UUID, what: Act) -> CardSeen:
    """Whom an act would be about, for one who may do it; a Refusal before anything is typed."""
    gate.act(visit, case, what)
    return _card(visit, case)


@query("about_to")
def about_to_decide(visit: Visit, *, case: UUID) -> tuple[CardSeen, list[StatusShape]]:
    """The child and every status of hers, newest first, for one who may decide it anew."""
    gate.act(visit, case, Act.DECIDE_STATUS)
    return _card(visit, case), statuses(case)


@query("about_to")
def about_to_record(
    visit: Visit, *, case: UUID, element: Element
) -> tuple[CardSeen, ElementShape | None]:
    """The child and what stands of one element, for one who may record it anew."""
    gate.act(visit, case, Act.RECORD_ELEMENT)
    keys.open(visit, gate.pass_(visit, case, Compartment.JUSTICE, Action.READ))
    found = {shape.element: shape for shape in elements(case)}
    return _card(visit, case), found.get(element)


@query("read_identity")
def identity_as_written(visit: Visit, *, case: UUID) -> Seen[LegalName]:
    """The legal name as it stands, for one who may write it anew."""
    return _stands(_to_write(visit, case, IDENTITY), IDENTITY, LegalName)


@query("read_care")
def care_as_written(visit: Visit, *, case: UUID) -> Seen[Care]:
    """What helps her as it stands, for one who may write it anew."""
    return _stands(_to_write(visit, case, CARE), CARE, Care)


@query("read_both")
def two_versions(visit: Visit, *, case: UUID, kind: str, seen: UUID | None) -> TwoVersions:
    """What was being edited, and what somebody put after it."""
    secret, made = _opened(visit, case, kind), _MADE[kind]
    before = texts.read_one(secret, seen) if seen else None
    stands = texts.read(secret, kind=kind)
    theirs = texts.successor(secret, seen) if seen else (stands[-1] if stands else None)
    if theirs is None or (seen is not None and before is None):
        raise NotFound
    names = names_of([theirs.by, before.by if before else None])
    return TwoVersions(_seen(case, before, made, names), _seen(case, theirs, made, names))


def _card(visit: Visit, case: UUID) -> CardSeen:
    return cards(visit, [gate.pass_(visit, case, Compartment.CARD, Action.READ)])[case]


def _opened(visit: Visit, case: UUID, kind: str) -> CompartmentSecret:
    return keys.open(visit, gate.pass_(visit, case, _PART[kind], Action.READ))


def _to_write(visit: Visit, case: UUID, kind: str) -> CompartmentSecret:
    gate.about_to_write(visit, case, _PART[kind])
    return _opened(visit, case, kind)


def _stands(secret: CompartmentSecret, kind: str, empty: type[W]) -> Seen[W]:
    pieces = texts.read(secret, kind=kind)
    if not pieces:
        return Seen(secret.case, None, empty(), "", None)
    return _seen(secret.case, pieces[-1], _MADE[kind], names_of([pieces[-1].by]))


def _seen(
    case: UUID,
    piece: texts.Piece | None,
    made: Callable[[dict[str, Any]], Any],
    names: dict[UUID, str],
) -> Seen[Any]:
    if piece is None:
        return Seen(case, None, None, "", None)
    return Seen(case, piece.id, made(piece.content), names.get(piece.by or case, ""), piece.at)
