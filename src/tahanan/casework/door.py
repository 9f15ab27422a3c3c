"""The one door: every change a command, every look a query, every sign-in an entry.

It adds the transaction, the walls, the idempotency of a form pressed twice, and the ledger row.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from tahanan.access import installation
from tahanan.access.actor import Actor, system
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, Invalid, Refusal
from tahanan.casework import knowing, ledger
from tahanan.records.models import Run
from tahanan.records.walls.session import admit
from tahanan.vault.suites import context, keyed_digest

P = ParamSpec("P")
R = TypeVar("R")

_TRIES = 4
# What two presses at once, and two who draw the same children, may break.
_CROSSED = ("run_once", "records_run", "siblinglink_once", "samechild_once", "publication_once")


class _Inside(threading.local):
    """What this thread's door is doing: one act, and whether it is one of several that are one."""

    def __init__(self) -> None:
        self.verb: str | None = None
        self.together: Together | None = None


_inside = _Inside()


class Together:
    """Several commands in one transaction; `refused`: the one that ended it."""

    def __init__(self) -> None:
        self.refused: tuple[Visit, Refusal] | None = None


class TypedAgain(Conflict):
    """The same form came back with other content: Back was pressed and something else typed."""

    def __init__(self, result: UUID | None) -> None:
        super().__init__(
            "typed-again",
            _(
                "You saved this form before, with other words. Nothing was lost: "
                "look at both, and save again if both are wanted."
            ),
            standing=result,
        )


class Command(Generic[P]):
    """A change. Called as ``write_note(actor, case=…)``; gives the id of what was made or changed.

    One transaction, one ledger row. With `actor.run`, the same form pressed again gives the same
    id and does nothing; with other content it raises `TypedAgain`.
    """

    def __init__(self, verb: str, body: Callable[Concatenate[Visit, P], UUID]) -> None:
        self.verb = verb
        self.body = body
        functools.update_wrapper(self, body)

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> UUID:
        """Do it, or raise a Refusal; a failure in the middle leaves everything as before."""
        with _alone(self.verb):
            visit = Visit(actor, self.verb)
            try:
                return self._tried(visit, args, kwargs)
            except Refusal as refusal:
                if _inside.together is not None:
                    # All is rolled back first: `together` writes it down.
                    _inside.together.refused = (visit, refusal)
                else:
                    _record_refusal(visit, refusal)
                raise

    def _tried(self, visit: Visit, args: tuple[object, ...], kwargs: dict[str, object]) -> UUID:
        for attempt in range(1, _TRIES + 1):
            try:
                return self._once(visit, args, kwargs)
            except (IntegrityError, OperationalError) as error:
                # Two presses at once, or two workers crossing: the loser looks again.
                once = _inside.together is not None
                if once or attempt == _TRIES or not _worth_another_try(error):
                    raise
                visit = Visit(visit.actor, self.verb)
        raise AssertionError("unreachable")

    def _once(self, visit: Visit, args: tuple[object, ...], kwargs: dict[str, object]) -> UUID:
        with _writing(visit):
            knowing.must_be_sound(visit)
            run = _Run.of(visit, args, kwargs)
            if run is not None and (done := run.before()) is not None:
                return done
            result = self.body(visit, *args, **kwargs)  # type: ignore[arg-type]
            if run is not None:
                run.keep(result)
            ledger.append(visit, ledger.CHANGE, result=str(result))
        return result


class Query(Generic[P, R]):
    """A look: one snapshot, then its entry is committed, then the shape leaves."""

    def __init__(self, verb: str, body: Callable[Concatenate[Visit, P], R], always: bool) -> None:
        self.verb = verb
        self.body = body
        self.always = always
        functools.update_wrapper(self, body)

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        """The shape, or a Refusal. What was opened is on record before it is returned."""
        with _alone(self.verb, by_itself=True):
            visit = Visit(actor, self.verb)
            try:
                with _snapshot(visit):
                    shape = self.body(visit, *args, **kwargs)
            except Refusal as refusal:
                _record_refusal(visit, refusal)
                raise
            if visit.looks or self.always:
                with _writing(visit):
                    ledger.append(visit, ledger.LOOK)
            return shape


class Entry(Generic[P, R]):
    """Sign-in and its like: run by a part of the system, failures recorded as well."""

    def __init__(self, verb: str, body: Callable[Concatenate[Visit, P], R]) -> None:
        self.verb = verb
        self.body = body
        functools.update_wrapper(self, body)

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the body gives. A raised Refusal rolls back and is recorded."""
        with _alone(self.verb, by_itself=True):
            visit = Visit(actor, self.verb)
            try:
                with _writing(visit):
                    result = self.body(visit, *args, **kwargs)
                    ledger.append(visit, ledger.ENTRY)
            except Refusal as refusal:
                _record_refusal(visit, refusal)
                raise
            return result


def command(verb: str) -> Callable[[Callable[Concatenate[Visit, P], UUID]], Command[P]]:
    """Make a change of ``def write_note(visit, *, …) -> UUID``."""
    return lambda body: Command(verb, body)


def query(
    verb: str, *, always: bool = False
) -> Callable[[Callable[Concatenate[Visit, P], R]], Query[P, R]]:
    """Make a look of ``def page(visit, *, …) -> Shape``; `always` records it even unopened."""
    return lambda body: Query(verb, body, always)


def entry(verb: str) -> Callable[[Callable[Concatenate[Visit, P], R]], Entry[P, R]]:
    """Make an entry of ``def sign_in(visit, *, …) -> Outcome``."""
    return lambda body: Entry(verb, body)


class _Run:
    """One form as rendered, and what came of it."""

    def __init__(self, visit: Visit, key: bytes, asked: bytes) -> None:
        self.visit = visit
        self.key = key
        self.asked = asked

    @classmethod
    def of(cls, visit: Visit, args: tuple[object, ...], kwargs: dict[str, object]) -> _Run | None:
        if visit.actor.run is None:
            return None
        # Keyed: a plain digest of a name would be an oracle for whoever holds the database.
        key = installation.roots().server_key
        who = context("run", str(visit.actor.person or visit.actor.system), visit.actor.run)
        what = json.dumps([visit.verb, args, kwargs], default=_plain, sort_keys=True).encode()
        return cls(visit, keyed_digest(key, who), keyed_digest(key, context("asked"), what))

    def before(self) -> UUID | None:
        """The result of the same form pressed before, if it was; TypedAgain for other content."""
        rows = Run.objects.filter(tenant=self.visit.tenant, key=self.key)
        found = rows.values_list("asked", "result").first()
        if found is None:
            return None
        if bytes(found[0]) != self.asked:
            raise TypedAgain(found[1])
        return found[1]

    def keep(self, result: UUID) -> None:
        Run(
            tenant=self.visit.tenant, key=self.key, verb=self.visit.verb, asked=self.asked,
            result=result, on=self.visit.today,
        ).save(force_insert=True)  # fmt: skip


@contextmanager
def _alone(verb: str, *, by_itself: bool = False) -> Iterator[None]:
    """A command never calls a command: two ledger rows and two keys for one act (style §3)."""
    if by_itself and _inside.together is not None:
        # What a look shows would leave before its entry is committed.
        raise AssertionError(f"{verb} is no command: it does not stand together with others.")
    if _inside.verb is not None:
        raise AssertionError(f"{verb} was called inside {_inside.verb}; use a step.")
    _inside.verb = verb
    try:
        yield
    finally:
        _inside.verb = None


@contextmanager
def together() -> Iterator[None]:
    """Every command inside is one transaction, each with its own entry: all stand, or none does.

    For a file of a history (decision 11). A failure in the middle, or a kill, leaves everything as
    before; the refusal that ended it is on record. On SQLite nobody else writes meanwhile.
    """
    if _inside.verb is not None or _inside.together is not None:
        raise AssertionError("What stands together does not begin inside anything else.")
    group = _inside.together = Together()
    try:
        with _committing():
            yield
    except Refusal:
        _inside.together = None
        if group.refused is not None:
            _record_refusal(*group.refused)
        raise
    finally:
        _inside.together = None


@contextmanager
def _writing(visit: Visit) -> Iterator[None]:
    """A transaction that may write, behind the walls, with the ledger's chain kept true."""
    if _inside.together is not None:
        admit(connection, visit.wall_links, visit.tenant)
        yield
        return
    with _committing():
        admit(connection, visit.wall_links, visit.tenant)
        yield


@contextmanager
def _committing() -> Iterator[None]:
    """One transaction; the ledger's chain moves on once its commit is known."""
    try:
        with transaction.atomic(durable=True):
            yield
    except DatabaseError as error:
        # A broken line at COMMIT leaves the entry's fate unknown; a reported error does not.
        if connection.connection is None or not connection.is_usable():
            ledger.retire()
        else:
            ledger.abandon()
        raise error
    except BaseException:
        ledger.abandon()
        raise
    ledger.confirm()


@contextmanager
def _snapshot(visit: Visit) -> Iterator[None]:
    """One consistent view that takes no write lock: looks must not starve SQLite's one writer."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            admit(connection, visit.wall_links, visit.tenant)
            yield
        return
    here: Any = connection
    here.ensure_connection()
    mode, here.transaction_mode = here.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        here.transaction_mode = mode


@contextmanager
def examining(name: str) -> Iterator[None]:
    """One snapshot for a part of the system that examines rows, opens no child's, and writes none.

    For `verify` and counts, which must be able to run over what they suspect.
    """
    with _snapshot(Visit(system(name), name)):
        yield


def _record_refusal(visit: Visit, refusal: Refusal) -> None:
    """A refused try leaves its own trace: the transaction that refused is gone."""
    if isinstance(refusal, Invalid):
        return
    refused = Visit(visit.actor, visit.verb, subjects=visit.subjects, team=visit.team)
    with _writing(refused):
        ledger.append(refused, ledger.REFUSED, code=refusal.code)


def _worth_another_try(error: DatabaseError) -> bool:
    if isinstance(error, IntegrityError):
        return any(each in str(error) for each in _CROSSED)
    state = getattr(error.__cause__, "sqlstate", None)
    return state in {"40001", "40P01"}


def _plain(value: object) -> object:
    """Arguments as JSON, so that the same form gives the same digest."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {"": type(value).__name__, **dataclasses.asdict(value)}
    if isinstance(value, UUID | date | datetime):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    raise TypeError(f"A command takes plain arguments, not {type(value).__name__}")
