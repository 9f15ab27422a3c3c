"""What the machine needs done: installing, verifying, ending by time, closing days, fitness."""

from tahanan.casework.upkeep.counting import Counted, count
from tahanan.casework.upkeep.fitness import Fitness, check
from tahanan.casework.upkeep.installing import (
    empty_demonstration,
    hurried,
    install,
    installed,
    must_be_ready,
    unapplied,
)
from tahanan.casework.upkeep.timing import close_days, sweep, tick
from tahanan.casework.upkeep.verify import Verdict, configured, verify

__all__ = [
    "Counted",
    "Fitness",
    "Verdict",
    "check",
    "close_days",
    "configured",
    "count",
    "empty_demonstration",
    "hurried",
    "install",
    "installed",
    "must_be_ready",
    "sweep",
    "tick",
    "unapplied",
    "verify",
]
