"""The way so far: every dated row of a case in one statement, each with what stood before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat

from tahanan.access import links
from tahanan.casework import facts
from tahanan.casework.child_page.shapes import Entry, Version, What
from tahanan.records.fields import PersonLink
from tahanan.records.models import CaseStatus, Contact, LegalBasis, Removal, Stay
from tahanan.records.vocabulary import StayEnd

# What an adult may decide or be told, as one code.
DECIDES, TOLD, NOT_TOLD = "decides", "told", "not_told"

# Typed loosely: each has a `case`, which their common base has not.
_TABLES: dict[What, type[Any]] = {
    What.REMOVAL: Removal,
    What.STATUS: CaseStatus,
    What.STAY: Stay,
    What.BASIS: LegalBasis,
    What.CONTACT: Contact,
}
_COLUMNS = (
    *("what", "id", "code", "more", "first", "last"),
    *("known_day", "recorded_at", "recorded_by", "replaces_id", "replaced_day", "withdrawn"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One dated row of any of the tables, in the same columns."""

    what: What
    id: UUID
    code: str
    more: str
    first: date
    last: date | None
    known_day: date
    recorded_at: datetime
    recorded_by: PersonLink
    replaces: UUID | None
    replaced_day: date | None
    withdrawn: bool

    @property
    def standing(self) -> bool:
        """Neither replaced nor withdrawn."""
        return self.replaced_day is None and not self.withdrawn

    def recorder(self) -> UUID:
        """Who recorded it."""
        return facts.recorder(_TABLES[self.what], self.id, self.recorded_by)


def rows(case: UUID) -> list[Row]:
    """Every row that tells of the case, replaced ones as well: one statement, however many."""
    told = Case(
        When(may_decide=True, then=Value(DECIDES)),
        When(may_be_told=True, then=Value(TOLD)),
        default=Value(NOT_TOLD),
        output_field=CharField(),
    )
    how_stayed = Concat("mode", Value(" "), "end", output_field=CharField())
    nothing = Value("", output_field=CharField())
    point, span = ("happened_on", "happened_until"), ("from_on", "until_on")
    each = [
        _some(What.REMOVAL, case, F("how"), nothing, point),
        _some(What.STATUS, case, F("status"), F("decided_by"), span),
        _some(What.STAY, case, F("kind"), how_stayed, span),
        _some(What.BASIS, case, F("kind"), F("compartments"), span),
        _some(What.CONTACT, case, F("kin"), told, span),
    ]
    found = each[0].union(*each[1:], all=True)
    return [Row(What(what), *rest) for what, *rest in found]


def entries(found: Iterable[Row]) -> tuple[Entry, ...]:
    """What happened, newest first: each row that nothing replaced, with its chain behind it."""
    by_id = {row.id: row for row in found}
    told: list[tuple[datetime, Entry]] = []
    for row in by_id.values():
        chain = _chain(row, by_id) if row.replaced_day is None else []
        entry = _entry(chain) if chain else None
        if entry is not None:
            told.append((chain[0].recorded_at, entry))
            end = _stay_end(entry)
            told += [(row.recorded_at, end)] if end is not None else []
    return tuple(entry for _at, entry in sorted(told, key=_order, reverse=True))


def _order(told: tuple[datetime, Entry]) -> tuple[date, int, datetime]:
    """By the day; on one day a stay comes after the removal, and what was recorded later after."""
    recorded_at, entry = told
    return entry.stands.first, list(What).index(entry.what), recorded_at


def _some(
    what: What, case: UUID, code: Any, more: Any, days: tuple[str, str]
) -> QuerySet[Any, Any]:
    first, last = days
    found: QuerySet[Any, Any] = _TABLES[what]._default_manager.filter(
        tenant=links.tenant(), case=case
    )
    marked = found.annotate(
        what=Value(what.value, output_field=CharField()),
        code=code,
        more=more,
        first=F(first),
        last=F(last),
    )
    told: QuerySet[Any, Any] = marked.values_list(*_COLUMNS)
    return told


def _chain(tail: Row, by_id: dict[UUID, Row]) -> list[Row]:
    """A row with all it replaced, oldest first."""
    chain = [tail]
    while chain[-1].replaces is not None and chain[-1].replaces in by_id:
        chain.append(by_id[chain[-1].replaces])
    return chain[::-1]


def _entry(chain: list[Row]) -> Entry | None:
    tail, told = chain[-1], [row for row in chain if not row.withdrawn]
    if not told:
        return None
    versions: list[Version] = []
    for row in told:
        if versions and _same(versions[-1], row):
            versions[-1] = replace(_version(row), known_on=versions[-1].known_on)
        else:
            versions.append(_version(row))
    taken_back = tail.known_day if tail.withdrawn else None
    return Entry(tail.what, versions[-1], tuple(versions[:-1]), taken_back)


def _same(before: Version, row: Row) -> bool:
    """Whether a row says the same of its beginning; that it ended since is no correction."""
    if row.what is What.REMOVAL:
        return (before.code, before.first, before.last) == (row.code, row.first, row.last)
    ended = before.last is None or before.last == row.last
    more = row.what is What.STAY or before.more == row.more
    return (before.code, before.first) == (row.code, row.first) and ended and more


def _version(row: Row) -> Version:
    return Version(row.id, row.code, row.more, row.first, row.last, row.known_day, row.replaced_day)


def _stay_end(entry: Entry) -> Entry | None:
    """A stay that ended otherwise than by a move is told twice: when it began, when it ended."""
    end = entry.stands.more.partition(" ")[2]
    last = entry.stands.last
    if entry.what is not What.STAY or last is None or end in ("", StayEnd.MOVED):
        return None
    stands = replace(entry.stands, code=end, first=last, known_on=max(last, entry.stands.known_on))
    return Entry(What.STAY_END, stands, (), entry.taken_back_on)
