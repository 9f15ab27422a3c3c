"""Who there is to ask, by sign-in name, and what the builder writes down of them."""

from __future__ import annotations

WHAT = "bench.json"

# The clock is listened to in a small town: two milliseconds are not drowned by a long page. It is
# of the office's own children, without the history before them.
LISTENED = 1_500

TEAMS = 10
SEVERAL = 5
WORKERS = 8
COLLEAGUES = 4
KEEPER, FIVE, SUPERVISOR, DIRECTOR = "keeper", "five", "supervisor", "director"


def worker(number: int) -> str:
    """One of the eight case managers of the first team."""
    return f"worker{number}"
