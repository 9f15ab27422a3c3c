"""What was answered, as words: all of one child, and two people's answers side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Field
from django.utils.translation import gettext as _

from tahanan.base.errors import Conflict
from tahanan.casework.intake import ChildAsked, Theirs
from tahanan.web.forms import Form, One, PartsField, Tick
from tahanan.web.intake.forms import CHILD

# Questions whose row stands there even while nobody answered.
_ALWAYS = ("name", "sex", "age", "needs", "belongs")


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of what was said of a child: the question, the answer, its screen."""

    question: str
    answer: str
    step: str
    to_mend: str = ""


def both(form: Form, clash: Conflict | None) -> list[tuple[str, str, str]]:
    """Two wrote at once: each question with the words that stand and one's own."""
    if clash is None or not isinstance(clash.standing, Theirs):
        return []
    found = []
    for name, field in form.fields.items():
        parts = field.parts if isinstance(field, PartsField) else None
        names = [f"{name}-{part}" for part in parts] if parts else [name]
        pairs = [clash.standing.inputs.get(each, ("", "")) for each in names]
        theirs, mine = (" ".join(filter(None, side)) for side in zip(*pairs, strict=True))
        if theirs != mine:
            found.append((str(field.label), _spoken(field, theirs), _spoken(field, mine)))
    return found


def answers(asked: ChildAsked) -> list[Answer]:
    """All that was said of a child, in the order of the sheet."""
    wrong = {mend.field: mend.problem.said(_) for mend in asked.mends}
    rows = []
    for step, kind in CHILD.items():
        form = kind(asked.typed)
        for name, field in form.fields.items():
            value = form[name].value()
            text = " ".join(filter(None, value)) if isinstance(value, tuple) else value
            if isinstance(field, Tick):
                text = _("Yes") if value else ""
            if text or name in wrong or name in _ALWAYS:
                said = _spoken(field, str(text or ""))
                rows.append(Answer(str(field.label), said, step, wrong.get(name, "")))
    return rows


def _spoken(field: Field, value: str) -> str:
    choices = dict(_choices(field))
    if isinstance(field, Tick) and value == "on":
        return _("Yes")
    return str(choices.get(value, value)) or _("no answer")


def _choices(field: Field) -> list[tuple[str, Any]]:
    return list(field.choices) if isinstance(field, One) else []  # type: ignore[arg-type]
