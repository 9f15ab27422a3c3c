"""One pass through the door: who, when, and what was opened on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from tahanan.access import links
from tahanan.access.actor import Actor, Membership
from tahanan.base import clock
from tahanan.base.errors import Locked
from tahanan.records.fields import TeamLink, TenantLink
from tahanan.records.vocabulary import FACILITY_TEAMS, Compartment


@dataclass
class Visit:
    """What one command, query or entry knows of itself. Made by the door alone.

    `about` is the one case a page is about, though it names others beside: a child's page, where
    her sisters and brothers stand as well. `not_before`: nothing is recorded behind it, once asked.
    """

    actor: Actor
    verb: str
    now: datetime = field(default_factory=clock.now)
    known_at: datetime | None = None
    not_before: datetime | None = None
    looks: dict[UUID, set[Compartment]] = field(default_factory=dict)
    subjects: set[UUID] = field(default_factory=set)
    about: UUID | None = None
    team: UUID | None = None
    details: dict[str, object] = field(default_factory=dict)
    sealed_halves: dict[UUID, bytes] = field(default_factory=dict, repr=False)

    @property
    def today(self) -> date:
        """The Manila day of this visit."""
        return clock.manila_day(self.now)

    @property
    def known(self) -> datetime:
        """When what this visit records was known: now, or earlier where that may be said.

        Earlier only in the late entry of a numbered paper pack, in an import, or while the
        demonstration is built; the ledger says so.
        """
        return self.known_at or self.actor.known_at or self.now

    @property
    def back_dated(self) -> bool:
        """Whether `known` is more than a minute behind the server's own clock."""
        return (clock.real() - self.known).total_seconds() > 60

    @cached_property
    def tenant(self) -> TenantLink:
        """The mark every row of this installation carries."""
        return links.tenant()

    @cached_property
    def team_links(self) -> dict[TeamLink, Membership]:
        """Every link under which an open grant of one of the actor's teams may stand."""
        found: dict[TeamLink, Membership] = {}
        for membership in self.actor.memberships:
            if membership.kind in FACILITY_TEAMS:
                for scope in links.months(self.today):
                    found[links.GRANT_HOME.close(membership.team, scope)] = membership
            else:
                found[links.GRANT_TEAM.close(membership.team)] = membership
        return found

    @cached_property
    def wall_links(self) -> list[TeamLink]:
        """Every link by which the database itself lets this visit see: grants, intakes, requests.

        A column of team links that is not listed here reads as empty on PostgreSQL.
        """
        teams = {membership.team for membership in self.actor.memberships}
        return [*self.team_links, *(links.INTAKE_TEAM.close(team) for team in teams)]

    def note_look(self, case: UUID, compartment: Compartment, team: UUID) -> None:
        """Remember that plaintext of this compartment may leave the door. Only `keys` calls it."""
        self.looks.setdefault(case, set()).add(compartment)
        self.team = team

    def note_subject(self, case: UUID) -> None:
        """Remember whom this visit is about."""
        self.subjects.add(case)

    def must_be_unlocked(self) -> None:
        """Raises Locked for somebody signed in whose keys are not open."""
        if self.actor.locked:
            raise Locked

    @property
    def person(self) -> UUID:
        """The acting person. A part of the system has none, and may not do what asks for one."""
        if self.actor.person is None:
            raise Locked
        return self.actor.person
