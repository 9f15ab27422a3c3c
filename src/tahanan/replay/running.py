"""A history read, checked and done: each line one command through the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import DatabaseError, IntegrityError

from tahanan.access.actor import Actor
from tahanan.base.errors import Invalid, Locked, NotFound, Refusal
from tahanan.casework import cases, door, facilities
from tahanan.replay.format import BadLine, Field, Line, read_line
from tahanan.replay.kinds import CHILD, DOCKET, HOME, REFERENCE, Ref, is_id
from tahanan.replay.source import Source
from tahanan.replay.table import TABLE
from tahanan.vault.suites import Unopenable

_NOT_NAMED = "No earlier line gave this name, and it is neither a reference nor an id."
_NO_KEY = "A key that this needs is not yours, or the team’s is not signed."
_AT_ONCE = 500
Told = Callable[[int], None]


@dataclass
class Checked:
    """A file whose every line is written as it must be. `opens`: the first that changes something.

    `elsewhere`: references and names of homes that no line of the file gives.
    """

    lines: int = 0
    mark: str = ""
    opens: int | None = None
    references: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Known:
    """What stands here already: cases by reference, homes by name."""

    cases: Mapping[str, UUID]
    homes: Mapping[str, UUID]


def check(source: Source) -> Checked:
    """Read every line for its form, and whether what it names is named before. Raises BadLine.

    Touches no database.
    """
    found = Checked()
    names: dict[str, str] = {}
    for line, mark in _read(source):
        found.lines, found.mark = found.lines + 1, mark
        if line.spec.opens and found.opens is None:
            found.opens = line.number
        _look_up(line, names, found)
        if line.name:
            if line.name in names:
                raise BadLine(line.number, "as", "An earlier line gave this name already.")
            names[line.name] = line.spec.gives
    return found


def known(importer: Actor, checked: Checked) -> Known:
    """What the file names that no line of it gives, as far as the importer may see it."""
    wanted = sorted(checked.references)
    found: dict[str, UUID] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        found |= cases.by_reference(importer, references=tuple(wanted[at : at + _AT_ONCE]))
    homes: dict[str, UUID] = {}
    if checked.homes:
        homes = {shape.name: shape.id for shape in facilities.facilities(importer)}
    return Known(found, homes)


@dataclass
class Run:
    """One file being brought in by one importer for one of her teams."""

    importer: Actor
    team: UUID
    checked: Checked
    known: Known
    names: dict[str, UUID] = field(default_factory=dict)
    dockets: dict[str, UUID] = field(default_factory=dict)
    done: int = 0
    _line: Line | None = None

    def all_or_nothing(self, source: Source, told: Told) -> None:
        """Every line in one transaction. Raises BadLine, and nothing of the file stands."""
        with self._said(), door.together():
            self._lines(source, told)

    def line_by_line(self, source: Source, told: Told) -> None:
        """Each line in its own. Raises BadLine; those before it stand, and are not done twice."""
        with self._said():
            self._lines(source, told)

    def _lines(self, source: Source, told: Told) -> None:
        last = ""
        for self._line, last in _read(source):
            self._do(self._line, last)
            self.done += 1
            told(self.done)
        if last != self.checked.mark:
            raise BadLine(self.done, "", "The file was changed while it was read. Begin again.")

    @contextmanager
    def _said(self) -> Iterator[None]:
        """What went wrong, as the number of a line, a field and a reason, and never a value."""
        try:
            yield
        except Locked:
            raise
        except Refusal as refusal:
            raise _bad(self._line, refusal) from None
        except DatabaseError as error:
            # What a database says of a row may hold what stood in the line.
            raise BadLine(_number(self._line), "", _of_database(error)) from None
        except Unopenable:
            raise BadLine(_number(self._line), "", _NO_KEY) from None

    def _do(self, line: Line, mark: str) -> None:
        given = {
            named: self._resolved(line, named, value) if isinstance(value, Ref) else value
            for named, value in line.given.items()
        }
        if not line.spec.opens:
            given["team"] = self.team
        actor = self.importer.importing(line.known_at).once(f"replay/{mark}")
        made = line.spec.run(actor, given)
        if line.name:
            self.names[line.name] = made
        for named, value in line.given.items():
            if isinstance(value, Ref) and _field(line, named).kind.refers == DOCKET:
                self.dockets.setdefault(value.said, made)

    def _resolved(self, line: Line, named: str, ref: Ref) -> UUID | None:
        kind = _field(line, named).kind.refers
        if kind == DOCKET:
            # By the first judgment this file put into it; none yet where this is the first.
            return self.dockets.get(ref.said) or is_id(ref.said)
        found = self.names.get(ref.said) or is_id(ref.said)
        if found is None and kind == CHILD.refers:
            found = self.known.cases.get(ref.said)
        if found is None and kind == HOME.refers:
            found = self.known.homes.get(ref.said)
        if found is None:
            raise BadLine(line.number, _field(line, named).name, NotFound().sentence)
        return found


def _read(source: Source) -> Iterator[tuple[Line, str]]:
    for number, raw, mark in source.lines():
        line = read_line(number, raw, TABLE)
        if line is not None:
            yield line, mark


def _look_up(line: Line, names: Mapping[str, str], found: Checked) -> None:
    """Refuses a name that nothing can stand behind; keeps what must be looked for here."""
    for named, value in line.given.items():
        if not isinstance(value, Ref):
            continue
        written = _field(line, named)
        kind, said = written.kind.refers, value.said
        if said in names:
            if names[said] != kind:
                reason = f"An earlier line gave this name to another thing: here stands {kind}."
                raise BadLine(line.number, written.name, reason)
        elif kind == HOME.refers and not is_id(said):
            found.homes.add(said)
        elif kind == CHILD.refers and REFERENCE.fullmatch(said):
            found.references.add(said)
        elif kind != DOCKET and not is_id(said):
            raise BadLine(line.number, written.name, _NOT_NAMED)


def _field(line: Line, argument: str) -> Field:
    return next(each for each in line.spec.fields if each.argument == argument)


def _number(line: Line | None) -> int:
    return line.number if line is not None else 1


def _bad(line: Line | None, refusal: Refusal) -> BadLine:
    if line is None or not isinstance(refusal, Invalid):
        return BadLine(_number(line), "", refusal.sentence)
    argument, sentence = next(iter(refusal.fields.items()))
    fields = {each.argument: each.name for each in line.spec.fields}
    return BadLine(line.number, fields.get(argument, argument), sentence)


def _of_database(error: DatabaseError) -> str:
    if isinstance(error, IntegrityError):
        return "This says again what stands already, or contradicts it."
    return "The database did not take this; it may be busy. Run the same file again."
