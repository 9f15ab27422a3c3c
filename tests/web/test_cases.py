"""Card, name, status, findings and days, written by two people at once; nothing is lost."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from tests.cast.cast import Cast
from tests.web.sending import at, carried, day, hidden, run

from tahanan.base import clock
from tahanan.casework import cases, child_page, operations
from tahanan.casework.child_page import What
from tahanan.records.vocabulary import Compartment, Status


def card(body: str, **changes: str) -> dict[str, str]:
    """The card form of a page as it would be sent, with changes."""
    fields = {name: hidden(body, name) for name in ("run", "seen", "number", "kept")}
    return fields | {"chosen": "Maya", "sex": "girl"} | changes


def test_two_who_change_the_card_never_overwrite_each_other(cast: Cast) -> None:
    ana, cora, address = cast.client(cast.ana), cast.client(cast.cora), at("change_card", cast.maya)
    hers, theirs = (each.get(address).content.decode() for each in (ana, cora))
    assert cora.post(address, card(theirs, allergies="Peanuts, fish")).status_code == 302
    answer = ana.post(address, card(hers, allergies="Peanuts", medicine="Inhaler"))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Cora Lim wrote the same while you were writing" in body
    assert "<mark>Peanuts, fish</mark>" in body
    assert cases.card(cast.ana, case=cast.maya).said.allergies == "Peanuts, fish"
    assert ana.post(address, carried(body, "mine")).status_code == 302
    stands = cases.card(cast.ana, case=cast.maya)
    assert (stands.said.allergies, stands.said.medicine, stands.by) == (
        "Peanuts",
        "Inhaler",
        "Ana Reyes",
    )


def test_a_better_age_mends_the_age_at_the_removal_too(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("change_card", cast.maya)
    body = ana.get(address).content.decode()
    assert (
        ana.post(address, card(body, **{"born-year": str(clock.today().year - 8)})).status_code
        == 302
    )
    (removal,) = _removals(cast)
    assert (removal.youngest_band, removal.oldest_band) == (2, 2)


def _removals(cast: Cast, case: uuid.UUID | None = None) -> list[operations.RemovalShape]:
    from tahanan.casework.door import query

    @query("removals_for_test")
    def found(visit, *, case):
        return operations.removals(case)

    return found(cast.ana, case=case or cast.maya)


def test_a_legal_name_is_tidied_and_its_faults_are_named(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("set_identity", cast.nene)
    body = ana.post(address).content.decode()
    assert 'value="Renata"' in body
    sent = {
        "given": "MA. CLARA",
        "surname": "",
        "kind": "full",
        "run": hidden(body, "run"),
        "seen": hidden(body, "seen"),
    }
    wrong = ana.post(address, sent)
    assert wrong.status_code == 422
    assert "The surname is missing." in wrong.content.decode()
    sent |= {"surname": "DELA CRUZ", "middle": "reyes"}
    assert ana.post(address, sent).status_code == 302
    name = cases.identity_as_written(cast.ana, case=cast.nene).said
    assert name.full() == "Ma. Clara Reyes dela Cruz"


def status(body: str, what: str) -> dict[str, str]:
    return {
        "status": what, "decided_by": "prosecutor", "decider": "Atty. Saldua",
        "run": hidden(body, "run"), "seen": hidden(body, "seen"), **day("from_on"),
    }  # fmt: skip


def test_two_who_decide_the_status_are_shown_each_other(cast: Cast) -> None:
    ana, ben, address = cast.client(cast.ana), cast.client(cast.ben), at("decide_status", cast.maya)
    hers, his = (each.get(address).content.decode() for each in (ana, ben))
    assert ben.post(address, status(his, "victim")).status_code == 302
    answer = ana.post(address, status(hers, "not_victim"))
    assert answer.status_code == 409
    assert "The status was decided while you were writing" in answer.content.decode()
    opened = child_page.opened(cast.ana, case=cast.maya, part=Compartment.CARE).opened
    assert opened is not None
    decided = [(each.status, each.decider) for each in opened.of.statuses]
    assert decided == [(Status.VICTIM, "Atty. Saldua"), (Status.AT_RISK, "")]


def test_an_element_is_recorded_and_the_one_before_kept(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("record_element", cast.maya, element="depiction")
    body = ana.post(address).content.decode()
    sent = {"finding": "established", "depiction": "video", **day("from_on")}
    sent |= {"run": hidden(body, "run"), "seen": hidden(body, "seen")}
    assert ana.post(address, sent).status_code == 302
    opened = ana.post(at("child", cast.maya), {"open": "justice"}).content.decode()
    assert "Established: Video." in opened
    # The page is opened anew: sent from the first, this would write over what it had not seen.
    seen = hidden(ana.post(address).content.decode(), "seen")
    other = ana.post(address, sent | {"run": run(), "finding": "suspected", "seen": seen})
    assert other.status_code == 302


def correction(body: str, when: Any, whose: str = "together") -> dict[str, str]:
    return {
        "how": "paper", "words": "Police blotter, 23:40", "whose": whose,
        "run": hidden(body, "run"), "seen": hidden(body, "seen"),
        "operation": hidden(body, "operation"), **day("day", when),
    }  # fmt: skip


def _address(cast: Cast) -> tuple[str, Any]:
    (removal,) = _removals(cast)

    earlier = removal.happened.first - timedelta(days=1)
    return at("correct_day", cast.maya, removal=removal.id), earlier


def test_two_who_record_the_first_finding_are_shown_each_other(cast: Cast) -> None:
    address = at("record_element", cast.maya, element="production")
    ana, ben = cast.client(cast.ana), cast.client(cast.ben)
    pages = [each.post(address).content.decode() for each in (ana, ben)]
    sent = [
        {name: hidden(page, name) for name in ("seen", "run")}
        | {"finding": finding}
        | day("from_on")
        for finding, page in zip(("established", "not_found"), pages, strict=True)
    ]
    assert [each["seen"] for each in sent] == ["", ""]
    assert ben.post(address, sent[1]).status_code == 302
    answer = ana.post(address, sent[0])
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Not found", "Established", "The finding was recorded while you were writing"):
        assert words in body
    assert ana.post(address, carried(body, "mine")).status_code == 302


def test_two_who_say_what_an_adult_may_are_shown_each_other(cast: Cast) -> None:
    ana, ben = cast.client(cast.ana), cast.client(cast.ben)
    sent = {"kin": "aunt_uncle", "name": "Tita Luz", "may": "told", "run": run()}
    ana.post(at("record_contact", cast.maya), sent)
    page = child_page.opened(cast.ana, case=cast.maya, part=Compartment.IDENTITY)
    address = at("change_contact", cast.maya, contact=page.opened.of.contacts[0].id)
    assert ben.post(address, {"may": "silent", "run": run()}).status_code == 302
    answer = ana.post(address, {"may": "decides", "run": run()})
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Tita Luz", "May be told", "Must not be told", "May decide and be told"):
        assert words in body
    assert "must not be told" in ana.get(at("child", cast.maya)).content.decode()
    assert ana.post(address, carried(body, "theirs")).status_code == 302
    assert ana.post(address, carried(body, "mine")).status_code == 302
    assert "must not be told." not in ana.get(at("child", cast.maya)).content.decode()[:4000]
    stands = child_page.opened(cast.ana, case=cast.maya, part=Compartment.IDENTITY)
    assert [(each.may_decide, each.may_be_told) for each in stands.opened.of.contacts] == [
        (True, True)
    ]


def test_files_that_were_asked_once_are_mended_once(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    address, earlier = _address(cast)
    body = ana.get(address).content.decode()
    assert "The same day stands in another file" in body
    assert "Correct all of them: Maya and Jun-jun" in body
    sent = correction(body, earlier)
    assert [ana.post(address, sent).status_code for _press in range(3)] == [302, 302, 302]
    for case in (cast.maya, cast.jun):
        way = child_page.child(cast.ana, case=case).entries
        (entry,) = [each for each in way if each.what is What.REMOVAL]
        assert entry.stands.first == earlier
        assert len(entry.before) == 1
    told = ana.get(at("child", cast.maya)).content.decode()
    assert "Before this, " in told


def test_one_file_alone_is_mended_when_she_says_so(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    address, earlier = _address(cast)
    body = ana.get(address).content.decode()
    assert ana.post(address, correction(body, earlier, "alone")).status_code == 302
    (entry,) = [
        e for e in child_page.child(cast.ana, case=cast.jun).entries if e.what is What.REMOVAL
    ]
    assert entry.before == ()


def test_two_who_correct_one_day_are_shown_each_other(cast: Cast) -> None:
    ana, ben = cast.client(cast.ana), cast.client(cast.ben)
    address, earlier = _address(cast)
    hers, his = (each.get(address).content.decode() for each in (ana, ben))
    assert ben.post(address, correction(his, earlier)).status_code == 302
    answer = ana.post(address, correction(hers, clock.today()))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Ben Torres corrected the same day while you were writing" in body
    assert "A paper I have seen. “Police blotter, 23:40”" in body
    for _press in range(2):
        assert ana.post(address, carried(body, "mine")).status_code == 302
    for case in (cast.maya, cast.jun):
        (removal,) = _removals(cast, case)
        assert removal.happened.first == clock.today()


def test_a_correction_without_a_reason_or_with_its_days_turned_round_is_mended(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    address, earlier = _address(cast)
    body = ana.get(address).content.decode()
    sent = correction(body, clock.today()) | day("until", earlier)
    del sent["how"]
    answer = ana.post(address, sent)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose how you know." in told
    assert "This is before the first day. Give a later one." in told
    assert "Correct all of them: Maya and Jun-jun" in told
