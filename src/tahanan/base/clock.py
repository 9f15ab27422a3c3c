"""The one clock: UTC instants, Manila days, and a way to stand in another day for the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MANILA = ZoneInfo("Asia/Manila")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def real() -> datetime:
    """The server's own instant, aware, in UTC. `recorded_at` and the ledger know no other."""
    return datetime.now(UTC)


def now() -> datetime:
    """The present instant, aware, in UTC; another one only while `frozen`."""
    return _frozen.get() or real()


def today() -> date:
    """The present day in Manila."""
    return manila_day(now())


def manila_day(instant: datetime) -> date:
    """The Manila calendar day of an aware instant."""
    return instant.astimezone(MANILA).date()


def day_cut(day: date) -> datetime:
    """The first instant after `day` ends in Manila, in UTC (algorithms.md §1)."""
    return datetime.combine(day + timedelta(days=1), time(), MANILA).astimezone(UTC)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Stand at `instant` (aware): the demonstration world and tests only."""
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
