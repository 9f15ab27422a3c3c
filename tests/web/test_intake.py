"""Intake in a browser without script: each screen saves what was typed and leads on."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.casework.night import begin, meet
from tests.cast.cast import Cast

from tahanan.casework import admissions, intake
from tahanan.records.vocabulary import Bond

NEW = "11111111-0000-4000-8000-{:012d}"


@pytest.fixture
def ana(cast: Cast) -> Client:
    return cast.client(cast.ana)


@pytest.fixture
def night(cast: Cast) -> UUID:
    return begin(cast.ana, cast.team("casework"))


def page(name: str, **parts: Any) -> str:
    return reverse(f"intake-{name}", kwargs=parts)


def text(response: Any) -> str:
    """What a page says, without its marks."""
    plain = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(plain).split())


def test_an_intake_begins_with_one_press_and_asks_one_thing_on_each_screen(ana: Client):
    assert "Begin an intake" in text(ana.get(reverse("intake")))
    where = ana.post(reverse("intake"), {"run": NEW.format(1)})
    assert where.status_code == 302
    when = ana.get(where.url)
    assert "When were the children brought to safety?" in text(when)
    assert re.search(r'name="happened-year"[^>]*value="20\d\d"', when.content.decode())
    again = ana.post(reverse("intake"), {"run": NEW.format(1)})
    assert again.url == where.url, "the second press begins nothing"
    saved = ana.post(
        where.url,
        {
            "happened-day": "17",
            "happened-month": "9",
            "happened-year": "2020",
            "hour": "0212",
            "seen": "1",
        },
    )
    assert saved.url.startswith(where.url.replace("when", "where"))


def test_a_wrong_day_comes_back_as_typed_with_what_to_mend(ana: Client, night: UUID, cast: Cast):
    child = meet(cast.ana, night, "Kiko", "boy", "8")
    address = page("child", removal=night, child=child, step="born")
    sent = ana.post(
        address, {"born-day": "31", "born-month": "2", "born-year": "2012", "seen": "1"}
    )
    assert sent.url == address
    shown = ana.get(address)
    html = shown.content.decode()
    assert "<title>Error:" in html
    assert "February 2012 had 29 days, so 31 cannot be right" in text(shown)
    assert re.search(r'id="born-day"[^>]*value="31"', html)
    assert "When was Kiko born?" in text(shown)


def test_a_new_child_is_saved_by_her_first_screen_alone(ana: Client, night: UUID, cast: Cast):
    ana.get(page("new", removal=night))
    assert intake.board(cast.ana, intake=night).panes == ()
    sent = {"name": "Rowena", "sex": "girl", "age-years": "13", "seen": "0", "run": NEW.format(2)}
    saved = ana.post(page("new", removal=night), sent)
    assert ana.post(page("new", removal=night), sent).url == saved.url
    assert "What does Rowena need tonight?" in text(ana.get(saved.url))
    board = text(ana.get(page("board", removal=night)))
    assert "One child tonight" in board
    assert "A bed for one child" in board


def test_beds_are_looked_for_from_the_board_for_all_who_need_one(
    ana: Client, night: UUID, cast: Cast
):
    for name in ("Nilo", "Inday"):
        meet(cast.ana, night, name)
    board = ana.get(page("board", removal=night)).content.decode()
    address = re.search(r'href="([^"]*places/ask[^"]*)"', board)
    assert address
    cases = [str(pane.case) for pane in intake.board(cast.ana, intake=night).panes]
    assert re.findall(r"child=([0-9a-f-]{36})", address[1]) == cases
    asked = text(ana.get(unescape(address[1])))
    assert "Nilo" in asked
    assert "Inday" in asked


def test_each_family_asks_for_its_beds_as_one(ana: Client, night: UUID, cast: Cast):
    kids = [meet(cast.ana, night, name) for name in ("Nilo", "Inday", "Jessa", "Totoy", "Kiko")]
    for family in (tuple(kids[:2]), tuple(kids[3:])):
        intake.draw_family(cast.ana, intake=night, children=family, bond=Bond.NOT_SURE)
    board = ana.get(page("board", removal=night)).content.decode()
    case_of = {pane.id: str(pane.case) for pane in intake.board(cast.ana, intake=night).panes}
    asked = re.findall(r'href="[^"]*places/ask\?([^"]*)"', board)
    assert [re.findall(r"child=([0-9a-f-]{36})", each) for each in asked] == [
        [case_of[kid] for kid in kids[:2]],
        [case_of[kid] for kid in kids[3:]],
        [case_of[kids[2]]],
    ]


def test_from_an_admission_she_goes_back_to_the_children_of_that_night(
    ana: Client, night: UUID, cast: Cast
):
    meet(cast.ana, night, "Nilo")
    (pane,) = intake.board(cast.ana, intake=night).panes
    assert pane.case
    for case, back in ((pane.case, page("board", removal=night)), (cast.nene, reverse("places"))):
        asked = admissions.ask_for_place(cast.ana, cases=(case,))
        admissions.admit_to_facility(cast.ana, request=asked, facility=cast.home(), cases=(case,))
        said = ana.get(reverse("admitted", kwargs={"asked": asked, "facility": cast.home()}))
        assert f'href="{back}" class="govuk-back-link"' in said.content.decode()


def test_typing_again_after_back_keeps_both(ana: Client, night: UUID):
    first = {"name": "Rowena", "sex": "girl", "seen": "0", "run": NEW.format(3)}
    ana.post(page("new", removal=night), first)
    clash = ana.post(page("new", removal=night), first | {"name": "Dodong"})
    assert clash.status_code == 409
    html = clash.content.decode()
    assert 'value="Dodong"' in html
    assert NEW.format(3) not in html, "a fresh key, so that saving again is another act"


def test_the_second_of_two_sees_what_the_first_wrote(ana: Client, night: UUID, cast: Cast):
    child = meet(cast.ana, night, "Jessa", "girl", "11")
    address = page("child", removal=night, child=child, step="needs")
    cast.client(cast.ben).post(address, {"allergies": "Eggs", "seen": "1"})
    clash = ana.post(address, {"allergies": "Shrimp", "seen": "1"})
    assert clash.status_code == 409
    said = text(clash)
    assert "Ben Torres answered: Eggs" in said
    assert "You wrote: Shrimp" in said
    version = re.search(r'name="seen" value="(\d+)"', clash.content.decode())
    assert version
    assert ana.post(address, {"allergies": "Shrimp", "seen": version[1]}).status_code == 302


def test_a_child_perhaps_known_is_asked_about_before_her_file_is_opened(
    ana: Client, night: UUID, cast: Cast
):
    sent = {"name": "Maya", "sex": "girl", "age-years": "13", "seen": "0"}
    saved = ana.post(page("new", removal=night), sent, follow=True)
    assert "Is Maya already known?" in text(saved)
    assert "Look: this may be the same child" in text(saved) or "Probably the same" in text(saved)
    (pane,) = intake.board(cast.ana, intake=night).panes
    address = page("known", removal=night, child=pane.id)
    assert ana.post(address, {"same": str(cast.maya)}).status_code == 302
    (pane,) = intake.board(cast.ana, intake=night).panes
    assert pane.case is not None


def test_a_city_of_several_places_is_chosen_by_one_tap(ana: Client, night: UUID, cast: Cast):
    address = page("shared", removal=night, step="where")
    seen = str(intake.shared(cast.ana, intake=night).standing.version)
    assert ana.post(address, {"city": "Talisay", "seen": seen}).url == address
    shown = ana.get(address).content.decode()
    code = re.search(r'name="city_code"[^>]*value="(\d+)"', shown)
    assert code
    seen = re.search(r'name="seen" value="(\d+)"', shown)
    assert seen
    ana.post(address, {"city": "Talisay", "city_code": code[1], "seen": seen[1]})
    assert intake.shared(cast.ana, intake=night).standing.shared.city.code == code[1]


def test_a_family_is_drawn_by_ticks_and_one_answer(ana: Client, night: UUID, cast: Cast):
    kids = [meet(cast.ana, night, name, "girl", "9") for name in ("Ab", "Bec", "Cid")]
    address = page("siblings", removal=night)
    assert "Draw a family" in text(ana.get(address))
    faulty = ana.post(address, {"child": [str(kids[0])]})
    assert faulty.status_code == 422
    drawn = ana.post(address, {"child": list(map(str, kids[:2])), "bond": "full", "who": "child"})
    assert drawn.status_code == 302
    said = text(ana.get(address))
    assert "One family is drawn" in said
    assert "The same mother and father. One of the children said so." in said
    joined = f"{kids[0]} {kids[1]}"
    ana.post(address, {"child": [str(kids[2]), joined], "bond": "half"})
    (family,) = intake.board(cast.ana, intake=night).families
    assert family.half == frozenset({kids[2]})


def test_what_is_needed_tonight_is_said_to_be_done(ana: Client, night: UUID, cast: Cast):
    child = meet(cast.ana, night, "Totoy", "boy", "1")
    ana.post(
        page("child", removal=night, child=child, step="needs"),
        {"needs": "Milk", "need_by": "4:00", "seen": "1"},
    )
    assert "Before 04:00 For Totoy Milk" in text(ana.get(page("board", removal=night)))
    ana.post(page("met", removal=night, child=child))
    assert "For Totoy Milk" not in text(ana.get(page("board", removal=night)))


def test_it_goes_on_where_it_was_cut_off(ana: Client, night: UUID, cast: Cast):
    child = meet(cast.ana, night, "Jessa", "girl", "11")
    assert ana.get(page("on", removal=night)).url == page(
        "child", removal=night, child=child, step="needs"
    )


def test_the_page_after_a_cut_line_says_that_the_line_is_back(ana: Client, night: UUID):
    sent = {"name": "Rowena", "seen": "0", "go": "board"}
    saved = ana.post(page("new", removal=night), sent, headers={"X-Tahanan-Line": "back"})
    shown = ana.get(saved.headers["X-Tahanan-Next"])
    assert "The line is back." in text(shown)


def test_a_pack_is_printed_and_entered_by_its_number(ana: Client, cast: Cast):
    printed = ana.post(reverse("intake-paper"), {"sheets": "3", "run": NEW.format(4)})
    sheets = text(ana.get(printed.url))
    (pack,) = intake.packs(cast.ana)
    for at in (1, 2, 3):
        assert f"Sheet {pack.number:04d}-{at}: one child" in sheets
    questions = ["want to be called", "Girl or boy", "About how old", "Allergies", "Who brought"]
    places = [sheets.index(question) for question in questions]
    assert places == sorted(places)
    begun = ana.post(reverse("intake"), {"paper": "1", "pack": str(pack.number)})
    assert begun.status_code == 302
    assert "When was it written on the paper?" in text(ana.get(begun.url.replace("when", "known")))
    refused = ana.post(reverse("intake"), {"paper": "1", "pack": "1"})
    assert refused.status_code == 422
    assert "Your team has printed no pack of this number" in text(refused)


def test_every_answer_is_shown_with_the_way_back_to_it(ana: Client, night: UUID, cast: Cast):
    child = meet(cast.ana, night, "Kiko", "boy", "1o")
    said = text(ana.get(page("check", removal=night, child=child)))
    assert "The age must be a number" in said
    assert "Take this pane away" in said


def test_a_strangers_page_is_not_there(cast: Cast, night: UUID):
    stranger = cast.client(cast.fe)
    for name in ("board", "on", "siblings", "line", "several", "new"):
        response = stranger.get(page(name, removal=night))
        assert response.status_code == 404, name
    assert stranger.post(page("several", removal=night), {"how_many": "2"}).status_code == 404


def test_no_name_stands_in_an_address_or_a_title(ana: Client, night: UUID, cast: Cast):
    meet(cast.ana, night, "Rowena", "girl", "13")
    (pane,) = intake.board(cast.ana, intake=night).panes
    for step in ("tonight", "needs", "belongs", "born"):
        address = page("child", removal=night, child=pane.id, step=step)
        title = re.search(r"<title>(.*?)</title>", ana.get(address).content.decode())
        assert title
        assert "Rowena" not in title[1] + address
