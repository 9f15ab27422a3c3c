"""The forms of Justice: opened by a press, kept where something is to be mended, both shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.cast.cast import Cast
from tests.web.sending import at, carried, day, hidden, run

from tahanan.base import clock
from tahanan.casework import justice
from tahanan.casework.justice import Named, Who
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)

WHO = Who("Invented Person", "Boss", "Her mother’s brother.")


def named(cast: Cast, *children: str, who: Who = WHO) -> UUID:
    today = clock.today()
    return justice.name_suspect(
        cast.ana, of=tuple(Named(getattr(cast, each), SuspectKin.COUSIN) for each in children),
        who=who, part=Part.FACILITATOR, minor=Answer.NO, named=Happening(today, today),
    )  # fmt: skip


def form(page: str, **more: Any) -> dict[str, Any]:
    """What the form about a suspect sends."""
    return {
        "name": "Invented Person", "aliases": "Boss", "words": "Said by the barangay.",
        "kin": "aunt_uncle", "lives_with": "yes", "part": "facilitator", "minor": "no",
        "run": hidden(page, "run"), **day("named"),
    } | more  # fmt: skip


def judged(page: str, **more: Any) -> dict[str, Any]:
    return {
        "level": "trial", "charge": "trafficking", "outcome": "convicted", "plea": "guilty",
        "sentence": "prison", "country": "PH", "supported": "on", "court_number": "Crim. Case 7",
        "run": hidden(page, "run"), **day(),
    } | more  # fmt: skip


def opened(client: Client, address: str) -> str:
    answer = client.post(address)
    assert answer.status_code == 200
    return answer.content.decode()


def pane(client: Client, case: UUID) -> str:
    return client.post(at("child", case), {"open": "justice"}).content.decode()


def suspects(cast: Cast, case: UUID) -> tuple[justice.SuspectShape, ...]:
    return justice.justice(cast.ana, case=case).suspects


def test_ana_names_a_suspect_for_maya_and_with_the_same_words_for_jun(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("name_suspect", cast.maya)
    page = opened(ana, address)
    sent = form(page) | {f"kin-{cast.jun}": "unknown", f"lives-{cast.jun}": "no"}
    for _press in range(2):
        answer = ana.post(address, sent)
        assert answer.status_code == 302
    (of_maya,), (of_jun,) = suspects(cast, cast.maya), suspects(cast, cast.jun)
    assert of_maya.id == of_jun.id
    assert of_maya.who == of_jun.who
    assert of_maya.suspicion.kin is SuspectKin.AUNT_UNCLE
    assert (of_jun.suspicion.kin, of_jun.suspicion.lives_with) == (SuspectKin.UNKNOWN, Answer.NO)
    body = pane(ana, cast.jun)
    assert "Invented Person" in body
    assert "Also called Boss." in body


def test_one_named_for_jun_is_chosen_for_maya_and_not_typed_again(cast: Cast) -> None:
    suspect = named(cast, "jun")
    ana, address = cast.client(cast.ana), at("name_suspect", cast.maya)
    page = opened(ana, address)
    assert "Invented Person, named for Jun-jun" in page
    both = ana.post(address, form(page, suspect=str(suspect)))
    assert both.status_code == 422
    assert "Choose somebody named already, or write who it is: not both." in both.content.decode()
    sent = form(page, suspect=str(suspect), name="", aliases="", words="")
    for _press in range(2):
        assert ana.post(address, sent).status_code == 302
    (of_maya,) = suspects(cast, cast.maya)
    assert (of_maya.id, of_maya.who) == (suspect, WHO)
    assert "Person, named for Jun-jun" not in opened(ana, address), "chosen once"


def test_what_was_typed_stays_where_something_is_to_be_mended(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("name_suspect", cast.maya)
    sent = form(opened(ana, address), kin="")
    answer = ana.post(address, sent)
    body = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("Invented Person", "Said by the barangay.", "Not known is an answer."):
        assert kept in body
    assert suspects(cast, cast.maya) == ()


def test_two_who_correct_a_suspect_are_shown_each_other(cast: Cast) -> None:
    named(cast, "maya")
    (stands,) = suspects(cast, cast.maya)
    address = at("correct_suspicion", cast.maya, suspicion=stands.suspicion.id)
    ana, ben = cast.client(cast.ana), cast.client(cast.ben)
    hers, his = opened(ana, address), opened(ben, address)
    seen = {"seen": str(stands.suspicion.id)}
    assert ben.post(address, form(his, kin="parent", **seen)).status_code == 302
    answer = ana.post(address, form(hers, name="Another Invented", **seen))
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Parent", "Aunt or uncle", "Another Invented", "Invented Person"):
        assert words in body
    assert suspects(cast, cast.maya)[0].suspicion.kin is SuspectKin.PARENT
    assert ana.post(address, carried(body, "theirs")).status_code == 302
    assert ana.post(address, carried(body, "mine")).status_code == 302
    (now,) = suspects(cast, cast.maya)
    assert (now.who.name, now.suspicion.kin) == ("Another Invented", SuspectKin.AUNT_UNCLE)


def test_an_old_page_opens_what_stands_by_now(cast: Cast) -> None:
    named(cast, "maya")
    first = suspects(cast, cast.maya)[0].suspicion.id
    given = {"case": cast.maya, "suspicion": first}
    second = justice.correct_suspicion(cast.ben, kin=SuspectKin.PEER, **given)
    address = at("correct_suspicion", cast.maya, suspicion=first)
    assert hidden(opened(cast.client(cast.ana), address), "seen") == str(second)
    justice.withdraw_suspicion(cast.ben, case=cast.maya, suspicion=second)
    answer = cast.client(cast.ana).post(address)
    assert answer.status_code == 409
    assert "Somebody took this back first." in answer.content.decode()


def test_an_arrest_is_recorded_corrected_and_taken_back(cast: Cast) -> None:
    suspect = named(cast, "maya")
    ana, address = cast.client(cast.ana), at("record_arrest", cast.maya, suspect=suspect)
    page = opened(ana, address)
    sent = {"operation": str(cast.operation("maya")), "country": "PH", "supported": "on", **day()}
    assert ana.post(address, sent | {"run": hidden(page, "run")}).status_code == 302
    (arrest,) = suspects(cast, cast.maya)[0].arrests
    assert (arrest.operation, arrest.supported) == (cast.operation("maya"), True)
    address = at("correct_arrest", cast.maya, arrest=arrest.id)
    page = opened(ana, address)
    changed = sent | {"operation": "", "country": "AU", "run": hidden(page, "run")}
    changed.pop("supported")
    assert ana.post(address, changed | {"seen": hidden(page, "seen")}).status_code == 302
    (arrest,) = suspects(cast, cast.maya)[0].arrests
    assert (arrest.operation, arrest.country, arrest.supported) == (None, "AU", False)
    assert "Australia. Not supported by the programme." in pane(ana, cast.maya)
    back = at("take_back_arrest", cast.maya, arrest=arrest.id)
    key = run()
    for _press in range(2):
        assert ana.post(back, {"run": key}).status_code == 302
    assert suspects(cast, cast.maya)[0].arrests == ()


def test_two_who_correct_an_arrest_are_shown_each_other(cast: Cast) -> None:
    suspect, today = named(cast, "maya"), clock.today()
    arrest = justice.record_arrest(
        cast.ana, case=cast.maya, suspect=suspect, happened=Happening(today, today), operation=None
    )
    address = at("correct_arrest", cast.maya, arrest=arrest)
    ana = cast.client(cast.ana)
    page = opened(ana, address)
    justice.correct_arrest(cast.ben, case=cast.maya, arrest=arrest, country="GB")
    sent = {"operation": "", "country": "AU", "supported": "on", "seen": hidden(page, "seen")}
    answer = ana.post(address, sent | {"run": hidden(page, "run"), **day()})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "United Kingdom" in body
    assert "Australia" in body
    assert ana.post(address, carried(body, "mine")).status_code == 302
    assert suspects(cast, cast.maya)[0].arrests[0].country == "AU"


def test_what_a_court_decided_twice_is_shown_beside_and_put_after(cast: Cast) -> None:
    suspect = named(cast, "maya")
    ana, address = cast.client(cast.ana), at("record_judgment", cast.maya, suspect=suspect)
    assert ana.post(address, judged(opened(ana, address))).status_code == 302
    (first,) = suspects(cast, cast.maya)[0].judgments
    page = opened(ana, address)
    assert "Crim. Case 7, Trial court" in page
    answer = ana.post(address, judged(page, docket=str(first.docket), sentence="suspended"))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "What this court decided was recorded first" in body
    assert ana.post(address, carried(body, "mine")).status_code == 302
    (stands,) = suspects(cast, cast.maya)[0].judgments
    assert (stands.sentence, stands.docket) == (Sentence.SUSPENDED, first.docket)
    assert "Number: Crim. Case 7." in pane(ana, cast.maya)


def test_a_judgment_says_what_cannot_be_and_keeps_what_was_typed(cast: Cast) -> None:
    suspect = named(cast, "maya")
    ana, address = cast.client(cast.ana), at("record_judgment", cast.maya, suspect=suspect)
    sent = judged(opened(ana, address), outcome="upheld")
    answer = ana.post(address, sent)
    body = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Upheld and reversed are said on appeal.", "There is a sentence only where"):
        assert words in body
    assert "Crim. Case 7" in body


def test_a_judgment_is_corrected_and_taken_back(cast: Cast) -> None:
    suspect, today = named(cast, "maya"), clock.today()
    judgment = justice.record_judgment(
        cast.ana, case=cast.maya, suspect=suspect, docket=None, happened=Happening(today, today),
        charge=Charge.OSAEC, outcome=Outcome.CONVICTED, plea=Plea.GUILTY, sentence=Sentence.PRISON,
        level=CourtLevel.TRIAL,
    )  # fmt: skip
    ana, address = cast.client(cast.ana), at("correct_judgment", cast.maya, judgment=judgment)
    page = opened(ana, address)
    sent = judged(page, charge="osaec", outcome="dismissed", sentence="none")
    assert ana.post(address, sent | {"seen": hidden(page, "seen")}).status_code == 302
    (stands,) = suspects(cast, cast.maya)[0].judgments
    assert (stands.outcome, stands.court_number) == (Outcome.DISMISSED, "Crim. Case 7")
    back = at("take_back_judgment", cast.maya, judgment=stands.id)
    assert ana.post(back, {"run": run()}).status_code == 302
    assert suspects(cast, cast.maya)[0].judgments == ()


def test_who_paid_is_a_country_and_support_begins_and_ends(cast: Cast) -> None:
    ana, address = cast.client(cast.ana), at("record_demand", cast.maya)
    sent = {"country": "ZZ", "run": hidden(opened(ana, address), "run"), **day()}
    assert ana.post(address, sent).status_code == 302
    assert "Country not known. Known of:" in pane(ana, cast.maya)
    (demand,) = justice.justice(cast.ana, case=cast.maya).demand
    back = at("take_back_demand", cast.maya, demand=demand.id)
    assert ana.post(back, {"run": run()}).status_code == 302
    address = at("support", cast.maya)
    for prefix in ("from_on", "on"):
        page = opened(ana, address)
        sent = {"run": hidden(page, "run"), **day(prefix)}
        assert ana.post(address, sent).status_code == 302
    file = justice.justice(cast.ana, case=cast.maya)
    today = clock.today()
    assert file.demand == ()
    assert [(each.from_on, each.until_on) for each in file.support] == [(today, today)]


def test_nothing_of_it_stands_on_the_closed_page_or_in_the_homes_page(cast: Cast) -> None:
    suspect = named(cast, "maya")
    justice.record_demand(
        cast.ana, case=cast.maya, country="GB", happened=Happening(clock.today(), clock.today())
    )
    for who in ("ana", "leo", "sela", "cora", "coby", "dan"):
        body = cast.client(getattr(cast, who)).get(at("child", cast.maya)).content.decode()
        for word in ("Invented Person", "Boss", "Cousin", "United Kingdom", str(suspect)):
            assert word not in body, (who, word)
    for who in ("cora", "coby", "dan", "fe"):
        answer = cast.client(getattr(cast, who)).post(at("child", cast.maya), {"open": "justice"})
        assert answer.status_code in (403, 404), who


@pytest.mark.parametrize("who", ["lito", "sela"])
def test_who_may_read_alone_is_offered_no_form(cast: Cast, who: str) -> None:
    named(cast, "maya")
    body = pane(cast.client(getattr(cast, who)), cast.maya)
    assert "Invented Person" in body
    for offered in ("Name a suspect", "Record an arrest", "Record a judgment", ">Correct<"):
        assert offered not in body
    answer = cast.client(getattr(cast, who)).post(at("name_suspect", cast.maya))
    assert answer.status_code == 403


def test_leo_is_offered_all_but_support(cast: Cast) -> None:
    named(cast, "maya")
    body = pane(cast.client(cast.leo), cast.maya)
    for offered in ("Name a suspect", "Record an arrest", "Record a judgment", "Record a country"):
        assert offered in body
    assert "whether the programme supports this case" not in body
    assert cast.client(cast.leo).post(at("support", cast.maya)).status_code == 403
