"""What is written of a case as a whole: the card, the legal name, and what helps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.base.ages import PartialDate
from tahanan.base.errors import Conflict, NotFound
from tahanan.base.names import FULL, KINDS, NO_SURNAME_KNOWN, SINGLE_NAME, LegalName, named
from tahanan.casework import cases
from tahanan.casework.cases import CARD, CARE, IDENTITY, Card, Care, Seen
from tahanan.casework.door import TypedAgain
from tahanan.records.vocabulary import Compartment, Sex
from tahanan.web import child_form, codes, words
from tahanan.web.child_form import CHOICE, MINE, SEEN, THEIRS, Ask, Column, Versions
from tahanan.web.child_page import back_to
from tahanan.web.forms import Age, Day, Form, Line, One, Passage
from tahanan.web.request import Request, acting, signed_in

Words = str | Promise


class CardForm(Form):
    """The card: what stands on the outside, for whoever has the child tonight."""

    chosen = Line(
        lazy("What does the child want to be called?"),
        hint=lazy("The name she or he chose. The legal name stands in Identity."),
        longest=60,
    )
    sex = One(lazy("Girl or boy?"), codes.choices(Sex), missing=lazy("Choose one."))
    born = Day(
        lazy("Born on"),
        partial=True,
        hint=lazy("If only the year is known, leave the rest empty. Empty keeps what stands."),
    )
    age = Age(lazy("Or about how old?"), hint=lazy("Only where no date of birth is known."))
    language = Line(lazy("Speaks at home"), longest=60)
    school = Line(lazy("School or grade"), longest=80)
    own_word = Line(
        lazy("Own word for what she or he is"),
        hint=lazy("Survivor, fighter, or another word: the child’s own."),
        longest=60,
    )
    allergies = Passage(lazy("Allergies"), longest=500)
    medicine = Passage(lazy("Medicine, and when"), longest=500)
    needs = Passage(lazy("What else must whoever cares tonight know?"), longest=500)
    visitors = Passage(lazy("Who may visit"), longest=500)
    number = django_forms.IntegerField(min_value=0, required=False, widget=django_forms.HiddenInput)
    kept = django_forms.CharField(required=False, widget=django_forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A birth is a date or an estimate, not both."""
        given = super().clean() or {}
        if given.get("born") and given.get("age"):
            self.add_error("age", _("There is a date of birth as well. Clear one of the two."))
        return given

    @classmethod
    def of(cls, card: Card) -> CardForm:
        """The form as the card stands."""
        birth = card.birth
        known = birth if birth is not None and not birth.estimated else None
        kept = "/".join(card.content()["birth"]) if birth else ""
        fields = {name: getattr(card, name) for name in _CARD_TEXTS}
        return cls(
            initial=fields
            | {"sex": card.sex.value, "born": known, "number": card.number, "kept": kept}
        )

    @property
    def card(self) -> Card:
        """The card as it will stand."""
        given = self.cleaned_data
        texts = {name: given[name].strip() for name in _CARD_TEXTS}
        birth = given["born"] or given["age"] or _kept(given["kept"])
        return Card(sex=Sex(given["sex"]), birth=birth, number=given["number"] or 0, **texts)


_CARD_TEXTS = (
    *("chosen", "language", "school", "own_word"),
    *("allergies", "medicine", "needs", "visitors"),
)
_CARD_LABELS: dict[str, Words] = {
    "chosen": lazy("Called"),
    "sex": lazy("Girl or boy"),
    "birth": lazy("Born"),
    "language": lazy("Speaks at home"),
    "school": lazy("School"),
    "own_word": lazy("Own word"),
    "allergies": lazy("Allergies"),
    "medicine": lazy("Medicine"),
    "needs": lazy("To know tonight"),
    "visitors": lazy("Who may visit"),
}


class NameForm(Form):
    """A legal name in its parts, as Filipinos bear it."""

    given = Line(lazy("Given name or names"), hint=lazy("Ma. Clara, John Paul"), longest=200)
    middle = Line(lazy("Middle name"), hint=lazy("The mother’s maiden surname."), longest=200)
    surname = Line(lazy("Surname"), hint=lazy("dela Cruz, Reyes-Santos"), longest=200)
    suffix = Line(lazy("Suffix"), hint=lazy("Jr., III"), longest=20)
    nickname = Line(lazy("Nickname"), longest=200)
    kind = One(
        lazy("How much of the name is known?"),
        [
            (FULL, lazy("The whole name")),
            (NO_SURNAME_KNOWN, lazy("No surname is known")),
            (SINGLE_NAME, lazy("The whole legal name is one name")),
        ],
        missing=lazy("Choose one."),
    )

    def clean(self) -> dict[str, Any]:
        """The parts as one tidy name, or what is to be mended in each."""
        given = super().clean() or {}
        if self.errors:
            return given
        found = named(**given)
        if isinstance(found, LegalName):
            self.name = found
        else:
            for problem in found:
                self.add_error(problem.field, problem.said(_))
        return given


_NAME_LABELS: dict[str, Words] = {
    "given": lazy("Given name"),
    "middle": lazy("Middle name"),
    "surname": lazy("Surname"),
    "suffix": lazy("Suffix"),
    "nickname": lazy("Nickname"),
}


class CareForm(Form):
    """What whoever cares for the child reads first."""

    helps = Passage(
        lazy("What helps?"),
        hint=lazy("Drawing before talking. Her brother nearby. The door left open."),
        longest=2000,
    )
    asked = Passage(
        lazy("What was asked already, when and by whom?"),
        hint=lazy("So that nobody asks for the same story twice."),
        longest=2000,
    )
    goal = Passage(lazy("What is the goal now?"), longest=2000)


_CARE_LABELS: dict[str, Words] = {
    "helps": lazy("What helps"),
    "asked": lazy("Already asked"),
    "goal": lazy("Goal now"),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """One place in a file that is written as a whole, and how its versions are shown."""

    kind: str
    fields: Callable[[Any], dict[str, str]]
    labels: Mapping[str, Words]


@require_http_methods(["GET", "POST"])
@signed_in
def change_card(request: Request, case: UUID) -> HttpResponse:
    """The card, written anew."""
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept")
    form = CardForm(request.POST) if request.method == "POST" else None
    if form is not None:
        sent = form
        seen = child_form.seen_of(request)
        if seen is None:
            raise NotFound
        try:
            if child_form.saved(sent, lambda: _write_card(request, case, sent, seen)):
                return back_to(case, "card")
        except Conflict as conflict:
            return _two(request, case, _CARD, seen, sent.card, conflict)
    stands = cases.card(request.actor, case=case)
    carried = stands.piece if form is None else child_form.seen_of(request)
    ask = _card_ask(stands, carried)
    return child_form.show(request, case, form or CardForm.of(stands.said), ask)


@require_http_methods(["GET", "POST"])
@signed_in
def set_identity(request: Request, case: UUID) -> HttpResponse:
    """The legal name; opened by a press in Identity, never by an address."""
    if request.method == "GET":
        return redirect("child", case=case)
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept", Compartment.IDENTITY)
    seen = child_form.seen_of(request)
    if child_form.is_opening(request):
        stands = cases.identity_as_written(request.actor, case=case)
        kind = stands.said.kind if stands.said.kind in KINDS[:3] else FULL
        form, seen = NameForm(initial=asdict(stands.said) | {"kind": kind}), stands.piece
    else:
        form = NameForm(request.POST)
        try:
            if child_form.saved(form, lambda: _write_name(request, case, form, seen)):
                return back_to(case, "identity", Compartment.IDENTITY)
        except Conflict as conflict:
            return _two(request, case, _IDENTITY, seen, form.name, conflict)
    ask = Ask(
        _("Write the legal name"),
        _("It stands in Identity alone, and never on a list, a title or an address."),
        _("Save the name"),
        _("The child’s page"),
        looks={"suffix": {"width": 4}},
        carried={SEEN: seen},
    )
    return child_form.show(request, case, form, ask)


@require_http_methods(["GET", "POST"])
@signed_in
def say_what_helps(request: Request, case: UUID) -> HttpResponse:
    """What helps; opened by a press in Care, never by an address."""
    if request.method == "GET":
        return redirect("child", case=case)
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept", Compartment.CARE)
    seen = child_form.seen_of(request)
    if child_form.is_opening(request):
        stands = cases.care_as_written(request.actor, case=case)
        form, seen = CareForm(initial=asdict(stands.said)), stands.piece
    else:
        form = CareForm(request.POST)
        try:
            if child_form.saved(form, lambda: _write_care(request, case, form, seen)):
                return back_to(case, "helps", Compartment.CARE)
        except Conflict as conflict:
            return _two(request, case, _CARE, seen, Care(**form.cleaned_data), conflict)
    ask = Ask(
        _("What helps"),
        _("Read first by everybody who may open Care."),
        _("Save"),
        _("The child’s page"),
        carried={SEEN: seen},
    )
    return child_form.show(request, case, form, ask)


def _write_card(request: Request, case: UUID, form: CardForm, seen: UUID) -> UUID:
    return cases.change_card(acting(request), case=case, card=form.card, seen=seen)


def _write_name(request: Request, case: UUID, form: NameForm, seen: UUID | None) -> UUID:
    return cases.set_identity(acting(request), case=case, name=form.name, seen=seen)


def _write_care(request: Request, case: UUID, form: CareForm, seen: UUID | None) -> UUID:
    care = Care(**form.cleaned_data)
    return cases.say_what_helps(acting(request), case=case, care=care, seen=seen)


def _card_ask(stands: Seen[Card], seen: UUID | None) -> Ask:
    birth = stands.said.birth
    known = birth is not None and birth.estimated
    hint = _("What stands is a guess: %(age)s.") % {"age": words.age(birth)} if known else ""
    return Ask(
        _("Change the card of %(name)s") % {"name": words.called(stands.said)},
        _("What stands on the outside: for lists, and for whoever has the child tonight.")
        + (f" {hint}" if hint else ""),
        _("Save the card"),
        words.called(stands.said),
        looks={
            "sex": {"look": "choices"},
            **{name: {"rows": 2} for name in ("allergies", "medicine", "needs", "visitors")},
        },
        carried={SEEN: seen},
        follows=(
            _("Lists, the house and the night show it at once."),
            _("What stood before is kept."),
            _("A better age also mends the age at which the child was brought to safety."),
        ),
    )


def _two(
    request: Request, case: UUID, place: _Place, seen: UUID | None, mine: Any, conflict: Conflict
) -> HttpResponse:
    """What stood before, theirs and mine, field by field."""
    both = cases.two_versions(request.actor, case=case, kind=place.kind, seen=seen)
    again = isinstance(conflict, TypedAgain)
    before = place.fields(both.before.said) if both.before.said is not None else None
    who = _("You") if again else both.theirs.by
    assert both.theirs.at is not None
    theirs, own = place.fields(both.theirs.said), place.fields(mine)
    labels = {
        name: label
        for name, label in place.labels.items()
        if len({each.get(name, "") for each in (before or {}, theirs, own)}) > 1
    }
    columns = [
        Column(
            _("%(who)s, saved %(when)s") % {"who": who, "when": words.when(both.theirs.at)},
            fields=child_form.differing_fields(before, theirs, labels),
        ),
        Column(
            _("You, not saved yet"),
            fields=child_form.differing_fields(before, own, labels),
            mine=True,
        ),
    ]
    if before is not None:
        fields = child_form.differing_fields(before, before, labels)
        columns.insert(0, Column(_("Before both of you"), fields=fields))
    title = (
        _("You saved this form before, with other words")
        if again
        else _("%(who)s wrote the same while you were writing") % {"who": both.theirs.by}
    )
    choices = (
        (THEIRS, _("Keep what stands"), _("What you typed is not saved.")),
        (MINE, _("Put mine after it"), _("What stands now is kept in the history.")),
    )
    page = Versions(
        title,
        tuple(columns),
        both.theirs.piece,
        choices,
        _("The child’s page"),
        same=len(place.labels) - len(labels),
    )
    return child_form.show_versions(request, case, page)


def _kept(text: str) -> PartialDate | None:
    """The birth that stood, as the form carried it."""
    try:
        first, last, precision = text.split("/")
        return PartialDate(date.fromisoformat(first), date.fromisoformat(last), precision)
    except ValueError:
        return None


def _card_fields(card: Card) -> dict[str, str]:
    birth = words.span(card.birth.first, card.birth.last) if card.birth else ""
    texts = {name: getattr(card, name) for name in _CARD_TEXTS}
    shown = {"chosen": words.called(card), "sex": codes.words_of(card.sex), "birth": birth}
    return {name: (texts | shown)[name] for name in _CARD_LABELS}


def _name_fields(name: LegalName) -> dict[str, str]:
    return {part: getattr(name, part) for part in _NAME_LABELS}


def _care_fields(care: Care) -> dict[str, str]:
    return {part: getattr(care, part) for part in _CARE_LABELS}


_CARD = _Place(CARD, _card_fields, _CARD_LABELS)
_IDENTITY = _Place(IDENTITY, _name_fields, _NAME_LABELS)
_CARE = _Place(CARE, _care_fields, _CARE_LABELS)

urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/card", change_card, name="change_card"),
    path("children/<uuid:case>/identity", set_identity, name="set_identity"),
    path("children/<uuid:case>/care", say_what_helps, name="say_what_helps"),
]
