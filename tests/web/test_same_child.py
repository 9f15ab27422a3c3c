"""The pages of one child recorded twice: said, agreed, parted, and what one who sees one reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse
from tests.cast.cast import Cast
from tests.web.sending import at, run

from tahanan.casework import duplicates, search
from tahanan.records.vocabulary import Sameness


def say(cast: Cast) -> Any:
    """Ana finds Nene from Maya's page, and says that she is Maya."""
    ana, address = cast.client(cast.ana), at("propose_same", cast.maya)
    found = ana.post(address, {"q": "Nene"}).content.decode()
    assert str(cast.nene) in found
    sent = {"q": "Nene", "other": str(cast.nene), "reason": "One scar.", "run": run()}
    answer = ana.post(address, sent)
    assert answer.status_code == 302
    assert answer["Location"] == at("child", cast.maya) + "?said=same_said"
    return duplicates.same_child(cast.ana, case=cast.maya).of[0]


def answer(cast: Cast, who: str, joining: Any, said: str) -> Any:
    address = at("answer_same", cast.maya, same=joining.same)
    return cast.client(getattr(cast, who)).post(address, {"answer": said, "run": run()})


def page(cast: Cast, who: str, address: str) -> str:
    return cast.client(getattr(cast, who)).get(address).content.decode()


def test_said_by_ana_agreed_to_by_ben_from_his_home_page(cast: Cast) -> None:
    joining = say(cast)
    home = page(cast, "ben", reverse("home"))
    assert "Two records may be one child" in home
    assert at("same_child", cast.maya) in home
    assert "Two records may be one child" not in page(cast, "ana", reverse("home"))
    assert "They are one child" not in page(cast, "ana", at("same_child", cast.maya))
    assert answer(cast, "ben", joining, "one").status_code == 302
    shown = page(cast, "ben", at("same_child", cast.nene))
    assert "One scar." in shown
    assert "Ana Reyes said on" in shown
    (now,) = duplicates.same_child(cast.ana, case=cast.maya).of
    assert now.word is Sameness.JOINED


def test_who_sees_both_reads_it_on_each_page_and_list_and_who_sees_one_reads_nothing(
    cast: Cast,
) -> None:
    before = {
        who: page(cast, who, at("child", cast.maya)) for who in ("coby", "cora", "leo", "dan")
    }
    answer(cast, "ben", say(cast), "one")
    reference = duplicates.same_child(cast.ana, case=cast.maya).of[0].reference
    shown = page(cast, "ana", at("child", cast.maya))
    assert "Recorded twice" in shown
    assert reference in shown
    assert at("child", cast.nene) in shown
    assert page(cast, "ana", reverse("cases")).count("Recorded twice") == 2
    found = cast.client(cast.ana).post(reverse("search"), {"q": "Maya"}).content.decode()
    assert "Recorded twice" in found
    for who in before:
        now = page(cast, who, at("child", cast.maya))
        assert "wice" not in now
        assert reference not in now
        assert len(search.find(getattr(cast, who), words="Maya").twice) == 0


def test_two_agencies_each_with_one_of_the_two_read_nothing(cast: Cast) -> None:
    def both(actor: Any) -> Any:
        keys = replace(actor.keys, teams={**actor.keys.teams, **cast.fe.keys.teams})
        return replace(actor, memberships=(*actor.memberships, *cast.fe.memberships), keys=keys)

    row = duplicates.propose_same(
        both(cast.ana), case=cast.maya, other=cast.luz, reason="One grandmother."
    )
    assert "may be one child" not in page(cast, "ben", reverse("home"))
    duplicates.agree_same(both(cast.ben), case=cast.maya, same=row)
    for who, hers in (("ana", cast.maya), ("ben", cast.maya), ("fe", cast.luz)):
        for address in (at("child", hers), reverse("cases"), at("same_child", hers)):
            assert "Recorded twice" not in page(cast, who, address)
        assert "No other record is known" in page(cast, who, at("same_child", hers))


def test_parted_again_by_two_or_kept_by_a_no(cast: Cast) -> None:
    answer(cast, "ben", say(cast), "one")
    for said, stands in (("no", Sameness.JOINED), ("two", None)):
        (joined,) = duplicates.same_child(cast.ana, case=cast.maya).of
        form = at("part_same", cast.maya, same=joined.same)
        ana = cast.client(cast.ana)
        assert ana.post(form, {"reason": " ", "run": run()}).status_code == 422
        sent = {"reason": "Two mothers.", "run": run()}
        assert [ana.post(form, sent).status_code for _press in range(2)] == [302, 302]
        (parting,) = duplicates.same_child(cast.ana, case=cast.maya).of
        answer(cast, "ben", parting, said)
        (now,) = duplicates.same_child(cast.ana, case=cast.maya).of
        assert now.word is stands


def test_what_is_wrong_is_said_and_what_was_answered_meanwhile_leads_to_how_it_stands(
    cast: Cast,
) -> None:
    ana, address = cast.client(cast.ana), at("propose_same", cast.maya)
    assert ana.post(address, {"q": ""}).status_code == 422
    sibling = {"q": "Jun", "other": str(cast.jun), "reason": "x", "run": run()}
    wrong = ana.post(address, sibling)
    assert wrong.status_code == 422
    assert "drawn as full siblings" in wrong.content.decode()
    joining = say(cast)
    assert answer(cast, "ana", joining, "one").status_code == 403
    assert answer(cast, "ana", joining, "anything").status_code == 404
    answer(cast, "ben", joining, "one")
    late = answer(cast, "ben", joining, "no")
    assert late["Location"] == at("same_child", cast.maya)
