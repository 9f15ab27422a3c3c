"""Notes in each compartment: written, edited without overwriting another's words, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Action
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework import facts, texts
from tahanan.casework.cases import CardSeen, cards
from tahanan.casework.door import command, query
from tahanan.casework.operations import Happening
from tahanan.records.models import Note, Person
from tahanan.records.vocabulary import Compartment

NOTE = "note"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class NoteShape:
    """One note, opened. `summary`: what a therapist lets Care know of her notes."""

    id: UUID
    case: UUID
    compartment: Compartment
    text: str
    happened: Happening
    known_at: datetime
    recorded_at: datetime
    by: str
    replaces: UUID | None
    summary: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """Two people wrote at once: what stood before both, and theirs. Yours is still in the form."""

    before: NoteShape
    theirs: NoteShape


@command("write_note")
def write_note(
    visit: Visit, *, case: UUID, compartment: Compartment, text: str, happened: Happening
) -> UUID:
    """Write one note. Gives its id."""
    return add(visit, case, compartment, text, happened)


@command("write_summary")
def write_summary(visit: Visit, *, case: UUID, note: UUID, text: str, happened: Happening) -> UUID:
    """What Care may know of a note in Therapy: a note of its own there. Gives its id.

    The note itself stays where only therapists read it; that this one is a summary is sealed too.
    """
    gate.pass_(visit, case, Compartment.THERAPY, Action.WRITE)
    _of_therapy(visit, case, note)
    return add(visit, case, Compartment.CARE, text, happened, summary=True)


@command("edit_note")
def edit_note(visit: Visit, *, case: UUID, note: UUID, text: str, happened: Happening) -> UUID:
    """Put a new version after `note`. Raises Conflict when somebody else's came first."""
    return put_after(visit, case, note, text, happened)


@command("take_back_note")
def take_back_note(visit: Visit, *, case: UUID, note: UUID) -> UUID:
    """Withdraw a note written in the wrong file or by mistake; that it stood stays known."""
    gate.pass_(visit, case, _compartment(visit, case, note), Action.WRITE)
    return facts.withdraw(visit, Note, note)


@query("about_to")
def about_to_write(visit: Visit, *, case: UUID, compartment: Compartment) -> CardSeen | None:
    """Whom a note would be about, for one who may write it there; her card where it may be seen."""
    gate.about_to_write(visit, case, compartment)
    view = gate.view(visit, case)
    card = view.passed.get(Compartment.CARD)
    return cards(visit, [card])[case] if card else None


@query("read_history")
def history(visit: Visit, *, case: UUID, note: UUID) -> list[NoteShape]:
    """A note and every version that stood before it, newest first."""
    secret = keys.open(visit, gate.pass_(visit, case, _compartment(visit, case, note), Action.READ))
    before = dict(
        Note.objects.filter(case=case, compartment=secret.compartment).values_list(
            "id", "replaces_id"
        )
    )
    chain, at = [], before.get(note)
    while at is not None:
        chain.append(at)
        at = before.get(at)
    return _shapes(secret, [note, *chain])


@query("read_note")
def note(visit: Visit, *, case: UUID, note: UUID) -> NoteShape:
    """One note, as it stands or stood."""
    compartment = _compartment(visit, case, note)
    secret = keys.open(visit, gate.pass_(visit, case, compartment, Action.READ))
    return _shapes(secret, [note])[0]


@query("about_to")
def about_to_change(visit: Visit, *, case: UUID, note: UUID) -> NoteShape:
    """A note as it stands, for one who may change it or take it back."""
    compartment = _compartment(visit, case, note)
    gate.about_to_write(visit, case, compartment)
    secret = keys.open(visit, gate.pass_(visit, case, compartment, Action.READ))
    return _shapes(secret, [note])[0]


@query("about_to")
def about_to_summarise(visit: Visit, *, case: UUID, note: UUID) -> NoteShape:
    """A note in Therapy, for one who may write what Care may know of it."""
    gate.about_to_write(visit, case, Compartment.CARE)
    gate.about_to_write(visit, case, Compartment.THERAPY)
    _of_therapy(visit, case, note)
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.THERAPY, Action.READ))
    return _shapes(secret, [note])[0]


@query("read_both")
def versions(visit: Visit, *, case: UUID, note: UUID) -> Versions:
    """The note that was being edited, and the one that came after it."""
    compartment = _compartment(visit, case, note)
    secret = keys.open(visit, gate.pass_(visit, case, compartment, Action.READ))
    successor = Note.objects.filter(replaces=note).values_list("id", flat=True).first()
    if successor is None:
        raise Conflict("stands", _("Nobody has changed this note since."))
    before, theirs = _shapes(secret, [note, successor])
    return Versions(before, theirs)


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def add(
    visit: Visit,
    case: UUID,
    compartment: Compartment,
    text: str,
    happened: Happening,
    *,
    summary: bool = False,
) -> UUID:
    """One note, its row dated and its text sealed."""
    secret = keys.open(visit, gate.pass_(visit, case, compartment, Action.WRITE))
    _sound(visit, text, happened)
    id = facts.add(
        visit,
        Note,
        case_id=case,
        compartment=compartment,
        happened_on=happened.first,
        happened_until=happened.last,
    )
    texts.write(visit, secret, NOTE, id, _said(text, summary))
    return id


def put_after(visit: Visit, case: UUID, note: UUID, text: str, happened: Happening) -> UUID:
    """A new version of a note. Raises Conflict when somebody else's came first."""
    compartment = _compartment(visit, case, note)
    secret = keys.open(visit, gate.pass_(visit, case, compartment, Action.WRITE))
    _sound(visit, text, happened)
    summary = _shapes(secret, [note])[0].summary
    id = facts.correct(visit, Note, note, happened_on=happened.first, happened_until=happened.last)
    texts.write(visit, secret, NOTE, id, _said(text, summary))
    return id


def notes_of(secret: CompartmentSecret, *, limit: int, after: int = 0) -> list[NoteShape]:
    """A page of the standing notes of an opened compartment, newest happening first."""
    rows = facts.standing(Note).filter(case=secret.case, compartment=secret.compartment)
    page = rows.order_by("-happened_on", "-id").values_list("id", flat=True)[after : after + limit]
    return _shapes(secret, list(page))


def _shapes(secret: CompartmentSecret, wanted: list[UUID]) -> list[NoteShape]:
    rows = {row.id: row for row in Note.objects.filter(id__in=wanted, case=secret.case)}
    if len(rows) != len(set(wanted)):
        raise NotFound
    sealed = {p.of: p.content for p in texts.read(secret, kind=NOTE, of__in=wanted)}
    people = {id: facts.recorder(Note, id, row.recorded_by) for id, row in rows.items()}
    names = dict(Person.objects.filter(id__in=people.values()).values_list("id", "name"))
    return [
        NoteShape(
            id,
            secret.case,
            secret.compartment,
            sealed[id]["text"] if id in sealed else "",
            Happening(rows[id].happened_on, rows[id].happened_until),
            rows[id].known_at,
            rows[id].recorded_at,
            names.get(people[id], ""),
            rows[id].replaces_id,
            bool(sealed.get(id, {}).get("summary")),
        )
        for id in wanted
    ]


def _said(text: str, summary: bool) -> dict[str, Any]:
    return {"text": text.strip()} | ({"summary": True} if summary else {})


def _of_therapy(visit: Visit, case: UUID, note: UUID) -> None:
    if _compartment(visit, case, note) is not Compartment.THERAPY:
        raise NotFound


def _compartment(visit: Visit, case: UUID, note: UUID) -> Compartment:
    """The part a note stands in. NotFound where the actor's teams hold nothing of that part.

    Not a refusal: that would tell by an id alone that a note of a therapist's stands there. The
    walls of PostgreSQL hide the row in the same way.
    """
    held = {each.compartment for each in gate.standing(visit, case)}
    rows = Note.objects.filter(id=note, case=case, compartment__in=held)
    code = rows.values_list("compartment", flat=True).first()
    if code is None:
        raise NotFound
    return Compartment(code)


def _sound(visit: Visit, text: str, happened: Happening) -> None:
    problems: dict[str, str] = {}
    if not text.strip():
        problems["text"] = _("Write what happened before you save the note.")
    elif len(text) > LONGEST:
        problems["text"] = _("A note holds %(most)d characters. Make two notes of it.") % {
            "most": LONGEST
        }
    if happened.first > visit.today:
        problems["happened"] = _("That day is still ahead. Give today or a day before.")
    if problems:
        raise Invalid(problems)
