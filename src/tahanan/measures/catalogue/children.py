"""Measures of children: rescued, by age, as siblings, safeguarded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tahanan.base.names import N_
from tahanan.measures.periods import Period
from tahanan.measures.spec import (
    BONDS,
    HOWS,
    RAISED_TOGETHER,
    AgedUpTo,
    AsSiblings,
    Children,
    Choice,
    Measure,
    StatusDay,
    Which,
)

CHILD = N_("child")
CHILD_KEY = N_("the child, joined records as one")
_POPULATION = N_("children whose case the programme supports, as known on the day")
_NOT_ESTIMATES = N_(
    "Estimates of how many children are abused, numbers of tips, and figures of other programmes, "
    "which count other children."
)

_VICTIMS = Measure(
    code="victims_rescued",
    version=1,
    name=N_("Victims rescued"),
    sentence=N_(
        "Supported children who were removed or surrendered to safety, and whose status as known "
        "on the day is victim."
    ),
    unit=CHILD,
    population=_POPULATION,
    key=CHILD_KEY,
    of=Children(),
    unknowns=N_(
        "Children with no status yet, at risk, or found not to be victims are listed apart, and "
        "so are adults, who are in the figure."
    ),
    not_with=_NOT_ESTIMATES,
    apart=(
        "adult", "no_operation", "surrendered", "status_none", "status_at_risk",
        "status_not_victim",
    ),
    splits=("year", "age"),
)  # fmt: skip

RESCUES = replace(
    _VICTIMS,
    code="rescues_of_victims",
    name=N_("Rescues of victims"),
    sentence=N_("The same, but every removal is counted: a child removed twice counts twice."),
    unit=N_("removal"),
    key=N_("the removal, a corrected one as one"),
    of=Children(each=True),
)
VICTIMS_THEN = replace(
    _VICTIMS,
    code="victims_on_the_day_of_removal",
    name=N_("Victims on the day of removal"),
    sentence=N_("The same, but the status is the one that held on the day of removal."),
    of=Children(status_on=StatusDay.EVENT),
)
VICTIMS_IN_OPERATIONS = replace(
    _VICTIMS,
    code="victims_through_operations",
    name=N_("Victims rescued in operations"),
    sentence=N_("The same, but only removals that were part of an operation count."),
    of=Children(through_operation=True),
)
VICTIMS_LAST = replace(
    _VICTIMS,
    code="victims_by_last_removal",
    name=N_("Victims, by last removal"),
    sentence=N_("The same, but the last removal decides the period and the age."),
    of=Children(decides=Which.LAST),
)
VICTIMS_OR_NO_STATUS = replace(
    _VICTIMS,
    code="victims_and_undecided",
    name=N_("Victims, and children without a status"),
    sentence=N_("The same, but children whose status is not decided yet are counted too."),
    of=Children(statuses=("victim", "at_risk", "none")),
)
VICTIMS_OF_ALL = replace(
    _VICTIMS,
    code="victims_supported_or_not",
    name=N_("Victims, supported or not"),
    sentence=N_("The same, but over every case here, whoever supports it."),
    population=N_("all children with a case here"),
    of=Children(supported=False),
)

VICTIMS = replace(
    _VICTIMS,
    choices=(
        Choice(
            N_("Persons, or removals?"),
            N_("Persons: a child removed twice counts once, by her first removal."),
            N_("The deck says victims, and a child is one victim."),
            RESCUES,
        ),
        Choice(
            N_("Safe without an operation?"),
            N_("Counted, and listed apart."),
            N_("She is a victim and safe; the deck counts operations by themselves."),
            VICTIMS_IN_OPERATIONS,
        ),
        Choice(
            N_("Status on which day?"),
            N_("As it stands, and is known, on the day of the figure."),
            N_("On the day of removal hardly any child has been assessed."),
            VICTIMS_THEN,
        ),
        Choice(
            N_("An older decision that was recorded late?"),
            N_("It counts from the day it was known."),
            N_("A figure already given out must stay what was known then."),
        ),
        Choice(
            N_("No status yet?"),
            N_("Not counted, and listed apart."),
            N_("Nobody has said that she is a victim."),
            VICTIMS_OR_NO_STATUS,
        ),
        Choice(
            N_("Removed more than once: which removal decides?"),
            N_("The first one, as known on the day."),
            N_("She was brought to safety then; the years add up and none is counted twice."),
            VICTIMS_LAST,
        ),
        Choice(
            N_("What does “supported” leave out?"),
            N_("Children whose case the programme does not support are not counted."),
            N_("The deck says that its figures are of supported cases."),
            VICTIMS_OF_ALL,
        ),
    ),
)

# ── age ─────────────────────────────────────────────────────────────────────────────────────

_AGED = replace(
    _VICTIMS,
    code="aged_12_or_younger",
    name=N_("Victims aged 12 or younger"),
    sentence=N_("The share of victims rescued who were 12 or younger at their first removal."),
    asks=AgedUpTo(),
    numerator=N_("those whose every possible age then was 12 or less"),
    denominator=N_("victims rescued whose age then is known to be one or the other"),
    unknowns=N_("Those who may have been either are not in the denominator, and are listed."),
    not_with=N_(
        "Shares of identified victims in reports on other years: an earlier share is not a "
        "contradiction, but an earlier day."
    ),
    apart=("adult",),
)
AGED_LAST = replace(
    _AGED,
    code="aged_12_at_last_removal",
    name=N_("Aged 12 or younger at the last removal"),
    sentence=N_("The same, by the age at the last removal."),
    of=Children(decides=Which.LAST),
)
AGED_OF_ALL = replace(
    _AGED,
    code="aged_12_of_all",
    name=N_("Aged 12 or younger, of all victims"),
    sentence=N_("The same, with those of unknown age in the denominator."),
    denominator=N_("all victims rescued"),
    whole=True,
)
AGED = replace(
    _AGED,
    choices=(
        Choice(
            N_("Age at the first or the last removal?"),
            N_("At the first."),
            N_("It is the removal that makes her one of the victims rescued."),
            AGED_LAST,
        ),
        Choice(
            N_("A share of whom?"),
            N_("Of those whose age is known."),
            N_("A child of unknown age is neither; counting her as older would say so."),
            AGED_OF_ALL,
        ),
        Choice(
            N_("Births known by year alone?"),
            N_("The youngest and the oldest possible age must both be 12 or less."),
            N_("One possible age that is too old makes it unknown, not a guess."),
        ),
        Choice(
            N_("Born on 29 February?"),
            N_("A year older on 1 March, in years that have no 29 February."),
            N_("On 28 February the year is not complete."),
        ),
    ),
)

# ── siblings ────────────────────────────────────────────────────────────────────────────────

_SIBLINGS = replace(
    _VICTIMS,
    code="rescued_as_siblings",
    name=N_("Victims rescued as siblings"),
    sentence=N_(
        "The share of victims rescued who were brought to safety in the same operation as another "
        "victim of their sibling group."
    ),
    asks=AsSiblings(),
    numerator=N_("those with such a brother or sister"),
    denominator=N_("all victims rescued"),
    unknowns=N_("Never asked, or no sibling drawn, counts as not rescued as siblings."),
    not_with=N_("Shares of children who have siblings, rescued or not."),
    apart=(),
)
SIBLINGS_ANY = replace(
    _SIBLINGS,
    code="siblings_in_any_operation",
    name=N_("With a sibling, in any operation"),
    sentence=N_("The same, whichever operation brought the other to safety, or none."),
    asks=AsSiblings(same_operation=False),
)
SIBLINGS_ANYBODY = replace(
    _SIBLINGS,
    code="siblings_victim_or_not",
    name=N_("With a sibling, victim or not"),
    sentence=N_("The same, though the other need not be counted as a victim."),
    asks=AsSiblings(others_counted=False),
)
SIBLINGS_DIRECT = replace(
    _SIBLINGS,
    code="siblings_linked_directly",
    name=N_("With a sibling linked directly"),
    sentence=N_("The same, but only two children linked to each other count."),
    asks=AsSiblings(direct=True),
)
SIBLINGS_RAISED = replace(
    _SIBLINGS,
    code="siblings_and_raised_together",
    name=N_("With a sibling, or raised together"),
    sentence=N_("The same, and children who were raised together count as siblings."),
    asks=AsSiblings(bonds=(*BONDS, RAISED_TOGETHER)),
)
SIBLINGS = replace(
    _SIBLINGS,
    choices=(
        Choice(
            N_("In the same operation, or in any?"),
            N_("In the same."),
            N_("“Rescued as siblings” says that they were rescued together."),
            SIBLINGS_ANY,
        ),
        Choice(
            N_("Must the other be a victim too?"),
            N_("Yes."),
            N_("The figure is of victims; a sister at risk is in another figure."),
            SIBLINGS_ANYBODY,
        ),
        Choice(
            N_("A and B are linked, and B and C: are A and C?"),
            N_("Yes: all who are joined by links are one group."),
            N_("Siblings of a sibling are siblings, whoever drew the links."),
            SIBLINGS_DIRECT,
        ),
        Choice(
            N_("Raised together?"),
            N_("Not counted; full and half siblings are, and “not sure yet”."),
            N_("They share a home, not parents; whoever is not sure keeps them together."),
            SIBLINGS_RAISED,
        ),
        Choice(
            N_("Nobody asked about siblings?"),
            N_("Counted as not rescued as siblings."),
            N_("What was not asked cannot be told from what was not there."),
        ),
    ),
)

# ── rescued or safeguarded ──────────────────────────────────────────────────────────────────

_SAFEGUARDED = replace(
    _VICTIMS,
    code="rescued_or_safeguarded",
    name=N_("Rescued or safeguarded"),
    sentence=N_(
        "Supported children who were removed, surrendered or safeguarded, unless they were found "
        "not to be victims."
    ),
    of=Children(how=HOWS, statuses=("victim", "at_risk", "none")),
    unknowns=N_("Children at risk and without a status are in the figure, and listed apart."),
    not_with=N_("Victims rescued: here children at risk are counted as well."),
    apart=("adult", "status_victim", "status_at_risk", "status_none", "status_not_victim"),
)
SAFEGUARDED_VICTIMS = replace(
    _SAFEGUARDED,
    code="safeguarded_victims",
    name=N_("Rescued or safeguarded, victims alone"),
    sentence=N_("The same, but only children whose status is victim."),
    of=Children(how=HOWS),
)
SAFEGUARDED = replace(
    _SAFEGUARDED,
    choices=(
        Choice(
            N_("Who beside victims?"),
            N_("All who were brought to safety and not found not to be victims."),
            N_("The slide says “or safeguarded”, which victims alone are not."),
            SAFEGUARDED_VICTIMS,
        ),
        Choice(
            N_("Which day did the lockdown begin?"),
            N_("15 March 2020, when the quarantine of the capital began."),
            N_("The slide says “during lockdown” and no day; the island’s began on 17 March."),
            None,
            Period("lockdown_from_17_march", date(2020, 3, 17), date(2020, 9, 2)),
        ),
    ),
)
