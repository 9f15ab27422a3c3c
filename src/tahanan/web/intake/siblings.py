"""Who belongs together: ticks and one answer draw a family."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import intake
from tahanan.casework.intake import Board, Family
from tahanan.records.vocabulary import Bond
from tahanan.web import words as said
from tahanan.web.forms import Form, One, Several
from tahanan.web.intake import words
from tahanan.web.intake.way import to
from tahanan.web.request import Request, acting, signed_in


class FamilyForm(Form):
    """Children, how they belong together, and who says so. A drawn family is one tick."""

    child = Several(
        gettext_lazy("Which belong together?"),
        [],
        missing=gettext_lazy("Choose at least two children who belong together."),
    )
    bond = One(
        gettext_lazy("How are they related?"),
        [
            (Bond.FULL.value, gettext_lazy("The same mother and father")),
            (Bond.HALF.value, gettext_lazy("Half-siblings")),
            (Bond.RAISED_TOGETHER.value, gettext_lazy("Raised together, not by blood")),
            (Bond.NOT_SURE.value, gettext_lazy("Not sure yet")),
        ],
        hints={
            Bond.HALF.value: gettext_lazy("One parent is the same."),
            Bond.RAISED_TOGETHER.value: gettext_lazy(
                "Cousins, stepchildren, a child of the house."
            ),
            Bond.NOT_SURE.value: gettext_lazy("They are kept together all the same."),
        },
        missing=gettext_lazy("Choose how they are related. “Not sure yet” is an answer."),
    )
    who = One(
        gettext_lazy("Who says so?"),
        [
            ("child", gettext_lazy("One of the children")),
            ("adult", gettext_lazy("A grown-up")),
            ("paper", gettext_lazy("A paper I have seen")),
        ],
    )

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """The children there are; `value` holds one id, or several joined by a space."""
        field = self.fields["child"]
        assert isinstance(field, Several)
        field.choices = choices

    @property
    def children(self) -> tuple[UUID, ...]:
        """Who was ticked."""
        return tuple(UUID(id) for value in self.cleaned_data["child"] for id in value.split())


@require_http_methods(["GET", "POST"])
@signed_in
def siblings(request: Request, removal: UUID) -> HttpResponse:
    """The families that are drawn, and the next one."""
    board = intake.board(request.actor, intake=removal)
    changed = _changed(request, board)
    form = (
        FamilyForm(request.POST)
        if request.method == "POST"
        else FamilyForm(initial=_initial(changed))
    )
    form.offer(_choices(board, changed))
    if request.method == "POST" and form.is_valid():
        try:
            intake.draw_family(
                acting(request),
                intake=removal,
                children=form.children,
                bond=Bond(form.cleaned_data["bond"]),
                says=form.cleaned_data["who"],
                anew=changed is not None,
            )
        except Invalid as fault:
            form.mend(fault)
        else:
            return to("intake-siblings", removal=removal)
    return _shown(request, board, changed, form)


@require_POST
@signed_in
def part(request: Request, removal: UUID) -> HttpResponse:
    """They are not one family after all."""
    children = tuple(_ids(" ".join(request.POST.getlist("child"))))
    intake.part_family(acting(request), intake=removal, children=children)
    return to("intake-siblings", removal=removal)


def _shown(
    request: Request, board: Board, changed: Family | None, form: FamilyForm
) -> HttpResponse:
    names = words.names_of(board)
    drawn = [family for family in board.families if family != changed]
    single = _singles(board, changed)
    return render(
        request,
        "intake/siblings.jinja",
        {
            "board": board,
            "standing": board.standing,
            "form": form,
            "families": drawn,
            "changed": changed,
            "names": names,
            "panes": {pane.id: pane for pane in board.panes},
            "sentence": lambda family: words.family_sentence(family, names),
            "joined": lambda family: said.joined([names[id] for id in family.children]),
            "drawn": _drawn(len(board.families)),
            "single": single,
            "unfiled": [pane for pane in board.panes if pane.case is None],
            "can_draw": len(single) + len(drawn) > 1,
        },
        status=422 if form.mends else 200,
    )


def _choices(board: Board, changed: Family | None) -> list[tuple[str, str]]:
    """Each child who stands alone, and each family as a whole; or the children of one family."""
    names = words.names_of(board)
    panes = {pane.id: pane for pane in board.panes}
    alone = [
        (
            str(id),
            _("%(name)s, %(words)s") % {"name": names[id], "words": words.pane_words(panes[id])},
        )
        for id in _singles(board, changed)
    ]
    if changed is not None:
        return alone
    whole = [
        (
            " ".join(map(str, family.children)),
            _("The family of %(names)s")
            % {"names": said.joined([names[id] for id in family.children])},
        )
        for family in board.families
    ]
    return [*alone, *(whole if alone or len(whole) > 1 else [])]


def _singles(board: Board, changed: Family | None) -> list[UUID]:
    """Children with a file who stand in no family; with those of the family that is drawn anew."""
    grouped = {id for family in board.families if family != changed for id in family.children}
    return [pane.id for pane in board.panes if pane.case and pane.mine and pane.id not in grouped]


def _changed(request: Request, board: Board) -> Family | None:
    """The family that is drawn anew, named by its first child in the address."""
    text = request.GET.get("family", "")
    return next((f for f in board.families if str(f.children[0]) == text), None) if text else None


def _initial(changed: Family | None) -> dict[str, object]:
    if changed is None:
        return {}
    return {
        "child": [str(id) for id in changed.children],
        "bond": changed.bond.value,
        "who": changed.says,
    }


def _drawn(number: int) -> str:
    if not number:
        return _("No family is drawn yet")
    sentence = ngettext("%(count)s family is drawn", "%(count)s families are drawn", number)
    return said.opening(sentence % {"count": said.count(number)})


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(each) for each in text.split()]
    except ValueError:
        raise NotFound from None
