"""A thing to mend in what was typed: the field, a code, and a sentence the web layer translates."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    `sentence` is English source text with named placeholders filled from `values`; `marked` names
    the values that are themselves source text (a month, a label) and are translated first.
    """

    field: str
    code: str
    sentence: str
    values: Mapping[str, int | str] = dataclasses.field(default_factory=dict)
    marked: tuple[str, ...] = ()

    def said(self, translate: Callable[[str], str] = _as_it_is) -> str:
        """The whole sentence, in the language of `translate`."""
        values = {
            name: translate(str(value)) if name in self.marked else value
            for name, value in self.values.items()
        }
        return translate(self.sentence) % values
