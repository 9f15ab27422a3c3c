"""The synthetic programme; calls casework only."""

from tahanan.world.build import build, latest_day
from tahanan.world.people import SEED, Account, accounts

__all__ = ["SEED", "Account", "accounts", "build", "latest_day"]
