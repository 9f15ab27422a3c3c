"""The director says which figures left the programme; everybody who sees figures may know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework.figures import about_to_publish, publish, published


def test_the_director_publishes_and_who_sees_figures_knows_newest_first(cast: Cast) -> None:
    today = clock.today()
    for days, title in ((40, "Earlier"), (9, "  The deck ")):
        publish(cast.dora, report="deck", known_on=today - timedelta(days=days), title=title)
    for each in (cast.dora, cast.ana, cast.ben):
        found = published(each)
        assert [one.title for one in found] == ["The deck", "Earlier"]
        assert found[0].published_on == today
    assert about_to_publish(cast.dora) == published(cast.dora)


def test_once_for_each_report_and_day(cast: Cast) -> None:
    day = clock.today() - timedelta(days=9)
    first = publish(cast.dora.once("form"), report="deck", known_on=day, title="The deck")
    assert publish(cast.dora.once("form"), report="deck", known_on=day, title="The deck") == first
    with pytest.raises(Conflict) as refused:
        publish(cast.dora, report="deck", known_on=day, title="The deck again")
    assert "published for this day before" in refused.value.sentence


def test_a_day_that_is_not_over_is_not_published(cast: Cast) -> None:
    for days in (0, 1):
        day = clock.today() + timedelta(days=days)
        with pytest.raises(Invalid) as refused:
            publish(cast.dora, report="deck", known_on=day, title="The deck")
        assert "“As known on”" in refused.value.fields["known_on"]
    with pytest.raises(Invalid) as refused:
        publish(cast.dora, report="deck", known_on=clock.today() - timedelta(days=1), title=" ")
    assert set(refused.value.fields) == {"title"}
    assert published(cast.dora) == ()


def test_an_unheard_of_report_is_not_published(cast: Cast) -> None:
    with pytest.raises(Invalid):
        publish(cast.dora, report="poster", known_on=clock.today() - timedelta(days=9), title="x")


def test_nobody_else_publishes_and_who_sees_no_figures_does_not_know(cast: Cast) -> None:
    day = clock.today() - timedelta(days=9)
    for each in (cast.ana, cast.ben, cast.ada, cast.fe):
        with pytest.raises(Refusal) as refused:
            publish(each, report="deck", known_on=day, title="The deck")
        assert not isinstance(refused.value, NotFound)
        with pytest.raises(Refusal) as refused:
            about_to_publish(each)
        assert not isinstance(refused.value, NotFound)
    for each in (cast.ada, cast.gil, cast.eli, cast.cora, cast.dan, cast.leo):
        with pytest.raises(Refusal) as refused:
            published(each)
        assert refused.value.sentence
