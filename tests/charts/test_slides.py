"""A slide is one picture that needs nothing beside it, and says its numbers to who does not see."""

from __future__ import annotations

import re
from xml.etree import ElementTree as tree

from hypothesis import given
from hypothesis import strategies as some

from tahanan.charts.slides import EDGE, WIDTH, Told, slide

SVG = "{http://www.w3.org/2000/svg}"
TOLD = [
    Told("669", "Victims rescued", "Supported children who were removed or surrendered."),
    Told("43%", "aged 12 or younger", "284 of 657; not known for 12", 43),
    Told("64%", "of perpetrators close", "193 of 301; not known for 27", 64),
]


def texts(drawn: str) -> list[str]:
    return ["".join(each.itertext()) for each in tree.fromstring(drawn).iter(f"{SVG}text")]


def test_it_says_every_number_to_who_does_not_see() -> None:
    drawn = tree.fromstring(slide("Who was brought to safety", TOLD, ["As known …"], first=True))
    named = {each.get("id"): each.text for each in drawn if each.get("id")}
    assert named["name"] == "Who was brought to safety"
    assert "43% aged 12 or younger. 284 of 657" in str(named["numbers"])
    assert drawn.get("aria-describedby") == "numbers"


def test_it_asks_for_nothing_from_elsewhere() -> None:
    drawn = slide("Title", TOLD, ["Foot"], first=True)
    assert re.findall(r"https?://\S+?[\"')]", drawn) == ['http://www.w3.org/2000/svg"'] * 3
    assert "url(" not in drawn
    assert "href" not in drawn


def test_hundred_panes_stand_beside_each_share_and_no_other() -> None:
    drawn = tree.fromstring(slide("Title", TOLD, [], first=True))
    assert len([each for each in drawn.iter(f"{SVG}svg") if each.get("width") == "150"]) == 2


@given(some.text(max_size=80), some.integers(0, 10**7))
def test_whatever_it_is_called_it_stays_a_picture(words: str, number: int) -> None:
    drawn = slide(words, [Told(f"{number:,}", words, words)], [words], first=True)
    assert f"{number:,}" in texts(drawn)
    for each in tree.fromstring(drawn).iter(f"{SVG}text"):
        assert EDGE <= float(each.get("x", "")) < WIDTH
