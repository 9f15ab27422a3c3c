"""Measures of children: rescued, by age, as siblings, safeguarded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

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
    plain,
)

CHILD = plain("child")
CHILD_KEY = plain("the child, joined records as one")
_POPULATION = plain("children whose case the programme supports, as known on the day")
_NOT_ESTIMATES = plain(
    "Estimates of how many children are abused, numbers of tips, and figures of other programmes, "
    "which count other children."
)

_VICTIMS = Measure(
    code="victims_rescued",
    version=1,
    name=plain("Victims rescued"),
    sentence=plain(
        "Supported children who were removed or surrendered to safety, and whose status as known "
        "on the day is victim."
    ),
    unit=CHILD,
    population=_POPULATION,
    key=CHILD_KEY,
    of=Children(),
    unknowns=plain(
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
    name=plain("Rescues of victims"),
    sentence=plain("The same, but every removal is counted: a child removed twice counts twice."),
    unit=plain("removal"),
    key=plain("the removal, a corrected one as one"),
    of=Children(each=True),
)
VICTIMS_THEN = replace(
    _VICTIMS,
    code="victims_on_the_day_of_removal",
    name=plain("Victims on the day of removal"),
    sentence=plain("The same, but the status is the one that held on the day of removal."),
    of=Children(status_on=StatusDay.EVENT),
)
VICTIMS_IN_OPERATIONS = replace(
    _VICTIMS,
    code="victims_through_operations",
    name=plain("Victims rescued in operations"),
    sentence=plain("The same, but only removals that were part of an operation count."),
    of=Children(through_operation=True),
)
VICTIMS_LAST = replace(
    _VICTIMS,
    code="victims_by_last_removal",
    name=plain("Victims, by last removal"),
    sentence=plain("The same, but the last removal decides the period and the age."),
    of=Children(decides=Which.LAST),
)
VICTIMS_OR_NO_STATUS = replace(
    _VICTIMS,
    code="victims_and_undecided",
    name=plain("Victims, and children without a status"),
    sentence=plain("The same, but children whose status is not decided yet are counted too."),
    of=Children(statuses=("victim", "at_risk", "none")),
)
VICTIMS_OF_ALL = replace(
    _VICTIMS,
    code="victims_supported_or_not",
    name=plain("Victims, supported or not"),
    sentence=plain("The same, but over every case here, whoever supports it."),
    population=plain("all children with a case here"),
    of=Children(supported=False),
)

VICTIMS = replace(
    _VICTIMS,
    choices=(
        Choice(
            plain("Persons, or removals?"),
            plain("Persons: a child removed twice counts once, by her first removal."),
            plain("The deck says victims, and a child is one victim."),
            RESCUES,
        ),
        Choice(
            plain("Safe without an operation?"),
            plain("Counted, and listed apart."),
            plain("She is a victim and safe; the deck counts operations by themselves."),
            VICTIMS_IN_OPERATIONS,
        ),
        Choice(
            plain("Status on which day?"),
            plain("As it stands, and is known, on the day of the figure."),
            plain("On the day of removal hardly any child has been assessed."),
            VICTIMS_THEN,
        ),
        Choice(
            plain("An older decision that was recorded late?"),
            plain("It counts from the day it was known."),
            plain("A figure already given out must stay what was known then."),
        ),
        Choice(
            plain("No status yet?"),
            plain("Not counted, and listed apart."),
            plain("Nobody has said that she is a victim."),
            VICTIMS_OR_NO_STATUS,
        ),
        Choice(
            plain("Removed more than once: which removal decides?"),
            plain("The first one, as known on the day."),
            plain("She was brought to safety then; the years add up and none is counted twice."),
            VICTIMS_LAST,
        ),
        Choice(
            plain("What does “supported” leave out?"),
            plain("Children whose case the programme does not support are not counted."),
            plain("The deck says that its figures are of supported cases."),
            VICTIMS_OF_ALL,
        ),
    ),
)

# ── age ─────────────────────────────────────────────────────────────────────────────────────

_AGED = replace(
    _VICTIMS,
    code="aged_12_or_younger",
    name=plain("Victims aged 12 or younger"),
    sentence=plain("The share of victims rescued who were 12 or younger at their first removal."),
    asks=AgedUpTo(),
    numerator=plain("those whose every possible age then was 12 or less"),
    denominator=plain("victims rescued whose age then is known to be one or the other"),
    unknowns=plain("Those who may have been either are not in the denominator, and are listed."),
    not_with=plain(
        "Shares of identified victims in reports on other years: an earlier share is not a "
        "contradiction, but an earlier day."
    ),
    apart=("adult",),
)
AGED_LAST = replace(
    _AGED,
    code="aged_12_at_last_removal",
    name=plain("Aged 12 or younger at the last removal"),
    sentence=plain("The same, by the age at the last removal."),
    of=Children(decides=Which.LAST),
)
AGED_OF_ALL = replace(
    _AGED,
    code="aged_12_of_all",
    name=plain("Aged 12 or younger, of all victims"),
    sentence=plain("The same, with those of unknown age in the denominator."),
    denominator=plain("all victims rescued"),
    whole=True,
)
AGED = replace(
    _AGED,
    choices=(
        Choice(
            plain("Age at the first or the last removal?"),
            plain("At the first."),
            plain("It is the removal that makes her one of the victims rescued."),
            AGED_LAST,
        ),
        Choice(
            plain("A share of whom?"),
            plain("Of those whose age is known."),
            plain("A child of unknown age is neither; counting her as older would say so."),
            AGED_OF_ALL,
        ),
        Choice(
            plain("Births known by year alone?"),
            plain("The youngest and the oldest possible age must both be 12 or less."),
            plain("One possible age that is too old makes it unknown, not a guess."),
        ),
        Choice(
            plain("Born on 29 February?"),
            plain("A year older on 1 March, in years that have no 29 February."),
            plain("On 28 February the year is not complete."),
        ),
    ),
)

# ── siblings ────────────────────────────────────────────────────────────────────────────────

_SIBLINGS = replace(
    _VICTIMS,
    code="rescued_as_siblings",
    name=plain("Victims rescued as siblings"),
    sentence=plain(
        "The share of victims rescued who were brought to safety in the same operation as another "
        "victim of their sibling group."
    ),
    asks=AsSiblings(),
    numerator=plain("those with such a brother or sister"),
    denominator=plain("all victims rescued"),
    unknowns=plain("Never asked, or no sibling drawn, counts as not rescued as siblings."),
    not_with=plain("Shares of children who have siblings, rescued or not."),
    apart=(),
)
SIBLINGS_ANY = replace(
    _SIBLINGS,
    code="siblings_in_any_operation",
    name=plain("With a sibling, in any operation"),
    sentence=plain("The same, whichever operation brought the other to safety, or none."),
    asks=AsSiblings(same_operation=False),
)
SIBLINGS_ANYBODY = replace(
    _SIBLINGS,
    code="siblings_victim_or_not",
    name=plain("With a sibling, victim or not"),
    sentence=plain("The same, though the other need not be counted as a victim."),
    asks=AsSiblings(others_counted=False),
)
SIBLINGS_DIRECT = replace(
    _SIBLINGS,
    code="siblings_linked_directly",
    name=plain("With a sibling linked directly"),
    sentence=plain("The same, but only two children linked to each other count."),
    asks=AsSiblings(direct=True),
)
SIBLINGS_RAISED = replace(
    _SIBLINGS,
    code="siblings_and_raised_together",
    name=plain("With a sibling, or raised together"),
    sentence=plain("The same, and children who were raised together count as siblings."),
    asks=AsSiblings(bonds=(*BONDS, RAISED_TOGETHER)),
)
SIBLINGS = replace(
    _SIBLINGS,
    choices=(
        Choice(
            plain("In the same operation, or in any?"),
            plain("In the same."),
            plain("“Rescued as siblings” says that they were rescued together."),
            SIBLINGS_ANY,
        ),
        Choice(
            plain("Must the other be a victim too?"),
            plain("Yes."),
            plain("The figure is of victims; a sister at risk is in another figure."),
            SIBLINGS_ANYBODY,
        ),
        Choice(
            plain("A and B are linked, and B and C: are A and C?"),
            plain("Yes: all who are joined by links are one group."),
            plain("Siblings of a sibling are siblings, whoever drew the links."),
            SIBLINGS_DIRECT,
        ),
        Choice(
            plain("Raised together?"),
            plain("Not counted; full and half siblings are, and “not sure yet”."),
            plain("They share a home, not parents; whoever is not sure keeps them together."),
            SIBLINGS_RAISED,
        ),
        Choice(
            plain("Nobody asked about siblings?"),
            plain("Counted as not rescued as siblings."),
            plain("What was not asked cannot be told from what was not there."),
        ),
    ),
)

# ── rescued or safeguarded ──────────────────────────────────────────────────────────────────

_SAFEGUARDED = replace(
    _VICTIMS,
    code="rescued_or_safeguarded",
    name=plain("Rescued or safeguarded"),
    sentence=plain(
        "Supported children who were removed, surrendered or safeguarded, unless they were found "
        "not to be victims."
    ),
    of=Children(how=HOWS, statuses=("victim", "at_risk", "none")),
    unknowns=plain("Children at risk and without a status are in the figure, and listed apart."),
    not_with=plain("Victims rescued: here children at risk are counted as well."),
    apart=("adult", "status_victim", "status_at_risk", "status_none", "status_not_victim"),
)
SAFEGUARDED_VICTIMS = replace(
    _SAFEGUARDED,
    code="safeguarded_victims",
    name=plain("Rescued or safeguarded, victims alone"),
    sentence=plain("The same, but only children whose status is victim."),
    of=Children(how=HOWS),
)
SAFEGUARDED = replace(
    _SAFEGUARDED,
    choices=(
        Choice(
            plain("Who beside victims?"),
            plain("All who were brought to safety and not found not to be victims."),
            plain("The slide says “or safeguarded”, which victims alone are not."),
            SAFEGUARDED_VICTIMS,
        ),
        Choice(
            plain("Which day did the lockdown begin?"),
            plain("15 March 2020, when the quarantine of the capital began."),
            plain("The slide says “during lockdown” and no day; the island’s began on 17 March."),
            None,
            Period("lockdown_from_17_march", date(2020, 3, 17), date(2020, 9, 2)),
        ),
    ),
)
