"""Sets a fresh clone up, as far as `make` needs: `python3 tools/setup.py demo|test|check`.

Every step says in a plain sentence what it does, leaves a mark when it is done, and is skipped
while its mark stands for the same sources: a second run takes no time.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit("Tahanan needs Python 3.11 or newer; say which with `make PYTHON=/path/to/python3`.")

import assets
import node
import python_environment
import translations
from house import ROOT, CannotGoOn, say


def set_up(purpose: str) -> None:
    """Everything that `demo`, `test` or `check` (which looks at the text alone) stands on."""
    python_environment.make("run" if purpose == "demo" else "test")
    if purpose != "check":
        node.install_packages()
        assets.build()
    translations.compile_all()


def main() -> int:
    """The command line."""
    purpose = sys.argv[1] if sys.argv[1:] else "demo"
    try:
        set_up(purpose)
    except CannotGoOn as reason:
        say(f"The set-up stopped. {reason}")
        return 1
    except OSError as reason:
        say(f"The set-up stopped. {reason.filename or ROOT} cannot be used: {reason.strerror}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
