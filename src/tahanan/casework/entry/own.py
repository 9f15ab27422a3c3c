"""One's own account: new words, a new phone, spare codes, devices, and the words of one's key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access.accounts import account_of, person_of
from tahanan.access.actor import Actor
from tahanan.access.visit import Visit
from tahanan.base import clock
from tahanan.base.errors import NotFound
from tahanan.casework.door import entry, query
from tahanan.casework.entry import factors, methods, proposals, sessions
from tahanan.casework.entry.language import language_of
from tahanan.casework.entry.proposals import Proposal
from tahanan.casework.entry.sessions import Found
from tahanan.casework.entry.shapes import Cookies, Refused
from tahanan.records.accounts import Unlock
from tahanan.records.models import Account, Device, Membership, Person, UnlockMethod
from tahanan.vault.passphrase import spoken
from tahanan.vault.secret import Secret


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A browser on which this account has signed in."""

    id: UUID
    since: date
    seen: date


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One's place in a team; `confirmed` once a colleague who holds the key has said yes."""

    team: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """`words` stand for one's public key, to be read to a colleague in person.

    `language` is the one she chose, or nothing.
    """

    name: str
    words: str
    places: tuple[OwnPlace, ...]
    devices: tuple[KnownDevice, ...]
    spare_left: int
    language: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Renewed(Secret):
    """What was new now counts: two new cookies, and spare codes where the phone is new."""

    cookies: Cookies
    spare_codes: tuple[str, ...] = ()


@query("own_account")
def own_account(visit: Visit) -> OwnAccount:
    """The actor's own account. Locked or not: there is nothing of a case on it."""
    account = account_of(visit.person)
    if account is None:
        raise NotFound
    name, public = Person.objects.values_list("name", "public").get(id=visit.person)
    places = Membership.objects.filter(person=visit.person, until_on__isnull=True)
    devices = Device.objects.filter(account=account).order_by("-seen_on", "id")
    return OwnAccount(
        name,
        spoken(bytes(public)) if public else "",
        tuple(
            OwnPlace(team, confirmed is not None)
            for team, confirmed in places.order_by("team__name").values_list(
                "team__name", "confirmed_on"
            )
        ),
        tuple(KnownDevice(*row) for row in devices.values_list("id", "since_on", "seen_on")),
        factors.spare_left(account.id),
        language_of(account),
    )


def propose(
    actor: Actor, *, cookies: Cookies, name: str, phrase: str, words: bool, phone: bool
) -> Proposal | Refused:
    """New words or a new phone, which do not count yet. Asks for the present words first.

    Who came in by the recovery code has none to give, and is asked for none.
    """
    found = sessions.find(cookies, clock.now())
    refused = _step_up(actor, found, phrase)
    if found is None or refused is not None:
        return refused or _over()
    return proposals.propose(found.id.bytes, name, clock.now(), words=words, phone=phone)


def reopen(cookies: Cookies, token: str) -> Proposal | None:
    """What was proposed in this session, to show it again."""
    return _proposed(cookies, token)[1]


def keep_words(actor: Actor, *, cookies: Cookies, token: str, phrase: str) -> Renewed | Refused:
    """The proposed words count from now on; every other session of the account is over."""
    found, proposal = _proposed(cookies, token)
    if found is None or found.private is None or proposal is None or proposal.words is None:
        return _over()
    if not proposal.written_down(phrase):
        return Refused("words", _("These are not the six words. Type them as you wrote them down."))
    prepared = methods.prepare(found.account.id, found.private, proposal.words)
    return _keep_words(actor, found=found, prepared=prepared)


def keep_phone(actor: Actor, *, cookies: Cookies, token: str, code: str) -> Renewed | Refused:
    """The proposed phone counts from now on, with ten new spare codes."""
    found, proposal = _proposed(cookies, token)
    if found is None or found.private is None or proposal is None or proposal.phone is None:
        return _over()
    if not proposal.phone_works(code):
        return Refused("code", _("That code does not fit. Wait for the next one, and type it."))
    return _keep_phone(actor, found=found, secret=proposal.phone.secret)


def new_spare_codes(actor: Actor, *, cookies: Cookies, phrase: str) -> tuple[str, ...] | Refused:
    """Ten new spare codes; those printed before are void."""
    found = sessions.find(cookies, clock.now())
    refused = _step_up(actor, found, phrase)
    if found is None or refused is not None:
        return refused or _over()
    return _new_spare_codes(actor, found=found)


@entry("forget_device")
def forget_device(visit: Visit, *, cookies: Cookies, device: UUID) -> Renewed | Refused:
    """The device is a stranger's from now on, and every other session is over."""
    found = sessions.find(cookies, visit.now)
    if found is None or found.private is None:
        return _over()
    _about(visit, found)
    Device.objects.filter(account=found.account, id=device).delete()
    return Renewed(_begin_anew(found, visit))


@entry("new_words")
def _keep_words(visit: Visit, *, found: Found, prepared: list[UnlockMethod]) -> Renewed:
    _about(visit, found)
    methods.keep(found.account.id, prepared)
    return Renewed(_begin_anew(found, visit))


@entry("new_phone")
def _keep_phone(visit: Visit, *, found: Found, secret: str) -> Renewed:
    _about(visit, found)
    codes = factors.set_up(found.account.id, secret)
    return Renewed(_begin_anew(found, visit, renew=found.known.renew), tuple(codes))


@entry("new_spare_codes")
def _new_spare_codes(visit: Visit, *, found: Found) -> tuple[str, ...]:
    _about(visit, found)
    return tuple(factors.new_spare_codes(found.account.id))


@entry("step_up")
def _wrong_words(visit: Visit, *, found: Found) -> Refused:
    _about(visit, found)
    visit.details["failed"] = "wrong"
    if not sessions.wrong_unlock(found):
        return _over()
    return Refused("wrong", _("These are not your words. Look at your card."))


def _step_up(actor: Actor, found: Found | None, phrase: str) -> Refused | None:
    if found is None or found.private is None:
        return _over()
    if found.known.renew:
        return None
    tried = methods.by_account(found.account, Unlock.WORDS, phrase)
    return None if tried.private is not None else _wrong_words(actor, found=found)


def _proposed(cookies: Cookies, token: str) -> tuple[Found | None, Proposal | None]:
    found = sessions.find(cookies, clock.now())
    if found is None:
        return None, None
    return found, proposals.reopen(token, found.id.bytes, clock.now())


def _begin_anew(found: Found, visit: Visit, renew: bool = False) -> Cookies:
    """Raise the epoch, which ends every session of the account, and begin this one again."""
    account = Account.objects.select_for_update().get(id=found.account.id)
    account.epoch += 1
    account.save(update_fields=["epoch"])
    sessions.end(found.id)
    assert found.private is not None
    return sessions.begin(
        account, found.private, found.known.device, visit.now, renew, started=found.known.started
    )


def _about(visit: Visit, found: Found) -> None:
    visit.details["about"] = str(person_of(found.account))


def _over() -> Refused:
    return Refused("ended", _("This took too long. Sign in and begin again."))
