"""Who there is to ask, by sign-in name, and what the builder writes down of them."""

from __future__ import annotations

WHAT = "bench.json"

TEAMS = 10
SEVERAL = 5
WORKERS = 8
COLLEAGUES = 4
KEEPER, FIVE, SUPERVISOR = "keeper", "five", "supervisor"


def worker(number: int) -> str:
    """One of the eight case managers of the first team."""
    return f"worker{number}"
