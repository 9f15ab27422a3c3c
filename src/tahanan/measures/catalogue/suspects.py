"""Measures of suspects and courts: perpetrators, arrests, convictions."""

from __future__ import annotations

from dataclasses import replace

from tahanan.base.names import N_
from tahanan.measures.spec import (
    CLOSE_KIN,
    Arrests,
    Choice,
    Close,
    Convictions,
    Measure,
    Once,
    Suspects,
    Who,
)

PERSON_KEY = N_("the suspect, by the keyed link that stands for him")
_SUPPORTED = N_("what is recorded as supported by the programme, as known on the day")

# ── perpetrators ────────────────────────────────────────────────────────────────────────────

_CLOSE = Measure(
    code="close_perpetrators",
    version=1,
    name=N_("Perpetrators who are parents, relatives or close family friends"),
    sentence=N_(
        "The share of suspects named for a victim rescued who are a parent, a relative or a close "
        "family friend of at least one of those victims."
    ),
    unit=N_("suspect"),
    population=N_("suspects named for a victim rescued; minors and whoever paid are apart"),
    key=PERSON_KEY,
    of=Suspects(),
    asks=Close(),
    numerator=N_("those close to at least one of the victims"),
    denominator=N_("those of whom it is known, for at least one victim, what he is to her"),
    unknowns=N_("Those of whom it is known for none are not in the denominator, and are listed."),
    not_with=N_(
        "The study of traffickers in the cases of 2011 to 2017, which sorts parents and other "
        "relatives apart: other years, other people. Never merge the two."
    ),
    apart=("minor", "demand_side"),
    splits=(),
)
CLOSE_ARRESTED = replace(
    _CLOSE,
    code="close_arrested",
    name=N_("Of those arrested, who are close"),
    sentence=N_("The same, but only suspects who were arrested."),
    of=Suspects(who=Who.ARRESTED),
)
CLOSE_JUDGED = replace(
    _CLOSE,
    code="close_judged",
    name=N_("Of those who stood before a court, who are close"),
    sentence=N_("The same, but only suspects of whom a court decided anything."),
    of=Suspects(who=Who.JUDGED),
)
CLOSE_CONVICTED = replace(
    _CLOSE,
    code="close_convicted",
    name=N_("Of those convicted, who are close"),
    sentence=N_("The same, but only suspects who stand convicted."),
    of=Suspects(who=Who.CONVICTED),
)
CLOSE_OF_BLOOD = replace(
    _CLOSE,
    code="close_without_guardians",
    name=N_("Close, without guardians and parents’ partners"),
    sentence=N_("The same, but a guardian or a parent’s partner is not counted as close."),
    asks=Close(tuple(each for each in CLOSE_KIN if each not in ("guardian", "parents_partner"))),
)
CLOSE_OF_ALL = replace(
    _CLOSE,
    code="close_of_all",
    name=N_("Close, of all perpetrators"),
    sentence=N_("The same, with those of whom it is not known in the denominator."),
    denominator=N_("all suspects named for a victim rescued"),
    whole=True,
)
CLOSE = replace(
    _CLOSE,
    choices=(
        Choice(
            N_("Named, arrested, charged or convicted?"),
            N_("Named for at least one victim rescued."),
            N_("A verdict takes years, and who is never caught is no stranger for that."),
            CLOSE_ARRESTED,
        ),
        Choice(
            N_("And if a court must have spoken?"),
            N_("Not asked for."),
            N_("Most cases never reach one."),
            CLOSE_JUDGED,
        ),
        Choice(
            N_("And if he must stand convicted?"),
            N_("Not asked for."),
            N_("Perpetrator is the deck’s word; here it is a figure, not a verdict."),
            CLOSE_CONVICTED,
        ),
        Choice(
            N_("Which relations are close?"),
            N_("Parents, step-parents, parents’ partners, relatives, guardians, family friends."),
            N_("A guardian and a parent’s partner stand in a parent’s place."),
            CLOSE_OF_BLOOD,
        ),
        Choice(
            N_("Several victims, and several relations?"),
            N_("Close to one of them is close; an unknown relation beside a known one is left."),
            N_("The mother of one is no stranger to the other."),
        ),
        Choice(
            N_("Nothing known of the relation?"),
            N_("Left out of the share, and listed."),
            N_("Not known is not the same as not close."),
            CLOSE_OF_ALL,
        ),
        Choice(
            N_("Minors who facilitate?"),
            N_("Apart, by number."),
            N_("They go the way of a child in conflict with the law, and are children."),
        ),
    ),
)

# ── arrests ─────────────────────────────────────────────────────────────────────────────────

ARRESTS = Measure(
    code="arrests",
    version=1,
    name=N_("Arrests"),
    sentence=N_("Arrests in supported cases: somebody arrested twice counts twice."),
    unit=N_("arrest"),
    population=_SUPPORTED,
    key=N_("the arrest, a corrected one as one"),
    of=Arrests(each=True),
    unknowns=N_("None: an arrest has a day, or days between which it was."),
    not_with=N_("Persons arrested: this counts events."),
    apart=("abroad",),
)
_ARRESTED = replace(
    ARRESTS,
    code="persons_arrested",
    name=N_("Persons arrested"),
    sentence=N_("Suspects arrested in supported cases, each once, by the first arrest."),
    unit=N_("suspect"),
    key=PERSON_KEY,
    of=Arrests(),
    not_with=N_("Arrests, of which one person may have several; and convictions."),
)
ARRESTED = replace(
    _ARRESTED,
    choices=(
        Choice(
            N_("Persons, or arrests?"),
            N_("Persons, by the first arrest."),
            N_("“Arrested” reads as people."),
            ARRESTS,
        ),
    ),
)

# ── convictions ─────────────────────────────────────────────────────────────────────────────

_CONVICTED = Measure(
    code="persons_convicted",
    version=1,
    name=N_("Persons convicted"),
    sentence=N_(
        "Suspects who stand convicted by a Philippine court in a supported case, each once, by "
        "the first conviction that stands."
    ),
    unit=N_("suspect"),
    population=_SUPPORTED,
    key=PERSON_KEY,
    of=Convictions(),
    unknowns=N_("None: a judgment has an outcome. Lesser pleas and suspended ones are listed."),
    not_with=N_("Arrests of the same years: a conviction follows years after an arrest."),
    apart=("lesser_plea", "suspended"),
)
CONVICTIONS = replace(
    _CONVICTED,
    code="convictions",
    name=N_("Convictions"),
    sentence=N_("The same, but each charge of each person in each court case is counted."),
    unit=N_("conviction"),
    key=N_("the suspect, the court case and the charge"),
    of=Convictions(once=Once.JUDGMENT),
)
CONVICTED_CASES = replace(
    _CONVICTED,
    code="court_cases_with_conviction",
    name=N_("Court cases with a conviction"),
    sentence=N_("The same, but each court case is counted once, however many stood in it."),
    unit=N_("court case"),
    key=N_("the court case"),
    of=Convictions(once=Once.DOCKET),
)
CONVICTED_ANYWHERE = replace(
    _CONVICTED,
    code="convicted_here_or_abroad",
    name=N_("Persons convicted, here or abroad"),
    sentence=N_("The same, with courts of other countries."),
    of=Convictions(abroad=True),
    apart=("lesser_plea", "suspended", "abroad"),
)
CONVICTED_AS_CHARGED = replace(
    _CONVICTED,
    code="convicted_without_lesser_pleas",
    name=N_("Persons convicted, without lesser pleas"),
    sentence=N_("The same, without those who pleaded guilty to a lesser charge."),
    of=Convictions(lesser_pleas=False),
)
CONVICTED_TO_SERVE = replace(
    _CONVICTED,
    code="convicted_without_suspended",
    name=N_("Persons convicted, without suspended sentences"),
    sentence=N_("The same, without those whose sentence was suspended."),
    of=Convictions(suspended=False),
)
CONVICTED = replace(
    _CONVICTED,
    choices=(
        Choice(
            N_("Per person, or per judgment?"),
            N_("Per person, by the first conviction."),
            N_("The slide counts the arrested as people; the convicted stand beside them."),
            CONVICTIONS,
        ),
        Choice(
            N_("Or per court case?"),
            N_("Not per court case: two convicted in one are two."),
            N_("How cases are joined is the court’s own affair."),
            CONVICTED_CASES,
        ),
        Choice(
            N_("Reversed on appeal?"),
            N_("Not counted from the day it is known; a reversed acquittal is a conviction."),
            N_("What stands as known on the day is counted, and no more."),
        ),
        Choice(
            N_("Courts abroad?"),
            N_("Not counted."),
            N_("The slide names the Philippine department of justice."),
            CONVICTED_ANYWHERE,
        ),
        Choice(
            N_("A plea to a lesser charge?"),
            N_("Counted, and listed apart."),
            N_("It is a conviction, and spares a child her testimony."),
            CONVICTED_AS_CHARGED,
        ),
        Choice(
            N_("A suspended sentence?"),
            N_("Counted, and listed apart."),
            N_("The sentence is suspended, not the conviction."),
            CONVICTED_TO_SERVE,
        ),
    ),
)
