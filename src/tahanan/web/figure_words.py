"""Figures in words: what a number is of, what it counts, what is unknown, and why it moved.

What is always so stands in the catalogue of measures; here are the sentences with numbers in them.
A number that may not be told is *fewer than 11*, in every sentence and every file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from tahanan.base.ages import BANDS
from tahanan.casework.figures.shapes import (
    FEWER_THAN,
    Cause,
    Line,
    Moved,
    Part,
    Shown,
    ShownCell,
    ShownSplit,
    Slept,
)
from tahanan.measures.catalogue import APART, EVERY, REPORTS
from tahanan.measures.periods import Period
from tahanan.measures.spec import Choice, Measure
from tahanan.records.vocabulary import FacilityKind
from tahanan.web import words

Words = str | Promise

UNKNOWN = "unknown"
SHARES = ("aged_12_or_younger", "close_perpetrators", "rescued_as_siblings")

# What stands under the large number; a measure that is not here goes by its own name.
_SAID: dict[str, Words] = {
    "victims_rescued": lazy("people brought to safety"),
    "aged_12_or_younger": lazy("of them were 12 or younger"),
    "close_perpetrators": lazy("of perpetrators are parents, relatives or close family friends"),
    "rescued_as_siblings": lazy("were rescued together with a brother or sister"),
    "persons_arrested": lazy("people arrested"),
    "operations": lazy("operations"),
    "persons_convicted": lazy("people convicted"),
    "rescued_or_safeguarded": lazy("rescued or safeguarded"),
}
_SHARED: dict[str, Words] = {
    "aged_12_or_younger": lazy("%(n)s of %(of)s people whose age at removal is known"),
    "close_perpetrators": lazy("%(n)s of %(of)s perpetrators with a recorded relation"),
    "rescued_as_siblings": lazy("%(n)s of %(of)s people, with another of their family"),
}
# A figure that is too small, of which only the denominator may be told.
_FEW: Words = lazy("The share is not told: too few are on one side of it.")

CAUSES: dict[Cause, Words] = {
    Cause.NEW: lazy("New"),
    Cause.LATE: lazy("Learned late"),
    Cause.CORRECTED_IN: lazy("Corrected in"),
    Cause.CORRECTED_OUT: lazy("Corrected out"),
    Cause.JOINED: lazy("Joined"),
    Cause.PARTED: lazy("Parted again"),
}


def say(words_of_the_catalogue: str) -> str:
    """What the catalogue says, in the reader's language. In a template `_` would read its `%`."""
    return _(words_of_the_catalogue)


def told(n: int | None) -> str:
    """A number as it may be told: “669”, “fewer than 11”."""
    return _("fewer than %(n)s") % {"n": FEWER_THAN} if n is None else f"{n:,}"


def signed(n: int | None) -> str:
    """By how much: “+58”, “−15”, “fewer than 11”."""
    return told(n) if n is None else f"{'−' if n < 0 else '+'}{abs(n):,}"


@dataclass(frozen=True, slots=True)
class Large:
    """The large number: what stands there, and whether it is words instead of a numeral."""

    text: str
    is_words: bool


def large(line: Line, shown: Shown | None = None) -> Large:
    """“669”, “43%”; in words where it may not be told, or there is nothing to be a share of."""
    return number_of(EVERY[line.measure], shown or line.then)


def number_of(measure: Measure, found: Shown) -> Large:
    """The same, of any measure."""
    if measure.asks is None:
        return Large(words.opening(told(found.n)), found.n is None)
    if found.percent is not None:
        return Large(f"{found.percent}%", False)
    if found.n:
        # How many may be told, but not of how many.
        return Large(f"{found.n:,}", False)
    if found.of == 0:
        return Large(_("None known"), True)
    return Large(_("Too few to tell"), True)


def short(line: Line, shown: Shown) -> str:
    """The number in a sentence or a cell: “669”, “43%”, “fewer than 11”."""
    found = large(line, shown)
    return found.text[:1].lower() + found.text[1:] if found.is_words else found.text


def said(measure: str) -> str:
    """What the number is of: “people brought to safety”."""
    return str(_SAID.get(measure) or _(EVERY[measure].name))


def name(measure: str) -> str:
    """What the measure is called, in the catalogue's words."""
    return _(EVERY[measure].name)


def counts(line: Line) -> str:
    """What it counts, with its numbers: “284 of 657 people whose age at removal is known”."""
    if line.measure not in _SHARED:
        return sentence(line.measure)
    if line.then.of is None or line.then.n is None:
        return str(_FEW)
    numbers = {"n": told(line.then.n), "of": told(line.then.of)}
    return str(_SHARED[line.measure]) % numbers


def sentence(measure: str) -> str:
    """What it counts, always."""
    return _(EVERY[measure].sentence)


def unit(measure: str) -> str:
    """Of what it counts one."""
    return words.opening(_(EVERY[measure].unit))


def not_same(measure: str) -> str:
    """With what it must not be compared."""
    return _(EVERY[measure].not_with)


def unknown(line: Line) -> str:
    """For how many the answer is not known, and what is done with them."""
    sentences = []
    if line.then.unknown != 0:
        sentences.append(f"{words.opening(told(line.then.unknown))}. {of_unknowns(line.measure)}")
    if line.then.uncertain != 0:
        number = {"n": told(line.then.uncertain)}
        sentences.append(_("Days that may lie outside the period: %(n)s, not counted.") % number)
    return " ".join(sentences) or _("Nothing")


def of_unknowns(measure: str) -> str:
    """What the unknown are, and what is done with them, in the catalogue's words."""
    return _(EVERY[measure].unknowns)


def apart(line: Line) -> list[str]:
    """What is listed beside the figure: “47 adults at their first removal”.

    Those of which few may be told are named once, together.
    """
    few = [_(APART[code]) for code, n in line.then.apart if n is None]
    known = [f"{told(n)} {_(APART[code])}" for code, n in line.then.apart if n]
    if len(few) > 1:
        numbers = {"n": told(None), "what": "; ".join(few)}
        return [*known, _("%(n)s of each of these: %(what)s") % numbers]
    return known + [f"{told(None)} {each}" for each in few]


def whole(sentence: str) -> str:
    """The sentence with its full stop."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def ages_answer(split: ShownSplit) -> str:
    """The largest band, where it may be told: what the fold says while it is closed."""
    told_cells = [
        (cell.n, cell) for cell in split.cells if cell.n is not None and UNKNOWN not in cell.codes
    ]
    if not told_cells or split.known is None:
        return _("By age when first brought to safety.")
    most, cell = max(told_cells, key=lambda each: each[0])
    numbers = {"band": label("age", cell.codes), "n": told(most), "of": told(split.known)}
    return _("Most were %(band)s: %(n)s of the %(of)s whose age is known.") % numbers


def tally_answer(lines: Iterable[Line]) -> str:
    """Some numbers in a row: “76 rescued or safeguarded, 16 people arrested and 3 convictions”."""
    each = [f"{short(line, line.then)} {said(line.measure)}" for line in lines]
    return words.opening(f"{words.joined(each)}.")


# ── who slept where ─────────────────────────────────────────────────────────────────────────


def homes(row: Slept) -> str:
    """“Bahay Amihan”; of several joined, all names; of families without names, how many."""
    unnamed = row.homes - len(row.names)
    if not unnamed:
        return words.joined(row.names)
    families = ngettext("%(n)s family", "%(n)s families", unnamed) % {"n": unnamed}
    return words.joined([*row.names, families])


def kinds(row: Slept, called: Mapping[FacilityKind, Words]) -> str:
    """“Shelter”; of kinds joined, all of them."""
    found = [str(called[kind]) for kind in row.kinds]
    return words.joined([*found[:1], *(each[:1].lower() + each[1:] for each in found[1:])])


def places(row: Slept) -> str:
    """How many places; a dash where they are not told."""
    return "–" if row.places is None else f"{row.places:,}"


# ── definitions ─────────────────────────────────────────────────────────────────────────────


def usual_period(measure: str) -> str:
    """Over which period it stands in the report: all years, or the lockdown."""
    found = [line.period.code for line in REPORTS["deck"] if line.measure.code == measure]
    return found[0] if found else "all"


def otherwise(choice: Choice, other: Shown, measure: Measure) -> str:
    """The figure under the other choice; not told where it lies too near."""
    if other.n is None and other.percent is None:
        return _("Not told.")
    return number_of(choice.other or measure, other).text


def other_sentence(choice: Choice) -> str:
    """What the other choice counts."""
    if choice.other is not None:
        return _(choice.other.sentence)
    days = choice.period
    if days is None or days.first is None:
        return ""
    return _("Counted %(days)s.") % {"days": words.from_to(days.first, days.last)}


# ── periods and cells ───────────────────────────────────────────────────────────────────────


def period(of: Period) -> str:
    """“All years”, “During lockdown, 15 March to 2 September 2020”, “2019”."""
    if of.first is None or of.last is None:
        return _("all years")
    if of.code == "lockdown":
        return _("lockdown, %(days)s") % {"days": words.from_to(of.first, of.last)}
    return of.code


def label(by: str, codes: tuple[str, ...]) -> str:
    """One cell of a split, or several joined: “2011 to 2013”, “10 to 15”, “Not known”."""
    known = [code for code in codes if code != UNKNOWN]
    if not known:
        return _("Not known")
    found = _years(known) if by == "year" else _ages(known)
    return found if len(known) == len(codes) else _("%(cells)s, or not known") % {"cells": found}


def _years(codes: list[str]) -> str:
    if len(codes) == 1:
        return codes[0]
    return _("%(first)s to %(last)s") % {"first": codes[0], "last": codes[-1]}


def _ages(codes: list[str]) -> str:
    held = [band for band in BANDS if band.code in codes]
    if not held:
        return ", ".join(codes)
    if len(held) == 1:
        return _(held[0].words)
    first, last = held[0].low, held[-1].high
    if last is None:
        return _("%(first)s or older") % {"first": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def cell_number(by: str, cell: ShownCell) -> str:
    """On a bar: “32”; of years joined, “31 in 3 years”."""
    span = len([code for code in cell.codes if code != UNKNOWN])
    if by != "year" or span < 2:
        return told(cell.n)
    sentence = ngettext("%(n)s in %(years)s year", "%(n)s in %(years)s years", span)
    return sentence % {"n": told(cell.n), "years": span}


# ── why it moved ────────────────────────────────────────────────────────────────────────────


def causes(of: Iterable[Cause]) -> str:
    """“New”; of several joined, “New and learned late”."""
    found = [str(CAUSES[cause]) for cause in of]
    return words.joined([found[0], *(each[:1].lower() + each[1:] for each in found[1:])])


def at_the_foot(of: tuple[Cause, ...]) -> str:
    """The same, short enough for the foot of a chart; the table beside it names them all."""
    return causes(of) if len(of) < 3 else _("%(n)s causes together") % {"n": len(of)}


def because(moved: Moved, part: Part) -> str:
    """What one part of the way is, in a sentence."""
    if len(part.causes) > 1:
        return _("Joined, since each alone is too small to be told.")
    days = {"before": words.day(moved.before, year=True)}
    said_of: dict[Cause, str] = {
        Cause.NEW: _("It happened after %(before)s."),
        Cause.LATE: _("It had happened by %(before)s, and was recorded after."),
        Cause.CORRECTED_IN: _("It had been recorded otherwise, and is now in the count."),
        Cause.CORRECTED_OUT: _("It had been in the count, and was recorded otherwise since."),
        Cause.JOINED: _("Two records were one child, found by two people each time."),
        Cause.PARTED: _("Two records that had been joined were two children after all."),
    }
    return said_of[part.causes[0]] % days


def which_to_use(moved: Moved) -> list[tuple[str, str]]:
    """Which figure to use where: the number, and for what."""
    before = words.day(moved.before, year=True)
    after = words.day(moved.after, year=True)
    found = [
        (moved.was, _("In anything that speaks of what was known on %(before)s.")),
        (moved.now, _("In anything that speaks of what is known on %(after)s.")),
        (
            moved.same_events,
            _(
                "For what had happened by %(before)s, as known on %(after)s: "
                "to compare one period with the next."
            ),
        ),
    ]
    days = {"before": before, "after": after}
    return [(told(n), sentence % days) for n, sentence in found if n is not None]


def moved_sentence(moved: Moved) -> str:
    """“Most of it is new; 9 of it is what we now know better about the days before.”"""
    if moved.was is None or moved.now is None:
        return _("One of the two figures is fewer than 11, so the way between is not drawn.")
    if not moved.parts:
        return _("Nothing moved it between the two days.")
    new = next((part.n for part in moved.parts if part.causes == (Cause.NEW,)), None)
    if new is None:
        return _("It moved by %(n)s.") % {"n": signed(moved.now - moved.was)}
    better = moved.now - moved.was - new
    if new > 0 and better > 0:
        sentence = _(
            "Of the %(all)s, %(new)s happened since, "
            "and %(better)s is what we now know better about the days before."
        )
        return sentence % {"all": told(new + better), "new": told(new), "better": told(better)}
    numbers = {"all": signed(moved.now - moved.was), "new": signed(new), "better": signed(better)}
    return (
        _(
            "It moved by %(all)s: %(new)s happened since, "
            "and %(better)s is what we now know better about the days before."
        )
        % numbers
    )


def day_and_year(on: date) -> tuple[str, str]:
    """A day in two lines for the foot of a chart: “30 September”, “2020”."""
    return words.day(on, year=False), str(on.year)
