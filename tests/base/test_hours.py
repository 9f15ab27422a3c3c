"""An hour typed at two in the morning."""

from __future__ import annotations

import pytest

from tahanan.base.hours import parse_hour
from tahanan.base.problems import Problem


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("02:12", "02:12"), ("2.12", "02:12"), ("0212", "02:12"), ("212", "02:12")),
        *(("2:12 am", "02:12"), ("12:00 am", "00:00"), ("12pm", "12:00"), ("9 p.m.", "21:00")),
        *(("14:05", "14:05"), ("2", "02:00")),
    ],
)
def test_an_hour_is_understood_as_people_type_it(typed: str, meant: str):
    assert parse_hour(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "2:61", "14:05 pm", "late", "0:10 pm"])
def test_an_hour_no_day_has_is_to_be_mended(typed: str):
    found = parse_hour(typed)
    assert isinstance(found, Problem)
    assert found.field == "hour"
