"""Suspects of the cast’s children, named and judged: all of it invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tahanan.base import clock
from tahanan.base.errors import Invalid
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
)

WHO = Who("Invented Person", "Boss", "Her mother's brother.")


def on(days_ago: int) -> Happening:
    day = clock.today() - timedelta(days=days_ago)
    return Happening(day, day)


def name(by: Any, *of: Named, **more: Any) -> UUID:
    given: dict[str, Any] = {
        "who": WHO, "part": Part.FACILITATOR, "minor": Answer.NO, "named": on(30),
    }  # fmt: skip
    return justice.name_suspect(by, of=of, **(given | more))


def judge(by: Any, case: UUID, suspect: UUID, **more: Any) -> UUID:
    given: dict[str, Any] = {
        "docket": None, "happened": on(1), "charge": Charge.TRAFFICKING,
        "outcome": Outcome.CONVICTED, "plea": Plea.NOT_GUILTY, "sentence": Sentence.PRISON,
        "level": CourtLevel.TRIAL,
    }  # fmt: skip
    return justice.record_judgment(by, case=case, suspect=suspect, **(given | more))


def only(by: Any, case: UUID) -> justice.SuspectShape:
    (found,) = justice.justice(by, case=case).suspects
    return found


def said(wrong: pytest.ExceptionInfo[Invalid]) -> set[str]:
    assert all(wrong.value.fields.values()), "each field with its sentence"
    return set(wrong.value.fields)
