"""Asking for places and taking them, in the words tests use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.casework.homes import Homes, rows

from tahanan.base.errors import Refusal
from tahanan.casework import admissions
from tahanan.casework.admissions.shapes import HomeAnswer, Placement
from tahanan.records.models import (
    Clock,
)


def ask(here: Homes, *cases: UUID, by: str = "ana", **more: Any) -> UUID:
    return admissions.ask_for_place(getattr(here.cast, by), cases=cases, **more)


def page(here: Homes, request: UUID, by: str = "ana") -> Placement:
    return admissions.placement(getattr(here.cast, by), request=request)


def names(answers: tuple[HomeAnswer, ...]) -> list[str]:
    return [answer.home.name for answer in answers]


def admit(
    here: Homes, request: UUID, home: str, *cases: UUID, by: str = "ana", **more: Any
) -> UUID:
    return admissions.admit_to_facility(
        getattr(here.cast, by), request=request, facility=here.of[home], cases=cases, **more
    )


def settle(here: Homes, home: str, *cases: UUID, **more: Any) -> UUID:
    """Ask and admit in one breath. Gives the request."""
    request = ask(here, *cases)
    admit(here, request, home, *cases, **more)
    return request


def clocks(case: UUID) -> dict[str, date]:
    """What is due of a child: kind → day."""
    standing = Clock.objects.filter(case=case, closed_on__isnull=True)
    return rows(lambda: dict(standing.values_list("kind", "due_on")))


def refused(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as found:
        act()
    return found.value
