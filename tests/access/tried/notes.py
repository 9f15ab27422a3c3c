"""Notes. One in a part of which a team holds nothing is nothing to its members (404)."""

from __future__ import annotations

from typing import Any

from tests.access.scenes import today
from tests.access.tried.rows import Row

from tahanan.records.vocabulary import Compartment

# Who writes in Care, whom its teams hold but not in this part, and who holds nothing of it.
CARE = "+++ ++000 +000 00000 L0"
THERAPY = "000 00000 +000 00000 L0"
JUSTICE = "++0 00000 0+++ 00000 L0"


def note(name: str, **more: Any) -> Any:
    """A note of Maya's."""
    return lambda here: {"case": here["maya"], "note": here[f"note_{name}"]} | more


def _anew(name: str) -> Any:
    return lambda here: note(name, text="She slept.", happened=today())(here)


def _write(part: Compartment) -> Any:
    return lambda here: {
        "case": here["maya"], "compartment": part, "text": "She slept.", "happened": today(),
    }  # fmt: skip


def _about(part: Compartment) -> Any:
    return lambda here: {"case": here["maya"], "compartment": part}


ROWS: dict[str, Row] = {
    "notes.write_note#care": Row(
        "written", "+++ ++xxx +xxx 00000 L0", _write(Compartment.CARE), "maya=a"
    ),
    "notes.write_note#card": Row(
        "written", "++x +++xx xxxx 00000 L0", _write(Compartment.CARD), "maya=c"
    ),
    "notes.write_note#therapy": Row(
        "written", "xxx xxxxx +xxx 00000 L0", _write(Compartment.THERAPY), "maya=t"
    ),
    "notes.write_note#justice": Row(
        "written", "++x xxxxx x+x+ 00000 L0", _write(Compartment.JUSTICE), "maya=j"
    ),
    "notes.edit_note": Row("written", CARE, _anew("again"), "maya=a"),
    "notes.edit_note#therapy": Row("written", THERAPY, _anew("therapy"), "maya=t"),
    "notes.edit_note#justice": Row(
        "written", "++0 00000 0+x+ 00000 L0", _anew("justice"), "maya=j"
    ),
    "notes.take_back_note": Row("written", CARE, note("again"), about="maya", keyless=True),
    "notes.take_back_note#therapy": Row(
        "written", THERAPY, note("therapy"), about="maya", keyless=True
    ),
    "notes.about_to_write#care": Row(
        "written", "+++ ++xxx +xxx 00000 L0", _about(Compartment.CARE), "maya=c"
    ),
    "notes.about_to_write#justice": Row(
        "written", "++x xxxxx x+x+ 00000 L0", _about(Compartment.JUSTICE), "maya=c"
    ),
    "notes.about_to_change": Row("written", CARE, note("again"), "maya=a"),
    "notes.about_to_change#justice": Row(
        "written", "++0 00000 0+x+ 00000 L0", note("justice"), "maya=j"
    ),
    # What Care may know of a session: only who writes both.
    "notes.write_summary": Row("written", "xxx xxxxx +xxx 00000 L0", _anew("therapy"), "maya=a"),
    "notes.about_to_summarise": Row(
        "written", "xxx xxxxx +xxx 00000 L0", note("therapy"), "maya=t"
    ),
    "notes.history": Row("written", CARE, note("again"), "maya=a"),
    "notes.history#therapy": Row("written", THERAPY, note("therapy"), "maya=t"),
    "notes.note": Row("written", CARE, note("again"), "maya=a"),
    "notes.note#card": Row("written", "+++ ++++x ++0+ 00000 L0", note("card"), "maya=c"),
    "notes.note#health": Row("written", "++0 +++00 0000 00000 L0", note("health"), "maya=h"),
    "notes.note#therapy": Row("written", THERAPY, note("therapy"), "maya=t"),
    "notes.note#justice": Row("written", JUSTICE, note("justice"), "maya=j"),
    "notes.versions": Row("written", CARE, note("care"), "maya=a"),
}
