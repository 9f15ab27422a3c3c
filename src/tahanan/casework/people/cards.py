"""The printed card: made by an administrator, turned into an account by the one who holds it.

Each room has its own transaction: the person's public half belongs to the office, the account to
the gate, and nothing in either says that they came at the same moment.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from tahanan.access import installation, links
from tahanan.access.accounts import INVITATION_PERSON, account_of, digest, handle
from tahanan.access.actor import Actor
from tahanan.access.visit import Visit
from tahanan.base import clock, ids
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework.door import entry
from tahanan.casework.entry import factors, methods, proposals, tries
from tahanan.casework.entry.proposals import Proposal
from tahanan.casework.entry.shapes import NewWords, Refused, Where
from tahanan.casework.people import steps
from tahanan.casework.people.shapes import Accepted, Card
from tahanan.records.models import (
    Account,
    Device,
    Invitation,
    Membership,
    Person,
    Team,
    TeamKeyShare,
    UnlockMethod,
)
from tahanan.records.vocabulary import TeamKind
from tahanan.vault import pairs
from tahanan.vault.passphrase import normalise
from tahanan.vault.secret import Secret

GOOD_FOR = timedelta(days=7)
_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXY"
_GROUPS, _GROUP = 4, 4


@entry("make_card")
def make_card(visit: Visit, *, person: UUID, sign_in_name: str) -> Card:
    """A card for a colleague; one made before is void. Gives the code, which is kept nowhere.

    For one who has an account already it makes her anew: what she could open, a colleague must
    hand her again. Raises Invalid for a sign-in name that is somebody else's.
    """
    found = _invitable(visit, person)
    named = handle(sign_in_name)
    if len(sign_in_name.strip()) < 3:
        raise Invalid({"sign_in_name": _("Write a sign-in name of three letters or more.")})
    _refuse_taken(named, found.id)
    for row in Invitation.objects.all():
        if _person(row) == found.id or row.until_on < visit.today:
            row.delete()
    code, until, id = _new_code(), visit.today + GOOD_FOR, ids.uuid4()
    Invitation(
        id=id,
        code=_code_digest(code),
        handle=named,
        person=INVITATION_PERSON.close(found.id, links.row(id)),
        until_on=until,
    ).save(force_insert=True)
    visit.details["about"] = str(found.id)
    return Card(found.id, found.name, sign_in_name.strip(), code, until)


def read_card(actor: Actor, *, name: str, code: str, where: Where) -> Proposal | Refused:
    """Name and code from the card: gives new words and a new phone, which do not count yet."""
    counted = tries.count_of(where, handle(name))
    if counted.full:
        return _wait(actor)
    invitation = _valid(name, code)
    if invitation is None:
        return _no_such_card(actor, counted=counted)
    return proposals.propose(_bound(code), name.strip(), clock.now(), words=True, phone=True)


def reopen_card(code: str, token: str) -> Proposal | None:
    """What was proposed for this card, to show it again."""
    return proposals.reopen(token, _bound(code), clock.now())


def accept_invitation(
    actor: Actor, *, name: str, code: str, token: str, phrase: str, phone_code: str
) -> Accepted | Refused:
    """Make the account: the words typed back from paper, the code from the new phone."""
    invitation = _valid(name, code)
    proposal = proposals.reopen(token, _bound(code), clock.now())
    if invitation is None or proposal is None or proposal.words is None or proposal.phone is None:
        return Refused("ended", _("This card is used, or its time is over. Ask for a new one."))
    if not proposal.written_down(phrase):
        return Refused("words", _("These are not the six words. Type them as you wrote them down."))
    if not proposal.phone_works(phone_code):
        return Refused("code", _("That code does not fit. Wait for the next one, and type it."))
    new = _New(_person(invitation), handle(name), proposal.words, proposal.phone.secret)
    return _come_in(actor, new, invitation.id)


def set_up(
    actor: Actor, *, person: UUID, sign_in_name: str, words: NewWords, secret: str
) -> Accepted:
    """An account with secrets known beforehand, in a demonstration or a test and nowhere else."""
    if actor.system is None or not (settings.DEMONSTRATION or settings.TESTS):
        raise NotFound
    return _come_in(actor, _New(person, handle(sign_in_name), words, secret), None)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class _New(Secret):
    """An account about to be made, with a fresh pair."""

    person: UUID
    handle: bytes
    words: NewWords
    phone: str


def _come_in(actor: Actor, new: _New, invitation: UUID | None) -> Accepted:
    pair = pairs.new_pair()
    before = account_of(new.person)
    account = before.id if before else ids.uuid4()
    prepared = methods.prepare(account, pair.private, new.words)
    name = _take_public_half(actor, person=new.person, public=pair.public)
    codes = _open_account(actor, account=account, new=new, prepared=prepared, invitation=invitation)
    _found_keys(actor, person=new.person)
    return Accepted(name, tuple(codes))


@entry("accept_invitation")
def _take_public_half(visit: Visit, *, person: UUID, public: bytes) -> str:
    """The office's part: the signed public half. What the person held before must be given anew."""
    found = Person.objects.get(id=person, left_on__isnull=True)
    signed = pairs.sign_public(installation.roots().registrar_seed, person, "person", public)
    found.public, found.public_signature = signed.public, signed.signature
    found.save(update_fields=["public", "public_signature"])
    places = Membership.objects.filter(steps.open_places(visit.today), person=person)
    places.update(confirmed_on=None, confirmed_by=None)
    for team in Team.objects.filter(memberships__in=places, kind=TeamKind.ADMINISTRATION):
        _let_last_administrator_begin_anew(team, person)
    visit.details["about"] = str(person)
    return found.name


def _let_last_administrator_begin_anew(team: Team, person: UUID) -> None:
    # Nothing is ever granted to this team, so a new key loses nothing; without one, an
    # organisation whose only administrator lost her card and her phone would stay shut.
    if not TeamKeyShare.objects.filter(team=team).exclude(person=person).exists():
        TeamKeyShare.objects.filter(team=team).delete()
        team.public = team.public_signature = team.private_wrap = None
        team.save(update_fields=["public", "public_signature", "private_wrap"])


@entry("accept_invitation")
def _open_account(
    visit: Visit,
    *,
    account: UUID,
    new: _New,
    prepared: list[UnlockMethod],
    invitation: UUID | None,
) -> list[str]:
    """The gate's part: the account with both ways in, and the phone."""
    row = Account.objects.filter(id=account).first()
    if row is None:
        link = links.ACCOUNT_PERSON.close(new.person, links.row(account))
        Account(id=account, handle=new.handle, person=link).save(force_insert=True)
    else:
        row.handle, row.epoch = new.handle, row.epoch + 1
        row.save(update_fields=["handle", "epoch"])
        Device.objects.filter(account=row).delete()
    methods.keep(account, prepared)
    if invitation is not None:
        Invitation.objects.filter(id=invitation).delete()
    visit.details["about"] = str(new.person)
    return factors.set_up(account, new.phone)


@entry("accept_invitation")
def _found_keys(visit: Visit, *, person: UUID) -> None:
    """The office again: teams that have no key yet get one, with their first member."""
    found = Person.objects.get(id=person)
    places = Membership.objects.filter(steps.open_places(visit.today), person=person)
    for team in Team.objects.filter(memberships__in=places, public__isnull=True).distinct():
        steps.found_key(team, found, visit.today)
    visit.details["about"] = str(person)


@entry("accept_invitation")
def _no_such_card(visit: Visit, *, counted: tries.Counted) -> Refused:
    visit.details["failed"] = "wrong"
    tries.count_failure(counted, visit.today)
    return Refused("wrong", _("That name and code do not fit. Look at your card."))


@entry("accept_invitation")
def _wait(visit: Visit) -> Refused:
    visit.details["failed"] = "wait"
    return Refused("wait", _("Too many tries from here. Wait ten minutes."))


def _invitable(visit: Visit, person: UUID) -> Person:
    if visit.actor.system is None:
        return steps.own_person(visit, person)
    found = Person.objects.filter(id=person, left_on__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def _refuse_taken(named: bytes, person: UUID) -> None:
    own = account_of(person)
    accounts = Account.objects.filter(handle=named)
    if own is not None:
        accounts = accounts.exclude(id=own.id)
    waiting = Invitation.objects.filter(handle=named, until_on__gte=clock.today())
    if accounts.exists() or any(_person(row) != person for row in waiting):
        raise Invalid({"sign_in_name": _("This sign-in name is somebody else’s. Add a letter.")})


def _valid(name: str, code: str) -> Invitation | None:
    return Invitation.objects.filter(
        code=_code_digest(code), handle=handle(name), until_on__gte=clock.today()
    ).first()


def _person(invitation: Invitation) -> UUID:
    return INVITATION_PERSON.open(invitation.person, links.row(invitation.id))


def _new_code() -> str:
    """Sixteen symbols (77 bits) in four groups."""
    drawn = [secrets.choice(_SYMBOLS) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(drawn[at : at + _GROUP]) for at in range(0, len(drawn), _GROUP))


def _meant(code: str) -> bytes:
    return normalise(code).upper().translate(str.maketrans("ZU", "2V")).encode()


def _code_digest(code: str) -> bytes:
    return digest("card", _meant(code))


def _bound(code: str) -> bytes:
    return digest("card-proposal", _meant(code))
