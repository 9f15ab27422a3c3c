"""Measures of the work: operations, open cases, what was found, how soon a child had a home."""

from __future__ import annotations

from dataclasses import replace

from tahanan.measures.catalogue.children import CHILD, CHILD_KEY
from tahanan.measures.spec import (
    RESCUED,
    STATUSES,
    Admitted,
    Cases,
    Children,
    Choice,
    Classed,
    Demand,
    Established,
    Measure,
    Operations,
    plain,
)

_SUPPORTED = plain("children whose case the programme supports, as known on the day")

# ── operations ──────────────────────────────────────────────────────────────────────────────

_OPERATIONS = Measure(
    code="operations",
    version=1,
    name=plain("Law-enforcement operations"),
    sentence=plain(
        "Supported operations led by law enforcement in which a child was brought to safety or "
        "somebody was arrested."
    ),
    unit=plain("operation"),
    population=plain("operations the programme supported, as known on the day"),
    key=plain("the operation, a corrected one as one"),
    of=Operations(),
    unknowns=plain("None: an operation has a day, or days between which it was."),
    not_with=plain("Arrests or rescues: one operation may bring many, or none."),
)
OPERATIONS_ALL_KINDS = replace(
    _OPERATIONS,
    code="operations_of_all_kinds",
    name=plain("Operations, welfare-led ones too"),
    sentence=plain("The same, with operations that social welfare officers led."),
    of=Operations(kinds=("law_enforcement", "welfare")),
)
OPERATIONS_ANY_RESULT = replace(
    _OPERATIONS,
    code="operations_whatever_came",
    name=plain("Operations, whatever came of them"),
    sentence=plain("The same, with those in which nobody was brought to safety or arrested."),
    of=Operations(acted=False),
)
OPERATIONS = replace(
    _OPERATIONS,
    choices=(
        Choice(
            plain("Welfare-led ones?"),
            plain("Not counted."),
            plain("The slide says law-enforcement operations."),
            OPERATIONS_ALL_KINDS,
        ),
        Choice(
            plain("Operations without a removal?"),
            plain("Counted where somebody was arrested; not where nothing came of it."),
            plain("An arrest is what an operation is for; an empty house is not counted."),
            OPERATIONS_ANY_RESULT,
        ),
    ),
)

# ── how the cases stand ─────────────────────────────────────────────────────────────────────

STATUS_NOW = Measure(
    code="status_now",
    version=1,
    name=plain("Supported children, by status"),
    sentence=plain("Supported children by the status that stands, as known on the day."),
    unit=CHILD,
    population=_SUPPORTED,
    key=CHILD_KEY,
    of=Children(how=None, statuses=STATUSES),
    unknowns=plain("No status yet is a status of its own."),
    not_with=plain("Victims rescued: here nobody need have been removed."),
    splits=("status", "year"),
)
OPEN_CASES = Measure(
    code="open_cases",
    version=1,
    name=plain("Open cases"),
    sentence=plain("Supported cases whose support has not ended, as known on the day."),
    unit=plain("case"),
    population=plain("cases the programme supports, as known on the day"),
    key=plain("the case"),
    of=Cases(),
    unknowns=plain("None."),
    not_with=plain("Children: a child with two open cases has two."),
)

# ── what was found ──────────────────────────────────────────────────────────────────────────

OSEC = replace(
    STATUS_NOW,
    code="osec_cases",
    name=plain("OSEC cases"),
    sentence=plain(
        "The share of supported children of whom all six elements of OSEC are established: OSEC by "
        "rule; a minor and online alone are wider OSAEC; one of these not found is neither."
    ),
    asks=Classed(),
    numerator=plain("those of whom all six are established"),
    denominator=plain("those of whom it can be said: OSEC, wider OSAEC, or neither"),
    unknowns=plain("Where a minor and online are not both established, and neither is denied."),
    not_with=plain("Charges: a court decides by the words of a law, not by these elements."),
    splits=("class",),
)
OSAEC = replace(
    OSEC,
    code="osaec_cases",
    name=plain("Cases of wider OSAEC"),
    sentence=plain("The same, for wider OSAEC: a minor and online, and not all six elements."),
    asks=Classed("osaec"),
    numerator=plain("those of whom a minor and online are established, and not all six"),
)
CONTACT = replace(
    STATUS_NOW,
    code="contact_abuse",
    name=plain("Contact abuse established"),
    sentence=plain("The share of victims rescued of whom abuse of the body too is established."),
    of=Children(),
    asks=Established(),
    numerator=plain("those of whom it is established"),
    denominator=plain("victims rescued of whom it is established, or was not found"),
    unknowns=plain("Suspected, or never recorded: not in the denominator, and listed."),
    not_with=plain("Estimates of prevalence: this is what was found among those rescued."),
    splits=("year",),
)
DEMAND = Measure(
    code="demand_countries",
    version=1,
    name=plain("Countries from which somebody paid"),
    sentence=plain("Victims rescued, once for each country from which somebody paid."),
    unit=plain("child and country"),
    population=plain("victims rescued for whom somebody who paid is recorded"),
    key=plain("the child and the country"),
    of=Demand(),
    unknowns=plain("A country that is not known stands as its own line."),
    not_with=plain("Numbers of children: a child is there once for each country."),
    splits=("country", "year"),
)

# ── how soon ────────────────────────────────────────────────────────────────────────────────

ADMITTED = replace(
    STATUS_NOW,
    code="days_to_admission",
    name=plain("Days from removal to admission"),
    sentence=plain(
        "Supported children with a first stay on or after the day of their first removal, by the "
        "days between."
    ),
    of=Children(how=RESCUED, statuses=STATUSES),
    asks=Admitted(),
    numerator=plain("those with a stay that began on or after that day"),
    denominator=plain("those removed of whom both days are known, or who had no stay"),
    unknowns=plain("A removal known by month alone, or a stay before it: not counted, and listed."),
    not_with=plain("Lengths of stay; and stays elsewhere, which are not recorded here."),
    apart=("before",),
    splits=("days", "year"),
)
