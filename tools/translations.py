"""The words of the pages in Filipino and Cebuano: compiled at set-up, gathered by `make messages`.

A message is marked by `_`, `gettext`, `gettext_lazy`, `ngettext`, `pgettext` and their kin, or
by `N_` where the code knows no Django.
"""

from __future__ import annotations

import sys
from pathlib import Path

from house import ROOT, VENV, fingerprint, finished, run, say, stands

LOCALE = ROOT / "src" / "tahanan" / "web" / "locale"
CATALOGUES = [LOCALE / language / "LC_MESSAGES" / "django.po" for language in ("fil", "ceb")]
PYBABEL = VENV / "bin" / "pybabel"
TEMPLATE = LOCALE / "django.pot"
KEYWORDS = (
    "N_ lazy gettext_lazy gettext_noop ngettext_lazy:1,2 pgettext:1c,2 pgettext_lazy:1c,2 "
    "npgettext:1c,2,3 npgettext_lazy:1c,2,3"
)


def compile_all() -> None:
    """Compile each catalogue whose words changed; a doubtful (fuzzy) message stays English."""
    for catalogue in filter(lambda path: path.is_file(), CATALOGUES):
        compiled = catalogue.with_suffix(".mo")
        stamp = VENV / f".words-{catalogue.parent.parent.name}"
        mark = fingerprint(catalogue)
        if compiled.is_file() and stands(stamp, mark):
            continue
        say(f"Compiling {catalogue.relative_to(ROOT)}.")
        run(
            [PYBABEL, "compile", "--input-file", catalogue, "--output-file", compiled],
            otherwise=f"{catalogue.relative_to(ROOT)} does not compile.",
        )
        finished(stamp, mark)


def gather() -> None:
    """Write every marked message into the template, and merge it into each catalogue."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    extract(TEMPLATE)
    for catalogue in CATALOGUES:
        act = "update" if catalogue.is_file() else "init"
        extra = ["--no-fuzzy-matching"] if act == "update" else []
        files: list[str | Path] = ["--input-file", TEMPLATE, "--output-file", catalogue]
        run(
            [PYBABEL, act, *files, "--locale", catalogue.parent.parent.name, *extra],
            otherwise=f"{catalogue.relative_to(ROOT)} could not be brought up to date.",
        )
    TEMPLATE.unlink()


def extract(into: Path) -> None:
    """Write every message that the sources mark into the template `into`."""
    keywords = [word for name in KEYWORDS.split() for word in ("--keyword", name)]
    manner = ["--no-location", "--sort-output", "--add-comments", "Translators:"]
    command: list[str | Path] = [PYBABEL, "extract", "--mapping", ROOT / "tools" / "babel.cfg"]
    run(
        [*command, *keywords, *manner, "--output", into, "src/tahanan"],
        otherwise="The messages could not be gathered.",
    )


if __name__ == "__main__":
    {"compile": compile_all, "gather": gather}[sys.argv[1]]()
