"""The child's page, its panes opened one at a time by POST; the whole way; who looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from tahanan.base import clock
from tahanan.base.errors import NotFound
from tahanan.casework import child_page, grants
from tahanan.casework.child_page import ChildPage, LookShape
from tahanan.casework.ledger import CHANGE, REFUSED
from tahanan.records.vocabulary import Compartment
from tahanan.web import child_words, codes, justice_words, pane_words, words
from tahanan.web.request import Request, signed_in

# An opened pane closes by itself after this long.
OPEN_FOR = timedelta(minutes=30)
ENTRIES_AT_ONCE = 6

# What a page that changed something says on the child's page afterwards.
SAID: dict[str, str | Promise] = {
    "note": lazy("The note is written."),
    "summary": lazy("The summary stands in Care. Your note stays in Therapy."),
    "edited": lazy("The note is changed. What stood before is kept."),
    "kept": lazy("What stood stays as it is."),
    "taken-back": lazy("The note is taken back. That it stood is kept."),
    "card": lazy("The card is changed. What stood before is kept."),
    "identity": lazy("The legal name is written."),
    "helps": lazy("What helps is written."),
    "status": lazy("The legal status is decided. The one before is kept."),
    "element": lazy("The finding is written. The one before is kept."),
    "suspect": lazy("It is written in Justice of every child this suspect is named for."),
    "arrest": lazy("The arrest is written."),
    "judgment": lazy("The judgment is written."),
    "demand": lazy("The country is written."),
    "support": lazy("Whether the programme supports this case is written."),
    "withdrawn": lazy("It is taken back. That it stood is kept."),
    "basis": lazy("The legal basis is written."),
    "contact": lazy("The list of adults is changed."),
    "day": lazy("The day is corrected. What stood before is kept, with the days it was believed."),
    "siblings": lazy("Who belongs together is drawn."),
    "same_said": lazy("Said. Somebody else who holds both records agrees or says no."),
    "same_joined": lazy("The two records count as one child. Nobody sees more than before."),
    "same_parted": lazy("The two records are two children again. That they were one is kept."),
    "same_kept": lazy("Taken back. What stood before stands again."),
    "lifted": lazy("The home is no longer kept from them. Why stands in Justice."),
    "split": lazy("The group is split. That it was one stays on record."),
    "left": lazy("The stay is ended. The home can open nothing more, and new keys are in place."),
    "ordinary": lazy("The stay is an ordinary one now. Its reviews begin from today."),
    "reviewed": lazy("The review is written."),
    "excluded": lazy("That home is not offered for this family any more. The home is not told."),
    "therapist": lazy("The therapists are called. Their notes are theirs alone to open."),
}


@require_http_methods(["GET", "POST"])
@signed_in
def child(request: Request, case: UUID) -> HttpResponse:
    """The page; a POST opens one pane, or with `close` closes it again."""
    asked = request.POST.get("open", "")
    if asked:
        part, skip = _asked(asked)
        page = child_page.opened(request.actor, case=case, part=part, skip=skip)
    elif request.method == "POST":
        return redirect("child", case=case)
    else:
        page = child_page.child(request.actor, case=case)
    if page.keys_due:
        # Whoever ended a grant could not lock anew what it opened: the next holder does.
        grants.renew_keys(request.actor, case=case)
    return render(request, "child/child.jinja", _context(request, page))


@require_GET
@signed_in
def way(request: Request, case: UUID) -> HttpResponse:
    """Every entry of the timeline."""
    page = child_page.whole_way(request.actor, case=case)
    return render(request, "child/way.jinja", {"case": case, "page": page, "say": child_words})


@require_GET
@signed_in
def looks(request: Request, case: UUID) -> HttpResponse:
    """Who looked, and when."""
    page = child_page.looks(request.actor, case=case)
    days: dict[object, list[LookShape]] = {}
    for look in page.looks:
        days.setdefault(clock.manila_day(look.at), []).append(look)
    said = {day: lines(looks) for day, looks in days.items()}
    context = {"case": case, "page": page, "days": said}
    return render(request, "child/looks.jinja", context)


def back_to(case: UUID, said: str, part: Compartment | str = "") -> HttpResponse:
    """To the child's page, which says what is now true and offers to open `part` again."""
    told = {"said": said} | ({"part": str(part)} if part else {})
    return redirect(f"{reverse('child', kwargs={'case': case})}?{urlencode(told)}")


@dataclass(frozen=True, slots=True)
class _Said:
    """One line of who looked: the instant of the last, the sentence, how often in a row."""

    at: datetime
    sentence: str
    purpose: str
    times: int


def lines(looks: Iterable[LookShape]) -> list[_Said]:
    """Each look as a sentence; the same again and again is said once, with how often."""
    found: list[_Said] = []
    for look in looks:
        said = _Said(look.at, did(look), look.purpose, 1)
        last = found[-1] if found else None
        if last and (last.sentence, last.purpose) == (said.sentence, said.purpose):
            found[-1] = replace(last, times=last.times + 1)
        else:
            found.append(said)
    return found


def did(look: LookShape) -> str:
    """“Ben Torres opened Care.”, “You wrote in Care.”, “Coby Tan was refused.”"""
    parts = words.compartments(look.compartments)
    if look.outcome == REFUSED:
        mine, others = _("You were refused."), _("%(who)s was refused.")
    elif look.outcome == CHANGE and parts:
        mine, others = _("You wrote in %(parts)s."), _("%(who)s wrote in %(parts)s.")
    elif look.outcome == CHANGE:
        mine, others = _("You changed the record."), _("%(who)s changed the record.")
    elif parts:
        mine, others = _("You opened %(parts)s."), _("%(who)s opened %(parts)s.")
    else:
        mine, others = _("You looked at the closed page."), _("%(who)s looked at the closed page.")
    who = look.who or _("The system")
    return (mine if look.mine else others) % {"who": who, "parts": parts}


def _asked(text: str) -> tuple[Compartment, int]:
    """`care`, or `care:20` for the notes from the twenty-first on."""
    code, _mark, skip = text.partition(":")
    if code not in set(Compartment) - {Compartment.CARD} or not (skip or "0").isdecimal():
        raise NotFound
    return Compartment(code), int(skip or "0")


def _context(request: HttpRequest, page: ChildPage) -> dict[str, object]:
    part = request.GET.get("part", "")
    opened = page.opened
    return {
        "page": page,
        "case": page.case,
        "say": child_words,
        "tell": pane_words,
        "law": justice_words,
        "words_of": codes.words_of,
        "closes": opened.at + OPEN_FOR if opened else None,
        "shown": page.entries[:ENTRIES_AT_ONCE],
        "said": SAID.get(request.GET.get("said", ""), ""),
        "again": Compartment(part) if part in set(Compartment) else None,
        "today": clock.today(),
        "acts": {str(act) for act in page.acts},
        "writes": {str(part) for part in page.writes},
    }


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>", child, name="child"),
    path("children/<uuid:case>/way", way, name="child_way"),
    path("children/<uuid:case>/looks", looks, name="child_looks"),
]
