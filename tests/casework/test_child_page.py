"""The child's page: who sees what of it, what it costs, and that keys are renewed by the way."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast.cast import Cast
from tests.cast.children import share

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Action
from tahanan.base import clock
from tahanan.base.errors import Locked, NotFound, Refusal
from tahanan.casework import cases, child_page, grants, notes, texts
from tahanan.casework.child_page import Passed, Stage, What
from tahanan.casework.door import command, query
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import (
    ClockKind,
    Compartment,
    DecidedBy,
    FacilityKind,
    Status,
)
from tahanan.vault.suites import Unopenable


def today() -> Happening:
    return Happening(clock.today(), clock.today())


def statements(act: Any) -> list[str]:
    """The SQL that `act` runs, without BEGIN and COMMIT."""
    with CaptureQueriesContext(connection) as caught:
        act()
    return [
        query["sql"]
        for query in caught.captured_queries
        if not query["sql"].startswith(("BEGIN", "COMMIT", "ROLLBACK"))
    ]


def test_ana_sees_the_child_first_then_her_way_and_every_pane_closed(cast: Cast) -> None:
    page = child_page.child(cast.ana, case=cast.maya)
    assert page.card is not None
    assert page.card.card.chosen == "Maya"
    assert page.holders.manager == "Ana Reyes"
    assert page.holders.mine
    assert page.holders.supervisors == ("Ben Torres",)
    assert page.opened is None
    assert [pane.compartment for pane in page.panes if not pane.why_not] == [
        Compartment.IDENTITY,
        Compartment.CARE,
        Compartment.HEALTH,
        Compartment.JUSTICE,
        Compartment.WHEREABOUTS,
    ]
    assert [step.passed for step in page.way] == [
        Passed.DONE, Passed.NOW, Passed.AHEAD, Passed.AHEAD, Passed.AHEAD, Passed.AHEAD,
    ]  # fmt: skip
    assert [sibling.seen.card.chosen for sibling in page.siblings] == ["Jun-jun"]
    assert page.updated is not None


def test_the_page_takes_few_statements_however_long_the_case(housed: Cast) -> None:
    """With the four or five of the session it stays within twenty-five (DESIGN §10)."""
    ana, maya = housed.ana, housed.maya
    child_page.child(ana, case=maya)
    short = statements(lambda: child_page.child(ana, case=maya))
    write_many(ana, case=maya, count=300)
    long = statements(lambda: child_page.child(ana, case=maya))
    assert len(long) == len(short)
    assert len(long) <= 20


def test_an_opened_pane_takes_few_statements_however_many_its_notes(housed: Cast) -> None:
    ana, maya = housed.ana, housed.maya
    write_many(ana, case=maya, count=11)
    open_care = partial(child_page.opened, ana, case=maya, part=Compartment.CARE)
    open_care()
    short = statements(open_care)
    write_many(ana, case=maya, count=290)
    assert len(statements(open_care)) == len(short) <= 26


def test_her_way_and_her_brother_s_place_are_told_without_naming_the_home(housed: Cast) -> None:
    page = child_page.child(housed.ana, case=housed.maya)
    now = next(step for step in page.way if step.passed is Passed.NOW)
    assert (now.stage, now.kind, now.day, now.of) == (
        Stage.ASSESSMENT, FacilityKind.ASSESSMENT_CENTER, 1, 90,
    )  # fmt: skip
    (jun,) = page.siblings
    assert jun.together
    assert jun.stays_in is FacilityKind.ASSESSMENT_CENTER
    told = [entry.what for entry in page.entries]
    assert told == [What.STAY, What.STATUS, What.REMOVAL]
    assert {due.kind for due in page.due} == {ClockKind.STAY_REVIEW, ClockKind.STAY_TARGET}
    # The home's name is whereabouts: the closed page says who can see, and nothing of where.
    closed = repr((page.way, page.entries, page.siblings, page.due, page.holders))
    assert "Amihan" not in closed


def test_whereabouts_names_the_home_where_it_is_opened(housed: Cast) -> None:
    opened = child_page.opened(housed.ana, case=housed.maya, part=Compartment.WHEREABOUTS).opened
    assert opened is not None
    assert isinstance(opened.of, child_page.Whereabouts)
    (lived,) = opened.of.stays
    assert lived.home is not None
    assert lived.home.name == "Bahay Amihan"


def test_where_a_brother_is_stays_closed_to_one_without_his_whereabouts(housed: Cast) -> None:
    share(housed.ana, case=housed.jun, team=housed.team("cowork"), compartments=(Compartment.CARD,))
    (jun,) = child_page.child(housed.coby, case=housed.maya).siblings
    assert not jun.where_known
    assert jun.stays_in is None
    assert not jun.together


def test_a_brother_whose_card_is_not_shared_is_counted_and_not_named(housed: Cast) -> None:
    page = child_page.child(housed.coby, case=housed.maya)
    assert page.siblings == ()
    assert page.unseen == 1


def test_a_family_is_the_same_from_either_child_s_page(housed: Cast) -> None:
    """A link is drawn from one of the two; the other's page must tell of it as well."""
    parts = (Compartment.CARD, Compartment.CARE)
    share(housed.ana, case=housed.jun, team=housed.team("cowork"), compartments=parts)
    assert len(child_page.child(housed.coby, case=housed.jun).siblings) == 1
    end(housed.ana, case=housed.maya, team=housed.team("cowork"))
    page = child_page.child(housed.coby, case=housed.jun)
    assert (page.siblings, page.unseen) == ((), 1)


@command("end_for_test")
def end(visit, *, case, team):
    rows = scope.open_grants(visit).filter(case=case)
    grants.end(visit, [row.id for row in rows if grants.team_behind(row) == team])
    return case


def test_who_has_only_the_card_sees_no_way_no_family_and_no_adults(housed: Cast) -> None:
    page = child_page.child(housed.hana, case=housed.maya)
    assert page.card is not None
    assert (page.way, page.siblings, page.unseen, page.adults, page.entries) == ((), (), 0, (), ())
    assert page.sights is None
    assert page.due == ()
    assert all(pane.why_not for pane in page.panes)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ana", "identity care health justice whereabouts"),
        ("ben", "identity care health justice whereabouts"),
        ("coby", "care"),
        ("cora", "care health whereabouts"),
        ("nilda", "health"),
        ("hana", ""),
        ("dan", "care therapy"),
        ("leo", "identity justice"),
        ("lito", "justice"),
        ("sela", "justice"),
    ],
)
def test_each_opens_her_own_panes_and_is_told_why_not_the_others(
    housed: Cast, name: str, parts: str
) -> None:
    actor = getattr(housed, name)
    open_to_her = set()
    for part in set(Compartment) - {Compartment.CARD}:
        try:
            page = child_page.opened(actor, case=housed.maya, part=part)
            assert page.opened is not None
            open_to_her.add(str(part))
        except Refusal as refused:
            assert refused.status == 403
            assert refused.sentence
    assert open_to_her == set(parts.split())


def test_the_guard_and_the_locked_see_no_page(housed: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        child_page.child(housed.gary, case=housed.maya)
    assert refused.value.status == 403
    with pytest.raises(Locked):
        child_page.child(housed.locked(housed.ana), case=housed.maya)
    for name in ("fe", "eli", "gil", "dora", "ada"):
        with pytest.raises(NotFound):
            child_page.child(getattr(housed, name), case=housed.maya)


def test_a_status_replaced_tells_what_stood_before_and_closing_one_does_not(housed: Cast) -> None:
    for status in (Status.VICTIM, Status.NOT_VICTIM):
        cases.decide_status(
            housed.ana,
            case=housed.maya,
            status=status,
            decided_by=DecidedBy.PROSECUTOR,
            decider="Atty. Saldua",
            from_on=clock.today(),
        )
    told = [
        e for e in child_page.child(housed.ana, case=housed.maya).entries if e.what is What.STATUS
    ]
    assert [entry.stands.code for entry in told] == ["not_victim", "victim", "at_risk"]
    assert all(entry.before == () for entry in told)


def test_the_whole_way_is_for_those_who_work_on_it(housed: Cast) -> None:
    assert len(child_page.whole_way(housed.dan, case=housed.maya).entries) == 3
    with pytest.raises(Refusal):
        child_page.whole_way(housed.nilda, case=housed.maya)


# -- keys ----------------------------------------------------------------------------------------


def test_the_next_holder_locks_anew_and_old_notes_stay_readable(housed: Cast) -> None:
    notes.write_note(
        housed.ana, case=housed.maya, compartment=Compartment.CARE, text="Before", happened=today()
    )
    mark(housed.ana, case=housed.maya)
    page = child_page.child(housed.ana, case=housed.maya)
    assert page.keys_due
    assert not child_page.child(housed.hana, case=housed.maya).keys_due
    grants.renew_keys(housed.ana, case=housed.maya)
    assert not child_page.child(housed.ana, case=housed.maya).keys_due
    for actor in (housed.ana, housed.cora, housed.dan):
        opened = child_page.opened(actor, case=housed.maya, part=Compartment.CARE).opened
        assert opened is not None
        assert [note.text for note in opened.notes] == ["Before"]


def test_a_wrap_saved_before_the_re_key_opens_nothing_after_it(housed: Cast) -> None:
    """A colleague who kept her grant row from before cannot read what is written after."""
    note = notes.write_note(
        housed.ana, case=housed.maya, compartment=Compartment.CARE, text="Before", happened=today()
    )
    saved = old_key(housed.coby, case=housed.maya)
    assert reads(housed.ana, secret=saved, note=note)
    mark(housed.ana, case=housed.maya)
    grants.renew_keys(housed.ana, case=housed.maya)
    assert not reads(housed.ana, secret=saved, note=note)
    after = notes.write_note(
        housed.ana, case=housed.maya, compartment=Compartment.CARE, text="After", happened=today()
    )
    assert not reads(housed.ana, secret=saved, note=after)


@command("mark_for_test")
def mark(visit, *, case):
    grants.mark_due(case, [Compartment.CARE])
    return case


@query("key_for_test")
def old_key(visit, *, case):
    return keys.open(visit, gate.pass_(visit, case, Compartment.CARE, Action.READ))


@query("reads_for_test")
def reads(visit, *, secret, note):
    """Whether a key kept from earlier opens the text of a note; Ana looks on."""
    try:
        return bool(texts.read(secret, kind=notes.NOTE, of=note))
    except Unopenable:
        return False


@command("write_notes")
def write_many(visit, *, case, count):
    for number in range(count):
        notes.add(visit, case, Compartment.CARE, f"Visit {number}", today())
    return case
