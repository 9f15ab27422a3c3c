"""Suspects, arrests, judgments, demand and support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.access.scenes import Scene, today
from tests.access.tried.child import maya
from tests.access.tried.rows import HOLDERS, Row

from tahanan.access.rules import Act
from tahanan.base import clock
from tahanan.casework.justice import Named, Who
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

# Those who hold the case and its lawyers.
PURSUERS = "++x xxxxx x+xx 00000 L0"


def _named(here: Scene, *children: str) -> dict[str, Any]:
    return {
        "of": tuple(Named(here[child], SuspectKin.AUNT_UNCLE) for child in children),
        "who": Who("Somebody"), "part": Part.FACILITATOR, "minor": Answer.NO, "named": today(),
    }  # fmt: skip


def _judged(here: Scene) -> Mapping[str, Any]:
    return maya(here) | {
        "suspect": here["suspect"], "docket": None, "happened": today(),
        "charge": Charge.TRAFFICKING, "outcome": Outcome.CONVICTED, "plea": Plea.GUILTY,
        "sentence": Sentence.PRISON, "level": CourtLevel.TRIAL, "court_number": "Crim. Case 1",
    }  # fmt: skip


def _row_of(name: str) -> Any:
    return lambda here: maya(here) | {name: here[f"{name}_of_maya"]}


ROWS = {
    "justice.queries.justice": Row("written", "++x xxxxx x+++ 00000 L0", maya, "maya=j"),
    "justice.queries.about_to": Row(
        "written", PURSUERS,
        lambda s: maya(s) | {"what": Act.RECORD_ARREST, "row": s["arrest_of_maya"]}, "maya=cj",
    ),
    "justice.queries.about_to_name": Row(
        "written", PURSUERS, maya, {"leo": "maya=cj", "": "maya=cj jun=cj"}
    ),
    "justice.commands.name_suspect": Row(
        "written", PURSUERS, lambda s: _named(s, "maya"), "maya=j"
    ),
    # Leo holds Maya's case, and of Jun-jun's nothing.
    "justice.commands.name_suspect#siblings": Row(
        "written", "++x xxxxx x0xx 00000 L0", lambda s: _named(s, "maya", "jun"), "maya=j jun=j"
    ),
    "justice.commands.name_suspect#already_named": Row(
        "written", "++0 00000 000x 00000 L0",
        lambda s: _named(s, "nene") | {"suspect": s["suspect"]}, "nene=j maya=j",
    ),
    "justice.commands.correct_suspicion": Row(
        "written", PURSUERS,
        lambda s: maya(s) | {"suspicion": s["suspicion_of_maya"], "kin": SuspectKin.COUSIN},
        "maya=j",
    ),
    "justice.commands.correct_suspicion#who": Row(
        "written", PURSUERS,
        lambda s: maya(s) | {"suspicion": s["suspicion_of_maya"], "who": Who("Somebody else")},
        {"leo": "maya=j", "": "maya=j jun=j"},
    ),
    "justice.commands.withdraw_suspicion": Row(
        "written", PURSUERS, lambda s: maya(s) | {"suspicion": s["other_suspicion_of_maya"]},
        "maya=j",
    ),
    "justice.commands.record_arrest": Row(
        "written", PURSUERS,
        lambda s: maya(s) | {"suspect": s["suspect"], "happened": today(), "operation": None},
        about="maya", keyless=True,
    ),
    "justice.commands.correct_arrest": Row(
        "written", PURSUERS, lambda s: _row_of("arrest")(s) | {"country": "AU"},
        about="maya", keyless=True,
    ),
    "justice.commands.withdraw_arrest": Row(
        "written", PURSUERS, _row_of("arrest"), about="maya", keyless=True
    ),
    "justice.commands.record_judgment": Row(
        "written", PURSUERS, _judged, {"leo": "maya=j", "": "maya=j jun=j"}
    ),
    "justice.commands.correct_judgment": Row(
        "written", PURSUERS, lambda s: _row_of("judgment")(s) | {"plea": Plea.NOT_GUILTY},
        about="maya", keyless=True,
    ),
    "justice.commands.withdraw_judgment": Row(
        "written", PURSUERS, _row_of("judgment"), about="maya", keyless=True
    ),
    "justice.commands.record_demand": Row(
        "written", PURSUERS, lambda s: maya(s) | {"country": "AU", "happened": today()},
        about="maya", keyless=True,
    ),
    "justice.commands.withdraw_demand": Row(
        "written", PURSUERS, _row_of("demand"), about="maya", keyless=True
    ),
    "justice.commands.support_case": Row(
        "written", HOLDERS, lambda s: maya(s) | {"from_on": clock.today()},
        about="maya", keyless=True,
    ),
    "justice.commands.end_support": Row(
        "written", "++0 00000 000x 00000 L0", lambda s: {"case": s["jun"], "on": clock.today()},
        about="jun", keyless=True,
    ),
}  # fmt: skip
