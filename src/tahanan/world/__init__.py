"""The synthetic programme; calls casework only."""

from tahanan.world.build import build
from tahanan.world.people import Account, accounts

__all__ = ["Account", "accounts", "build"]
