"""The cast itself: everybody can come in, and nobody sees more than her teams do."""

from __future__ import annotations

import pytest
from tests.cast.cast import Cast

from tahanan.access import gate, scope
from tahanan.base.errors import Locked, NotFound
from tahanan.casework.door import query
from tahanan.records.vocabulary import Compartment


@query("sees")
def _sees(visit, *, case):
    return {code for code, ruling in gate.may_open(visit, case).items() if ruling.allowed}


@query("list")
def _cards(visit):
    return {passed.case for passed in scope.page(visit, limit=50).passed}


def test_everybody_is_somebody_with_a_place_and_its_key(cast: Cast) -> None:
    for name in cast.everybody:
        actor = getattr(cast, name)
        assert actor.memberships
        assert set(actor.keys.teams) == {place.team for place in actor.memberships}


def test_ana_and_ben_see_the_three_children_of_their_team(cast: Cast) -> None:
    for actor in (cast.ana, cast.ben):
        assert _cards(actor) == {cast.maya, cast.jun, cast.nene}


def test_fe_sees_luz_alone_and_of_maya_nothing(cast: Cast) -> None:
    assert _cards(cast.fe) == {cast.luz}
    with pytest.raises(NotFound):
        _sees(cast.fe, case=cast.maya)


def test_each_relation_sees_of_maya_what_her_team_was_given(cast: Cast) -> None:
    card, care = Compartment.CARD, Compartment.CARE
    assert _sees(cast.ana, case=cast.maya) == set(Compartment) - {Compartment.THERAPY}
    assert _sees(cast.dan, case=cast.maya) == {card, care, Compartment.THERAPY}
    assert _sees(cast.coby, case=cast.maya) == {card, care}
    assert _sees(cast.leo, case=cast.maya) == {card, Compartment.IDENTITY, Compartment.JUSTICE}
    assert _sees(cast.lito, case=cast.maya) == {Compartment.JUSTICE}
    health, whereabouts = Compartment.HEALTH, Compartment.WHEREABOUTS
    for of_the_home in (cast.cora, cast.sol):
        assert _sees(of_the_home, case=cast.maya) == {card, care, health, whereabouts}
    assert _sees(cast.nilda, case=cast.maya) == {card, health}
    assert _sees(cast.hana, case=cast.maya) == {card}
    assert _sees(cast.gary, case=cast.maya) == set()
    assert _sees(cast.sela, case=cast.maya) == {card, Compartment.JUSTICE}


def test_ana_locked_sees_nothing(cast: Cast) -> None:
    with pytest.raises(Locked):
        _sees(cast.locked(cast.ana), case=cast.maya)
