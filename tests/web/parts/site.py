"""A small site of test pages: every part once, a form that saves, and each kind of refusal."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from tahanan.access.actor import Actor
from tahanan.base.errors import Conflict, Invalid, Locked, NotFound, Refusal
from tahanan.web import forms

CLOSES = datetime(2099, 9, 2, 1, 12, tzinfo=UTC)
ACTOR = Actor(person=uuid.UUID(int=1), organisation=uuid.UUID(int=2), name="Lorna Abad")
SAVED: list[str] = []


class Parts(forms.Form):
    """Each kind of field once."""

    name = forms.Line("What does the child want to be called?", longest=20)
    secret = forms.Secret("Your six words", hint="With spaces.")
    text = forms.Passage("What did you see?", missing="Write what you saw, or go back")
    born = forms.Day(
        "When was Kiko born?",
        hint="For example, 27 3 2012. If you know only the year, leave the rest empty.",
        partial=True,
    )
    mended = forms.Day("What will stand")
    age = forms.Age("About how old?")
    sex = forms.One(
        "Girl or boy?",
        [("girl", "Girl"), ("boy", "Boy"), ("later", "Ask later")],
        missing="Choose girl, boy, or ask later",
    )
    how = forms.One(
        "How do you know?",
        [("paper", "A paper I have seen"), ("told", "Somebody told me")],
        hints={"paper": "A certificate, a blotter"},
    )
    parts = forms.Several(
        "Which parts do they need?",
        [("care", "Care"), ("justice", "Justice")],
        barred={"justice": "Therapy teams cannot be given Justice, whatever the consent."},
    )
    month = forms.Listed("Known on", [("3", "31 March 2020"), ("6", "30 June 2020")])
    sure = forms.Tick("I have read this")
    number = forms.Number("How many children?")


def parts(request: HttpRequest) -> HttpResponse:
    """The page of parts; posted, it says what is to be mended."""
    form = Parts(request.POST or None)
    context = {"form": form, "closes": CLOSES, "day": date(2020, 7, 6)}
    status = 200 if not form.is_bound or form.is_valid() else 422
    return render(request, "page.jinja", context, status=status)


class Note(forms.Form):
    """A form that saves."""

    text = forms.Line("What did you see?", missing="Write what you saw, or go back")


def note(request: HttpRequest) -> HttpResponse:
    """Saves what is typed once per key of sending, and goes back to the page."""
    form = Note(request.POST or None)
    if form.is_valid():
        if form.run not in SAVED:
            SAVED.append(form.run)
        return redirect("note")
    status = 422 if form.is_bound else 200
    return render(request, "note.jinja", {"form": form, "saved": len(SAVED)}, status=status)


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    """Raises the refusal that `kind` names."""
    raise {
        "hidden": NotFound(),
        "locked": Locked(),
        "conflict": Conflict("written-first", "Ruth wrote first."),
        "full": Refusal("full", "All %(places)s licensed places are taken.", places=12),
        "invalid": Invalid({"text": "Write what you saw."}),
    }[kind]


def fall(request: HttpRequest) -> HttpResponse:
    """Fails, as a fault of ours would."""
    raise RuntimeError("Maya Santos Dela Cruz")


class SignedIn:
    """Everybody is Lorna here, unless the address asks otherwise."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None if "out" in request.GET else ACTOR
        return self.get_response(request)


urlpatterns = [
    path("", include("tahanan.web.doors")),
    path("parts", parts, name="home"),
    path("note", note, name="note"),
    path("refuse/<str:kind>", refuse),
    path("fall", fall),
]
handler400 = "tahanan.web.errors.bad_request"
handler403 = "tahanan.web.errors.forbidden"
handler404 = "tahanan.web.errors.not_found"
handler500 = "tahanan.web.errors.failed"
