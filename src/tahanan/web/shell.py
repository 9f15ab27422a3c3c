"""What stands around every page: who is here, the main menu, the languages, the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tahanan.access.actor import Actor
from tahanan.access.rules import Act, Action, OfficeAct, may, may_act, may_in_office
from tahanan.base import clock
from tahanan.records.vocabulary import Compartment, Relation
from tahanan.web.words import language

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the main menu: `key` is what a page names as `here`."""

    key: str
    label: Words
    href: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language the page can be read in."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """All that `base.jinja` asks for."""

    demonstration: bool
    language: str
    languages: tuple[Language, ...]
    awaits_reader: bool
    who: str
    now: datetime
    nav: tuple[Entry, ...]
    home: str
    exit: str
    away: str
    sign_out: str
    account: str


def _has_cards(relation: Relation) -> bool:
    return may(relation, Compartment.CARD, Action.READ).allowed


def _looks_for_places(relation: Relation) -> bool:
    return may_act(relation, Act.ASK_FOR_PLACE).allowed


def _takes_in(relation: Relation) -> bool:
    return may_in_office(relation, OfficeAct.OPEN_INTAKE).allowed


def _invites(relation: Relation) -> bool:
    return may_in_office(relation, OfficeAct.INVITE).allowed


def _receives(relation: Relation) -> bool:
    return may_in_office(relation, OfficeAct.SEE_ADMISSIONS).allowed


def _keeps_homes(relation: Relation) -> bool:
    # Who looks for places finds the homes there.
    return _receives(relation) or may_in_office(relation, OfficeAct.EDIT_FACILITY).allowed


def _hears_noes(relation: Relation) -> bool:
    return may_in_office(relation, OfficeAct.HEAR_NEUTRAL_NO).allowed


def _sees_figures(relation: Relation) -> bool:
    return may_in_office(relation, OfficeAct.SEE_FIGURES).allowed


# The main menu, in its order: key, words, and whose it is by the rules; None is everybody's. The
# page has the key for its name.
_MENU: tuple[tuple[str, Words, Callable[[Relation], bool] | None], ...] = (
    ("home", _("Home"), None),
    ("cases", _("My children"), _has_cards),
    ("search", _("Find"), _has_cards),
    ("intake", _("Intake"), _takes_in),
    ("places", _("Places"), _looks_for_places),
    ("arrivals", _("Arrivals"), _receives),
    ("facilities", _("Homes"), _keeps_homes),
    ("neutral_noes", _("Homes that said no"), _hears_noes),
    ("figures", _("Figures"), _sees_figures),
    ("people", _("People"), _invites),
)

# What a person is called beside her name.
_CALLED: dict[str, Words] = {
    "case_manager": _("social worker"),
    "supervisor": _("supervisor"),
    "coworker": _("co-working team"),
    "facility_head": _("head of a home"),
    "facility_social_worker": _("social worker of a home"),
    "nurse": _("nurse"),
    "house_parent": _("house parent"),
    "guard": _("guard"),
    "therapist": _("therapist"),
    "legal_liaison": _("legal liaison"),
    "law_enforcement": _("law-enforcement liaison"),
    "church_focal": _("church focal person"),
    "safeguarding_lead": _("safeguarding lead"),
    "protection_officer": _("data protection officer"),
    "director": _("programme director"),
    "administrator": _("administrator"),
    "survivor": _("survivor"),
}
NAMES = {"en": "English", "fil": "Filipino", "ceb": "Cebuano"}


def called(relation: str) -> Words:
    """What somebody with this relation is called: “social worker”."""
    return _CALLED[relation]


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is signed in, set by the session's middleware; None on the way in."""
    found: Actor | None = getattr(request, "actor", None)
    return found


def address(name: str, **parts: object) -> str:
    """The address of the page `name`, or nothing where it is not mounted."""
    try:
        return reverse(name, kwargs=parts or None)
    except NoReverseMatch:
        return ""


def shell_of(request: HttpRequest) -> Shell:
    """The shell of this request's page."""
    actor, code = actor_of(request), language()
    return Shell(
        demonstration=settings.DEMONSTRATION,
        language=code,
        languages=tuple(
            Language(one, name, _language_link(request, one), one == code)
            for one, name in NAMES.items()
        ),
        awaits_reader=code != "en",
        who=_who(actor) if actor else "",
        now=clock.now(),
        nav=_menu(actor) if actor else (),
        home=address("home") or "/",
        exit=reverse("leave"),
        away=reverse("away"),
        sign_out=address("sign_out"),
        account=address("own_account"),
    )


def _language_link(request: HttpRequest, code: str) -> str:
    here = urlencode({"next": request.get_full_path()})
    return f"{reverse('language', kwargs={'code': code})}?{here}"


def _who(actor: Actor) -> str:
    words = next((_CALLED[one] for one in _CALLED if one in actor.relations), "")
    return f"{actor.name}, {words}" if words else actor.name


def _menu(actor: Actor) -> tuple[Entry, ...]:
    return tuple(
        Entry(key, label, href)
        for key, label, holds in _MENU
        if (holds is None or any(map(holds, actor.relations))) and (href := address(key))
    )
