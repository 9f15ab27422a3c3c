"""Measures of suspects and courts: perpetrators, arrests, convictions."""

from __future__ import annotations

from dataclasses import replace

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
    plain,
)

PERSON_KEY = plain("the suspect, by the keyed link that stands for him")
_SUPPORTED = plain("what is recorded as supported by the programme, as known on the day")

# ── perpetrators ────────────────────────────────────────────────────────────────────────────

_CLOSE = Measure(
    code="close_perpetrators",
    version=1,
    name=plain("Perpetrators who are parents, relatives or close family friends"),
    sentence=plain(
        "The share of suspects named for a victim rescued who are a parent, a relative or a close "
        "family friend of at least one of those victims."
    ),
    unit=plain("suspect"),
    population=plain("suspects named for a victim rescued; minors and whoever paid are apart"),
    key=PERSON_KEY,
    of=Suspects(),
    asks=Close(),
    numerator=plain("those close to at least one of the victims"),
    denominator=plain("those of whom it is known, for at least one victim, what he is to her"),
    unknowns=plain(
        "Those of whom it is known for none are not in the denominator, and are listed."
    ),
    not_with=plain(
        "The study that found 41% parents and 42% other relatives: other years, and traffickers "
        "of the cases of 2011 to 2017. Never merge the two."
    ),
    apart=("minor", "demand_side"),
    splits=(),
)
CLOSE_ARRESTED = replace(
    _CLOSE,
    code="close_arrested",
    name=plain("Of those arrested, who are close"),
    sentence=plain("The same, but only suspects who were arrested."),
    of=Suspects(who=Who.ARRESTED),
)
CLOSE_JUDGED = replace(
    _CLOSE,
    code="close_judged",
    name=plain("Of those who stood before a court, who are close"),
    sentence=plain("The same, but only suspects of whom a court decided anything."),
    of=Suspects(who=Who.JUDGED),
)
CLOSE_CONVICTED = replace(
    _CLOSE,
    code="close_convicted",
    name=plain("Of those convicted, who are close"),
    sentence=plain("The same, but only suspects who stand convicted."),
    of=Suspects(who=Who.CONVICTED),
)
CLOSE_OF_BLOOD = replace(
    _CLOSE,
    code="close_without_guardians",
    name=plain("Close, without guardians and parents’ partners"),
    sentence=plain("The same, but a guardian or a parent’s partner is not counted as close."),
    asks=Close(tuple(each for each in CLOSE_KIN if each not in ("guardian", "parents_partner"))),
)
CLOSE_OF_ALL = replace(
    _CLOSE,
    code="close_of_all",
    name=plain("Close, of all perpetrators"),
    sentence=plain("The same, with those of whom it is not known in the denominator."),
    denominator=plain("all suspects named for a victim rescued"),
    whole=True,
)
CLOSE = replace(
    _CLOSE,
    choices=(
        Choice(
            plain("Named, arrested, charged or convicted?"),
            plain("Named for at least one victim rescued."),
            plain("A verdict takes years, and who is never caught is no stranger for that."),
            CLOSE_ARRESTED,
        ),
        Choice(
            plain("And if a court must have spoken?"),
            plain("Not asked for."),
            plain("Most cases never reach one."),
            CLOSE_JUDGED,
        ),
        Choice(
            plain("And if he must stand convicted?"),
            plain("Not asked for."),
            plain("Perpetrator is the deck’s word; here it is a figure, not a verdict."),
            CLOSE_CONVICTED,
        ),
        Choice(
            plain("Which relations are close?"),
            plain(
                "Parents, step-parents, parents’ partners, relatives, guardians, family friends."
            ),
            plain("A guardian and a parent’s partner stand in a parent’s place."),
            CLOSE_OF_BLOOD,
        ),
        Choice(
            plain("Several victims, and several relations?"),
            plain("Close to one of them is close; an unknown relation beside a known one is left."),
            plain("The mother of one is no stranger to the other."),
        ),
        Choice(
            plain("Nothing known of the relation?"),
            plain("Left out of the share, and listed."),
            plain("Not known is not the same as not close."),
            CLOSE_OF_ALL,
        ),
        Choice(
            plain("Minors who facilitate?"),
            plain("Apart, by number."),
            plain("They go the way of a child in conflict with the law, and are children."),
        ),
    ),
)

# ── arrests ─────────────────────────────────────────────────────────────────────────────────

ARRESTS = Measure(
    code="arrests",
    version=1,
    name=plain("Arrests"),
    sentence=plain("Arrests in supported cases: somebody arrested twice counts twice."),
    unit=plain("arrest"),
    population=_SUPPORTED,
    key=plain("the arrest, a corrected one as one"),
    of=Arrests(each=True),
    unknowns=plain("None: an arrest has a day, or days between which it was."),
    not_with=plain("Persons arrested: this counts events."),
    apart=("abroad",),
)
_ARRESTED = replace(
    ARRESTS,
    code="persons_arrested",
    name=plain("Persons arrested"),
    sentence=plain("Suspects arrested in supported cases, each once, by the first arrest."),
    unit=plain("suspect"),
    key=PERSON_KEY,
    of=Arrests(),
    not_with=plain("Arrests, of which one person may have several; and convictions."),
)
ARRESTED = replace(
    _ARRESTED,
    choices=(
        Choice(
            plain("Persons, or arrests?"),
            plain("Persons, by the first arrest."),
            plain("“256 arrested” reads as people."),
            ARRESTS,
        ),
    ),
)

# ── convictions ─────────────────────────────────────────────────────────────────────────────

_CONVICTED = Measure(
    code="persons_convicted",
    version=1,
    name=plain("Persons convicted"),
    sentence=plain(
        "Suspects who stand convicted by a Philippine court in a supported case, each once, by "
        "the first conviction that stands."
    ),
    unit=plain("suspect"),
    population=_SUPPORTED,
    key=PERSON_KEY,
    of=Convictions(),
    unknowns=plain("None: a judgment has an outcome. Lesser pleas and suspended ones are listed."),
    not_with=plain("Arrests of the same years: a conviction follows years after an arrest."),
    apart=("lesser_plea", "suspended"),
)
CONVICTIONS = replace(
    _CONVICTED,
    code="convictions",
    name=plain("Convictions"),
    sentence=plain("The same, but each charge of each person in each court case is counted."),
    unit=plain("conviction"),
    key=plain("the suspect, the court case and the charge"),
    of=Convictions(once=Once.JUDGMENT),
)
CONVICTED_CASES = replace(
    _CONVICTED,
    code="court_cases_with_conviction",
    name=plain("Court cases with a conviction"),
    sentence=plain("The same, but each court case is counted once, however many stood in it."),
    unit=plain("court case"),
    key=plain("the court case"),
    of=Convictions(once=Once.DOCKET),
)
CONVICTED_ANYWHERE = replace(
    _CONVICTED,
    code="convicted_here_or_abroad",
    name=plain("Persons convicted, here or abroad"),
    sentence=plain("The same, with courts of other countries."),
    of=Convictions(abroad=True),
    apart=("lesser_plea", "suspended", "abroad"),
)
CONVICTED_AS_CHARGED = replace(
    _CONVICTED,
    code="convicted_without_lesser_pleas",
    name=plain("Persons convicted, without lesser pleas"),
    sentence=plain("The same, without those who pleaded guilty to a lesser charge."),
    of=Convictions(lesser_pleas=False),
)
CONVICTED_TO_SERVE = replace(
    _CONVICTED,
    code="convicted_without_suspended",
    name=plain("Persons convicted, without suspended sentences"),
    sentence=plain("The same, without those whose sentence was suspended."),
    of=Convictions(suspended=False),
)
CONVICTED = replace(
    _CONVICTED,
    choices=(
        Choice(
            plain("Per person, or per judgment?"),
            plain("Per person, by the first conviction."),
            plain("The slide counts the arrested as people; the convicted stand beside them."),
            CONVICTIONS,
        ),
        Choice(
            plain("Or per court case?"),
            plain("Not per court case: two convicted in one are two."),
            plain("How cases are joined is the court’s own affair."),
            CONVICTED_CASES,
        ),
        Choice(
            plain("Reversed on appeal?"),
            plain("Not counted from the day it is known; a reversed acquittal is a conviction."),
            plain("What stands as known on the day is counted, and no more."),
        ),
        Choice(
            plain("Courts abroad?"),
            plain("Not counted."),
            plain("The slide names the Philippine department of justice."),
            CONVICTED_ANYWHERE,
        ),
        Choice(
            plain("A plea to a lesser charge?"),
            plain("Counted, and listed apart."),
            plain("It is a conviction, and spares a child her testimony."),
            CONVICTED_AS_CHARGED,
        ),
        Choice(
            plain("A suspended sentence?"),
            plain("Counted, and listed apart."),
            plain("The sentence is suspended, not the conviction."),
            CONVICTED_TO_SERVE,
        ),
    ),
)
