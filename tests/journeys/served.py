"""The real site on this machine, where a cookie says which of the cast comes in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from wsgiref.simple_server import make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponseBase
from django.test import override_settings
from tests.web.parts.serving import _Quiet, _Server

from tahanan.access.actor import Actor

COMES = "who"
people: dict[str, Actor] = {}


class ComesIn:
    """Instead of signing in, which has journeys of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = people.get(request.COOKIES.get(COMES, ""))
        return self.get_response(request)


@contextmanager
def served(cast: Mapping[str, Actor]) -> Iterator[str]:
    """The site's address while it is served to these people."""
    people.clear()
    people.update(cast)
    middleware = [
        each for each in settings.MIDDLEWARE if not each.startswith("tahanan.web.session")
    ]
    with override_settings(
        MIDDLEWARE=["tests.journeys.served.ComesIn", *middleware], DEMONSTRATION=True
    ):
        server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
