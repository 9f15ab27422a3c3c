"""Coming in, unlocking, changing person and going out."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tahanan.casework import entry
from tahanan.casework.entry import GATE, Refused, SignedIn, Waiting
from tahanan.web import doors, errors, held, session
from tahanan.web.doors import own_address
from tahanan.web.forms import RUN, Form, Line, Secret
from tahanan.web.request import Request, even_locked, posted
from tahanan.web.session import open_to_all
from tahanan.web.window import window

_WAIT_SECONDS = 600

NAME_MISSING = lazy("Type your sign-in name. It is on your card.")
WORDS_MISSING = lazy("Type the six words of your passphrase.")
CODE_MISSING = lazy("Type the code.")
_KEPT = lazy(
    "You were signed out. What you wrote is kept, sealed, in this page: sign in, and go on."
)


class SignInForm(Form):
    """Name and passphrase."""

    who = Line(
        lazy("Your sign-in name"),
        hint=lazy("It is on your card. You need no e-mail address."),
        missing=NAME_MISSING,
    )
    passphrase = Secret(
        lazy("Passphrase"),
        hint=lazy(
            "The six words you were given, with spaces. It unlocks your team’s cases, so nobody "
            "can send it to you again."
        ),
        missing=WORDS_MISSING,
    )


class RecoveryForm(Form):
    """Name and printed recovery code."""

    who = Line(lazy("Your sign-in name"), hint=lazy("It is on your card."), missing=NAME_MISSING)
    code = Line(
        lazy("Recovery code"),
        hint=lazy("Seven groups of four, from your printed card. Capitals do not matter."),
        missing=lazy("Type the recovery code from your card."),
    )


class CodeForm(Form):
    """The second step."""

    code = Line(
        lazy("Code from your phone"),
        hint=lazy("Six digits. Without your phone, type one of your spare codes: eight digits."),
        missing=CODE_MISSING,
        longest=20,
    )


@open_to_all
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The first step."""
    onward = own_address(request.POST.get("next") or request.GET.get("next", "/"))
    if RUN in request.POST and request.path != reverse("sign_in"):
        # A form of another page, whose session is over.
        return _signed_out(request, held.came_from(request))
    if getattr(request, "actor", None) is not None:
        return held.bring_back(request, held.of(request)) or redirect(onward)
    form = SignInForm(posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        said = entry.sign_in(
            GATE, name=typed["who"], phrase=typed["passphrase"], where=session.where(request)
        )
        if isinstance(said, Waiting):
            return _to_code(said, onward, request)
        form.add_error("passphrase", said.sentence)
        return _sign_in_page(request, form, onward, said)
    return _sign_in_page(request, form, onward)


@open_to_all
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponseBase:
    """The first step, by somebody who forgot her words."""
    form = RecoveryForm(posted(request))
    refused = None
    if form.is_valid():
        typed = form.cleaned_data
        said = entry.recover(
            GATE, name=typed["who"], code=typed["code"], where=session.where(request)
        )
        if isinstance(said, Waiting):
            return _to_code(said, "/", request)
        form.add_error("code", said.sentence)
        refused = said
    return _answer(render(request, "entry/recover.jinja", {"form": form}), form, refused)


@open_to_all
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponseBase:
    """The second step."""
    onward = own_address(request.POST.get("next") or request.GET.get("next", "/"))
    cookies = session.cookies_of(request)
    if not cookies.session:
        return redirect("sign_in")
    form = CodeForm(posted(request))
    if form.is_valid():
        said = entry.second_factor(
            GATE,
            cookies=cookies,
            code=form.cleaned_data["code"],
            where=session.where(request),
        )
        if isinstance(said, SignedIn):
            rotate_token(request)
            return _come_in(request, said, onward)
        if said.code == "ended":
            return _signed_out(request, onward) if held.of(request) else begin_again()
        form.add_error("code", said.sentence)
    return _answer(_code_page(request, form, onward), form)


@require_http_methods(["GET", "POST"])
@even_locked
def unlock(request: Request) -> HttpResponseBase:
    """Turn the key again."""
    onward = own_address(request.POST.get("next") or request.GET.get("next", "/"))
    if not request.actor.locked:
        return held.bring_back(request, held.of(request)) or redirect(onward)
    phrase = request.POST.get("passphrase", "")
    if request.method == "GET":
        return errors.locked(request, onward)
    if not phrase:
        return errors.locked(request, onward, str(WORDS_MISSING))
    said = entry.unlock(GATE, cookies=request.cookies, phrase=phrase)
    if isinstance(said, SignedIn):
        return _come_in(request, said, onward)
    if said.code == "ended":
        return _signed_out(request, onward) if held.of(request) else begin_again()
    return errors.locked(request, onward, said.sentence)


@require_POST
@even_locked
def lock(request: Request) -> HttpResponse:
    """Stay signed in, open nothing."""
    entry.lock(GATE, cookies=request.cookies)
    return redirect("unlock")


@open_to_all
@require_GET
def cannot_unlock(request: HttpRequest) -> HttpResponse:
    """What one can do without the six words, or without the phone."""
    return render(request, "entry/cannot.jinja")


@require_http_methods(["GET", "POST"])
@even_locked
def sign_out(request: Request) -> HttpResponse:
    """End the session; `then` says whether the next person is waiting at this computer."""
    if request.method == "GET":
        return render(request, "entry/sign_out.jinja")
    change = request.POST.get("then") == "change"
    (entry.change_person if change else entry.sign_out)(GATE, cookies=request.cookies)
    response = HttpResponseRedirect(f"{reverse('sign_in')}?said={'change' if change else 'out'}")
    session.drop(response)
    return response


def begin_again() -> HttpResponseRedirect:
    """To the sign-in page, which says that this took too long.

    The cookies stay: if the button was pressed twice, the first press may have set new ones.
    """
    return HttpResponseRedirect(f"{reverse('sign_in')}?said=ended")


def _signed_out(request: HttpRequest, onward: str) -> HttpResponse:
    """The session is over, and a form was sent: it is carried along until she is in again."""
    session.nobody(request)
    response = _sign_in_page(request, SignInForm(), onward)
    response.status_code = 401
    return response


def _sign_in_page(
    request: HttpRequest, form: SignInForm, onward: str, refused: Refused | None = None
) -> HttpResponse:
    token = held.of(request)
    said = (
        _KEPT
        if token and not form.is_bound
        else {
            "out": _("You are signed out. Nothing of a case is left on this device."),
            "change": _("The one before you is signed out, and nothing of theirs is left here."),
            "ended": _("That took too long, or had too many tries. Begin again."),
            "made": _("Your account is made. Sign in with what you wrote down."),
        }.get(request.GET.get("said", ""), "")
    )
    context = {"form": form, "next": onward, "said": said, "window": window(), "held": token}
    return _answer(render(request, "entry/sign_in.jinja", context), form, refused)


def _answer(response: HttpResponse, form: Form, refused: Refused | None = None) -> HttpResponse:
    if refused is not None and refused.code == "wait":
        response.status_code = 429
        response.headers["Retry-After"] = str(_WAIT_SECONDS)
    elif form.is_bound:
        response.status_code = 422
    return response


def _to_code(said: Waiting, onward: str, request: HttpRequest) -> HttpResponse:
    address = reverse("code")
    if onward != "/":
        address += "?" + urlencode({"next": onward})
    carries = bool(held.of(request))
    # What is carried along would be lost in a redirect.
    response = _code_page(request, CodeForm(), onward) if carries else HttpResponseRedirect(address)
    session.keep(response, said.cookies)
    return response


def _code_page(request: HttpRequest, form: CodeForm, onward: str) -> HttpResponse:
    context = {"form": form, "next": onward, "held": held.of(request)}
    return render(request, "entry/code.jinja", context)


def _come_in(request: HttpRequest, said: SignedIn, onward: str) -> HttpResponseBase:
    back: HttpResponseBase | None = None
    if not said.renew and (token := held.of(request)):
        session.let_in(request, said.cookies)
        back = held.bring_back(request, token)
    response = back or HttpResponseRedirect(reverse("new_words") if said.renew else onward)
    session.keep(response, said.cookies, said.device)
    if said.language:
        doors.keep_language(response, said.language)
    return response


urlpatterns: list[URLPattern] = [
    path("sign-in", sign_in, name="sign_in"),
    path("sign-in/code", code, name="code"),
    path("sign-in/recovery", recover, name="recover"),
    path("unlock", unlock, name="unlock"),
    path("unlock/help", cannot_unlock, name="cannot_unlock"),
    path("lock", lock, name="lock"),
    path("sign-out", sign_out, name="sign_out"),
]
