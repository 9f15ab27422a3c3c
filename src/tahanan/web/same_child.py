"""The same child twice: said, agreed to or not by another person, parted again; its history."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.casework import duplicates, search
from tahanan.casework.duplicates import Joining
from tahanan.casework.search import Near
from tahanan.records.vocabulary import Sameness
from tahanan.web import child_form, words
from tahanan.web.child_form import Ask
from tahanan.web.child_page import back_to
from tahanan.web.forms import Form, Passage
from tahanan.web.request import Request, acting, posted, signed_in
from tahanan.web.siblings import NameForm, OneChild

_STANDS: dict[Sameness | None, Promise | str] = {
    Sameness.PROPOSED: lazy("May be the same child: a second person has not said yet"),
    Sameness.JOINED: lazy("The same child: counted as one"),
    Sameness.PARTING: lazy("Counted as one; perhaps two after all: a second person has not said"),
    None: lazy("Two children"),
}
_SAID: dict[Sameness | None, Promise | str] = {
    Sameness.PROPOSED: lazy("%(who)s said on %(day)s that this is the same child."),
    Sameness.JOINED: lazy("%(who)s said on %(day)s that they are one child."),
    Sameness.PARTING: lazy("%(who)s said on %(day)s that they may be two children."),
    None: lazy("%(who)s said on %(day)s that they are two children."),
}
# What is pressed → what is done, and what the child's page then says.
_ANSWERS: dict[str, tuple[Callable[..., UUID], str]] = {
    "one": (duplicates.agree_same, "same_joined"),
    "two": (duplicates.agree_parted, "same_parted"),
    "no": (duplicates.take_back_proposal, "same_kept"),
}


class SameForm(Form):
    """Which other record is of this child, and what makes one think so."""

    other = OneChild(lazy("Which record?"), [], missing=lazy("Choose a record."))
    reason = Passage(
        lazy("What makes you think so?"),
        hint=lazy("Kept in Care of both records."),
        missing=lazy("Write what makes you think so."),
        longest=duplicates.LONGEST,
    )


class PartForm(Form):
    """What makes one think that they are two."""

    reason = Passage(
        lazy("What makes you think so?"),
        hint=lazy("Kept in Care of both records."),
        missing=lazy("Write what makes you think so."),
        longest=duplicates.LONGEST,
    )


@require_http_methods(["GET"])
@signed_in
def same_child(request: Request, case: UUID) -> HttpResponse:
    """Every other record said to be of her, and what a second person may answer."""
    shown = duplicates.same_child(request.actor, case=case)
    context = {"case": case, "shown": shown, "stands": stands, "said": said}
    return render(request, "child/same.jinja", context)


@require_http_methods(["GET", "POST"])
@signed_in
def propose_same(request: Request, case: UUID) -> HttpResponse:
    """Another record of this child: found by name, and said to be of her."""
    asked = NameForm(posted(request))
    if request.method == "GET" or not asked.is_valid():
        near = search.alike(request.actor, case=case)
        return _propose_page(request, case, asked, near, None)
    try:
        near = search.alike(request.actor, case=case, words=asked.cleaned_data["q"])
    except Invalid as fault:
        asked.mend(Invalid({"q": fault.fields["words"]}))
        near = search.alike(request.actor, case=case)
        return _propose_page(request, case, asked, near, None)
    sending = not child_form.is_opening(request)
    form = SameForm(request.POST if sending else None)
    form.fields["other"].choices = [  # type: ignore[attr-defined]
        (str(each.case), _told(near, each.case)) for each in near.cards
    ]
    try:
        if sending and child_form.sent(form, lambda: _propose(request, case, form)):
            return back_to(case, "same_said")
    except Conflict:
        return redirect("same_child", case=case)
    return _propose_page(request, case, asked, near, form)


@require_http_methods(["GET", "POST"])
@signed_in
def part_same(request: Request, case: UUID, same: UUID) -> HttpResponse:
    """Two records joined before may be two children: said, with a reason, for another to agree."""
    form = PartForm(posted(request))
    try:
        if request.method == "POST" and child_form.sent(
            form,
            lambda: duplicates.propose_parted(
                acting(request), case=case, same=same, reason=form.cleaned_data["reason"]
            ),
        ):
            return back_to(case, "same_said")
    except Conflict:
        return redirect("same_child", case=case)
    # After sending: the second press finds them no longer joined, and did what the first did.
    shown = duplicates.same_child(request.actor, case=case)
    found = [each for each in shown.of if each.same == same and each.word is Sameness.JOINED]
    if not found:
        raise NotFound
    one, other = words.called(shown.child.card), words.called(found[0].other.card)
    ask = Ask(
        _("%(one)s and %(other)s: two children after all?") % {"one": one, "other": other},
        _("Records %(one)s and %(other)s.") % {"one": shown.reference, "other": found[0].reference},
        _("Say that they may be two"),
        one,
        follows=(
            _("Somebody else who holds both records agrees or says no."),
            _("Until then they count as one child."),
            _("That they were one, since when and until when, stays on record."),
        ),
        careful=True,
        tab=_("Two children after all?"),
    )
    return child_form.show(request, case, form, ask)


@require_POST
@signed_in
def answer_same(request: Request, case: UUID, same: UUID) -> HttpResponse:
    """The second person's yes or no; or the first takes back what she said."""
    if request.POST.get("answer") not in _ANSWERS:
        raise NotFound
    act, then = _ANSWERS[request.POST["answer"]]
    try:
        act(acting(request), case=case, same=same)
    except Conflict:
        return redirect("same_child", case=case)
    return back_to(case, then)


def stands(joining: Joining) -> str:
    """How two records stand now."""
    return str(_STANDS[joining.word])


def said(each: duplicates.Said) -> str:
    """One word of the history as a sentence."""
    return str(_SAID[each.word]) % {"who": each.by, "day": words.day(each.on)}


def _propose(request: Request, case: UUID, form: SameForm) -> UUID:
    given = form.cleaned_data
    return duplicates.propose_same(
        acting(request), case=case, other=UUID(given["other"]), reason=given["reason"]
    )


def _propose_page(
    request: Request, case: UUID, asked: NameForm, near: Near, form: SameForm | None
) -> HttpResponse:
    wrong = bool(asked.mends or (form is not None and form.mends))
    context = {"case": case, "asked": asked, "near": near, "form": form, "faulty": wrong}
    return render(request, "child/propose_same.jinja", context, status=422 if wrong else 200)


def _told(near: Near, case: UUID) -> str:
    card = next(each.card for each in near.cards if each.case == case)
    return _("%(name)s, %(years)s, %(reference)s") % {
        "name": words.called(card),
        "years": words.years_old(card.birth),
        "reference": near.references[case],
    }


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/same", same_child, name="same_child"),
    path("children/<uuid:case>/same/another", propose_same, name="propose_same"),
    path("children/<uuid:case>/same/<uuid:same>/part", part_same, name="part_same"),
    path("children/<uuid:case>/same/<uuid:same>/answer", answer_same, name="answer_same"),
]
