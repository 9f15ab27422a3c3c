"""Tahanan as it is installed: its wheel in a folder of its own, served with real settings.

Nothing of the source tree is on the path of what runs here, and no setting of the test suite.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import house as houses
from tests.deployed.browser import SITE, Browser
from tests.house import ROOT, House

WORLD = "world"


def package() -> Path:
    """The folder the wheel was installed into; built once a session, shared by the workers."""
    folder = houses.ground() / "installed"
    with (houses.ground() / "installed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            built = houses.ground() / "wheel"
            build = ("hatchling", "build", "-t", "wheel", "-d", str(built))
            subprocess.run(
                [sys.executable, "-m", *build], cwd=ROOT, check=True, capture_output=True
            )
            with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
                wheel.extractall(folder)
    return folder


def build_world(house: House) -> None:
    """The office and the nights of the demonstration, in an installation like a real one."""
    from tahanan.casework import upkeep
    from tahanan.world import build

    upkeep.install(name="Synthetic programme")
    build(lambda _line: None, history=False)


@dataclass
class Served:
    """A server that runs: where it answers, what it wrote, its folders."""

    port: int
    output: Path
    scratch: Path
    process: subprocess.Popen[bytes]
    browsers: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        """A browser that knows nobody yet."""
        self.browsers.append(Browser(self.port))
        return self.browsers[-1]

    def stop(self) -> None:
        """End it, as its keeper does."""
        for browser in self.browsers:
            browser.close()
        self.process.terminate()
        self.process.wait(timeout=30)


def environment(house: House, folder: Path, **more: str) -> dict[str, str]:
    """What the keeper of a real installation sets, behind a proxy that speaks https."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TAHANAN_", "PYTHON", "DJANGO_", "PYTEST"))
        and not name.endswith("DATABASE_URL")
    }
    databases = {name: value for name, value in os.environ.items() if name.endswith("DATABASE_URL")}
    return {
        **kept,
        **databases,
        "PYTHONPATH": str(package()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(folder),
        "TAHANAN_VAR_DIR": str(house.var_dir),
        "TAHANAN_KEYS_DIR": str(house.keys_dir),
        "TAHANAN_HOSTS": f"{SITE},127.0.0.1",
        "TAHANAN_PROXIES": "1",
        **more,
    }


def signing_secret(house: House) -> None:
    """The file `tahanan install` makes beside the keys."""
    file = house.keys_dir / "django-secret"
    file.write_text(secrets.token_urlsafe(48))
    file.chmod(0o600)


@contextmanager
def served(house: House, folder: Path, *verb: str, **more: str) -> Iterator[Served]:
    """The installed program, serving `house`; `folder` takes its output and temporary files."""
    house.close()
    if not (house.keys_dir / "django-secret").exists():
        signing_secret(house)
    scratch = folder / "scratch"
    scratch.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    output = folder / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tahanan.cli.app", "serve", "--port", str(port), *verb],
            cwd=folder,
            env=environment(house, scratch, **more),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        running = Served(port, output, scratch, process)
        try:
            _wait(running)
            yield running
        finally:
            if process.poll() is None:
                running.stop()


def _wait(running: Served) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until and running.process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", running.port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(running.output.read_text())


def sign_in(browser: Browser, name: str, phrase: str, code: Callable[[], str]) -> Any:
    """The two pages of signing in, by their own forms. Gives the page she arrives at."""
    first = browser.visit("/sign-in").page
    form = next(form for form in first.forms if "passphrase" in form.fields)
    second = browser.send(form, who=name, passphrase=phrase)
    assert second.status == 302, second.text
    page = browser.visit(second.header("location")).page
    form = next(form for form in page.forms if "code" in form.fields)
    third = browser.send(form, code=code())
    assert third.status == 302, third.text
    return third
