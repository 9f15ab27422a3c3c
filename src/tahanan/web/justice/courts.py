"""Arrests and judgments of a suspect: written, corrected, taken back."""

from __future__ import annotations

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
from tahanan.casework.door import TypedAgain
from tahanan.casework.justice import (
    NO_OPERATION,
    ArrestShape,
    Before,
    JudgmentShape,
    SuspectShape,
)
from tahanan.records.vocabulary import Charge, CourtLevel, Outcome, Plea, Sentence
from tahanan.web import child_form, codes, justice_words
from tahanan.web.child_form import CHOICE, MINE, Ask
from tahanan.web.justice import asking
from tahanan.web.justice.asking import Back
from tahanan.web.justice.days import partial
from tahanan.web.justice.forms import ArrestForm, JudgmentForm
from tahanan.web.request import Request, acting, signed_in

_NEW = {"happened": None, "country": justice_words.HERE, "supported": True}
_CODES: dict[str, Any] = {
    "charge": Charge, "outcome": Outcome, "plea": Plea, "sentence": Sentence, "level": CourtLevel,
}  # fmt: skip


# ── arrests ─────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
@signed_in
def record_arrest(request: Request, case: UUID, suspect: UUID) -> HttpResponse:
    """One arrest: opened by a press in Justice."""
    if request.method == "GET":
        return redirect("child", case=case)
    before = justice.about_to(request.actor, case=case, what=Act.RECORD_ARREST)
    of = _named(before, suspect)
    last = before.operations[0][0] if before.operations else None
    form = ArrestForm(asking.sent(request), initial=_today() | {"operation": last})
    form.offer(before.operations)
    if asking.saves(request, form, lambda: _arrest(request, case, suspect, form)):
        return asking.done(case, "arrest")
    ask = Ask(
        _("Record an arrest"),
        _("One event. Somebody arrested twice has two."),
        _("Record the arrest"),
        asking.name_of(before),
        beside=_on_record(of),
    )
    return asking.show(request, before, form, ask)


@require_http_methods(["GET", "POST"])
@signed_in
def correct_arrest(request: Request, case: UUID, arrest: UUID) -> HttpResponse:
    """An arrest corrected: opened by a press in Justice."""
    if request.method == "GET":
        return redirect("child", case=case)
    if asking.keeps_theirs(request):
        return asking.kept(case)
    stood = child_form.seen_of(request) or arrest
    before = justice.about_to(request.actor, case=case, what=Act.RECORD_ARREST, row=stood)
    of, stands = _stands(before, "arrests")
    form = ArrestForm(asking.sent(request), initial=_arrest_as_is(stands))
    form.offer((*before.operations, *_other_operation(stands)))
    try:
        if asking.saves(request, form, lambda: _correct_arrest(request, case, stood, form)):
            return asking.done(case, "arrest")
    except Conflict:
        title = _("Somebody corrected this arrest while you were writing")
        return asking.two(
            request, before, title, form, _arrest_said(stands, form), _arrest_typed(form)
        )
    back = Back(
        reverse("take_back_arrest", kwargs={"case": case, "arrest": before.row}),
        _("There was no such arrest?"),
        _("Take this arrest back"),
    )
    return asking.show(request, before, form, _to_correct(_("Correct an arrest"), before, of), back)


@require_POST
@signed_in
def take_back_arrest(request: Request, case: UUID, arrest: UUID) -> HttpResponse:
    """It was another's, or there was none."""
    justice.withdraw_arrest(acting(request), case=case, arrest=arrest)
    return asking.done(case, "withdrawn")


def _arrest(request: Request, case: UUID, suspect: UUID, form: ArrestForm) -> UUID:
    given = form.cleaned_data
    return justice.record_arrest(
        acting(request),
        case=case,
        suspect=suspect,
        happened=form.when,
        operation=_id(given["operation"]),
        country=given["country"] or justice_words.HERE,
        supported=given["supported"],
    )


def _correct_arrest(request: Request, case: UUID, arrest: UUID, form: ArrestForm) -> UUID:
    given = form.cleaned_data
    return justice.correct_arrest(
        acting(request),
        case=case,
        arrest=arrest,
        happened=form.when,
        operation=_id(given["operation"]) or NO_OPERATION,
        country=given["country"] or None,
        supported=given["supported"],
    )


def _arrest_as_is(stands: ArrestShape) -> dict[str, Any]:
    return {
        "happened": partial(stands.happened),
        "operation": stands.operation,
        "country": stands.country,
        "supported": stands.supported,
    }


def _other_operation(stands: ArrestShape) -> tuple[tuple[UUID, Any], ...]:
    """The operation it is on record in, which may be a sister's or brother's."""
    return ((stands.operation, stands.happened),) if stands.operation else ()


def _arrest_said(stands: ArrestShape, form: ArrestForm) -> dict[str, str]:
    return {
        "happened": justice_words.days(stands.happened),
        "operation": _choice(form, "operation", str(stands.operation or "")),
        "country": justice_words.country(stands.country),
        "supported": _yes_no(stands.supported),
    }


def _arrest_typed(form: ArrestForm) -> dict[str, str]:
    given = form.cleaned_data
    return {
        "happened": justice_words.days(form.when),
        "operation": _choice(form, "operation", given["operation"]),
        "country": justice_words.country(given["country"]),
        "supported": _yes_no(given["supported"]),
    }


# ── judgments ───────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
@signed_in
def record_judgment(request: Request, case: UUID, suspect: UUID) -> HttpResponse:
    """What a court decided: opened by a press in Justice."""
    if request.method == "GET":
        return redirect("child", case=case)
    if asking.keeps_theirs(request):
        return asking.kept(case)
    before = justice.about_to(request.actor, case=case, what=Act.RECORD_JUDGMENT)
    of = _named(before, suspect)
    form = JudgmentForm(asking.sent(request), initial=_today() | {"sentence": Sentence.NONE})
    form.offer(each for suspect in before.file.suspects for each in suspect.judgments)
    try:
        if asking.saves(request, form, lambda: _judge(request, case, suspect, form)):
            return asking.done(case, "judgment")
    except Conflict as first:
        if isinstance(first, TypedAgain) or not isinstance(first.standing, UUID):
            raise
        before = justice.about_to(
            request.actor, case=case, what=Act.RECORD_JUDGMENT, row=first.standing
        )
        title = _("What this court decided was recorded first")
        return _two_judgments(request, before, title, form)
    ask = Ask(
        _("Record a judgment"),
        _("What one court decided on one charge."),
        _("Record the judgment"),
        asking.name_of(before),
        beside=_on_record(of),
    )
    return asking.show(request, before, form, ask)


@require_http_methods(["GET", "POST"])
@signed_in
def correct_judgment(request: Request, case: UUID, judgment: UUID) -> HttpResponse:
    """A judgment corrected: opened by a press in Justice."""
    if request.method == "GET":
        return redirect("child", case=case)
    if asking.keeps_theirs(request):
        return asking.kept(case)
    stood = child_form.seen_of(request) or judgment
    before = justice.about_to(request.actor, case=case, what=Act.RECORD_JUDGMENT, row=stood)
    of, stands = _stands(before, "judgments")
    form = JudgmentForm(asking.sent(request), initial=_judgment_as_is(stands))
    form.offer(())
    try:
        if asking.saves(request, form, lambda: _correct_judgment(request, case, stood, form)):
            return asking.done(case, "judgment")
    except Conflict:
        title = _("Somebody corrected this judgment while you were writing")
        return _two_judgments(request, before, title, form)
    back = Back(
        reverse("take_back_judgment", kwargs={"case": case, "judgment": before.row}),
        _("There was no such judgment?"),
        _("Take this judgment back"),
    )
    return asking.show(
        request, before, form, _to_correct(_("Correct a judgment"), before, of), back
    )


@require_POST
@signed_in
def take_back_judgment(request: Request, case: UUID, judgment: UUID) -> HttpResponse:
    """It was another's, or there was none."""
    justice.withdraw_judgment(acting(request), case=case, judgment=judgment)
    return asking.done(case, "withdrawn")


def _judge(request: Request, case: UUID, suspect: UUID, form: JudgmentForm) -> UUID:
    seen = child_form.seen_of(request)
    if request.POST.get(CHOICE) == MINE and seen is not None:
        return _correct_judgment(request, case, seen, form)
    given = form.cleaned_data
    return justice.record_judgment(
        acting(request),
        case=case,
        suspect=suspect,
        docket=_id(given.get("docket", "")),
        country=given["country"] or justice_words.HERE,
        court_number=given["court_number"],
        **_judged(form),
    )


def _correct_judgment(request: Request, case: UUID, judgment: UUID, form: JudgmentForm) -> UUID:
    given = form.cleaned_data
    return justice.correct_judgment(
        acting(request),
        case=case,
        judgment=judgment,
        country=given["country"] or None,
        court_number=given["court_number"],
        **_judged(form),
    )


def _judged(form: JudgmentForm) -> dict[str, Any]:
    given = form.cleaned_data
    empty = {"plea": Plea.NONE, "sentence": Sentence.NONE}
    said = {name: kind(given[name] or empty[name]) for name, kind in _CODES.items()}
    return said | {"happened": form.when, "supported": given["supported"]}


def _judgment_as_is(stands: JudgmentShape) -> dict[str, Any]:
    return {name: getattr(stands, name) for name in _CODES} | {
        "court_number": stands.court_number,
        "happened": partial(stands.happened),
        "country": stands.country,
        "supported": stands.supported,
    }


def _two_judgments(
    request: Request, before: Before, title: str, form: JudgmentForm
) -> HttpResponse:
    _of, stands = _stands(before, "judgments")
    given = form.cleaned_data
    theirs = {name: codes.words_of(getattr(stands, name)) for name in _CODES} | {
        "court_number": stands.court_number,
        "happened": justice_words.days(stands.happened),
        "country": justice_words.country(stands.country),
        "supported": _yes_no(stands.supported),
    }
    typed = _judged(form)
    mine = {name: codes.words_of(typed[name]) for name in _CODES} | {
        "court_number": given["court_number"],
        "happened": justice_words.days(form.when),
        "country": justice_words.country(given["country"]),
        "supported": _yes_no(given["supported"]),
    }
    return asking.two(request, before, title, form, theirs, mine)


# ── shared ──────────────────────────────────────────────────────────────────────────────────


def _today() -> dict[str, Any]:
    return _NEW | {"happened": clock.today()}


def _named(before: Before, suspect: UUID) -> SuspectShape:
    found = next((each for each in before.file.suspects if each.id == suspect), None)
    if found is None:
        raise NotFound
    return found


def _stands(before: Before, kind: str) -> tuple[SuspectShape, Any]:
    """The arrest or judgment that stands by now, and whose it is."""
    for suspect in before.file.suspects:
        for row in getattr(suspect, kind):
            if row.id == before.row:
                return suspect, row
    raise NotFound


def _to_correct(title: str, before: Before, of: SuspectShape) -> Ask:
    """The form of what stands, to be corrected."""
    return Ask(
        title,
        _("What stood before is kept."),
        _("Save the correction"),
        asking.name_of(before),
        carried=asking.carried(before.row),
        beside=_on_record(of),
    )


def _on_record(of: SuspectShape) -> tuple[str, str]:
    """Who it is about, and what is on record: read while writing, and not in the title."""
    said = [justice_words.arrest(each) for each in of.arrests]
    said += [justice_words.judgment(each) for each in of.judgments]
    return justice_words.called(of.who), "\n".join(said) or _("No arrest is on record yet.")


def _choice(form: ArrestForm, name: str, value: str) -> str:
    choices: Any = form.fields[name]
    return str(dict(choices.choices).get(value, ""))


def _yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def _id(typed: str) -> UUID | None:
    return UUID(typed) if typed else None
