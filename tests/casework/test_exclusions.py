"""The neutral no: declared for a whole family, told to nobody else, the same for every reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework import homes
from tests.casework.homes import Homes, child, rows, take_in
from tests.casework.placing import admit, refused, settle

from tahanan.base import clock
from tahanan.base.errors import Invalid, NotFound, Refusal
from tahanan.casework import admissions, notes, survivors
from tahanan.casework import home as homes_page
from tahanan.casework.admissions import sentences
from tahanan.casework.admissions.shapes import Heard
from tahanan.casework.admissions.suitability import Rule
from tahanan.casework.cases import Card
from tahanan.casework.operations import Happening
from tahanan.casework.survivors import Pair
from tahanan.records.models import Case, LedgerEntry, Note, PlacementRequest, Sealed
from tahanan.records.vocabulary import Bond, Compartment, Sex, StayEnd

KIN = "The night guard is the uncle of the accused."
COURT = "Branch 12 bars contact with a girl who lives there."
NEUTRAL = "This home cannot take these children. Ask the safeguarding lead."


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def declare(here: Homes, case: UUID, home: str, by: str = "sela", reason: str = KIN) -> UUID:
    return admissions.declare_exclusion(
        getattr(here.cast, by), case=case, facility=here.of[home], reason=reason
    )


def rules_of(here: Homes, home: str, *cases: UUID) -> list[Rule]:
    request = admissions.ask_for_place(here.cast.ana, cases=cases)
    page = admissions.placement(here.cast.ana, request=request)
    said = (*page.all_together, *page.some, *page.none)
    answer = next(each.said for each in said if each.home.id == here.of[home])
    assert not (answer.broken and answer.takes)
    return [broken.rule for broken in answer.broken]


def test_a_home_declared_for_maya_takes_neither_her_nor_her_brother(here: Homes) -> None:
    declare(here, here.cast.maya, "family")
    assert rules_of(here, "family", here.cast.maya) == [Rule.CANNOT]
    assert rules_of(here, "family", here.cast.jun) == [Rule.CANNOT]
    assert rules_of(here, "family", here.cast.nene) == []


def test_a_lawyer_may_declare_it_for_a_child_whose_justice_she_holds(here: Homes) -> None:
    declare(here, here.cast.maya, "family", by="leo")
    assert rules_of(here, "family", here.cast.maya) == [Rule.CANNOT]


@pytest.mark.parametrize("who", ["ana", "ben", "cora", "sol", "nilda", "hana", "dan", "coby"])
def test_nobody_else_declares_one(here: Homes, who: str) -> None:
    with pytest.raises(Refusal) as refused:
        declare(here, here.cast.maya, "family", by=who)
    assert refused.value.status == 403


def test_a_stranger_declares_none(here: Homes) -> None:
    with pytest.raises(NotFound):
        declare(here, here.cast.maya, "family", by="fe")


def test_it_needs_a_reason(here: Homes) -> None:
    with pytest.raises(Invalid):
        declare(here, here.cast.maya, "family", reason=" ")


def test_the_reason_is_a_note_in_justice_of_each_child(here: Homes) -> None:
    written = declare(here, here.cast.maya, "family")
    said = notes.note(here.cast.leo, case=here.cast.maya, note=written).text
    assert said == f"Foster household 14 cannot take this child. {KIN}"
    assert rows(Note.objects.filter(case__in=[here.cast.maya, here.cast.jun]).count) == 2


def test_in_the_database_it_is_a_note_like_any_other(here: Homes) -> None:
    today = clock.today()

    def traces(act: Callable[[], object]) -> tuple[set[str], list[tuple[str, int]]]:
        before = rows(LedgerEntry.objects.count)
        kinds = set(rows(lambda: list(Sealed.objects.values_list("id", flat=True))))
        act()
        new = rows(
            lambda: list(Sealed.objects.exclude(id__in=kinds).values_list("kind", flat=True))
        )
        entries = rows(lambda: list(LedgerEntry.objects.order_by("n").values_list("verb", "body")))
        return set(new), [(verb, len(body)) for verb, body in entries[before:]]

    ordinary = traces(
        lambda: notes.write_note(
            here.cast.sela,
            case=here.cast.nene,
            compartment=Compartment.JUSTICE,
            text="The hearing is on Monday.",
            happened=Happening(today, today),
        )
    )
    assert traces(lambda: declare(here, here.cast.nene, "family")) == ordinary


def test_every_case_has_a_field_of_one_size(here: Homes) -> None:
    def sizes() -> set[int]:
        return rows(
            lambda: {len(bytes(x)) for x in Case.objects.values_list("exclusions", flat=True)}
        )

    before = sizes()
    for home in ("family", "one", "girls", "older"):
        declare(here, here.cast.maya, home)
    assert sizes() == before
    assert len(before) == 1


def test_an_emergency_does_not_override_it_and_the_sentence_is_the_neutral_one(here: Homes) -> None:
    declare(here, here.cast.maya, "family")
    request = admissions.ask_for_place(here.cast.ana, cases=(here.cast.maya, here.cast.jun))
    with pytest.raises(Refusal) as refused:
        admissions.admit_to_facility(
            here.cast.ana,
            request=request,
            facility=here.of["family"],
            cases=(here.cast.maya, here.cast.jun),
            emergency_reason="Now",
        )
    assert refused.value.sentence == NEUTRAL
    assert sentences.neutral_no(1) == "This home cannot take this child. Ask the safeguarding lead."


def test_a_brother_found_later_is_kept_from_that_home_too(here: Homes) -> None:
    declare(here, here.cast.nene, "family")
    dodong = take_in(here.cast, [child("Dodong", Sex.BOY, 6)])[0]
    assert rules_of(here, "family", dodong) == []
    pair = Pair(here.cast.nene, dodong, Bond.NOT_SURE)
    survivors.draw_siblings(here.cast.ana, pairs=(pair,), from_on=clock.today())
    assert rules_of(here, "family", dodong) == [Rule.CANNOT]


def test_the_lead_hears_at_once_who_was_refused_where_and_by_whom_it_was_asked(
    here: Homes,
) -> None:
    declare(here, here.cast.maya, "family")
    assert admissions.neutral_noes(here.cast.sela) == []
    admissions.ask_for_place(here.cast.ana, cases=(here.cast.maya, here.cast.jun))
    admissions.ask_for_place(here.cast.ana, cases=(here.cast.nene,))
    heard = admissions.neutral_noes(here.cast.sela)
    assert [(each.home, each.by) for each in heard] == [("Foster household 14", "Ana Reyes")]
    assert {seen.card.chosen for seen in heard[0].children} == {"Maya", "Jun-jun"}


@pytest.mark.parametrize("who", ["ana", "ben", "cora", "hana", "leo", "gil", "fe"])
def test_nobody_else_hears_of_it_the_home_least(here: Homes, who: str) -> None:
    declare(here, here.cast.maya, "amihan")
    admissions.ask_for_place(here.cast.ana, cases=(here.cast.maya,))
    with pytest.raises(Refusal):
        admissions.neutral_noes(getattr(here.cast, who))


def lead(here: Homes) -> list[tuple[Heard, str, set[str]]]:
    heard = admissions.neutral_noes(here.cast.sela)
    return [(each.why, each.home, {c.card.chosen for c in each.children}) for each in heard]


def test_the_lead_hears_who_lives_in_a_home_that_was_named_later(here: Homes) -> None:
    settle(here, "family", here.cast.maya, here.cast.jun)
    settle(here, "girls", here.cast.nene)
    assert lead(here) == []
    declare(here, here.cast.maya, "family", by="leo")
    # Jun-jun's justice is not Leo's, and he is excluded all the same once the lead says so.
    assert lead(here) == [(Heard.LIVES_THERE, "Foster household 14", {"Maya"})]
    declare(here, here.cast.jun, "family")
    lives = Heard.LIVES_THERE
    assert sorted(each[2].pop() for each in lead(here) if each[0] is lives) == ["Jun-jun", "Maya"]
    shown = homes_page.home(here.cast.sela)
    assert {no.home for no in shown.noes} == {"Foster household 14"}
    admissions.discharge(
        here.cast.ana, case=here.cast.maya, on=clock.today(), end=StayEnd.OTHER, why="Not safe."
    )
    assert lead(here) == [(lives, "Foster household 14", {"Jun-jun"})]


def test_the_lead_hears_who_was_offered_a_home_before_it_was_named(here: Homes) -> None:
    ana, maya = here.cast.ana, here.cast.maya
    request = admissions.ask_for_place(ana, cases=(maya, here.cast.jun))
    before = admissions.placement(ana, request=request)
    declare(here, maya, "family")
    both = {"Maya", "Jun-jun"}
    assert lead(here) == [(Heard.ASKED_BEFORE, "Foster household 14", both)]
    assert admissions.placement(ana, request=request) == before
    said = refused(lambda: admit(here, request, "family", maya, here.cast.jun))
    assert said.sentence == NEUTRAL
    assert lead(here) == [(Heard.ASKED_BEFORE, "Foster household 14", both)]
    admissions.ask_for_place(ana, cases=(maya, here.cast.jun))
    assert lead(here) == [(Heard.SAID, "Foster household 14", both)]


def test_a_brother_drawn_later_who_lives_there_is_heard_of(here: Homes) -> None:
    declare(here, here.cast.maya, "one")
    settle(here, "one", here.cast.nene)
    assert lead(here) == []
    survivors.join_siblings(
        here.cast.ana,
        case=here.cast.maya,
        other=here.cast.nene,
        bond=Bond.HALF,
        from_on=clock.today(),
    )
    assert lead(here) == [(Heard.LIVES_THERE, "Bahay Kamagong", {"Nene"})]


@pytest.mark.parametrize("who", ["ana", "ben", "cora", "sol", "hana", "leo", "gil", "ada", "fe"])
def test_what_was_named_late_changes_no_page_of_anybody_else(here: Homes, who: str) -> None:
    settle(here, "amihan", here.cast.maya, here.cast.jun)
    actor, case = getattr(here.cast, who), here.cast.maya
    client = here.cast.client(actor)
    pages = ["/home", "/children", "/places", "/arrivals", f"/children/{case}/way"]
    if who not in ("ana", "ben", "leo"):
        # Who may open Justice reads on the child’s page that something was written there.
        pages.append(f"/children/{case}")
    before = [_page(client, each) for each in pages]
    declare(here, case, "amihan")
    assert [_page(client, each) for each in pages] == before
    assert client.get("/neutral-noes").status_code == 403


def _page(client: Any, address: str) -> str:
    """A page without what is drawn anew each time: the keys of its forms, and who looked when."""
    body = client.get(address).content.decode()
    return re.sub(r'(name="(csrfmiddlewaretoken|run)" value=)"[^"]*"|nonce="[^"]*"', "", body)


# ── the same for every reason (keyed-links.md §9, test 13) ──────────────────────────────────


@dataclass(frozen=True)
class Trace:
    """All that an onlooker, or a thief afterwards, could measure of one question."""

    statements: tuple[str, ...]
    bodies: tuple[int, ...]
    answers: int
    reasons: tuple[tuple[str, ...], ...]


def _ask(here: Homes, cases: tuple[UUID, ...]) -> Trace:
    before = rows(LedgerEntry.objects.count)
    connection.force_debug_cursor = True
    with CaptureQueriesContext(connection) as caught:
        request = admissions.ask_for_place(here.cast.ana, cases=cases)
        page = admissions.placement(here.cast.ana, request=request)
    cards: dict[UUID, Card] = {each.case: each.card for each in page.children}
    said = tuple(
        tuple(sentences.sentences(x.said.broken, x.home.kind, cards, page.from_on))
        for x in (*page.all_together, *page.some, *page.none)
    )
    bodies = rows(lambda: list(LedgerEntry.objects.order_by("at").values_list("body", flat=True)))
    sealed = rows(lambda: bytes(PlacementRequest.objects.get(id=request).answers))
    return Trace(
        tuple(_shape(each["sql"]) for each in caught.captured_queries),
        tuple(len(body) for body in bodies[before:]),
        len(sealed),
        said,
    )


def _shape(sql: str) -> str:
    """A statement without what it was filled with."""
    return re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\b\d+\b", "?", sql)


def _world(here: Homes, by: str, reason: str) -> list[Trace]:
    """One reason declared; then every question Ana can ask about her children, one by one."""
    declare(here, here.cast.maya, "family", by=by, reason=reason)
    maya, jun, nene = here.cast.maya, here.cast.jun, here.cast.nene
    return [_ask(here, asked) for asked in ((maya,), (jun,), (nene,), (maya, jun), (maya, nene))]


def test_two_reasons_leave_the_same_traces_in_every_question_that_can_be_asked(
    snapshot: Callable[..., Any],
) -> None:
    kin = _world(snapshot("homes", homes.build), "sela", KIN)
    court = _world(snapshot("homes", homes.build), "leo", COURT)
    assert kin == court
    assert kin[3].reasons.count((NEUTRAL,)) == 1


def test_the_trace_tells_another_question_from_this_one(here: Homes) -> None:
    """The comparison above can fail: one child more is seen."""
    assert _ask(here, (here.cast.maya,)) != _ask(here, (here.cast.maya, here.cast.nene))
