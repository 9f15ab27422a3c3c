"""Who belongs together, said from the child's page: drawn, joined across operations, split."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid
from tahanan.casework import search, survivors
from tahanan.casework.cases import Card
from tahanan.casework.search import Near
from tahanan.casework.survivors import Belonging
from tahanan.records.vocabulary import Bond
from tahanan.web import child_form, codes, words
from tahanan.web.child_form import CHOICE, MINE, THEIRS, Ask, Column, Versions
from tahanan.web.child_page import back_to
from tahanan.web.forms import Day, Form, Line, One, Passage, Several
from tahanan.web.request import Request, acting, posted, signed_in

_NOT = "not"
_HINTS: dict[str, str | Promise] = {
    Bond.RAISED_TOGETHER: lazy("Cousins, stepchildren, a child of the house."),
    Bond.NOT_SURE: lazy("They are kept together until it is known."),
}
Answers = tuple[tuple[UUID, Bond | None], ...]


class Anybody:
    """Any child may come back: the second press finds her no longer offered. The gate decides."""

    def valid_value(self, value: object) -> bool:
        """Whether it is the id of anything at all."""
        try:
            return bool(UUID(str(value)))
        except ValueError:
            return False


class OneChild(Anybody, One):
    """One child of those found."""


class _Children(Anybody, Several):
    """Some children of those listed."""


class SiblingsForm(Form):
    """One question for each child: how does she belong to this one?"""

    def offer(self, of: Belonging) -> None:
        """A question for each of the others, with what is drawn now."""
        for other, bond in of.others:
            self.fields[_field(other.case)] = One(
                words.called(other.card),
                [(_NOT, lazy("Not a sister or brother")), *codes.choices(Bond)],
                hint=words.opening(words.years_old(other.card.birth)),
                hints=_HINTS,
                missing=lazy("Choose one."),
                initial=bond.value if bond else _NOT,
            )


class NameForm(Form):
    """Which child to look for."""

    q = Line(
        lazy("Name"),
        hint=lazy("Given name, nickname or surname."),
        missing=lazy("Type at least one name to look for."),
    )


class JoinForm(Form):
    """A child of another operation, and how she belongs to this one."""

    other = OneChild(lazy("Which child?"), [], missing=lazy("Choose a child."))
    bond = One(
        lazy("How do they belong together?"),
        codes.choices(Bond),
        hints=_HINTS,
        missing=lazy("Choose one."),
    )
    from_on = Day(
        lazy("Since which day do they belong together?"),
        hint=lazy("The day it became known, where nothing else is known."),
        missing=lazy("Write the day."),
        years_back=20,
    )


class SplitForm(Form):
    """Who is a group apart from now on."""

    others = _Children(
        lazy("Who is no longer one group with this child?"),
        [],
        missing=lazy("Choose at least one child who belongs apart."),
    )
    on = Day(lazy("From which day?"), missing=lazy("Write the day."), years_back=20)
    reason = Passage(
        lazy("Why?"),
        hint=lazy("Kept in Care of each of these children."),
        missing=lazy("Write why they are no longer one group."),
        longest=survivors.LONGEST,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def draw_siblings(request: Request, case: UUID) -> HttpResponse:
    """Those she may belong to: drawn already, or brought to safety with her."""
    if request.POST.get(CHOICE) == THEIRS:
        return back_to(case, "kept")
    of = survivors.belonging(request.actor, case=case)
    form = SiblingsForm(posted(request))
    form.offer(of)
    try:
        if request.method == "POST" and child_form.sent(
            form, lambda: _settle(request, case, of, form)
        ):
            return back_to(case, "siblings")
    except Conflict:
        return _two(request, case, form)
    name = words.called(of.child.card)
    ask = Ask(
        _("Who belongs to %(name)s?") % {"name": name},
        _("Those brought to safety together, and those drawn before. “Not sure yet” is an answer.")
        if of.others
        else _("Nobody was brought to safety together with this child, as far as you may see."),
        _("Save who belongs together"),
        name,
        carried=_saw(of),
        follows=(
            _("Places are looked for together, and parting needs a written reason."),
            _("What was drawn before is kept, with the days it stood."),
        ),
    )
    return child_form.show(
        request, case, form, ask, "child/siblings.jinja", {"of": of, "words_of": codes.words_of}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def join_sibling(request: Request, case: UUID) -> HttpResponse:
    """A child of another operation, found by name. Always a POST: no name stands in an address."""
    if request.method == "GET":
        return _join_page(request, case, NameForm(), search.near(request.actor, case=case), None)
    asked = NameForm(request.POST)
    near = search.near(request.actor, case=case)
    if not asked.is_valid():
        return _join_page(request, case, asked, near, None)
    try:
        near = search.near(request.actor, case=case, words=asked.cleaned_data["q"])
    except Invalid as fault:
        asked.mend(Invalid({"q": fault.fields["words"]}))
        return _join_page(request, case, asked, near, None)
    sending = not child_form.is_opening(request)
    form = JoinForm(request.POST if sending else None, initial={"from_on": clock.today()})
    form.fields["other"].choices = [  # type: ignore[attr-defined]
        (str(each.case), _told(each.card, near.references[each.case])) for each in near.cards
    ]
    try:
        if sending and child_form.sent(form, lambda: _join(request, case, form)):
            return back_to(case, "siblings")
    except Conflict:
        return redirect("draw_siblings", case=case)
    return _join_page(request, case, asked, near, form)


@require_http_methods(["GET", "POST"])
@signed_in
def split_siblings(request: Request, case: UUID) -> HttpResponse:
    """The group splits, from a day on and for a reason."""
    of = survivors.belonging(request.actor, case=case)
    form = SplitForm(posted(request), initial={"on": clock.today()})
    form.fields["others"].choices = [  # type: ignore[attr-defined]
        (str(other.case), words.called(other.card))
        for other, _bond in of.others
        if other.case in of.group
    ]
    try:
        if request.method == "POST" and child_form.sent(form, lambda: _split(request, case, form)):
            return back_to(case, "split")
    except Conflict:
        form.add_error(None, _("Somebody changed this while you were choosing. Look, then choose."))
    name = words.called(of.child.card)
    ask = Ask(
        _("Split the group of %(name)s") % {"name": name},
        _("For those who were one family group and are no longer treated as one.")
        if form.fields["others"].choices  # type: ignore[attr-defined]
        else _("No sister or brother is drawn whom you may draw."),
        _("Split the group"),
        name,
        follows=(
            _("From that day places are looked for apart."),
            _("That they were one group, since when and until when, stays on record."),
            _("If they never were one family, say so under “Who belongs together” instead."),
        ),
        careful=True,
    )
    return child_form.show(request, case, form, ask)


def _settle(request: Request, case: UUID, of: Belonging, form: SiblingsForm) -> UUID:
    # Every answer, changed or not: the second press must say what the first said.
    return survivors.settle_siblings(
        acting(request),
        case=case,
        others=_answers(of, form),
        from_on=clock.today(),
        saw=tuple(
            (other.case, Bond(code) if code in set(Bond) else None)
            for other, _bond in of.others
            if (code := request.POST.get(_saw_field(other.case)))
        ),
    )


def _answers(of: Belonging, form: SiblingsForm) -> Answers:
    codes_of = ((other.case, form.cleaned_data[_field(other.case)]) for other, _ in of.others)
    return tuple((other, None if code == _NOT else Bond(code)) for other, code in codes_of)


def _saw(of: Belonging) -> dict[str, object]:
    """What is drawn now, as the form carries it: a change made meanwhile must show."""
    return {_saw_field(other.case): bond.value if bond else _NOT for other, bond in of.others}


def _two(request: Request, case: UUID, form: SiblingsForm) -> HttpResponse:
    """What somebody drew meanwhile, and mine: nothing is lost, and one of the two is chosen."""
    of = survivors.belonging(request.actor, case=case)
    stands, mine, labels = {}, {}, {}
    for other, bond in of.others:
        said = form.cleaned_data.get(_field(other.case), _NOT)
        stands[_field(other.case)] = _bond_words(bond)
        mine[_field(other.case)] = _bond_words(None if said == _NOT else Bond(said))
        labels[_field(other.case)] = words.called(other.card)
    page = Versions(
        _("Somebody drew this family while you were choosing"),
        (
            Column(_("What stands now"), fields=child_form.differing_fields(mine, stands, labels)),
            Column(
                _("You, not saved yet"),
                fields=child_form.differing_fields(stands, mine, labels),
                mine=True,
            ),
        ),
        None,
        (
            (THEIRS, _("Keep what stands"), _("What you chose is not saved.")),
            (MINE, _("Put mine after it"), _("What stands now is kept in the history.")),
        ),
        _("The child’s page"),
        also=_saw(of),
    )
    return child_form.show_versions(request, case, page)


def _bond_words(bond: Bond | None) -> str:
    return codes.words_of(bond) if bond else _("Not a sister or brother")


def _join(request: Request, case: UUID, form: JoinForm) -> UUID:
    given = form.cleaned_data
    return survivors.join_siblings(
        acting(request),
        case=case,
        other=UUID(given["other"]),
        bond=Bond(given["bond"]),
        from_on=given["from_on"].first,
    )


def _join_page(
    request: Request, case: UUID, asked: NameForm, near: Near, form: JoinForm | None
) -> HttpResponse:
    wrong = bool(asked.mends or (form is not None and form.mends))
    context = {"case": case, "asked": asked, "near": near, "form": form, "faulty": wrong}
    return render(request, "child/join_sibling.jinja", context, status=422 if wrong else 200)


def _told(card: Card, reference: str) -> str:
    years = words.years_old(card.birth)
    return _("%(name)s, %(years)s, %(reference)s") % {
        "name": words.called(card), "years": years, "reference": reference,
    }  # fmt: skip


def _split(request: Request, case: UUID, form: SplitForm) -> UUID:
    given = form.cleaned_data
    return survivors.split_siblings(
        acting(request),
        case=case,
        others=tuple(UUID(each) for each in given["others"]),
        on=given["on"].first,
        reason=given["reason"],
    )


def _field(case: UUID) -> str:
    return f"bond-{case}"


def _saw_field(case: UUID) -> str:
    return f"saw-{case}"


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/siblings", draw_siblings, name="draw_siblings"),
    path("children/<uuid:case>/siblings/another", join_sibling, name="join_sibling"),
    path("children/<uuid:case>/siblings/split", split_siblings, name="split_siblings"),
]
