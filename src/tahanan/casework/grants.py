"""Grants: who holds a key to which compartment; given, ended, and locked anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tahanan.access import gate, keys, links, scope
from tahanan.access.keys import CompartmentSecret
from tahanan.access.passed import Passed
from tahanan.access.rules import Act, Action, compartments_of
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import NotFound, Refusal
from tahanan.casework.door import command, query
from tahanan.records.fields import TeamLink
from tahanan.records.models import CompartmentKey, Grant, Sealed, Team
from tahanan.records.vocabulary import FACILITY_TEAMS, Compartment, Purpose, TeamKind
from tahanan.vault import suites

# ── shapes ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sight:
    """One team's sight of a case: which compartments, for what, until when.

    `name` is empty for the team of a home that is not the actor's: a home's name is whereabouts.
    """

    team: UUID
    name: str
    kind: TeamKind
    compartments: tuple[Compartment, ...]
    purpose: Purpose
    from_on: date
    until_on: date | None
    mine: bool


@dataclass(frozen=True, slots=True)
class TherapyTeam:
    """A therapy team and its organisation, by name."""

    id: UUID
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Terms:
    """On what a grant rests: its purpose, legal basis, end, and who holds the case in the team."""

    purpose: Purpose
    basis: UUID | None = None
    until_on: date | None = None
    holder: UUID | None = None


# ── queries ─────────────────────────────────────────────────────────────────────────────────


@query("see_grants")
def who_can_see(visit: Visit, *, case: UUID) -> list[Sight]:
    """Every team with a key to some part of this case."""
    gate.act(visit, case, Act.SEE_GRANTS)
    return sights(visit, case)


@query("about_to")
def therapists(visit: Visit, *, case: UUID) -> list[TherapyTeam]:
    """The therapy teams that can be called for this case: open ones with a key."""
    gate.act(visit, case, Act.CALL_THERAPIST)
    _refuse_called(case)
    rows = Team.objects.filter(kind=TeamKind.THERAPY, ended_on__isnull=True).exclude(public=None)
    columns = ("id", "name", "organisation__name")
    return [TherapyTeam(*row) for row in rows.order_by("name").values_list(*columns)]


# ── commands ────────────────────────────────────────────────────────────────────────────────


@command("call_therapist")
def call_therapist(visit: Visit, *, case: UUID, team: UUID, basis: UUID | None = None) -> UUID:
    """Give a therapy team the card, care, and a therapy compartment only it can open."""
    gate.act(visit, case, Act.CALL_THERAPIST)
    called = Team.objects.filter(id=team, kind=TeamKind.THERAPY, ended_on__isnull=True).first()
    if called is None:
        raise NotFound
    _refuse_called(case)
    terms = Terms(Purpose.THERAPY, basis)
    for compartment in (Compartment.CARD, Compartment.CARE):
        passed = gate.pass_(visit, case, compartment, Action.WRITE)
        give(visit, keys.open(visit, passed), called, terms)
    give(visit, make(visit, case, Compartment.THERAPY), called, terms)
    return case


@command("renew_keys")
def renew_keys(visit: Visit, *, case: UUID) -> UUID:
    """Lock anew every compartment that is due and that the actor can open."""
    writes = gate.view(visit, case).writes
    visit.note_subject(case)
    for compartment in sorted(due(case) & writes):
        rekey(visit, gate.pass_(visit, case, compartment, Action.WRITE))
    return case


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def make(visit: Visit, case: UUID, compartment: Compartment) -> CompartmentSecret:
    """A compartment with its first key. The caller gives it to teams and forgets it."""
    secret = keys.fresh(case, compartment)
    CompartmentKey(
        tenant=visit.tenant, case_id=case, compartment=compartment, version=secret.version,
        commitment=suites.commitment(secret.key),
    ).save(force_insert=True)  # fmt: skip
    return secret


def give(visit: Visit, secret: CompartmentSecret, team: Team, terms: Terms) -> UUID:
    """A grant row carrying the wrapped key; for another team, sealed to its signed public half.

    Raises Refusal for a team whose members may read no such compartment.
    """
    kind = TeamKind(team.kind)
    if secret.compartment not in compartments_of(kind):
        raise Refusal("not-for-team", _("That team may not be given this part of a record."))
    id = ids.uuid7()
    holder = None
    if terms.holder is not None:
        holder = links.grant_person(team.id).close(terms.holder)
    Grant(
        id=id, tenant=visit.tenant, case_id=secret.case, compartment=secret.compartment,
        version=secret.version, team=team_link(kind, team.id, visit.today), via=kind,
        holder=holder, basis_id=terms.basis, purpose=terms.purpose, from_on=visit.today,
        until_on=terms.until_on, wrap=_wrap(visit, secret, team),
    ).save(force_insert=True)  # fmt: skip
    return id


def end(visit: Visit, grants: Iterable[UUID]) -> None:
    """End grants: the key is gone from the row, and a facility's link opens with its row alone."""
    own = {membership.team for membership in visit.actor.memberships}
    ending = {
        grant: team_of(grant.id, TeamKind(grant.via), grant.team, grant.from_on)
        for grant in Grant.objects.filter(id__in=list(grants), ended_on__isnull=True).defer("wrap")
    }
    # The actor's own come last: without them the database shows her none of the others.
    for grant, team in sorted(ending.items(), key=lambda each: each[1] in own):
        if grant.via in FACILITY_TEAMS:
            grant.team = links.GRANT_HOME.close(team, links.row(grant.id))
        grant.ended_on, grant.wrap = visit.today, b""
        grant.save(update_fields=["team", "ended_on", "wrap"])


def held_by(visit: Visit, case: UUID, teams: Iterable[UUID]) -> dict[UUID, Compartment]:
    """The open grants that these teams hold on a case: grant → compartment."""
    wanted = set(teams)
    rows = scope.open_grants(visit).filter(case=case).order_by("id").defer("wrap")
    return {
        grant.id: Compartment(grant.compartment) for grant in rows if team_behind(grant) in wanted
    }


def rekey(visit: Visit, passed: Passed) -> None:
    """A new key for one compartment: every piece sealed anew, every standing grant wrapped anew.

    Locks all grant rows of the compartment in id order before it reads keys or records; every
    write locks its own. Without this 54 of 60 notes were lost (architecture-review §3.1).
    """
    rows = scope.open_grants(visit).filter(case=passed.case, compartment=passed.compartment)
    rows = rows.order_by("id")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    list(rows)
    # Whoever gave a grant held one of these locks, so a second reading finds what she added.
    grants = list(rows.all())
    # The key is read again under the lock: another re-key may have come between.
    proof = gate.pass_(visit, passed.case, passed.compartment, Action.WRITE)
    old = keys.open(visit, proof)
    new = keys.fresh(old.case, old.compartment, old.version + 1)
    _seal_anew(old, new)
    CompartmentKey.objects.filter(case=old.case, compartment=old.compartment).update(
        version=new.version, commitment=suites.commitment(new.key), rekey_due=False
    )
    teams = Team.objects.in_bulk([team_behind(grant) for grant in grants])
    for grant in grants:
        grant.version, grant.wrap = new.version, _wrap(visit, new, teams[team_behind(grant)])
        grant.save(update_fields=["version", "wrap"])


def mark_due(case: UUID, compartments: Iterable[Compartment]) -> None:
    """The next holder locks these anew: whoever ended the grant could not."""
    CompartmentKey.objects.filter(case=case, compartment__in=list(compartments)).update(
        rekey_due=True
    )


def due(case: UUID) -> set[Compartment]:
    """Compartments that wait for a new key."""
    waiting = CompartmentKey.objects.filter(case=case, rekey_due=True)
    return {Compartment(code) for code in waiting.values_list("compartment", flat=True)}


def sights(visit: Visit, case: UUID) -> list[Sight]:
    """Every team that holds an open grant on `case`, with what it opens."""
    return sights_of(visit, scope.open_grants(visit).filter(case=case).order_by("id").defer("wrap"))


def sights_of(visit: Visit, grants: Iterable[Grant]) -> list[Sight]:
    """The same, from grants that were read already."""
    found: dict[UUID, list[Grant]] = {}
    for grant in grants:
        found.setdefault(team_behind(grant), []).append(grant)
    teams = Team.objects.in_bulk(list(found))
    mine = {membership.team for membership in visit.actor.memberships}
    return [_sight(teams[team], held, team in mine) for team, held in found.items()]


def team_link(kind: TeamKind, team: UUID, from_on: date) -> TeamLink:
    """The link an open grant carries: column scope, or the month of its start for a facility."""
    if kind in FACILITY_TEAMS:
        return links.GRANT_HOME.close(team, links.month(from_on))
    return links.GRANT_TEAM.close(team)


def team_of(grant: UUID, kind: TeamKind, link: TeamLink, from_on: date) -> UUID:
    """The team an open grant's link stands for."""
    if kind in FACILITY_TEAMS:
        return links.GRANT_HOME.open(link, links.month(from_on))
    return links.GRANT_TEAM.open(link)


def team_behind(grant: Grant) -> UUID:
    """The team of an open grant."""
    return team_of(grant.id, TeamKind(grant.via), grant.team, grant.from_on)


def _refuse_called(case: UUID) -> None:
    if CompartmentKey.objects.filter(case=case, compartment=Compartment.THERAPY).exists():
        raise Refusal("has-therapist", _("A therapy team holds this part already."))


def _wrap(visit: Visit, secret: CompartmentSecret, team: Team) -> bytes:
    own = visit.actor.keys.teams if visit.actor.keys else {}
    if team.id in own:
        return keys.wrap_for_team(secret, team.id, own[team.id][0])
    return keys.seal_for_team(secret, team)


def _seal_anew(old: CompartmentSecret, new: CompartmentSecret) -> None:
    rows = Sealed.objects.filter(case=old.case, compartment=old.compartment)
    changed = []
    for row in rows.iterator(chunk_size=500):
        plaintext = old.read(row.id, row.kind, row.of, bytes(row.ciphertext))
        row.ciphertext = new.write(row.id, row.kind, row.of, plaintext)
        row.version = new.version
        changed.append(row)
    Sealed.objects.bulk_update(changed, ["ciphertext", "version"], batch_size=200)


def _sight(team: Team, grants: list[Grant], mine: bool) -> Sight:
    held = {Compartment(grant.compartment) for grant in grants}
    ends = [grant.until_on for grant in grants if grant.until_on is not None]
    hidden = TeamKind(team.kind) in FACILITY_TEAMS and not mine
    return Sight(
        team.id,
        "" if hidden else team.name,
        TeamKind(team.kind),
        tuple(code for code in Compartment if code in held),
        Purpose(grants[0].purpose),
        min(grant.from_on for grant in grants),
        min(ends) if ends else None,
        mine,
    )
