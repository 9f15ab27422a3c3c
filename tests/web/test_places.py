"""The pages of places: asked for, answered, confirmed, admitted; homes, arrivals, exclusions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.casework import homes
from tests.casework.homes import Homes, rows
from tests.web.sending import hidden, run

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.casework import admissions, facilities
from tahanan.records.models import Stay

NEUTRAL = "This home cannot take this child. Ask the safeguarding lead."


@pytest.fixture
def here(snapshot: Callable[..., Any]) -> Homes:
    found: Homes = snapshot("homes", homes.build)
    return found


def browser(here: Homes, who: str = "ana") -> Client:
    actor: Actor = getattr(here.cast, who)
    return here.cast.client(actor, HTTP_HOST="localhost")


def text(answer: Any) -> str:
    """What a page says, without its markup; without the token, which no two answers share."""
    page = re.sub(r"<input type=\"hidden\"[^>]*>", "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def ask(here: Homes, *children: UUID, by: str = "ana", region: str = "0700000000") -> str:
    """Ask for a place as the form does; gives the address of the answers."""
    answer = browser(here, by).post(
        reverse("ask_for_place"), {"child": [str(each) for each in children], "region": region}
    )
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"])


def admit_page(page: str, home: UUID, *children: UUID, more: str = "") -> str:
    chosen = "&".join(f"child={each}" for each in children)
    return f"{page}/{home}?{chosen}{more}"


def test_places_begin_with_who_has_none(here: Homes) -> None:
    said = text(browser(here).get(reverse("places")))
    assert "Maya and Jun-jun" in said
    assert "Foster or kin family, City of Mandaue, Cebu. 3 places: 0 taken, 3 left." in said


def test_the_form_offers_the_whole_family_and_needs_a_child(here: Homes) -> None:
    site = browser(here)
    page = site.get(reverse("ask_for_place"), {"child": str(here.cast.maya)}).content.decode()
    assert page.count('name="child"') == 2
    assert site.get(reverse("ask_for_place")).status_code == 404
    wrong = site.post(
        reverse("ask_for_place"),
        {"child": str(here.cast.maya), "from_on-day": "31", "from_on-month": "2", "region": "1"},
    )
    assert wrong.status_code == 422


def test_who_unticks_everybody_is_told_and_keeps_the_page(here: Homes) -> None:
    site = browser(here)
    address = f"{reverse('ask_for_place')}?child={here.cast.maya}"
    action = re.search(r'<form action="([^"]*places/ask[^"]*)"', site.get(address).content.decode())
    assert action
    answer = site.post(action[1].replace("&amp;", "&"), {"region": "0700000000"})
    assert answer.status_code == 422
    assert "Choose at least one child." in text(answer)
    assert answer.content.decode().count('name="child"') == 2


def test_the_answers_stand_together_first_and_every_no_is_explained(here: Homes) -> None:
    page = ask(here, here.cast.maya, here.cast.jun)
    said = text(browser(here).get(page))
    assert said.index("Foster household 14") < said.index("Bahay Amihan")
    assert "3 places: 0 taken, 2 for these children, 1 left after." in said
    assert "It is a home for girls, and Jun-jun is a boy." in said
    assert "It has room for Maya, but that would part them." in said
    assert "Only 1 of its places is free for them." in said
    assert "Two homes" not in said and "Three homes can take both together." in said
    assert "Its licence ended on" in said
    assert "7 of 8 places are shown" in said
    assert "Sentro ng Lakas" not in said
    assert "Sentro ng Lakas" in text(browser(here).get(page + "?everywhere=yes"))


def test_an_admission_says_what_follows_before_it_is_made(here: Homes) -> None:
    page = ask(here, here.cast.maya, here.cast.jun)
    there = admit_page(page, here.of["amihan"], here.cast.maya, here.cast.jun)
    before = browser(here).get(there)
    said = text(before)
    assert "Admit Maya and Jun-jun to Bahay Amihan" in said
    assert "Bahay Amihan clinic can open the card and Health of each child" in said
    assert said.index("What follows") < said.rindex("Admit Maya and Jun-jun")
    assert "14 Acacia Lane" not in said
    children = [str(here.cast.maya), str(here.cast.jun)]
    done = browser(here).post(f"{page}/{here.of['amihan']}", {"child": children})
    assert done["Location"].endswith("/admitted")
    after = text(browser(here).get(done["Location"]))
    assert "Maya and Jun-jun live here now." in after
    assert "14 Acacia Lane" in after


def test_a_home_that_filled_up_meanwhile_is_said_on_the_same_page(here: Homes) -> None:
    page = ask(here, here.cast.maya)
    other = ask(here, here.cast.nene, by="ben")
    browser(here, "ben").post(f"{other}/{here.of['one']}", {"child": str(here.cast.nene)})
    sent = {"child": str(here.cast.maya), "parting_reason": "He is in hospital."}
    late = browser(here).post(f"{page}/{here.of['one']}", sent)
    assert late.status_code == 403
    assert "Its only licensed place is taken." in text(late)
    assert "Look for places again" in text(late)


def test_parting_asks_for_a_reason_and_says_who_reads_it(here: Homes) -> None:
    page = ask(here, here.cast.maya, here.cast.jun)
    there = admit_page(page, here.of["girls"], here.cast.maya)
    said = text(browser(here).get(there))
    assert "Jun-jun would not be in the same home. Your supervisor is told, and reads why." in said
    without = browser(here).post(f"{page}/{here.of['girls']}", {"child": str(here.cast.maya)})
    assert without.status_code == 422
    assert "Write the reason." in text(without)
    assert rows(Stay.objects.count) == 0


def test_an_emergency_is_offered_only_where_all_may_be_overridden(here: Homes) -> None:
    page = ask(here, here.cast.nene)
    answers = browser(here).get(page).content.decode()
    assert answers.count("emergency=yes") == 2  # too young for Talisay; Ipil is not accredited
    there = admit_page(page, here.of["older"], here.cast.nene, more="&emergency=yes")
    said = text(browser(here).get(there))
    assert "This stay overrides what would forbid it:" in said
    assert "It is licensed for ages 7 to 17, and Nene is 4." in said
    sent = {"child": str(here.cast.nene), "emergency": "yes", "emergency_reason": "Typhoon."}
    assert browser(here).post(f"{page}/{here.of['older']}", sent).status_code == 302


def test_the_neutral_no_is_one_sentence_the_same_for_two_reasons(
    snapshot: Callable[..., Any],
) -> None:
    pages = []
    for reason, by in (("Kin of a suspect.", "sela"), ("A court bars it.", "leo")):
        here = snapshot("homes", homes.build)
        admissions.declare_exclusion(
            getattr(here.cast, by), case=here.cast.maya, facility=here.of["family"], reason=reason
        )
        page = ask(here, here.cast.maya)
        answer = browser(here).get(page)
        said = answer.content.decode()
        # What differs between any two requests: ids, hours, the form's keys.
        said = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", said)
        said = re.sub(r'value="[^"]{64}"|\b\d\d:\d\d\b', "x", said)
        pages.append((said, {k: v for k, v in answer.headers.items() if k != "Content-Length"}))
    assert pages[0] == pages[1]
    assert NEUTRAL in pages[0][0]
    assert "The safeguarding lead is Sela Dizon." in pages[0][0]
    assert "Kin" not in pages[0][0]


def test_the_head_hears_of_arrivals_and_says_they_came(here: Homes) -> None:
    page = ask(here, here.cast.nene)
    browser(here).post(f"{page}/{here.of['amihan']}", {"child": str(here.cast.nene)})
    said = text(browser(here, "cora").get(reverse("arrivals")))
    assert "Nene has come" in said
    browser(here, "cora").post(reverse("receive", kwargs={"case": here.cast.nene}))
    assert "Nobody is on the way" in text(browser(here, "cora").get(reverse("arrivals")))


def test_a_discharge_says_what_follows_and_needs_its_reason(here: Homes) -> None:
    page = ask(here, here.cast.nene)
    browser(here).post(f"{page}/{here.of['amihan']}", {"child": str(here.cast.nene)})
    there = reverse("discharge", kwargs={"case": here.cast.nene})
    said = text(browser(here).get(there))
    assert "At Bahay Amihan since" in said
    assert "Where is that?" in said
    head = text(browser(here, "cora").get(there))
    assert "Where is that?" not in head
    wrong = browser(here).post(there, {"end": "kin"})
    assert wrong.status_code == 422
    assert "Write why the stay ends." in text(wrong)


def test_a_home_s_page_is_kept_by_its_head(here: Homes) -> None:
    home = here.of["amihan"]
    there = reverse("facility", kwargs={"facility": home})
    assert "14 Acacia Lane" in text(browser(here, "cora").get(there))
    assert "14 Acacia Lane" not in text(browser(here).get(there))
    cora = browser(here, "cora")
    day = {"day": "1", "month": "1", "year": "2030"}
    permit = {"kind": "licence", "reference": "SB-14"}
    permit |= {f"valid_from-{part}": value for part, value in day.items()}
    permit |= {f"valid_until-{part}": value for part, value in (day | {"year": "2031"}).items()}
    saved = cora.post(reverse("record_permit", kwargs={"facility": home}), permit)
    assert saved.status_code == 302, text(saved)
    lines = {"sex-1": "girl", "from-1": "3", "until-1": "17", "places-1": "8"}
    more = {"sex-0": "boy", "from-0": "3", "until-0": "12", "places-0": "4"}
    assert cora.post(reverse("set_capacity", kwargs={"facility": home}), lines | more)["Location"]
    out = {"line": "1", "places": "9", "reason": "The roof leaks"}
    wrong = cora.post(reverse("out_of_use", kwargs={"facility": home}), out)
    assert "Give a number from 1 to 8." in text(wrong)
    cora.post(reverse("out_of_use", kwargs={"facility": home}), out | {"places": "2"})
    cora.post(reverse("pause_facility", kwargs={"facility": home}), {"pause": "begin"})
    page = text(cora.get(there))
    for said in ("SB-14", "Girls, 3 to 17: 8 places", "Not taking children now", "The roof leaks"):
        assert said in page
    row = facilities.facility(here.cast.cora, facility=home).out_of_use[0].id
    cora.post(reverse("back_in_use", kwargs={"facility": home, "row": row}))
    assert "Every place can be used." in text(cora.get(there))


def test_two_who_change_the_places_are_shown_each_other(here: Homes) -> None:
    home, cora, ada = here.of["amihan"], browser(here, "cora"), browser(here, "cora")
    address = reverse("set_capacity", kwargs={"facility": home})
    seen = hidden(cora.get(address).content.decode(), "seen")
    stood = {"sex-1": "unknown", "from-1": "3", "until-1": "17"}
    line = {"sex-0": "boy", "from-0": "3", "until-0": "12", "places-0": "4"}
    theirs = {**stood, "places-1": "8", **line, "seen": seen, "run": run()}
    assert [ada.post(address, theirs).status_code for _press in range(2)] == [302, 302]
    mine = {**stood, "places-1": "6", "seen": seen, "run": run()}
    answer = cora.post(address, mine)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "What stands now: Girls and boys, 3 to 17: 8 places; Boys, 3 to 12: 4 places." in text(
        answer
    )
    assert 'value="6"' in body
    assert 'value="4"' in body
    lines = facilities.facility(here.cast.cora, facility=home).facility.lines
    assert [each.places for each in lines] == [8, 4]
    again = {**stood, "places-1": "6", "sex-2": "boy", "from-2": "3", "until-2": "12",
             "places-2": "4", "seen": hidden(body, "seen"), "run": hidden(body, "run")}  # fmt: skip
    assert cora.post(address, again).status_code == 302
    lines = facilities.facility(here.cast.cora, facility=home).facility.lines
    assert [each.places for each in lines] == [6, 4]


def test_an_administrator_adds_a_home_in_a_city_of_the_list(here: Homes) -> None:
    ada = browser(here, "ada")
    asked = {"name": "Bahay Narra", "kind": "shelter", "city": "Nowhere at all", "address": "x"}
    wrong = ada.post(reverse("add_facility"), asked)
    assert "No such city or municipality is in the list." in text(wrong)
    made = ada.post(reverse("add_facility"), asked | {"city": "Carcar"})
    assert "Bahay Narra" in text(ada.get(made["Location"]))


def test_the_lead_declares_and_hears(here: Homes) -> None:
    sela = browser(here, "sela")
    there = reverse("exclusion", kwargs={"case": here.cast.maya})
    assert "It holds for all 2 of them" in text(sela.get(there))
    missing = sela.post(there, {"home": str(here.of["family"])})
    assert missing.status_code == 422
    sela.post(there, {"home": str(here.of["family"]), "reason": "Kin of a suspect."})
    ask(here, here.cast.maya, here.cast.jun)
    said = text(sela.get(reverse("neutral_noes")))
    assert "Foster household 14 could not take them. Ana Reyes asked today at" in said


def test_the_lead_reads_what_a_home_named_late_touches(here: Homes) -> None:
    sela, both = browser(here, "sela"), (here.cast.maya, here.cast.jun)
    ask(here, *both)
    exclude = reverse("exclusion", kwargs={"case": here.cast.maya})
    sela.post(exclude, {"home": str(here.of["family"]), "reason": "Kin of a suspect."})
    for page in ("neutral_noes", "home"):
        said = text(sela.get(reverse(page)))
        assert "before it was said that Foster household 14 cannot take them" in said
    admit = f"{ask(here, here.cast.nene)}/{here.of['one']}"
    browser(here).post(admit, {"child": str(here.cast.nene)})
    exclude = reverse("exclusion", kwargs={"case": here.cast.nene})
    sela.post(exclude, {"home": str(here.of["one"]), "reason": "A bar of the court."})
    said = text(sela.get(reverse("home")))
    assert "Lives at Bahay Kamagong since" in said
    assert "Lives at" not in text(browser(here).get(reverse("home")))


@pytest.mark.parametrize(
    ("who", "status"), [("fe", 404), ("cora", 403), ("hana", 403), ("gil", 404), ("sela", 403)]
)
def test_who_does_not_hold_the_child_asks_for_no_place(here: Homes, who: str, status: int) -> None:
    site = browser(here, who)
    answer = site.get(reverse("ask_for_place"), {"child": str(here.cast.maya)})
    assert answer.status_code == status
    page = ask(here, here.cast.maya)
    assert site.get(page).status_code == 404


def test_a_child_s_page_offers_a_place_then_its_review_and_its_end(here: Homes) -> None:
    there = reverse("child", kwargs={"case": here.cast.nene})
    before = text(browser(here).get(there))
    assert "Look for a place" in before
    assert "End the stay" not in before
    page = ask(here, here.cast.nene)
    browser(here).post(f"{page}/{here.of['amihan']}", {"child": str(here.cast.nene)})
    after = text(browser(here).get(there))
    for said in ("Look for another place", "Review the stay", "End the stay"):
        assert said in after
    head = text(browser(here, "cora").get(there))
    assert "Say that she or he came" in head
    assert "Look for another place" not in head
    assert "Name a home that cannot take this child" in text(browser(here, "sela").get(there))


def test_a_stay_that_ended_is_said_on_the_child_s_page(here: Homes) -> None:
    page = ask(here, here.cast.nene)
    browser(here).post(f"{page}/{here.of['amihan']}", {"child": str(here.cast.nene)})
    today = clock.today()
    sent = {"end": "kin", "why": "Her aunt was found safe.", "went_to": "Bogo"}
    sent |= {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}
    done = browser(here).post(reverse("discharge", kwargs={"case": here.cast.nene}), sent)
    assert "The stay is ended." in text(browser(here).get(done["Location"]))


def test_the_lead_s_first_page_says_at_once_that_a_home_said_no(here: Homes) -> None:
    admissions.declare_exclusion(
        here.cast.sela, case=here.cast.maya, facility=here.of["family"], reason="Kin."
    )
    ask(here, here.cast.maya, here.cast.jun)
    said = text(browser(here, "sela").get(reverse("home")))
    assert "Foster household 14 could not take Maya and Jun-jun" in said
    assert "could not take" not in text(browser(here).get(reverse("home")))
