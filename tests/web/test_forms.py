"""What is typed stays, what is to be mended is said, and one sending has one key."""

from __future__ import annotations

import uuid

import pytest
from tests.web.parts.site import Parts

from tahanan.base.errors import Invalid
from tahanan.web.controls import draw_field, draw_summary

TYPED = {"text": "Slept well.", "sex": "girl"}


def filled(**more: object) -> Parts:
    return Parts({**TYPED, **more})


def test_three_answers_are_enough():
    assert filled().is_valid()


def test_a_day_that_never_was_is_said_in_a_sentence_and_stays_typed():
    form = filled(**{"born-day": "31", "born-month": "2", "born-year": "2012"})
    assert [mend.sentence[:23] for mend in form.mends] == ["February 2012 had 29 da"]
    assert form.mends[0].href == "#born-day"
    drawn = draw_field(form["born"])
    assert 'value="31"' in drawn
    assert drawn.count('aria-invalid="true"') == 1
    assert 'aria-describedby="born-hint born-error"' in drawn


def test_only_the_year_is_enough_where_a_day_may_be_partial():
    born = filled(**{"born-year": "2012"})
    assert born.is_valid()
    known = born.cleaned_data["born"]
    assert (known.first.isoformat(), known.last.isoformat()) == ("2012-01-01", "2012-12-31")


def test_a_year_alone_does_not_correct_a_day():
    form = filled(**{"mended-year": "2012"})
    assert [mend.href for mend in form.mends] == ["#mended-month"]


def test_a_known_day_is_shown_as_it_would_be_typed():
    given = filled(**{"born-month": "3", "born-year": "2012"})
    assert given.is_valid()
    drawn = draw_field(Parts(initial={"born": given.cleaned_data["born"]})["born"])
    assert 'name="born-month" type="text" spellcheck' in drawn or 'value="3"' in drawn
    assert 'value="2012"' in drawn
    assert 'value="1"' not in drawn


def test_a_baby_is_counted_in_months():
    form = filled(**{"age-months": "10"})
    assert form.is_valid()
    assert form.cleaned_data["age"].precision == "estimated-months"


def test_an_empty_question_says_what_is_asked_in_the_order_of_the_page():
    form = Parts({"text": " ", "age-years": "four"})
    assert [mend.href for mend in form.mends] == ["#text", "#age-years", "#sex"]
    summary = draw_summary(form.mends)
    assert "3 things to mend" in summary
    assert 'href="#sex"' in summary


def test_what_a_command_refused_is_said_at_its_field():
    form = filled()
    assert form.is_valid()
    form.mend(Invalid({"name": "Two children are called Nene.", "case": "It was closed."}))
    assert [mend.sentence for mend in form.mends] == [
        "It was closed.",
        "Two children are called Nene.",
    ]


def test_a_box_that_may_not_be_ticked_is_refused_when_it_comes_ticked():
    assert not filled(parts=["justice"]).is_valid()
    assert filled(parts=["care"]).is_valid()
    drawn = draw_field(Parts()["parts"])
    assert drawn.count(" disabled") == 1
    assert "Therapy teams cannot be given Justice" in drawn


def test_a_secret_is_never_shown_back():
    form = filled(secret="kape bundok ulan", number="x")
    assert not form.is_valid()
    assert "bundok" not in draw_field(form["secret"])


@pytest.mark.parametrize("name", ["name", "text"])
def test_what_is_typed_cannot_become_markup(name):
    drawn = draw_field(Parts({name: '"><script>alert(1)</script>'})[name])
    assert "<script" not in drawn
    assert "&lt;script" in drawn


def test_the_key_of_a_sending_stays_when_the_page_comes_back():
    key = str(uuid.uuid4())
    assert Parts({"run": key}).run == key
    assert Parts().run != Parts().run
    assert uuid.UUID(Parts({"run": "../../etc"}).run).version == 4
