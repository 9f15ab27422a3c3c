"""Notes in two browsers' hands: five presses, two who write at once, Back and typing again."""

from __future__ import annotations

from django.test import Client
from tests.cast.cast import Cast
from tests.web.sending import at, care_notes, carried, hidden, newest, note, run

from tahanan.casework import notes


def test_five_presses_of_save_are_one_note(cast: Cast) -> None:
    ana, sent = cast.client(cast.ana), note("She slept through the night")
    for _press in range(5):
        assert ana.post(at("write_note", cast.maya, part="care"), sent).status_code == 302
    assert care_notes(cast, cast.maya) == ["She slept through the night"]


def test_a_note_without_words_or_with_an_impossible_day_says_what_to_mend(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    sent = {
        "text": " ",
        "run": run(),
        "happened-day": "31",
        "happened-month": "2",
        "happened-year": "2026",
    }
    answer = ana.post(at("write_note", cast.maya, part="care"), sent)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Write a note in Care" in body
    assert "Write what happened before you save the note." in body
    assert "February 2026 had 28 days, so 31 cannot be right." in body
    assert 'value="31"' in body


def two_edit(cast: Cast) -> tuple[Client, str, str]:
    """Ana and Ben open one note; Ben saves first; Ana's answer to her own save."""
    ana, ben = cast.client(cast.ana), cast.client(cast.ben)
    ana.post(at("write_note", cast.maya, part="care"), note("She ate rice"))
    address = at("note", cast.maya, note=newest(cast).id)
    hers = ana.post(address, {"do": "change"}).content.decode()
    his = ben.post(address, {"do": "change"}).content.decode()
    assert "She ate rice" in hers
    seen = hidden(hers, "seen")
    ben.post(address, note("She ate rice and fish", hidden(his, "run"), seen=seen))
    answer = ana.post(address, note("She ate rice at noon", hidden(hers, "run"), seen=seen))
    assert answer.status_code == 409
    return ana, address, answer.content.decode()


def test_the_second_of_two_who_edit_is_shown_before_his_and_hers(cast: Cast) -> None:
    _ana, _address, body = two_edit(cast)
    assert "Ben Torres changed the same note while you were writing" in body
    assert "Before both of you" in body
    assert "She ate rice <mark>and fish</mark>" in body
    assert "She ate rice <mark>at noon</mark>" in body
    assert care_notes(cast, cast.maya) == ["She ate rice and fish"]


def test_she_puts_hers_after_his_and_his_stays_in_the_history(cast: Cast) -> None:
    ana, address, body = two_edit(cast)
    for _press in range(3):
        assert ana.post(address, carried(body, "mine")).status_code == 302
    assert care_notes(cast, cast.maya) == ["She ate rice at noon"]
    found = notes.history(cast.ana, case=cast.maya, note=newest(cast).id)
    assert [version.text for version in found] == [
        "She ate rice at noon",
        "She ate rice and fish",
        "She ate rice",
    ]
    shown = ana.post(at("note", cast.maya, note=newest(cast).id), {"do": "before"})
    assert "Ben Torres" in shown.content.decode()


def test_she_keeps_his_and_hers_becomes_a_note_of_its_own(cast: Cast) -> None:
    ana, address, body = two_edit(cast)
    assert ana.post(address, carried(body, "theirs")).status_code == 302
    assert set(care_notes(cast, cast.maya)) == {"She ate rice and fish", "She ate rice at noon"}


def test_she_makes_one_of_the_two(cast: Cast) -> None:
    ana, address, body = two_edit(cast)
    form = ana.post(address, carried(body, "both")).content.decode()
    assert "She ate rice and fish" in form
    assert "She ate rice at noon" in form
    sent = note("She ate rice and fish at noon", hidden(form, "run"), seen=hidden(form, "seen"))
    assert ana.post(address, sent).status_code == 302
    assert care_notes(cast, cast.maya) == ["She ate rice and fish at noon"]


def test_back_and_typing_again_shows_both_and_loses_nothing(cast: Cast) -> None:
    ana, key = cast.client(cast.ana), run()
    address = at("write_note", cast.maya, part="care")
    ana.post(address, note("She laughed", key))
    again = ana.post(address, note("She laughed twice", key))
    body = again.content.decode()
    assert again.status_code == 409
    assert "You saved this form before, with other words" in body
    assert "She laughed <mark>twice</mark>" in body
    assert ana.post(address, carried(body, "second")).status_code == 302
    assert set(care_notes(cast, cast.maya)) == {"She laughed", "She laughed twice"}


def test_back_and_typing_again_may_take_the_place_of_the_first(cast: Cast) -> None:
    ana, key = cast.client(cast.ana), run()
    address = at("write_note", cast.maya, part="care")
    ana.post(address, note("She laughed", key))
    body = ana.post(address, note("She laughed twice", key)).content.decode()
    assert ana.post(address, carried(body, "mine")).status_code == 302
    assert care_notes(cast, cast.maya) == ["She laughed twice"]


def test_a_note_taken_back_is_shown_no_more(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    ana.post(at("write_note", cast.maya, part="care"), note("Meant for another child"))
    address = at("note", cast.maya, note=newest(cast).id)
    asked = ana.post(address, {"do": "take_back"}).content.decode()
    assert "What follows" in asked
    sent = {"do": "taken_back", "run": hidden(asked, "run")}
    for _press in range(2):
        assert ana.post(address, sent).status_code == 302
    assert care_notes(cast, cast.maya) == []


def test_a_long_list_of_notes_comes_ten_at_a_time_and_says_so(cast: Cast) -> None:
    ana = cast.client(cast.ana)
    for number in range(12):
        ana.post(at("write_note", cast.maya, part="care"), note(f"Visit number {number}."))
    first = ana.post(at("child", cast.maya), {"open": "care"}).content.decode()
    assert "Notes 1 to 10, the newest first." in first
    assert "Visit number 11." in first
    assert "Visit number 1." not in first
    older = ana.post(at("child", cast.maya), {"open": "care:10"}).content.decode()
    assert "Notes 11 to 12" in older
    assert "Visit number 1." in older
