"""Measures of the work: operations, open cases, what was found, how soon a child had a home."""

from __future__ import annotations

from dataclasses import replace

from tahanan.base.names import N_
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
)

_SUPPORTED = N_("children whose case the programme supports, as known on the day")

# ── operations ──────────────────────────────────────────────────────────────────────────────

_OPERATIONS = Measure(
    code="operations",
    version=1,
    name=N_("Law-enforcement operations"),
    sentence=N_(
        "Supported operations led by law enforcement in which a child was brought to safety or "
        "somebody was arrested."
    ),
    unit=N_("operation"),
    population=N_("operations the programme supported, as known on the day"),
    key=N_("the operation, a corrected one as one"),
    of=Operations(),
    unknowns=N_("None: an operation has a day, or days between which it was."),
    not_with=N_("Arrests or rescues: one operation may bring many, or none."),
)
OPERATIONS_ALL_KINDS = replace(
    _OPERATIONS,
    code="operations_of_all_kinds",
    name=N_("Operations, welfare-led ones too"),
    sentence=N_("The same, with operations that social welfare officers led."),
    of=Operations(kinds=("law_enforcement", "welfare")),
)
OPERATIONS_ANY_RESULT = replace(
    _OPERATIONS,
    code="operations_whatever_came",
    name=N_("Operations, whatever came of them"),
    sentence=N_("The same, with those in which nobody was brought to safety or arrested."),
    of=Operations(acted=False),
)
OPERATIONS = replace(
    _OPERATIONS,
    choices=(
        Choice(
            N_("Welfare-led ones?"),
            N_("Not counted."),
            N_("The slide says law-enforcement operations."),
            OPERATIONS_ALL_KINDS,
        ),
        Choice(
            N_("Operations without a removal?"),
            N_("Counted where somebody was arrested; not where nothing came of it."),
            N_("An arrest is what an operation is for; an empty house is not counted."),
            OPERATIONS_ANY_RESULT,
        ),
    ),
)

# ── how the cases stand ─────────────────────────────────────────────────────────────────────

STATUS_NOW = Measure(
    code="status_now",
    version=1,
    name=N_("Supported children, by status"),
    sentence=N_("Supported children by the status that stands, as known on the day."),
    unit=CHILD,
    population=_SUPPORTED,
    key=CHILD_KEY,
    of=Children(how=None, statuses=STATUSES),
    unknowns=N_("No status yet is a status of its own."),
    not_with=N_("Victims rescued: here nobody need have been removed."),
    splits=("status", "year"),
)
OPEN_CASES = Measure(
    code="open_cases",
    version=1,
    name=N_("Open cases"),
    sentence=N_("Supported cases whose support has not ended, as known on the day."),
    unit=N_("case"),
    population=N_("cases the programme supports, as known on the day"),
    key=N_("the case"),
    of=Cases(),
    unknowns=N_("None."),
    not_with=N_("Children: a child with two open cases has two."),
)

# ── what was found ──────────────────────────────────────────────────────────────────────────

OSEC = replace(
    STATUS_NOW,
    code="osec_cases",
    name=N_("OSEC cases"),
    sentence=N_(
        "The share of supported children of whom all six elements of OSEC are established: OSEC by "
        "rule; a minor and online alone are wider OSAEC; one of these not found is neither."
    ),
    asks=Classed(),
    numerator=N_("those of whom all six are established"),
    denominator=N_("those of whom it can be said: OSEC, wider OSAEC, or neither"),
    unknowns=N_("Where a minor and online are not both established, and neither is denied."),
    not_with=N_("Charges: a court decides by the words of a law, not by these elements."),
    splits=("class",),
)
OSAEC = replace(
    OSEC,
    code="osaec_cases",
    name=N_("Cases of wider OSAEC"),
    sentence=N_("The same, for wider OSAEC: a minor and online, and not all six elements."),
    asks=Classed("osaec"),
    numerator=N_("those of whom a minor and online are established, and not all six"),
)
CONTACT = replace(
    STATUS_NOW,
    code="contact_abuse",
    name=N_("Contact abuse established"),
    sentence=N_("The share of victims rescued of whom abuse of the body too is established."),
    of=Children(),
    asks=Established(),
    numerator=N_("those of whom it is established"),
    denominator=N_("victims rescued of whom it is established, or was not found"),
    unknowns=N_("Suspected, or never recorded: not in the denominator, and listed."),
    not_with=N_("Estimates of prevalence: this is what was found among those rescued."),
    splits=("year",),
)
DEMAND = Measure(
    code="demand_countries",
    version=1,
    name=N_("Countries from which somebody paid"),
    sentence=N_("Victims rescued, once for each country from which somebody paid."),
    unit=N_("child and country"),
    population=N_("victims rescued for whom somebody who paid is recorded"),
    key=N_("the child and the country"),
    of=Demand(),
    unknowns=N_("A country that is not known stands as its own line."),
    not_with=N_("Numbers of children: a child is there once for each country."),
    splits=("country", "year"),
)

# ── how soon ────────────────────────────────────────────────────────────────────────────────

ADMITTED = replace(
    STATUS_NOW,
    code="days_to_admission",
    name=N_("Days from removal to admission"),
    sentence=N_(
        "Supported children with a first stay on or after the day of their first removal, by the "
        "days between."
    ),
    of=Children(how=RESCUED, statuses=STATUSES),
    asks=Admitted(),
    numerator=N_("those with a stay that began on or after that day"),
    denominator=N_("those removed of whom both days are known, or who had no stay"),
    unknowns=N_("A removal known by month alone, or a stay before it: not counted, and listed."),
    not_with=N_("Lengths of stay; and stays elsewhere, which are not recorded here."),
    apart=("before",),
    splits=("days", "year"),
)
