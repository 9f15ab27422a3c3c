"""An intake under way as the team keeps it: what was typed, right or wrong, under the team's key.

Nothing here belongs to a case yet, so no compartment key can hold it. Every ciphertext is bound to
its row and version: an older one put back does not open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, links
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import Conflict, NotFound
from tahanan.casework.intake.answers import Child, Limits, Shared, read_child, read_shared
from tahanan.casework.intake.shapes import Theirs
from tahanan.records.fields import TeamLink
from tahanan.records.models import Installation, Intake, IntakeChild, PaperPack
from tahanan.records.vocabulary import TeamKind
from tahanan.vault.suites import context


@dataclass
class Draft:
    """Sealed content: what was typed, at which version each input last changed, and marks."""

    typed: dict[str, str] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    saved: str = ""
    by: str = ""
    marks: dict[str, Any] = field(default_factory=dict)

    def take(self, typed: Mapping[str, str], seen: int, version: int) -> set[str]:
        """Put newly typed inputs in; gives those that changed.

        `seen` is the version the page was drawn from, `version` the one now being written. Raises
        Conflict, with both, where somebody else changed one of these inputs meanwhile.
        """
        fresh = {name for name, text in typed.items() if self.typed.get(name) != text}
        both = {name for name in fresh if self.changed.get(name, 0) > seen}
        if both:
            inputs = {name: (self.typed.get(name, ""), typed[name]) for name in typed}
            sentence = _("Somebody else answered here while you were writing.")
            raise Conflict("answered-first", sentence, Theirs(self.by, version - 1, inputs))
        for name in fresh:
            self.typed[name], self.changed[name] = typed[name], version
        return fresh

    @property
    def saved_at(self) -> datetime:
        """When something was last typed here."""
        return datetime.fromisoformat(self.saved)


@dataclass
class Kid:
    """One child of the intake."""

    id: UUID
    position: int
    case: UUID | None
    version: int
    draft: Draft
    said: Child


@dataclass
class Night:
    """One intake, opened: the shared facts and every child in the order they were met."""

    id: UUID
    team: UUID
    operation: UUID | None
    version: int
    pack: PaperPack | None
    opened_at: datetime
    finished_at: datetime | None
    draft: Draft
    shared: Shared
    kids: list[Kid]

    @property
    def late(self) -> bool:
        """Whether it is entered from paper afterwards."""
        return bool(self.draft.marks.get("late"))

    def kid(self, child: UUID) -> Kid:
        """One of the children. Raises NotFound."""
        found = next((kid for kid in self.kids if kid.id == child), None)
        if found is None:
            raise NotFound
        return found

    def known_at(self, visit: Visit) -> datetime | None:
        """When what stands on the paper was known; None where it is typed as it is learned.

        Without an hour, the end of that day: never earlier than it can have been.
        """
        if not self.late or self.shared.known is None:
            return None
        day, hour = self.shared.known
        at = clock.day_cut(day) - timedelta(microseconds=1)
        if hour:
            at = datetime.combine(day, time.fromisoformat(hour), clock.MANILA)
        return min(at, visit.now)


def teams(visit: Visit) -> dict[TeamLink, UUID]:
    """The actor's casework teams by the link an intake of theirs carries."""
    visit.must_be_unlocked()
    own = (m.team for m in visit.actor.memberships if m.kind is TeamKind.CASEWORK)
    return {links.INTAKE_TEAM.close(team): team for team in own}


def load(visit: Visit, intake: UUID, *, lock: bool = False) -> Night:
    """One intake of the actor's team, opened. `lock`: others who write it wait. NotFound else."""
    own = teams(visit)
    rows = Intake.objects.filter(id=intake, tenant=visit.tenant, team__in=own)
    if lock and connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True)
    row = rows.first()
    if row is None:
        raise NotFound
    gate.office(visit, OfficeAct.OPEN_INTAKE, own[row.team])
    kids = IntakeChild.objects.filter(intake=intake).order_by("position")
    return opened(visit, own[row.team], row, list(kids))


def opened(visit: Visit, team: UUID, row: Intake, kids: list[IntakeChild]) -> Night:
    """Rows of one intake as what was typed in them. Every child with a file is noted."""
    draft = _open(visit, team, bytes(row.answers), _bound(row.id, row.version))
    pack = PaperPack.objects.filter(id=row.pack_id).first() if row.pack_id else None
    shared = read_shared(draft.typed, visit.today, limits_of(draft, pack))
    night = Night(
        row.id, team, row.operation_id, row.version, pack, row.opened_at, row.finished_at,
        draft, shared, [],
    )  # fmt: skip
    for each in kids:
        answers = _open(visit, team, bytes(each.answers), _bound(each.id, each.version))
        said = read_child(answers.typed, visit.today, guessed_on(visit, answers))
        night.kids.append(Kid(each.id, each.position, each.case_id, each.version, answers, said))
        if each.case_id is not None:
            visit.note_subject(each.case_id)
    return night


def limits_of(draft: Draft, pack: PaperPack | None) -> Limits | None:
    """How far back what stands on paper may have been known."""
    if not draft.marks.get("late"):
        return None
    closed = Installation.objects.values_list("closed_until", flat=True).get()
    return Limits(pack.printed_on if pack else None, closed)


def guessed_on(visit: Visit, draft: Draft) -> date:
    """The day on which a child's age was guessed: an age grows, the guess does not."""
    on = draft.marks.get("aged_on")
    return date.fromisoformat(on) if on else visit.today


def new_intake(visit: Visit, night: Night) -> None:
    """Write a new intake."""
    by = links.recorded_by(Intake._meta.db_table).close(visit.person, links.row(night.id))
    Intake(
        id=night.id, tenant=visit.tenant, team=links.INTAKE_TEAM.close(night.team), opened_by=by,
        opened_at=night.opened_at, version=night.version, pack=night.pack,
        answers=_seal(visit, night.team, night.draft, _bound(night.id, night.version)),
    ).save(force_insert=True)  # fmt: skip


def new_kid(visit: Visit, night: Night, kid: Kid) -> None:
    """Write a new child of the intake: her first version."""
    kid.version += 1
    IntakeChild(
        id=kid.id, tenant=visit.tenant, intake_id=night.id, position=kid.position,
        version=kid.version, case_id=kid.case,
        answers=_seal(visit, night.team, kid.draft, _bound(kid.id, kid.version)),
    ).save(force_insert=True)  # fmt: skip
    night.kids.append(kid)


def keep_intake(visit: Visit, night: Night) -> None:
    """Write the intake's next version. Whoever loaded it locked has nobody beside her."""
    night.version += 1
    answers = _seal(visit, night.team, night.draft, _bound(night.id, night.version))
    Intake.objects.filter(id=night.id, version=night.version - 1).update(
        version=night.version, answers=answers, operation=night.operation,
        pack=night.pack, finished_at=night.finished_at,
    )  # fmt: skip


def keep_kid(visit: Visit, night: Night, kid: Kid) -> None:
    """Write the next version of one child's answers, and her case once she has one."""
    kid.version += 1
    answers = _seal(visit, night.team, kid.draft, _bound(kid.id, kid.version))
    IntakeChild.objects.filter(id=kid.id, version=kid.version - 1).update(
        version=kid.version, answers=answers, case=kid.case
    )


def drop_kid(kid: Kid) -> None:
    """Take a child without a file off the intake."""
    IntakeChild.objects.filter(id=kid.id, case__isnull=True).delete()


@contextmanager
def as_on_paper(visit: Visit, night: Night) -> Iterator[None]:
    """What is filed inside was known when it was written on the numbered sheet; the ledger says so.

    Only what is added is dated back. A correction is known when it is made.
    """
    at = night.known_at(visit)
    if at is None or night.pack is None:
        yield
        return
    visit.details |= {"known_at": at.isoformat(), "pack": night.pack.number}
    before, visit.known_at = visit.known_at, at
    try:
        yield
    finally:
        visit.known_at = before


def stamp(visit: Visit, draft: Draft) -> None:
    """Somebody saved here now."""
    draft.saved, draft.by = visit.now.isoformat(), visit.actor.name


def _bound(id: UUID, version: int) -> bytes:
    return context("intake", id, version)


def _seal(visit: Visit, team: UUID, draft: Draft, bound: bytes) -> bytes:
    content = {
        "typed": draft.typed, "changed": draft.changed, "saved": draft.saved, "by": draft.by,
        "marks": draft.marks,
    }  # fmt: skip
    # ASCII: half of a surrogate pair, typed by a broken keyboard, must survive as it came.
    return keys.seal_for_own_team(visit, team, json.dumps(content).encode(), bound)


def _open(visit: Visit, team: UUID, answers: bytes, bound: bytes) -> Draft:
    return Draft(**json.loads(keys.open_own_team(visit, team, answers, bound)))
