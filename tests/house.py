"""The ground tests stand on: a fresh house (database, key files) for each test, on either database.

`TAHANAN_TEST_DATABASE` is `sqlite` (default) or `postgres`. Tests do not run inside a transaction
that is rolled back: the door opens real ones, with isolation levels and a chained ledger. Each test
gets a copy of a *snapshot* instead: the database and the key files that belong to it. Everything
expensive is built once a session and shared by the workers.
"""

from __future__ import annotations

import atexit
import fcntl
import importlib.util
import os
import pickle
import secrets
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit, urlunsplit

T = TypeVar("T")
Role = Literal["app", "owner", "steward"]
Backend = Literal["sqlite", "postgres"]

ROOT = Path(__file__).resolve().parent.parent
EMPTY = "empty"
_GROUND = "TAHANAN_TEST_GROUND"
_SERVER = "TAHANAN_TEST_SERVER"


def backend() -> Backend:
    """Which database this run is for."""
    chosen = os.environ.get("TAHANAN_TEST_DATABASE", "sqlite")
    if chosen not in {"sqlite", "postgres"}:
        raise SystemExit(f"TAHANAN_TEST_DATABASE is “{chosen}”; it is sqlite or postgres.")
    return chosen  # type: ignore[return-value]


def ground() -> Path:
    """The folder of this session, shared by its workers."""
    return Path(os.environ[_GROUND])


def worker() -> str:
    """A name for this process among the session's workers."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def lay_ground() -> None:
    """Set the environment that Django's settings will read. First of all, and once a process."""
    if _GROUND not in os.environ:
        os.environ[_GROUND] = tempfile.mkdtemp(prefix="tahanan-tests-")
        # Not pytest's own end: a run that fails while it collects never reaches that. And a run
        # that is told to stop (`timeout`) ends as one that is interrupted, not on the spot.
        atexit.register(_clear_ground)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        if backend() == "postgres":
            os.environ[_SERVER] = _server()
    mine = ground() / worker()
    (mine / "var").mkdir(parents=True, exist_ok=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tahanan.config.settings",
        TAHANAN_TESTS="true",
        TAHANAN_ARGON_COST="cheap",
        TAHANAN_HOSTS="localhost,127.0.0.1,testserver",
        TAHANAN_VAR_DIR=str(mine / "var"),
        TAHANAN_KEYS_DIR=str(mine / "keys"),
    )
    if backend() == "postgres":
        os.environ.update(
            DATABASE_URL=_url("tahanan_app_login", database_name()),
            TAHANAN_OWNER_DATABASE_URL=_url("tahanan_owner_login", database_name()),
            TAHANAN_STEWARD_DATABASE_URL=_url("tahanan_steward_login", database_name()),
        )
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{mine / 'var' / 'tahanan.sqlite3'}"


def _clear_ground() -> None:
    """Stop the server and throw the session's folder away."""
    if (ground() / "postgres").exists():
        _postgres_tool().stop(ground() / "postgres")
    shutil.rmtree(ground(), ignore_errors=True)


def database_name(snapshot: str = "") -> str:
    """The PostgreSQL database of this worker, or of a snapshot."""
    mark = ground().name.rsplit("-", 1)[-1].lower()
    return f"tahanan_{mark}_{'of_' + snapshot if snapshot else worker()}"


def keeper_url(database: str = "postgres") -> str:
    """The superuser's address: to make and drop databases, never to test against."""
    keeper = os.environ.get("TAHANAN_TEST_KEEPER", "keeper")
    return os.environ[_SERVER].format(role=keeper, database=database)


class House:
    """One installation: its database, its key files, its folders. Made new for every test."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.db import connection

        self.backend: Backend = backend()
        self.keys_dir: Path = settings.KEYS_DIR
        self.var_dir: Path = settings.VAR_DIR
        # What earlier tests counted: the log is short, and once full it says so in the next one.
        connection.queries_log.clear()

    def restore(self, name: str) -> Any:
        """Put the snapshot in place of whatever stands; gives what its builder returned."""
        self.close()
        kept = _kept(name)
        shutil.rmtree(self.keys_dir, ignore_errors=True)
        shutil.copytree(kept / "keys", self.keys_dir)
        for leftover in self.var_dir.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        if self.backend == "sqlite":
            shutil.copyfile(kept / "database.sqlite3", self.database_file)
        else:
            _copy_database(database_name(name), database_name())
        _forget()
        return pickle.loads((kept / "value.pickle").read_bytes())

    def keep(self, name: str, value: object) -> None:
        """Make a snapshot of what stands, with what its builder returned."""
        if self.backend == "sqlite":
            self._checkpoint()
        self.close()
        kept = _kept(name)
        kept.mkdir(parents=True)
        shutil.copytree(self.keys_dir, kept / "keys")
        (kept / "value.pickle").write_bytes(pickle.dumps(value))
        if self.backend == "sqlite":
            shutil.copyfile(self.database_file, kept / "database.sqlite3")
        else:
            _copy_database(database_name(), database_name(name))

    @property
    def database_file(self) -> Path:
        """Where SQLite keeps the house."""
        return self.var_dir / "tahanan.sqlite3"

    @contextmanager
    def as_role(self, role: Role) -> Iterator[Any]:
        """This thread's Django connection, as another of the three roles."""
        from django.conf import settings
        from django.db import connections

        standing = connections["default"]
        details = {**standing.settings_dict, **settings.DATABASE_ROLES[role]}
        backend_class = type(standing)
        connections["default"] = other = backend_class(details, alias="default")
        try:
            yield other
        finally:
            other.close()
            connections["default"] = standing

    def at_once(self, acts: list[Callable[[], T]]) -> list[T | BaseException]:
        """Run every act in a thread of its own, all from the same instant.

        Each thread has its own database connection. Gives what each returned or raised, in order.
        """
        from django.db import connections

        gate = threading.Barrier(len(acts))

        def run(act: Callable[[], T]) -> T | BaseException:
            gate.wait()
            try:
                return act()
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    def close(self) -> None:
        """Close this thread's connections."""
        from django.db import connections

        connections.close_all()

    def _checkpoint(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def snapshot(house: House, name: str, build: Callable[[House], T], *, on: str = EMPTY) -> T:
    """Stand `house` on snapshot `name`; whoever comes first builds it, on top of snapshot `on`.

    `build(house)` fills the database through the door and returns a value that pickles (ids,
    passphrases): every later test gets the same value and a fresh copy of the rows.
    """
    with _only_one(name):
        if not (_kept(name) / "value.pickle").exists():
            if name != EMPTY:
                empty(house)
                if on != EMPTY:
                    house.restore(on)
            house.keep(name, build(house))
    return house.restore(name)  # type: ignore[no-any-return]


def empty(house: House) -> None:
    """Stand `house` on a migrated database without a row, with fresh key files."""
    snapshot(house, EMPTY, _build_empty)


def _build_empty(house: House) -> None:
    from django.core.management import call_command

    from tahanan.vault.roots import create_roots

    create_roots(house.keys_dir)
    if house.backend == "postgres":
        _create_database(database_name())
    with house.as_role("owner"):
        call_command("migrate", verbosity=0, skip_checks=True)
    _forget()


def _forget() -> None:
    """Drop what this process remembers of another house: each module that remembers says how."""
    for name, module in list(sys.modules.items()):
        if name.startswith("tahanan.") and callable(forget := getattr(module, "forget", None)):
            forget()


def _kept(name: str) -> Path:
    return ground() / "snapshots" / name


@contextmanager
def _only_one(name: str) -> Iterator[None]:
    """Among all workers, one at a time."""
    (ground() / "snapshots").mkdir(exist_ok=True)
    with (ground() / "snapshots" / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# PostgreSQL ---------------------------------------------------------------------------------------


def _server() -> str:
    """Start a server, or take the one in TAHANAN_TEST_POSTGRES; a pattern of its addresses."""
    given = os.environ.get("TAHANAN_TEST_POSTGRES")
    if given:
        return _pattern_of_given(given)
    tool = _postgres_tool()
    cluster = tool.start(ground() / "postgres")
    pattern = cluster.url("{role}", "{database}")
    _make_roles(pattern.format(role="keeper", database="postgres"), dict.fromkeys(_roles()))
    return pattern


def _pattern_of_given(given: str) -> str:
    """A real server: our logins get one password for this session."""
    password = secrets.token_hex(12)
    _make_roles(given, dict.fromkeys(_roles(), password))
    parts = urlsplit(given)
    os.environ["TAHANAN_TEST_PASSWORD"] = password
    os.environ["TAHANAN_TEST_KEEPER"] = parts.netloc.rpartition("@")[0]
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(("postgresql", "{role}@" + host, "/{database}", parts.query, ""))


def _url(role: str, database: str) -> str:
    password = os.environ.get("TAHANAN_TEST_PASSWORD")
    return os.environ[_SERVER].format(
        role=f"{role}:{password}" if password else role, database=database
    )


def _roles() -> tuple[str, ...]:
    from tahanan.records.walls import roles

    return roles.ROLES


def _make_roles(url: str, passwords: dict[str, str | None]) -> None:
    from tahanan.records.walls import roles

    as_keeper(roles.creation(passwords), url)


def _create_database(name: str) -> None:
    from tahanan.records.walls import roles

    as_keeper(
        [
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" OWNER {roles.OWNER} TEMPLATE template0',
            *roles.letting_in(name),
        ]
    )
    as_keeper(roles.opening(), keeper_url(name))


def _copy_database(source: str, target: str) -> None:
    from tahanan.records.walls import roles

    as_keeper(
        [
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY file_copy',
            # A copy has its source's rows and roles, but not its database's privileges.
            *roles.letting_in(target),
        ]
    )


def as_keeper(statements: list[str], url: str = "") -> None:
    """Run statements as the server's superuser: what an administrator does, never a test's look."""
    import psycopg

    with closing(psycopg.connect(url or keeper_url(), autocommit=True)) as keeper:
        for statement in statements:
            keeper.execute(statement)


def data_directory() -> Path:
    """Where the server keeps its files. A test that reads them cannot run where they are not."""
    import psycopg
    import pytest

    with closing(psycopg.connect(keeper_url())) as keeper:
        row = keeper.execute("SELECT current_setting('data_directory')").fetchone()
    assert row is not None
    folder = Path(row[0])
    if not folder.is_dir():
        pytest.skip("The PostgreSQL server given for the tests keeps its files elsewhere.")
    return folder


def _postgres_tool() -> Any:
    """tools/postgres.py, which stands outside the package."""
    spec = importlib.util.spec_from_file_location("tahanan_postgres", ROOT / "tools/postgres.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
