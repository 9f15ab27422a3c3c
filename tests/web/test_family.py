"""Legal basis, adults, siblings and a therapist, from the child's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.cast.cast import Cast
from tests.web.sending import FORMS, at, carried, day, hidden, run

from tahanan.base import clock
from tahanan.casework import child_page
from tahanan.records.vocabulary import Compartment


def test_one_answer_gives_each_child_of_the_removal_her_own_basis(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("record_basis", cast.maya)
    body = ana.get(address).content.decode()
    sent: dict[str, Any] = {
        "kind": "protective_custody", "compartments": ["care", "health"], "purpose": "protection",
        "decider": "City Social Welfare", "authority": "The law on children in need of care",
        "children": [str(cast.maya), str(cast.jun)], "run": hidden(body, "run"), **day("from_on"),
    }  # fmt: skip
    wrong = ana.post(address, {key: value for key, value in sent.items() if key != "kind"})
    assert wrong.status_code == 422
    assert "Choose on what it rests." in wrong.content.decode()
    for _press in range(2):
        assert ana.post(address, sent).status_code == 302
    for case in (cast.maya, cast.jun):
        opened = ana.post(at("child", case), {"open": "identity"}).content.decode()
        assert opened.count("Decided by City Social Welfare.") == 1
        assert "Protective custody covers Care and Health." in opened


def test_a_basis_that_ends_stands_among_what_is_due(cast: Cast) -> None:

    ana, address = cast.client(cast.ana), at("record_basis", cast.nene)
    sent = {
        "kind": "consent", "compartments": ["care"], "purpose": "care", "decider": "Her aunt",
        "authority": "Guardian", "run": run(), **day("from_on"),
        **day("until_on", clock.today() + timedelta(days=20)),
    }  # fmt: skip
    assert ana.post(address, sent).status_code == 302
    assert "A legal basis ends." in ana.get(at("child", cast.nene)).content.decode()


def test_who_decides_must_be_told_and_a_change_keeps_what_stood(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    sent = {"kin": "aunt_uncle", "name": "Tita Luz", "may": "decides", "run": run()}
    ana.post(at("record_contact", cast.maya), sent)
    page = child_page.opened(cast.ana, case=cast.maya, part=Compartment.IDENTITY)
    address = at("change_contact", cast.maya, contact=page.opened.of.contacts[0].id)
    assert "What Tita Luz may" in ana.post(address).content.decode()
    assert ana.post(address, {"may": "silent", "run": run()}).status_code == 302
    told = ana.get(at("child", cast.maya)).content.decode()
    assert "An aunt or uncle must not be told." in told
    assert "Before this, An aunt or uncle may decide and be told" in told


def test_siblings_are_parted_and_drawn_from_the_page(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("draw_siblings", cast.maya)
    field = f"bond-{cast.jun}"
    assert "Jun-jun" in ana.get(address).content.decode()
    parted = {field: "not", "run": run()}
    assert [ana.post(address, parted).status_code for _press in range(3)] == [302, 302, 302]
    assert child_page.child(cast.ana, case=cast.maya).siblings == ()
    assert ana.post(address, {field: "half", "run": run()}).status_code == 302
    assert len(child_page.child(cast.ana, case=cast.maya).siblings) == 1


def test_a_child_of_another_operation_is_found_and_put_into_the_group(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("join_sibling", cast.maya)
    assert (
        "Add a child of another operation"
        in ana.get(at("draw_siblings", cast.maya)).content.decode()
    )
    assert "Type at least one name" in ana.post(address, {"q": ""}).content.decode()
    found = ana.post(address, {"q": "Renata"}).content.decode()
    assert str(cast.nene) in found
    assert "Jun-jun" not in found
    sent = {"q": "Renata", "run": hidden(found, "run"), **day("from_on")}
    half = ana.post(address, sent)
    assert half.status_code == 422
    assert "Choose a child." in half.content.decode()
    sent |= {"other": str(cast.nene), "bond": "half"}
    assert [ana.post(address, sent).status_code for _press in range(2)] == [302, 302]
    for case, name in ((cast.maya, "Nene"), (cast.nene, "Maya")):
        assert name in ana.get(at("child", case)).content.decode()


def test_a_group_is_split_from_the_page_and_what_was_stays_readable(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("split_siblings", cast.maya)
    why = "They asked to live apart."
    sent = {"others": [str(cast.jun)], "reason": "", "run": run(), **day("on")}
    body = ana.post(address, sent)
    assert body.status_code == 422
    assert "Write why they are no longer one group." in body.content.decode()
    sent |= {"reason": why}
    assert [ana.post(address, sent).status_code for _press in range(2)] == [302, 302]
    assert child_page.child(cast.ana, case=cast.maya).siblings == ()
    before = ana.get(at("draw_siblings", cast.maya)).content.decode()
    assert why in before
    assert "One group from" in before
    assert "No sister or brother is drawn" in ana.get(address).content.decode()


def test_two_who_draw_at_once_see_both_and_one_chooses(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("draw_siblings", cast.maya)
    field, seen = f"bond-{cast.jun}", f"saw-{cast.jun}"
    hers = {field: "not", "run": run(), seen: hidden(ana.get(address).content.decode(), seen)}
    assert cast.client(cast.ben).post(address, hers | {field: "half", "run": run()}).status_code
    answer = ana.post(address, hers)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody drew this family while you were choosing" in body
    assert "Half-sister or half-brother" in body or "alf" in body
    assert len(child_page.child(cast.ana, case=cast.maya).siblings) == 1
    assert ana.post(address, carried(body, "theirs")).status_code == 302
    assert len(child_page.child(cast.ana, case=cast.maya).siblings) == 1
    assert ana.post(address, carried(body, "mine")).status_code == 302
    assert child_page.child(cast.ana, case=cast.maya).siblings == ()


def test_a_therapist_is_called_and_the_act_is_gone(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    assert "Call a therapist" in ana.get(at("child", cast.nene)).content.decode()
    address = at("call_therapist", cast.nene)
    assert "Therapy opens for them alone" in ana.get(address).content.decode()
    assert ana.post(address, {"team": str(cast.team("therapy")), "run": run()}).status_code == 302
    assert "Call a therapist" not in ana.get(at("child", cast.nene)).content.decode()
    twice = ana.post(address, {"team": str(cast.team("therapy")), "run": run()})
    assert twice.status_code == 403
    assert cast.client(cast.dan).get(at("child", cast.nene)).status_code == 200


@pytest.mark.parametrize("name", FORMS)
def test_acts_of_those_who_hold_the_case_are_refused_to_others_with_a_reason(
    cast: Cast, name: str
) -> None:
    for actor in (cast.coby, cast.hana):
        answer = cast.client(actor).get(at(name, cast.maya))
        assert answer.status_code == 403
        if name != "change_card":
            assert "This is done by those who hold the case." in answer.content.decode()
    assert cast.client(cast.fe).get(at(name, cast.maya)).status_code == 404


def test_back_and_typing_again_into_a_form_keeps_what_was_typed_and_says_so(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("record_contact", cast.maya)
    sent = {"kin": "grandparent", "name": "Lola Corazon", "may": "decides", "run": run()}
    assert ana.post(address, sent).status_code == 302
    again = ana.post(address, sent | {"name": "Lolo Berto"})
    body = again.content.decode()
    assert again.status_code == 422
    assert "You saved this form before, with other words." in body
    assert 'value="Lolo Berto"' in body
    fresh = sent | {"name": "Lolo Berto", "run": hidden(body, "run")}
    assert ana.post(address, fresh).status_code == 302
    opened = ana.post(at("child", cast.maya), {"open": "identity"}).content.decode()
    assert "Lola Corazon" in opened
    assert "Lolo Berto" in opened
