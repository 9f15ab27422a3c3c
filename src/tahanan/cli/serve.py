"""`tahanan serve`: the site on this machine, and beside it the sealer of its ledger."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from tahanan.cli.start import Stop, command, environment, ready

LOOPBACK = "127.0.0.1"
SITE = "tahanan.config.wsgi:application"
# Each blocking thread is a writer of the ledger; the longest idling Granian allows keeps their
# chains long and few.
_THREADS, _IDLE_SECONDS = 4, 600


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    sealer: Annotated[
        bool,
        typer.Option(help="Run the sealer beside the site; not where its own service does."),
    ] = True,
) -> None:
    """Serve the site until Ctrl-C: one worker, four threads, on loopback unless told otherwise."""
    ready()
    from tahanan.casework import upkeep

    upkeep.must_be_ready()
    must_be_free(host, port)
    run(host, port, sealer=sealer)


def run(host: str, port: int, *, sealer: bool, application: str = SITE) -> None:
    """Serve, in this process, until it is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    with _sealer(sealer):
        leave_no_connection()
        _interrupt_once()
        Granian(
            application,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=_THREADS,
            blocking_threads_idle_timeout=_IDLE_SECONDS,
            workers_kill_timeout=10,
            websockets=False,
            log_access=False,
        ).serve()


def leave_no_connection() -> None:
    """Close what was opened before the worker is forked, the pool of connections with it.

    A pool taken along has lost the threads by which it grows: every thread of the worker would
    share its one connection, on a socket that the parent holds too.
    """
    from django.db import connections

    for each in connections.all(initialized_only=True):
        each.close()
        if each.vendor == "postgresql":
            each.close_pool()  # type: ignore[attr-defined]


def _interrupt_once() -> None:
    """Ctrl-C reaches this process alone, which tells its worker: one told twice never ends.

    (Seen with Granian 2.8.7: a terminal sends SIGINT to the whole group.) The worker inherits the
    blocked signal; a thread here takes it up.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def hand_on() -> None:
        signal.sigwait({signal.SIGINT})
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=hand_on, daemon=True).start()


def must_be_free(host: str, port: int, instead: str = "Choose another --port.") -> None:
    """Raises Stop, saying what to do `instead`, when something answers there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            raise Stop(
                f"{host}:{port} cannot be listened on ({reason.strerror}). {instead}"
            ) from None


@contextmanager
def _sealer(wanted: bool) -> Iterator[None]:
    """The sealer in a process of its own, as the steward, ended with the site."""
    if not wanted:
        yield
        return
    beside = subprocess.Popen(command("seal", "--always"), env=environment())  # noqa: S603
    try:
        time.sleep(0.2)
        if beside.poll() is not None:
            raise Stop("The sealer of the ledger did not start, so the site does not either.")
        yield
    finally:
        beside.terminate()
        try:
            beside.wait(timeout=10)
        except subprocess.TimeoutExpired:
            beside.kill()
