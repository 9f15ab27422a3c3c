"""One installation of the bench: its folder, its database, its server process."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bench.cast import WHAT

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
DATABASES = ("sqlite", "postgres")


class BenchRefused(Exception):
    """The bench cannot go on; the message is the sentence a person reads."""


@dataclass(frozen=True)
class Server:
    """The site while it is served: where, by which process, and how long it took to answer."""

    address: str
    process: int
    started: float

    def memory(self) -> float:
        """Megabytes resident in the worker: the largest process under this one but the sealer."""
        return max(_resident(pid) for pid in _family(self.process)) / 1024


@dataclass(frozen=True)
class Installation:
    """A demonstration of so many cases on one database, kept between runs."""

    database: str
    cases: int
    var: Path = VAR

    @property
    def folder(self) -> Path:
        """Where it writes."""
        return self.var / f"{self.database}-{self.cases}"

    @property
    def stands(self) -> bool:
        """Whether it was built to the end."""
        return (self.folder / WHAT).exists()

    @cached_property
    def known(self) -> dict[str, Any]:
        """What the builder wrote down: who comes in how, and which children there are."""
        return json.loads((self.folder / WHAT).read_text(encoding="utf-8"))  # type: ignore[no-any-return]

    def build(self) -> None:
        """Build it anew, throwing away what stands."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        if self.database == "postgres":
            _create(self._cluster, self._name)
        self._run(sys.executable, "-m", "bench.build", str(self.cases))
        if self.database == "postgres":
            _tidy(self._cluster, self._name)

    def migrate(self) -> None:
        """Bring its tables to this version: what was built stays good when the code goes on."""
        self._run(sys.executable, "-m", "tahanan.cli.app", "migrate")

    def counted(self, tries: int) -> list[dict[str, Any]]:
        """Every measure, beside the same by hand. Raises BenchRefused where the two differ."""
        words = [sys.executable, "-m", "bench.counting", str(tries)]
        done = subprocess.run(
            words, env=self._environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BenchRefused(done.stderr.strip())
        return json.loads(done.stdout)  # type: ignore[no-any-return]

    @contextmanager
    def serve(self, bent: str = "") -> Iterator[Server]:
        """Serve it as `tahanan serve` does; `bent` plants what `bench.bent` knows."""
        port = _free_port()
        words = ["-m", "tahanan.cli.app", "serve", "--port", str(port)]
        if bent:
            words = ["-m", "bench.bent", bent, str(port)]
        began = time.perf_counter()
        with (self.folder / "server.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *words], env=self._environment, stdout=log, stderr=log, cwd=ROOT
            )
        try:
            address = f"http://localhost:{port}"
            _wait(process, address)
            yield Server(address, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(timeout=30)

    def _run(self, *words: str) -> None:
        done = subprocess.run(words, env=self._environment, cwd=ROOT, check=False)
        if done.returncode:
            raise BenchRefused(f"{self.database} with {self.cases} cases could not be built.")

    @property
    def _name(self) -> str:
        return f"tahanan_bench_{self.cases}"

    @cached_property
    def _cluster(self) -> str:
        """The address of the keeper of our own cluster, which is started where it does not run."""
        words = [sys.executable, "tools/postgres.py", "start", str(self.var / "postgres")]
        done = subprocess.run(
            [*words, "--durable"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BenchRefused(done.stderr.strip())
        return done.stdout.splitlines()[-1]

    @cached_property
    def _environment(self) -> dict[str, str]:
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("TAHANAN_") and not name.endswith("DATABASE_URL")
        }
        own |= {
            "TAHANAN_DEMONSTRATION": "true",
            "TAHANAN_ARGON_COST": "cheap",
            "TAHANAN_VAR_DIR": str(self.folder),
            "TAHANAN_KEYS_DIR": str(self.folder / "keys"),
            # The bench says from which address it comes, as a proxy would: tries are counted by it.
            "TAHANAN_PROXIES": "1",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        }
        if self.database == "postgres":
            roles = {"DATABASE_URL": "app"} | {
                f"TAHANAN_{role.upper()}_DATABASE_URL": role for role in ("owner", "steward")
            }
            own |= {name: self._url(role) for name, role in roles.items()}
        return own

    def _url(self, role: str) -> str:
        return _address(self._cluster, self._name, f"tahanan_{role}_login")


def _address(cluster: str, database: str, login: str = "") -> str:
    parts = urlsplit(cluster)
    place = f"{login}@" if login else parts.netloc
    return urlunsplit((parts.scheme, place, f"/{database}", parts.query, ""))


def _create(cluster: str, name: str) -> None:
    from tahanan.records.walls import roles

    no_passwords = dict.fromkeys(roles.ROLES)
    _as_keeper(cluster, [*roles.creation(no_passwords), f'DROP DATABASE IF EXISTS "{name}"'])
    made = f'CREATE DATABASE "{name}" OWNER {roles.OWNER} TEMPLATE template0'
    _as_keeper(cluster, [made, *roles.letting_in(name)])
    _as_keeper(_address(cluster, name), roles.opening())


def _tidy(cluster: str, name: str) -> None:
    """What a server does by itself overnight: after so many new rows, statistics for its plans."""
    _as_keeper(_address(cluster, name), ["VACUUM (ANALYZE)"])


def _as_keeper(address: str, statements: list[str]) -> None:
    import psycopg

    with closing(psycopg.connect(address, autocommit=True)) as keeper:
        for statement in statements:
            keeper.execute(statement.encode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    """Until the sign-in page is there."""
    for _turn in range(6000):
        if process.poll() is not None:
            raise BenchRefused("The server ended before it answered; server.log says why.")
        try:
            with urllib.request.urlopen(f"{address}/sign-in", timeout=30):
                return
        except urllib.error.URLError:
            time.sleep(0.01)
    raise BenchRefused("The server did not answer within a minute.")


def _family(process: int) -> list[int]:
    """The process and all that it started, but the sealer beside the site."""
    found, fresh = [process], [process]
    while fresh:
        children = Path(f"/proc/{fresh[0]}/task/{fresh[0]}/children").read_text(encoding="ascii")
        fresh = [*fresh[1:], *(pid for pid in map(int, children.split()) if not _seals(pid))]
        found = [*found, *(pid for pid in fresh if pid not in found)]
    return found


def _seals(process: int) -> bool:
    return b"\0seal\0" in Path(f"/proc/{process}/cmdline").read_bytes()


def _resident(process: int) -> int:
    said = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    held = re.search(r"VmRSS:\s+(\d+) kB", said)
    return int(held[1]) if held else 0
