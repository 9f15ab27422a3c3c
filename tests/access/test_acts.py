"""Every act × every relation, compared with a table written by hand, in the three runs of §9.1.

As it is; with every key in the world at hand (the policy alone must refuse); with a policy that
says yes to all (who holds no grant must still be told nothing).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from tests.access import acts
from tests.cast.cast import Cast

from tahanan.access import gate, rules
from tahanan.access.actor import Actor, Keyring
from tahanan.access.rules import Act, OfficeAct, Ruling
from tahanan.base.errors import Locked, NotFound, Refusal
from tahanan.casework.door import query
from tahanan.records.vocabulary import Relation

OF_A_CASE = acts.rows(acts.OF_A_CASE)
OF_THE_OFFICE = acts.rows(acts.OF_THE_OFFICE)


@query("try_an_act")
def _act(visit, *, case: UUID, what: Act) -> Relation:
    return gate.act(visit, case, what)


@query("try_an_office_act")
def _office(visit, *, what: OfficeAct) -> Relation:
    return gate.office(visit, what).relation


@query("ask_of_a_page")
def _page(visit, *, case: UUID) -> tuple[set[Act], set[Act]]:
    """What the page would offer: by one question each, and by the one look at all of them."""
    view = gate.view(visit, case)
    return {a for a in Act if gate.may_do(visit, case, a)}, {a for a in Act if view.may(a)}


def answer(trying: Callable[[], object]) -> str:
    """“yes”, “no” with a reason, “404” or “423”."""
    try:
        trying()
    except NotFound:
        return "404"
    except Locked:
        return "423"
    except Refusal as refusal:
        assert refusal.sentence, "a refusal says why"
        assert refusal.status == 403
        return "no"
    return "yes"


def of_a_case(cast: Cast, dressed: Callable[[Actor], Actor] = lambda a: a) -> dict[str, set[str]]:
    """Person:answer → the acts on Maya's case that were answered so."""
    found: dict[str, set[str]] = {}
    for name in acts.PEOPLE:
        actor = dressed(getattr(cast, name))
        for what in Act:
            said = answer(lambda actor=actor, what=what: _act(actor, case=cast.maya, what=what))
            found.setdefault(f"{name}: {said}", set()).add(what.value)
    return found


def of_the_office(cast: Cast, dressed: Callable[[Actor], Actor] = lambda a: a) -> dict:
    """Person:answer → the office acts that were answered so."""
    found: dict[str, set[str]] = {}
    for name in acts.PEOPLE:
        actor = dressed(getattr(cast, name))
        for what in OfficeAct:
            said = answer(lambda actor=actor, what=what: _office(actor, what=what))
            found.setdefault(f"{name}: {said}", set()).add(what.value)
    return found


def by_hand(table: dict[str, dict[Relation, bool]], *, of_maya: bool) -> dict[str, set[str]]:
    """The same, as the table says."""
    found: dict[str, set[str]] = {}
    for name, (relation, granted) in acts.PEOPLE.items():
        for what, row in table.items():
            said = "404" if of_maya and not granted else "yes" if row[relation] else "no"
            found.setdefault(f"{name}: {said}", set()).add(what)
    return found


def test_every_act_and_every_relation_stands_in_the_tables_and_nothing_else() -> None:
    assert set(OF_A_CASE) == {act.value for act in Act}
    assert set(OF_THE_OFFICE) == {act.value for act in OfficeAct}
    assert len(acts.COLUMNS) == len(set(acts.COLUMNS.values()))
    for row in (*OF_A_CASE.values(), *OF_THE_OFFICE.values()):
        assert set(row) == set(Relation)


def test_everybody_of_the_cast_is_what_the_table_says(cast: Cast) -> None:
    assert set(acts.PEOPLE) == set(cast.everybody)
    for name, (relation, _granted) in acts.PEOPLE.items():
        assert getattr(cast, name).relations == {relation}


def test_the_rules_say_what_the_tables_say_for_every_relation() -> None:
    for what in Act:
        for relation in Relation:
            ruling = rules.may_act(relation, what)
            assert ruling.allowed is OF_A_CASE[what][relation], (what, relation)
            assert ruling.allowed or ruling.why_not
    for office_act in OfficeAct:
        for relation in Relation:
            ruling = rules.may_in_office(relation, office_act)
            assert ruling.allowed is OF_THE_OFFICE[office_act][relation], (office_act, relation)
            assert ruling.allowed or ruling.why_not


def test_each_person_does_of_mayas_case_what_the_table_says(cast: Cast) -> None:
    assert of_a_case(cast) == by_hand(OF_A_CASE, of_maya=True)


def test_each_person_does_in_the_office_what_the_table_says(cast: Cast) -> None:
    assert of_the_office(cast) == by_hand(OF_THE_OFFICE, of_maya=False)


def test_figures_are_told_to_the_digit_to_whom_the_table_says() -> None:
    (by_the_table,) = acts.rows(acts.COUNTS_EXACTLY).values()
    assert by_the_table == {relation: rules.counts_exactly({relation}) for relation in Relation}
    assert rules.counts_exactly({Relation.DIRECTOR, Relation.CASE_MANAGER})
    assert not rules.counts_exactly(())


def test_a_page_offers_what_the_gate_allows_and_no_more(cast: Cast) -> None:
    for name, (relation, granted) in acts.PEOPLE.items():
        if not granted:
            with pytest.raises(NotFound):
                _page(getattr(cast, name), case=cast.maya)
            continue
        allowed = {Act(what) for what, row in OF_A_CASE.items() if row[relation]}
        assert _page(getattr(cast, name), case=cast.maya) == (allowed, allowed), name


def test_locked_nobody_does_anything(cast: Cast) -> None:
    assert set(of_a_case(cast, cast.locked)) == {f"{name}: 423" for name in acts.PEOPLE}
    assert set(of_the_office(cast, cast.locked)) == {f"{name}: 423" for name in acts.PEOPLE}


def test_with_every_key_at_hand_the_policy_alone_still_refuses(cast: Cast) -> None:
    everything = {team: (key,) for team, key in cast.office.team_keys.items()}

    def armed(actor: Actor) -> Actor:
        return replace(actor, keys=Keyring(actor.keys.private, everything))

    assert of_a_case(cast, armed) == by_hand(OF_A_CASE, of_maya=True)
    assert of_the_office(cast, armed) == by_hand(OF_THE_OFFICE, of_maya=False)


def test_with_a_policy_that_says_yes_who_holds_no_grant_is_told_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "may_act", lambda *_: Ruling(True))
    every = {act.value for act in Act}
    assert of_a_case(cast) == {
        f"{name}: {'yes' if granted else '404'}": every
        for name, (_relation, granted) in acts.PEOPLE.items()
    }
