"""What a page says to somebody whose list is empty is true of her."""

from __future__ import annotations

import importlib
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast.cast import Cast
from tests.web.test_entry import come_in, text

from tahanan.base import clock
from tahanan.casework import intake


def page(cast: Cast, who: str, name: str, **asked: str) -> str:
    """The words of one page."""
    return text(cast.client(getattr(cast, who)).get(reverse(name), asked))


def test_a_supervisor_finds_the_children_of_her_teams_behind_the_menu(cast: Cast) -> None:
    assert "Maya" in page(cast, "ben", "cases")
    mine = page(cast, "ben", "cases", of="mine")
    assert "Maya" not in mine
    assert "Show all children of my teams" in mine
    assert "You hold no child yourself" in page(cast, "ben", "home")


@pytest.mark.parametrize("who", ["hana", "nilda", "cora", "dan"])
def test_who_never_holds_a_case_is_not_told_that_she_holds_none(cast: Cast, who: str) -> None:
    shown = page(cast, who, "cases", of="mine")
    assert "The children of my teams" in shown
    assert "Maya" in shown
    assert "Show only those I hold" not in shown
    assert "who is handed to you" not in page(cast, who, "home")


@pytest.mark.parametrize("who", ["ada", "gary", "dora", "gil"])
def test_who_sees_no_child_is_shown_no_list_of_children(cast: Cast, who: str) -> None:
    shown = page(cast, who, "home")
    assert "My children" not in shown
    assert "opened anything" not in shown


def test_a_worker_without_a_child_is_told_how_one_comes(staff: dict[str, Any]) -> None:
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        ana = come_in(staff["ana"])
        for name in ("home", "cases"):
            assert "You hold no child yet" in text(ana.get(reverse(name)))


def test_a_cut_list_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    team: Any = cast.team("casework")
    for _pack in range(3):
        intake.print_pack(cast.ana, team=team, sheets=2)
    assert "That is all of them." in page(cast, "ana", "intake-paper")
    packs = importlib.import_module("tahanan.casework.intake.packs")
    for module in (intake, packs):
        monkeypatch.setattr(module, "PACKS_AT_MOST", 2)
    assert "The newest 2 are shown." in page(cast, "ana", "intake-paper")
