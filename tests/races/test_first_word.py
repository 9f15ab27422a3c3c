"""Two say a thing for the first time at once, where no row stands to lock: one is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.casework.homes import child as a_child
from tests.casework.homes import rows, take_in
from tests.cast import cast as casts
from tests.cast.cast import Cast
from tests.cast.children import share
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.base.errors import Conflict
from tahanan.casework import cases
from tahanan.records.models import OsecElement, Sealed
from tahanan.records.vocabulary import Compartment, Element, Finding, Sex

pytestmark = pytest.mark.slow


@pytest.fixture
def many(snapshot: Callable[..., Any]) -> tuple[Cast, list[UUID]]:
    """Twelve children of Ana's whom Coby's team and Leo's hold as well."""
    cast: Cast = snapshot("cast", casts.build)
    made = take_in(cast, [a_child(f"Child {number}", Sex.GIRL, 8) for number in range(12)])
    for case in made:
        share(cast.ana, case=case, team=cast.team("cowork"), compartments=(Compartment.CARE,))
        parts = (Compartment.CARD, Compartment.JUSTICE)
        share(cast.ana, case=case, team=cast.team("legal"), compartments=parts)
    return cast, made


def _find(actor: Actor, case: UUID, finding: Finding) -> Callable[[], UUID]:
    return lambda: cases.record_element(
        actor, case=case, element=Element.PRODUCTION, finding=finding, from_on=clock.today(),
        seen=cases.NOTHING,
    )  # fmt: skip


def _help(actor: Actor, case: UUID, helps: str) -> Callable[[], UUID]:
    said = cases.Care(helps=helps)
    return lambda: cases.say_what_helps(actor, case=case, care=said, seen=None)


def test_of_two_first_findings_one_stands_and_the_other_is_told(
    many: tuple[Cast, list[UUID]],
) -> None:
    cast, made = many
    for case in made:
        acts = [
            _find(cast.ana, case, Finding.ESTABLISHED),
            _find(cast.leo, case, Finding.NOT_FOUND),
        ]
        done = House().at_once(acts)
        assert sorted(type(each).__name__ for each in done) == ["Conflict", "UUID"], done
        standing = OsecElement.objects.filter(case=case, replaced_at=None, until_on=None)
        assert rows(standing.count) == 1


def test_of_two_first_words_on_what_helps_none_is_hidden(many: tuple[Cast, list[UUID]]) -> None:
    cast, made = many
    for case in made:
        done = House().at_once([_help(cast.ana, case, "Music."), _help(cast.coby, case, "Quiet.")])
        assert sum(isinstance(each, UUID) for each in done) == 1, done
        assert sum(isinstance(each, Conflict) for each in done) == 1, done
        standing = Sealed.objects.filter(case=case, kind=cases.CARE, replaced_at=None)
        assert rows(standing.count) == 1
