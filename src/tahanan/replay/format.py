"""One line of a history: a JSON object that says what was done, read against the table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.replay.kinds import KNOWN, NAME, Kind, Unfit

LONGEST_LINE = 64 * 1024
_SHARED = ("do", "as", "known_at")


class BadLine(Exception):
    """One line that cannot be taken: its number, the field, and why. Never what stood there."""

    def __init__(self, number: int, named: str, reason: str) -> None:
        self.number, self.field, self.reason = number, named, reason
        where = f"Line {number}, {named}: " if named else f"Line {number}: "
        self.sentence = where + reason
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a line says. `given` is its name in the command, where that is another."""

    name: str
    kind: Kind
    said: str
    required: bool = False
    given: str = ""

    @property
    def argument(self) -> str:
        """What the command calls it."""
        return self.given or self.name


@dataclass(frozen=True, slots=True)
class Spec:
    """One command of the format: what it says, what it gives, and how it is done.

    `opens`: it changes what stands, and so needs the importer's keys open.
    """

    do: str
    said: str
    fields: tuple[Field, ...]
    run: Callable[[Actor, Mapping[str, Any]], UUID]
    example: Mapping[str, Any]
    gives: str = ""
    opens: bool = True
    rules: tuple[Callable[[Mapping[str, Any]], tuple[str, str] | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line, read: the command and what it says, by the command's own names."""

    number: int
    spec: Spec
    given: Mapping[str, Any]
    name: str = ""
    known_at: datetime | None = field(default=None)


def read_line(number: int, raw: bytes, table: Mapping[str, Spec]) -> Line | None:
    """One line as the table has it; None for an empty one. Raises BadLine."""
    if len(raw) > LONGEST_LINE:
        raise BadLine(number, "", f"This line is longer than {LONGEST_LINE // 1024} KiB.")
    try:
        written = raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise BadLine(number, "", "This is not UTF-8. Save the file as UTF-8.") from None
    if number == 1:
        written = written.removeprefix("\ufeff")
    if not written:
        return None
    said = _object(number, written)
    spec = table.get(said["do"]) if isinstance(said.get("do"), str) else None
    if spec is None:
        raise BadLine(number, "do", f"There is no such command. It is one of {', '.join(table)}.")
    _only_known(number, said, spec)
    given = {
        each.argument: _read(number, each.name, each.kind, said[each.name])
        for each in spec.fields
        if said.get(each.name) is not None
    }
    for rule in spec.rules:
        if (problem := rule(given)) is not None:
            raise BadLine(number, *problem)
    known = _read(number, "known_at", KNOWN, said["known_at"]) if "known_at" in said else None
    return Line(number, spec, given, _name(number, said, spec), known)


def _object(number: int, written: str) -> dict[str, Any]:
    try:
        said = json.loads(written, object_pairs_hook=_once, parse_constant=_no_constant)
    except Unfit as unfit:
        raise BadLine(number, "", unfit.sentence) from None
    except (ValueError, RecursionError):
        raise BadLine(number, "", "This is no JSON object on one line.") from None
    if not isinstance(said, dict):
        raise BadLine(number, "", "This is no JSON object: a line begins with { and ends with }.")
    return said


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unfit("One field stands in this line twice.")
        found[name] = value
    return found


def _no_constant(_said: str) -> None:
    raise Unfit("NaN and Infinity are no JSON.")


def _only_known(number: int, said: Mapping[str, Any], spec: Spec) -> None:
    names = {each.name for each in spec.fields}
    # The field's own name may be a person's, where columns were mixed up: it is not repeated.
    if not set(said) <= names.union(_SHARED):
        listed = ", ".join([*_SHARED, *(each.name for each in spec.fields)])
        raise BadLine(number, "", f"A field of this line is unknown. {spec.do} has {listed}.")
    for each in spec.fields:
        if each.required and said.get(each.name) is None:
            raise BadLine(number, each.name, "This is missing.")


def _read(number: int, name: str, kind: Kind, value: object) -> Any:
    try:
        return kind.read(value)
    except Unfit as unfit:
        raise BadLine(number, name, unfit.sentence) from None


def _name(number: int, said: Mapping[str, Any], spec: Spec) -> str:
    name = said.get("as")
    if name is None:
        return ""
    if not spec.gives:
        raise BadLine(number, "as", f"{spec.do} makes nothing that a later line could name.")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise BadLine(
            number, "as", "A name is letters, figures and - _ . : of at most 64, such as child-17."
        )
    return name
