"""The sentences of an opened pane: adults, legal basis, status, findings, stays, notes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tahanan.base import clock
from tahanan.base.names import CHILD_NUMBER, NO_SURNAME_KNOWN, PLACEHOLDER, LegalName
from tahanan.base.places import city, is_city
from tahanan.casework.cases import ElementShape
from tahanan.casework.child_page import Lived, Opened, StatusDecided
from tahanan.casework.legal_basis import Authority, ContactShape
from tahanan.casework.notes import NoteShape
from tahanan.casework.operations import SharedFacts
from tahanan.records.vocabulary import Element, StayEnd, StayMode
from tahanan.web import words
from tahanan.web.codes import words_of


def legal_name(name: LegalName | None) -> str:
    """The legal name in full, with what is not known of it."""
    if name is None:
        return _("Not written yet")
    if name.kind == NO_SURNAME_KNOWN:
        return _("%(name)s, no surname known") % {"name": name.full()}
    if name.kind == PLACEHOLDER:
        return _(CHILD_NUMBER) % {"number": name.number}
    return name.full()


def may(adult: ContactShape) -> str:
    """What an adult may decide or be told."""
    if adult.may_decide:
        return _("May decide and be told.")
    return _("May be told.") if adult.may_be_told else _("Must not be told.")


def authority(of: Authority) -> str:
    """Who decided a legal basis, by what authority, and who is left out."""
    said = [
        _("Decided by %(who)s.") % {"who": of.decider} if of.decider else "",
        _("Authority: %(what)s.") % {"what": of.authority} if of.authority else "",
        _("Reference: %(what)s.") % {"what": of.reference} if of.reference else "",
        _("Left out: %(who)s.") % {"who": of.excluded} if of.excluded else "",
    ]
    return " ".join(filter(None, said))


def status_decided(status: StatusDecided) -> str:
    """“A social worker, Ana Reyes. Since 18 June. We learned this on 20 June.”"""
    by = words_of(status.decided_by)
    if status.decider:
        by = _("%(office)s, %(name)s") % {"office": by, "name": status.decider}
    span = words.opening(words.from_to(status.from_on, status.until_on))
    known = words.day(status.known_on)
    return _("%(by)s. %(span)s. Known since %(known)s.") % {"by": by, "span": span, "known": known}


def shared(of: SharedFacts) -> str:
    """What was asked once for all children of an operation."""
    place = city(of.city) if is_city(of.city) else None
    said = [
        _("In %(place)s.") % {"place": place.name} if place else "",
        _("At %(hour)s.") % {"hour": of.hour} if of.hour else "",
        _("Led by %(unit)s.") % {"unit": of.unit} if of.unit else "",
        _("Referred by %(source)s.") % {"source": of.source} if of.source else "",
        _("Their reference: %(what)s.") % {"what": of.reference} if of.reference else "",
    ]
    return " ".join(filter(None, said)) or _("Nothing is on record yet.")


def elements(found: tuple[ElementShape, ...]) -> list[tuple[Element, ElementShape | None]]:
    """Every element in the order of the definition, with what was found of it."""
    by_element = {shape.element: shape for shape in found}
    return [(element, by_element.get(element)) for element in Element]


def finding(shape: ElementShape) -> str:
    """“Established, video. Since 18 June.”"""
    found = {"finding": words_of(shape.finding), "day": words.day(shape.from_on)}
    if shape.depiction is None:
        return _("%(finding)s. Since %(day)s.") % found
    kind = words_of(shape.depiction)
    return _("%(finding)s: %(kind)s. Since %(day)s.") % (found | {"kind": kind})


def lived(stay: Lived) -> str:
    """The kind of home, its city, and how the stay ended."""
    place = city(stay.home.city) if stay.home and is_city(stay.home.city) else None
    kind = words_of(stay.kind)
    said = [
        _("%(kind)s in %(place)s.") % {"kind": kind, "place": place.name}
        if place
        else _("%(kind)s.") % {"kind": kind},
        _("Emergency stay of 72 hours.") if stay.mode == StayMode.EMERGENCY else "",
        _("Ended: %(how)s.") % {"how": words_of(StayEnd(stay.end))} if stay.end else "",
    ]
    return " ".join(filter(None, said))


def note_known(note: NoteShape) -> str:
    """When a note was known, and written where that differs by a day or more."""
    known_on, written_on = clock.manila_day(note.known_at), clock.manila_day(note.recorded_at)
    if known_on != written_on:
        return _("known %(known)s, written %(written)s") % {
            "known": words.when(note.known_at),
            "written": words.when(note.recorded_at),
        }
    return _("written %(when)s") % {"when": words.when(note.recorded_at)}


def notes_shown(pane: Opened) -> str:
    """Which notes stand on this page, newest first."""
    return _("Notes %(first)s to %(last)s, the newest first.") % {
        "first": pane.skipped + 1,
        "last": pane.skipped + len(pane.notes),
    }


def stay_span(lived: Lived) -> str:
    """“Since 18 June” or “18 June to 20 August”."""
    return words.opening(words.from_to(lived.from_on, lived.until_on))
