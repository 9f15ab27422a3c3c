"""The site with one thing bent, to measure by: nothing opened, or a leak of two milliseconds.

    python -m bench.bent shut|leak PORT

in the environment of an installation of the bench, which is a demonstration.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

SHUT, LEAK = "shut", "leak"
LEAKS = 0.002
# The name that is known where another is not: a leak waits for it.
KNOWN = "worker7"
_HOW = "BENCH_BENT"

Site = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def leaking(site: Site, marks: set[bytes], seconds: float = LEAKS) -> Site:
    """The site, a little slower whenever what is asked names one of the marks."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        asked = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')} ".encode() + body
        if any(mark in asked for mark in marks):
            time.sleep(seconds)
        return site(environ, start)

    return answer


def shut() -> None:
    """Lists open no card: what a page costs without any key."""
    from tahanan.access.passed import Passed
    from tahanan.casework import home
    from tahanan.casework.cases import Card, CardSeen

    def cards(_visit: object, passed: Iterable[Passed]) -> dict[UUID, CardSeen]:
        return {proof.case: CardSeen(proof.case, proof.grant, Card()) for proof in passed}

    setattr(home, "cards", cards)  # noqa: B010  the one place where a look is not a look


def _application() -> Site:
    from tahanan.config.wsgi import application

    if os.environ[_HOW] == SHUT:
        shut()
        return application
    from bench.cast import WHAT

    known = json.loads((Path(os.environ["TAHANAN_VAR_DIR"]) / WHAT).read_text(encoding="utf-8"))
    marks = {mark.encode() for mark in (*known["hidden"], *known["refused"][:1], KNOWN)}
    return leaking(application, marks)


if __name__ == "__main__":
    os.environ[_HOW] = sys.argv[1]
    from tahanan.cli import serve
    from tahanan.cli.start import ready

    ready()
    serve.run(serve.LOOPBACK, int(sys.argv[2]), sealer=True, application="bench.bent:application")
elif _HOW in os.environ:
    application = _application()
