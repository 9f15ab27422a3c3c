"""After a child has left a home nobody who works there finds her: by address, name, list or key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.casework import homes
from tests.casework.homes import Homes, rows
from tests.casework.placing import ask, settle

from tahanan.base import clock
from tahanan.base.ids import uuid7
from tahanan.casework import admissions, child_page, notes, search
from tahanan.casework.operations import Happening
from tahanan.records.models import Grant
from tahanan.records.vocabulary import Compartment, StayEnd, TeamKind
from tahanan.vault.suites import Unopenable

STAFF = ("cora", "sol", "nilda", "hana")
WORDS = "Sings in the kitchen."


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def discharge(here: Homes, case: UUID) -> None:
    admissions.discharge(
        here.cast.ana, case=case, on=clock.today(), end=StayEnd.REUNITED, why="Her aunt was found."
    )


def move(here: Homes, case: UUID) -> None:
    admissions.move_to_facility(
        here.cast.ana, request=ask(here, case), facility=here.of["girls"], cases=(case,),
        moving_reason="Nearer to her school.",
    )  # fmt: skip


def discharged_by_the_head(here: Homes, case: UUID) -> None:
    admissions.discharge(
        here.cast.cora, case=case, on=clock.today(), end=StayEnd.OTHER, why="She asked for it."
    )


def found(client: Client, case: UUID, note: UUID) -> list[str]:
    """Every way to her that still answers, or a page that names her."""
    ways = []
    for address in (
        f"/children/{case}", f"/children/{case}/way", f"/children/{case}/looks",
        f"/children/{case}/notes/{note}", f"/children/{case}/card", f"/children/{case}/discharge",
        f"/children/{case}/siblings", f"/children/{case}/note",
    ):  # fmt: skip
        answer = client.get(address)
        if answer.status_code not in (302, 404):
            ways.append(address)
    for part in Compartment:
        if client.post(f"/children/{case}", {"open": part.value}).status_code != 404:
            ways.append(f"open {part}")
    for address in ("/home", "/children", "/children?of=teams", "/arrivals", "/places", "/keys"):
        body = client.get(address).content.decode()
        if "Nene" in body or str(case) in body:
            ways.append(address)
    for name in ("Nene", "Renata Bulan"):
        if str(case) in client.post("/find", {"q": name}).content.decode():
            ways.append(f"find {name}")
    return ways


@pytest.mark.parametrize("leave", [discharge, move, discharged_by_the_head])
def test_nobody_of_the_home_finds_a_child_who_has_left(
    here: Homes, leave: Callable[[Homes, UUID], None]
) -> None:
    nene, cast, today = here.cast.nene, here.cast, clock.today()
    settle(here, "amihan", nene)
    note = notes.write_note(
        cast.cora, case=nene, compartment=Compartment.CARE, text=WORDS,
        happened=Happening(today, today),
    )  # fmt: skip
    clients = {who: cast.client(getattr(cast, who)) for who in STAFF}
    # The comparison can fail, and the names are in the memory of every team's search.
    before = {who: found(client, nene, note) for who, client in clients.items()}
    for who, ways in before.items():
        assert {f"/children/{nene}", "find Nene", "/children?of=teams"} <= set(ways), who
    leave(here, nene)
    assert {who: found(client, nene, note) for who, client in clients.items()} == {
        who: [] for who in STAFF
    }
    assert notes.note(cast.ana, case=nene, note=note).text == WORDS
    near = search.find(cast.ana, words="Nene").cards
    assert nene in {each.case for each in near}


def test_the_key_of_an_ended_grant_opens_nothing_of_what_was_locked_anew(here: Homes) -> None:
    """The wrap is kept by somebody of the home, who puts it back behind the policy."""
    nene, cast = here.cast.nene, here.cast
    settle(here, "amihan", nene)
    kept = rows(lambda: list(Grant.objects.filter(case=nene, via=TeamKind.FACILITY_STAFF)))
    discharge(here, nene)
    rows(lambda: [_put_back(grant) for grant in kept])
    with pytest.raises(Unopenable):
        child_page.opened(cast.cora, case=nene, part=Compartment.CARE)


def _put_back(grant: Grant) -> None:
    """A new row with the old key, as one who could write to the database would plant it."""
    grant.id, grant.ended_on = uuid7(), None
    grant.save(force_insert=True)
