"""Legal basis and the adults of a child: rows for each child, names in Identity alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast.cast import Cast

from tahanan.access import gate, keys
from tahanan.access.actor import Actor
from tahanan.access.rules import Action
from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import legal_basis
from tahanan.casework.door import query
from tahanan.casework.legal_basis import Authority
from tahanan.records.models import Clock
from tahanan.records.vocabulary import BasisKind, ClockKind, Compartment, Kin, Purpose

BY = Authority("City Social Welfare", "Protective custody", "PC-2026-17", "Her uncle")


def record(actor: Actor, *cases: UUID, **more: Any) -> UUID:
    given: dict[str, Any] = {
        "kind": BasisKind.PROTECTIVE_CUSTODY,
        "compartments": (Compartment.HEALTH, Compartment.CARE),
        "purpose": Purpose.PROTECTION,
        "authority": BY,
        "from_on": clock.today(),
        "until_on": clock.today() + timedelta(days=30),
    }
    return legal_basis.record_basis(actor, cases=cases, **(given | more))


@query("bases_for_test")
def bases(visit, *, case, opened=True):
    secret = None
    if opened:
        secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.READ))
    return legal_basis.bases(case, secret), legal_basis.contacts(case, secret)


@query("clocks_for_test")
def clocks(visit, *, case):
    return list(Clock.objects.filter(case=case).values_list("kind", "due_on"))


def adult(actor: Actor, case: UUID, decides: bool = False, told: bool = True) -> UUID:
    return legal_basis.record_contact(
        actor,
        case=case,
        kin=Kin.GRANDPARENT,
        may_decide=decides,
        may_be_told=told,
        name="Lola Corazon",
        phone="0917 000 0000",
    )


def test_one_answer_gives_each_child_a_row_and_a_copy_and_a_day_to_watch(cast: Cast) -> None:
    record(cast.ana, cast.maya, cast.jun)
    for case in (cast.maya, cast.jun):
        ((basis,), _) = bases(cast.ana, case=case)
        assert basis.authority == BY
        assert set(basis.compartments) == {Compartment.CARE, Compartment.HEALTH}
        assert clocks(cast.ana, case=case) == [
            (ClockKind.BASIS_EXPIRES, clock.today() + timedelta(days=30))
        ]


@query("open_clocks_for_test")
def due(visit, *, case):
    rows = Clock.objects.filter(case=case, closed_on__isnull=True)
    return list(rows.order_by("due_on").values_list("due_on", flat=True))


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({}, [60]),
        ({"until_on": None}, []),
        ({"compartments": (Compartment.CARE, Compartment.HEALTH, Compartment.JUSTICE)}, [60]),
        # A part less, another purpose, an earlier end, a gap of a day: the first is still watched.
        ({"compartments": (Compartment.CARE,)}, [30, 60]),
        ({"purpose": Purpose.CARE}, [30, 60]),
        ({"until_on": 20}, [20, 30]),
        ({"from_on": 32}, [30, 60]),
    ],
)
def test_a_basis_that_goes_on_without_a_gap_ends_the_watch_over_the_one_before(
    cast: Cast, more: dict[str, Any], left: list[int]
) -> None:
    def on(days: Any) -> Any:
        return clock.today() + timedelta(days=days) if isinstance(days, int) else days

    first = record(cast.ana, cast.maya)
    given = {"from_on": 31, "until_on": 60} | more
    if given["until_on"] == 20:
        given["from_on"] = 10
    record(cast.ana, cast.maya, **{name: on(value) for name, value in given.items()})
    assert due(cast.ana, case=cast.maya) == [on(days) for days in left]
    found, _adults = bases(cast.ana, case=cast.maya)
    assert first in {basis.id for basis in found}


@pytest.mark.parametrize("kind", list(BasisKind))
def test_every_kind_of_basis_is_recorded_with_all_that_belongs_to_it(
    cast: Cast, kind: BasisKind
) -> None:
    record(cast.ana, cast.maya, kind=kind)
    ((basis,), _adults) = bases(cast.ana, case=cast.maya)
    assert (basis.kind, basis.purpose, basis.authority) == (kind, Purpose.PROTECTION, BY)
    page = cast.client(cast.ana).post(f"/children/{cast.maya}", {"open": "identity"})
    body = page.content.decode()
    for said in (
        "Decided by City Social Welfare.", "Authority: Protective custody.",
        "Reference: PC-2026-17.", "Left out: Her uncle.", "For: Protection.", "Care and Health",
    ):  # fmt: skip
        assert said in body
    assert (
        "A legal basis ends."
        in cast.client(cast.ana).get(f"/children/{cast.maya}").content.decode()
    )


def test_the_closed_page_says_who_decides_who_is_told_and_how_many_are_not(cast: Cast) -> None:
    adult(cast.ana, cast.maya, decides=True)
    for kin, told in ((Kin.AUNT_UNCLE, True), (Kin.PARENT, False)):
        legal_basis.record_contact(
            cast.ana, case=cast.maya, kin=kin, may_decide=False, may_be_told=told, name="Somebody"
        )
    body = " ".join(cast.client(cast.ana).get(f"/children/{cast.maya}").content.decode().split())
    assert "A grandparent. May be told: an aunt or uncle. One person must not be told." in body
    assert "Somebody" not in body


def test_who_decided_is_not_told_where_identity_is_closed(cast: Cast) -> None:
    record(cast.ana, cast.maya)
    adult(cast.ana, cast.maya)
    ((basis,), (grandmother,)) = bases(cast.ana, case=cast.maya, opened=False)
    assert basis.authority is None
    assert (grandmother.name, grandmother.phone) == ("", "")


def test_all_children_or_none_are_given_a_basis(cast: Cast) -> None:
    with pytest.raises(NotFound):
        record(cast.ana, cast.maya, cast.luz)
    assert bases(cast.ana, case=cast.maya) == ([], [])


def test_a_basis_for_nobody_or_backwards_is_mended(cast: Cast) -> None:
    with pytest.raises(Invalid) as nobody:
        record(cast.ana)
    assert set(nobody.value.fields) == {"cases"}
    with pytest.raises(Invalid) as backwards:
        record(cast.ana, cast.maya, until_on=clock.today() - timedelta(days=1))
    assert set(backwards.value.fields) == {"until_on"}


def test_who_decides_must_be_told(cast: Cast) -> None:
    with pytest.raises(Invalid):
        adult(cast.ana, cast.maya, decides=True, told=False)
    contact = adult(cast.ana, cast.maya, decides=True)
    with pytest.raises(Invalid):
        legal_basis.change_contact(
            cast.ana, case=cast.maya, contact=contact, may_decide=True, may_be_told=False
        )


def test_a_change_keeps_the_name_and_the_second_of_two_is_a_conflict(cast: Cast) -> None:
    contact = adult(cast.ana, cast.maya, decides=True)
    silent = {"case": cast.maya, "contact": contact, "may_decide": False, "may_be_told": False}
    legal_basis.change_contact(cast.ben, **silent)
    with pytest.raises(Conflict):
        legal_basis.change_contact(cast.ana, **silent)
    _, (grandmother,) = bases(cast.ana, case=cast.maya)
    assert (grandmother.name, grandmother.may_be_told) == ("Lola Corazon", False)


@pytest.mark.parametrize("name", ["coby", "cora", "leo", "dan"])
def test_only_those_who_hold_the_case_record_either(cast: Cast, name: str) -> None:
    actor = getattr(cast, name)
    for act in (lambda: record(actor, cast.maya), lambda: adult(actor, cast.maya)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.status == 403
