"""A page with one form about a child; and the page that shows two versions and lets one choose."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from markupsafe import Markup, escape

from tahanan.base.errors import Conflict, Invalid
from tahanan.casework.door import TypedAgain
from tahanan.web.forms import RUN, Form, run_key
from tahanan.web.held import BY

Words = str | Promise

SEEN, CHOICE = "seen", "choice"
THEIRS, MINE, BOTH = "theirs", "mine", "both"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page with a form says around it.

    `looks`: field → how it is drawn. `carried`: hidden values. `follows`: what follows the act.
    `beside`: the title and text of what is read while writing.
    `tab`: the window's title, where the page's own names somebody whom no history may keep.
    """

    title: str
    lead: str
    button: str
    name: str
    looks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    carried: Mapping[str, object] = field(default_factory=dict)
    follows: tuple[str, ...] = ()
    careful: bool = False
    beside: tuple[str, str] | None = None
    tab: str = ""


def show(
    request: HttpRequest,
    case: UUID,
    form: Form,
    ask: Ask,
    template: str = "child/form.jinja",
    more: Mapping[str, object] = MappingProxyType({}),
) -> HttpResponse:
    """The page of one form; 422 when something in it is to be mended. `more`: for its template."""
    context = {"case": case, "form": form, "ask": ask, "action": request.get_full_path(), **more}
    return render(request, template, context, status=422 if form.mends else 200)


def saved(form: Form, save: Callable[[], object]) -> bool:
    """Whether `save` went through; what it found to mend is then said in the form."""
    if not form.is_valid():
        return False
    try:
        save()
    except Invalid as fault:
        form.mend(fault)
        return False
    return True


def sent(form: Form, save: Callable[[], object]) -> bool:
    """As `saved`; who typed again into a saved form finds her words in it, to send anew."""
    try:
        return saved(form, save)
    except TypedAgain as again:
        form.add_error(None, again.sentence)
        form.run = run_key()
        return False


def seen_of(request: HttpRequest) -> UUID | None:
    """The version the sender had before her, as her form carried it."""
    try:
        return UUID(request.POST.get(SEEN, ""))
    except ValueError:
        return None


def is_opening(request: HttpRequest) -> bool:
    """Whether a POST opens the form (a press in a pane) rather than sends it."""
    return request.method == "POST" and RUN not in request.POST


# -- two versions ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """One of the versions side by side: a short fact, fields, or a text with marks."""

    title: str
    words: str = ""
    fact: str = ""
    fields: tuple[tuple[str, str, bool], ...] = ()
    text: Markup | str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Versions:
    """The page of two versions. `seen`: the version that stands and was now read.

    `choices`: value, words, and what happens then. `name`: words of the way back. `same`: fields
    that are alike in every version and therefore left out. `also`: hidden values that stand in for
    those of the form.
    """

    title: str
    columns: tuple[Column, ...]
    seen: UUID | None
    choices: tuple[tuple[str, str, str], ...]
    name: str
    same: int = 0
    also: Mapping[str, object] = field(default_factory=dict)


def show_versions(request: HttpRequest, case: UUID, page: Versions) -> HttpResponse:
    """Both versions, with all that was typed carried along: nothing is lost, nothing saved yet."""
    left_out = {RUN, SEEN, CHOICE, BY, "csrfmiddlewaretoken", *page.also}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]
    context = {
        "case": case,
        "versions": page,
        "carried": [*typed, *page.also.items(), (SEEN, page.seen or ""), (RUN, run_key())],
        "action": request.get_full_path(),
    }
    return render(request, "child/versions.jinja", context, status=Conflict.status)


def differing_fields(
    before: Mapping[str, str] | None, after: Mapping[str, str], labels: Mapping[str, Words]
) -> tuple[tuple[str, str, bool], ...]:
    """Each field of `labels`: its label, its value, whether it differs from what stood before."""
    base = before or {}
    return tuple(
        (str(label), after[name], after[name] != base.get(name, ""))
        for name, label in labels.items()
    )


def marked(before: str, after: str) -> Markup:
    """The text `after`, with the words that are not in `before` marked."""
    old, new = before.split(" "), after.split(" ")
    found = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    parts: list[Markup] = []
    for tag, _i, _j, first, last in found.get_opcodes():
        words = escape(" ".join(new[first:last]))
        if words and tag != "equal":
            words = Markup("<mark>{}</mark>").format(words)
        if words:
            parts.append(words)
    return Markup(" ").join(parts)
