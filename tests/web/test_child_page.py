"""The child's page in a browser's hands: panes by POST, and who is shown what."""

from __future__ import annotations

import re
import uuid

from tests.cast.cast import Cast
from tests.web.sending import FORMS, at, newest, note, run

from tahanan.casework import child_page, grants
from tahanan.casework.door import command
from tahanan.records.vocabulary import Compartment


def test_every_page_of_a_child_can_be_opened(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    for name in ("child", "child_way", "child_looks", *FORMS):
        # Maya has her therapist; for Nene one can still be called.
        case = cast.nene if name == "call_therapist" else cast.maya
        assert ana.get(at(name, case)).status_code == 200, name
    for part in ("identity", "care", "health", "justice", "whereabouts"):
        body = ana.post(at("child", cast.maya), {"open": part})
        assert body.status_code == 200
        assert ana.get(at("write_note", cast.maya, part=part)).status_code == 200
    for name in ("set_identity", "say_what_helps"):
        assert ana.post(at(name, cast.maya)).status_code == 200
    assert ana.post(at("record_element", cast.maya, element="depiction")).status_code == 200


def test_a_closed_page_names_no_adult_no_home_and_no_offence(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    ana.post(
        at("record_contact", cast.maya),
        {"kin": "grandparent", "name": "Corazon Villacrusis", "may": "decides", "run": run()},
    )
    ana.post(
        at("record_contact", cast.maya),
        {"kin": "step_parent", "name": "Rodel Bautista", "may": "silent", "run": run()},
    )
    closed = ana.get(at("child", cast.maya)).content.decode()
    assert "A grandparent." in closed
    assert "One person must not be told." in closed
    for secret in ("Corazon", "Rodel", "Villacrusis", "Bahay Amihan<", "Bantay Desk", "Hotline"):
        assert secret not in closed
    opened = ana.post(at("child", cast.maya), {"open": "identity"}).content.decode()
    assert "Corazon Villacrusis" in opened
    assert "Maria Amor Dacanay Villacrusis" in opened


def test_a_stranger_is_told_the_same_as_of_a_case_that_never_was(cast: Cast) -> None:
    fe = cast.client(cast.fe)
    nobodys = uuid.uuid4()
    answers = [fe.get(at("child", case)) for case in (cast.maya, nobodys)]
    assert [answer.status_code for answer in answers] == [404, 404]
    # What was asked for stands in the links of the foot, and each form has a token of its own.
    asked = re.compile(rf'{cast.maya}|{nobodys}|name="csrfmiddlewaretoken" value="\w+"')
    hers, none = (asked.sub("", answer.content.decode()) for answer in answers)
    assert hers == none
    assert fe.post(at("child", cast.maya), {"open": "care"}).status_code == 404


def test_a_reader_without_the_right_is_told_why(cast: Cast) -> None:
    refused = cast.client(cast.ana).post(at("child", cast.maya), {"open": "therapy"})
    assert refused.status_code == 403
    assert "This part is the therapist’s" in refused.content.decode()
    assert cast.client(cast.gary).get(at("child", cast.maya)).status_code == 403
    told = cast.client(cast.hana).post(at("write_note", cast.maya, part="care"), note("Slept well"))
    assert told.status_code == 403
    assert "Care is for those who plan and give it." in told.content.decode()


def test_the_therapist_opens_what_the_case_manager_cannot(cast: Cast) -> None:
    dan = cast.client(cast.dan)
    dan.post(at("write_note", cast.maya, part="therapy"), note("Drew a house with two doors"))
    opened = dan.post(at("child", cast.maya), {"open": "therapy"})
    assert "two doors" in opened.content.decode()
    shut = cast.client(cast.ana).get(at("child", cast.maya)).content.decode()
    assert 'value="therapy"' not in shut
    assert dan.post(at("child", cast.maya), {"open": "health"}).status_code == 403


def test_the_house_parent_sees_the_card_and_six_closed_panes(cast: Cast) -> None:
    seen = cast.client(cast.hana).get(at("child", cast.maya)).content.decode()
    assert "Peanuts" in seen
    assert "The way so far" not in seen
    assert 'name="open"' not in seen


def test_who_has_no_card_sees_the_reference_and_her_own_part(cast: Cast) -> None:
    lito = cast.client(cast.lito)
    seen = lito.get(at("child", cast.maya)).content.decode()
    assert "Maya" not in seen
    assert "Jun-jun" not in seen
    assert (
        "Led by Bantay Desk."
        in lito.post(at("child", cast.maya), {"open": "justice"}).content.decode()
    )


def test_one_who_is_locked_is_shown_nothing_of_the_case(cast: Cast) -> None:
    locked = cast.client(cast.locked(cast.ana))
    for answer in (
        locked.get(at("child", cast.maya)),
        locked.post(at("child", cast.maya), {"open": "care"}),
        locked.get(at("change_card", cast.maya)),
    ):
        assert answer.status_code == 423
        assert "Maya" not in answer.content.decode()
        assert "Your six words" in answer.content.decode()


def test_nobody_signed_in_is_sent_to_the_door(cast: Cast) -> None:
    answer = cast.client().get(at("child", cast.maya))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_no_get_opens_a_pane_or_a_note(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    ana.post(at("write_note", cast.maya, part="care"), note("Came from the court"))
    stands = newest(cast).id
    assert "Came from" not in ana.get(at("child", cast.maya) + "?open=care").content.decode()
    for address in (
        at("note", cast.maya, note=stands),
        at("set_identity", cast.maya),
        at("say_what_helps", cast.maya),
        at("record_element", cast.maya, element="online"),
    ):
        assert ana.get(address).status_code == 302


def test_each_opening_is_written_down_and_shown_to_who_may_ask(cast: Cast) -> None:
    cast.client(cast.ben).post(at("child", cast.maya), {"open": "health"})
    cast.client(cast.coby).post(at("child", cast.maya), {"open": "health"})
    looks = cast.client(cast.ana).get(at("child_looks", cast.maya)).content.decode()
    assert "Ben Torres opened the card and Health." in looks
    assert "Coby Tan was refused." in looks
    assert cast.client(cast.coby).get(at("child_looks", cast.maya)).status_code == 403


def test_the_sibling_s_ledger_tells_of_a_look_at_her_brother_s_page(cast: Cast) -> None:
    cast.client(cast.ben).post(at("child", cast.maya), {"open": "health"})
    looks = cast.client(cast.ana).get(at("child_looks", cast.jun)).content.decode()
    # Where her brother lives stood on her page as well.
    assert "Ben Torres opened the card and Whereabouts." in looks
    assert "Health" not in looks


def test_the_next_holder_s_page_locks_anew_what_waits_and_she_sees_nothing_of_it(
    cast: Cast,
) -> None:
    mark_due(cast.ana, case=cast.maya)
    assert child_page.child(cast.ana, case=cast.maya).keys_due
    assert cast.client(cast.hana).get(at("child", cast.maya)).status_code == 200
    assert child_page.child(cast.ana, case=cast.maya).keys_due
    assert cast.client(cast.ben).get(at("child", cast.maya)).status_code == 200
    assert not child_page.child(cast.ana, case=cast.maya).keys_due


@command("mark_for_test")
def mark_due(visit, *, case):
    grants.mark_due(case, [Compartment.CARE])
    return case
