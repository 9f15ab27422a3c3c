"""What the machine needs done: installing, verifying, ending by time, closing days, fitness."""

from tahanan.casework.upkeep.fitness import Fitness, check
from tahanan.casework.upkeep.installing import install, installed, must_be_ready, unapplied
from tahanan.casework.upkeep.timing import close_days, sweep, tick
from tahanan.casework.upkeep.verify import Verdict, configured, verify

__all__ = [
    "Fitness",
    "Verdict",
    "check",
    "close_days",
    "configured",
    "install",
    "installed",
    "must_be_ready",
    "sweep",
    "tick",
    "unapplied",
    "verify",
]
