"""Copies of a demonstration's block hold every constraint and pass `verify`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from tests.casework.homes import rows
from tests.cast.cast import Cast
from tests.cast.office import Office
from tests.house import House

from tahanan.access import installation, links
from tahanan.access.actor import Actor, Keyring
from tahanan.base import ids
from tahanan.base.errors import Refusal
from tahanan.casework import cases, copies, home, search
from tahanan.casework.ledger.sealing import Sealer
from tahanan.casework.upkeep.verify import Verdict, verify
from tahanan.records.models import Case, Installation
from tahanan.records.vocabulary import TeamKind

TIMES = 3


def read(actor: Actor, *, keys: dict[UUID, bytes], of: list[UUID]) -> copies.Block:
    return copies.read_block(actor, team_keys=keys, cases=of)


def demonstration() -> None:
    Installation.objects.update(demonstration=True)
    installation.forget()
    links.forget()


def _second_team(office: Office) -> UUID:
    return office.team("second", "Second casework", TeamKind.CASEWORK, "silungan")


def _member(cast: Cast, actor: Actor, team: UUID) -> Actor:
    key = cast.office.team_keys[team]
    place = replace(actor.memberships[0], team=team)
    return replace(actor, memberships=(place,), keys=Keyring(actor.keys.private, {team: (key,)}))


def of_both(cast: Cast, team: UUID) -> Actor:
    """Ana in both teams: whoever copies sees what she copies and what she makes."""
    there = _member(cast, cast.ana, team)
    keys = {**cast.ana.keys.teams, **there.keys.teams}
    memberships = (*cast.ana.memberships, *there.memberships)
    return replace(there, memberships=memberships, keys=Keyring(cast.ana.keys.private, keys))


def _copied(cast: Cast) -> Actor:
    """Ana's three children, copied three times into a second team; Ana as its member."""
    demonstration()
    second = _second_team(cast.office)
    keys = dict(cast.office.team_keys)
    block = read(cast.ana, keys=keys, of=[cast.maya, cast.jun, cast.nene])
    teams = {team: copies.TeamCopy(team, key) for team, key in keys.items()}
    teams[cast.team("casework")] = copies.TeamCopy(second, keys[second])
    copies.copy_block(of_both(cast, second), block=block, times=TIMES, teams=teams)
    return _member(cast, cast.ana, second)


def test_a_member_of_the_second_team_reads_every_copy_by_name(cast: Cast) -> None:
    ana = _copied(cast)
    names = [child.seen.card.chosen for child in home.caseload(ana, mine=True).children]
    assert sorted(names) == sorted(["Maya", "Jun-jun", "Nene"] * TIMES)


def test_the_block_itself_is_as_it_was(cast: Cast) -> None:
    before = home.caseload(cast.ana).children
    _copied(cast)
    assert home.caseload(cast.ana).children == before


def test_the_whole_passes_verify_with_every_link_of_the_copies(cast: Cast) -> None:
    before = _verified()
    _copied(cast)
    after = _verified()
    assert after.faults == before.faults == ()
    # Each of the three copies brings its own links: recorders, teams, holders, marks.
    assert after.links > before.links + TIMES * 100


def _verified() -> Verdict:
    with House().as_role("steward"):
        Sealer().turn(whole=True)
        return verify([])


def test_nothing_is_copied_where_children_are_real(cast: Cast) -> None:
    with pytest.raises(Refusal):
        read(cast.ana, keys={}, of=[cast.maya])


def test_each_child_of_a_copy_bears_a_name_of_her_own_and_is_found_by_it(cast: Cast) -> None:
    demonstration()
    second = _second_team(cast.office)
    block = read(cast.ana, keys=dict(cast.office.team_keys), of=[cast.maya, cast.jun])
    teams = {team: copies.TeamCopy(team, key) for team, key in cast.office.team_keys.items()}
    key = cast.office.team_keys[second]
    teams[cast.team("casework")] = copies.TeamCopy(second, key, holders=(cast.ben.person,))
    copies.copy_block(
        of_both(cast, second), block=block, times=2, teams=teams, renamed=_by_her_number
    )

    ben = _member(cast, cast.ben, second)
    listed = home.caseload(ben, mine=True).children
    assert len({child.seen.card.chosen for child in listed}) == len(listed) == 4
    wanted = listed[0].seen
    assert search.find(ben, words=wanted.card.chosen).cards[0] == wanted


def test_a_reference_that_another_case_bears_is_drawn_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = rows(lambda: Case.objects.get(id=cast.maya)).reference
    drawn = iter([taken] * 3)
    real = ids.reference
    monkeypatch.setattr(ids, "reference", lambda of: next(drawn, None) or real(of))
    ana = _copied(cast)
    assert len(home.caseload(ana, mine=True).children) == 3 * TIMES
    assert next(drawn, None) is None


def _by_her_number(case: UUID, kind: str, said: dict[str, Any]) -> dict[str, Any]:
    given = "".join("abcdefghij"[int(digit)] for digit in str(case.int % 10**9))
    return said | ({"chosen": given} if kind == cases.CARD else {"given": given})


def test_a_copied_childs_card_can_be_changed_like_any(cast: Cast) -> None:
    ana = _copied(cast)
    child = home.caseload(ana).children[0]
    changed = replace(child.seen.card, chosen="Tala")
    cases.change_card(ana, case=child.seen.case, card=changed, seen=child.seen.piece)
    assert home.caseload(ana).children[0].seen.card.chosen == "Tala"
