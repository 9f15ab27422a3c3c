"""What every form of Justice shares: opened by a press, taken back, two versions side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from tahanan.casework.justice import Before
from tahanan.records.vocabulary import Compartment
from tahanan.web import child_form, words
from tahanan.web.child_form import CHOICE, MINE, SEEN, THEIRS, Ask, Column, Versions
from tahanan.web.child_page import back_to
from tahanan.web.forms import Form
from tahanan.web.request import Request

TEMPLATE = "child/justice_form.jinja"


@dataclass(frozen=True, slots=True)
class Back:
    """What may be taken back beside its form: where to, in which words, or why it may not."""

    href: str
    title: str
    button: str
    barred: str = ""


def sent(request: Request) -> QueryDict | None:
    """What a form is bound to: nothing where a press in the pane only opens it."""
    return None if child_form.is_opening(request) else request.POST


def keeps_theirs(request: Request) -> bool:
    """Whether she chose, of two versions, to keep what stands."""
    return request.POST.get(CHOICE) == THEIRS


def kept(case: UUID) -> HttpResponse:
    """Back to the child: nothing was changed."""
    return back_to(case, "kept", Compartment.JUSTICE)


def done(case: UUID, said: str) -> HttpResponse:
    """Back to the child, saying what is now true."""
    return back_to(case, said, Compartment.JUSTICE)


def saves(request: Request, form: Form, save: Callable[[], object]) -> bool:
    """Whether the form was sent and went through."""
    return sent(request) is not None and child_form.sent(form, save)


def show(
    request: Request, before: Before, form: Form, ask: Ask, back: Back | None = None
) -> HttpResponse:
    """The form, and beneath it what may be taken back."""
    return child_form.show(request, before.child.case, form, ask, TEMPLATE, {"back": back})


def name_of(before: Before) -> str:
    """What the child is called."""
    return words.called(before.child.card)


def carried(row: UUID | None) -> dict[str, object]:
    """The row that the form was drawn from."""
    return {SEEN: row}


def two(
    request: Request,
    before: Before,
    title: str,
    form: Form,
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
) -> HttpResponse:
    """What stands now beside what was typed; only what differs, with all of it carried along."""
    differ = [name for name in theirs if theirs[name] != mine[name]]
    labels = {name: str(form.fields[name].label) for name in differ}
    page = Versions(
        title,
        (
            Column(_("What stands now"), fields=child_form.differing_fields(mine, theirs, labels)),
            Column(
                _("You, not saved yet"),
                fields=child_form.differing_fields(theirs, mine, labels),
                mine=True,
            ),
        ),
        before.row,
        (
            (THEIRS, _("Keep what stands"), _("What you typed is not saved.")),
            (MINE, _("Put mine after it"), _("What stands now is kept in the history.")),
        ),
        name_of(before),
        same=len(theirs) - len(differ),
    )
    return child_form.show_versions(request, before.child.case, page)
