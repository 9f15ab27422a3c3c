"""The real site, served to a browser from the house of the test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import make_server

from django.core.wsgi import get_wsgi_application
from django.db import connections
from tests.web.parts.serving import Quiet, Threads


@contextmanager
def lived_in() -> Iterator[str]:
    """The address of the site while it is served. Each request has a thread and a connection."""
    application = get_wsgi_application()

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        response = application(environ, start)
        try:
            return [b"".join(response)]
        finally:
            # Django's WSGIHandler always gives a response that closes what it opened.
            response.close()  # type: ignore[attr-defined]
            connections.close_all()

    server = make_server("127.0.0.1", 0, answer, Threads, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        # By name: the prefix of our cookies asks for a secure place, which `localhost` is.
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
