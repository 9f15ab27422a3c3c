"""Charts are true to their numbers, whoever gives them, and are read aloud where unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as tree

import pytest

from tahanan import charts
from tahanan.charts import Bar, Level, Named, Point, Step

NAMED = Named("years", "years-said", "2014: 32; 2015: 41")
SVG = "{http://www.w3.org/2000/svg}"
WAS, NOW = Level("31 March", 612, "612", "2020"), Level("30 September", 679, "679", "2020")
STEPS = [
    Step("New", 58, "+58"),
    Step("Learned late", 23, "+23"),
    Step("Corrected in", 12, "+12"),
    Step("Corrected out", -15, "−15"),
    Step("Joined", -11, "−11"),
]
YEARS = [
    Bar("2011 to 2013", 31, "31 in three years", span=3),
    Bar("2014", 32, "32"),
    Bar("2015", 41, "41"),
    Bar("2020", 114, "114", part=True, under="to 2 Sep"),
]
ALL: dict[str, Callable[[], str]] = {
    "bars": lambda: charts.bars(NAMED, YEARS),
    "lying bars": lambda: charts.bars_narrow(NAMED, YEARS),
    "no bar": lambda: charts.bars(NAMED, []),
    "no lying bar": lambda: charts.bars_narrow(NAMED, []),
    "hundred": lambda: charts.hundred(43, NAMED),
    "bridge": lambda: charts.bridge(NAMED, WAS, STEPS, NOW),
    "lying bridge": lambda: charts.bridge_narrow(NAMED, WAS, STEPS, NOW),
    "no step": lambda: charts.bridge(NAMED, WAS, [], WAS),
    "no lying step": lambda: charts.bridge_narrow(NAMED, WAS, [], WAS),
    "line": lambda: charts.line(NAMED, [Point(3, "3", "1 May"), Point(None, ""), Point(9, "9")]),
    "no line": lambda: charts.line(NAMED, []),
}


def read(svg: str) -> tree.Element:
    return tree.fromstring(svg)


def rects(svg: str, look: str) -> list[dict[str, str]]:
    return [each.attrib for each in read(svg).iter(f"{SVG}rect") if each.get("class") == look]


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in read(svg).iter(f"{SVG}text")]


def number(words: str) -> float:
    return float(words.removesuffix("%"))


@pytest.mark.parametrize("kind", ALL)
def test_every_chart_is_read_aloud_by_its_name_and_its_numbers(kind: str) -> None:
    found = read(ALL[kind]())
    assert found.get("role") == "img"
    assert found.get("aria-labelledby") == "years"
    (said,) = found.iter(f"{SVG}desc")
    assert (said.get("id"), said.text) == (found.get("aria-describedby"), NAMED.desc)


@pytest.mark.parametrize("kind", ALL)
def test_a_chart_brings_no_style_of_its_own(kind: str) -> None:
    assert not re.search(r"style=|<style|<script|\son\w+=", ALL[kind]())
    for each in read(ALL[kind]()).iter():
        assert not each.get("stroke")
        assert (each.get("fill") or "url(#years-said-hatch)") == "url(#years-said-hatch)"


def test_a_bar_is_as_high_as_its_number() -> None:
    svg = charts.bars(NAMED, [Bar("a", 50, "50"), Bar("b", 100, "100"), Bar("c", 0, "0")])
    low, high = (number(each["height"]) for each in rects(svg, "bar"))
    assert high == pytest.approx(2 * low, abs=0.1)
    assert texts(svg) == ["50", "a", "100", "b", "0", "c"], "nothing is said, and has no bar"
    lying = charts.bars_narrow(NAMED, [Bar("a", 50, "50"), Bar("b", 100, "100")])
    short, long = (number(each["width"]) for each in rects(lying, "bar"))
    assert long == pytest.approx(2 * short, abs=0.1)


def test_joined_years_are_as_wide_as_they_are_many_and_as_high_as_their_mean() -> None:
    (joined, *_), (year, *_) = (
        rects(charts.bars(NAMED, [Bar("x", 30, "30", span=3), Bar("y", 10, "10")]), "bar")[at:]
        for at in (0, 1)
    )
    assert number(joined["height"]) == number(year["height"])
    assert number(joined["width"]) > 2.9 * number(year["width"])


def test_what_is_not_complete_is_hatched() -> None:
    for draw in (charts.bars, charts.bars_narrow):
        svg = draw(NAMED, YEARS)
        assert len(rects(svg, "part")) == 1
        assert len(rects(svg, "bar")) == 3
        assert 'id="years-said-hatch"' in svg


def test_what_may_not_be_told_has_words_and_no_bar() -> None:
    for draw in (charts.bars, charts.bars_narrow):
        svg = draw(NAMED, [Bar("2014", None, "fewer than 11")])
        assert not rects(svg, "bar")
        assert "fewer than 11" in " ".join(texts(svg))


@pytest.mark.parametrize("value", [0, 1, 10**12])
def test_nothing_one_and_very_many_stay_inside_the_drawing(value: int) -> None:
    row = [Bar("all", value, f"{value:,}")]
    for each in rects(charts.bars(NAMED, row), "bar"):
        assert number(each["y"]) >= 0
        assert number(each["y"]) + number(each["height"]) == pytest.approx(280, abs=0.1)
    for each in rects(charts.bars_narrow(NAMED, row), "bar"):
        beside = 100 * 8 * len(f"{value:,}") / 280
        assert number(each["x"]) + number(each["width"]) + beside <= 100


def test_among_huge_numbers_a_small_one_is_still_seen() -> None:
    huge = [Bar("a", 10**9, "1,000,000,000"), Bar("b", 1, "1")]
    assert all(number(each["height"]) >= 1.5 for each in rects(charts.bars(NAMED, huge), "bar"))


@pytest.mark.parametrize("percent", [0, 1, 43, 99, 100])
def test_of_a_hundred_panes_as_many_are_lit_as_the_percentage(percent: int) -> None:
    found = {
        each.get("class"): len(re.findall("M", each.get("d") or ""))
        for each in read(charts.hundred(percent)).iter(f"{SVG}path")
    }
    assert found.get("lit", 0) == percent
    assert found.get("unlit", 0) == 100 - percent


def test_the_window_fills_from_its_lowest_row() -> None:
    (lit,) = [e for e in read(charts.hundred(7)).iter(f"{SVG}path") if e.get("class") == "lit"]
    rows = {spot.split(" ")[1] for spot in re.findall(r"M([\d.]+ [\d.]+)h", lit.get("d") or "")}
    assert rows == {"117"}


def test_a_window_beside_its_number_is_not_read_twice() -> None:
    assert read(charts.hundred(43)).get("aria-hidden") == "true"


def test_a_bridge_leads_from_one_figure_to_the_other() -> None:
    svg = charts.bridge(NAMED, WAS, STEPS, NOW)
    assert (len(rects(svg, "bar")), len(rects(svg, "down"))) == (3, 2)
    levels = [e for e in read(svg).iter(f"{SVG}line") if e.get("class") == "level"]
    first, last = (number(each.attrib["y1"]) for each in levels)
    up = sum(number(each["height"]) for each in rects(svg, "bar"))
    down = sum(number(each["height"]) for each in rects(svg, "down"))
    assert first - last == pytest.approx(up - down, abs=0.5), "what came less what went"
    assert {"612", "679", "+58", "−11"} <= set(texts(svg))


def test_each_step_of_a_bridge_begins_where_the_last_one_ended() -> None:
    svg = charts.bridge_narrow(NAMED, WAS, STEPS, NOW)
    joins = [e.attrib["x1"] for e in read(svg).iter(f"{SVG}line") if e.get("class") == "link"]
    levels = [e.attrib["x1"] for e in read(svg).iter(f"{SVG}line") if e.get("class") == "level"]
    assert (joins[0], joins[-1]) == (levels[0], levels[-1])
    assert len(joins) == len(STEPS) + 1


def test_a_bridge_says_where_its_drawing_begins() -> None:
    assert 0 < charts.floor_of(WAS, STEPS) < 612
    assert charts.floor_of(Level("", 10, ""), [Step("New", 90, "+90")]) == 0
    assert charts.floor_of(Level("", 0, ""), []) == 0


@pytest.mark.parametrize("kind", [charts.bars, charts.bars_narrow])
def test_words_that_look_like_markup_stay_words(kind: Callable[..., str]) -> None:
    sly = Named("a", "b", "<script>\x00", title='"><svg>')
    svg = kind(sly, [Bar("<b> & 'c'\x07", 1, "<1>")])
    assert "<b> & 'c'" in texts(svg)
    assert read(svg).find(f"{SVG}title").text == '"><svg>'


def test_a_line_breaks_where_a_day_may_not_be_told() -> None:
    svg = charts.line(NAMED, [Point(5, "5"), Point(7, "7"), Point(None, ""), Point(9, "9")])
    (drawn,) = read(svg).iter(f"{SVG}path")
    assert (drawn.get("d") or "").count("M") == 2
    assert texts(svg) == ["5", "9"], "the first and the last number"
