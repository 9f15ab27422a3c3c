"""What the board says: its title, what is still needed tonight, who belongs together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tahanan.base import clock
from tahanan.base.names import CHILD_NUMBER
from tahanan.casework import intake
from tahanan.casework.intake import Board, ChildAsked, Family, Pane, Standing
from tahanan.records.vocabulary import Bond, Sex
from tahanan.web import words

_SEXES = {Sex.GIRL: gettext_lazy("girl"), Sex.BOY: gettext_lazy("boy")}
NEEDS_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Need:
    """One thing still needed: a link, or (`posts`) a form of one button.

    `of` completes the link for a screen reader, where the title does not tell it from the others.
    """

    when: str
    title: str
    text: str
    label: str = ""
    href: str = ""
    posts: bool = False
    of: str = ""


def called(name: str, position: int) -> str:
    """What a child of the intake goes by: her name, else *Child 5*."""
    return name or _(CHILD_NUMBER) % {"number": position}


def pane_words(pane: Pane) -> str:
    """“girl, about 4”; as much of it as is known."""
    if not pane.mine:
        return _("held by another team")
    parts = [str(_SEXES[pane.sex])] if pane.sex in _SEXES else []
    if pane.birth is not None:
        parts.append(words.age(pane.birth))
    elif pane.sex is not None:
        parts.append(_("age not known"))
    return ", ".join(parts) or _("not asked yet")


def title(board: Board) -> str:
    """“Nine children tonight”; another day is named."""
    number, happened = len(board.panes), board.standing.shared.happened
    if not number:
        return _("No child is on the list yet")
    counted = {"count": words.count(number)}
    if happened is None or happened.last >= clock.today() - timedelta(days=1):
        said = ngettext("%(count)s child tonight", "%(count)s children tonight", number)
    else:
        said = ngettext("%(count)s child", "%(count)s children", number)
    return words.opening(said % counted)


def lead(standing: Standing) -> str:
    """“City of Carcar, 17 September 2020, from 02:12.”"""
    shared, parts = standing.shared, []
    if shared.city is not None:
        parts.append(shared.city.name)
    if shared.happened is not None:
        parts.append(words.span(shared.happened.first, shared.happened.last))
    if shared.happened is not None and shared.hour:
        parts.append(_("from %(hour)s") % {"hour": shared.hour})
    return ", ".join(parts) + "." if parts else ""


def saved(standing: Standing) -> str:
    """What is safe, said while the line is cut."""
    number = standing.children
    if not number:
        return _("No child is saved yet.")
    said = ngettext("%(count)s child is saved.", "%(count)s children are saved.", number)
    return words.opening(said % {"count": words.count(number)})


def sheet(standing: Standing, position: int) -> str:
    """“0417-7”: the sheet of paper of a child, where a pack goes with the intake."""
    if standing.pack is None or position > standing.sheets:
        return ""
    return f"{standing.pack:04d}-{position}"


def needs(board: Board) -> list[Need]:
    """What is still needed tonight, in the order to do it."""
    found = [*_shared_now(board), *_to_mend(board), *_known(board), *_beds(board)]
    found += [*_tonight(board), *_custody(board)]
    return found


def family_sentence(family: Family, names: dict[UUID, str]) -> str:
    """How they belong together, and who says so."""
    if family.bond is Bond.NOT_SURE:
        said = _("Not sure yet. They are kept together all the same.")
    elif family.bond is Bond.FULL:
        said = _("The same mother and father.")
    elif family.bond is Bond.RAISED_TOGETHER:
        said = _("Raised together, not all by blood.")
    else:
        others = words.joined([names[id] for id in family.children if id in family.half])
        said = _("Past the double bar: %(names)s. One parent is the same.") % {"names": others}
    who = {
        "child": _("One of the children said so."),
        "adult": _("A grown-up said so."),
        "paper": _("A paper says so."),
    }.get(family.says, "")
    return f"{said} {who}".strip()


def names_of(board: Board) -> dict[UUID, str]:
    """Child → what she goes by."""
    return {pane.id: called(pane.name, pane.position) for pane in board.panes}


def span(happened: tuple[date, date] | None) -> str:
    """The day of a removal, as far as it is known."""
    return words.span(*happened) if happened else _("day not known yet")


def _serves(board: Board) -> str:
    number = max(1, len(board.panes))
    said = ngettext("One answer serves the child.", "One answer serves all %(count)s.", number)
    return said % {"count": words.count(number).strip()}


def _shared_now(board: Board) -> Iterable[Need]:
    standing, shared = board.standing, board.standing.shared
    wanted: list[tuple[str, str]] = []
    if shared.happened is None:
        wanted.append(("when", _("When the children were brought to safety")))
    if shared.city is None:
        wanted.append(("where", _("Where it was")))
    if standing.late and shared.known is None:
        wanted.append(("known", _("When it was written on the paper")))
    for step, said in wanted:
        href = reverse("intake-shared", kwargs={"removal": standing.id, "step": step})
        text = _("No file can be opened before this is known.")
        yield Need(_("Now"), said, f"{text} {_serves(board)}", _("Answer once for all"), href)


def _to_mend(board: Board) -> Iterable[Need]:
    for pane in board.panes:
        if not pane.mends:
            continue
        name, sentence = called(pane.name, pane.position), pane.mends[0].problem.said(_)
        step = intake.step_of(pane.mends[0].field)
        yield Need(
            _("Now"),
            _("One answer to mend: %(name)s") % {"name": name},
            sentence,
            _("Mend it"),
            _child(board, pane, step),
        )


def _known(board: Board) -> Iterable[Need]:
    for pane in board.panes:
        if pane.asked_again and not pane.mends:
            name = called(pane.name, pane.position)
            yield Need(
                _("Now"),
                _("Is %(name)s a child already known?") % {"name": name},
                _("Somebody like this is among the cases you may see. One tap decides."),
                _("Look and decide"),
                reverse("intake-known", kwargs={"removal": board.standing.id, "child": pane.id}),
            )


def _beds(board: Board) -> Iterable[Need]:
    """Each family asks for its beds as one; those who belong to nobody here ask together."""
    waiting = {pane.id: pane for pane in board.panes if _needs_bed(pane)}
    names = names_of(board)
    for family in board.families:
        kept = [waiting.pop(id) for id in family.children if id in waiting]
        if kept:
            together = _("%(names)s together.") if len(kept) > 1 else _("%(names)s.")
            yield _bed(kept, together % {"names": words.joined([names[p.id] for p in kept])})
    if waiting:
        alone = words.joined([names[id] for id in waiting])
        yield _bed(list(waiting.values()), _("%(names)s.") % {"names": alone})


def _needs_bed(pane: Pane) -> bool:
    return bool(pane.case and pane.mine and not pane.has_bed)


def _bed(panes: list[Pane], names: str) -> Need:
    number = len(panes)
    counted = {"count": words.count(number).strip()}
    title = ngettext("A bed for one child", "Beds for %(count)s", number) % counted
    label = ngettext("Find a bed", "Find beds for %(count)s", number) % counted
    asked = urlencode([("child", str(pane.case)) for pane in panes])
    return Need(_("Now"), title, names, label, f"{reverse('ask_for_place')}?{asked}", of=names)


def _tonight(board: Board) -> Iterable[Need]:
    for pane in sorted(board.panes, key=lambda pane: pane.need_by or "99"):
        if pane.needs:
            name = called(pane.name, pane.position)
            when = _("Before %(hour)s") % {"hour": pane.need_by} if pane.need_by else _("Tonight")
            yield Need(
                when,
                _("For %(name)s") % {"name": name},
                pane.needs,
                _("Say it is done"),
                reverse("intake-met", kwargs={"removal": board.standing.id, "child": pane.id}),
                posts=True,
            )


def _custody(board: Board) -> Iterable[Need]:
    if board.panes and not board.standing.shared.custody:
        yield Need(
            _("Before 08:00"),
            _("Who ordered protective custody"),
            _("The name and the reference are missing.") + " " + _serves(board),
            _("Answer once for all"),
            reverse("intake-shared", kwargs={"removal": board.standing.id, "step": "custody"}),
        )


def _child(board: Board, pane: Pane, step: str) -> str:
    return reverse(
        "intake-child", kwargs={"removal": board.standing.id, "child": pane.id, "step": step}
    )


SHARED_TITLES = {
    "when": gettext_lazy("When were the children brought to safety?"),
    "where": gettext_lazy("Where was it?"),
    "known": gettext_lazy("When was it written on the paper?"),
    "who": gettext_lazy("Who found the children?"),
    "custody": gettext_lazy("Who ordered protective custody?"),
}


def born_question(asked: ChildAsked) -> str:
    """“When was Kiko born?”"""
    return _("When was %(name)s born?") % {"name": called(asked.name, asked.position)}
