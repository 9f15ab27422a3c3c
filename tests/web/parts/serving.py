"""Serves the site of test pages on this machine, over the real middleware."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

HERE = Path(__file__).parent


def as_a_site() -> override_settings:
    """Settings under which the test pages are the site, and nothing else changes."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], HERE]
    middleware = [
        each
        for each in settings.MIDDLEWARE
        if each.startswith(("tahanan.web.middleware", "csp.", "whitenoise.", "django.middleware"))
    ]
    return override_settings(
        ROOT_URLCONF="tests.web.parts.site",
        TEMPLATES=templates,
        MIDDLEWARE=["tests.web.parts.site.SignedIn", *middleware],
        DEMONSTRATION=True,
    )


class Threads(ThreadingMixIn, WSGIServer):
    """A thread for each request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of the requests it answers."""

    def log_message(self, *_: object) -> None:
        """A test's requests are not news."""


@contextmanager
def served(port: int = 0) -> Iterator[str]:
    """The address of the test pages while they are served."""
    with as_a_site():
        server = make_server("127.0.0.1", port, get_wsgi_application(), Threads, Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
