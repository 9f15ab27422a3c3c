"""Acts done in a forked process that is killed (-9) at a recorded point of its transaction."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django.apps import apps
from django.db import connection, connections
from psycopg.pq import TransactionStatus
from tests.casework.homes import rows

from tahanan.casework import door

WRITES = ("INSERT", "UPDATE", "DELETE")
COMMIT, AFTER = "COMMIT", "after the commit"


@dataclass(frozen=True)
class Hit:
    """Where a process was killed: after which statement, with how many writes done before."""

    statement: str
    number: int
    writes: int
    inside: bool


@dataclass(frozen=True)
class Done:
    """What a process that lived has to say: the act's result, and the statements it ran."""

    result: UUID
    statements: tuple[str, ...]


class Failed(AssertionError):
    """The process neither lived to the end nor was killed where it should have been."""


def live(act: Callable[[], UUID]) -> Done:
    """Do the act in a process of its own, which is left alone."""
    status, said = _forked(act, None)
    if status != 0 or "result" not in said:
        raise Failed(said.get("failed", f"it ended with {status}"))
    return Done(UUID(said["result"]), tuple(said["statements"]))


def kill(act: Callable[[], UUID], at: int | str) -> Hit:
    """Do the act and kill it after its `at`-th statement, or at COMMIT, or AFTER the commit."""
    status, said = _forked(act, at)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL or "hit" not in said:
        raise Failed(said.get("failed", f"it was not killed at {at}: it ended with {status}"))
    return Hit(**said["hit"])


def whole_database() -> dict[str, tuple[int, str]]:
    """Every table: how many rows it has, and a digest of all that stands in them."""

    def read() -> dict[str, tuple[int, str]]:
        found = {}
        for model in apps.get_app_config("records").get_models():
            lines = sorted(repr(row) for row in model._base_manager.values_list())
            digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
            found[model._meta.db_table] = (len(lines), digest)
        return found

    return rows(read)


def _forked(act: Callable[[], UUID], at: int | str | None) -> tuple[int, dict[str, Any]]:
    # A connection shared by two processes would belong to neither.
    connections.close_all()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _Doomed(at, writes).do(act)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return status, json.loads(said) if said else {}


class _Doomed:
    """Counts the statements of one act's transaction, and dies where it is told."""

    def __init__(self, at: int | str | None, pipe: int) -> None:
        self.at, self.pipe = at, pipe
        self.statements: list[str] = []

    def do(self, act: Callable[[], UUID]) -> NoReturn:
        """Act, say how it ended, and leave without pytest's own farewell."""
        try:
            self._lay_traps()
            with connection.execute_wrapper(self._statement):
                result = act()
            self._say({"result": str(result), "statements": self.statements})
            os._exit(0)
        except BaseException:
            self._say({"failed": traceback.format_exc()})
            os._exit(1)

    def _lay_traps(self) -> None:
        if self.at == COMMIT:
            connection.commit = lambda: self._die(COMMIT)  # type: ignore[method-assign]
        if self.at == AFTER:
            # The door confirms its chain once the commit is known to have happened.
            door.ledger.confirm = lambda: self._die(AFTER)  # type: ignore[attr-defined]

    def _statement(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        result = execute(sql, params, many, context)
        if connection.in_atomic_block:
            self.statements.append(" ".join(sql.split()[:3]))
            if len(self.statements) == self.at:
                self._die(self.statements[-1])
        return result

    def _die(self, statement: str) -> NoReturn:
        hit = {
            "statement": statement,
            "number": len(self.statements),
            "writes": sum(each.startswith(WRITES) for each in self.statements),
            "inside": _transaction_is_open(),
        }
        self._say({"hit": hit})
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")

    def _say(self, said: dict[str, Any]) -> None:
        os.write(self.pipe, json.dumps(said).encode())


def _transaction_is_open() -> bool:
    """What the driver itself says; Django calls a block left before it has committed."""
    driver = connection.connection
    if connection.vendor == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status != TransactionStatus.IDLE)
