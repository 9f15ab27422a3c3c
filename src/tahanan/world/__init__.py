"""The synthetic programme; calls casework only."""

from tahanan.world.build import build, latest_day
from tahanan.world.cast import accounts
from tahanan.world.further import grow, looks_in
from tahanan.world.people import SEED, Account

__all__ = ["SEED", "Account", "accounts", "build", "grow", "latest_day", "looks_in"]
