"""Every way a line can be wrong: refused with its number, field and reason, never with a value."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from tests.guards.source import ROOT
from tests.replay.lines import CHILD, OPERATION, STATUS, refusal, source, written

from tahanan.base import clock
from tahanan.replay import pages, running
from tahanan.replay.format import LONGEST_LINE
from tahanan.replay.table import TABLE

AHEAD = (clock.today() + timedelta(days=1)).isoformat()
# What is changed in a child's line, the field that is named, and words of the reason.
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"happened": AHEAD}, "happened", "still ahead"),
    ({"happened": "02/04/2019"}, "happened", "no day"),
    ({"happened": 20190402}, "happened", "no day"),
    ({"happened": "2019-02-29"}, "happened", "no such day"),
    ({"happened": "three days ago"}, "happened", "no day"),
    ({"happened": "0219-04-02"}, "happened", "before 1900"),
    ({"happened": {"from": "2019-04-02"}}, "happened", "Two possible days"),
    ({"happened": {"from": "2019-04-02", "until": "2019-04-01"}}, "happened", "before the first"),
    ({"happened": None}, "happened", "missing"),
    ({"born": 9}, "born", "looks like an age"),
    ({"born": "9"}, "born", "looks like an age"),
    ({"born": 2009}, "born", "as text"),
    ({"born": AHEAD}, "born", "still ahead"),
    ({"born": True}, "born", "as text"),
    ({"known_at": AHEAD}, "known_at", "still ahead"),
    ({"known_at": "2019-04-03T10:00"}, "known_at", "how far it is from UTC"),
    ({"known_at": 1554249600}, "known_at", "no day"),
    ({"sex": "female"}, "sex", "one of girl, boy, unknown"),
    ({"sex": 1}, "sex", "one of"),
    ({"how": ["removed"]}, "how", "one of"),
    ({"region": 700000000}, "region", "as text"),
    ({"region": "9900000000"}, "region", "No region"),
    ({"city": "Cebu"}, "city", "PSGC"),
    ({"supported": "yes"}, "supported", "true or false"),
    ({"number": "5"}, "number", "whole number"),
    ({"number": -1}, "number", "whole number"),
    ({"chosen": 5}, "chosen", "in quotation marks"),
    ({"chosen": "a" * 161}, "chosen", "longer than 160"),
    ({"chosen": "a\u0000"}, "chosen", "no character"),
    ({"chosen": "\ud83d"}, "chosen", "no character"),
    ({"surname": None}, "surname", "has a surname"),
    ({"operation": "nobody"}, "operation", "No earlier line"),
    ({"operation": 5}, "operation", "names another thing"),
    ({"as": "raid"}, "as", "gave this name already"),
    ({"as": "Cristala Malikhain"}, "as", "letters, figures"),
    ({"as": 5}, "as", "letters, figures"),
    ({"do": "delete_child"}, "do", "no such command"),
    ({"do": None}, "do", "no such command"),
    ({"do": ["record_child"]}, "do", "no such command"),
    ({"Malikhain": "x"}, "", "unknown"),
    ({"age": 9}, "", "unknown"),
]


@pytest.mark.parametrize("at", range(len(WRONG)))
def test_a_wrong_line_is_refused_by_number_field_and_reason(at: int) -> None:
    changed, field, reason = WRONG[at]
    bad = refusal(OPERATION, "", CHILD | changed)
    assert (bad.number, bad.field) == (3, field)
    assert reason in bad.reason
    assert bad.sentence.startswith(f"Line 3, {field}: " if field else "Line 3: ")
    for value in ("Cristala", "Malikhain", "delete_child", "02/04/2019", "nobody"):
        assert value not in bad.sentence


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON object"),
        ("[]", "begins with {"),
        ('"record_child"', "begins with {"),
        ('{"do": "record_child", "do": "record_child"}', "twice"),
        ('{"do": NaN}', "NaN"),
        ("{}{}", "no JSON object"),
        ("[" * 60_000, "no JSON object"),
        (b'{"do": "\xff"}', "not UTF-8"),
        ("{" + " " * LONGEST_LINE + "}", "longer than 64 KiB"),
        ("{" + " " * 5 * LONGEST_LINE + "}", "longer than 64 KiB"),
        ('{"do": "record_child", "number": ' + "9" * 5000 + "}", "no JSON object"),
    ],
)
def test_what_is_no_line_is_refused(line: str | bytes, reason: str) -> None:
    bad = refusal(OPERATION, line)
    assert (bad.number, bad.field) == (2, "")
    assert reason in bad.reason


def test_a_name_of_one_kind_is_none_of_another() -> None:
    bad = refusal(OPERATION, CHILD, STATUS | {"child": "raid"})
    assert (bad.number, bad.field) == (3, "child")


def test_a_line_that_makes_nothing_names_nothing() -> None:
    assert refusal(OPERATION, CHILD, STATUS | {"as": "status"}).field == "as"


def test_days_months_and_spans_are_read_as_far_as_they_are_known() -> None:
    spans = {}
    for said in ("2019-04-02", "2019-02", {"from": "2019-04-02", "until": "2019-04-09"}):
        held = source(OPERATION | {"happened": said})
        ((line, _mark),) = running._read(held)
        spans[json.dumps(said)] = line.given["happened"]
    assert [(each.first.isoformat(), each.last.isoformat()) for each in spans.values()] == [
        ("2019-04-02", "2019-04-02"), ("2019-02-01", "2019-02-28"), ("2019-04-02", "2019-04-09"),
    ]  # fmt: skip


def test_a_mark_of_the_editor_and_of_windows_is_no_fault() -> None:
    held = source(b"\xef\xbb\xbf" + json.dumps(OPERATION).encode() + b"\r")
    assert running.check(held).lines == 1


def test_a_file_knows_when_words_are_needed() -> None:
    assert running.check(source(OPERATION, CHILD)).opens is None
    assert running.check(source(OPERATION, CHILD, STATUS)).opens == 3


def test_the_schema_says_what_the_table_says() -> None:
    said = json.loads(pages.schema())
    assert said["$schema"].endswith("2020-12/schema")
    by_name = {each["title"]: each for each in said["oneOf"]}
    assert by_name.keys() == TABLE.keys()
    for spec in TABLE.values():
        shape = by_name[spec.do]
        assert set(spec.example) <= set(shape["properties"])
        assert set(shape["required"]) <= set(spec.example)
        assert shape["additionalProperties"] is False
        for name, value in spec.example.items():
            _fits(shape["properties"][name], value)


def test_each_command_has_an_example_that_is_read() -> None:
    for spec in TABLE.values():
        assert spec.example["do"] == spec.do
        assert f"## {spec.do}" in pages.reference()
    assert running.check(source(pages.example().strip())).lines >= len(TABLE)


def _fits(schema: dict[str, Any], value: Any) -> None:
    """As much of JSON Schema as the format uses."""
    if "anyOf" in schema:
        assert any(_would_fit(each, value) for each in schema["anyOf"]), value
        return
    if "const" in schema:
        assert value == schema["const"]
    if "enum" in schema:
        assert value in schema["enum"]
    if "pattern" in schema:
        import re

        assert re.search(schema["pattern"], value), value
    kinds = {"string": str, "boolean": bool, "integer": int, "object": dict}
    if "type" in schema:
        assert isinstance(value, kinds[schema["type"]])


def _would_fit(schema: dict[str, Any], value: Any) -> bool:
    try:
        _fits(schema, value)
    except AssertionError:
        return False
    return True


def test_the_committed_example_is_the_one_that_is_run() -> None:
    committed = (ROOT / "docs/reference/replay-example.jsonl").read_text(encoding="utf-8")
    assert written([pages.example().rstrip("\n")]).decode() == committed
