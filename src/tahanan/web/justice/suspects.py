"""A suspect named for a child and her sisters and brothers; corrected; taken back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tahanan.access.rules import Act
from tahanan.base import clock
from tahanan.base.errors import Conflict, NotFound
from tahanan.casework import justice
from tahanan.casework.justice import Before, Naming, SuspectShape
from tahanan.records.vocabulary import Answer, Part, SuspectKin
from tahanan.web import child_form, codes, justice_words, words
from tahanan.web.child_form import Ask
from tahanan.web.justice import asking
from tahanan.web.justice.asking import Back
from tahanan.web.justice.days import partial
from tahanan.web.justice.forms import NameForm, SuspicionForm
from tahanan.web.request import Request, acting, signed_in

_LOOKS = {"words": {"rows": 5}}


@require_http_methods(["GET", "POST"])
@signed_in
def name_suspect(request: Request, case: UUID) -> HttpResponse:
    """Name a suspect, or one named for a sister or brother: opened by a press in Justice."""
    if request.method == "GET":
        return redirect("child", case=case)
    naming = justice.about_to_name(request.actor, case=case)
    form = NameForm(asking.sent(request), initial={"named": clock.today()})
    chosen = request.POST.get("suspect", "")
    known = [each for each in naming.known if not each.hers or str(each.id) == chosen]
    form.about(naming.child)
    form.offer(naming.beside, known)
    if asking.saves(request, form, lambda: _name(request, case, form)):
        return asking.done(case, "suspect")
    more = {"back": None}
    return child_form.show(request, case, form, _ask_name(naming), asking.TEMPLATE, more)


@require_http_methods(["GET", "POST"])
@signed_in
def correct_suspicion(request: Request, case: UUID, suspicion: UUID) -> HttpResponse:
    """What is said of a suspect and this child, corrected: opened by a press in Justice."""
    if request.method == "GET":
        return redirect("child", case=case)
    if asking.keeps_theirs(request):
        return asking.kept(case)
    stood = child_form.seen_of(request) or suspicion
    before = _before(request, case, stood)
    sent = asking.sent(request)
    form = SuspicionForm(sent, initial=_initial(_suspect(before)) if sent is None else None)
    # Before it is looked over: a field keeps the label it then has.
    form.about(before.child)
    try:
        if asking.saves(request, form, lambda: _correct(request, case, stood, form)):
            return asking.done(case, "suspect")
    except Conflict:
        before = _before(request, case, stood)
        title = _("Somebody corrected this while you were writing")
        theirs = _said(_suspect(before))
        return asking.two(request, before, title, form, theirs, _typed(form))
    back = Back(
        reverse("take_back_suspicion", kwargs={"case": case, "suspicion": before.row}),
        _("Named for %(name)s by mistake?") % {"name": asking.name_of(before)},
        _("Take this suspect back"),
        before.barred,
    )
    return asking.show(request, before, form, _ask_correct(before), back)


@require_POST
@signed_in
def take_back_suspicion(request: Request, case: UUID, suspicion: UUID) -> HttpResponse:
    """Named for this child by mistake."""
    justice.withdraw_suspicion(acting(request), case=case, suspicion=suspicion)
    return asking.done(case, "withdrawn")


def _name(request: Request, case: UUID, form: NameForm) -> UUID:
    given = form.cleaned_data
    return justice.name_suspect(
        acting(request),
        of=form.of(case),
        who=form.who,
        part=Part(given["part"]),
        minor=Answer(given["minor"]),
        named=form.when,
        suspect=form.suspect,
    )


def _correct(request: Request, case: UUID, suspicion: UUID, form: SuspicionForm) -> UUID:
    given = form.cleaned_data
    return justice.correct_suspicion(
        acting(request),
        case=case,
        suspicion=suspicion,
        kin=SuspectKin(given["kin"]),
        part=Part(given["part"]),
        minor=Answer(given["minor"]),
        lives_with=Answer(given["lives_with"]),
        named=form.when,
        who=form.who,
    )


def _before(request: Request, case: UUID, row: UUID) -> Before:
    return justice.about_to(request.actor, case=case, what=Act.NAME_SUSPECT, row=row)


def _suspect(before: Before) -> SuspectShape:
    found = (each for each in before.file.suspects if each.suspicion.id == before.row)
    suspect = next(found, None)
    if suspect is None:
        raise NotFound
    return suspect


def _initial(suspect: SuspectShape) -> dict[str, Any]:
    of = suspect.suspicion
    return asdict(suspect.who) | {
        "kin": of.kin,
        "lives_with": of.lives_with,
        "part": of.part,
        "minor": of.minor,
        "named": partial(of.named),
    }


def _said(suspect: SuspectShape) -> dict[str, str]:
    of = suspect.suspicion
    return asdict(suspect.who) | {
        "kin": codes.words_of(of.kin),
        "lives_with": codes.words_of(of.lives_with),
        "part": codes.words_of(of.part),
        "minor": codes.words_of(of.minor),
        "named": justice_words.days(of.named),
    }


def _typed(form: SuspicionForm) -> dict[str, str]:
    given = form.cleaned_data
    return asdict(form.who) | {
        "kin": codes.words_of(SuspectKin(given["kin"])),
        "lives_with": codes.words_of(Answer(given["lives_with"])),
        "part": codes.words_of(Part(given["part"])),
        "minor": codes.words_of(Answer(given["minor"])),
        "named": justice_words.days(form.when),
    }


def _ask_name(naming: Naming) -> Ask:
    name = words.called(naming.child.card)
    return Ask(
        _("Name a suspect for %(name)s") % {"name": name},
        _("Who it is stands in Justice alone, in the file of each child named here."),
        _("Name the suspect"),
        name,
        looks=_LOOKS,
        follows=(
            _("Who may open Justice of these children can read it. Homes cannot."),
            _("What this person is to each child is counted in figures, without any name."),
            _("Arrests and judgments are written afterwards, and stand in every file."),
        ),
    )


def _ask_correct(before: Before) -> Ask:
    name = asking.name_of(before)
    return Ask(
        _("Correct what is said of a suspect and %(name)s") % {"name": name},
        _("What stood before is kept. Who it is, is corrected in every file you may write."),
        _("Save the correction"),
        name,
        looks=_LOOKS,
        carried=asking.carried(before.row),
    )
