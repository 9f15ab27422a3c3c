"""Exclusions that nobody declares: a suspect's name borne by somebody who works or lives in a home.

No name stands anywhere but where it was written (DESIGN §5), so the comparison is made by whoever
next may open Justice: when a suspect is written, whenever a place is asked for, and behind the
first page after somebody came in (decision 0012). The whole family is excluded; why is sealed as a
note in Justice, and everybody else reads the neutral no.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, links, scope
from tahanan.access.actor import Actor, Membership
from tahanan.access.rules import Action, may
from tahanan.access.visit import Visit
from tahanan.base.errors import NotFound, Refusal
from tahanan.casework import exclusions, facts, survivors, texts
from tahanan.casework.door import command, query
from tahanan.casework.notes import NOTE
from tahanan.matching.bearers import Bearers
from tahanan.records import models
from tahanan.records.models import Facility, HouseholdMember, Note, Suspicion
from tahanan.records.vocabulary import FACILITY_TEAMS, Compartment

SUSPECT = "suspect"
# Of so many children, those named for last, whoever comes in compares the suspects.
CASES_AT_MOST = 2_000
AGAIN_AFTER = 600.0


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody who works or lives in a home today."""

    home: UUID
    who: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """A suspect of a child's, and somebody of a home who bears the name. Names stay in memory."""

    case: UUID
    suspect: UUID
    bearer: Bearer

    @property
    def mark(self) -> tuple[str, str, str]:
        """What a note in Justice remembers the match by."""
        return self.bearer.home.hex, self.bearer.who.hex, self.suspect.hex


@dataclass(frozen=True, slots=True)
class Found:
    """A match by its ids alone, for whoever writes it down."""

    case: UUID
    facility: UUID
    who: UUID


# Team → when it last began to compare, and the people it compared.
_begun: dict[UUID, float] = {}
_compared: dict[UUID, frozenset[tuple[UUID, UUID]]] = {}


# ── behind the first page ───────────────────────────────────────────────────────────────────


def due(actor: Actor) -> bool:
    """Whether homes may have new people since a team of the actor's last began to compare."""
    since = time.monotonic() - AGAIN_AFTER
    teams = [each.team for each in _comparers(actor)]
    return not actor.locked and any(_begun.get(team, since) <= since for team in teams)


def compare_homes(actor: Actor) -> int:
    """Compare who is new in a home with the suspects of the actor's cases; write down what agrees.

    Which people a team compared stays in this process: a row that says it would tell who reads
    whose names, and comparing again costs little. Gives how many were written.
    """
    _begun.update(dict.fromkeys((each.team for each in _comparers(actor)), time.monotonic()))
    found = homes_to_compare(actor)
    for each in found:
        exclude_bearer(actor, case=each.case, facility=each.facility, who=each.who)
    return len(found)


@query("warm_index")
def homes_to_compare(visit: Visit) -> tuple[Found, ...]:
    """Matches with people whom the actor's teams did not compare before in this process.

    No plaintext leaves the door, so nothing is noted as a look.
    """
    visit.must_be_unlocked()
    people = _bearers(visit)
    now = frozenset((each.home, each.who) for each in people)
    teams = [each.team for each in _comparers(visit.actor)]
    before = [_compared[team] for team in teams if team in _compared]
    known = frozenset.intersection(*before) if len(before) == len(teams) > 0 else frozenset()
    fresh = tuple(each for each in people if (each.home, each.who) not in known)
    found = _matches(visit, _suspected(visit), fresh) if fresh and teams else []
    _compared.update(dict.fromkeys(teams, now))
    said = {(each.case, each.bearer.home, each.bearer.who): None for each in found}
    return tuple(Found(*each) for each in said)


# In the plain columns a note like any other, as where an exclusion is declared by hand.
@command("write_note")
def exclude_bearer(visit: Visit, *, case: UUID, facility: UUID, who: UUID) -> UUID:
    """This home cannot take this family: one of its people bears the name of a suspect of hers.

    Compared once more; NotFound where no name agrees. Gives the case.
    """
    gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE)
    people = tuple(each for each in _bearers(visit) if (each.home, each.who) == (facility, who))
    found = _matches(visit, [case], people)
    if not found:
        raise NotFound
    _exclude(visit, found)
    return case


def forget() -> None:
    """Drop what was compared: between tests."""
    _begun.clear()
    _compared.clear()


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def compare_suspect(visit: Visit, cases: Iterable[UUID]) -> None:
    """After a suspect was written for these children: exclude the homes of who bears the name."""
    _exclude(visit, _matches(visit, cases, _bearers(visit)))


def cannot(visit: Visit, families: Mapping[UUID, Iterable[UUID]]) -> dict[UUID, frozenset[UUID]]:
    """Case → homes with somebody who bears the name of a suspect of her family. Writes nothing."""
    wanted = {each for family in families.values() for each in family}
    homes: dict[UUID, set[UUID]] = {}
    for match in _matches(visit, wanted, _bearers(visit)):
        homes.setdefault(match.case, set()).add(match.bearer.home)
    return {
        case: frozenset(home for each in family for home in homes.get(each, ()))
        for case, family in families.items()
    }


def lift(visit: Visit, family: Iterable[UUID], home: UUID, text: str) -> None:
    """Take a home from a family's list; what agreed until now is set aside, and why is noted."""
    wanted = sorted(family)
    people = tuple(each for each in _bearers(visit) if each.home == home)
    marks = sorted({match.mark for match in _matches(visit, wanted, people)})
    exclusions.lift(wanted, home)
    for case in wanted:
        note(visit, case, {"text": text, "lifted": marks})


def note(visit: Visit, case: UUID, said: Mapping[str, object]) -> UUID:
    """Why, as a note in Justice of one child."""
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.JUSTICE, Action.WRITE))
    row = facts.add(
        visit,
        Note,
        case_id=case,
        compartment=Compartment.JUSTICE,
        happened_on=visit.today,
        happened_until=visit.today,
    )
    texts.write(visit, secret, NOTE, row, said)
    return row


def _comparers(actor: Actor) -> list[Membership]:
    """Memberships through which suspects are read and what agrees is written down."""
    return [
        each
        for each in actor.memberships
        if all(may(each.relation, Compartment.JUSTICE, action).allowed for action in Action)
    ]


def _suspected(visit: Visit) -> list[UUID]:
    """The children of the actor's for whom somebody is named, newest first."""
    held = scope.open_grants(visit).filter(
        team__in=visit.team_links, compartment=Compartment.JUSTICE
    )
    rows = facts.standing(Suspicion).filter(case__in=held.values("case_id")).order_by("-id")
    return list(dict.fromkeys(rows.values_list("case_id", flat=True)[: CASES_AT_MOST * 2]))[
        :CASES_AT_MOST
    ]


def _bearers(visit: Visit) -> tuple[Bearer, ...]:
    """Everybody who works or lives in a home today."""
    staff = models.Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=visit.today),
        team__kind__in=FACILITY_TEAMS,
        team__facility__isnull=False,
        person__left_on__isnull=True,
    )
    household = HouseholdMember.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=visit.today))
    columns = ("team__facility_id", "person_id", "person__name")
    return tuple(
        sorted(
            {
                *(Bearer(*row) for row in staff.values_list(*columns)),
                *(Bearer(*row) for row in household.values_list("facility_id", "id", "name")),
            },
            key=lambda each: (each.home, each.who),
        )
    )


# One list of people, the last: no name stays longer than the next question.
@lru_cache(maxsize=1)
def _index(people: tuple[Bearer, ...]) -> Bearers[Bearer]:
    return Bearers((each, each.name) for each in people)


def _matches(visit: Visit, cases: Iterable[UUID], people: tuple[Bearer, ...]) -> list[Match]:
    """Every suspect who stands named in an opened Justice, with every bearer not set aside."""
    passed = scope.among(visit, cases, Compartment.JUSTICE)
    secrets = keys.open_to_compare(visit, passed.values())
    rows = facts.standing(Suspicion).filter(case__in=list(secrets))
    suspect_of = {row: links.SUSPECT.open(link) for row, link in rows.values_list("id", "suspect")}
    pieces = texts.read_every(secrets, (SUSPECT, NOTE))
    lifted = {
        tuple(mark)
        for said in pieces.values()
        for piece in said
        for mark in piece.content.get("lifted", ())
    }
    index = _index(people)
    found = [
        Match(case, suspect_of[piece.of], bearer)
        for case, said in pieces.items()
        for piece in said
        if piece.kind == SUSPECT and piece.of in suspect_of
        for bearer in index.bearing(piece.content["name"], piece.content["aliases"])
    ]
    return [match for match in found if match.mark not in lifted]


def _exclude(visit: Visit, found: list[Match]) -> None:
    """The whole family of each child is excluded; why is noted once in each file that may be
    written.
    """
    families = survivors.family_cases(visit, {match.case for match in found}, Compartment.JUSTICE)
    noted = _noted(visit, {case for family in families.values() for case in family})
    names = dict(
        Facility.objects.filter(id__in={match.bearer.home for match in found}).values_list(
            "id", "name"
        )
    )
    for match in found:
        family = sorted(families[match.case])
        exclusions.put(family, frozenset({match.bearer.home}))
        for case in family:
            if match.mark not in noted.setdefault(case, set()):
                noted[case].add(match.mark)
                _note_match(visit, case, match, names[match.bearer.home])


def _noted(visit: Visit, cases: Iterable[UUID]) -> dict[UUID, set[tuple[str, ...]]]:
    passed = scope.among(visit, cases, Compartment.JUSTICE)
    pieces = texts.read_every(keys.open_to_compare(visit, passed.values()), (NOTE,))
    return {
        case: {tuple(piece.content["match"]) for piece in said if "match" in piece.content}
        for case, said in pieces.items()
    }


def _note_match(visit: Visit, case: UUID, match: Match, home: str) -> None:
    words = _(
        "%(home)s cannot take this child. %(who)s, who works or lives there, bears the name of "
        "somebody who is suspected. If they are two people, the safeguarding lead lifts this."
    )
    text = words % {"home": home, "who": match.bearer.name}
    try:
        note(visit, case, {"text": text, "match": match.mark})
    except Refusal:
        # A sister whose Justice the actor may read and not write: she is excluded all the same.
        return
