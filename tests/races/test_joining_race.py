"""Two people say the same two records are one child, or answer it, at once: one of them does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, rows
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base.errors import Conflict
from tahanan.casework import duplicates
from tahanan.records.models import SameChild
from tahanan.records.vocabulary import Relation

TRIES = 20

pytestmark = pytest.mark.slow


def _build(house: House) -> Homes:
    """Three who hold both: Ana says it, Ben and Tess answer."""
    here = homes.build(house)
    here.cast.office.person("tess", "Tess Lim", "silungan", {"casework": Relation.CASE_MANAGER})
    return here


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("joining_race", _build)
    return found


def _say(actor: Actor, case: UUID, other: UUID) -> UUID:
    return duplicates.propose_same(actor, case=case, other=other, reason="One scar.")


def _standing() -> list[str]:
    found = SameChild.objects.filter(replaced_at__isnull=True, withdrawn=False)
    return list(found.values_list("word", flat=True))


def _one_of(done: list[object]) -> UUID:
    (did,) = [each for each in done if isinstance(each, UUID)]
    assert sum(isinstance(each, Conflict) for each in done) == len(done) - 1, done
    return did


def test_two_say_it_at_once(here: Homes) -> None:
    cast, house = here.cast, House()
    for _ in range(TRIES):
        done = house.at_once(
            [
                lambda: _say(cast.ana, cast.maya, cast.nene),
                lambda: _say(cast.ben, cast.nene, cast.maya),
            ]
        )
        row = _one_of(done)
        assert rows(_standing) == ["proposed"]
        duplicates.take_back_proposal(cast.ana, case=cast.maya, same=row)


def test_two_agree_at_once_and_one_says_no(here: Homes) -> None:
    cast, house = here.cast, House()
    for _ in range(TRIES):
        row = _say(cast.ana, cast.maya, cast.nene)
        done = house.at_once(
            [
                partial(duplicates.agree_same, cast.ben, case=cast.maya, same=row),
                partial(duplicates.agree_same, cast.tess, case=cast.nene, same=row),
                partial(duplicates.take_back_proposal, cast.ana, case=cast.nene, same=row),
            ]
        )
        now = _one_of(done)
        assert len(rows(_standing)) <= 1
        if rows(_standing) == ["joined"]:
            parting = duplicates.propose_parted(cast.ana, case=cast.maya, same=now, reason="Two.")
            parted = house.at_once(
                [
                    partial(duplicates.agree_parted, cast.ben, case=cast.maya, same=parting),
                    partial(duplicates.agree_parted, cast.tess, case=cast.nene, same=parting),
                ]
            )
            _one_of(parted)
        assert rows(_standing) == []
