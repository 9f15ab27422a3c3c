"""From one screen of an intake to the next."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def to(name: str, *, after: str = "", **parts: object) -> HttpResponse:
    """Go to a page of the intake.

    `after` is the screen that was saved: if something on it is to be mended after all, the next
    page leads back to it.
    """
    query = f"?{urlencode({'after': after})}" if after else ""
    return redirect(f"{reverse(name, kwargs=parts)}{query}")


def seen_of(request: HttpRequest) -> int:
    """The version the page was drawn from."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
