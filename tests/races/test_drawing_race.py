"""Two workers draw the same two children at once: one link, and nobody is overruled unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.casework import homes
from tests.casework.homes import Homes, rows
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.base.errors import Conflict
from tahanan.casework import survivors
from tahanan.records.models import SiblingLink
from tahanan.records.vocabulary import Bond

TRIES = 40

pytestmark = pytest.mark.slow


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def _join(actor: Actor, case: UUID, other: UUID, bond: Bond) -> Callable[[], UUID]:
    return lambda: survivors.join_siblings(
        actor, case=case, other=other, bond=bond, from_on=clock.today()
    )


def _standing() -> int:
    standing = SiblingLink.objects.filter(replaced_at__isnull=True, withdrawn=False)
    return standing.filter(until_on__isnull=True).count()


@pytest.mark.parametrize("bonds", [(Bond.HALF, Bond.HALF), (Bond.HALF, Bond.FULL)])
def test_two_draw_the_same_pair(here: Homes, bonds: tuple[Bond, Bond]) -> None:
    cast, house = here.cast, House()
    before = rows(_standing)
    for _ in range(TRIES):
        acts = [
            _join(cast.ana, cast.maya, cast.nene, bonds[0]),
            _join(cast.ben, cast.nene, cast.maya, bonds[1]),
        ]
        done = house.at_once(acts)
        drawn = [each for each in done if isinstance(each, UUID)]
        refused = [each for each in done if isinstance(each, Conflict)]
        assert len(drawn) + len(refused) == 2, done
        assert len(refused) == (bonds[0] is not bonds[1])
        assert rows(_standing) == before + 1
        survivors.part_siblings(cast.ana, one=cast.maya, other=cast.nene)
