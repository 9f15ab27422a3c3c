"""Sign-in and its like: each tried at the door, failures recorded as well."""

from __future__ import annotations

import os
import re
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access.accounts import handle, person_of
from tahanan.access.actor import Actor, system
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.casework.door import entry
from tahanan.casework.entry import factors, methods, sessions, tries
from tahanan.casework.entry.language import language_of
from tahanan.casework.entry.methods import Tried
from tahanan.casework.entry.sessions import Found
from tahanan.casework.entry.shapes import Cookies, Refused, SignedIn, Waiting, Where
from tahanan.casework.entry.tries import Counted
from tahanan.records.accounts import Unlock
from tahanan.records.models import Account, Device

GATE = system("gate")
_NOBODY = UUID(int=0)
_TOKEN = re.compile(r"[0-9a-f]{64}")


def sign_in(actor: Actor, *, name: str, phrase: str, where: Where) -> Waiting | Refused:
    """The first step: sign-in name and passphrase. Gives the cookies of a waiting unlock."""
    return _first_step(actor, name, Unlock.WORDS, phrase, where)


def recover(actor: Actor, *, name: str, code: str, where: Where) -> Waiting | Refused:
    """The first step with the printed recovery code, by somebody who forgot her words."""
    return _first_step(actor, name, Unlock.RECOVERY, code, where)


def _first_step(
    actor: Actor, name: str, kind: Unlock, typed: str, where: Where
) -> Waiting | Refused:
    named = handle(name)
    counted = tries.count_of(where, named)
    if counted.full:
        return refuse_waiting(actor)
    # Before the door: a derivation inside its transaction would hold SQLite's one writer.
    return _answer(actor, tried=methods.by_handle(named, kind, typed), kind=kind, counted=counted)


@entry("sign_in")
def _answer(visit: Visit, *, tried: Tried, kind: Unlock, counted: Counted) -> Waiting | Refused:
    about(visit, tried.about)
    visit.details["method"] = kind.value
    if tried.account is None or tried.private is None:
        visit.details["failed"] = "wrong"
        tries.count_failure(counted, visit.today)
        return wrong(kind)
    methods.strengthen(tried)
    return Waiting(sessions.begin_waiting(tried.account, kind, tried.private, visit.now))


@entry("sign_in")
def refuse_waiting(visit: Visit) -> Refused:
    """Tried too often from here."""
    about(visit, None)
    visit.details["failed"] = "wait"
    return Refused(
        "wait",
        _(
            "Too many tries from here. Wait ten minutes, or use a device on which you have signed "
            "in before. Nobody else is kept waiting by this."
        ),
    )


@entry("second_factor")
def second_factor(visit: Visit, *, cookies: Cookies, code: str, where: Where) -> SignedIn | Refused:
    """The second step: the code from the phone, or a spare code. Gives two new cookies."""
    waited = sessions.waiting(cookies, visit.now)
    about(visit, waited.account if waited else None)
    if waited is None:
        visit.details["failed"] = "ended"
        return _ended()
    if not factors.accepts(waited.account.id, code):
        visit.details["failed"] = "wrong"
        return _wrong_code() if sessions.wrong_code(waited) else _ended()
    device, token = _device(waited.account, where, visit)
    promoted = sessions.promote(waited, device.hex, visit.now)
    if promoted is None:
        visit.details["failed"] = "ended"
        return _ended()
    renew = waited.method is Unlock.RECOVERY
    return SignedIn(promoted, token, renew, language_of(waited.account))


def unlock(actor: Actor, *, cookies: Cookies, phrase: str) -> SignedIn | Refused:
    """Turn the key again in a locked session. The fifth wrong passphrase ends it."""
    found = sessions.find(cookies, clock.now())
    tried = methods.by_account(found.account, Unlock.WORDS, phrase) if found else None
    return _unlock(actor, cookies=cookies, tried=tried)


@entry("unlock")
def _unlock(visit: Visit, *, cookies: Cookies, tried: Tried | None) -> SignedIn | Refused:
    found = sessions.find(cookies, visit.now)
    about(visit, found.account if found else None)
    if found is None or tried is None:
        visit.details["failed"] = "ended"
        return _ended()
    if tried.account is None or tried.private is None:
        visit.details["failed"] = "wrong"
        return wrong(Unlock.WORDS) if sessions.wrong_unlock(found) else _ended()
    methods.strengthen(tried)
    return SignedIn(sessions.unlock(found, tried.private, cookies, visit.now), None, renew=False)


@entry("lock")
def lock(visit: Visit, *, cookies: Cookies) -> None:
    """Stay signed in, open nothing: for somebody who steps away."""
    found = _found(visit, cookies)
    if found is not None:
        sessions.lock(found)


@entry("sign_out")
def sign_out(visit: Visit, *, cookies: Cookies) -> None:
    """End the session and all it holds, here and now."""
    found = _found(visit, cookies)
    if found is not None:
        sessions.end(found.id)


@entry("change_person")
def change_person(visit: Visit, *, cookies: Cookies) -> None:
    """On a shared computer: end this person's session, for the next to come in."""
    found = _found(visit, cookies)
    if found is not None:
        sessions.end(found.id)


def _found(visit: Visit, cookies: Cookies) -> Found | None:
    found = sessions.find(cookies, visit.now)
    about(visit, found.account if found else None)
    return found


def _device(account: Account, where: Where, visit: Visit) -> tuple[UUID, str | None]:
    """The device this is, and its token when it has none yet.

    At a shared computer the one token serves every account, under another digest for each.
    """
    token = where.device if _TOKEN.fullmatch(where.device) else os.urandom(32).hex()
    mark = tries.device_mark(token, bytes(account.handle))
    known = Device.objects.filter(token=mark).first()
    if known is not None:
        if known.seen_on != visit.today:
            known.seen_on = visit.today
            known.save(update_fields=["seen_on"])
        return known.id, None
    made = Device(account=account, token=mark, since_on=visit.today, seen_on=visit.today)
    made.save(force_insert=True)
    return made.id, None if token == where.device else token


def about(visit: Visit, account: Account | None) -> None:
    """Say in the entry whose account it is about."""
    # An id of the same length whoever it was: the sealed body's size tells nothing.
    visit.details["about"] = str(person_of(account) if account else _NOBODY)


def wrong(kind: Unlock) -> Refused:
    """The same words for an unknown name and for a wrong secret."""
    if kind is Unlock.RECOVERY:
        return Refused("wrong", _("That name and recovery code do not fit. Look at your card."))
    return Refused(
        "wrong", _("That name and passphrase do not fit. Look at your card, and type both again.")
    )


def _wrong_code() -> Refused:
    return Refused("wrong", _("That code does not fit. Wait for the next one, and type it."))


def _ended() -> Refused:
    return Refused("ended", _("This took too long, or too many tries. Begin again."))
