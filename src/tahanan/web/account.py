"""One's own account: new words, a new phone, spare codes, devices."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tahanan.casework import entry
from tahanan.casework.entry import GATE, Proposal, Refused, Renewed
from tahanan.web import session
from tahanan.web.doors import keep_language
from tahanan.web.entry import CODE_MISSING, WORDS_MISSING, begin_again
from tahanan.web.forms import Form, Line, One, Secret
from tahanan.web.qr import qr
from tahanan.web.request import Request, even_locked, posted, signed_in
from tahanan.web.shell import NAMES
from tahanan.web.words import language


class PresentWordsForm(Form):
    """The words of now, before they or a factor are changed."""

    phrase = Secret(
        lazy("Your six words, as they are now"),
        hint=lazy("So that nobody changes them who finds this page open."),
        missing=WORDS_MISSING,
    )
    label = Line(
        lazy("A name for your phone’s list"),
        hint=lazy("Your phone shows it beside the code. Your sign-in name will do."),
        longest=40,
    )


class TypedBackForm(Form):
    """The proposed words, typed back from paper."""

    phrase = Secret(
        lazy("Type your new six words, from your paper"),
        hint=lazy("If you cannot read them back, you could not come in with them either."),
        missing=WORDS_MISSING,
    )


class PhoneCodeForm(Form):
    """A code of the proposed phone."""

    code = Line(
        lazy("Code from the new phone"),
        hint=lazy("The six digits it shows now for Tahanan."),
        missing=CODE_MISSING,
        longest=20,
    )


class LanguageForm(Form):
    """The language of the pages, wherever one signs in."""

    language = One(
        lazy("In which language do you read?"),
        tuple(NAMES.items()),
        missing=lazy("Choose a language."),
    )


@require_GET
@even_locked
def own_account(request: Request) -> HttpResponse:
    """What stands in one's own account."""
    return _account_page(request, None)


@require_POST
@even_locked
def own_language(request: Request) -> HttpResponseBase:
    """Keep the language with the account: it is the same on every computer."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _account_page(request, form)
    code = form.cleaned_data["language"]
    entry.choose_language(GATE, cookies=request.cookies, code=code)
    response = redirect("own_account")
    keep_language(response, code)
    return response


def _account_page(request: Request, form: LanguageForm | None) -> HttpResponse:
    account = entry.own_account(request.actor)
    return render(
        request,
        "account/account.jinja",
        {
            "account": account,
            "locked": request.actor.locked,
            "form": form or LanguageForm(initial={"language": account.language or language()}),
        },
        status=422 if form else 200,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def new_words(request: Request) -> HttpResponseBase:
    """Ask for new words: the present ones first, unless the recovery code was used."""
    renew = bool(getattr(request, "renew", False))
    form = PresentWordsForm(posted(request))
    del form.fields["label"]
    if renew:
        del form.fields["phrase"]
    if form.is_valid():
        said = entry.propose(
            GATE,
            cookies=request.cookies,
            name="",
            phrase=form.cleaned_data.get("phrase", ""),
            words=True,
            phone=False,
        )
        if isinstance(said, Proposal):
            return _show_words(request, said, TypedBackForm(), renew)
        if said.code == "ended":
            return begin_again()
        form.add_error("phrase", said.sentence)
    context = {"form": form, "renew": renew}
    return render(request, "account/words.jinja", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def keep_words(request: Request) -> HttpResponseBase:
    """The new words count once they have been typed back."""
    token = request.POST.get("token", "")
    form = TypedBackForm(request.POST)
    if form.is_valid():
        said = entry.keep_words(
            GATE, cookies=request.cookies, token=token, phrase=form.cleaned_data["phrase"]
        )
        if isinstance(said, Renewed):
            return _renewed(request, said, redirect("own_account"))
        if said.code == "ended":
            return begin_again()
        form.add_error("phrase", said.sentence)
    proposal = entry.reopen(request.cookies, token)
    if proposal is None:
        return begin_again()
    return _show_words(request, proposal, form, bool(getattr(request, "renew", False)))


@require_http_methods(["GET", "POST"])
@signed_in
def new_phone(request: Request) -> HttpResponseBase:
    """Ask for a new phone's secret."""
    form = PresentWordsForm(posted(request))
    if form.is_valid():
        said = entry.propose(
            GATE,
            cookies=request.cookies,
            name=form.cleaned_data["label"] or request.actor.name,
            phrase=form.cleaned_data["phrase"],
            words=False,
            phone=True,
        )
        if isinstance(said, Proposal):
            return _show_phone(request, said, PhoneCodeForm())
        if said.code == "ended":
            return begin_again()
        form.add_error("phrase", said.sentence)
    return render(
        request, "account/phone.jinja", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
@signed_in
def keep_phone(request: Request) -> HttpResponseBase:
    """The new phone counts once it has shown a code."""
    token = request.POST.get("token", "")
    form = PhoneCodeForm(request.POST)
    if form.is_valid():
        said = entry.keep_phone(
            GATE, cookies=request.cookies, token=token, code=form.cleaned_data["code"]
        )
        if isinstance(said, Renewed):
            page = render(request, "account/spare.jinja", {"codes": said.spare_codes})
            return _renewed(request, said, page)
        if said.code == "ended":
            return begin_again()
        form.add_error("code", said.sentence)
    proposal = entry.reopen(request.cookies, token)
    return begin_again() if proposal is None else _show_phone(request, proposal, form)


@require_http_methods(["GET", "POST"])
@signed_in
def spare_codes(request: Request) -> HttpResponseBase:
    """Ten new spare codes, shown once."""
    form = PresentWordsForm(posted(request))
    del form.fields["label"]
    if form.is_valid():
        said = entry.new_spare_codes(
            GATE, cookies=request.cookies, phrase=form.cleaned_data["phrase"]
        )
        if not isinstance(said, Refused):
            return render(request, "account/spare.jinja", {"codes": said})
        if said.code == "ended":
            return begin_again()
        form.add_error("phrase", said.sentence)
    return render(
        request, "account/spare_ask.jinja", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
@signed_in
def forget_device(request: Request, device: UUID) -> HttpResponseBase:
    """Make a device a stranger again; every session elsewhere ends."""
    said = entry.forget_device(GATE, cookies=request.cookies, device=device)
    if isinstance(said, Renewed):
        return _renewed(request, said, redirect("own_account"))
    return begin_again()


def _show_words(
    request: Request, proposal: Proposal, form: TypedBackForm, renew: bool
) -> HttpResponse:
    context = {"form": form, "proposal": proposal, "renew": renew}
    status = 422 if form.errors else 200
    return render(request, "account/words_shown.jinja", context, status=status)


def _show_phone(request: Request, proposal: Proposal, form: PhoneCodeForm) -> HttpResponse:
    drawn = qr(proposal.phone.address) if proposal.phone else None
    context = {"form": form, "proposal": proposal, "qr": drawn}
    status = 422 if form.errors else 200
    return render(request, "account/phone_shown.jinja", context, status=status)


def _renewed(
    request: HttpRequest, said: Renewed, response: HttpResponse | HttpResponseRedirect
) -> HttpResponseBase:
    session.keep(response, said.cookies)
    rotate_token(request)
    return response


urlpatterns: list[URLPattern] = [
    path("account", own_account, name="own_account"),
    path("account/language", own_language, name="own_language"),
    path("account/words", new_words, name="new_words"),
    path("account/words/keep", keep_words, name="keep_words"),
    path("account/phone", new_phone, name="new_phone"),
    path("account/phone/keep", keep_phone, name="keep_phone"),
    path("account/spare-codes", spare_codes, name="spare_codes"),
    path("account/devices/<uuid:device>/forget", forget_device, name="forget_device"),
]
