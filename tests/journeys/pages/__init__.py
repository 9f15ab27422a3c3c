"""Every page there is, each with who opens it, how, and what it is called.

An address that a GET answers and that is not here fails the build, unless `NOT_A_PAGE` says why.
"""

from __future__ import annotations

from tests.journeys.pages.children import ANA_CHILDREN, ANA_FORMS
from tests.journeys.pages.door import CEL, NOBODY
from tests.journeys.pages.figures import ANA_FIGURES, DORA
from tests.journeys.pages.intake import ANA_INTAKE
from tests.journeys.pages.justice import ANA_JUSTICE
from tests.journeys.pages.others import ADA, CORA, OTHERS, SELA
from tests.journeys.pages.places import ANA_PLACES
from tests.journeys.sights import Sight

NOT_A_PAGE = {
    "away": "a blank page, left in a hurry: no heading on purpose (tests/journeys/test_parts.py)",
    "front": "leads home",
    "language": "changes the language and leads back",
    "intake-on": "leads to where the intake was left",
    "figures_file": "a file (tests/web/test_figures.py)",
    "why_file": "a file (tests/web/test_figures.py)",
    "definitions_file": "a file (tests/web/test_figures.py)",
    "occupancy_file": "a file (tests/web/test_nights.py)",
    "figure_days_file": "a file (tests/web/test_nights.py)",
    "definition_file": "a file (tests/web/test_figures.py)",
}

LIST: dict[str, tuple[str, list[Sight]]] = {
    "nobody": ("", NOBODY),
    "cel": ("", CEL),
    "ana, her children": ("ana", ANA_CHILDREN),
    "ana, what she writes": ("ana", ANA_FORMS),
    "ana, in Justice": ("ana", ANA_JUSTICE),
    "ana, at night": ("ana", ANA_INTAKE),
    "ana, looking for a place": ("ana", ANA_PLACES),
    "ana, counting": ("ana", ANA_FIGURES),
    "dora": ("dora", DORA),
    "ada": ("ada", ADA),
    "cora": ("cora", CORA),
    "sela": ("sela", SELA),
    **{who: (who, sights) for who, sights in OTHERS.items()},
}
