"""Who brings in a history, at the machine itself: named there, with shut keys until she opens them.

Whoever may run a verb on the machine holds its key files already; what nobody there holds is a
team's key. So a new file is made without her words, and nothing that stands is opened without.
"""

from __future__ import annotations

from uuid import UUID

from tahanan.access.accounts import handle, person_of
from tahanan.access.actor import Actor
from tahanan.access.rules import OfficeAct, may_in_office
from tahanan.access.visit import Visit
from tahanan.casework.door import entry
from tahanan.casework.entry import methods, tries
from tahanan.casework.entry.acts import GATE, about, refuse_waiting, wrong
from tahanan.casework.entry.methods import Tried
from tahanan.casework.entry.opening import actor_of
from tahanan.casework.entry.shapes import Refused, Where
from tahanan.casework.entry.tries import Counted
from tahanan.records.accounts import Unlock
from tahanan.records.models import Account, Team
from tahanan.records.vocabulary import TeamKind

HERE = Where("replay")


def importer(name: str) -> Actor | None:
    """Who signs in by this name, her keys shut. None where nobody does, or she has left."""
    account = Account.objects.filter(handle=handle(name)).first()
    actor = actor_of(person_of(account), None) if account is not None else None
    return actor.importing() if actor is not None else None


def teams_of(actor: Actor) -> dict[UUID, str]:
    """Team → name, of the casework teams for which she may bring in a history."""
    own = {
        place.team
        for place in actor.memberships
        if place.kind is TeamKind.CASEWORK
        and may_in_office(place.relation, OfficeAct.IMPORT_HISTORY).allowed
    }
    return dict(Team.objects.filter(id__in=own).values_list("id", "name"))


def open_keys(*, name: str, phrase: str) -> Actor | Refused:
    """The same with her keys open, for her words; counted and slowed down like any sign-in."""
    named = handle(name)
    counted = tries.count_of(HERE, named)
    if counted.full:
        return refuse_waiting(GATE)
    tried = methods.by_handle(named, Unlock.WORDS, phrase)
    return _opened(GATE, tried=tried, counted=counted)


@entry("open_for_import")
def _opened(visit: Visit, *, tried: Tried, counted: Counted) -> Actor | Refused:
    about(visit, tried.about)
    visit.details["method"] = Unlock.WORDS.value
    actor = None
    if tried.account is not None and tried.private is not None:
        actor = actor_of(person_of(tried.account), tried.private)
    if actor is None:
        visit.details["failed"] = "wrong"
        tries.count_failure(counted, visit.today)
        return wrong(Unlock.WORDS)
    methods.strengthen(tried)
    return actor.importing()
