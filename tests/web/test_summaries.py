"""The refusal says “You can read the summary in Care”: here the therapist writes it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.http import HttpResponse
from tests.access import pages
from tests.cast.cast import Cast
from tests.web.sending import at, note, run

from tahanan.base import clock
from tahanan.casework import child_page, notes
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Compartment

SAID = "She sleeps better with the door open."
OF_THE_SESSION = "Drew two doors, and closed one."


@pytest.fixture
def session(cast: Cast) -> UUID:
    today = clock.today()
    return notes.write_note(
        cast.dan,
        case=cast.maya,
        compartment=Compartment.THERAPY,
        text=OF_THE_SESSION,
        happened=Happening(today, today),
    )


def opened(cast: Cast, who: str, part: str) -> str:
    """What one person sees of a part of Maya's record."""
    page = cast.client(getattr(cast, who)).post(at("child", cast.maya), {"open": part})
    assert page.status_code == 200
    return page.content.decode()


def form_of(cast: Cast) -> tuple[str, HttpResponse]:
    """Dan opens Therapy and presses the one button under his note."""
    sheets = pages.read(opened(cast, "dan", "therapy")).sheets
    (press,) = [sheet for sheet in sheets if sheet.action.endswith("/summary")]
    return press.action, cast.client(cast.dan).post(press.action, press.sending(("", "")))


def test_the_therapist_writes_a_summary_and_those_who_open_care_read_it(
    cast: Cast, session: UUID
) -> None:
    address, form = form_of(cast)
    assert OF_THE_SESSION in form.content.decode(), "read while writing"
    assert pages.read(form.content.decode()).sheets[0].fields["text"].sent == []
    sent = note(SAID)
    for _press in range(2):
        saved = cast.client(cast.dan).post(address, sent)
        assert "said=summary" in saved["Location"]

    for who in ("ana", "coby", "cora", "dan"):
        care = opened(cast, who, "care")
        assert care.count(SAID) == 1
        assert "Summary from therapy" in care
        assert OF_THE_SESSION not in care


def test_a_changed_summary_is_one_still(cast: Cast, session: UUID) -> None:
    address, _form = form_of(cast)
    cast.client(cast.dan).post(address, note(SAID))
    care = child_page.opened(cast.dan, case=cast.maya, part=Compartment.CARE).opened
    written = next(each for each in care.notes if each.summary)
    again = {"seen": str(written.id), "part": "care"} | note("She sleeps through.")
    cast.client(cast.dan).post(at("note", cast.maya, note=written.id), again)

    care = child_page.opened(cast.ana, case=cast.maya, part=Compartment.CARE).opened
    assert [each.text for each in care.notes if each.summary] == ["She sleeps through."]


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 403), ("coby", 403), ("leo", 403), ("fe", 404)]
)
def test_nobody_else_writes_one_and_nobody_sees_the_note_by_it(
    cast: Cast, session: UUID, who: str, status: int
) -> None:
    address = at("write_summary", cast.maya, note=session)
    for sent in ({}, note(SAID), {"run": run()}):
        answer = cast.client(getattr(cast, who)).post(address, sent)
        assert answer.status_code == status
        assert OF_THE_SESSION not in answer.content.decode()
    assert SAID not in opened(cast, "ana", "care")


def test_a_summary_is_of_a_note_in_therapy_alone(cast: Cast) -> None:
    today = clock.today()
    happened = Happening(today, today)
    care = notes.write_note(
        cast.ana, case=cast.maya, compartment=Compartment.CARE, text="Ate well.", happened=happened
    )
    address = at("write_summary", cast.maya, note=care)
    assert cast.client(cast.dan).post(address, {}).status_code == 404
    assert cast.client(cast.dan).post(address, note(SAID)).status_code == 404
