"""The cast as a test holds it: people as actors, children as case ids, browsers signed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from unittest import mock
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from tests.cast import children, office
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.casework.entry import Opened
from tahanan.web import session


@dataclass(frozen=True)
class Cast:
    """Everybody by first name: `cast.ana` is an unlocked Actor, `cast.maya` the id of a case."""

    office: office.Office
    children: children.Children

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("office", "children"):
            raise AttributeError(name)
        if name in self.office.people:
            return self.office.actor(name)
        if name in self.children.cases:
            return self.children.cases[name]
        raise AttributeError(f"Nobody in the cast is called {name}.")

    @property
    def everybody(self) -> list[str]:
        """Every person's short name."""
        return list(self.office.people)

    def team(self, key: str) -> UUID:
        """A team by its short name."""
        return self.office.teams[key]

    def home(self, key: str = "amihan") -> UUID:
        """A facility by its short name."""
        return self.office.facilities[key]

    def operation(self, child: str) -> UUID:
        """The operation that brought this child, and her siblings, to safety."""
        return self.children.operations[child]

    def locked(self, actor: Actor) -> Actor:
        """The same person, signed in but locked."""
        return replace(actor, keys=None)

    def client(self, actor: Actor | None = None, **options: Any) -> Client:
        """A browser in which `actor` is signed in; without one, nobody is."""
        client = Client(**options)
        client.handler = _SignedIn(actor, client.handler.enforce_csrf_checks)
        return client


class _SignedIn(ClientHandler):
    """Answers as if the session's middleware had found this actor."""

    def __init__(self, actor: Actor | None, enforce_csrf_checks: bool) -> None:
        super().__init__(enforce_csrf_checks)
        self.actor = actor

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to `request`, which comes from the actor."""
        found = self.actor and Opened(self.actor, self.actor.person, renew=False)
        with mock.patch.object(session, "who", lambda _request: found):
            return super().get_response(request)


def build(house: House) -> Cast:
    """The whole cast, as a snapshot keeps it."""
    made = office.build()
    at_home = children.build(made)
    children.share_around(made, at_home)
    return Cast(made, at_home)
